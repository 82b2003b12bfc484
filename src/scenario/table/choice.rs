//! Which columns are learnt from, and what is learnt.

use super::column::Class;
use super::{LeftOut, MOST_CLASSIFIED, MOST_COLUMNS, Table, TableColumn, TableRefusal};

/// So few rows show nothing.
const FEWEST_ROWS: usize = 2;
/// So many rows that are left out are named.
const NAMED: usize = 4;

/// The columns in their roles, by their places.
#[derive(Clone, Debug, PartialEq)]
pub struct Roles {
    /// What is learnt from.
    pub features: Vec<usize>,
    /// What is learnt.
    pub target: usize,
    /// The two values of the target that are class 0 and class 1; none where it is a
    /// number.
    pub classes: Option<[Class; 2]>,
}

/// The samples that were chosen.
#[derive(Clone, Debug, PartialEq)]
pub struct Chosen {
    /// The columns in the order of their roles, the target last.
    pub columns: Vec<(String, Vec<f64>)>,
    /// Rows that are left out, other classes aside.
    pub left_out: usize,
    /// The first few of them.
    pub first: Vec<LeftOut>,
    /// Rows of other classes than the two.
    pub other_classes: usize,
}

/// The roles that seem to be meant: numbers before texts, features before the target, the
/// target last.
///
/// # Errors
///
/// What the table lacks.
pub fn guess_roles(
    table: &Table,
    features: usize,
    is_classification: bool,
) -> Result<Roles, TableRefusal> {
    let places = 0..table.columns.len();
    let is_numeric = |place: &usize| table.columns[*place].is_numeric();
    let numeric: Vec<usize> = places.clone().filter(is_numeric).collect();
    if !is_classification {
        let [features @ .., target] = numeric.get(..=features).unwrap_or_default() else {
            return Err(TableRefusal::TooFewNumbers(numeric.len()));
        };
        return Ok(Roles { features: features.to_vec(), target: *target, classes: None });
    }
    // Two values are better than many, and the last column is where classes stand.
    let mut best: Option<(usize, usize, Vec<Class>)> = None;
    for place in places.rev() {
        let classes = table.columns[place].classes();
        let rank = if classes.len() == 2 { 0 } else { classes.len() };
        if classes.len() > 1 && best.as_ref().is_none_or(|(other, ..)| rank < *other) {
            best = Some((rank, place, classes));
        }
    }
    let (_, target, classes) = best.ok_or(TableRefusal::NoClasses)?;
    let chosen: Vec<usize> =
        numeric.iter().copied().filter(|place| *place != target).take(features).collect();
    if chosen.len() < features {
        return Err(TableRefusal::TooFewNumbers(chosen.len()));
    }
    let classes = classes.get(..2).map(|two| [two[0].clone(), two[1].clone()]);
    Ok(Roles { features: chosen, target, classes })
}

/// The same for a loss that may learn from any of these numbers of features, the usual one
/// first: the first for which there are columns. A table of exactly three columns of
/// numbers is taken for two features and a target where the loss knows such, unless its
/// first column but counts the rows.
///
/// # Errors
///
/// What the table lacks for the last of them.
pub fn guess_shape(
    table: &Table,
    counts: &[usize],
    is_classification: bool,
) -> Result<Roles, TableRefusal> {
    let numeric: Vec<&TableColumn> =
        table.columns.iter().filter(|column| column.is_numeric()).collect();
    if !is_classification
        && counts.contains(&2)
        && numeric.len() == 3
        && !counts_rows(numeric[0], table.rows)
    {
        return guess_roles(table, 2, false);
    }
    let mut guessed = Err(TableRefusal::TooFewNumbers(numeric.len()));
    for count in counts {
        guessed = guess_roles(table, *count, is_classification);
        if guessed.is_ok() {
            break;
        }
    }
    guessed
}

/// Whether a column has the numbers of its rows, from 0 or from 1.
fn counts_rows(column: &TableColumn, rows: usize) -> bool {
    let first = column.number(0);
    #[expect(clippy::cast_precision_loss, reason = "a million rows")]
    let is_next = |row: usize| column.number(row) == first.map(|first| first + row as f64);
    (first == Some(0.0) || first == Some(1.0)) && (0..rows).all(is_next)
}

