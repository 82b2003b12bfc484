//! A number of a rule that a person may turn, or a name that a person may choose.

use super::Words;

/// How a knob's slider spreads its range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scale {
    /// Equal distances are equal differences.
    Linear,
    /// Equal distances are equal ratios; the range is positive.
    Log,
    /// Whole numbers only, evenly spaced.
    Integer,
    /// Whole numbers only, equal distances being equal ratios; at least 1.
    Count,
    /// Equal distances are equal ratios of what is missing to 1; below 1.
    Complement,
    /// From 0: equal distances are equal ratios of what the value is above −u, a
    /// ten-thousandth of the range below 0.
    FromZero,
    /// No slider but a choice: the value is the place of one of these names.
    Named(&'static [Named]),
}

/// A name that a knob may have for its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Named {
    /// The name in a link.
    pub key: &'static str,
    /// What a person reads.
    pub name: Words,
}

/// No and yes, 0 and 1 in a link.
static NO_YES: [Named; 2] = [
    Named { key: "0", name: Words { en: "No", zh: "否" } },
    Named { key: "1", name: Words { en: "Yes", zh: "是" } },
];

impl Scale {
    /// Whether only whole numbers are allowed.
    #[must_use]
    pub fn is_whole(self) -> bool {
        matches!(self, Self::Integer | Self::Count | Self::Named(_))
    }
}

/// A named number of a loss, optimizer or schedule: menu, slider, link grammar
/// and tests all read it from here.
#[derive(Clone, Copy, Debug)]
pub struct Knob {
    /// The key in a link, for instance `kappa`.
    pub key: &'static str,
    /// What a person reads beside the slider.
    pub name: Words,
    /// The value where none is given.
    pub default: f64,
    /// The smallest value allowed.
    pub min: f64,
    /// The largest value allowed.
    pub max: f64,
    /// How the slider spreads the range.
    pub scale: Scale,
}

impl Knob {
    /// A knob whose value is one of `names`, the first where none is given.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "a few names")]
    pub const fn choice(key: &'static str, name: Words, names: &'static [Named]) -> Self {
        let max = (names.len() - 1) as f64;
        Self { key, name, default: 0.0, min: 0.0, max, scale: Scale::Named(names) }
    }

    /// A knob that is 1 where something is done, and 0 where it is not.
    #[must_use]
    pub const fn switch(key: &'static str, name: Words, is_on: bool) -> Self {
        let default = if is_on { 1.0 } else { 0.0 };
        Self { default, ..Self::choice(key, name, &NO_YES) }
    }

    /// The names that its value is the place of; none for a knob with a number.
    #[must_use]
    pub fn names(&self) -> Option<&'static [Named]> {
        match self.scale {
            Scale::Named(names) => Some(names),
            _ => None,
        }
    }

    /// Whether `value` may be given to this knob: finite, within the range, and
    /// whole where the scale asks for it.
    #[must_use]
    pub fn allows(&self, value: f64) -> bool {
        value >= self.min && value <= self.max && (!self.scale.is_whole() || value.trunc() == value)
    }

    /// The place of `value` on the slider, from 0 to 1.
    #[must_use]
    pub fn position(&self, value: f64) -> f64 {
        match self.scale {
            Scale::Linear | Scale::Integer => (value - self.min) / (self.max - self.min),
            // Where there is but one name, that is the first.
            Scale::Named(_) => value / self.max.max(1.0),
            Scale::Log | Scale::Count => {
                libm::log(value / self.min) / libm::log(self.max / self.min)
            }
            Scale::Complement => {
                let missing = |value: f64| libm::log1p(-value);
                (missing(value) - missing(self.min)) / (missing(self.max) - missing(self.min))
            }
            Scale::FromZero => {
                libm::log1p(value / self.unit()) / libm::log1p(self.max / self.unit())
            }
        }
    }

    /// The value at a place on the slider, rounded to what a person would type:
    /// three digits on a logarithmic slider, steps of 1/200 of the range on a
    /// linear one, whole numbers where the scale asks for them.
    #[must_use]
    pub fn value_at(&self, position: f64) -> f64 {
        let position = position.clamp(0.0, 1.0);
        let span = self.max - self.min;
        let value = match self.scale {
            Scale::Integer | Scale::Named(_) => self.min + libm::round(position * span),
            Scale::Linear => {
                let step = round_to_digits(span / 200.0, 1);
                round_to_digits(libm::round((self.min + position * span) / step) * step, 12)
            }
            Scale::Log => round_to_digits(self.between(position), 3),
            // Fine steps where numbers are small, two digits where they are large.
            Scale::Count => {
                let exact = self.between(position);
                libm::round(if exact < 100.0 { exact } else { round_to_digits(exact, 2) })
            }
            Scale::Complement => {
                let (first, last) = (libm::log1p(-self.min), libm::log1p(-self.max));
                let missing = libm::exp(first + position * (last - first));
                round_to_digits(1.0 - round_to_digits(missing, 2), 12)
            }
            Scale::FromZero => {
                let ratio = libm::log1p(self.max / self.unit());
                round_to_digits(self.unit() * libm::expm1(position * ratio), 2)
            }
        };
        value.clamp(self.min, self.max)
    }

    /// How far below 0 the ratios of [`Scale::FromZero`] begin.
    fn unit(&self) -> f64 {
        1e-4 * self.max
    }

    /// The value that divides the range in this ratio.
    fn between(&self, position: f64) -> f64 {
        self.min * libm::exp(position * libm::log(self.max / self.min))
    }
}

