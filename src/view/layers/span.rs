//! What the axes of the layers span, over a whole run: while it plays they hold still.

use super::has_place;
use crate::descent::{HEALTHY_RATIOS, LayerFigures};

/// More decades than this say no more; what lies below is marked at the axis' end.
const MOST_DECADES: i32 = 30;

/// Decades, from the lowest to the highest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LayersSpan {
    /// Of weights, gradients and updates.
    pub norms: [i32; 2],
    /// Of the spread of activations.
    pub spreads: [i32; 2],
}

impl LayersSpan {
    /// Of the layers at some steps of some runs: of each the figures, and whether all of
    /// them are drawn or the gradients alone.
    #[must_use]
    pub fn of<'a>(all: impl Iterator<Item = (&'a [LayerFigures], bool)>) -> Self {
        let (mut norms, mut spreads) = (Reach::new(), Reach::new());
        for (figures, is_whole) in all {
            for layer in figures {
                norms.take(layer.gradient);
                if is_whole {
                    norms.take(layer.weights);
                    norms.take(layer.weights * HEALTHY_RATIOS[0]);
                    norms.take(layer.update);
                    spreads.take(layer.spread);
                }
            }
        }
        Self { norms: norms.decades(4), spreads: spreads.decades(2) }
    }

    /// With room for the largest norms that a constraint allows, where they lie in the
    /// decade above what is there.
    #[must_use]
    pub fn with_limits(mut self, limits: &[f64]) -> Self {
        let high = libm::pow(10.0, f64::from(self.norms[1]));
        if limits.iter().any(|limit| *limit > high && *limit <= 10.0 * high) {
            self.norms[1] += 1;
        }
        self
    }
}

/// The smallest and the largest of some numbers.
struct Reach([f64; 2]);

impl Reach {
    fn new() -> Self {
        Self([f64::INFINITY, 0.0])
    }

    fn take(&mut self, value: f64) {
        if has_place(value) {
            self.0 = [self.0[0].min(value), self.0[1].max(value)];
        }
    }

    /// Whole decades around them, at least so many.
    #[expect(clippy::cast_possible_truncation, reason = "exponents of doubles are small")]
    fn decades(&self, least: i32) -> [i32; 2] {
        let [low, high] = self.0;
        if low > high {
            return [-least, 0];
        }
        let high = libm::ceil(libm::log10(high) - 1e-9) as i32;
        let low = (libm::floor(libm::log10(low) + 1e-9) as i32).max(high - MOST_DECADES);
        let missing = (least - (high - low)).max(0);
        [low - missing, high]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn layer(gradient: f64, weights: f64, update: f64, spread: f64) -> LayerFigures {
        LayerFigures { gradient, weights, update, spread, idle: 0.0 }
    }

    #[test]
    fn whole_decades_hold_everything_and_the_band_below_the_weights() {
        let figures = [layer(3e-7, 5.0, 2e-6, 0.3), layer(0.2, 3.0, 0.1, 2.0)];
        let span = LayersSpan::of([(&figures[..], true)].into_iter());
        assert_eq!(span, LayersSpan { norms: [-7, 1], spreads: [-1, 1] });
        let alone = LayersSpan::of([(&figures[..1], true), (&figures[1..], false)].into_iter());
        assert_eq!(alone.spreads, [-2, 0]);
    }

    #[test]
    fn what_has_no_place_on_the_axis_moves_it_no_further() {
        let figures = [layer(0.0, f64::NAN, f64::INFINITY, 0.0)];
        let span = LayersSpan::of([(&figures[..], true)].into_iter());
        assert_eq!(span, LayersSpan { norms: [-4, 0], spreads: [-2, 0] });
        let deep = [layer(1e-200, 3.0, 1e-200, 1.0)];
        assert_eq!(LayersSpan::of([(&deep[..], true)].into_iter()).norms, [-29, 1]);
    }
}
