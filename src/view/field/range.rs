//! Which part of the logarithmic scale the colours of a map span.

use super::FLOOR;

/// The decades that the colours of a map span.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Range {
    /// log₁₀(J − inf J) at the dark end of the ramp.
    pub low: f64,
    /// The same at the light end.
    pub high: f64,
    /// Below what a tenth of the map lies, to a sixteenth of a decade.
    pub plain: f64,
}

impl Range {
    /// Where `log_loss`, a log₁₀(J − inf J), lies on the ramp: 0 at `low`, 1 at `high`.
    #[must_use]
    pub fn share(&self, log_loss: f64) -> f64 {
        (log_loss - self.low) / (self.high - self.low)
    }
}

/// How many samples lie where on the logarithmic scale.
pub(super) struct Census {
    /// Sixteenths of a decade from [`FLOOR`] up.
    counts: Vec<u32>,
    total: u32,
}

impl Census {
    const PER_DECADE: f64 = 16.0;
    /// Up to the cap at 200, whose bin is the last one.
    const BINS: usize = 230 * 16 + 1;

    /// Counts every other sample of every other row of `width` samples.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "bins are few, and `as` takes what lies below the floor to bin 0"
    )]
    pub(super) fn of(values: &[f32], width: usize, reference: f64) -> Self {
        let mut counts = vec![0; Self::BINS];
        let mut total = 0;
        // Not quite the floor: a plateau at exactly 1 belongs below the decade line
        // that its rounding errors straddle.
        let offset = (Self::PER_DECADE * (reference - FLOOR - 0.001)) as f32;
        for row in values.chunks_exact(width).step_by(2) {
            for value in row.iter().step_by(2) {
                let bin = (Self::PER_DECADE as f32 * value + offset) as usize;
                counts[bin.min(Self::BINS - 1)] += 1;
                total += 1;
            }
        }
        Self { counts, total }
    }

    /// Below what (a sixteenth of a decade) this share of all samples lies.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "a share of the number of samples"
    )]
    fn quantile(&self, share: f64) -> f64 {
        let rank = (share * f64::from(self.total)) as u32;
        let mut below = 0;
        let bin = self.counts.iter().position(|&count| {
            below += count;
            below > rank
        });
        FLOOR + bin.unwrap_or(Self::BINS - 1) as f64 / Self::PER_DECADE
    }

    pub(super) fn range(&self) -> Range {
        let half_below = |log_loss: f64| 0.5 * libm::floor(2.0 * log_loss);
        // A steep cliff takes no more than two decades from what lies before it.
        let top = f64::min(self.quantile(0.9), self.quantile(0.5) + 2.0);
        let high = half_below(top) + 0.5;
        // The lowest 5000th of the map is a handful of samples; around a minimum it has
        // a 20th of the loss of 20 times its area, which is told more surely. Where it
        // has not, the tip of a cone or of a lone hole, it is no lower than it is.
        let around = self.quantile(0.004) - core::f64::consts::LOG10_2 - 1.0;
        let bottom = f64::max(around, self.quantile(0.0002) - 0.25);
        // What lies on a plain keeps its share of the colours.
        let plain = self.quantile(0.1) + 1.0 / Self::PER_DECADE;
        let bottom = bottom.max(high - f64::max(2.0, 3.5 * (high - plain)));
        // Four and a half decades are enough, unless much lies below them.
        let low = half_below(bottom).clamp(high - 4.5, high - 1.0);
        let low = low.min(half_below(self.quantile(0.01)));
        Range { low, high, plain }
    }
}

#[cfg(test)]
#[expect(clippy::float_cmp, reason = "half decades are exact")]
mod tests {
    use super::super::Field;
    use super::*;
    use crate::descent::loss::{self, LOSSES, LossRule, Setting};

    fn of(key: &str, knobs: &[f64], window: Option<[f64; 4]>) -> Field {
        let rule = loss::find(key).expect("listed");
        let setting = &Setting::of(knobs);
        let loss = (rule.build)(setting);
        let window = window.unwrap_or((rule.window)(setting));
        Field::sample(loss.as_ref(), (rule.lowest)(setting), window, [610, 520], 2)
    }

    #[test]
    fn the_ravine_of_the_pictures_has_their_range() {
        let Range { low, high, .. } = of("quadratic", &[20.0, 0.0], None).range();
        assert_eq!([low, high], [-2.0, 2.5]);
    }

    #[test]
    fn every_loss_has_a_range_in_half_decades_that_most_of_its_map_lies_in() {
        // A network has a map of a plane alone.
        let few = |rule: &&&LossRule| rule.dimension(&rule.defaults()) < 9;
        for rule in LOSSES.iter().filter(few) {
            let field = of(rule.key, &rule.defaults(), None);
            let Range { low, high, plain } = field.range();
            assert!(low * 2.0 == libm::round(low * 2.0) && high * 2.0 == libm::round(high * 2.0));
            assert!((1.0..=4.5).contains(&(high - low)), "{}: {low} to {high}", rule.key);
            let share = |limit: f64| {
                let below =
                    field.values().iter().filter(|&&v| f64::from(v) + field.reference() < limit);
                #[expect(clippy::cast_precision_loss, reason = "samples of a screen")]
                let share = below.count() as f64 / field.values().len() as f64;
                share
            };
            assert!(share(low) < 0.02, "{}: {} too dark to tell", rule.key, share(low));
            assert!(share(high) > 0.88, "{}: {} too light to tell", rule.key, share(high));
            assert!((0.1..0.15).contains(&share(plain)), "{}: {}", rule.key, share(plain));
        }
    }

    #[test]
    fn a_cliff_of_thirty_decades_leaves_the_plain_its_colours() {
        let Range { low, high, .. } = of("deep_chain", &[50.0], None).range();
        assert!(low <= -1.0 && (0.5..=3.0).contains(&high), "{low} to {high}");
    }

    #[test]
    fn the_range_holds_still_while_the_window_moves_a_little() {
        for rule in LOSSES.iter().filter(|rule| rule.dimension(&rule.defaults()) == 2) {
            let knobs = rule.defaults();
            let [x0, x1, y0, y1] = (rule.window)(&knobs);
            let mut changes = 0;
            let mut before = None;
            for k in 0..=20 {
                let (dx, dy) = (0.002 * f64::from(k) * (x1 - x0), 0.001 * f64::from(k) * (y1 - y0));
                let window = [x0 + dx, x1 + dx, y0 + dy, y1 + dy];
                let Range { low, high, .. } = of(rule.key, &knobs, Some(window)).range();
                changes += i32::from(before.is_some_and(|before| before != [low, high]));
                before = Some([low, high]);
            }
            assert!(changes <= 2, "{}: {changes} changes in 20 small moves", rule.key);
        }
    }
}
