//! A ring about a ring.

use super::{CLASS, DataSet, Named, Source, Words, X1, X2};

pub(super) const SET: DataSet = DataSet {
    named: Named {
        key: "circles", name: Words { en: "Made up: two circles", zh: "生成：同心圆" }
    },
    source: Source::Recipe {
        columns: &[X1, X2, CLASS],
        // Radius 1 for class 0, ½ for class 1. A scatter of 1 is 0.2 in each
        // direction.
        make: |recipe| {
            recipe.draw(|draws, sample, is_outlier| {
                let is_second = sample % 2 == 1;
                let angle = draws.between(0.0, core::f64::consts::TAU);
                let radius = if is_second { 0.5 } else { 1.0 };
                let [a, b] = [0.2 * draws.noise(), 0.2 * draws.noise()];
                let class = f64::from(u8::from(is_second != is_outlier));
                [radius * libm::cos(angle) + a, radius * libm::sin(angle) + b, class]
            })
        },
    },
};
