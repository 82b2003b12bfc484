//! One frame: what became stale is computed and drawn.

mod busy;
mod chart;
mod data;
mod layers;
mod making;
mod map;
mod rate;
mod samples;
mod starts;
mod sweep;
mod words;

pub(super) use busy::sync_document;
pub(super) use map::start_pixel;

use super::address::{self, Entry};
use super::background;
use super::canvas::device_pixels;
use super::derived::Surface;
use super::dom;
use super::page::Page;
use crate::view::{Palette, Rect, RunLook};

/// Below this width of the map it has no names at its axes and no contour labels.
const COMPACT: f64 = 500.0;
/// The same beside the data.
const NARROW: f64 = 300.0;

impl Page {
    /// Draws the frame at the time `now`; says whether another has to follow.
    pub(super) fn frame(&mut self, now: Option<f64>) -> bool {
        self.derived.refresh_loss(&self.scenario);
        self.lay_out_spaces();
        if std::mem::take(&mut self.is_resized) {
            self.measure();
        }
        let ratio = self.pictures.base.ratio();
        let columns = device_pixels(self.pictures.chart.size()[0], 1.0) as usize;
        let surface = Surface { plot: self.plot(), ratio, columns };
        self.derived.refresh(&self.scenario, &self.side, surface);
        // First what decides on which outcomes may be seen: all that follows asks for it,
        // and has to get one answer for the whole frame.
        self.await_guess();
        self.advance_playback(now);
        self.tell();
        self.refresh_data();
        self.refresh_looks();
        self.refresh_spectrum();
        self.refresh_sweep();
        self.refresh_starts();
        // All pictures first: setting a canvas' font after the page was written to
        // would work out the page's styles in the middle of the frame.
        self.draw_starts();
        self.draw_base();
        let are_runs_new = self.draw_runs_picture();
        self.draw_data();
        self.draw_layers();
        let is_chart_new = self.draw_chart_picture();
        self.draw_scale();
        if is_chart_new {
            self.describe_chart();
        }
        self.sync_scenarios();
        self.sync_controls();
        self.sync_own_data();
        self.sync_words();
        self.sync_data();
        self.sync_layers();
        let is_legend_new = self.sync_starts();
        self.sync_map();
        self.sync_spectrum();
        self.sync_sweep();
        self.sync_busy();
        if are_runs_new {
            self.place_puck();
        }
        if are_runs_new || is_legend_new {
            self.place_off_map();
        }
        self.write_address(false);
        self.playback.is_playing
    }

    /// Moves the playhead to the time `now`. The frame that opens the page has none: taken
    /// for zero, the next one would leap by all the time that the page took to load.
    fn advance_playback(&mut self, now: Option<f64>) {
        let Some(now) = now else { return };
        if self.playback.advance(now, self.end(), self.speed(), self.are_making()) {
            self.remember(Entry::Same);
        }
    }

    /// Brings the address bar in step, once what changes it is at rest, or `at_once`.
    pub(super) fn write_address(&mut self, at_once: bool) {
        let Some(entry) = self.pending.take_due(background::now(), at_once) else { return };
        self.keep_own_samples(entry);
        address::write(&self.fragment(), entry);
    }

    fn measure(&mut self) {
        self.is_phone = dom::media("(max-width: 640px)");
        let pictures = &mut self.pictures;
        for canvas in [
            &mut pictures.base,
            &mut pictures.run,
            &mut pictures.chart,
            &mut pictures.scale,
            &mut pictures.data,
            &mut pictures.fit,
            &mut pictures.layers.base,
            &mut pictures.layers.pulse,
        ] {
            canvas.measure();
        }
    }

    /// Whether the map has no names at its axes and no contour labels. Beside the
    /// data it is narrow and still has them.
    fn is_compact(&self) -> bool {
        let least = if self.has_data() && !self.is_phone { NARROW } else { COMPACT };
        self.pictures.base.size()[0] < least
    }

    /// The part of the map's canvas that shows parameter space; the rest is for
    /// the axes.
    fn plot(&self) -> Rect {
        let [width, height] = self.pictures.base.size();
        let (left, bottom, right) = match (self.is_compact(), self.has_data()) {
            (true, _) => (30.0, 24.0, 0.0),
            // Their names stand in the gutters, turned at the left.
            (false, true) => (54.0, 46.0, 1.0),
            (false, false) => (40.0, 28.0, 1.0),
        };
        Rect {
            left,
            top: 0.0,
            width: (width - left - right).max(0.0),
            height: (height - bottom).max(0.0),
        }
    }

    fn size_key(&self, size: [f64; 2]) -> [u64; 3] {
        [size[0].to_bits(), size[1].to_bits(), self.pictures.base.ratio().to_bits()]
    }

    /// How a run looks everywhere: the runs are told apart by their places.
    pub(super) fn look(&self, run: usize) -> &'static RunLook {
        &Palette::of(self.theme()).runs[run]
    }
}
