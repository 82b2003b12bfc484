//! What a message changes.

mod fields;
mod gradient;
mod layers;
mod playhead;
mod runs;
mod samples;
mod scales;
mod stops;
mod view;

use super::address::{self, Entry, Pending};
use super::message::{Message, Phase};
use super::page::Page;
use super::{background, chrome, clipboard, save, script, values};
use crate::descent::Language;
use crate::scenario::{Choice, PRESETS, Preset, Theme};
use crate::view::Quantity;

impl Page {
    /// Applies one message to the scenario or the playhead.
    pub(super) fn update(&mut self, message: Message) {
        match message {
            Message::Rate(rate, phase) => self.set_rate(values::rounded(rate, 3), phase),
            Message::RateTimes(factor, phase) => {
                let rate = self.selected_run().learning_rate * factor;
                self.set_rate(values::rounded(rate, 4), phase);
            }
            Message::RateTyped(typed) => self.type_rate(&typed),
            Message::Released => self.release(),
            Message::LetGo => self.let_go(),
            Message::Rest => self.pending.come_to_rest(),
            Message::Step(..) | Message::StepBy(_) | Message::Restart | Message::TogglePlay => {
                self.move_playhead(&message);
            }
            Message::TakeFewer => self.take_fewer_steps(),
            Message::TogglePredict => self.toggle_predict(),
            Message::Guess(outcome) => self.take_guess(outcome),
            Message::Speed(speed) => self.playback.chosen = Some(speed),
            Message::Loss(key) => self.choose_loss(&key),
            Message::OwnData(action) => self.change_own_data(action),
            Message::Optimizer(run, key) => self.choose_optimizer(run, &key),
            Message::Schedule(run, key) => self.choose_schedule(run, &key),
            Message::Run(run, action) => self.change_run(run, action),
            Message::AddRun => self.add_run(),
            Message::KeepGhost => self.keep_ghost(),
            Message::Tie(is_tied) => self.tie(is_tied),
            Message::Tab(place) => self.show_tab(place),
            Message::ChartPointer(x) => self.side.chart_pointer = x,
            Message::ToggleStarts => self.toggle_starts(),
            Message::Plane(axis, picked) => self.choose_plane(axis, &picked),
            Message::PlaneNumber(axis, typed) => self.type_plane(axis, &typed),
            Message::MapPointer(at) => self.side.map_pointer = at,
            Message::Look(scale, look) => self.look_at_rate(scale, look),
            Message::SaveSweep => self.save_sweep(),
            Message::Inspect(inspects) => self.side.is_inspecting = inspects,
            Message::Pin => self.side.is_pinned = !self.side.is_pinned,
            Message::FoldLoss => self.side.is_loss_folded = Some(!self.is_loss_folded()),
            Message::CopyScript => script::copy(&self.script(), self.text()),
            Message::Knob(part, index, position, phase) => {
                self.turn_knob(part, index, position, phase);
            }
            Message::Typed(field, typed) => self.type_field(field, &typed),
            Message::Start(point, phase) => self.set_start(point, phase),
            Message::StartBy(by, phase) => self.move_start(by, phase),
            Message::Zoom(..) | Message::Pan(_) | Message::Fit | Message::FitPath => {
                self.move_view(&message);
            }
            Message::Show(space) => self.show_space(space),
            Message::Layer(act) => self.look_at_layer(act),
            Message::Sample(act) => self.act_on_sample(act),
            Message::Preset(key) => self.choose_preset(Preset::find(&key)),
            Message::PresetBy(by) => self.choose_neighbour(by),
            Message::Language(language) => self.set_language(language),
            Message::ToggleLanguage => self.toggle_language(),
            Message::ToggleTheme => self.toggle_theme(),
            Message::Share => self.share(),
            Message::Address => self.follow_address(),
            Message::Surroundings => self.look_around(),
            Message::Found { job, numbers, is_done } => {
                self.derived.take_found((job, is_done), &numbers);
            }
            Message::Lost(jobs) => self.derived.take_back(&jobs),
            gradient => self.change_gradient(&gradient),
        }
    }

