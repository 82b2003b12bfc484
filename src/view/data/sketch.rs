//! What a dear model says over the plot: worked out at few places first and then at more,
//! over frames if need be.

use super::super::painter::Outline;
use super::super::palette::Palette;
use super::super::path::append_line;
use super::super::viewport::Viewport;
use super::boundary::{SHADE, ground, trace};
use crate::descent::loss::Loss;

/// Places along each side, level by level, where two features span the plot.
const ALONG_BOTH: [usize; 3] = [17, 33, 65];
/// Places along the one feature of a curve.
const ALONG_ONE: [usize; 3] = [33, 129, 257];
/// About so many exponentials lie between two looks at the clock: a tenth of a
/// millisecond.
const BETWEEN_LOOKS: usize = 20_000;
/// At least so many places are asked for at once: fewer are hardly cheaper.
const TOGETHER: usize = 16;
/// What costs fewer exponentials than this may be made within a frame.
const WITHIN_A_FRAME: usize = 300_000;

/// What a model says at even distances over the plot.
#[derive(Clone, Debug, PartialEq)]
pub struct Sketch {
    /// The step of the run whose parameters it has.
    pub step: usize,
    viewport: Viewport,
    /// Places along a side.
    side: usize,
    /// Row by row from the top; one row of a curve.
    values: Vec<f64>,
}

/// A sketch in the making.
#[derive(Clone, Debug)]
pub struct Sketching {
    theta: Vec<f64>,
    step: usize,
    viewport: Viewport,
    is_plane: bool,
    /// About what one place costs, in exponentials.
    cost: usize,
    /// The level that is being made, and what is known of it.
    level: usize,
    values: Vec<f64>,
    /// Whether a level of these parameters is complete.
    has_look: bool,
    /// The latest that is complete, perhaps of other parameters.
    shown: Option<Sketch>,
    made: u64,
}

impl Sketching {
    /// Of nothing yet, over a plot; `is_plane` where two features span it.
    #[must_use]
    pub fn new(viewport: Viewport, is_plane: bool, loss: &dyn Loss) -> Self {
        Self {
            theta: Vec::new(),
            step: 0,
            viewport,
            is_plane,
            cost: loss.cost() / loss.samples().unwrap_or(1).max(1) + 1,
            level: 0,
            values: Vec::new(),
            has_look: false,
            shown: None,
            made: 0,
        }
    }

    /// Whether it is over this plot.
    #[must_use]
    pub fn is_over(&self, viewport: &Viewport) -> bool {
        self.viewport == *viewport
    }

    /// Takes the parameters of another step. A first look that is under way is finished
    /// first: what changes with every frame would otherwise never be seen.
    pub fn turn_to(&mut self, step: usize, theta: &[f64]) {
        let is_under_way = !self.has_look && !self.values.is_empty();
        if !is_under_way && self.theta != theta {
            self.theta.clear();
            self.theta.extend_from_slice(theta);
            self.values.clear();
            (self.step, self.level, self.has_look) = (step, 0, false);
        }
    }

    /// The latest sketch that is complete.
    #[must_use]
    pub fn shown(&self) -> Option<&Sketch> {
        self.shown.as_ref()
    }

    /// Counts the sketches made.
    #[must_use]
    pub fn made(&self) -> u64 {
        self.made
    }

    /// The levels that can be made within a frame; the first is made in any case.
    #[must_use]
    pub fn cheap_levels(&self) -> usize {
        let is_cheap =
            |level: &usize| self.places(*level).saturating_mul(self.cost) <= WITHIN_A_FRAME;
        (1..ALONG_BOTH.len()).take_while(is_cheap).count() + 1
    }

    fn side(&self, level: usize) -> usize {
        if self.is_plane { ALONG_BOTH[level] } else { ALONG_ONE[level] }
    }

    fn places(&self, level: usize) -> usize {
        let side = self.side(level);
        if self.is_plane { side * side } else { side }
    }

    /// Goes on until so many levels are complete or time is up; says whether they are.
    pub fn advance(
        &mut self,
        loss: &dyn Loss,
        levels: usize,
        is_time_up: &mut dyn FnMut() -> bool,
    ) -> bool {
        let levels = levels.min(ALONG_BOTH.len());
        if !self.has_look && self.values.is_empty() {
            // Of those that are made within a frame the last is enough.
            self.level = self.cheap_levels().min(levels).saturating_sub(1);
        }
        while self.level < levels {
            let places = self.places(self.level);
            while self.values.len() < places {
                if is_time_up() {
                    return false;
                }
                self.ask(loss, places);
            }
            let values = core::mem::take(&mut self.values);
            let (step, viewport, side) = (self.step, self.viewport, self.side(self.level));
            self.shown = Some(Sketch { step, viewport, side, values });
            self.has_look = true;
            self.made += 1;
            self.level += 1;
        }
        true
    }

