//! Points scattered about a period of a sine, which no line fits.

use super::{DataSet, Named, Source, Words, X, Y};

/// After Bishop, *Pattern Recognition and Machine Learning* (2006), section 1.1.
pub(super) const SET: DataSet = DataSet {
    named: Named {
        key: "wave", name: Words { en: "Made up: sine wave", zh: "生成：正弦曲线" }
    },
    source: Source::Recipe {
        columns: &[X, Y],
        // A scatter of 1 is half the height of the wave.
        make: |recipe| {
            recipe.draw(|draws, _, is_outlier| {
                let x = draws.between(0.0, 1.0);
                let y = libm::sin(core::f64::consts::TAU * x) + 0.5 * draws.noise();
                let off = draws.between(2.0, 4.0);
                [x, if is_outlier { y + off } else { y }]
            })
        },
    },
};