    fn save_sweep(&self) {
        if let Some(table) = self.sweep_table() {
            save::table(&table, "descent-lab-sweep.csv");
        }
    }

    fn toggle_starts(&mut self) {
        self.side.shows_starts ^= true;
        self.side.map_pointer = None;
    }

    fn share(&self) {
        let fragment = self.fragment();
        address::write(&fragment, Entry::Same);
        clipboard::copy_link(&address::link(&fragment), self.words_of_link());
    }

    /// Has the address bar told of a change that is made at once.
    pub(in super::super) fn remember(&mut self, entry: Entry) {
        self.pending.note(entry, background::now(), false);
    }

    /// The same of one of many, when the last has come.
    pub(super) fn remember_at_rest(&mut self) {
        self.pending.note(Entry::Same, background::now(), true);
    }

    /// Everything that is held is let go where it is: its own end will not come any more.
    fn let_go(&mut self) {
        self.pending.come_to_rest();
        if self.derived.is_held {
            self.release();
        }
    }

    fn finish(&mut self, phase: Phase) {
        self.derived.is_held = phase == Phase::Held;
        if phase == Phase::Released {
            self.release();
        }
    }

    fn release(&mut self) {
        self.derived.keeps_ghost = true;
        self.derived.is_held = false;
        self.remember(Entry::New);
    }

    fn choose_loss(&mut self, key: &str) {
        let Some(loss) = Choice::named(key) else { return };
        if loss == self.scenario.loss {
            return;
        }
        self.scenario.replace_loss(loss);
        self.begin_with_new_loss();
    }

    /// Gives the runs rates that suit the loss they now have, and shows them from their
    /// start.
    pub(in super::super) fn begin_with_new_loss(&mut self) {
        self.side.data.forget();
        self.forget_places();
        self.leave_preset();
        self.suit_rates();
        self.reset_rates();
        self.playback.playhead = 0.0;
        self.release();
    }

    /// The preset's story is about its loss; with another it is not told.
    pub(super) fn leave_preset(&mut self) {
        self.scenario.preset = None;
    }

    fn choose_preset(&mut self, preset: Option<&'static Preset>) {
        let Some(preset) = preset else { return };
        let mut scenario = preset.scenario();
        scenario.page.language = self.scenario.page.language;
        scenario.page.theme = self.scenario.page.theme;
        scenario.page.predict = self.scenario.page.predict;
        // A chart that was picked by hand stays; one that a preset opened goes with it.
        let before = self.scenario.preset.map(|preset| preset.scenario().page.chart);
        let chart = self.scenario.page.chart;
        if chart != before.unwrap_or_default() && scenario.page.chart == Quantity::default() {
            scenario.page.chart = chart;
        }
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

    /// The tabs are the quantities in their order, the sweep, and then the table.
    fn show_tab(&mut self, place: usize) {
        self.side.shows_sweep = place == Quantity::ALL.len();
        self.side.shows_results = place > Quantity::ALL.len();
        // What is not looked at should cost little.
        self.scenario.page.chart = Quantity::ALL.get(place).copied().unwrap_or(Quantity::Loss);
        self.side.swept_place = None;
        // The chart may have had no size while the table stood in its place.
        self.is_resized = true;
        self.remember(Entry::Same);
    }

    fn set_language(&mut self, language: Language) {
        self.scenario.page.language = Some(language);
        chrome::dress(self);
        self.remember(Entry::Same);
    }

    fn toggle_language(&mut self) {
        self.set_language(match self.language() {
            Language::English => Language::Chinese,
            Language::Chinese => Language::English,
        });
    }

    fn toggle_theme(&mut self) {
        self.scenario.page.theme = Some(match self.theme() {
            Theme::Light => Theme::Dark,
            Theme::Dark => Theme::Light,
        });
        chrome::dress(self);
        self.remember(Entry::Same);
    }

    fn follow_address(&mut self) {
        let fragment = address::fragment();
        if fragment == self.fragment() {
            return;
        }
        let (scenario, refused) = self.decode_here(&fragment);
        // What was still to be written belongs to the entry that was left.
        self.pending = Pending::nothing();
        self.take_scenario(scenario);
        self.take_refused(&fragment, refused);
    }
}
