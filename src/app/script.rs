//! The export: the selected run as a Python script, to be looked at and copied.

use std::cell::Cell;

use web_sys::{Element, Event, HtmlDialogElement, HtmlElement};

use super::events::on;
use super::page::{Page, with};
use super::{clipboard, dom};
use crate::scenario::{PythonFlavour, python_script};
use crate::text::Text;

thread_local! {
    static FLAVOUR: Cell<PythonFlavour> = const { Cell::new(PythonFlavour::PyTorch) };
}

/// The flavours with their buttons.
const FLAVOURS: [(&str, PythonFlavour); 2] =
    [("python-torch", PythonFlavour::PyTorch), ("python-numpy", PythonFlavour::NumPy)];

/// Installs the listeners.
pub(super) fn listen() {
    for (id, flavour) in FLAVOURS {
        on(&dom::element::<HtmlElement>(id), "click", move |_: Event| {
            FLAVOUR.set(flavour);
            show();
        });
    }
}

/// Shows the script in its dialog.
pub(super) fn open() {
    show();
    let dialog: HtmlDialogElement = dom::element("export-dialog");
    if !dialog.open() {
        // Fails only if the dialog is not in the document.
        let _ = dialog.show_modal();
    }
}

fn show() {
    let Some((script, run)) = with(|page| (page.script(), page.script_heading())) else { return };
    for (id, flavour) in FLAVOURS {
        let is_pressed = flavour == FLAVOUR.get();
        let pressed = if is_pressed { "true" } else { "false" };
        dom::set_attribute(&dom::element::<Element>(id), "aria-pressed", pressed);
    }
    let shown: HtmlElement = dom::element("script");
    dom::set_text(&shown, &script);
    shown.set_scroll_top(0);
    dom::set_text(&dom::element::<Element>("export-run"), &run);
}

/// Copies `script`; where a page may not write to the clipboard, selects it to be
/// copied by hand.
pub(super) fn copy(script: &str, text: &Text) {
    clipboard::copy(script, text.script_copied, |_| {
        if let Ok(Some(selection)) = dom::window().get_selection() {
            let _ = selection.select_all_children(&dom::element::<Element>("script"));
        }
    });
}

impl Page {
    /// The selected run in Python.
    pub(super) fn script(&self) -> String {
        python_script(&self.scenario, self.selected_run(), FLAVOUR.get())
    }

    fn script_heading(&self) -> String {
        let rule = self.selected_run().optimizer.rule;
        let name = rule.name.in_language(self.language());
        let letter = crate::view::Palette::of(self.theme()).runs[self.side.selected].letter;
        format!("{} · {name}", (self.text().run_named)(letter))
    }
}