impl Table {
    /// The rows that can be used in these roles.
    ///
    /// # Errors
    ///
    /// Why they are none to learn from.
    pub fn choose(&self, roles: &Roles) -> Result<Chosen, TableRefusal> {
        let mut places = roles.features.clone();
        places.push(roles.target);
        let mut taken = [false; MOST_COLUMNS];
        let mut columns: Vec<&TableColumn> = Vec::with_capacity(places.len());
        for place in places {
            let Some(column) = self.columns.get(place) else { continue };
            if std::mem::replace(&mut taken[place], true) {
                return Err(TableRefusal::SameColumn(column.name.clone()));
            }
            columns.push(column);
        }
        if let Some([zero, one]) = &roles.classes
            && zero == one
        {
            return Err(TableRefusal::SameClass(zero.text()));
        }
        let mut chosen = self.collect(&columns, roles.classes.as_ref());
        let rows = chosen.columns.last().map_or(0, |(_, numbers)| numbers.len());
        if rows < FEWEST_ROWS {
            return Err(TableRefusal::TooFewRows(rows));
        }
        if roles.classes.is_some() && rows > MOST_CLASSIFIED {
            return Err(TableRefusal::TooManyToClassify(rows));
        }
        let is_constant = |numbers: &[f64]| numbers.iter().all(|number| *number == numbers[0]);
        let constant = chosen.columns.iter().position(|(_, numbers)| is_constant(numbers));
        if let Some(place) = constant {
            let (name, numbers) = chosen.columns.swap_remove(place);
            return Err(match &roles.classes {
                // Of two classes one has no row.
                Some(classes) if place == roles.features.len() => {
                    let absent = usize::from(numbers[0] == 0.0);
                    TableRefusal::NoneOfClass(classes[absent].text())
                }
                _ => TableRefusal::Constant(name),
            });
        }
        Ok(chosen)
    }

    fn collect(&self, columns: &[&TableColumn], classes: Option<&[Class; 2]>) -> Chosen {
        let numbers = |column: &&TableColumn| (column.name.clone(), Vec::new());
        let mut chosen = Chosen {
            columns: columns.iter().map(numbers).collect(),
            left_out: self.uneven.0,
            first: Vec::new(),
            other_classes: 0,
        };
        let Some((target, features)) = columns.split_last() else { return chosen };
        let classes = classes.map(|classes| classes.each_ref().map(|class| target.bits_of(class)));
        for row in 0..self.rows {
            let learnt = match classes {
                None => target.number(row),
                Some([zero, one]) => {
                    let bits = target.bits(row);
                    let is_one = bits == one;
                    (is_one || bits == zero).then_some(if is_one { 1.0 } else { 0.0 })
                }
            };
            let is_other = classes.is_some() && learnt.is_none() && !target.is_missing(row);
            if is_other {
                chosen.other_classes += 1;
                continue;
            }
            let is_usable =
                learnt.is_some() && features.iter().all(|column| column.number(row).is_some());
            if !is_usable {
                chosen.left_out += 1;
                continue;
            }
            let row = features.iter().map(|column| column.number(row)).chain([learnt]);
            for ((_, numbers), number) in chosen.columns.iter_mut().zip(row) {
                numbers.extend(number);
            }
        }
        let mut faults: Vec<&LeftOut> = self.uneven.1.iter().collect();
        for column in features {
            faults.extend(column.faults(false));
        }
        faults.extend(target.faults(classes.is_some()));
        chosen.first = first_lines(&faults);
        chosen
    }
}

/// One fault a line, the first few lines.
fn first_lines(faults: &[&LeftOut]) -> Vec<LeftOut> {
    let mut first: Vec<LeftOut> = Vec::new();
    while first.len() < NAMED {
        let last = first.last().map_or(0, |left_out| left_out.line);
        let later = faults.iter().filter(|fault| fault.line > last);
        let Some(next) = later.min_by_key(|fault| fault.line) else { break };
        first.push((*next).clone());
    }
    first
}

impl Class {
    /// As a person reads it.
    #[must_use]
    pub fn text(&self) -> String {
        match self {
            Self::Number(number) => super::super::number_text(*number),
            Self::Text(text) => text.clone(),
        }
    }
}
