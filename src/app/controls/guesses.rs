//! The six answers to what a rate will do, and what waits for one of them.

use web_sys::{Element, HtmlElement, HtmlInputElement};

use super::super::dom;
use super::super::memo::Memo;
use super::super::page::Page;
use crate::descent::{Language, Outcome};

/// Whether the mode is on, whether a question is open, whether its answer is not
/// told yet, and what was said.
type State = (bool, bool, bool, Option<Outcome>);

/// The buttons of the answers.
pub(in super::super) struct Guesses {
    group: HtmlElement,
    buttons: Vec<HtmlElement>,
    key: Memo<(State, Language), ()>,
}

impl Guesses {
    pub(super) fn find() -> Self {
        Self {
            group: dom::element("guesses"),
            buttons: dom::all("#guesses button"),
            key: Memo::empty(),
        }
    }

    /// Leads a reader who would play the run to what comes first.
    pub(in super::super) fn focus(&self) {
        if let Some(first) = self.buttons.first() {
            let _ = first.focus();
        }
    }
}

/// The outcome that a button stands for.
pub(in super::super) fn outcome_of(button: &Element) -> Option<Outcome> {
    let key = button.get_attribute("data-outcome")?;
    Outcome::ALL.into_iter().find(|outcome| outcome.key() == key)
}

impl Page {
    /// Shows the answers while there is something to be said or played, and lets
    /// wait what would show the run.
    pub(super) fn sync_guesses(&mut self) {
        let (text, language) = (self.text(), self.language());
        let (is_on, is_asking) = (self.scenario.page.predict, self.is_asking());
        let (hides, guessed) = (self.hides_outcomes(), self.guessed());
        let guesses = &mut self.controls.guesses;
        let state = (is_on, is_asking, hides, guessed);
        if !guesses.key.refresh((state, language), |_, _| ()) {
            return;
        }
        let flag = |value: bool| if value { "true" } else { "false" };
        dom::set_attribute(&dom::element("predict"), "aria-pressed", flag(is_on));
        dom::set_attribute(&dom::element("verdict-row"), "data-predict", flag(is_on));
        dom::set_attribute(&dom::element("chart-panel"), "data-hides", flag(hides));
        for button in &guesses.buttons {
            let Some(outcome) = outcome_of(button) else { continue };
            dom::set_text(&dom::within(button, "span"), (text.outcome)(outcome));
            // Beside a name of its own a title is the button's description.
            dom::set_attribute(button, "title", (text.meaning)(outcome));
            dom::set_attribute(button, "aria-pressed", flag(guessed == Some(outcome)));
            dom::set_attribute(button, "aria-disabled", flag(!is_asking));
        }
        for (id, name) in [
            ("restart", text.restart),
            ("step-back", text.step_back),
            ("step-forward", text.step_forward),
            ("play", ""),
        ] {
            let button: Element = dom::element(id);
            dom::set_attribute(&button, "aria-disabled", flag(is_asking));
            if !name.is_empty() {
                let title = if is_asking { text.predict_to_play } else { name };
                dom::set_attribute(&button, "title", title);
            }
        }
        let slider: HtmlInputElement = dom::element("step");
        let focused = dom::focused();
        let loses = |part: &HtmlElement| part.contains(focused.as_ref().map(AsRef::as_ref));
        if !hides && loses(&guesses.group) || is_asking && loses(&slider) {
            // What had the focus goes: on to what plays the run again.
            let _ = dom::element::<HtmlElement>("play").focus();
        }
        guesses.group.set_hidden(!hides);
        slider.set_disabled(is_asking);
    }
}
