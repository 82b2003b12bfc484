//! Samples in English.

use super::super::{SampleEvent, SampleWords};

pub(super) fn sample(words: &SampleWords<'_>) -> String {
    let mut text = format!("Sample {}:", words.number);
    for (at, (name, cell)) in words.cells.iter().enumerate() {
        text += if at == 0 { " " } else { ", " };
        text += name;
        text += " ";
        text += cell;
    }
    if let Some(residual) = words.residual {
        text += ", residual ";
        text += residual;
    }
    if let Some(chance) = words.chance {
        text += ", probability of class 1 ";
        text += chance;
    }
    if words.is_held_out {
        text += ", held out";
    } else if let Some(is_in) = words.is_in_batch {
        text += if is_in { ", in the batch" } else { ", not in the batch" };
    }
    text
}

pub(super) fn event(event: SampleEvent) -> &'static str {
    match event {
        SampleEvent::PickedUp => {
            "Picked up: arrow keys move it, Enter puts it down, Escape puts it back."
        }
        SampleEvent::PutDown => "Put down.",
        SampleEvent::PutBack => "Put back.",
        SampleEvent::Added => {
            "Added: arrow keys move it, Enter puts it down, Escape takes it away."
        }
        SampleEvent::Removed => "Removed.",
        SampleEvent::Reclassified => "Class changed.",
        SampleEvent::Renumbered => "Number changed.",
        SampleEvent::TwoStay => "Two points have to stay.",
        SampleEvent::OwnNow => "These data are your own now.",
    }
}