    /// The next few places.
    fn ask(&mut self, loss: &dyn Loss, places: usize) {
        let first = self.values.len();
        let count = (BETWEEN_LOOKS / self.cost).max(TOGETHER).min(places - first);
        let side = self.side(self.level);
        let points = (first..first + count).map(|at| place(&self.viewport, side, at));
        let [mut xs, mut ys] = [const { Vec::new() }; 2];
        for [x, y] in points {
            xs.push(x);
            ys.push(y);
        }
        self.values.resize(first + count, 0.0);
        let columns = [&xs[..], &ys];
        let features = if self.is_plane { &columns[..] } else { &columns[..1] };
        loss.predict_many(&self.theta, features, &mut self.values[first..]);
    }
}

/// The coordinates of a place, row by row from the top.
fn place(viewport: &Viewport, side: usize, at: usize) -> [f64; 2] {
    viewport.to_point(pixel(viewport, side, at % side, at / side))
}

#[expect(clippy::cast_precision_loss, reason = "some dozens")]
fn pixel(viewport: &Viewport, side: usize, column: usize, row: usize) -> [f64; 2] {
    let plot = viewport.plot;
    let share = |at: usize| at as f64 / (side - 1) as f64;
    [plot.left + share(column) * plot.width, plot.top + share(row) * plot.height]
}

impl Sketch {
    /// The line where the chance of class 1 is one half; of a curve the curve.
    pub(super) fn outline(&self) -> Outline {
        if self.values.len() > self.side { self.boundary() } else { self.curve() }
    }

    fn curve(&self) -> Outline {
        let mut outline = Outline::default();
        let mut piece: Vec<[f64; 2]> = Vec::new();
        for (at, value) in self.values.iter().enumerate() {
            let [x, _] = pixel(&self.viewport, self.side, at, 0);
            let [_, y] = self.viewport.to_pixel([0.0, *value]);
            if y.is_finite() {
                piece.push([x, y]);
            } else {
                append_line(&mut outline, &piece);
                piece.clear();
            }
        }
        append_line(&mut outline, &piece);
        outline
    }

    fn boundary(&self) -> Outline {
        // A chance is nowhere near linear where the model is sure; its logarithm of odds is.
        let is_chance = self.values.iter().all(|value| (0.0..=1.0).contains(value));
        let bent = |value: f64| {
            let chance = value.clamp(1e-15, 1.0 - 1e-15);
            if is_chance { libm::log(chance / (1.0 - chance)) } else { value - 0.5 }
        };
        let bent: Vec<f64> = self.values.iter().map(|value| bent(*value)).collect();
        let value = |[column, row]: [usize; 2]| bent[row * self.side + column];
        let corner = |[column, row]: [usize; 2]| pixel(&self.viewport, self.side, column, row);
        trace(self.side - 1, &value, &|from, to| {
            let part = value(from) / (value(from) - value(to));
            let part = if part.is_finite() { part } else { 0.5 };
            let ([a, b], [c, d]) = (corner(from), corner(to));
            [a + part * (c - a), b + part * (d - b)]
        })
    }

    /// The ground under samples of two classes, as [`shade`](super::shade) paints it.
    #[must_use]
    pub fn shade(&self, palette: &Palette) -> Vec<u8> {
        let plot = self.viewport.plot;
        ground(palette, |column, row| {
            let share = |pixel: u32| (f64::from(pixel) + 0.5) / f64::from(SHADE);
            self.at([plot.left + share(column) * plot.width, plot.top + share(row) * plot.height])
        })
    }

    /// What the model says of a sample with this feature, of a curve.
    pub(super) fn of(&self, x: f64) -> f64 {
        self.at(self.viewport.to_pixel([x, 0.0]))
    }

