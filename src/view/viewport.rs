//! The one transform between parameter space and pixels.

use super::painter::Rect;

/// A window of parameter space, `[x0, x1, y0, y1]`, laid over a rectangle of
/// pixels; y grows upwards in one and downwards in the other. For a loss with
/// one parameter the y of the window is the loss itself.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Viewport {
    /// What is shown.
    pub window: [f64; 4],
    /// Where, in CSS pixels.
    pub plot: Rect,
}

impl Viewport {
    /// Shows at least `asked` in `plot`. With `equal` scales a unit is as long
    /// upwards as sideways, so that a circle is a circle and a gradient stands at
    /// right angles to its contour; the window is widened where it has to be.
    #[must_use]
    pub fn showing(asked: [f64; 4], plot: Rect, equal: bool) -> Self {
        let [x0, x1, y0, y1] = asked;
        if !equal || plot.width <= 0.0 || plot.height <= 0.0 {
            return Self { window: asked, plot };
        }
        let unit = ((x1 - x0) / plot.width).max((y1 - y0) / plot.height);
        let (x, y) = (0.5 * (x0 + x1), 0.5 * (y0 + y1));
        let (dx, dy) = (0.5 * unit * plot.width, 0.5 * unit * plot.height);
        Self { window: [x - dx, x + dx, y - dy, y + dy], plot }
    }

    /// The pixel of a point.
    #[must_use]
    pub fn to_pixel(&self, [x, y]: [f64; 2]) -> [f64; 2] {
        let [x0, x1, y0, y1] = self.window;
        [
            self.plot.left + (x - x0) / (x1 - x0) * self.plot.width,
            self.plot.top + (y1 - y) / (y1 - y0) * self.plot.height,
        ]
    }

    /// The point under a pixel.
    #[must_use]
    pub fn to_point(&self, [x, y]: [f64; 2]) -> [f64; 2] {
        let [x0, x1, y0, y1] = self.window;
        [
            x0 + (x - self.plot.left) / self.plot.width * (x1 - x0),
            y1 - (y - self.plot.top) / self.plot.height * (y1 - y0),
        ]
    }

    /// How much of parameter space a pixel is wide and high.
    #[must_use]
    pub fn pixel_size(&self) -> [f64; 2] {
        let [x0, x1, y0, y1] = self.window;
        [(x1 - x0) / self.plot.width, (y1 - y0) / self.plot.height]
    }

    /// The window after zooming by `factor` (above 1: closer) about a pixel that
    /// keeps its point.
    #[must_use]
    pub fn zoomed(&self, factor: f64, about: [f64; 2]) -> [f64; 4] {
        let [x, y] = self.to_point(about);
        let [x0, x1, y0, y1] = self.window;
        [x + (x0 - x) / factor, x + (x1 - x) / factor, y + (y0 - y) / factor, y + (y1 - y) / factor]
    }

    /// The window after the map was dragged by so many pixels.
    #[must_use]
    pub fn panned(&self, [dx, dy]: [f64; 2]) -> [f64; 4] {
        let [width, height] = self.pixel_size();
        let [x0, x1, y0, y1] = self.window;
        [x0 - dx * width, x1 - dx * width, y0 + dy * height, y1 + dy * height]
    }
}

/// The smallest window that holds every point, with a margin of `margin` of its
/// size on each side; none without points.
#[must_use]
pub fn window_around(points: impl Iterator<Item = [f64; 2]>, margin: f64) -> Option<[f64; 4]> {
    let mut bounds: Option<[f64; 4]> = None;
    for [x, y] in points.filter(|point| point.iter().all(|v| v.is_finite())) {
        let [x0, x1, y0, y1] = bounds.unwrap_or([x, x, y, y]);
        bounds = Some([x0.min(x), x1.max(x), y0.min(y), y1.max(y)]);
    }
    bounds.map(|[x0, x1, y0, y1]| {
        // A single point still needs an extent to be shown in.
        let least = 1e-6 * [x0, x1, y0, y1].iter().fold(1e-3_f64, |most, v| most.max(v.abs()));
        let (dx, dy) = (margin * (x1 - x0) + least, margin * (y1 - y0) + least);
        [x0 - dx, x1 + dx, y0 - dy, y1 + dy]
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const PLOT: Rect = Rect { left: 40.0, top: 10.0, width: 776.0, height: 663.0 };

    proptest! {
        #[test]
        fn a_pixel_and_its_point_are_inverse(x in -1e3..1e3_f64, y in -1e3..1e3_f64, w in 1e-3..1e3_f64) {
            let viewport = Viewport::showing([x, x + w, y, y + 0.7 * w], PLOT, true);
            let pixel = [123.4, 567.8];
            let there = viewport.to_pixel(viewport.to_point(pixel));
            prop_assert!((there[0] - pixel[0]).abs() < 1e-6 && (there[1] - pixel[1]).abs() < 1e-6);
        }

        #[test]
        fn zooming_keeps_the_point_under_the_pointer(f in 0.1..10.0_f64, px in 40.0..816.0_f64, py in 10.0..673.0_f64) {
            let before = Viewport::showing([-3.0, 5.0, -2.0, 4.0], PLOT, true);
            let after = Viewport { window: before.zoomed(f, [px, py]), plot: PLOT };
            let (a, b) = (before.to_point([px, py]), after.to_point([px, py]));
            prop_assert!((a[0] - b[0]).abs() < 1e-9 && (a[1] - b[1]).abs() < 1e-9);
        }
    }

    #[test]
    fn equal_scales_hold_all_that_was_asked_for() {
        let viewport = Viewport::showing([-1.0, 1.0, -8.0, 8.0], PLOT, true);
        let [width, height] = viewport.pixel_size();
        assert!((width / height - 1.0).abs() < 1e-12);
        let [x0, x1, y0, y1] = viewport.window;
        assert!(x0 < -1.0 && x1 > 1.0 && (y0 + 8.0).abs() < 1e-12 && (y1 - 8.0).abs() < 1e-12);
    }

    #[test]
    fn dragging_moves_the_point_with_the_pointer() {
        let before = Viewport::showing([-3.0, 5.0, -2.0, 4.0], PLOT, true);
        let after = Viewport { window: before.panned([30.0, -20.0]), plot: PLOT };
        let (a, b) = (before.to_point([100.0, 100.0]), after.to_point([130.0, 80.0]));
        assert!((a[0] - b[0]).abs() < 1e-12 && (a[1] - b[1]).abs() < 1e-12);
    }

    #[test]
    fn a_window_around_one_point_can_be_shown() {
        let window = window_around([[2.0, 3.0], [f64::NAN, 0.0]].into_iter(), 0.1);
        assert!(window.is_some_and(crate::scenario::is_window));
        assert_eq!(window_around(core::iter::empty(), 0.1), None);
    }
}
