//! Which contour lines a map has.

use super::field::Range;
use crate::text::tick;

/// The rule by which levels follow one another.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Spacing {
    /// Levels at 10 to the power k · `up` / `down`: so many decades in so many lines.
    Log {
        /// Numerator of the distance in decades.
        up: i32,
        /// Its denominator.
        down: i32,
        /// The k, modulo `period`, of the major levels.
        majors: &'static [i32],
        /// After how many levels the pattern of majors repeats.
        period: i32,
    },
    /// Levels at k · `digit` · 10 to the power `exponent`: where the window spans
    /// a small part of a decade, round numbers are as even and read better.
    Linear {
        /// 1, 2 or 5.
        digit: i32,
        /// Of ten.
        exponent: i32,
    },
}

/// From coarse to fine. Each begins where the one before has too few levels.
const LADDER: [Spacing; 10] = [
    log(20, 1, &[0], 5),
    log(10, 1, &[0], 5),
    log(5, 1, &[0], 4),
    log(2, 1, &[0], 5),
    log(1, 1, &[0], 3),
    log(1, 3, &[0], 3),
    log(1, 5, &[0, 3], 5),
    log(1, 10, &[0, 3, 7], 10),
    log(1, 20, &[0, 6, 14], 20),
    log(1, 50, &[0, 5], 10),
];

/// The ladder's rung that is used unless the window is extraordinary: a third of
/// a decade.
const USUAL: usize = 5;

/// At least so many levels cross the window, unless it is all but flat.
const FEWEST: usize = 8;

/// At most so many levels cross the window.
const MOST: usize = 24;

/// So many of them lie above the window's lowest tenth, if there is room.
const FEWEST_ON_PLAIN: usize = 3;

/// Where all losses are within this share of each other, the window counts as flat
/// and has no lines.
const FLAT: f64 = 1e-5;

const fn log(up: i32, down: i32, majors: &'static [i32], period: i32) -> Spacing {
    Spacing::Log { up, down, majors, period }
}

/// One contour line's level.
#[derive(Clone, Debug, PartialEq)]
pub struct Level {
    /// log₁₀(J − inf J).
    pub log_loss: f64,
    /// J − inf J.
    pub value: f64,
    /// Whether the line is drawn stronger and carries a label: a whole decade,
    /// or a round number where the window has too few of those.
    pub is_major: bool,
    /// What the label of a major line says; empty for a minor one, and where it
    /// would take too many digits.
    pub label: String,
}

/// The levels of a map, rising.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Levels {
    /// The rule they follow, unless the window is flat.
    pub spacing: Option<Spacing>,
    /// One for each line.
    pub list: Vec<Level>,
}

impl Levels {
    /// The levels for a map with these colours, whose samples span `extent` in
    /// log₁₀(J − inf J).
    #[must_use]
    pub fn across(range: Range, [lowest, high]: [f64; 2]) -> Self {
        // Below the range the map is of one colour, and the rings around a minimum
        // would crowd into a blot.
        let low = lowest.max(range.low);
        let Some(spacing) = choose(low, high, range.plain) else {
            return Self::default();
        };
        let [first, last] = spacing.within(low, high);
        Self { spacing: Some(spacing), list: (first..=last).map(|k| spacing.level(k)).collect() }
    }

    /// log₁₀(J − inf J) of each level.
    #[must_use]
    pub fn log_losses(&self) -> Vec<f64> {
        self.list.iter().map(|level| level.log_loss).collect()
    }
}

/// The spacing for a window from `low` to `high`, a tenth of which lies below
/// `plain`.
fn choose(low: f64, high: f64, plain: f64) -> Option<Spacing> {
    let count = |rung: usize| LADDER[rung].count(low, high);
    let mut rung = USUAL;
    while rung > 0 && count(rung) > MOST {
        rung -= 1;
    }
    while rung < LADDER.len() && count(rung) < FEWEST {
        rung += 1;
    }
    // Of a plain around a small deep hole, the hole would have nearly all lines.
    while rung + 1 < LADDER.len()
        && LADDER[rung].count(plain, high) < FEWEST_ON_PLAIN
        && count(rung + 1) <= MOST
    {
        rung += 1;
    }
    LADDER.get(rung).copied().or_else(|| linear(low, high))
}

/// The coarsest round step with enough levels.
#[expect(clippy::cast_possible_truncation, reason = "an exponent of ten")]
fn linear(low: f64, high: f64) -> Option<Spacing> {
    let (bottom, top) = (libm::pow(10.0, low), libm::pow(10.0, high));
    if top - bottom < FLAT * top {
        return None;
    }
    let start = libm::ceil(libm::log10(top - bottom)) as i32;
    (start - 3..=start)
        .rev()
        .flat_map(|exponent| [5, 2, 1].map(|digit| Spacing::Linear { digit, exponent }))
        .find(|spacing| spacing.count(low, high) >= FEWEST)
}

