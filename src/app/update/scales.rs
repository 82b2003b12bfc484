//! Looking around on a scale of rates, and taking one from it.

use super::super::derived::SWEPT_RATES;
use super::super::message::{Look, Phase, Scale};
use super::super::page::Page;
use crate::view::{SIDE, place_of_x, position, step_at};

impl Page {
    pub(super) fn look_at_rate(&mut self, scale: Scale, look: Look) {
        let places = self.places_of(scale);
        let pointed = *self.pointed_on(scale);
        let place = match look {
            Look::Pointer(x) => x.and_then(|x| self.place_at(scale, x)),
            Look::Focus => Some(self.present_place(scale)),
            Look::By(by) => {
                let from = pointed.unwrap_or_else(|| self.present_place(scale));
                let from = isize::try_from(from).unwrap_or(0);
                let to = from.saturating_add(isize::try_from(by).unwrap_or(0));
                Some(usize::try_from(to).unwrap_or(0).min(places.saturating_sub(1)))
            }
            Look::Take(x) => {
                // What was said of the place is what is taken.
                self.take_place(scale, pointed.or_else(|| self.place_at(scale, x?)));
                return;
            }
        };
        *self.pointed_on(scale) = place;
    }

    fn pointed_on(&mut self, scale: Scale) -> &mut Option<usize> {
        match scale {
            Scale::Spectrum => &mut self.side.pointed_place,
            Scale::Sweep => &mut self.side.swept_place,
        }
    }

    fn places_of(&self, scale: Scale) -> usize {
        match scale {
            Scale::Spectrum => self.derived.spectrum.get().computation.places().len(),
            Scale::Sweep => SWEPT_RATES,
        }
    }

    fn place_at(&self, scale: Scale, x: f64) -> Option<usize> {
        match scale {
            Scale::Spectrum => {
                let width = self.pictures.scale.size()[0] - 2.0 * SIDE;
                Some(place_of_x(x, width, self.places_of(scale)))
            }
            Scale::Sweep => step_at(self.pictures.chart_plot, SWEPT_RATES - 1, x),
        }
    }

    /// The place of the selected run's own rate.
    fn present_place(&self, scale: Scale) -> usize {
        let rate = self.selected_run().learning_rate;
        match scale {
            Scale::Spectrum => place_of_x(position(self.rates, rate), 1.0, self.places_of(scale)),
            Scale::Sweep => self.present_swept_place(),
        }
    }

    fn take_place(&mut self, scale: Scale, place: Option<usize>) {
        let Some(place) = place else { return };
        let rate = match scale {
            Scale::Spectrum => {
                let places = self.derived.spectrum.get().computation.places();
                places.get(place).map(|place| place.rate)
            }
            Scale::Sweep => self.swept_rate(place),
        };
        if let Some(rate) = rate {
            self.set_rate(rate, Phase::Released);
        }
    }
}
