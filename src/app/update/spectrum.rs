//! Looking around on the spectrum, and taking a rate from it.

use super::super::message::{Message, Phase};
use super::super::page::Page;
use crate::view::{SIDE, place_of_x, position};

impl Page {
    pub(super) fn look_at_place(&mut self, message: &Message) {
        let places = self.derived.spectrum.get().spectrum.places().len();
        let [width, _] = self.pictures.scale.size();
        let width = width - 2.0 * SIDE;
        let present = || {
            let rate = self.selected_run().learning_rate;
            place_of_x(position(self.rates, rate) * width, width, places)
        };
        let pointed = self.side.pointed_place;
        match message {
            Message::SpectrumPointer(x) => {
                self.side.pointed_place = x.map(|x| place_of_x(x, width, places));
            }
            Message::SpectrumFocus => self.side.pointed_place = Some(present()),
            Message::SpectrumBy(by) => {
                let from = isize::try_from(pointed.unwrap_or_else(present)).unwrap_or(0);
                let to = from.saturating_add(isize::try_from(*by).unwrap_or(0));
                let last = places.saturating_sub(1);
                self.side.pointed_place = Some(usize::try_from(to).unwrap_or(0).min(last));
            }
            Message::TakePlace(x) => {
                let pressed = x.map(|x| place_of_x(x, width, places));
                // What was said of the place is what is taken.
                self.take_place(pointed.or(pressed));
            }
            _ => {}
        }
    }

    fn take_place(&mut self, place: Option<usize>) {
        let Some(place) = place else { return };
        let places = self.derived.spectrum.get().spectrum.places();
        if let Some(rate) = places.get(place).map(|place| place.rate) {
            self.set_rate(rate, Phase::Released);
        }
    }
}