impl Spacing {
    /// The log₁₀ of level k.
    #[expect(clippy::cast_precision_loss, reason = "far below 2⁵³")]
    fn log_loss(self, k: i64) -> f64 {
        match self {
            Self::Log { up, down, .. } => k as f64 * f64::from(up) / f64::from(down),
            Self::Linear { .. } => libm::log10(self.value(k)),
        }
    }

    /// Level k.
    #[expect(clippy::cast_precision_loss, reason = "far below 2⁵³")]
    fn value(self, k: i64) -> f64 {
        match self {
            Self::Log { .. } => libm::pow(10.0, self.log_loss(k)),
            Self::Linear { digit, exponent } => {
                let tens = libm::pow(10.0, f64::from(exponent.abs()));
                let units = k as f64 * f64::from(digit);
                if exponent < 0 { units / tens } else { units * tens }
            }
        }
    }

    /// The place of `log_loss` among the levels: k on level k.
    fn place(self, log_loss: f64) -> f64 {
        match self {
            Self::Log { up, down, .. } => log_loss * f64::from(down) / f64::from(up),
            Self::Linear { .. } => libm::pow(10.0, log_loss) / self.value(1),
        }
    }

    /// The first level from `low` on and the last one below `high`.
    #[expect(clippy::cast_possible_truncation, reason = "few levels")]
    fn within(self, low: f64, high: f64) -> [i64; 2] {
        // Neither does rounding take away the level at the dark end of the ramp, nor
        // do the rounding errors of a plateau cross the level that it reaches.
        let slack = 1e-6;
        [libm::ceil(self.place(low) - slack) as i64, libm::floor(self.place(high) - slack) as i64]
    }

    fn count(self, low: f64, high: f64) -> usize {
        let [first, last] = self.within(low, high);
        usize::try_from(last - first + 1).unwrap_or(0)
    }

    /// The levels (as log₁₀) just below and just above `log_loss`.
    #[must_use]
    #[expect(clippy::cast_possible_truncation, reason = "few levels")]
    pub fn around(self, log_loss: f64) -> [f64; 2] {
        let below = libm::floor(self.place(log_loss)) as i64;
        match self {
            // Linear levels begin at 0, which has no logarithm.
            Self::Linear { .. } if below < 1 => [log_loss, log_loss],
            _ => [self.log_loss(below), self.log_loss(below + 1)],
        }
    }

    fn is_major(self, k: i64) -> bool {
        match self {
            Self::Log { majors, period, .. } => {
                majors.iter().any(|&major| k.rem_euclid(i64::from(period)) == i64::from(major))
            }
            Self::Linear { digit, .. } => k % if digit == 5 { 4 } else { 5 } == 0,
        }
    }

    fn level(self, k: i64) -> Level {
        let is_major = self.is_major(k);
        let label = if is_major { self.label(k) } else { String::new() };
        Level { log_loss: self.log_loss(k), value: self.value(k), is_major, label }
    }

    /// Level k in figures: as many as tell it from its neighbours.
    fn label(self, k: i64) -> String {
        let value = self.value(k);
        match self {
            Self::Log { down, .. } => {
                let places = if down > 20 { 2 } else { 1 };
                format!("{value:.places$e}").parse().map_or_else(|_| String::new(), tick)
            }
            Self::Linear { digit, .. } => {
                let figures = (k * i64::from(digit)).to_string();
                let is_short = figures.trim_end_matches('0').len() <= 5;
                if is_short { tick(value) } else { String::new() }
            }
        }
    }
}

#[cfg(test)]
#[expect(clippy::float_cmp, reason = "levels are exact by construction")]
mod tests {
    use super::super::field::Field;
    use super::*;
    use crate::descent::loss::LOSSES;
    use proptest::prelude::*;

    fn range(low: f64, high: f64) -> Range {
        Range { low, high, plain: 0.5 * (low + high) }
    }

    fn labels(levels: &Levels) -> Vec<&str> {
        levels.list.iter().map(|level| level.label.as_str()).filter(|s| !s.is_empty()).collect()
    }

    #[test]
    fn the_usual_map_has_three_lines_a_decade_and_labels_the_decades() {
        let levels = Levels::across(range(-2.0, 2.5), [-4.2, 2.51]);
        assert_eq!(levels.list.len(), 14);
        assert_eq!(labels(&levels), ["0.01", "0.1", "1", "10", "100"]);
        for (k, level) in (-6_i32..).zip(&levels.list) {
            assert_eq!(level.log_loss, f64::from(k) / 3.0);
            assert_eq!(level.is_major, k % 3 == 0);
        }
    }

