//! Where axes carry a number: 1, 2 or 5 times a power of ten.

/// The multiples of a tidy step within `low..=high`, at most about `most` of them.
///
/// ```
/// use descent_lab::view::linear_ticks;
/// assert_eq!(linear_ticks(-9.2, 3.0, 7), [-8.0, -6.0, -4.0, -2.0, 0.0, 2.0]);
/// ```
#[must_use]
pub fn linear_ticks(low: f64, high: f64, most: usize) -> Vec<f64> {
    let span = high - low;
    if !(span.is_finite() && span > 0.0) || most == 0 {
        return Vec::new();
    }
    #[expect(clippy::cast_precision_loss, reason = "a handful of ticks")]
    let rough = span / most as f64;
    let power = libm::floor(libm::log10(rough));
    let unit = libm::pow(10.0, power);
    let factor = [1.0, 2.0, 5.0].into_iter().find(|f| f * unit >= rough * 0.75).unwrap_or(10.0);
    let step = factor * unit;
    let first = libm::ceil(low / step - 1e-9);
    let last = libm::floor(high / step + 1e-9);
    let mut ticks = Vec::new();
    let mut index = first;
    // Far from zero the step may be lost in rounding; then there is no tick.
    while index <= last && ticks.len() <= 2 * most && index + 1.0 > index {
        // 3 × 0.1 is not 0.3, but 3 / 10 is.
        let value = if power < 0.0 {
            index * factor / libm::round(libm::pow(10.0, -power))
        } else {
            index * step
        };
        ticks.push(value + 0.0);
        index += 1.0;
    }
    ticks
}

/// `m × 10^k` for every digit m from 1 to 9 within `low..=high`, with m.
#[must_use]
pub fn log_ticks(low: f64, high: f64) -> Vec<(f64, u32)> {
    let mut ticks = Vec::new();
    if !(low > 0.0 && high >= low && high.is_finite()) {
        return ticks;
    }
    let exponents = |v: f64| libm::floor(libm::log10(v));
    let (mut exponent, last) = (exponents(low), exponents(high));
    while exponent <= last {
        for digit in 1..10_u32 {
            let value = scaled(f64::from(digit), exponent);
            if value >= low * (1.0 - 1e-9) && value <= high * (1.0 + 1e-9) {
                ticks.push((value, digit));
            }
        }
        exponent += 1.0;
    }
    ticks
}

fn scaled(digit: f64, exponent: f64) -> f64 {
    if exponent < 0.0 {
        digit / libm::pow(10.0, -exponent)
    } else {
        digit * libm::pow(10.0, exponent)
    }
}

/// Powers of ten within the decades `low..=high`, at most `most` of them, evenly
/// spaced: the ticks of a logarithmic axis.
///
/// ```
/// use descent_lab::view::decade_ticks;
/// assert_eq!(decade_ticks(-6.0, 2.3, 6), [-6, -4, -2, 0, 2]);
/// ```
#[must_use]
#[expect(clippy::cast_possible_truncation, reason = "exponents of doubles are small")]
pub fn decade_ticks(low: f64, high: f64, most: usize) -> Vec<i32> {
    let (first, last) = (libm::ceil(low - 1e-9) as i32, libm::floor(high + 1e-9) as i32);
    let count = |step: i32| (last.div_euclid(step) - (first - 1).div_euclid(step)).max(0);
    let most = i32::try_from(most).unwrap_or(1).max(1);
    let step = [1, 2, 4, 5, 10, 20, 50, 100, 200].into_iter().find(|step| count(*step) <= most);
    let step = step.unwrap_or(400);
    (first..=last).filter(|exponent| exponent.rem_euclid(step) == 0).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn ticks_lie_within_and_are_few(low in -1e6..1e6_f64, width in 1e-6..1e6_f64, most in 2..12_usize) {
            let high = low + width;
            let ticks = linear_ticks(low, high, most);
            prop_assert!(ticks.len() <= most * 4 / 3 + 2 && ticks.len() >= most / 3);
            prop_assert!(ticks.iter().all(|t| *t >= low - 1e-6 * width && *t <= high + 1e-6 * width));
            prop_assert!(ticks.windows(2).all(|pair| pair[0] < pair[1]));
        }
    }

    #[test]
    fn ticks_are_the_decimals_they_print() {
        assert_eq!(linear_ticks(0.05, 0.45, 4), [0.1, 0.2, 0.3, 0.4]);
        assert_eq!(
            log_ticks(0.09, 0.31).iter().map(|t| t.0).collect::<Vec<_>>(),
            [0.09, 0.1, 0.2, 0.3]
        );
    }

    #[test]
    fn nothing_sensible_in_nothing_out() {
        assert!(linear_ticks(1.0, 1.0, 5).is_empty());
        assert!(linear_ticks(0.0, f64::INFINITY, 5).is_empty());
        assert!(log_ticks(0.0, 1.0).is_empty());
        assert!(linear_ticks(1e15, 1e15 + 0.5, 5).len() <= 11);
    }
}
