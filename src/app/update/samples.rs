//! The samples: looked at, moved, made and removed.

use super::super::editing::{Grip, Held};
use super::super::message::SampleAct;
use super::super::page::Page;
use super::view::to_grid;
use crate::descent::data::{Samples, mean, unstandardized};
use crate::text::SampleEvent;
use crate::view::{has_classes, is_plane, nearest_sample, neighbour};

/// Pixels that an arrow key moves a sample, and with Shift.
const STRIDE: f64 = 4.0;
const FAR_STRIDE: f64 = 24.0;
/// A press that moves less than this moves no sample.
const CLICK: f64 = 3.0;
/// A new sample by key stands so far beside the one that is looked at.
const BESIDE: [f64; 2] = [24.0, -24.0];
/// Two samples have to stay: one alone has no line.
const FEWEST: usize = 2;

/// Whether the class of a sample says where it stands.
fn stands_on_class(samples: &Samples) -> bool {
    has_classes(samples) && !is_plane(samples)
}

impl Page {
    /// The samples in the units that the loss works in, which the data view shows.
    pub(in super::super) fn shown_samples(&self) -> Option<&Samples> {
        self.derived.loss.peek()?.loss.data()
    }

    pub(super) fn act_on_sample(&mut self, act: SampleAct) {
        if self.shown_samples().is_none() {
            return;
        }
        match act {
            SampleAct::Hover(at) => {
                self.side.data.hovered = at.and_then(|(at, reach)| self.sample_at(at, reach));
            }
            SampleAct::Press(at, reach) => self.press(at, reach),
            SampleAct::Drag(at) => self.drag(at),
            SampleAct::Lift | SampleAct::Blur => self.put_down(),
            SampleAct::AddAt(at) => {
                if self.sample_at(at, CLICK).is_none() {
                    self.add_sample(at, Some([0.0; 2]));
                    self.put_down();
                }
            }
            SampleAct::Add => self.add_by_key(),
            SampleAct::Remove => self.remove_sample(),
            SampleAct::Arrow(way, is_far) => self.arrow(way, is_far),
            SampleAct::KeyUp | SampleAct::Table => {}
            SampleAct::Take => self.take_or_put(),
            SampleAct::Back => self.put_back(),
            SampleAct::Class(class) => self.set_class(class),
            SampleAct::OtherClass => {
                if let Some((samples, sample)) = self.chosen_row() {
                    self.set_class(1.0 - samples.target()[sample]);
                }
            }
            SampleAct::Raise(times) => self.raise(times),
            SampleAct::ToggleAdd => self.side.data.adds ^= true,
            SampleAct::Focus => {
                if self.side.data.chosen.is_none() {
                    self.side.data.chosen = Some(0);
                }
                self.side.data.is_spoken = true;
            }
        }
    }

    fn sample_at(&self, at: [f64; 2], reach: f64) -> Option<usize> {
        nearest_sample(&self.derived.data_viewport, self.shown_samples()?, at, reach)
    }

    /// Where a sample is drawn.
    pub(in super::super) fn sample_pixel(&self, sample: usize) -> Option<[f64; 2]> {
        let samples = self.shown_samples()?;
        let place = [samples.column(0).get(sample)?, samples.column(1).get(sample)?];
        Some(self.derived.data_viewport.to_pixel(place.map(|number| *number)))
    }

    /// The samples in the units of their table, and which of them is looked at.
    fn chosen_row(&self) -> Option<(Samples, usize)> {
        let samples = self.scenario.samples()?;
        let data = &self.side.data;
        let sample = data.held.as_ref().map(|held| held.sample).or(data.chosen)?;
        (sample < samples.len()).then_some((samples, sample))
    }

    fn press(&mut self, at: [f64; 2], reach: f64) {
        let data = &mut self.side.data;
        data.hovered = None;
        if data.held.is_some() {
            self.put_down();
        }
        let adds = self.side.data.adds;
        // Where presses make samples, only one right there is taken.
        let found = self.sample_at(at, if adds { 0.5 * reach } else { reach });
        self.side.data.chosen = found;
        match found {
            Some(sample) => {
                let pixel = self.sample_pixel(sample).unwrap_or(at);
                let offset = [pixel[0] - at[0], pixel[1] - at[1]];
                self.hold(sample, pixel, Some(Grip { offset, from: at, is_moving: false }));
                self.side.data.is_spoken = true;
            }
            None if adds => self.add_sample(at, Some([0.0; 2])),
            None => {}
        }
    }

    /// Takes hold of a sample of the present table.
    fn hold(&mut self, sample: usize, at: [f64; 2], grip: Option<Grip>) {
        let Some(before) = self.scenario.samples() else { return };
        let scenario = Box::new(self.scenario.clone());
        self.side.data.chosen = Some(sample);
        self.side.data.held = Some(Held { sample, before, scenario, at, grip, is_new: false });
    }

