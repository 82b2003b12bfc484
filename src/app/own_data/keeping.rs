//! Data that a link cannot carry: where they are kept, and how they come back.

use super::super::address::Entry;
use super::super::message::Message;
use super::super::notices;
use super::super::page::{self, Page};
use super::{OwnAction, storage};
use crate::descent::data::Samples;
use crate::descent::loss::LossRule;
use crate::scenario::{Choice, Refusal, Scenario, decode_with};

/// So many sets this page remembers itself, for the way back through its history.
const MOST_SETS: usize = 6;

/// What is kept beside the scenario.
pub(in super::super) struct Kept {
    /// The latest sets, the newest last.
    sets: Vec<Samples>,
    /// What the storage was last given.
    stored: Option<u64>,
    /// The link whose data are being fetched.
    awaited: Option<(String, Vec<Refusal>)>,
}

impl Kept {
    pub(super) fn new() -> Self {
        Self { sets: Vec::new(), stored: None, awaited: None }
    }

    /// The set with this fingerprint.
    fn find(&self, fingerprint: u64) -> Option<Samples> {
        self.sets.iter().find(|set| set.fingerprint() == fingerprint).cloned()
    }

    fn remember(&mut self, samples: &Samples) {
        self.sets.retain(|set| set != samples);
        if self.sets.len() == MOST_SETS {
            self.sets.remove(0);
        }
        self.sets.push(samples.clone());
    }
}

impl Page {
    /// The scenario of a link, with the samples that this page remembers.
    pub(in super::super) fn decode_here(&self, link: &str) -> (Scenario, Vec<Refusal>) {
        decode_with(link, &|fingerprint| self.own_data.kept.find(fingerprint))
    }

    /// Shows what of a link was refused; if its samples are in the browser's
    /// storage perhaps, fetches them first.
    pub(in super::super) fn take_refused(&mut self, link: &str, refused: Vec<Refusal>) {
        let kept = &mut self.own_data.kept;
        kept.awaited = None;
        if let Some(fingerprint) = self.scenario.stored {
            kept.awaited = Some((link.to_owned(), refused));
            notices::show_refused(&[], self.text());
            notices::toast(self.text().data_fetched);
            storage::fetch(fingerprint, |fingerprint, samples| {
                page::send(Message::OwnData(OwnAction::Came(fingerprint, samples)));
            });
            return;
        }
        notices::show_refused(&refused, self.text());
        self.refused = refused;
    }

    /// What the storage had under a fingerprint.
    pub(super) fn take_stored(&mut self, fingerprint: u64, samples: Option<Samples>) {
        if self.scenario.stored != Some(fingerprint) {
            return;
        }
        let Some((link, mut refused)) = self.own_data.kept.awaited.take() else { return };
        if let Some(samples) = samples {
            self.own_data.kept.remember(&samples);
            self.own_data.kept.stored = Some(fingerprint);
            let scenario;
            (scenario, refused) = self.decode_here(&link);
            self.take_scenario(scenario);
        }
        notices::show_refused(&refused, self.text());
        self.refused = refused;
    }

    /// Makes `samples` what `rule` learns from, and shows them as a new loss is shown.
    pub(super) fn show_own_samples(&mut self, rule: &'static LossRule, samples: Samples) {
        if self.scenario.loss.rule != rule {
            self.scenario.replace_loss(Choice::of(rule));
        }
        self.scenario.take_samples(samples);
        self.begin_with_new_loss();
    }

    /// Sees to it that samples which the link does not carry are not lost with the
    /// page. Called when the address bar is told.
    pub(in super::super) fn keep_own_samples(&mut self, entry: Entry) {
        let scenario = &self.scenario;
        let own = scenario.own.as_ref().filter(|_| scenario.uses_own() && entry == Entry::New);
        let Some(own) = own.filter(|_| !scenario.carries_own()) else { return };
        let kept = &mut self.own_data.kept;
        if kept.stored == Some(own.fingerprint()) {
            return;
        }
        kept.stored = Some(own.fingerprint());
        kept.remember(own);
        // Where there is no storage it fails at once, within this frame.
        storage::keep(own, || page::send(Message::OwnData(OwnAction::NotKept)));
        notices::toast(self.text().data_kept);
    }

    /// The storage has refused what it was given.
    pub(super) fn tell_not_kept(&mut self) {
        self.own_data.kept.stored = None;
        notices::warn(self.text().data_not_kept, self.text());
    }

    /// What is said when the link was copied.
    pub(in super::super) fn words_of_link(&self) -> &'static str {
        let text = self.text();
        if self.has_data_elsewhere() { text.link_without_data } else { text.link_copied }
    }

    /// Whether the loss learns from data that the link does not hold.
    pub(super) fn has_data_elsewhere(&self) -> bool {
        let scenario = &self.scenario;
        let is_here = scenario.uses_own() && scenario.carries_own();
        scenario.wants_own() && !is_here
    }

    /// Opens the dialog where a loss is to learn from data that there are none of yet;
    /// says whether it did.
    pub(in super::super) fn asks_for_own(&mut self, loss: &Choice<LossRule>) -> bool {
        let asked = Scenario { loss: loss.clone(), ..self.scenario.clone() };
        let asks = asked.wants_own() && !asked.fits_own();
        if asks {
            self.open_own_data();
        }
        asks
    }
}
