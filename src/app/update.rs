//! What a message changes.

use super::address::{self, Entry};
use super::message::{Field, Message, Phase};
use super::page::Page;
use super::{chrome, clipboard, notices, values};
use crate::descent::Language;
use crate::scenario::{
    Choice, LARGEST_PARAMETER, MOST_STEPS, PRESETS, Preset, Theme, decode, is_window,
};
use crate::view::{map_points, window_around};

impl Page {
    /// Applies one message to the scenario or the playhead.
    pub(super) fn update(&mut self, message: Message) {
        match message {
            Message::Rate(rate, phase) => self.set_rate(values::rounded(rate, 3), phase),
            Message::RateTimes(factor, phase) => {
                let rate = self.scenario.run.learning_rate * factor;
                self.set_rate(values::rounded(rate, 4), phase);
            }
            Message::RateTyped(typed) => self.type_rate(&typed),
            Message::Released => self.release(),
            Message::Step(step, phase) => self.go_to(step, phase),
            Message::StepBy(by) => {
                let by = isize::try_from(by).unwrap_or(0);
                self.go_to(self.step().saturating_add_signed(by), Phase::Released);
            }
            Message::Restart => self.go_to(0, Phase::Released),
            Message::TogglePlay => {
                self.playback.toggle(self.end());
                if !self.playback.is_playing {
                    self.remember(Entry::Same);
                }
            }
            Message::Speed(speed) => self.playback.chosen = Some(speed),
            Message::Loss(key) => self.choose_loss(&key),
            Message::Knob(index, position, phase) => {
                if let Some(knob) = self.scenario.loss.rule.knobs.get(index) {
                    self.set_knob(index, knob.value_at(position), phase);
                }
            }
            Message::Typed(field, typed) => self.type_field(field, &typed),
            Message::Start(point, phase) => self.set_start(point, phase),
            Message::StartBy([dx, dy], phase) => {
                let [width, height] = self.derived.viewport.pixel_size();
                let start = &self.scenario.start;
                let y = start.get(1).copied().unwrap_or(0.0);
                self.set_start([start[0] + dx * width, y - dy * height], phase);
            }
            Message::Zoom(..) | Message::Pan(_) | Message::Fit | Message::FitPath => {
                self.move_view(&message);
            }
            Message::Preset(key) => self.choose_preset(Preset::find(&key)),
            Message::PresetBy(by) => self.choose_neighbour(by),
            Message::Language(language) => self.set_language(language),
            Message::ToggleLanguage => self.set_language(match self.language() {
                Language::English => Language::Chinese,
                Language::Chinese => Language::English,
            }),
            Message::ToggleTheme => {
                self.scenario.page.theme = Some(match self.theme() {
                    Theme::Light => Theme::Dark,
                    Theme::Dark => Theme::Light,
                });
                chrome::dress(self);
                self.remember(Entry::Same);
            }
            Message::Share => {
                let fragment = self.fragment();
                address::write(&fragment, Entry::Same);
                clipboard::copy(&address::link(&fragment), self.text().link_copied);
            }
            Message::Address => self.follow_address(),
            Message::Surroundings => self.look_around(),
        }
    }

    fn remember(&mut self, entry: Entry) {
        if self.entry != Some(Entry::New) {
            self.entry = Some(entry);
        }
    }

    fn finish(&mut self, phase: Phase) {
        if phase == Phase::Released {
            self.release();
        }
    }

    fn release(&mut self) {
        self.derived.keeps_ghost = true;
        self.remember(Entry::New);
    }

    fn set_rate(&mut self, rate: f64, phase: Phase) {
        if rate.is_finite() && rate > 0.0 {
            self.scenario.run.learning_rate = rate;
            self.widen_rates();
            self.controls.rate.accept();
        }
        self.finish(phase);
    }

    fn widen_rates(&mut self) {
        let [low, high] = self.scenario.rates();
        self.rates = [self.rates[0].min(low), self.rates[1].max(high)];
    }

