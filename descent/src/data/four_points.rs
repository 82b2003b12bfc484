//! Four points on the line y = x: small enough to follow by hand.

use super::{DataSet, Named, Source, Words, X, Y, number};

pub(super) const SET: DataSet = DataSet {
    named: Named {
        key: "four_points",
        name: Words { en: "Four points on y = x", zh: "y = x 上的四个点" },
    },
    source: Source::File {
        csv: include_str!("../../data/four_points.csv"),
        columns: &[("x", X), ("y", Y)],
        number,
    },
};
