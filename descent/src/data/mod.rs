//! Data sets that travel with the program: one file each, one line each in the
//! list of what it can be used for. Where they come from and their licences stand
//! in `data/README.md`.

mod blobs;
mod circles;
mod column;
mod four_points;
mod line;
mod line_2x1_seed0;
mod line_3x2_seed0;
mod line_3x2_seed42;
mod moons;
mod penguins;
pub mod recipe;
mod samples;
mod spirals;
mod units;
mod wave;

use super::{Named, Words};
pub use column::{mean, standardized, varies};
pub use recipe::Recipe;
pub use samples::{Column, ColumnName, Samples};
pub use units::unstandardized;

/// Where samples come from.
#[derive(Clone, Copy, Debug)]
pub struct DataSet {
    /// What menus and links call it.
    pub named: Named,
    source: Source,
}

#[derive(Clone, Copy, Debug)]
enum Source {
    /// A file that travels with the program.
    File {
        csv: &'static str,
        /// The columns that are read, by their names in the file and for a person;
        /// the last is what has to be found from the others.
        columns: &'static [(&'static str, Words)],
        /// The number in a cell; a row with a cell that holds none is left out.
        number: fn(&str) -> Option<f64>,
    },
    /// Made up anew for each recipe.
    Recipe { columns: &'static [Words], make: fn(&Recipe) -> Vec<Vec<f64>> },
    /// A person's own: what may be learnt from them, and from how many features. The
    /// first shape that fits a table is taken.
    Own(&'static [(Task, usize)]),
}

impl DataSet {
    /// Whether the knobs of [`recipe`] say what it is made of.
    #[must_use]
    pub fn is_made_up(&self) -> bool {
        matches!(self.source, Source::Recipe { .. })
    }

    /// Whether a person brings it.
    #[must_use]
    pub fn is_own(&self) -> bool {
        matches!(self.source, Source::Own(_))
    }

    /// What can be learnt from it; none where a person brings it, who may bring either.
    #[must_use]
    pub fn task(&self) -> Option<Task> {
        let columns = match self.source {
            Source::File { columns, .. } => columns.len(),
            Source::Recipe { columns, .. } => columns.len(),
            Source::Own(_) => return None,
        };
        Task::ALL.into_iter().find(|task| task.features() + 1 == columns)
    }

    /// What may be learnt from a person's own samples, and from how many features; nothing
    /// where nobody brings any.
    #[must_use]
    pub fn shapes(&self) -> &'static [(Task, usize)] {
        if let Source::Own(shapes) = self.source { shapes } else { &[] }
    }

    /// Its samples, made from `recipe` where it is made up; none where they are a
    /// person's own.
    #[must_use]
    pub fn read(&self, recipe: &Recipe) -> Option<Samples> {
        let (names, numbers): (Vec<Words>, _) = match self.source {
            Source::File { csv, columns, number } => {
                (columns.iter().map(|(_, words)| *words).collect(), read(csv, columns, number))
            }
            Source::Recipe { columns, make } => (columns.to_vec(), make(recipe)),
            Source::Own(_) => return None,
        };
        let columns = names.into_iter().zip(numbers);
        let column = |(words, numbers)| Column { name: ColumnName::Known(words), numbers };
        Some(Samples::new(columns.map(column).collect()))
    }
}

fn read(csv: &str, columns: &[(&str, Words)], number: fn(&str) -> Option<f64>) -> Vec<Vec<f64>> {
    let mut lines = csv.lines();
    let names: Vec<&str> = lines.next().unwrap_or_default().split(',').collect();
    let place = |(column, _): &(&str, Words)| names.iter().position(|name| name == column);
    let places: Vec<usize> = columns.iter().filter_map(place).collect();
    let mut read = vec![Vec::new(); places.len()];
    for line in lines {
        let cells: Vec<&str> = line.split(',').collect();
        let number = |&at: &usize| cells.get(at).and_then(|cell| number(cell));
        let row: Option<Vec<f64>> = places.iter().map(number).collect();
        for (column, number) in read.iter_mut().zip(row.into_iter().flatten()) {
            column.push(number);
        }
    }
    read
}

/// A plain number.
fn number(cell: &str) -> Option<f64> {
    cell.parse().ok()
}

const X: Words = Words { en: "x", zh: "x" };
const Y: Words = Words { en: "y", zh: "y" };
const X1: Words = Words { en: "x₁", zh: "x₁" };
const X2: Words = Words { en: "x₂", zh: "x₂" };
const CLASS: Words = Words { en: "class", zh: "类别" };

/// A person's own samples, of these shapes.
const fn own(shapes: &'static [(Task, usize)]) -> DataSet {
    let name = Words { en: "Your own", zh: "你自己的数据" };
    DataSet { named: Named { key: "own", name }, source: Source::Own(shapes) }
}

/// What a line or a curve can be fitted to: a feature and a number.
pub static REGRESSION: [DataSet; 8] = [
    line_3x2_seed0::SET,
    line_3x2_seed42::SET,
    line_2x1_seed0::SET,
    four_points::SET,
    penguins::MASS_BY_FLIPPER,
    line::SET,
    wave::SET,
    own(&[(Task::Regression, 1)]),
];

/// The same sets for a model that a person may also give two features.
pub static LINEAR: [DataSet; 8] = {
    let mut sets = REGRESSION;
    sets[7] = own(&[(Task::Regression, 1), (Task::Regression, 2)]);
    sets
};

