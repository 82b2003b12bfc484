//! The start and the part of parameter space that is shown.

use super::super::address::Entry;
use super::super::message::{Message, Phase};
use super::super::page::Page;
use crate::scenario::{LARGEST_PARAMETER, is_window};
use crate::view::window_around;

impl Page {
    /// Moves the start by so many pixels.
    pub(super) fn move_start(&mut self, [dx, dy]: [f64; 2], phase: Phase) {
        if self.has_made_start() {
            // What cannot be moved leaves the keys to the map under it.
            self.move_view(&Message::Pan([-dx, -dy]));
            return;
        }
        let [width, height] = self.derived.viewport.pixel_size();
        let start = &self.scenario.start;
        let [x, y] = match self.derived.plane() {
            Some(plane) => plane.coordinates(start),
            None => [start[0], start.get(1).copied().unwrap_or(0.0)],
        };
        self.set_start([x + dx * width, y - dy * height], phase);
    }

    pub(super) fn set_start(&mut self, point: [f64; 2], phase: Phase) {
        if self.has_made_start() {
            return;
        }
        // To a hundredth of a pixel's worth of digits: what the link says is
        // what is shown.
        let sizes = self.derived.viewport.pixel_size();
        if let Some(plane) = self.derived.plane() {
            // Within the plane: as far aside of it as it was.
            let mut start = self.scenario.start.clone();
            let [a, b] = plane.coordinates(&start);
            plane.shift([point[0] - a, point[1] - b], &mut start);
            let size = sizes[0].min(sizes[1]);
            let placed = start.iter().map(|parameter| to_grid(*parameter, 0.1 * size));
            let start: Vec<f64> = placed.collect();
            if start.iter().all(|parameter| parameter.abs() <= LARGEST_PARAMETER) {
                self.scenario.start = start;
            }
            self.finish(phase);
            return;
        }
        for (axis, parameter) in self.scenario.start.iter_mut().enumerate() {
            let place = to_grid(point[axis], sizes[axis]);
            if place.abs() <= LARGEST_PARAMETER {
                *parameter = place;
            }
        }
        self.finish(phase);
    }

    pub(super) fn move_view(&mut self, message: &Message) {
        let viewport = self.derived.viewport;
        let plot = viewport.plot;
        let window = match *message {
            Message::Zoom(factor, at) => {
                let middle = [plot.left + 0.5 * plot.width, plot.top + 0.5 * plot.height];
                Some(viewport.zoomed(factor, at.unwrap_or(middle)))
            }
            Message::Pan(by) => Some(viewport.panned(by)),
            // As far as the runs may be seen.
            Message::Fit if self.hides_outcomes() => self.window_of(self.step(), true),
            Message::Fit => self.window_of(self.steps(), true),
            Message::FitPath => self.window_of(self.step(), false),
            _ => None,
        };
        if window.is_some_and(|window| self.show_window(window)) {
            match message {
                Message::Zoom(_, Some(_)) | Message::Pan(_) => self.remember_at_rest(),
                _ => self.remember(Entry::Same),
            }
        }
    }

    /// Keeps the window that is shown, whatever becomes of the loss.
    pub(super) fn pin_view(&mut self) {
        if self.scenario.page.view.is_none() {
            self.show_window(self.derived.viewport.window);
        }
    }

    /// Shows a window, to as many digits as can be seen; says whether it can be shown.
    fn show_window(&mut self, [x0, x1, y0, y1]: [f64; 4]) -> bool {
        let (dx, dy) = ((x1 - x0) / 10_000.0, (y1 - y0) / 10_000.0);
        let rounded = [to_grid(x0, dx), to_grid(x1, dx), to_grid(y0, dy), to_grid(y1, dy)];
        let largest = rounded.iter().fold(0.0_f64, |most, v| most.max(v.abs()));
        let is_fine = is_window(rounded) && largest <= LARGEST_PARAMETER;
        if is_fine {
            self.scenario.page.view = Some(rounded);
            self.derived.look_at(rounded);
        }
        is_fine
    }

    /// The window around the path up to `last`, with the loss's own landscape if
    /// asked for. A path that explodes is followed as far as it can be shown.
    fn window_of(&self, last: usize, with_loss: bool) -> Option<[f64; 4]> {
        let bound = 0.1 * LARGEST_PARAMETER;
        let is_close = |point: &[f64; 2]| point.iter().all(|v| v.abs() < bound);
        let shown = self.shown_runs();
        let points = shown.iter().flat_map(|run| self.derived.points(*run, last));
        let path = points.map(|(_, point)| point).filter(is_close);
        let own = self.derived.own_window();
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
}

/// `value` to the decimal place just below `size`.
pub(super) fn to_grid(value: f64, size: f64) -> f64 {
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
