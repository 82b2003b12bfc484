//! Numbers as people read them: three significant figures, a true minus sign,
//! powers of ten with raised digits. Never «NaN».

/// `value` with `digits` significant figures; powers of ten beyond five digits.
///
/// ```
/// use descent_lab::text::figure;
/// assert_eq!(figure(0.0852, 3), "0.0852");
/// assert_eq!(figure(14.9, 3), "14.9");
/// assert_eq!(figure(-2.0, 3), "−2.00");
/// assert_eq!(figure(1164.2, 3), "1,164");
/// assert_eq!(figure(9.03e11, 3), "9.03×10¹¹");
/// assert_eq!(figure(f64::NAN, 3), "∞");
/// ```
#[must_use]
pub fn figure(value: f64, digits: usize) -> String {
    if value == 0.0 {
        return "0".to_owned();
    }
    if !value.is_finite() {
        // Overflow: whether it ended as an infinity or as NaN says nothing.
        return if value == f64::NEG_INFINITY { "−∞" } else { "∞" }.to_owned();
    }
    let scientific = format!("{:.*e}", digits.saturating_sub(1), value.abs());
    let (mantissa, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    let sign = if value < 0.0 { "−" } else { "" };
    let places = usize::try_from(i32::try_from(digits).unwrap_or(3) - 1 - exponent).unwrap_or(0);
    match exponent {
        -4..=2 => format!("{sign}{:.places$}", value.abs()),
        3..=4 => format!("{sign}{}", grouped(&format!("{:.places$}", value.abs()))),
        _ => format!("{sign}{mantissa}×10{}", raised(exponent)),
    }
}

/// So many tenths, with the last digit behind the point.
///
/// ```
/// use descent_lab::text::tenths;
/// assert_eq!([94, 20, 7, 12_345].map(tenths), ["9.4", "2.0", "0.7", "1,234.5"]);
/// ```
#[must_use]
pub fn tenths(tenths: u64) -> String {
    let whole = usize::try_from(tenths / 10).unwrap_or(usize::MAX);
    format!("{}.{}", count(whole), tenths % 10)
}

/// A letter with an index.
///
/// ```
/// assert_eq!(descent_lab::text::subscripted("w", 12), "w₁₂");
/// ```
#[must_use]
pub fn subscripted(letter: &str, index: usize) -> String {
    let digits = index.to_string();
    let lowered = digits.bytes().filter_map(|b| char::from_u32(0x2080 + u32::from(b - b'0')));
    letter.chars().chain(lowered).collect()
}

/// The shortest decimal for a number that is round by construction: axis ticks,
/// contour labels, slider marks.
///
/// ```
/// use descent_lab::text::tick;
/// assert_eq!(tick(-2.0), "−2");
/// assert_eq!(tick(0.30000000000000004), "0.3");
/// assert_eq!(tick(1e-7), "10⁻⁷");
/// assert_eq!(tick(2.5e6), "2.5×10⁶");
/// ```
#[must_use]
pub fn tick(value: f64) -> String {
    if value == 0.0 || !value.is_finite() {
        return figure(value, 1);
    }
    let scientific = format!("{:.9e}", value.abs());
    let (mantissa, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    let mantissa = mantissa.trim_end_matches('0').trim_end_matches('.');
    let sign = if value < 0.0 { "−" } else { "" };
    if (-4..=4).contains(&exponent) {
        let decimals = mantissa.len().saturating_sub(2);
        let places = i32::try_from(decimals).unwrap_or(9) - exponent;
        let plain = format!("{:.*}", usize::try_from(places).unwrap_or(0), value.abs());
        let plain = if exponent >= 3 { grouped(&plain) } else { plain };
        return format!("{sign}{plain}");
    }
    match mantissa {
        "1" => format!("{sign}10{}", raised(exponent)),
        _ => format!("{sign}{mantissa}×10{}", raised(exponent)),
    }
}

/// A number that theory names, with three significant figures where it is not round.
///
/// ```
/// assert_eq!(descent_lab::text::mark(38.00000000000001), "38");
/// assert_eq!(descent_lab::text::mark(3.8 / 2.8), "1.36");
/// ```
#[must_use]
pub fn mark(value: f64) -> String {
    tick(read(value, 3))
}

/// The number that `value` reads as with so many significant figures.
pub(super) fn read(value: f64, digits: usize) -> f64 {
    format!("{value:.*e}", digits - 1).parse().unwrap_or(value)
}

/// A whole number with its thousands apart.
///
/// ```
/// assert_eq!(descent_lab::text::count(1000000), "1,000,000");
/// ```
#[must_use]
pub fn count(number: usize) -> String {
    grouped(&number.to_string())
}

/// A share in percent with two significant figures.
///
/// ```
/// assert_eq!(descent_lab::text::percent(0.0561), "5.6");
/// assert_eq!(descent_lab::text::percent(1.0), "100");
/// ```
#[must_use]
pub fn percent(share: f64) -> String {
    let percent = 100.0 * share;
    if percent >= 99.5 { figure(percent, 3) } else { figure(percent, 2) }
}

fn grouped(digits: &str) -> String {
    let (whole, fraction) = digits.split_at(digits.find('.').unwrap_or(digits.len()));
    let mut text = String::new();
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index) % 3 == 0 {
            text.push(',');
        }
        text.push(digit);
    }
    text + fraction
}

/// The exponent of a power of ten in raised digits.
#[must_use]
pub(crate) fn raised(exponent: i32) -> String {
    let raise = |c: char| match c {
        '-' => '⁻',
        '1' => '¹',
        '2' => '²',
        '3' => '³',
        '0' => '⁰',
        other => char::from_u32(0x2070 + other.to_digit(10).unwrap_or(0)).unwrap_or(other),
    };
    exponent.to_string().chars().map(raise).collect()
}
