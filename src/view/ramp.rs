//! The heat ramp: from a loss's place on the scale to its colour.

use super::theme::Theme;

/// Number of entries of the table.
const ENTRIES: usize = 1024;

/// The six colours the ramp goes through, at t = 0, 0.2, … 1.
const LIGHT: [u32; 6] =
    [0x001B_2452, 0x002B_4775, 0x0046_7093, 0x0071_9DAF, 0x00A7_C9C8, 0x00F0_EDDD];
const DARK: [u32; 6] =
    [0x0006_0719, 0x000C_1731, 0x0014_2B45, 0x0023_4155, 0x0038_5662, 0x0052_6B6E];

/// A colour in `OKLab`, where equal steps look equal: lightness 0 to 1, green to
/// red, blue to yellow.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Oklab {
    pub(super) lightness: f64,
    pub(super) a: f64,
    pub(super) b: f64,
}

/// The colours of a loss map in one theme. t runs from 0 (the lowest loss, dark
/// in both themes) to 1; what is outside takes the colour of the nearer end.
#[derive(Clone, Debug)]
pub struct Ramp {
    theme: Theme,
    stops: [Oklab; 6],
    table: Vec<[u8; 4]>,
}

/// The two colours of a contour's label.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct LabelColors {
    /// Of the digits; at least 4.5 times the contrast to `halo`.
    pub ink: [u8; 3],
    /// Of the outline that covers the line behind the digits: the map's own colour.
    pub halo: [u8; 3],
}

impl Ramp {
    /// The ramp of a theme. Building it takes 1024 colour conversions: keep it.
    #[must_use]
    pub fn of(theme: Theme) -> Self {
        let stops = match theme {
            Theme::Light => LIGHT,
            Theme::Dark => DARK,
        };
        let mut ramp = Self { theme, stops: stops.map(Oklab::of_rgb), table: Vec::new() };
        ramp.table = (0..ENTRIES)
            .map(|k| {
                let [r, g, b] = ramp.oklab_at(unit(k)).to_rgb();
                [r, g, b, 255]
            })
            .collect();
        ramp
    }

    /// The colour at t, as red, green, blue.
    #[must_use]
    pub fn color_at(&self, t: f64) -> [u8; 3] {
        let [r, g, b, _] = self.rgba_at(t);
        [r, g, b]
    }

    /// The colour at t as the bytes of an image: red, green, blue, 255.
    #[must_use]
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "from 0 to 1023, whatever t is"
    )]
    pub fn rgba_at(&self, t: f64) -> [u8; 4] {
        let last = (ENTRIES - 1) as f64;
        self.table[(t.clamp(0.0, 1.0) * last + 0.5) as usize]
    }

    /// The colour of a contour line at t: the map's own, moved away in lightness,
    /// further for a whole decade.
    #[must_use]
    pub fn contour_color(&self, t: f64, is_decade: bool) -> [u8; 3] {
        let mut color = self.oklab_at(t);
        let [small, large] = match self.theme {
            Theme::Dark => [0.10, 0.17],
            Theme::Light if color.lightness < 0.45 => [0.12, 0.20],
            Theme::Light => [-0.11, -0.20],
        };
        color.lightness += if is_decade { large } else { small };
        color.to_rgb()
    }

    /// The colours of the label of a contour at t.
    #[must_use]
    pub fn label_colors(&self, t: f64) -> LabelColors {
        let halo = self.oklab_at(t);
        // Where black and white have the same contrast to the map, there is none to
        // spare for a tint.
        let shift = if luminance(halo.to_rgb()) < 0.179 { 0.46 } else { -0.5 };
        let ink = Oklab {
            lightness: (halo.lightness + shift).clamp(0.0, 1.0),
            a: 0.3 * halo.a,
            b: 0.3 * halo.b,
        };
        LabelColors { ink: ink.to_rgb(), halo: halo.to_rgb() }
    }

    /// The colour at t before it is rounded to bytes.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "from 0 to 4, whatever t is"
    )]
    fn oklab_at(&self, t: f64) -> Oklab {
        let place = t.clamp(0.0, 1.0) * (self.stops.len() - 1) as f64;
        let below = (place as usize).min(self.stops.len() - 2);
        let share = place - below as f64;
        let (from, to) = (self.stops[below], self.stops[below + 1]);
        let mix = |from: f64, to: f64| from * (1.0 - share) + to * share;
        Oklab {
            lightness: mix(from.lightness, to.lightness),
            a: mix(from.a, to.a),
            b: mix(from.b, to.b),
        }
    }
}

/// Entry `k` of the table as a t.
#[expect(clippy::cast_precision_loss, reason = "at most 1023")]
fn unit(k: usize) -> f64 {
    k as f64 / (ENTRIES - 1) as f64
}

/// A channel of sRGB (0 to 255) as an amount of light (0 to 1).
fn light(channel: u8) -> f64 {
    let c = f64::from(channel) / 255.0;
    if c <= 0.040_45 { c / 12.92 } else { libm::pow((c + 0.055) / 1.055, 2.4) }
}

/// The luminance that the definition of contrast asks for: 0.179 is as far from
/// black as from white.
fn luminance([r, g, b]: [u8; 3]) -> f64 {
    0.2126 * light(r) + 0.7152 * light(g) + 0.0722 * light(b)
}

/// The inverse of [`light`], clipped to what a screen can show.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 0 to 255")]
fn channel(light: f64) -> u8 {
    let light = light.clamp(0.0, 1.0);
    let c = if light <= 0.003_130_8 {
        12.92 * light
    } else {
        1.055 * libm::pow(light, 1.0 / 2.4) - 0.055
    };
    (c * 255.0 + 0.5) as u8
}

