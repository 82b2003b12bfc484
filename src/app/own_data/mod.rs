//! A person's own data: read in the dialog, used when they are good, kept by the
//! browser where a link cannot carry them.

mod dialog;
mod keeping;
mod reading;
mod storage;

use web_sys::Blob;

pub(super) use dialog::{LONGEST_SHOWN, ROLES};
pub(super) use reading::blob_of;

use super::memo::Memo;
use super::page::Page;
use super::save;
use crate::descent::Language;
use crate::descent::data::{Samples, Task};
use crate::descent::loss::{LOSSES, LossRule};
use crate::scenario::own_samples;
use crate::scenario::table::{Chosen, Class, Roles, Table, TableRefusal, guess_shape};
use keeping::Kept;
use reading::Reading;

/// What a person did with data of their own, or what came of it.
#[derive(Clone, Debug)]
pub(super) enum OwnAction {
    /// Opens the dialog.
    Open,
    /// A text was typed or pasted.
    Text(String),
    /// Lines were dropped or pasted on the page.
    Lines(String),
    /// A file, with its name.
    File(Blob, String),
    /// Whether the first line holds names.
    Header(bool),
    /// The loss that is to learn from them and what it is to learn, by their place.
    Loss(String),
    /// A column for a role: the features in their order, then the target.
    Column(usize, String),
    /// A value of the target for class 0 or 1.
    Class(usize, String),
    /// Takes the data.
    Use,
    /// Saves what the loss learns from.
    Save,
    /// Reads no further.
    Stop,
    /// The dialog was closed.
    Closed,
    /// The browser's storage has these data under the fingerprint, or has not.
    Came(u64, Option<Samples>),
    /// The browser's storage has not kept what it was given.
    NotKept,
}

/// The state of the dialog, and what is kept beside it.
pub(super) struct OwnData {
    /// Where the table comes from: bytes and a name.
    source: Option<(Blob, String)>,
    header: Option<bool>,
    reading: Option<Reading>,
    /// Readings begun so far.
    begun: u32,
    table: Option<Result<Table, TableRefusal>>,
    /// The columns that tell classes apart, with their classes.
    classes: Vec<(usize, Vec<Class>)>,
    rule: &'static LossRule,
    task: Task,
    roles: Option<Roles>,
    chosen: Option<Result<Chosen, TableRefusal>>,
    /// Counts what changes the dialog.
    changes: u64,
    shown: Memo<(u64, usize, Language), ()>,
    /// Whether the loss learns from data, those that a person brought, the language of
    /// what is said of them.
    noted: Memo<(bool, Option<u64>, Language), ()>,
    pub(super) kept: Kept,
}

impl OwnData {
    pub(super) fn new() -> Self {
        let (rule, task) = rules().next().unwrap_or((LOSSES[0], Task::Regression));
        Self {
            source: None,
            header: None,
            reading: None,
            begun: 0,
            table: None,
            classes: Vec::new(),
            rule,
            task,
            roles: None,
            chosen: None,
            changes: 0,
            shown: Memo::empty(),
            noted: Memo::empty(),
            kept: Kept::new(),
        }
    }

    /// Reads the source from its beginning.
    fn begin(&mut self) {
        self.table = None;
        self.classes.clear();
        self.choose(None);
        self.begun += 1;
        let source = self.source.as_ref();
        self.reading = source.map(|(blob, _)| Reading::begin(self.begun, blob, self.header));
    }

    fn stop(&mut self) {
        self.reading = None;
        self.changes += 1;
    }

    fn take_table(&mut self, table: Result<Table, TableRefusal>) {
        self.classes.clear();
        if let Ok(table) = &table {
            let columns = table.columns.iter().enumerate();
            let classes = columns.map(|(place, column)| (place, column.classes()));
            self.classes = classes.filter(|(_, classes)| !classes.is_empty()).collect();
        }
        self.table = Some(table);
        self.guess();
    }

    /// Chooses the columns that seem to be meant; a loss that can learn something else
    /// from the table does, where it lacks what was asked for.
    fn guess(&mut self) {
        let Some(Ok(table)) = &self.table else { return self.choose(None) };
        let guess =
            |task: Task| guess_shape(table, &counts(self.rule, task), task == Task::Classification);
        let mut guessed = guess(self.task);
        if guessed.is_err() {
            let others = self.rule.tasks().filter_map(|task| Some((task, guess(task).ok()?)));
            if let Some((task, roles)) = others.last() {
                (self.task, guessed) = (task, Ok(roles));
            }
        }
        match guessed {
            Ok(roles) => self.choose(Some(roles)),
            Err(refusal) => {
                self.choose(None);
                self.chosen = Some(Err(refusal));
            }
        }
    }

    fn choose(&mut self, roles: Option<Roles>) {
        self.changes += 1;
        self.chosen = match (&self.table, &roles) {
            (Some(Ok(table)), Some(roles)) => Some(table.choose(roles)),
            _ => None,
        };
        self.roles = roles;
    }