    #[test]
    fn a_small_window_has_round_numbers_between_the_decades() {
        let few = Levels::across(range(0.0, 1.0), [0.35, 0.99]);
        assert_eq!(labels(&few), ["5"]);
        let slope = Levels::across(range(1.5, 2.5), [libm::log10(151.3), libm::log10(162.2)]);
        assert_eq!(slope.spacing, Some(Spacing::Linear { digit: 1, exponent: 0 }));
        assert_eq!(labels(&slope), ["155", "160"]);
        assert_eq!(slope.list.first().map(|level| level.value), Some(152.0));
        assert_eq!(slope.list.last().map(|level| level.value), Some(162.0));
        let tenth = Levels::across(range(-1.5, -0.5), [libm::log10(0.2498), libm::log10(0.2502)]);
        assert_eq!(labels(&tenth), ["0.2498", "0.25"]);
    }

    #[test]
    fn a_window_of_many_decades_has_fewer_lines_a_decade() {
        let levels = Levels::across(range(-2.5, 2.0), [-6.7, 30.2]);
        assert_eq!(labels(&levels), ["1", "10¹⁰", "10²⁰", "10³⁰"]);
        assert!((FEWEST..=MOST).contains(&levels.list.len()));
    }

    #[test]
    fn a_plain_around_a_hole_gets_lines_of_its_own() {
        let plain = Range { low: -1.0, high: 1.0, plain: 0.625 };
        let levels = Levels::across(plain, [-1.7, 1.06]);
        let above = levels.list.iter().filter(|level| level.log_loss > 0.625).count();
        assert!(above >= FEWEST_ON_PLAIN, "{above}");
        assert!(levels.list.len() <= MOST);
    }

    #[test]
    fn a_plateau_has_no_lines_and_the_level_it_nears_is_not_crossed() {
        assert_eq!(Levels::across(range(-1.0, 0.0), [0.0, 0.0]).list, []);
        assert_eq!(Levels::across(range(-1.0, 0.0), [-1e-7, 0.0]).list, []);
        let well = Levels::across(range(-3.0, 0.0), [-4.0, -1e-17]);
        assert!(well.list.iter().all(|level| level.value < 0.9));
    }

    #[test]
    fn levels_around_a_value_are_neighbours_on_either_side_of_it() {
        for spacing in LADDER.into_iter().chain([Spacing::Linear { digit: 2, exponent: -3 }]) {
            for log_loss in [-1.99, -0.5, 0.123, 1.7] {
                let [below, above] = spacing.around(log_loss);
                assert!(below <= log_loss && log_loss < above, "{spacing:?}");
                let apart = 0.01 * (above - below);
                let [first, last] = spacing.within(below - apart, above + apart);
                assert_eq!(last - first, 1, "{spacing:?} around {log_loss}");
            }
        }
    }

    #[test]
    fn linear_levels_are_exact_decimals() {
        let spacing = Spacing::Linear { digit: 1, exponent: -1 };
        assert_eq!(spacing.level(3).value, 0.3);
        assert_eq!(spacing.level(15).label, "1.5");
        let tiny = Spacing::Linear { digit: 5, exponent: -9 };
        assert_eq!(tiny.level(200_000_004).label, "", "nine figures");
    }

    proptest! {

        #[test]
        fn eight_to_twenty_four_rising_levels_cross_every_window(
            index in 0..LOSSES.len(),
            center in [-6.0..6.0, -6.0..6.0_f64],
            log_size in -4.0..3.0_f64,
        ) {
            let rule = LOSSES[index];
            let knobs = rule.defaults();
            // A network has a map of a plane alone.
            prop_assume!(rule.dimension(&knobs) < 9);
            let loss = (rule.build)(&knobs);
            let ([x, y], size) = (center, libm::pow(10.0, log_size));
            let window = [x - size, x + size, y - size, y + size];
            let field = Field::sample(loss.as_ref(), (rule.lowest)(&knobs), window, [40, 36], 1);
            let (range, [low, high]) = (field.range(), field.extent());
            let levels = Levels::across(range, field.extent());
            let is_flat = libm::pow(10.0, low - high) > 1.0 - FLAT;
            prop_assert!(is_flat || (FEWEST..=MOST).contains(&levels.list.len()),
                "{} {window:?}: {} levels", rule.key, levels.list.len());
            prop_assert!(levels.list.windows(2).all(|pair| pair[0].log_loss < pair[1].log_loss));
            for level in &levels.list {
                prop_assert!(level.log_loss > low.max(range.low) - 1e-4 && level.log_loss < high);
                prop_assert!((libm::log10(level.value) - level.log_loss).abs() < 1e-12);
                prop_assert!(level.is_major || level.label.is_empty());
            }
            prop_assert!(is_flat || levels.list.iter().any(|level| level.is_major));
        }
    }
}
