//! A text field for a number, and a slider's place.

use web_sys::HtmlInputElement;

use super::super::{dom, values};

/// A text field for a number.
pub(in super::super) struct NumberField {
    pub(super) input: HtmlInputElement,
    /// What the page last wrote into it: only another number is written, so that
    /// what a person is typing, or typed in vain, stays.
    written: Option<String>,
    /// What was typed in vain.
    pub(super) refused: Option<String>,
}

impl NumberField {
    pub(super) fn of(input: HtmlInputElement) -> Self {
        Self { input, written: None, refused: None }
    }

    /// Shows `value`; says whether the text changed.
    pub(super) fn show(&mut self, value: f64) -> bool {
        self.write(values::shown(value))
    }

    /// Shows a text; says whether it changed.
    pub(super) fn write(&mut self, text: String) -> bool {
        if self.written.as_ref() == Some(&text) {
            return false;
        }
        self.input.set_value(&text);
        self.accept();
        self.written = Some(text);
        true
    }

    /// Marks the text as not taken, and keeps it.
    pub(in super::super) fn refuse(&mut self, typed: &str) {
        dom::set_attribute(&self.input, "aria-invalid", "true");
        self.refused = Some(typed.to_owned());
    }

    /// Takes the mark back, and lets the next frame write the number anew.
    pub(in super::super) fn accept(&mut self) {
        self.written = None;
        if self.refused.take().is_some() {
            // Fails only for a malformed name.
            let _ = self.input.remove_attribute("aria-invalid");
        }
    }
}

/// Writes a slider's place, if it is another; `fill` is the part of the track in
/// ink.
pub(super) fn place(slider: &HtmlInputElement, value: f64, spoken: &str, fill: f64) {
    if slider.value_as_number() != value {
        slider.set_value_as_number(value);
    }
    dom::set_attribute(slider, "aria-valuetext", spoken);
    dom::set_property(slider, "--fill", &format!("{:.3}%", 100.0 * fill.clamp(0.0, 1.0)));
}
