//! What a loss learns from: a table of numbers, the column to be found last.

use std::sync::Arc;

use super::{Task, Words};

/// What a column is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ColumnName {
    /// Of a set that travels with the program, in both languages.
    Known(Words),
    /// As a person has it.
    Own(String),
}

/// A column of a table.
#[derive(Clone, Debug)]
pub struct Column {
    /// What it is called.
    pub name: ColumnName,
    /// One number a sample.
    pub numbers: Vec<f64>,
}

/// Samples: columns of the same length, the features first, then the target: a
/// number, or the class 0 or 1. Cheap to clone; compared by a fingerprint, so that
/// what is cached by them need not go through all of them.
#[derive(Clone, Debug)]
pub struct Samples {
    columns: Arc<[Column]>,
    fingerprint: u64,
    has_classes: bool,
}

impl PartialEq for Samples {
    fn eq(&self, other: &Self) -> bool {
        self.fingerprint == other.fingerprint
    }
}

impl Samples {
    /// Samples of these columns, all of one length. The target of more than one feature is
    /// taken for a class, until [`Samples::for_task`] says otherwise.
    #[must_use]
    pub fn new(columns: Vec<Column>) -> Self {
        let fingerprint = fingerprint(&columns);
        let has_classes = columns.len() > 2;
        Self { columns: columns.into(), fingerprint, has_classes }
    }

    /// The same samples, their target being what `task` learns.
    #[must_use]
    pub fn for_task(self, task: Task) -> Self {
        Self { has_classes: task == Task::Classification, ..self }
    }

    /// Whether the target is a class, 0 or 1, rather than a number.
    #[must_use]
    pub fn has_classes(&self) -> bool {
        self.has_classes
    }

    /// m, the number of samples.
    #[must_use]
    pub fn len(&self) -> usize {
        self.columns.first().map_or(0, |column| column.numbers.len())
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The columns, the target last.
    #[must_use]
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// How many of the columns are features.
    #[must_use]
    pub fn features(&self) -> usize {
        self.columns.len().saturating_sub(1)
    }

    /// The numbers of a column, none where there is no such column.
    #[must_use]
    pub fn column(&self, place: usize) -> &[f64] {
        self.columns.get(place).map_or(&[], |column| &column.numbers)
    }

    /// The target of every sample.
    #[must_use]
    pub fn target(&self) -> &[f64] {
        self.column(self.features())
    }

    /// A sample: its features, then its target.
    #[must_use]
    pub fn row(&self, sample: usize) -> Vec<f64> {
        self.columns.iter().map(|column| column.numbers[sample]).collect()
    }

    /// 64 bits that differ wherever names or numbers do, but for chance.
    #[must_use]
    pub fn fingerprint(&self) -> u64 {
        self.fingerprint
    }

    /// The same with another row in the place of a sample.
    #[must_use]
    pub fn replaced(&self, sample: usize, row: &[f64]) -> Self {
        self.changed(|numbers, number| numbers[sample] = number, row)
    }

    /// The same with one more sample at the end.
    #[must_use]
    pub fn added(&self, row: &[f64]) -> Self {
        self.changed(Vec::push, row)
    }

    /// The same without a sample.
    #[must_use]
    pub fn without(&self, sample: usize) -> Self {
        let row = vec![0.0; self.columns.len()];
        self.changed(
            |numbers, _| {
                numbers.remove(sample);
            },
            &row,
        )
    }

    /// The same with other numbers under the same names.
    #[must_use]
    pub fn with_numbers(&self, numbers: impl IntoIterator<Item = Vec<f64>>) -> Self {
        let columns = self.columns.iter().zip(numbers);
        let named = columns.map(|(column, numbers)| Column { name: column.name.clone(), numbers });
        Self { has_classes: self.has_classes, ..Self::new(named.collect()) }
    }

    fn changed(&self, change: impl Fn(&mut Vec<f64>, f64), row: &[f64]) -> Self {
        let mut columns = self.columns.to_vec();
        for (column, number) in columns.iter_mut().zip(row) {
            change(&mut column.numbers, *number);
        }
        Self { has_classes: self.has_classes, ..Self::new(columns) }
    }
}

/// Fowler, Noll and Vo's hash (FNV-1a), a word at a time.
fn fingerprint(columns: &[Column]) -> u64 {
    const OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
    const PRIME: u64 = 0x0000_0100_0000_01b3;
    let mut hash = OFFSET;
    let mut take = |word: u64| {
        hash = (hash ^ word).wrapping_mul(PRIME);
        // The product moves nothing downwards: fold the high half in.
        hash ^= hash >> 32;
    };
    for column in columns {
        let name = match &column.name {
            ColumnName::Known(words) => words.en,
            ColumnName::Own(name) => name,
        };
        name.bytes().for_each(|byte| take(u64::from(byte)));
        take(column.numbers.len() as u64);
        column.numbers.iter().for_each(|number| take(number.to_bits()));
    }
    hash
}

#[cfg(test)]
mod tests {
    use super::*;

    fn samples(rows: &[[f64; 2]]) -> Samples {
        let column = |name: &str, axis: usize| Column {
            name: ColumnName::Own(name.to_owned()),
            numbers: rows.iter().map(|row| row[axis]).collect(),
        };
        Samples::new(vec![column("x", 0), column("y", 1)])
    }

    #[test]
    fn an_edit_makes_the_table_that_was_asked_for() {
        let three = samples(&[[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]);
        assert_eq!(three.replaced(1, &[0.0, 9.0]), samples(&[[1.0, 2.0], [0.0, 9.0], [5.0, 6.0]]));
        assert_eq!(three.without(0), samples(&[[3.0, 4.0], [5.0, 6.0]]));
        assert_eq!(samples(&[[1.0, 2.0], [3.0, 4.0]]).added(&[5.0, 6.0]), three);
        assert_eq!((three.len(), three.features(), three.row(2)), (3, 1, vec![5.0, 6.0]));
    }

    #[test]
    fn any_other_number_order_or_name_is_another_table() {
        let table = samples(&[[1.0, 2.0], [3.0, 4.0]]);
        assert_eq!(table, samples(&[[1.0, 2.0], [3.0, 4.0]]));
        assert_ne!(table, samples(&[[3.0, 4.0], [1.0, 2.0]]));
        assert_ne!(table, samples(&[[2.0, 1.0], [4.0, 3.0]]));
        assert_ne!(table, samples(&[[1.0, 2.0], [3.0, 4.0 + 1e-15]]));
        let renamed =
            vec![Column { name: ColumnName::Own("z".to_owned()), numbers: vec![1.0, 3.0] }];
        assert_ne!(table, Samples::new([renamed, table.columns()[1..].to_vec()].concat()));
    }
}
