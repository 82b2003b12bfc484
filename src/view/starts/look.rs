//! The colours and textures of the map of starts.

use super::super::painter::Color;
use super::super::palette::Palette;
use super::super::ramp::Oklab;
use crate::scenario::Theme;

/// What a start comes to, as the map tells it apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fortune {
    /// The minimum at this place in the loss's list.
    Minimum(usize),
    /// Some minimum of a long list.
    AnyMinimum,
    /// A minimum that is not in the list.
    OtherMinimum,
    /// It diverges.
    Diverges,
    /// It comes to rest where there is no minimum.
    Stalls,
    /// It neither settles nor diverges.
    GoesOn,
}

/// How many shades tell the number of steps.
pub(super) const SHADES: usize = 32;

/// Hues of basins in OKLCh: angle in degrees, chroma, and how much lighter than the
/// others. Found by a search for colours that stay apart from each other and from
/// red for all eyes: simulated with the matrices of Machado, Oliveira and Fernandes
/// (2009).
const BASINS: [[f64; 3]; 5] = [
    [160.0, 0.12, 0.08],
    [80.0, 0.12, 0.04],
    [260.0, 0.12, -0.04],
    [340.0, 0.12, -0.08],
    [130.0, 0.12, -0.08],
];
/// By how much lighter the hues are when they come round again.
const AGAIN: f64 = 0.1;
/// A basin whose minimum has no place in the list.
const NAMELESS: [f64; 3] = [160.0, 0.02, 0.0];

/// Cells from one line or dot of a texture to the next.
const PITCH: usize = 4;

/// A fortune's colours, from few steps, dark as the loss is near a minimum, to
/// many, each without and with the mark of its texture.
type Shades = [[[u8; 4]; 2]; SHADES];

/// The colours of one theme.
pub struct StartsColors {
    theme: Theme,
    basins: Vec<Shades>,
    nameless: Shades,
    diverges: Shades,
    stalls: Shades,
    goes_on: Shades,
}

impl StartsColors {
    /// Works them out: keep it.
    #[must_use]
    pub fn of(theme: Theme) -> Self {
        let [_, _, _, _, stalls, diverges] = &Palette::of(theme).outcomes;
        let crawls = &Palette::of(theme).outcomes[0];
        let basin = |[hue, chroma, lighter]: [f64; 3]| {
            let angle = hue * core::f64::consts::PI / 180.0;
            shades(theme, lighter, [chroma * libm::cos(angle), chroma * libm::sin(angle)])
        };
        let of_fill = |color: Color| {
            let [r, g, b] = color.rgb;
            let Oklab { lightness, a, b } = Oklab::of_rgb(u32::from_be_bytes([0, r, g, b]));
            // Made for a strip on the page; a whole map of it would outshine the basins.
            let lightness = lightness - if theme == Theme::Dark { 0.2 } else { 0.0 };
            // Half as much as basins: what needs no steps to settle is told by its hue.
            let shade = |k| lightness + 0.5 * (shade_of(theme, k) - middle(theme));
            core::array::from_fn(|k| [shade(k), shade(k) + mark(theme)].map(|l| rgba(l, [a, b])))
        };
        let again = |[hue, chroma, lighter]: [f64; 3]| [hue, chroma, lighter + AGAIN];
        Self {
            theme,
            basins: BASINS.into_iter().chain(BASINS.map(again)).map(basin).collect(),
            nameless: basin(NAMELESS),
            diverges: of_fill(diverges.fill),
            stalls: of_fill(stalls.fill),
            goes_on: of_fill(crawls.fill),
        }
    }

    /// The theme they are for.
    #[must_use]
    pub fn theme(&self) -> Theme {
        self.theme
    }

    fn shades(&self, fortune: Fortune) -> &Shades {
        match fortune {
            Fortune::Minimum(place) => &self.basins[place % self.basins.len()],
            Fortune::AnyMinimum => &self.basins[0],
            Fortune::OtherMinimum => &self.nameless,
            Fortune::Diverges => &self.diverges,
            Fortune::Stalls => &self.stalls,
            Fortune::GoesOn => &self.goes_on,
        }
    }

    /// The bytes of a cell.
    pub(super) fn cell(&self, fortune: Fortune, shade: usize, cell: [usize; 2]) -> [u8; 4] {
        self.shades(fortune)[shade][usize::from(is_marked(fortune, cell))]
    }

    /// A fortune's colour, neither dark nor pale, and that of its texture.
    pub(super) fn sample(&self, fortune: Fortune) -> [Color; 2] {
        self.shades(fortune)[SHADES / 2].map(color)
    }

    /// A shade of the first basin: the scale of steps.
    pub(super) fn on_scale(&self, shade: usize) -> Color {
        color(self.basins[0][shade][0])
    }
}

