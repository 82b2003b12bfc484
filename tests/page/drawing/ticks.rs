//! The numbers of axes: round, evenly spaced, and printed as they are.

use descent_lab::scenario::Theme;
use descent_lab::text::tick;
use descent_lab::view::{decade_ticks, linear_ticks, log_ticks};
use proptest::prelude::*;

use super::recorder::Word;
use super::stage::{DESKTOP, PHONE, Stage};

/// The number that a label of an axis says.
fn said(label: &str) -> Option<f64> {
    let plain: String = label.replace('−', "-").replace(',', "");
    match plain.split_once("10") {
        Some((before, raised)) if raised.starts_with(|c: char| "⁻⁰¹²³⁴⁵⁶⁷⁸⁹".contains(c)) =>
        {
            let lower = |c: char| "⁰¹²³⁴⁵⁶⁷⁸⁹".chars().position(|digit| digit == c);
            let digits: String = raised
                .chars()
                .map(|c| lower(c).map_or("-".to_owned(), |digit| digit.to_string()))
                .collect();
            let mantissa = before.trim_end_matches('×');
            let mantissa = if mantissa.is_empty() || mantissa == "-" {
                format!("{mantissa}1")
            } else {
                mantissa.to_owned()
            };
            format!("{mantissa}e{digits}").parse().ok()
        }
        _ => plain.parse().ok(),
    }
}

proptest! {

    #[test]
    fn ticks_are_whole_multiples_of_1_2_or_5(
        middle in -1e3..1e3,
        decade in -5.0..8.0,
        most in 2..12_usize,
    ) {
        let half = libm::pow(10.0, decade);
        let ticks = linear_ticks(middle - half, middle + half, most);
        prop_assert!(ticks.len() >= 2 || most < 4, "{ticks:?}");
        for pair in ticks.windows(2) {
            let step = pair[1] - pair[0];
            let unit = libm::pow(10.0, libm::floor(libm::log10(step * 1.000_001)));
            let round = [1.0, 2.0, 5.0].into_iter().find(|round| {
                (step / unit / round - 1.0).abs() < 1e-6
            });
            prop_assert!(round.is_some(), "{ticks:?}");
            let multiple = pair[0] / (round.unwrap_or(1.0) * unit);
            prop_assert!((multiple - libm::round(multiple)).abs() < 1e-6, "{ticks:?}");
        }
        for value in ticks {
            // Ten digits are printed; what is round by construction has fewer.
            let read = said(&tick(value));
            prop_assert!(
                read.is_some_and(|read| (read - value).abs() <= 1e-9 * value.abs()),
                "{value} reads {}", tick(value)
            );
        }
    }

    #[test]
    fn ticks_of_a_rate_are_digits_times_powers_of_ten(low in -300.0..300.0, decades in 0.1..6.0) {
        let (low, high) = (libm::pow(10.0, low), libm::pow(10.0, low + decades));
        for (value, digit) in log_ticks(low, high) {
            prop_assert!((1..=9).contains(&digit));
            let power = libm::log10(value / f64::from(digit));
            prop_assert!((power - libm::round(power)).abs() < 1e-9, "{value} is no {digit}·10ⁿ");
            prop_assert!(said(&tick(value)).is_some_and(|read| (read / value - 1.0).abs() < 1e-9));
        }
    }

    #[test]
    fn decades_are_evenly_spaced_and_few(low in -320.0..320.0, height in 0.0..640.0, most in 2..8_usize) {
        let ticks = decade_ticks(low, low + height, most);
        prop_assert!(ticks.len() <= most, "{ticks:?}");
        let steps: Vec<i32> = ticks.windows(2).map(|pair| pair[1] - pair[0]).collect();
        prop_assert!(steps.windows(2).all(|pair| pair[0] == pair[1]), "{ticks:?}");
        prop_assert!(ticks.iter().all(|tick| f64::from(*tick) >= low - 1e-6));
        prop_assert!(ticks.iter().all(|tick| f64::from(*tick) <= low + height + 1e-6));
    }
}

/// The labels of contours have a wide rim in the colour of the map.
fn is_contour_label(text: &Word) -> bool {
    text.style.halo.is_some_and(|(_, width)| width > 4.0)
}

#[test]
fn the_axes_of_the_map_say_where_things_are() {
    for sizes in [DESKTOP, PHONE] {
        for link in [
            "loss=himmelblau",
            "loss=quadratic",
            "loss=parabola",
            "loss=booth&view=-1e-3,1e-3,2,2.001",
        ] {
            let stage = Stage::of(link, sizes);
            let recorder = stage.draw_ground(stage.map().as_ref(), Theme::Light);
            let plot = stage.viewport.plot;
            let (mut below, mut beside) = (0, 0);
            for text in recorder.texts().filter(|text| !text.style.math && !is_contour_label(text))
            {
                let value = said(&text.text).unwrap_or_else(|| panic!("{:?}", text.text));
                let [x, y] = stage.viewport.to_pixel([value, value]);
                if text.at[1] > plot.bottom() {
                    assert!(
                        (text.at[0] - x).abs() <= 0.51,
                        "{link}: {} at {}",
                        text.text,
                        text.at[0]
                    );
                    below += 1;
                } else {
                    assert!(
                        (text.at[1] - y).abs() <= 0.51,
                        "{link}: {} at {}",
                        text.text,
                        text.at[1]
                    );
                    beside += 1;
                }
            }
            assert!(below >= 2 && beside >= 2, "{link}: {below} below, {beside} beside");
        }
    }
}