    fn drag(&mut self, at: [f64; 2]) {
        let Some(held) = &mut self.side.data.held else { return };
        let Some(grip) = &mut held.grip else { return };
        let way = [at[0] - grip.from[0], at[1] - grip.from[1]];
        grip.is_moving |= libm::hypot(way[0], way[1]) > CLICK;
        if grip.is_moving {
            held.at = [at[0] + grip.offset[0], at[1] + grip.offset[1]];
            self.move_held();
        }
    }

    /// Brings the held sample to where it is held.
    fn move_held(&mut self) {
        let plot = self.derived.data_viewport.plot;
        let Some(held) = &mut self.side.data.held else { return };
        let [x, y] = held.at;
        held.at = [x.clamp(plot.left, plot.right()), y.clamp(plot.top, plot.bottom())];
        let (at, sample, before) = (held.at, held.sample, held.before.clone());
        let row = self.row_at(&before, sample, at);
        self.put_samples(before.replaced(sample, &row));
    }

    /// The row of `samples` at `sample` once it stands at a pixel: in the units of
    /// the table, to the decimal place below a pixel, so that a link stays short.
    fn row_at(&self, samples: &Samples, sample: usize, at: [f64; 2]) -> Vec<f64> {
        let viewport = self.derived.data_viewport;
        let here = viewport.to_point(at);
        let beyond = viewport.to_point([at[0] + 1.0, at[1] - 1.0]);
        let mut row = samples.row(sample);
        let axes = if stands_on_class(samples) {
            // Above one feature stands the class: on the side of the middle where it is held.
            row[1] = f64::from(u8::from(here[1] > 0.5));
            0..1
        } else {
            0..2
        };
        for axis in axes {
            let others = || {
                let rows = samples.column(axis).iter().enumerate();
                rows.filter(move |(row, _)| *row != sample).map(|(_, number)| *number)
            };
            let is_standardized = self.is_standardized(axis);
            let raw = |shown: f64| {
                if is_standardized { unstandardized(others(), shown) } else { shown }
            };
            let number = raw(here[axis]);
            let place = to_grid(number, raw(beyond[axis]) - number);
            if place.is_finite() {
                row[axis] = place;
            }
        }
        row
    }

    /// Whether a column is shown in other units than those of the table.
    pub(in super::super) fn is_standardized(&self, column: usize) -> bool {
        self.derived.is_standardized.get(column).copied().unwrap_or(false)
    }

    /// Makes these the samples. The map stays where it is: on it the loss changes its
    /// shape.
    fn put_samples(&mut self, samples: Samples) {
        let is_own = self.scenario.own.as_ref().map(Samples::fingerprint);
        let was_own = self.scenario.samples().map(|samples| samples.fingerprint()) == is_own;
        let fingerprint = samples.fingerprint();
        self.pin_view();
        self.scenario.replace_samples(samples);
        self.leave_preset();
        self.side.data.made = Some(fingerprint);
        if !was_own {
            self.side.data.events.push(SampleEvent::OwnNow);
        }
    }

    fn put_down(&mut self) {
        let Some(held) = self.side.data.held.take() else { return };
        self.side.data.chosen = Some(held.sample);
        if held.is_new || held.scenario.own != self.scenario.own {
            self.release();
        }
        if held.grip.is_none_or(|grip| grip.is_moving) {
            self.side.data.events.push(SampleEvent::PutDown);
        }
        self.side.data.is_spoken = true;
    }

    fn put_back(&mut self) {
        let Some(held) = self.side.data.held.take() else {
            self.side.data.adds = false;
            return;
        };
        let Held { scenario, is_new, sample, .. } = held;
        let made = scenario.samples().map(|samples| samples.fingerprint());
        self.side.data.made = made;
        let page = scenario.page.clone();
        self.scenario.loss = scenario.loss;
        self.scenario.own = scenario.own;
        self.scenario.preset = scenario.preset;
        self.scenario.batch = scenario.batch;
        self.scenario.page.view = page.view;
        self.side.data.chosen = Some(if is_new { sample.saturating_sub(1) } else { sample });
        self.side.data.events = vec![SampleEvent::PutBack];
        self.side.data.is_spoken = true;
    }

