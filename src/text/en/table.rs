//! What is said of a person's own table.

use super::super::{TableSummary, count};
use crate::descent::data::Task;
use crate::scenario::table::{LeftOut, MOST_CLASSIFIED, MOST_COLUMNS, TableRefusal, Why};
use crate::scenario::{OwnRefusal, Refusal};

pub(super) fn refusal(refusal: &TableRefusal) -> String {
    match refusal {
        TableRefusal::TooLarge => {
            "This file is larger than 50 MB. Leave out rows or columns that are not needed."
                .to_owned()
        }
        TableRefusal::Unreadable => {
            "The browser could not read this file. Perhaps it was changed or moved.".to_owned()
        }
        TableRefusal::Empty => "There is nothing in it.".to_owned(),
        TableRefusal::Binary { line } => {
            format!("This is no text: line {line} has bytes that no text has. Save the table as CSV.")
        }
        TableRefusal::Utf16 => {
            "This text is in UTF-16, which is not read here. Save it as CSV in UTF-8.".to_owned()
        }
        TableRefusal::WebPage => {
            "This is a web page and no table. Copy the table itself, or save it as CSV.".to_owned()
        }
        TableRefusal::OpenQuote { line } => {
            format!("The quote that opens on line {line} is never closed.")
        }
        TableRefusal::LongLine { line } => format!("Line {line} has more than a million bytes."),
        TableRefusal::TooManyColumns { line } => {
            format!("Line {line} has more than {MOST_COLUMNS} columns, the most that are read.")
        }
        TableRefusal::TooManyRows => {
            "There are more than 1,000,000 rows, the most that are read.".to_owned()
        }
        TableRefusal::TooManyCells => {
            "There are more than 10,000,000 cells, the most that are read. Leave out columns that are not needed."
                .to_owned()
        }
        TableRefusal::NoMemory => "The browser has too little memory for this table.".to_owned(),
        TableRefusal::OneColumn => {
            "There is only one column. Two are needed at least, with commas, semicolons or tabs between them."
                .to_owned()
        }
        TableRefusal::NoRows => "There are names, but no rows below them.".to_owned(),
        TableRefusal::Uneven(row) => {
            format!("No row has as many cells as the first line: {}.", left_out(row))
        }
        TableRefusal::TooFewNumbers(0) => "No column holds numbers.".to_owned(),
        TableRefusal::TooFewNumbers(count) => {
            let columns = if *count == 1 { "column holds" } else { "columns hold" };
            format!("Only {count} {columns} numbers. One more is needed.")
        }
        TableRefusal::NoClasses => {
            "No column tells two classes apart: it would have from 2 to 20 different values."
                .to_owned()
        }
        TableRefusal::SameColumn(name) => {
            format!("\"{name}\" is chosen twice. Choose different columns.")
        }
        TableRefusal::SameClass(name) => {
            format!("\"{name}\" is chosen for both classes. Choose two different ones.")
        }
        TableRefusal::TooFewRows(0) => "No row can be used with these columns.".to_owned(),
        TableRefusal::TooFewRows(_) => {
            "Only one row can be used with these columns. Two are needed at least.".to_owned()
        }
        TableRefusal::TooManyToClassify(rows) => too_many_to_classify(*rows),
        TableRefusal::Constant(name) => {
            format!("\"{name}\" is the same in every row, so nothing can be learnt from it. It needs two different values at least.")
        }
        TableRefusal::NoneOfClass(name) => {
            format!("No row that can be used is of the class \"{name}\".")
        }
    }
}

fn too_many_to_classify(rows: usize) -> String {
    let (rows, most) = (count(rows), count(MOST_CLASSIFIED));
    format!(
        "These are {rows} rows. To tell classes apart, every step goes through all of them: {most} are the most that can be used."
    )
}

fn left_out(row: &LeftOut) -> String {
    let line = row.line;
    match &row.why {
        Why::Missing { column } => format!("line {line}, \"{column}\": missing"),
        Why::NotANumber { column, text } => {
            format!("line {line}, \"{column}\": \"{text}\" is no number")
        }
        Why::NotFinite { column, text } => {
            format!("line {line}, \"{column}\": \"{text}\" is no finite number up to 1e12")
        }
        Why::Uneven { cells, expected } => {
            let noun = if *cells == 1 { "cell" } else { "cells" };
            format!("line {line} has {cells} {noun} and not {expected}")
        }
    }
}

pub(super) fn summary(summary: &TableSummary<'_>) -> String {
    let rows = if summary.rows == "1" { "row" } else { "rows" };
    let mut sentences = vec![format!("{} {rows} can be used.", summary.rows)];
    if let Some(others) = summary.other_classes {
        sentences.push(format!("{others} of other classes are not."));
    }
    if let Some(count) = summary.left_out {
        let named: Vec<String> = summary.first.iter().map(left_out).collect();
        let end = if summary.names_all { "." } else { " …" };
        sentences.push(format!("{count} left out: {}{end}", named.join("; ")));
    }
    if summary.has_decimal_commas {
        sentences.push("Commas are read as decimal signs.".to_owned());
    }
    sentences.join(" ")
}

/// Why data in a link are not taken.
pub(super) fn link_refusal(refusal: &Refusal, reason: OwnRefusal) -> String {
    let Refusal { key, value, .. } = refusal;
    let given = if value.is_empty() { key.clone() } else { format!("{key} = {value}") };
    let instead = "The loss shows its own data instead.";
    match reason {
        OwnRefusal::NotUsed => {
            format!("{given}: not used here. Only a loss with data=own learns from it.")
        }
        OwnRefusal::NoPoints => {
            format!("{given}: the link holds no data that this loss can learn from. {instead}")
        }
        OwnRefusal::DoNotFit(task) => {
            let needed = match task {
                Some(Task::Regression) => "x,y",
                Some(Task::Classification) => "x1,x2,class or x,class, the class 0 or 1",
                None => "x,y or x1,x2,class, the class 0 or 1",
            };
            format!("{given}: this loss needs rows {needed}.")
        }
        OwnRefusal::OtherFeatures { are_two: true } => {
            format!("{given}: with features=2 this loss needs rows x1,x2,y.")
        }
        OwnRefusal::OtherFeatures { are_two: false } => {
            format!("{given}: this loss needs rows x,y; with features=2 it takes rows x1,x2,y.")
        }
        OwnRefusal::NotPoints => {
            format!(
                "{given}: not allowed. It has to be rows of two or three numbers, as in 1,2;3,4."
            )
        }
        OwnRefusal::Uneven { row, cells, expected } => {
            format!("{given}: row {row} has {cells} numbers and not {expected}.")
        }
        OwnRefusal::NotANumber { row } => {
            format!("{key}, row {row}: \"{value}\" is no number from -1e12 to 1e12.")
        }
        OwnRefusal::WrongNames(count) => {
            format!(
                "{given}: not allowed. It has to be {count} names with commas between them, each of 1 to 60 characters."
            )
        }
        OwnRefusal::NotAFingerprint => {
            format!("{given}: not allowed. It has to be 16 digits, each 0 to 9 or a to f.")
        }
        OwnRefusal::Elsewhere => {
            format!(
                "{given}: these data are too large for a link and stay in the browser in which they were loaded. They are not here. {instead}"
            )
        }
    }
}