/// Two classes that can be told apart: two features and a class. A person's own may have
/// one feature.
pub static CLASSIFICATION: [DataSet; 6] = [
    penguins::SPECIES_BY_BILL,
    blobs::SET,
    moons::SET,
    circles::SET,
    spirals::SET,
    own(&[(Task::Classification, 2), (Task::Classification, 1)]),
];

/// What a network learns: classes that no line tells apart first, then curves.
pub static EITHER: [DataSet; 9] = [
    moons::SET,
    circles::SET,
    spirals::SET,
    blobs::SET,
    penguins::SPECIES_BY_BILL,
    wave::SET,
    line::SET,
    // Beside the species it needs a key of its own.
    DataSet {
        named: Named { key: "penguins_mass", ..penguins::MASS_BY_FLIPPER.named },
        ..penguins::MASS_BY_FLIPPER
    },
    own(&[(Task::Classification, 2), (Task::Regression, 1)]),
];

/// What is learnt from samples.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Task {
    /// A number.
    Regression,
    /// A class, 0 or 1.
    Classification,
}

impl Task {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Regression, Self::Classification];

    /// What a person reads.
    #[must_use]
    pub fn name(self) -> Words {
        match self {
            Self::Regression => Words { en: "regression", zh: "回归" },
            Self::Classification => Words { en: "classification", zh: "分类" },
        }
    }

    /// How many features a sample of the sets that travel with the program has.
    #[must_use]
    pub fn features(self) -> usize {
        match self {
            Self::Regression => 1,
            Self::Classification => 2,
        }
    }

    /// Whether this can be learnt from a table with as many features as
    /// [`Task::features`]: it has at least one sample, and classes where they are asked for.
    #[must_use]
    pub fn fits(self, samples: &Samples) -> bool {
        self.fits_with(self.features(), samples)
    }

    /// The same with so many features.
    #[must_use]
    pub fn fits_with(self, features: usize, samples: &Samples) -> bool {
        let is_class = |number: &f64| *number == 0.0 || *number == 1.0;
        !samples.is_empty()
            && samples.features() == features
            && (self == Self::Regression || samples.target().iter().all(is_class))
    }
}

/// The names of a list, for the knob that chooses from it.
pub(super) const fn names<const N: usize>(sets: &[DataSet; N]) -> [Named; N] {
    let mut names = [sets[0].named; N];
    let mut at = 1;
    while at < N {
        names[at] = sets[at].named;
        at += 1;
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    const RECIPE: Recipe = Recipe { count: 30, noise: 0.5, outliers: 0.0, seed: 3 };

    #[test]
    #[expect(clippy::float_cmp, reason = "as they stand in the files")]
    fn every_set_has_the_rows_that_its_file_promises() {
        let shape = |set: &DataSet| {
            let samples = set.read(&RECIPE)?;
            let columns = samples.columns();
            assert!(columns.iter().all(|column| column.numbers.len() == samples.len()));
            Some((columns.len(), samples.len()))
        };
        let expected = [100, 100, 100, 4, 342, 30, 30].map(|rows| Some((2, rows)));
        assert_eq!(REGRESSION.each_ref().map(shape)[..7], expected);
        let expected = [274, 30, 30, 30].map(|rows| Some((3, rows)));
        assert_eq!(CLASSIFICATION.each_ref().map(shape)[..4], expected);
        assert_eq!([shape(&REGRESSION[7]), shape(&CLASSIFICATION[5])], [None; 2]);
        let either = EITHER.each_ref().map(shape);
        assert_eq!(either[..5], [30, 30, 30, 30, 274].map(|rows| Some((3, rows))));
        assert_eq!(either[5..], [Some((2, 30)), Some((2, 30)), Some((2, 342)), None]);
        let points = REGRESSION[3].read(&RECIPE).unwrap();
        assert_eq!(
            (points.column(0), points.target()),
            (&[1.0, 2.0, 3.0, 4.0][..], points.column(0))
        );
        let species = CLASSIFICATION[0].read(&RECIPE).unwrap();
        assert_eq!(species.target().iter().filter(|species| **species == 0.0).count(), 151);
        assert_eq!(species.target().iter().filter(|species| **species == 1.0).count(), 123);
    }

    #[test]
    fn what_is_made_up_follows_its_recipe() {
        for sets in [&REGRESSION[..], &CLASSIFICATION, &EITHER] {
            for set in sets.iter().filter(|set| set.is_made_up()) {
                let key = set.named.key;
                let task = set.task().expect("nobody brings it");
                let [plain, again] = [RECIPE, RECIPE].map(|recipe| set.read(&recipe).unwrap());
                assert_eq!(plain, again, "{key}");
                assert_ne!(plain, set.read(&Recipe { seed: 4, ..RECIPE }).unwrap(), "{key}");
                let odd = set.read(&Recipe { outliers: 0.2, ..RECIPE }).unwrap();
                let moved = |sample: &usize| odd.row(*sample) != plain.row(*sample);
                assert_eq!((0..30).filter(moved).count(), 6, "{key}");
                assert!(task.fits(&odd), "{key}");
                let exact = set.read(&Recipe { noise: 0.0, count: 2000, ..RECIPE }).unwrap();
                let far = |numbers: &[f64]| numbers.iter().fold(0.0_f64, |far, n| far.max(n.abs()));
                assert!(exact.columns().iter().all(|column| far(&column.numbers) <= 5.0), "{key}");
            }
        }
    }
}
