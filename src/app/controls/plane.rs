//! The picker of the plane that the map shows of more than two parameters.

use web_sys::{HtmlElement, HtmlOptionElement, HtmlSelectElement};

use super::super::address::Entry;
use super::super::dom;
use super::super::page::Page;
use super::choose;
use crate::scenario::Directions;
use crate::text::{SliceWords, count, percent};

/// Its lists: what goes to the right, and what upwards unless the first says both.
pub(in super::super) const PLANE_PICKERS: [&str; 2] = ["plane-right", "plane-up"];
/// Its numbers: a seed, or two of very many parameters.
pub(in super::super) const PLANE_NUMBERS: [&str; 2] = ["plane-first", "plane-second"];

/// More parameters than this have no lists: two of them are chosen by their numbers.
const LISTED: usize = 64;
/// The path is hardly seen in a plane that holds less than this of it.
const LITTLE: f64 = 0.1;

impl Page {
    /// Brings picker and words in step with the plane.
    pub(super) fn sync_plane(&mut self) {
        let box_of_it: HtmlElement = dom::element("plane");
        let text = self.text();
        let help = if self.has_made_start() { text.map_help_made } else { text.map_help };
        dom::set_text(&dom::element("map-help"), help);
        let is_shown = self.derived.slice().is_some() && !self.is_asking();
        box_of_it.set_hidden(!is_shown);
        if !is_shown {
            return;
        }
        let words = self.slice_words();
        dom::set_text(&dom::element("plane-words"), &words);
        dom::set_attribute(&box_of_it, "title", &words);
        self.fill_plane_lists();
        let plane = self.scenario.page.plane;
        let has_lists = self.scenario.start.len() <= LISTED;
        let [right, up] = PLANE_PICKERS.map(dom::element::<HtmlSelectElement>);
        match plane {
            Directions::Principal => choose(&right, "pca"),
            Directions::Ends => choose(&right, "ends"),
            Directions::Random(_) => choose(&right, "random"),
            Directions::Parameters(_) if !has_lists => choose(&right, "two"),
            Directions::Parameters(parameters) => {
                choose(&right, &parameters[0].to_string());
                choose(&up, &parameters[1].to_string());
            }
        }
        up.set_hidden(!has_lists || !matches!(plane, Directions::Parameters(_)));
        let text = self.text();
        let numbers = match plane {
            Directions::Random(seed) => [Some(seed), None],
            Directions::Parameters(both) if !has_lists => both.map(|number| Some(number as u64)),
            _ => [None; 2],
        };
        let label = if numbers[1].is_some() { text.plane_right } else { text.plane_seed };
        let fields = &mut self.controls.plane_numbers;
        dom::set_attribute(&fields[0].input, "aria-label", label);
        for (field, number) in fields.iter_mut().zip(numbers) {
            field.input.set_hidden(number.is_none());
            field.write(number.map_or_else(String::new, |number| number.to_string()));
        }
    }

    /// What the map shows, in a sentence.
    fn slice_words(&self) -> String {
        let Some(slice) = self.derived.slice() else { return String::new() };
        let trajectory = self.selected_cache().trajectory();
        let stride = trajectory.stride();
        (self.text().slice_words)(&SliceWords {
            parameters: &count(self.scenario.start.len()),
            share: slice.share.map(percent).as_deref(),
            is_little: slice.share.is_some_and(|share| share < LITTLE),
            is_end: slice.anchor == trajectory.steps(),
            directions: self.scenario.page.plane,
            stride: (stride > 1).then(|| count(stride)).as_deref(),
        })
    }

    fn fill_plane_lists(&mut self) {
        let dimension = self.scenario.start.len();
        let symbols = self.scenario.parameter_symbols(self.derived.loss.get().loss.as_ref());
        let (text, key) = (self.text(), (dimension, self.language(), symbols));
        if !self.controls.plane_key.refresh(key, |_, _| ()) {
            return;
        }
        let planes = [
            ("pca", text.principal),
            ("ends", text.plane_ends),
            ("random", text.plane_random),
            ("two", text.plane_two),
        ];
        let listed = if dimension <= LISTED { dimension } else { 0 };
        for (axis, id) in PLANE_PICKERS.into_iter().enumerate() {
            let picker: HtmlSelectElement = dom::element(id);
            picker.set_inner_html("");
            let put = |value: &str, name: &str| {
                let option: HtmlOptionElement = dom::create("option", "");
                option.set_value(value);
                dom::set_text(&option, name);
                let _ = picker.append_child(&option);
            };
            let both = if axis > 0 { 0 } else { 3 + usize::from(listed == 0) };
            for (value, name) in &planes[..both] {
                put(value, name);
            }
            for at in 0..listed {
                put(&at.to_string(), &self.parameter_symbol(at));
            }
        }
    }

    /// Takes what was picked for one of the two; the other gives way where it is the
    /// same.
    pub(in super::super) fn choose_plane(&mut self, axis: usize, picked: &str) {
        let dimension = self.scenario.start.len();
        let plane = match (picked.parse::<usize>(), self.scenario.page.plane) {
            (Ok(picked), _) if picked >= dimension => return,
            (Ok(picked), Directions::Parameters(mut both)) => {
                if both[1 - axis] == picked {
                    both[1 - axis] = both[axis];
                }
                both[axis] = picked;
                Directions::Parameters(both)
            }
            (Ok(picked), _) => Directions::Parameters([picked, (picked + 1) % dimension]),
            (Err(_), _) => match picked {
                "ends" => Directions::Ends,
                "random" => Directions::Random(0),
                "two" => Directions::Parameters([0, 1]),
                _ => Directions::Principal,
            },
        };
        self.show_plane(plane);
    }

    /// Takes a number typed for the plane; what is none leaves it as it is.
    pub(in super::super) fn type_plane(&mut self, axis: usize, typed: &str) {
        if let Some(field) = self.controls.plane_numbers.get_mut(axis) {
            field.accept();
        }
        match self.scenario.page.plane {
            Directions::Random(_) => {
                if let Ok(seed) = typed.parse() {
                    self.show_plane(Directions::Random(seed));
                }
            }
            _ if typed.parse::<usize>().is_ok() => self.choose_plane(axis, typed),
            _ => {}
        }
    }

    fn show_plane(&mut self, plane: Directions) {
        if plane != self.scenario.page.plane {
            self.scenario.page.plane = plane;
            // The part that was shown is one of another plane.
            self.scenario.page.view = None;
            self.remember(Entry::New);
        }
    }
}
