//! What a link says of the page.

use super::super::{
    Beside, Directions, LARGEST_PARAMETER, Quantity, Reason, Scenario, Theme, is_window,
};
use super::{NONE, Reader};
use crate::descent::Language;

impl Reader {
    pub(super) fn page(&mut self, scenario: &mut Scenario, key: &str, value: &str) {
        let names: &[&'static str] = match key {
            "lang" => &["en", "zh"],
            "theme" => &["light", "dark"],
            "chart" => &Quantity::KEYS,
            "beside" => &["data", "layers"],
            _ => &["0", "1"],
        };
        match (key, value) {
            ("step", _) => {
                let step = self.whole("step", value, 0, scenario.steps);
                scenario.page.step = step.unwrap_or(scenario.page.step);
            }
            ("view", NONE) => scenario.page.view = None,
            ("view", _) => {
                scenario.page.view = self.window(value).or(scenario.page.view);
            }
            ("plane", _) => {
                let plane = self.plane(value, scenario.start.len());
                scenario.page.plane = plane.unwrap_or(scenario.page.plane);
            }
            ("chart", _) if Quantity::find(value).is_some() => {
                scenario.page.chart = Quantity::find(value).unwrap_or_default();
            }
            ("beside", "data") => scenario.page.beside = Beside::Data,
            ("beside", "layers") => {
                if scenario.build_loss().layered().is_some() {
                    scenario.page.beside = Beside::Layers;
                } else {
                    self.refuse(key, value, Reason::NoLayers);
                }
            }
            ("play", "0") => scenario.page.play = false,
            ("play", "1") => scenario.page.play = true,
            ("predict", "0") => scenario.page.predict = false,
            ("predict", "1") => scenario.page.predict = true,
            ("lang", NONE) => scenario.page.language = None,
            ("theme", NONE) => scenario.page.theme = None,
            ("lang", "en") => scenario.page.language = Some(Language::English),
            ("lang", "zh") => scenario.page.language = Some(Language::Chinese),
            ("theme", "light") => scenario.page.theme = Some(Theme::Light),
            ("theme", "dark") => scenario.page.theme = Some(Theme::Dark),
            _ => self.refuse(key, value, Reason::NoSuchName(names.to_vec())),
        }
    }

    fn plane(&mut self, value: &str, dimension: usize) -> Option<Directions> {
        if dimension <= 2 {
            self.refuse("plane", value, Reason::NoPlane);
            return None;
        }
        let parts = value.split_once(',');
        match (value, parts) {
            ("pca", _) => return Some(Directions::Principal),
            ("ends", _) => return Some(Directions::Ends),
            ("random", _) => return Some(Directions::Random(0)),
            (_, Some(("random", seed))) => {
                return self.seed("plane", value, seed).map(Directions::Random);
            }
            _ => {}
        }
        let last = dimension - 1;
        let number = |text: &str| text.parse().ok().filter(|number| *number <= last);
        let both = parts.and_then(|(right, up)| Some([number(right)?, number(up)?]));
        let both = both.filter(|[right, up]| right != up);
        if both.is_none() {
            self.refuse("plane", value, Reason::NotAPlane(last));
        }
        both.map(Directions::Parameters)
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
