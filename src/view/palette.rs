//! The colours of the two themes, as far as canvases need them. The style sheet
//! has the same values for the rest of the page.

use super::marker::Marker;
use super::painter::Color;
use crate::descent::Outcome;
use crate::scenario::Theme;

/// How one of the runs side by side is told from the others: by letter, colour,
/// shape of its marker and dashes of its line, so never by colour alone.
#[derive(Debug, PartialEq)]
pub struct RunLook {
    /// Its letter, on chips and pucks.
    pub letter: &'static str,
    /// The letter's colour on `map`.
    pub ink: Color,
    /// Its colour on the map and on chips, the same in both themes (Okabe and
    /// Ito, Color Universal Design, 2008, and a grey).
    pub map: Color,
    /// Its lines and markers on the page: at least 3:1 against the background.
    pub line: Color,
    /// Its words on the page: at least 4.5:1 against the background.
    pub text: Color,
    /// The shape of its steps.
    pub marker: Marker,
    /// The dashes of its line on charts; empty for a solid line.
    pub dash: &'static [f64],
}

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
    /// What lies over a picture.
    pub surface: Color,
    /// The runs side by side, in their order.
    pub runs: [RunLook; 8],
    /// The classes 0 and 1 of samples: a blue and a red that all kinds of sight tell
    /// apart (Tol, Colour schemes, 2021, 'bright', darker or lighter for contrast).
    pub classes: [Color; 2],
    /// What is past the limit.
    pub danger: Color,
    /// The outcomes, in the order of [`Outcome::ALL`].
    pub outcomes: [OutcomeLook; 6],
    /// Words on the fill of an outcome.
    pub on_outcome: Color,
    /// Words on the map.
    pub map_ink: Color,
    /// The rim around words on the map.
    pub map_halo: Color,
    /// The path that is still to come.
    pub future: Color,
    /// The ground under the curve of a loss with one parameter.
    pub ground: Color,
}

/// The colours of an outcome. Never alone: a word, a glyph or a texture always
/// stands with them.
#[derive(Debug, PartialEq)]
pub struct OutcomeLook {
    /// Areas.
    pub fill: Color,
    /// Words, glyphs and curves.
    pub text: Color,
}

/// A look without what depends on the theme: letter, its colour, the colour on the
/// map, marker, dashes. Canvases have round caps, which lengthen each dash by the
/// width of its line.
type Base = (&'static str, Color, Color, Marker, &'static [f64]);

const BASES: [Base; 8] = {
    const DARK: Color = Color::hex(0x0014_171C);
    [
        ("A", DARK, Color::hex(0x00E6_9F00), Marker::Circle, &[]),
        ("B", DARK, Color::hex(0x0056_B4E9), Marker::Square, &[7.0, 3.0]),
        ("C", DARK, Color::hex(0x0000_9E73), Marker::TriangleUp, &[2.0, 3.0]),
        ("D", DARK, Color::hex(0x00CC_79A7), Marker::Diamond, &[9.0, 3.0, 2.0, 3.0]),
        ("E", WHITE, Color::hex(0x0000_72B2), Marker::TriangleDown, &[14.0, 4.0]),
        ("F", DARK, Color::hex(0x00D5_5E00), Marker::Plus, &[5.0, 6.0]),
        ("G", DARK, Color::hex(0x00F0_E442), Marker::Star, &[0.5, 5.0]),
        ("H", DARK, Color::hex(0x008A_909B), Marker::Cross, &[12.0, 4.0, 0.5, 4.0, 0.5, 4.0]),
    ]
};

/// The looks with these colours of lines and words.
const fn looks(colors: [[u32; 2]; 8]) -> [RunLook; 8] {
    [
        look(0, colors[0]),
        look(1, colors[1]),
        look(2, colors[2]),
        look(3, colors[3]),
        look(4, colors[4]),
        look(5, colors[5]),
        look(6, colors[6]),
        look(7, colors[7]),
    ]
}

const fn look(index: usize, [line, text]: [u32; 2]) -> RunLook {
    let (letter, ink, map, marker, dash) = BASES[index];
    RunLook { letter, ink, map, line: Color::hex(line), text: Color::hex(text), marker, dash }
}

/// The outcomes with these fills and texts.
const fn outcomes(colors: [[u32; 2]; 6]) -> [OutcomeLook; 6] {
    const fn of([fill, text]: [u32; 2]) -> OutcomeLook {
        OutcomeLook { fill: Color::hex(fill), text: Color::hex(text) }
    }
    let [a, b, c, d, e, f] = colors;
    [of(a), of(b), of(c), of(d), of(e), of(f)]
}

static LIGHT: Palette = Palette {
    background: Color::hex(0x00FC_FCFB),
    ink: Color::hex(0x0015_181E),
    ink_2: Color::hex(0x0047_4D58),
    ink_3: Color::hex(0x0067_6E7A),
    line: Color::hex(0x00E2_E4E7),
    line_2: Color::hex(0x008A_909B),
    surface: Color::hex(0x00FF_FFFF),
    runs: looks([
        [0x00B8_7400, 0x008C_5800],
        [0x0023_82BE, 0x001A_6799],
        [0x0000_805D, 0x0000_694C],
        [0x00AD_5384, 0x0097_426F],
        [0x0000_568F, 0x0000_4C80],
        [0x00C8_5400, 0x00A9_4600],
        [0x008F_8500, 0x006B_6300],
        [0x0076_7C87, 0x0058_5E69],
    ]),
    classes: [Color::hex(0x0033_66A0), Color::hex(0x00D2_4A60)],
    danger: Color::hex(0x00B0_281C),
    outcomes: outcomes([
        [0x00A9_B8C8, 0x004A_6079],
        [0x0063_B991, 0x0012_6A45],
        [0x00F0_C04A, 0x007D_5200],
        [0x00BA_90C9, 0x0073_407F],
        [0x00A1_9A91, 0x005B_554E],
        [0x00E0_685C, 0x00B0_281C],
    ]),
    on_outcome: Color::hex(0x0015_181E),
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
    surface: Color::hex(0x0015_181D),
    runs: looks([
        [0x00F0_AC1A, 0x00F0_AC1A],
        [0x006B_BEEE, 0x006B_BEEE],
        [0x002D_BE93, 0x002D_BE93],
        [0x00DE_93BC, 0x00DE_93BC],
        [0x005A_8FE6, 0x005A_8FE6],
        [0x00F2_7A30, 0x00F2_7A30],
        [0x00F0_E442, 0x00F0_E442],
        [0x00A4_AAB5, 0x00A4_AAB5],
    ]),
    classes: [Color::hex(0x0077_AADD), Color::hex(0x00F2_8593)],
    danger: Color::hex(0x00FF_8F83),
    outcomes: outcomes([
        [0x0073_89A3, 0x00A3_B7CC],
        [0x003F_A276, 0x006F_D1A2],
        [0x00CF_9C30, 0x00F0_C04A],
        [0x00A8_78B8, 0x00D6_A6E3],
        [0x00A8_A199, 0x00CB_C5BD],
        [0x00DB_675C, 0x00FF_8F83],
    ]),
    on_outcome: Color::hex(0x000D_0F12),
    map_ink: Color::hex(0x00FF_FFFF),
    map_halo: Color::hex(0x0010_141E).with_alpha(0.66),
    future: Color::hex(0x00FF_FFFF).with_alpha(0.3),
    ground: Color::hex(0x0038_5662).with_alpha(0.55),
};

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

    /// The colours of an outcome.
    #[must_use]
    pub fn outcome(&self, outcome: Outcome) -> &OutcomeLook {
        &self.outcomes[outcome as usize]
    }
}
