//! The colours of the two themes, as far as canvases need them. The style sheet
//! has the same values for the rest of the page.

use super::painter::Color;
use crate::scenario::Theme;

/// The colours that pictures are drawn with.
#[derive(Debug)]
pub struct Palette {
    /// The page behind everything.
    pub background: Color,
    /// Numbers and headings.
    pub ink: Color,
    /// Body text and icons.
    pub ink_2: Color,
    /// Tick labels and captions.
    pub ink_3: Color,
    /// Hairlines and grids.
    pub line: Color,
    /// Axes and tracks.
    pub line_2: Color,
    /// The run's line on the page.
    pub run_line: Color,
    /// The run's words on the page.
    pub run_text: Color,
    /// What is past the limit.
    pub danger: Color,
    /// Words on the map.
    pub map_ink: Color,
    /// The rim around words on the map.
    pub map_halo: Color,
    /// The path that is still to come.
    pub future: Color,
    /// The ground under the curve of a loss with one parameter.
    pub ground: Color,
}

static LIGHT: Palette = Palette {
    background: Color::hex(0x00FC_FCFB),
    ink: Color::hex(0x0015_181E),
    ink_2: Color::hex(0x0047_4D58),
    ink_3: Color::hex(0x0067_6E7A),
    line: Color::hex(0x00E2_E4E7),
    line_2: Color::hex(0x008A_909B),
    run_line: Color::hex(0x00B8_7400),
    run_text: Color::hex(0x008C_5800),
    danger: Color::hex(0x00B0_281C),
    map_ink: Color::hex(0x0015_181E),
    map_halo: Color::hex(0x00FF_FFFF).with_alpha(0.72),
    future: Color::hex(0x000E_1422).with_alpha(0.34),
    ground: Color::hex(0x00A7_C9C8).with_alpha(0.45),
};

static DARK: Palette = Palette {
    background: Color::hex(0x0010_1216),
    ink: Color::hex(0x00EC_EEF1),
    ink_2: Color::hex(0x00B5_BBC6),
    ink_3: Color::hex(0x008D_95A2),
    line: Color::hex(0x0026_2A31),
    line_2: Color::hex(0x006C_7481),
    run_line: Color::hex(0x00F0_AC1A),
    run_text: Color::hex(0x00F0_AC1A),
    danger: Color::hex(0x00FF_8F83),
    map_ink: Color::hex(0x00FF_FFFF),
    map_halo: Color::hex(0x0010_141E).with_alpha(0.66),
    future: Color::hex(0x00FF_FFFF).with_alpha(0.3),
    ground: Color::hex(0x0038_5662).with_alpha(0.55),
};

/// The run's colour on the map, the same in both themes.
pub(super) const RUN: Color = Color::hex(0x00E6_9F00);
/// The dark rim under lines on the map.
pub(super) const CASING: Color = Color::hex(0x000A_0E18);
/// The light rim between it and the line.
pub(super) const WHITE: Color = Color::hex(0x00FF_FFFF);

impl Palette {
    /// The colours of `theme`.
    #[must_use]
    pub fn of(theme: Theme) -> &'static Self {
        match theme {
            Theme::Light => &LIGHT,
            Theme::Dark => &DARK,
        }
    }
}
