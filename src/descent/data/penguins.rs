//! Penguins of the Palmer Archipelago, measured by Gorman and others.

use super::{DataSet, Named, Words, number};

const CSV: &str = include_str!("../../../data/penguins.csv");

/// Flipper length in millimetres, body mass in grams.
pub(super) const MASS_BY_FLIPPER: DataSet = DataSet {
    named: Named {
        key: "penguins",
        name: Words { en: "Penguins: mass by flipper", zh: "企鹅：由鳍长估体重" },
    },
    csv: CSV,
    columns: &["flipper_length_mm", "body_mass_g"],
    number,
};

/// Adélie (0) or Gentoo (1), by length and depth of the bill in millimetres.
pub(super) const SPECIES_BY_BILL: DataSet = DataSet {
    named: Named {
        key: "penguins",
        name: Words { en: "Penguins: species by bill", zh: "企鹅：由喙辨种类" },
    },
    csv: CSV,
    columns: &["bill_length_mm", "bill_depth_mm", "species"],
    number: |cell| match cell {
        "Adelie" => Some(0.0),
        "Gentoo" => Some(1.0),
        _ => number(cell),
    },
};