/// `value` rounded to `digits` significant decimal digits.
fn round_to_digits(value: f64, digits: i32) -> f64 {
    if value == 0.0 {
        return 0.0;
    }
    let exponent = libm::floor(libm::log10(value.abs()));
    let places = f64::from(digits - 1) - exponent;
    if places <= 0.0 {
        let unit = libm::pow(10.0, -places);
        libm::round(value / unit) * unit
    } else {
        // Dividing by the whole power of ten gives the decimal's own bits;
        // multiplying by 0.001 would not.
        let inverse = libm::pow(10.0, places);
        libm::round(value * inverse) / inverse
    }
}

/// The default of each knob, in the order of the list.
#[must_use]
pub fn defaults(knobs: &[Knob]) -> Vec<f64> {
    knobs.iter().map(|knob| knob.default).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOG: Knob = Knob {
        key: "kappa",
        name: Words { en: "k", zh: "k" },
        default: 10.0,
        min: 1.0,
        max: 1000.0,
        scale: Scale::Log,
    };

    #[test]
    fn slider_ends_are_the_range_and_the_middle_is_the_geometric_mean() {
        assert_eq!(LOG.value_at(0.0), 1.0);
        assert_eq!(LOG.value_at(1.0), 1000.0);
        assert_eq!(LOG.value_at(0.5), 31.6);
        assert!((LOG.position(10.0) - 1.0 / 3.0).abs() < 1e-15);
    }

    #[test]
    fn values_are_decimals_a_person_would_type() {
        let angle = Knob { min: -90.0, max: 90.0, scale: Scale::Linear, ..LOG };
        assert_eq!(angle.value_at(0.5), 0.0);
        assert_eq!(angle.value_at(0.503), 0.9);
        let depth = Knob { min: 1.0, max: 8.0, scale: Scale::Integer, ..LOG };
        assert_eq!(depth.value_at(0.5), 5.0);
    }

    #[test]
    fn tiny_values_are_decimals_too() {
        let epsilon = Knob { min: 1e-16, max: 1.0, ..LOG };
        assert_eq!(epsilon.value_at(epsilon.position(1e-10)), 1e-10);
        assert_eq!(epsilon.value_at(0.2), 1.58e-13);
    }

    #[test]
    fn a_decay_rate_is_finer_the_nearer_it_is_to_one() {
        let beta = Knob { min: 0.0, max: 0.999_999, scale: Scale::Complement, ..LOG };
        let shown: Vec<f64> = (0..=6).map(|i| beta.value_at(f64::from(i) / 6.0)).collect();
        assert_eq!(shown, [0.0, 0.9, 0.99, 0.999, 0.9999, 0.99999, 0.999_999]);
        assert!((beta.position(0.99) - 1.0 / 3.0).abs() < 1e-12);
    }

    #[test]
    fn a_count_is_whole_and_spread_by_ratios() {
        let count = Knob { min: 1.0, max: 1e6, scale: Scale::Count, ..LOG };
        assert_eq!(count.value_at(0.5), 1000.0);
        assert_eq!(count.value_at(0.25), 32.0);
        assert_eq!(count.value_at(0.6), 4000.0);
        assert!(!count.allows(2.5));
    }

    #[test]
    fn refuses_what_is_outside_or_not_whole() {
        assert!(!LOG.allows(0.5));
        assert!(!LOG.allows(f64::NAN));
        assert!(!LOG.allows(f64::INFINITY));
        assert!(!Knob { scale: Scale::Integer, ..LOG }.allows(2.5));
    }

    #[test]
    fn a_slider_from_zero_begins_with_small_values() {
        let penalty = Knob { default: 0.0, min: 0.0, max: 100.0, scale: Scale::FromZero, ..LOG };
        assert_eq!((penalty.value_at(0.0), penalty.value_at(1.0)), (0.0, 100.0));
        assert_eq!((penalty.value_at(0.25), penalty.value_at(0.5)), (0.09, 0.99));
        for value in [0.0, 0.01, 0.1, 1.0, 25.0, 100.0] {
            assert!((penalty.value_at(penalty.position(value)) - value).abs() < 1e-15, "{value}");
        }
    }

    #[test]
    fn a_choice_has_the_places_of_its_names() {
        let words = Words { en: "Scale", zh: "缩放" };
        let switch = Knob::switch("standardize", words, true);
        assert_eq!((switch.default, switch.min, switch.max), (1.0, 0.0, 1.0));
        assert!(switch.allows(0.0) && switch.allows(1.0) && !switch.allows(0.5));
        assert!(!switch.allows(2.0));
        let only = Knob::choice("data", words, &NO_YES[..1]);
        assert_eq!((only.position(0.0), only.value_at(0.7)), (0.0, 0.0));
        assert_eq!(only.names().map(|names| names[0].key), Some("0"));
    }
}
