//! Two arms wound about each other: what takes a network of some depth to tell apart.

use super::{CLASS, DataSet, Named, Source, Words, X1, X2};

pub(super) const SET: DataSet = DataSet {
    named: Named {
        key: "spirals", name: Words { en: "Made up: two spirals", zh: "生成：双螺旋" }
    },
    source: Source::Recipe {
        columns: &[X1, X2, CLASS],
        // Archimedes' spirals, the second turned by half a turn, as Lang and Witbrock,
        // *Learning to tell two spirals apart* (1988), but of 1½ turns instead of 3:
        // what a network with few units can learn. Even along an arm. A scatter of 1
        // is 0.1 in each direction: a third of what lies between the arms.
        make: |recipe| {
            recipe.draw(|draws, sample, is_outlier| {
                let is_second = sample % 2 == 1;
                let part = draws.between(0.0, 1.0).sqrt();
                let angle = 3.0 * core::f64::consts::PI * part;
                let radius = if is_second { -(0.1 + 0.9 * part) } else { 0.1 + 0.9 * part };
                let [a, b] = [0.1 * draws.noise(), 0.1 * draws.noise()];
                let class = f64::from(u8::from(is_second != is_outlier));
                [radius * libm::cos(angle) + a, radius * libm::sin(angle) + b, class]
            })
        },
    },
};
