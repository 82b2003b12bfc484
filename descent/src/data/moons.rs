//! Two crescents, one in the other: no line tells them apart.

use super::{CLASS, DataSet, Named, Source, Words, X1, X2};

pub(super) const SET: DataSet = DataSet {
    named: Named { key: "moons", name: Words { en: "Made up: two moons", zh: "生成：双月" } },
    source: Source::Recipe {
        columns: &[X1, X2, CLASS],
        // Half circles of radius 1 as in scikit-learn's `make_moons`, their middle
        // at the origin. A scatter of 1 is 0.4 in each direction.
        make: |recipe| {
            recipe.draw(|draws, sample, is_outlier| {
                let is_second = sample % 2 == 1;
                let angle = draws.between(0.0, core::f64::consts::PI);
                let (cos, sin) = (libm::cos(angle), libm::sin(angle));
                let [x1, x2] = if is_second { [1.0 - cos, 0.5 - sin] } else { [cos, sin] };
                let [a, b] = [0.4 * draws.noise(), 0.4 * draws.noise()];
                let class = f64::from(u8::from(is_second != is_outlier));
                [x1 - 0.5 + a, x2 - 0.25 + b, class]
            })
        },
    },
};
