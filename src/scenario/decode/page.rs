//! What a link says of the page.

use super::super::{LARGEST_PARAMETER, Reason, Scenario, Theme, is_window};
use super::Reader;
use crate::descent::Language;

impl Reader {
    pub(super) fn page(&mut self, scenario: &mut Scenario, key: &str, value: &str) {
        let names: &[&'static str] = match key {
            "lang" => &["en", "zh"],
            "theme" => &["light", "dark"],
            _ => &["0", "1"],
        };
        match (key, value) {
            ("step", _) => {
                let step = self.whole("step", value, 0, scenario.steps);
                scenario.page.step = step.unwrap_or(scenario.page.step);
            }
            ("view", _) => {
                scenario.page.view = self.window(value).or(scenario.page.view);
            }
            ("play", "0") => scenario.page.play = false,
            ("play", "1") => scenario.page.play = true,
            ("predict", "0") => scenario.page.predict = false,
            ("predict", "1") => scenario.page.predict = true,
            ("lang", "en") => scenario.page.language = Some(Language::English),
            ("lang", "zh") => scenario.page.language = Some(Language::Chinese),
            ("theme", "light") => scenario.page.theme = Some(Theme::Light),
            ("theme", "dark") => scenario.page.theme = Some(Theme::Dark),
            _ => self.refuse(key, value, Reason::NoSuchName(names.to_vec())),
        }
    }

    fn window(&mut self, value: &str) -> Option<[f64; 4]> {
        let allowed = (-LARGEST_PARAMETER, LARGEST_PARAMETER);
        let numbers = self.numbers("view", value, 4, allowed)?;
        let window = [numbers[0], numbers[1], numbers[2], numbers[3]];
        let is_window = is_window(window);
        if !is_window {
            self.refuse("view", value, Reason::NotAWindow);
        }
        is_window.then_some(window)
    }
}
