//! Words, language, theme and the lists of the pickers.

use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, HtmlOptionElement, HtmlSelectElement};

use super::page::Page;
use super::playback::SPEEDS;
use super::{dom, notices};
use crate::descent::loss::LOSSES;
use crate::descent::{Language, Order, Precision};
use crate::scenario::{PRESETS, Theme};
use crate::text::{Text, tick};

/// Dresses the whole page in the language and theme in force.
pub(super) fn dress(page: &Page) {
    let text = page.text();
    if let Some(root) = dom::document().document_element() {
        dom::set_attribute(&root, "lang", text.language_tag);
        dom::set_attribute(&root, "data-theme", theme_name(page.theme()));
    }
    if let Some(body) = dom::document().body() {
        dress_within(&body, text);
    }
    let to_theme = match page.theme() {
        Theme::Light => text.to_dark_theme,
        Theme::Dark => text.to_light_theme,
    };
    label(&dom::element("theme"), to_theme);
    for (id, language) in [("lang-en", Language::English), ("lang-zh", Language::Chinese)] {
        let button: HtmlElement = dom::element(id);
        let is_pressed = page.language() == language;
        dom::set_attribute(&button, "aria-pressed", if is_pressed { "true" } else { "false" });
    }
    fill_pickers(page);
    fill_help(page);
    notices::reword(&page.refused, text);
}

/// Fills the words that the skeleton asks for in a part of the page.
pub(super) fn dress_within(part: &HtmlElement, text: &Text) {
    for element in dom::all_within(part, "[data-text]") {
        let key = element.get_attribute("data-text").unwrap_or_default();
        dom::set_text(&element, text.word(&key).unwrap_or_default());
    }
    for element in dom::all_within(part, "[data-label]") {
        let key = element.get_attribute("data-label").unwrap_or_default();
        label(&element, text.word(&key).unwrap_or_default());
    }
}

fn theme_name(theme: Theme) -> &'static str {
    match theme {
        Theme::Light => "light",
        Theme::Dark => "dark",
    }
}

/// Names an element; a button that shows no word says it on hovering, too.
pub(super) fn label(element: &HtmlElement, words: &str) {
    dom::set_attribute(element, "aria-label", words);
    if element.tag_name() == "BUTTON" {
        dom::set_attribute(element, "title", words);
    }
}

fn fill_pickers(page: &Page) {
    let language = page.language();
    let presets = PRESETS.iter().map(|preset| (preset.key, preset.title.in_language(language)));
    let own = (page.scenario.preset.is_none()).then_some(("", page.text().own_scenario));
    let chosen = page.scenario.preset.map_or("", |preset| preset.key);
    fill(&page.controls.scenario, own.into_iter().chain(presets), chosen);
    if let Some(place) = page.hidden_title() {
        // A number instead: many a title says what becomes of the run.
        let option = page.controls.scenario.options().item(place);
        if let Some(option) = option.and_then(|o| o.dyn_into::<HtmlOptionElement>().ok()) {
            option.set_text(&format!("{} {}", page.text().scenario, place + 1));
        }
    }
    let losses = LOSSES.iter().map(|rule| (rule.key, rule.name.in_language(language)));
    fill(&page.controls.loss, losses, page.scenario.loss.rule.key);
    let precisions = Precision::ALL.map(|precision| (precision.key(), precision));
    let name = page.text().precision_name;
    let precisions = precisions.into_iter().map(|(key, precision)| (key, name(precision)));
    fill(&page.controls.precision, precisions, page.scenario.precision.key());
    let orders = Order::ALL.map(|order| (order.key(), (page.text().order_name)(order)));
    fill(&page.controls.batch.order, orders.into_iter(), page.scenario.order.key());
    let speeds = SPEEDS.map(|speed| (speed.to_string(), format!("{}×", tick(speed))));
    let speeds = speeds.iter().map(|(key, name)| (key.as_str(), name.as_str()));
    let picker: HtmlSelectElement = dom::element("speed");
    let chosen = page.speed().to_string();
    fill(&picker, speeds, &chosen);
}

/// Replaces the options of a picker.
pub(super) fn fill<'a>(
    picker: &HtmlSelectElement,
    options: impl Iterator<Item = (&'a str, &'a str)>,
    chosen: &str,
) {
    picker.set_text_content(None);
    for (key, name) in options {
        let option: HtmlOptionElement = dom::create("option", "");
        option.set_value(key);
        option.set_text(name);
        let _ = picker.append_child(option.unchecked_ref());
    }
    picker.set_value(chosen);
}

fn fill_help(page: &Page) {
    let list: HtmlElement = dom::element("help-list");
    list.set_text_content(None);
    for (keys, meaning) in page.text().keys {
        let term: HtmlElement = dom::create("dt", "");
        for key in keys.split(' ') {
            let cap: HtmlElement = dom::create("kbd", "");
            cap.set_text_content(Some(key));
            let _ = term.append_child(&cap);
        }
        let what: HtmlElement = dom::create("dd", "");
        what.set_text_content(Some(meaning));
        let _ = list.append_child(&term);
        let _ = list.append_child(&what);
    }
}

impl Page {
    /// The place of the chosen preset in its list while its title may not be shown.
    fn hidden_title(&self) -> Option<u32> {
        let preset = self.scenario.preset.filter(|_| self.hides_outcomes())?;
        (0..).zip(PRESETS).find(|(_, other)| *other == preset).map(|(place, _)| place)
    }

    /// Shows or hides the entry for a scenario that is no preset's, and the title of
    /// one that is.
    pub(super) fn sync_scenarios(&mut self) {
        let key = (self.scenario.preset.is_none(), self.hidden_title());
        if self.controls.scenario_key.refresh(key, |_, _| ()) {
            fill_pickers(self);
        }
    }
}