    fn choose_column(&mut self, role: usize, place: usize) {
        let Some(mut roles) = self.roles.take() else { return };
        if role == 1 && roles.features.len() == 1 {
            // A second feature beside the one.
            roles.features.push(place);
        } else if let Some(feature) = roles.features.get_mut(role) {
            *feature = place;
        } else {
            roles.target = place;
            if roles.classes.is_some() {
                let classes = self.classes.iter().find(|(other, _)| *other == place);
                let two = classes.and_then(|(_, classes)| classes.get(..2));
                roles.classes = two.map(|two| [two[0].clone(), two[1].clone()]);
            }
        }
        self.choose(Some(roles));
    }

    /// Learns from the first feature alone.
    fn drop_second(&mut self) {
        let Some(mut roles) = self.roles.take() else { return };
        roles.features.truncate(1);
        self.choose(Some(roles));
    }

    fn choose_class(&mut self, which: usize, place: usize) {
        let Some(mut roles) = self.roles.take() else { return };
        let classes = self.classes.iter().find(|(other, _)| *other == roles.target);
        let class = classes.and_then(|(_, classes)| classes.get(place));
        if let (Some(two), Some(class)) = (&mut roles.classes, class) {
            two[which.min(1)] = class.clone();
        }
        self.choose(Some(roles));
    }
}

/// How many features a loss may learn this from, the usual number first.
fn counts(rule: &LossRule, task: Task) -> Vec<usize> {
    rule.shapes().filter(|(of, _)| *of == task).map(|(_, features)| features).collect()
}

/// The losses that learn from data, each with all that it can learn.
fn rules() -> impl Iterator<Item = (&'static LossRule, Task)> {
    LOSSES.iter().flat_map(|rule| rule.tasks().map(|task| (*rule, task)))
}

impl Page {
    /// Applies what was done in the dialog.
    pub(super) fn change_own_data(&mut self, action: OwnAction) {
        let own = &mut self.own_data;
        match action {
            OwnAction::Open => self.open_own_data(),
            OwnAction::Text(text) => match reading::blob_of(&text) {
                Some(blob) if !text.trim().is_empty() => self.take_own_source(blob, String::new()),
                _ => {
                    own.source = None;
                    own.begin();
                }
            },
            OwnAction::Lines(text) => {
                self.open_own_data();
                if let Some(blob) = dialog::show_text(&text) {
                    self.take_own_source(blob, String::new());
                }
            }
            OwnAction::File(blob, name) => {
                self.open_own_data();
                self.take_own_source(blob, name);
            }
            OwnAction::Header(is_header) => {
                own.header = Some(is_header);
                own.begin();
            }
            OwnAction::Loss(place) => {
                if let Some(asked) = place.parse().ok().and_then(|place| rules().nth(place)) {
                    (own.rule, own.task) = asked;
                    own.guess();
                }
            }
            OwnAction::Column(role, place) => match place.parse() {
                Ok(place) => own.choose_column(role, place),
                Err(_) if role == 1 => own.drop_second(),
                Err(_) => {}
            },
            OwnAction::Class(which, place) => {
                if let Ok(place) = place.parse() {
                    own.choose_class(which, place);
                }
            }
            OwnAction::Use => self.use_own_data(),
            OwnAction::Save => {
                if let Some(csv) = self.scenario.samples_csv(self.language()) {
                    save::table(&csv, "descent-lab-data.csv");
                }
            }
            OwnAction::Stop | OwnAction::Closed => own.stop(),
            OwnAction::NotKept => self.tell_not_kept(),
            OwnAction::Came(fingerprint, samples) => self.take_stored(fingerprint, samples),
        }
    }

    pub(super) fn open_own_data(&mut self) {
        let own = &mut self.own_data;
        if dialog::open() {
            let rule = self.scenario.loss.rule;
            if let Some(task) = rule.task(&self.scenario.setting()) {
                (own.rule, own.task) = (rule, task);
            }
            own.guess_again();
        }
    }

    fn take_own_source(&mut self, blob: Blob, name: String) {
        self.own_data.source = Some((blob, name));
        self.own_data.header = None;
        self.own_data.begin();
    }

    fn use_own_data(&mut self) {
        let Some(Ok(chosen)) = self.own_data.chosen.take() else { return };
        let rule = self.own_data.rule;
        let samples = own_samples(chosen.columns);
        self.own_data.choose(None);
        // What was read has become the page's; a table may take fifty megabytes.
        self.own_data.table = None;
        self.own_data.source = None;
        self.own_data.classes = Vec::new();
        dialog::close();
        self.show_own_samples(rule, samples);
    }
}

impl OwnData {
    /// What was chosen before belongs to another loss perhaps.
    fn guess_again(&mut self) {
        if self.table.is_some() {
            self.guess();
        }
        self.changes += 1;
    }
}
