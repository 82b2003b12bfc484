//! One frame: what became stale is computed and drawn.

mod chart;
mod map;
mod rate;
mod starts;
mod sweep;
mod words;

pub(super) use map::start_pixel;

use super::address::{self, Entry};
use super::canvas::device_pixels;
use super::derived::Surface;
use super::page::Page;
use crate::view::{Palette, Rect, RunLook};

/// Below this width of the map it has no names at its axes and no contour labels.
const COMPACT: f64 = 500.0;

impl Page {
    /// Draws the frame at the time `now`; says whether another has to follow.
    pub(super) fn frame(&mut self, now: Option<f64>) -> bool {
        if std::mem::take(&mut self.is_resized) {
            let pictures = &mut self.pictures;
            for canvas in
                [&mut pictures.base, &mut pictures.run, &mut pictures.chart, &mut pictures.scale]
            {
                canvas.measure();
            }
        }
        let ratio = self.pictures.base.ratio();
        let columns = device_pixels(self.pictures.chart.size()[0], 1.0) as usize;
        let surface = Surface { plot: self.plot(), ratio, columns };
        self.derived.refresh(&self.scenario, &self.side, surface);
        self.refresh_spectrum();
        self.await_guess();
        self.refresh_sweep();
        if self.playback.advance(now.unwrap_or(0.0), self.end(), self.speed()) {
            self.entry = self.entry.or(Some(Entry::Same));
        }
        self.tell();
        self.refresh_starts();
        // All pictures first: setting a canvas' font after the page was written to
        // would work out the page's styles in the middle of the frame.
        self.draw_starts();
        self.draw_base();
        let are_runs_new = self.draw_runs_picture();
        let is_chart_new = self.draw_chart_picture();
        self.draw_scale();
        if is_chart_new {
            self.describe_chart();
        }
        self.sync_scenarios();
        self.sync_controls();
        self.sync_own_data();
        self.sync_words();
        let is_legend_new = self.sync_starts();
        self.sync_spectrum();
        self.sync_sweep();
        if are_runs_new {
            self.place_puck();
        }
        if are_runs_new || is_legend_new {
            self.place_off_map();
        }
        if let Some(entry) = self.entry.take() {
            self.keep_own_samples(entry);
            address::write(&self.fragment(), entry);
        }
        self.playback.is_playing
    }

    /// The part of the map's canvas that shows parameter space; the rest is for
    /// the axes.
    fn plot(&self) -> Rect {
        let [width, height] = self.pictures.base.size();
        let (left, bottom, right) =
            if width < COMPACT { (30.0, 24.0, 0.0) } else { (40.0, 28.0, 1.0) };
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