    fn type_rate(&mut self, typed: &str) {
        match values::typed(typed).filter(|rate| *rate > 0.0) {
            Some(rate) => self.set_rate(rate, Phase::Released),
            None => self.controls.rate.refuse(typed),
        }
    }

    fn go_to(&mut self, step: usize, phase: Phase) {
        self.playback.stop();
        #[expect(clippy::cast_precision_loss, reason = "at most 1,000,000 steps")]
        let playhead = step.min(self.steps()) as f64;
        self.playback.playhead = playhead;
        if phase == Phase::Released {
            self.remember(Entry::Same);
        }
    }

    fn choose_loss(&mut self, key: &str) {
        let Some(loss) = Choice::named(key) else { return };
        if loss == self.scenario.loss {
            return;
        }
        self.scenario.replace_loss(loss);
        self.leave_preset();
        // The rate that suited the last loss need not be on this one's slider.
        let [low, high] = (self.scenario.loss.rule.rates)(&self.scenario.loss.knobs);
        let rate = &mut self.scenario.run.learning_rate;
        if *rate < low || *rate > high {
            *rate = values::rounded((low * high).sqrt(), 1);
        }
        self.rates = self.scenario.rates();
        self.playback.playhead = 0.0;
        self.release();
    }

    /// The preset's story is about its loss; with another it is not told.
    fn leave_preset(&mut self) {
        self.scenario.preset = None;
    }

    fn set_knob(&mut self, index: usize, value: f64, phase: Phase) {
        let loss = &mut self.scenario.loss;
        if loss.knobs[index] != value {
            loss.knobs[index] = value;
            self.rates = self.scenario.rates();
        }
        self.finish(phase);
    }