/// Whether the texture of a fortune has its mark in a cell: lines at 45° where
/// starts diverge, dots where they stall, level lines where they go on; basins are
/// told apart by the numbers of their minima.
fn is_marked(fortune: Fortune, [column, row]: [usize; 2]) -> bool {
    match fortune {
        Fortune::Minimum(_) | Fortune::AnyMinimum | Fortune::OtherMinimum => false,
        Fortune::Diverges => (column + row).is_multiple_of(PITCH),
        Fortune::Stalls => column.is_multiple_of(PITCH) && row.is_multiple_of(PITCH),
        Fortune::GoesOn => row.is_multiple_of(PITCH),
    }
}

fn shades(theme: Theme, lighter: f64, hue: [f64; 2]) -> Shades {
    core::array::from_fn(|k| [rgba(shade_of(theme, k) + lighter, hue); 2])
}

fn middle(theme: Theme) -> f64 {
    match theme {
        Theme::Light => 0.68,
        Theme::Dark => 0.42,
    }
}

/// The lightness of a shade.
#[expect(clippy::cast_precision_loss, reason = "at most 31")]
fn shade_of(theme: Theme, shade: usize) -> f64 {
    let spread = match theme {
        Theme::Light => 0.32,
        Theme::Dark => 0.26,
    };
    middle(theme) + spread * (shade as f64 / (SHADES - 1) as f64 - 0.5)
}

/// What the mark of a texture adds to the lightness.
fn mark(theme: Theme) -> f64 {
    match theme {
        Theme::Light => -0.09,
        Theme::Dark => 0.08,
    }
}

fn rgba(lightness: f64, [a, b]: [f64; 2]) -> [u8; 4] {
    let [red, green, blue] = Oklab { lightness, a, b }.to_rgb();
    [red, green, blue, 255]
}

fn color([red, green, blue, _]: [u8; 4]) -> Color {
    Color { rgb: [red, green, blue], alpha: 1.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a person without the cones for green, or for red, sees: on amounts of
    /// light. Machado, Oliveira and Fernandes, A Physiologically-based Model for
    /// Simulation of Color Vision Deficiency (2009), severity 1.
    const EYES: [[[f64; 3]; 3]; 3] = [
        [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]],
        [
            [0.367_322, 0.860_646, -0.227_968],
            [0.280_085, 0.672_501, 0.047_413],
            [-0.011_820, 0.042_940, 0.968_881],
        ],
        [
            [0.152_286, 1.052_583, -0.204_868],
            [0.114_503, 0.786_281, 0.099_216],
            [-0.003_882, -0.048_116, 1.051_998],
        ],
    ];

    fn seen(color: [u8; 4], eyes: &[[f64; 3]; 3]) -> Oklab {
        let light = |c: u8| {
            let c = f64::from(c) / 255.0;
            if c <= 0.040_45 { c / 12.92 } else { libm::pow((c + 0.055) / 1.055, 2.4) }
        };
        let light = [color[0], color[1], color[2]].map(light);
        let byte = |row: &[f64; 3]| {
            let sum: f64 = row.iter().zip(light).map(|(a, b)| a * b).sum();
            let sum = sum.clamp(0.0, 1.0);
            let c = if sum <= 0.003_130_8 {
                12.92 * sum
            } else {
                1.055 * libm::pow(sum, 1.0 / 2.4) - 0.055
            };
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 255")]
            let byte = (255.0 * c + 0.5) as u8;
            byte
        };
        let [r, g, b] = [byte(&eyes[0]), byte(&eyes[1]), byte(&eyes[2])];
        Oklab::of_rgb(u32::from_be_bytes([0, r, g, b]))
    }

    fn apart(one: [u8; 4], other: [u8; 4], eyes: &[[f64; 3]; 3]) -> f64 {
        let (one, other) = (seen(one, eyes), seen(other, eyes));
        let [l, a, b] = [one.lightness - other.lightness, one.a - other.a, one.b - other.b];
        (l * l + a * a + b * b).sqrt()
    }

    #[test]
    fn basins_are_told_apart_by_all_eyes() {
        for theme in [Theme::Light, Theme::Dark] {
            let colors = StartsColors::of(theme);
            for shade in [0, SHADES / 2, SHADES - 1] {
                let at = |place: usize| colors.cell(Fortune::Minimum(place), shade, [1, 1]);
                for (one, other) in (0..5).flat_map(|one| (0..one).map(move |other| (one, other))) {
                    for eyes in &EYES {
                        let distance = apart(at(one), at(other), eyes);
                        assert!(distance > 0.05, "{theme:?} {shade}: {one}, {other}: {distance}");
                    }
                }
            }
        }
    }

    #[test]
    fn more_steps_are_paler_in_both_themes() {
        for theme in [Theme::Light, Theme::Dark] {
            let colors = StartsColors::of(theme);
            let fortunes = (0..10).map(Fortune::Minimum);
            for fortune in fortunes.chain([Fortune::OtherMinimum, Fortune::Diverges]) {
                let lightness =
                    |shade| seen(colors.cell(fortune, shade, [1, 2]), &EYES[0]).lightness;
                for shade in (4..SHADES).step_by(4) {
                    assert!(lightness(shade) > lightness(shade - 4), "{theme:?} {fortune:?}");
                }
            }
        }
    }
}
