//! The ruler around the learning-rate slider.

use web_sys::Element;

use super::super::page::Page;
use super::super::workers::Shared;
use super::super::{background, dom, values};
use crate::descent::optimizer::RateRole;
use crate::descent::{Curvature, Outcome};
use crate::scenario::{Place, Run, SPECTRUM_RATES};
use crate::text::{RateFate, count};
use crate::view::{
    Mark, Palette, RateScene, RunLook, SIDE, SpectrumScene, draw_rate_scale, place_of_x, position,
    standing_step,
};

/// Rates that need at most this share more steps than the fastest are as good.
const NEARLY: f64 = 0.15;
/// What takes longer than so many milliseconds shows its progress.
pub(super) const NOTICED: f64 = 500.0;

impl Page {
    /// Begins the spectrum anew where it is stale, with a first look within this
    /// frame; what is left is done between frames.
    pub(super) fn refresh_spectrum(&mut self) {
        let run = &self.scenario.runs[self.side.selected];
        let loss = self.derived.loss.get().loss.as_ref();
        let places = self.scenario.affordable_runs(loss, SPECTRUM_RATES);
        let scale = |page: &Self| page.derived.spectrum.key().map(|key| (key.1, key.2));
        let before = scale(self);
        let is_new = self.derived.refresh_spectrum(&self.scenario, run, self.rates, places);
        if scale(self) != before {
            // On another scale its places are other rates.
            self.side.pointed_place = None;
        }
        if is_new {
            self.work_ahead();
        } else if !self.derived.spectrum.get().is_idle() {
            background::ask();
        }
    }

    /// The share of the spectrum that is made, once its making has taken longer than
    /// one would not notice; in hundredths, as it is drawn.
    fn spectrum_progress(&self) -> Option<f64> {
        let Shared { computation: spectrum, began, .. } = self.derived.spectrum.get();
        let is_long = !spectrum.is_done() && background::now() - began > NOTICED;
        is_long.then(|| libm::round(100.0 * spectrum.progress()) / 100.0)
    }

    /// What happens at a place of the spectrum.
    pub(super) fn place_words(&self, place: usize) -> String {
        let text = self.text();
        let spectrum = &self.derived.spectrum.get().computation;
        let Some(Place { rate, fates }) = spectrum.places().get(place) else {
            return String::new();
        };
        let fate = match fates[..] {
            [] => RateFate::Unknown,
            [fate] => RateFate::One(fate.outcome, count(fate.step), fate.settles_in_minimum()),
            _ => {
                let number = |outcome: Outcome| {
                    let of_it = fates.iter().filter(|fate| fate.outcome == outcome);
                    (of_it.count(), outcome)
                };
                let mut shares: Vec<(usize, Outcome)> = Vec::new();
                for share in Outcome::ALL.map(number).into_iter().filter(|share| share.0 > 0) {
                    let at = shares.partition_point(|other| other.0 >= share.0);
                    shares.insert(at, share);
                }
                let shares = shares.into_iter().map(|(number, outcome)| (outcome, count(number)));
                RateFate::Shares(shares.collect(), count(fates.len()))
            }
        };
        (text.at_rate)(&values::shown(*rate), &fate)
    }

    /// The spectrum as a control: at the place that is looked at, or at the present
    /// rate.
    pub(super) fn sync_spectrum(&self) {
        let spectrum = &self.derived.spectrum.get().computation;
        let places = spectrum.places().len();
        let width = self.pictures.scale.size()[0] - 2.0 * SIDE;
        let rate = self.selected_run().learning_rate;
        let present = || place_of_x(position(self.rates, rate) * width, width, places);
        let place = self.side.pointed_place.unwrap_or_else(present);
        let words = if self.hides_other_rates() {
            self.text().spectrum_hidden.to_owned()
        } else {
            self.place_words(place)
        };
        let element: Element = dom::element("spectrum");
        dom::set_attribute(&element, "aria-valuemax", &places.saturating_sub(1).to_string());
        dom::set_attribute(&element, "aria-valuenow", &place.to_string());
        dom::set_attribute(&element, "aria-valuetext", &words);
    }

    /// How the ground curves at the selected run's current point; λ_max alone where it is
    /// looked at for the chart, and nothing where a network's is not.
    fn curvature_here(&self) -> Option<Curvature> {
        let cache = self.selected_cache();
        let trajectory = cache.trajectory();
        let step = standing_step(trajectory, self.playback.playhead);
        let loss = self.derived.loss.get().loss.as_ref();
        loss.curvature(trajectory.point(step)).or_else(|| {
            let (_, max) = cache.looks()?.at(step);
            max.is_finite().then_some(Curvature { min: f64::NAN, max, direction: [0.0; 2] })
        })
    }

    /// The best rate and the limit that theory marks for the selected run at its
    /// current point.
    fn marks(&self, curvature: Option<Curvature>) -> [Option<Mark<'static>>; 2] {
        let Run { optimizer, ascent, .. } = self.selected_run();
        let stability = optimizer.rule.stability.as_ref().filter(|_| !ascent);
        let Some((stability, curvature)) = stability.zip(curvature) else { return [None, None] };
        let mark = |rate: Option<f64>, formula| {
            let rate = rate?;
            Some(Mark { rate, until: rate, formula })
        };
        let band = optimizer.rule.band(&optimizer.knobs, &curvature);
        let formula = stability.band_formula;
        let band = band.map(|[rate, until]| Mark { rate, until, formula });
        let best = optimizer.rule.best(&optimizer.knobs, &curvature);
        [
            band.or(mark(best, stability.best_formula)),
            mark(optimizer.rule.limit(&optimizer.knobs, &curvature), stability.limit_formula),
        ]
    }

