//! Data sets that travel with the program: one file each, one line each in the
//! list of what it can be used for. Where they come from and their licences stand
//! in `data/README.md`.

mod column;
mod four_points;
mod line_2x1_seed0;
mod line_3x2_seed0;
mod line_3x2_seed42;
mod penguins;

use super::{Named, Words};
pub use column::{mean, standardized};

/// A table of which some columns are samples.
#[derive(Clone, Copy, Debug)]
pub struct DataSet {
    /// What menus and links call it.
    pub named: Named,
    csv: &'static str,
    /// The names of the columns that are read; the last is what has to be found
    /// from the others.
    columns: &'static [&'static str],
    /// The number in a cell; a row with a cell that holds none is left out.
    number: fn(&str) -> Option<f64>,
}

impl DataSet {
    /// Its columns, those to learn from first, the one to be learnt last.
    #[must_use]
    pub fn read(&self) -> Vec<Vec<f64>> {
        let mut lines = self.csv.lines();
        let names: Vec<&str> = lines.next().unwrap_or_default().split(',').collect();
        let place = |column: &&str| names.iter().position(|name| name == column);
        let places: Vec<usize> = self.columns.iter().filter_map(place).collect();
        let mut columns = vec![Vec::new(); places.len()];
        for line in lines {
            let cells: Vec<&str> = line.split(',').collect();
            let number = |&at: &usize| cells.get(at).and_then(|cell| (self.number)(cell));
            let row: Option<Vec<f64>> = places.iter().map(number).collect();
            for (column, number) in columns.iter_mut().zip(row.into_iter().flatten()) {
                column.push(number);
            }
        }
        columns
    }
}

/// A plain number.
fn number(cell: &str) -> Option<f64> {
    cell.parse().ok()
}

/// What a line can be fitted to.
pub static REGRESSION: [DataSet; 5] = [
    line_3x2_seed0::SET,
    line_3x2_seed42::SET,
    line_2x1_seed0::SET,
    four_points::SET,
    penguins::MASS_BY_FLIPPER,
];

/// Two classes that can be told apart.
pub static CLASSIFICATION: [DataSet; 1] = [penguins::SPECIES_BY_BILL];

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

    #[test]
    #[expect(clippy::float_cmp, reason = "as they stand in the files")]
    fn every_set_has_the_rows_that_its_file_promises() {
        let rows = |set: &DataSet| {
            let columns = set.read();
            assert!(columns.iter().all(|column| column.len() == columns[0].len()));
            (columns.len(), columns[0].len())
        };
        assert_eq!(
            REGRESSION.each_ref().map(rows),
            [(2, 100), (2, 100), (2, 100), (2, 4), (2, 342)]
        );
        assert_eq!(CLASSIFICATION.each_ref().map(rows), [(3, 274)]);
        let [x, y] = &REGRESSION[3].read()[..] else { panic!("two columns") };
        assert_eq!((x, y), (&vec![1.0, 2.0, 3.0, 4.0], x));
        let species = &CLASSIFICATION[0].read()[2];
        assert_eq!(species.iter().filter(|species| **species == 0.0).count(), 151);
        assert_eq!(species.iter().filter(|species| **species == 1.0).count(), 123);
    }
}
