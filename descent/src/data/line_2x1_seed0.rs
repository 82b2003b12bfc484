//! A hundred points beside the line y = 2x + 1.

use super::{DataSet, Named, Source, Words, X, Y, number};

pub(super) const SET: DataSet = DataSet {
    named: Named {
        key: "line_2x1_seed0",
        name: Words { en: "y = 2x + 1, seed 0", zh: "y = 2x + 1，种子 0" },
    },
    source: Source::File {
        csv: include_str!("../../data/line_2x1_seed0.csv"),
        columns: &[("x", X), ("y", Y)],
        number,
    },
};