    /// The limit that theory has for the selected run at its minimum.
    fn limit_at_minimum(&self) -> Option<f64> {
        let optimizer = &self.selected_run().optimizer;
        let curvature = self.selected_cache().parts().at_minimum?;
        optimizer.rule.limit(&optimizer.knobs, &curvature)
    }

    /// Why a mark is missing.
    fn silence(
        &self,
        curvature: Option<Curvature>,
        best: bool,
        limit: bool,
    ) -> Option<&'static str> {
        let text = self.text();
        let rule = self.selected_run().optimizer.rule;
        match &rule.stability {
            Some(_) if self.selected_run().ascent => Some(text.climbs_at_any_rate),
            None => self.rate_role().or(Some(text.no_theory)),
            Some(_) if curvature.is_none() => Some(text.limit_in_chart),
            Some(_) if !limit => Some(text.no_limit),
            Some(_) if curvature.is_some_and(|curvature| curvature.min.is_nan()) => None,
            Some(stability) if !best && stability.best.is_some() => Some(text.no_best),
            Some(_) => None,
        }
    }

    /// What the rate is to a rule that does not simply follow it.
    pub(in super::super) fn rate_role(&self) -> Option<&'static str> {
        let (text, run) = (self.text(), self.selected_run());
        if self.scenario.does_without_hessian(run, self.derived.loss.get().loss.as_ref()) {
            return Some(text.without_hessian);
        }
        match run.optimizer.rule.rate {
            RateRole::EveryStep => None,
            RateRole::FirstTried => Some(text.rate_first_tried),
            RateRole::FirstStep => Some(text.rate_first_step),
            RateRole::Unused => Some(text.rate_unused),
        }
    }

    pub(super) fn draw_scale(&mut self) {
        let (theme, language) = (self.theme(), self.language());
        let curvature = self.curvature_here();
        // What theory says would answer the question.
        let asks = self.hides_outcomes();
        let [best, limit] = if asks { [None, None] } else { self.marks(curvature) };
        let silence = self.silence(curvature, best.is_some(), limit.is_some());
        let silence = silence.filter(|_| !asks);
        let (rate, selected) = (self.selected_run().learning_rate, self.side.selected);
        let previous = self.shown_ghost().map(|ghost| ghost.rate);
        let others = self.shown_runs().into_iter().filter(|run| *run != selected);
        let others: Vec<(f64, &RunLook)> =
            others.map(|run| (self.scenario.runs[run].learning_rate, self.look(run))).collect();
        let bits = |rate: Option<f64>| rate.unwrap_or(0.0).to_bits();
        let mark = |mark: &Option<Mark<'_>>| {
            mark.as_ref().map_or([0; 2], |mark| [mark.rate, mark.until].map(f64::to_bits))
        };
        let [low, high] = self.rates;
        let [width, _] = self.pictures.scale.size();
        let [width_key, _, ratio] = self.size_key([width, 0.0]);
        let mut key = vec![low.to_bits(), high.to_bits(), rate.to_bits(), bits(previous)];
        let at_minimum = self.limit_at_minimum();
        key.extend([mark(&best), mark(&limit)].concat());
        key.extend([bits(at_minimum), width_key, ratio]);
        key.extend([curvature.is_none(), asks].map(u64::from));
        key.extend(
            others
                .iter()
                .flat_map(|(rate, look)| [rate.to_bits(), u64::from(look.letter.as_bytes()[0])]),
        );
        let hides = self.hides_other_rates();
        let (progress, spectrum) = (self.spectrum_progress(), &self.derived.spectrum);
        let verdict = self.selected_cache().parts().verdict.as_ref();
        let settles = verdict.and_then(|verdict| verdict.settles);
        let place = self.side.pointed_place.map_or(0, |place| place as u64 + 1);
        let made = spectrum.get().computation.made() as u64;
        key.extend([spectrum.generation(), made, u64::from(hides), place]);
        key.push(u64::from(self.scenario.has_constant_hessian()));
        key.extend([self.scenario.steps as u64, settles.map_or(0, |step| step as u64 + 1)]);
        key.push(bits(progress));
        let rule = self.selected_run().optimizer.rule.key;
        if !self.pictures.scale_key.refresh((key, rule, theme, language), |_, _| ()) {
            return;
        }
        let spectrum = &self.derived.spectrum.get().computation;
        let words = self.side.pointed_place.filter(|_| !hides).map(|place| self.place_words(place));
        let scene = RateScene {
            width,
            palette: Palette::of(theme),
            text: self.text(),
            rates: self.rates,
            rate,
            previous,
            others: &others,
            best,
            limit,
            limit_at_minimum: at_minimum.filter(|_| limit.is_some()),
            are_local: !self.scenario.has_constant_hessian(),
            silence,
            fastest: spectrum.nearly_fastest(NEARLY).filter(|_| !hides),
            spectrum: (!hides).then(|| SpectrumScene {
                spectrum,
                steps: self.scenario.steps,
                settles,
                pointed: self.side.pointed_place.zip(words.as_deref()),
                progress,
            }),
        };
        draw_rate_scale(&mut self.pictures.scale.clear(), &scene);
    }
}
