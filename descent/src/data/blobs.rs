//! Two round clouds on both sides of the origin.

use super::{CLASS, DataSet, Named, Source, Words, X1, X2};

pub(super) const SET: DataSet = DataSet {
    named: Named {
        key: "blobs", name: Words { en: "Made up: two blobs", zh: "生成：两团点" }
    },
    source: Source::Recipe {
        columns: &[X1, X2, CLASS],
        // A scatter of 1 makes clouds as wide as their centres are apart. Classes
        // take turns; an outlier is of the wrong one.
        make: |recipe| {
            recipe.draw(|draws, sample, is_outlier| {
                let is_second = sample % 2 == 1;
                let side = if is_second { 1.0 } else { -1.0 };
                let [x1, x2] = [1.5, 1.0].map(|far| side * far + 2.0 * draws.noise());
                [x1, x2, f64::from(u8::from(is_second != is_outlier))]
            })
        },
    },
};