    fn type_field(&mut self, field: Field, typed: &str) {
        let number = values::typed(typed);
        let (min, max, whole) = self.allowed(field);
        let allowed = number
            .filter(|number| *number >= min && *number <= max)
            .filter(|number| !whole || number.trunc() == *number);
        let Some(number) = allowed else {
            self.controls.refuse(field, typed);
            return;
        };
        self.controls.accept(field);
        match field {
            Field::StartX => self.scenario.start[0] = number,
            Field::StartY => {
                if let Some(y) = self.scenario.start.get_mut(1) {
                    *y = number;
                }
            }
            Field::Steps => {
                #[expect(
                    clippy::cast_possible_truncation,
                    clippy::cast_sign_loss,
                    reason = "a whole number from 1 to 1,000,000"
                )]
                let steps = number as usize;
                self.scenario.steps = steps;
            }
            Field::Knob(index) => self.set_knob(index, number, Phase::Held),
        }
        self.release();
    }

    /// The smallest and largest number that a field takes, and whether it has to
    /// be whole.
    #[expect(clippy::cast_precision_loss, reason = "at most 1,000,000 steps")]
    pub(super) fn allowed(&self, field: Field) -> (f64, f64, bool) {
        match field {
            Field::StartX | Field::StartY => (-LARGEST_PARAMETER, LARGEST_PARAMETER, false),
            Field::Steps => (1.0, MOST_STEPS as f64, true),
            Field::Knob(index) => {
                let knob = &self.scenario.loss.rule.knobs[index];
                (knob.min, knob.max, knob.scale == crate::descent::Scale::Integer)
            }
        }
    }

    fn set_start(&mut self, point: [f64; 2], phase: Phase) {
        // To a hundredth of a pixel's worth of digits: what the link says is
        // what is shown.
        let sizes = self.derived.viewport.pixel_size();
        for (axis, parameter) in self.scenario.start.iter_mut().enumerate() {
            let place = to_grid(point[axis], sizes[axis]);
            if place.abs() <= LARGEST_PARAMETER {
                *parameter = place;
            }
        }
        self.finish(phase);
    }

    fn move_view(&mut self, message: &Message) {
        let viewport = self.derived.viewport;
        let plot = viewport.plot;
        let window = match *message {
            Message::Zoom(factor, at) => {
                let middle = [plot.left + 0.5 * plot.width, plot.top + 0.5 * plot.height];
                Some(viewport.zoomed(factor, at.unwrap_or(middle)))
            }
            Message::Pan(by) => Some(viewport.panned(by)),
            Message::Fit => self.window_of(self.steps(), true),
            Message::FitPath => self.window_of(self.step(), false),
            _ => None,
        };
        let Some([x0, x1, y0, y1]) = window else { return };
        let (dx, dy) = ((x1 - x0) / 10_000.0, (y1 - y0) / 10_000.0);
        let rounded = [to_grid(x0, dx), to_grid(x1, dx), to_grid(y0, dy), to_grid(y1, dy)];
        let largest = rounded.iter().fold(0.0_f64, |most, v| most.max(v.abs()));
        if is_window(rounded) && largest <= LARGEST_PARAMETER {
            self.scenario.page.view = Some(rounded);
            self.derived.look_at(rounded);
            self.remember(Entry::Same);
        }
    }

    /// The window around the path up to `last`, with the loss's own landscape if
    /// asked for. A path that explodes is followed as far as it can be shown.
    fn window_of(&self, last: usize, with_loss: bool) -> Option<[f64; 4]> {
        let trajectory = &self.derived.run.get().trajectory;
        let bound = 0.1 * LARGEST_PARAMETER;
        let is_close = |point: &[f64; 2]| point.iter().all(|v| v.abs() < bound);
        let path = map_points(trajectory).take(last + 1).filter(is_close);
        let own = self.derived.loss.get().window;
        if with_loss {
            // All of a diverging path would shrink the loss to a dot.
            let is_near = |[x, y]: &[f64; 2]| {
                let (w, h) = (own[1] - own[0], own[3] - own[2]);
                (own[0] - 4.0 * w..own[1] + 4.0 * w).contains(x)
                    && (own[2] - 4.0 * h..own[3] + 4.0 * h).contains(y)
            };
            let corners = [[own[0], own[2]], [own[1], own[3]]];
            let near = window_around(path.filter(is_near).chain(corners), 0.0)?;
            return if near == [own[0], own[1], own[2], own[3]] {
                Some(own)
            } else {
                window_around([[near[0], near[2]], [near[1], near[3]]].into_iter(), 0.04)
            };
        }
        window_around(path, 0.08)
    }

    fn choose_preset(&mut self, preset: Option<&'static Preset>) {
        let Some(preset) = preset else { return };
        let mut scenario = preset.scenario();
        scenario.page.language = self.scenario.page.language;
        scenario.page.theme = self.scenario.page.theme;
        self.take_scenario(scenario);
        self.remember(Entry::New);
    }

    fn choose_neighbour(&mut self, by: i32) {
        let count = PRESETS.len();
        let present = self
            .scenario
            .preset
            .and_then(|preset| PRESETS.iter().position(|other| other == preset));
        let index = match (present, by > 0) {
            (None, true) => 0,
            (None, false) => count - 1,
            (Some(index), true) => (index + 1) % count,
            (Some(index), false) => (index + count - 1) % count,
        };
        self.choose_preset(Some(&PRESETS[index]));
    }

    fn set_language(&mut self, language: Language) {
        self.scenario.page.language = Some(language);
        chrome::dress(self);
        self.remember(Entry::Same);
    }

    fn follow_address(&mut self) {
        let fragment = address::fragment();
        if fragment == self.fragment() {
            return;
        }
        let (scenario, refused) = decode(&fragment);
        self.take_scenario(scenario);
        notices::show_refused(&refused, self.text());
        self.refused = refused;
    }
}

/// `value` to the decimal place just below `size`.
fn to_grid(value: f64, size: f64) -> f64 {
    let exponent = libm::floor(libm::log10(size.abs()));
    if !exponent.is_finite() || !value.is_finite() {
        return value;
    }
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few decimals")]
    let places = (-exponent).clamp(0.0, 17.0) as usize;
    if exponent > 0.0 {
        let unit = libm::pow(10.0, exponent);
        return libm::round(value / unit) * unit;
    }
    let rounded: f64 = format!("{value:.places$}").parse().unwrap_or(value);
    // Not −0: it would be in the link for no reason.
    rounded + 0.0
}