    /// Makes a sample at a pixel, held by a pointer there or by keys.
    fn add_sample(&mut self, at: [f64; 2], grip: Option<[f64; 2]>) {
        let Some(before) = self.scenario.samples() else { return };
        let mut row = vec![0.0; before.columns().len()];
        let chosen = self.side.data.chosen.and_then(|sample| before.target().get(sample));
        if has_classes(&before) {
            row[before.features()] = chosen.copied().unwrap_or(self.side.data.class);
        } else if is_plane(&before) {
            // Where it stands says nothing of its number.
            row[2] = chosen.copied().unwrap_or_else(|| mean(before.target()));
        }
        let sample = before.len();
        let grip = grip.map(|offset| Grip { offset, from: at, is_moving: true });
        self.hold(sample, at, grip);
        if let Some(held) = &mut self.side.data.held {
            held.before = before.added(&row);
            held.is_new = true;
        }
        self.move_held();
        self.side.data.events.push(SampleEvent::Added);
    }

    fn add_by_key(&mut self) {
        if self.side.data.held.is_some() {
            self.put_down();
        }
        let plot = self.derived.data_viewport.plot;
        let middle = [plot.left + 0.5 * plot.width, plot.top + 0.5 * plot.height];
        let beside = self.side.data.chosen.and_then(|sample| self.sample_pixel(sample));
        let at = beside.map_or(middle, |[x, y]| [x + BESIDE[0], y + BESIDE[1]]);
        self.add_sample(at, None);
        self.side.data.is_spoken = true;
    }

    fn remove_sample(&mut self) {
        let Some((samples, sample)) = self.chosen_row() else { return };
        self.side.data.is_spoken = true;
        if samples.len() <= FEWEST {
            self.side.data.events.push(SampleEvent::TwoStay);
            return;
        }
        self.side.data.held = None;
        let next = neighbour(&samples, sample, 0, true);
        self.put_samples(samples.without(sample));
        self.side.data.chosen = Some(if next > sample { next - 1 } else { next });
        self.side.data.hovered = None;
        self.side.data.events.push(SampleEvent::Removed);
        self.release();
    }

    fn arrow(&mut self, way: [f64; 2], is_far: bool) {
        self.side.data.hovered = None;
        self.side.data.is_spoken = true;
        if let Some(held) = &mut self.side.data.held {
            let stride = if is_far { FAR_STRIDE } else { STRIDE };
            held.at = [held.at[0] + stride * way[0], held.at[1] + stride * way[1]];
            self.move_held();
            return;
        }
        let Some(samples) = self.shown_samples() else { return };
        let column = usize::from(way[1] != 0.0);
        let is_forward = way[0] > 0.0 || way[1] < 0.0;
        let from = self.side.data.chosen.filter(|sample| *sample < samples.len());
        let next = from.map_or(0, |from| neighbour(samples, from, column, is_forward));
        self.side.data.chosen = Some(next);
    }

    fn take_or_put(&mut self) {
        if self.side.data.held.is_some() {
            self.put_down();
            return;
        }
        let Some((_, sample)) = self.chosen_row() else { return };
        let Some(pixel) = self.sample_pixel(sample) else { return };
        self.side.data.hovered = None;
        self.hold(sample, pixel, None);
        self.side.data.events.push(SampleEvent::PickedUp);
    }

    fn set_class(&mut self, class: f64) {
        let Some((samples, sample)) = self.chosen_row().filter(|(table, _)| has_classes(table))
        else {
            return;
        };
        self.side.data.class = class;
        self.side.data.is_spoken = true;
        let mut row = samples.row(sample);
        let target = samples.features();
        if row[target] == class {
            return;
        }
        row[target] = class;
        self.put_samples(samples.replaced(sample, &row));
        // Above one feature it now stands elsewhere.
        let moved = self.sample_pixel(sample).filter(|_| stands_on_class(&samples));
        match &mut self.side.data.held {
            Some(held) => {
                held.before = held.before.replaced(sample, &row);
                held.at = moved.unwrap_or(held.at);
            }
            None => self.release(),
        }
        self.side.data.events.push(SampleEvent::Reclassified);
    }

    /// Makes the number of a sample over two features larger or smaller, by a twentieth of
    /// the numbers' width, or by five: where it stands does not say it.
    fn raise(&mut self, times: f64) {
        let is_number = |table: &Samples| is_plane(table) && !has_classes(table);
        let Some((samples, sample)) = self.chosen_row().filter(|(table, _)| is_number(table))
        else {
            return;
        };
        let numbers = samples.target();
        let low = numbers.iter().copied().fold(f64::INFINITY, f64::min);
        let high = numbers.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let width = if high > low { high - low } else { high.abs().max(1.0) };
        let mut row = samples.row(sample);
        row[2] = to_grid(row[2] + 0.05 * times * width, 0.005 * width);
        self.side.data.is_spoken = true;
        self.put_samples(samples.replaced(sample, &row));
        match &mut self.side.data.held {
            Some(held) => held.before = held.before.replaced(sample, &row),
            None => self.release(),
        }
        self.side.data.events.push(SampleEvent::Renumbered);
    }
}
