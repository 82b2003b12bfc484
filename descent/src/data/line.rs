//! Points scattered about the line y = 2x + 1.

use super::{DataSet, Named, Source, Words, X, Y};

pub(super) const SET: DataSet = DataSet {
    named: Named { key: "line", name: Words { en: "Made up: line", zh: "生成：直线" } },
    source: Source::Recipe {
        columns: &[X, Y],
        // The scatter is the standard deviation of y; outliers lie above all others.
        make: |recipe| {
            recipe.draw(|draws, _, is_outlier| {
                let x = draws.between(0.0, 2.0);
                let y = 2.0 * x + 1.0 + draws.noise();
                let off = draws.between(5.0, 10.0);
                [x, if is_outlier { y + off } else { y }]
            })
        },
    },
};
