//! Penguins of the Palmer Archipelago, measured by Gorman and others.

use super::{DataSet, Named, Source, Words, number};

const CSV: &str = include_str!("../../data/penguins.csv");

/// Flipper length in millimetres, body mass in grams.
pub(super) const MASS_BY_FLIPPER: DataSet = DataSet {
    named: Named {
        key: "penguins",
        name: Words { en: "Penguins: mass by flipper", zh: "企鹅：由鳍长估体重" },
    },
    source: Source::File {
        csv: CSV,
        columns: &[
            ("flipper_length_mm", Words { en: "flipper length (mm)", zh: "鳍长（毫米）" }),
            ("body_mass_g", Words { en: "body mass (g)", zh: "体重（克）" }),
        ],
        number,
    },
};

/// Adélie (0) or Gentoo (1), by length and depth of the bill in millimetres.
pub(super) const SPECIES_BY_BILL: DataSet = DataSet {
    named: Named {
        key: "penguins",
        name: Words { en: "Penguins: species by bill", zh: "企鹅：由喙辨种类" },
    },
    source: Source::File {
        csv: CSV,
        columns: &[
            ("bill_length_mm", Words { en: "bill length (mm)", zh: "喙长（毫米）" }),
            ("bill_depth_mm", Words { en: "bill depth (mm)", zh: "喙深（毫米）" }),
            ("species", Words { en: "Gentoo, not Adélie", zh: "巴布亚企鹅（非阿德利企鹅）" }),
        ],
        number: |cell| match cell {
            "Adelie" => Some(0.0),
            "Gentoo" => Some(1.0),
            _ => number(cell),
        },
    },
};