/// ∛x for x ≥ 0, rounded once more than `libm::cbrt`, which multiplies in 128 bits
/// to avoid it: a kilobyte for what ends as one of 256 shades.
fn cube_root(x: f64) -> f64 {
    libm::pow(x, 1.0 / 3.0)
}

impl Oklab {
    /// From 0xRRGGBB. The matrices are Björn Ottosson's (2020).
    pub(super) fn of_rgb(rgb: u32) -> Self {
        let [_, r, g, b] = rgb.to_be_bytes();
        let [r, g, b] = [r, g, b].map(light);
        let long = cube_root(0.412_221_470_8 * r + 0.536_332_536_3 * g + 0.051_445_992_9 * b);
        let middle = cube_root(0.211_903_498_2 * r + 0.680_699_545_1 * g + 0.107_396_956_6 * b);
        let short = cube_root(0.088_302_461_9 * r + 0.281_718_837_6 * g + 0.629_978_700_5 * b);
        let mix = |[l, m, s]: [f64; 3]| l * long + m * middle + s * short;
        Self {
            lightness: mix([0.210_454_255_3, 0.793_617_785, -0.004_072_046_8]),
            a: mix([1.977_998_495_1, -2.428_592_205, 0.450_593_709_9]),
            b: mix([0.025_904_037_1, 0.782_771_766_2, -0.808_675_766]),
        }
    }

    pub(super) fn to_rgb(self) -> [u8; 3] {
        let Self { lightness, a, b } = self;
        let cube = |x: f64| x * x * x;
        let long = cube(lightness + 0.396_337_777_4 * a + 0.215_803_757_3 * b);
        let middle = cube(lightness - 0.105_561_345_8 * a - 0.063_854_172_8 * b);
        let short = cube(lightness - 0.089_484_177_5 * a - 1.291_485_548 * b);
        let mix = |[l, m, s]: [f64; 3]| channel(l * long + m * middle + s * short);
        [
            mix([4.076_741_662_1, -3.307_711_591_3, 0.230_969_929_2]),
            mix([-1.268_438_004_6, 2.609_757_401_1, -0.341_319_396_5]),
            mix([-0.004_196_086_3, -0.703_418_614_7, 1.707_614_701]),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const THEMES: [Theme; 2] = [Theme::Light, Theme::Dark];

    /// Contrast as the accessibility guidelines define it.
    fn contrast(one: [u8; 3], other: [u8; 3]) -> f64 {
        let (one, other) = (luminance(one) + 0.05, luminance(other) + 0.05);
        one.max(other) / one.min(other)
    }

    #[test]
    fn goes_through_the_six_stops() {
        for (theme, stops) in [(Theme::Light, LIGHT), (Theme::Dark, DARK)] {
            let ramp = Ramp::of(theme);
            for (t, stop) in [0.0, 0.2, 0.4, 0.6, 0.8, 1.0].into_iter().zip(stops) {
                let [_, r, g, b] = stop.to_be_bytes();
                assert_eq!(ramp.oklab_at(t).to_rgb(), [r, g, b], "{theme:?} at {t}");
            }
            assert_eq!(ramp.color_at(0.0), ramp.color_at(-7.0));
            assert_eq!(ramp.color_at(1.0), ramp.color_at(f64::INFINITY));
        }
        assert_eq!(Ramp::of(Theme::Light).color_at(0.0), [0x1B, 0x24, 0x52]);
        assert_eq!(Ramp::of(Theme::Light).color_at(1.0), [0xF0, 0xED, 0xDD]);
        assert_eq!(Ramp::of(Theme::Dark).color_at(0.0), [0x06, 0x07, 0x19]);
        assert_eq!(Ramp::of(Theme::Dark).color_at(1.0), [0x52, 0x6B, 0x6E]);
    }

    #[test]
    fn lightness_rises_strictly() {
        for theme in THEMES {
            let ramp = Ramp::of(theme);
            let exact: Vec<f64> = (0..ENTRIES).map(|k| ramp.oklab_at(unit(k)).lightness).collect();
            assert!(exact.windows(2).all(|pair| pair[0] < pair[1]), "{theme:?}");
            // In bytes, neighbours of 1024 entries may coincide; every 16th must not.
            let shown: Vec<f64> = (0..ENTRIES)
                .step_by(16)
                .map(|k| {
                    let [r, g, b] = ramp.color_at(unit(k));
                    Oklab::of_rgb(u32::from_be_bytes([0, r, g, b])).lightness
                })
                .collect();
            assert!(shown.windows(2).all(|pair| pair[0] < pair[1]), "{theme:?}");
        }
    }

    #[test]
    fn contours_stand_out_from_the_map_and_decades_more() {
        for theme in THEMES {
            let ramp = Ramp::of(theme);
            for k in 0..ENTRIES {
                let t = unit(k);
                let map = ramp.color_at(t);
                let thin = contrast(ramp.contour_color(t, false), map);
                let decade = contrast(ramp.contour_color(t, true), map);
                assert!(1.2 < thin && thin < decade, "{theme:?} at {t}: {thin}, {decade}");
            }
        }
    }

    #[test]
    fn labels_can_be_read() {
        for theme in THEMES {
            let ramp = Ramp::of(theme);
            for k in 0..ENTRIES {
                let LabelColors { ink, halo } = ramp.label_colors(unit(k));
                let contrast = contrast(ink, halo);
                assert!(contrast >= 4.5, "{theme:?} at {}: {contrast}", unit(k));
            }
        }
    }
}