    /// At a pixel, linearly between the places around it.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "some dozens"
    )]
    fn at(&self, [x, y]: [f64; 2]) -> f64 {
        let plot = self.viewport.plot;
        let cells = self.side - 1;
        let along = |share: f64| {
            let at = (share * cells as f64).clamp(0.0, cells as f64);
            let cell = (at as usize).min(cells - 1);
            (cell, at - cell as f64)
        };
        let (column, right) = along((x - plot.left) / plot.width);
        let in_row = |row: usize| {
            let [a, b] = [0, 1].map(|next| self.values[row * self.side + column + next]);
            a + right * (b - a)
        };
        if self.values.len() == self.side {
            return in_row(0);
        }
        let (row, down) = along((y - plot.top) / plot.height);
        let (above, below) = (in_row(row), in_row(row + 1));
        above + down * (below - above)
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::painter::Rect;
    use super::*;
    use crate::scenario::decode;
    use crate::view::Theme;

    const PLOT: Rect = Rect { left: 30.0, top: 10.0, width: 400.0, height: 300.0 };

    fn of(link: &str) -> Box<dyn Loss> {
        let (scenario, refused) = decode(link);
        assert!(refused.is_empty(), "{refused:?}");
        scenario.build_loss()
    }

    fn made(loss: &dyn Loss, viewport: Viewport, is_plane: bool, theta: &[f64]) -> Sketch {
        let mut sketching = Sketching::new(viewport, is_plane, loss);
        sketching.turn_to(7, theta);
        assert!(sketching.advance(loss, usize::MAX, &mut || false));
        let sketch = sketching.shown().expect("made").clone();
        assert_eq!(sketch.step, 7);
        sketch
    }

    #[test]
    fn a_boundary_lies_where_the_chance_is_one_half() {
        let loss = of("#loss=logistic_regression,data=moons");
        let viewport = Viewport { window: [-3.0, 3.0, -2.0, 2.5], plot: PLOT };
        for size in [0.5, 30.0, 2000.0] {
            let theta = [size, -0.7 * size];
            let sketch = made(loss.as_ref(), viewport, true, &theta);
            let outline = sketch.outline();
            assert!(outline.points.len() > 60);
            for pixel in &outline.points {
                let [x, y] = viewport.to_point(*pixel);
                assert!((x - 0.7 * y).abs() < 0.04, "{size}: {x}, {y}");
            }
            let shade = sketch.shade(Palette::of(Theme::Light));
            let classes = Palette::of(Theme::Light).classes;
            // Below at the right it is sure of class 1.
            assert_eq!(shade[shade.len() - 4..shade.len() - 1], classes[1].rgb);
            assert_eq!(shade[..3], classes[0].rgb);
        }
    }

    #[test]
    fn a_curve_is_what_is_predicted() {
        let loss = of("#loss=polynomial_regression,degree=5");
        let viewport = Viewport { window: [-1.0, 1.0, -3.0, 3.0], plot: PLOT };
        let theta = [0.3, -1.0, 0.8, 0.5, -0.2, 0.9];
        let sketch = made(loss.as_ref(), viewport, false, &theta);
        let outline = sketch.outline();
        assert!(outline.points.len() > 200);
        for pixel in outline.points {
            let [x, y] = viewport.to_point(pixel);
            assert!((loss.predict(&theta, &[x]) - y).abs() < 1e-9);
        }
        for x in [-0.93, 0.0, 0.41] {
            assert!((sketch.of(x) - loss.predict(&theta, &[x])).abs() < 2e-3);
        }
    }

    #[test]
    fn what_is_no_number_has_neither_curve_nor_ground() {
        let loss = of("#loss=polynomial_regression,degree=5");
        let viewport = Viewport { window: [-1.0, 1.0, -3.0, 3.0], plot: PLOT };
        let curve = made(loss.as_ref(), viewport, false, &[f64::NAN; 6]);
        assert!(curve.outline().points.is_empty());
        let loss = of("#loss=logistic_regression,data=moons");
        let plane = made(loss.as_ref(), viewport, true, &[f64::NAN; 2]);
        assert!(plane.outline().points.is_empty());
        assert!(plane.shade(Palette::of(Theme::Dark)).chunks(4).all(|pixel| pixel[3] == 0));
    }

    #[test]
    fn a_first_look_that_is_under_way_is_finished_before_the_next() {
        let loss = of("#loss=logistic_regression,data=moons");
        let viewport = Viewport { window: [-3.0, 3.0, -2.0, 2.5], plot: PLOT };
        let mut sketching = Sketching::new(viewport, true, loss.as_ref());
        sketching.cost = 100_000;
        sketching.turn_to(1, &[1.0, 0.0]);
        assert_eq!(sketching.cheap_levels(), 1);
        let mut looks = 0;
        let mut once = || {
            looks += 1;
            looks > 1
        };
        assert!(!sketching.advance(loss.as_ref(), 1, &mut once));
        sketching.turn_to(2, &[2.0, 0.0]);
        assert!(sketching.advance(loss.as_ref(), 1, &mut || false));
        assert_eq!(sketching.shown().map(|sketch| sketch.step), Some(1));
        // A finer one is given up for it.
        assert!(!sketching.advance(loss.as_ref(), 2, &mut || true));
        sketching.turn_to(2, &[2.0, 0.0]);
        assert!(sketching.advance(loss.as_ref(), usize::MAX, &mut || false));
        assert_eq!(sketching.shown().map(|sketch| (sketch.step, sketch.side)), Some((2, 65)));
        assert_eq!(sketching.made(), 4);
    }
}
