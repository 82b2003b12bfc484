//! A hundred other points beside the line y = 3x + 2.

use super::{DataSet, Named, Source, Words, X, Y, number};

pub(super) const SET: DataSet = DataSet {
    named: Named {
        key: "line_3x2_seed42",
        name: Words { en: "y = 3x + 2, seed 42", zh: "y = 3x + 2，种子 42" },
    },
    source: Source::File {
        csv: include_str!("../../data/line_3x2_seed42.csv"),
        columns: &[("x", X), ("y", Y)],
        number,
    },
};
