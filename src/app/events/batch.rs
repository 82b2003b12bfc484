//! The controls of the batch.

use web_sys::{Event, HtmlInputElement};

use super::super::dom;
use super::super::message::{BatchEnd, Field, Message, Phase};
use super::super::page::send;
use super::on;

/// Installs the listeners.
pub(super) fn listen() {
    for end in BatchEnd::ALL {
        let slider: HtmlInputElement = dom::element(end.id());
        for (kind, phase) in [("input", Phase::Held), ("change", Phase::Released)] {
            let moved = slider.clone();
            on(&slider, kind, move |_: Event| {
                #[expect(
                    clippy::cast_possible_truncation,
                    clippy::cast_sign_loss,
                    reason = "a place of the slider"
                )]
                send(Message::Batch(end, moved.value_as_number() as usize, phase));
            });
        }
        let field: HtmlInputElement = dom::element(&format!("{}-value", end.id()));
        let typed = field.clone();
        on(&field, "change", move |_: Event| {
            send(Message::Typed(Field::Batch(end), typed.value()));
        });
    }
    let grows: HtmlInputElement = dom::element("batch-grows");
    let ticked = grows.clone();
    on(&grows, "change", move |_: Event| send(Message::GrowBatch(ticked.checked())));
    let own: HtmlInputElement = dom::element("batch-own");
    let ticked = own.clone();
    on(&own, "change", move |_: Event| send(Message::OwnBatch(ticked.checked())));
}
