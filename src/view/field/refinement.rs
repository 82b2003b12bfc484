//! The loss over a window, worked out at more and more nodes: for losses so dear that not
//! even a coarse map is made within a frame.

use super::super::viewport::Viewport;
use super::keys::{Place, between};
use super::nodes::Nodes;
use super::{Field, Scale, nodes_along};
use crate::descent::exp_of_negative;
use crate::descent::loss::Loss;

/// The coarsest nodes part the longer side of the window into 8 to 16 cells, and each
/// level halves them.
const COARSEST: f64 = 16.0;
const MOST_LEVELS: usize = 4;
/// So many levels are made however dear the loss is.
const LEAST_LEVELS: usize = 2;
/// A level that costs more exponentials than this is not made: some seconds.
const MOST_WORK: usize = 500_000_000;
/// Nothing between nodes is shown lower than this part of the lowest node.
const LEAST: f64 = 0.01;

/// A map in the making: levels of nodes, each with half the spacing of the one before.
///
/// Nodes lie at whole multiples of a power of two of the coordinates and not of the
/// window, so that a map that is dragged or zoomed takes over what it has.
pub struct Refinement {
    lowest: f64,
    window: [f64; 4],
    /// Width and height in device pixels, and pixels from sample to sample.
    size: [usize; 2],
    step: usize,
    levels: Vec<Nodes>,
    /// How many of them are complete.
    complete: usize,
}

impl Refinement {
    /// A map over `viewport` for a picture of `size` device pixels with a sample every
    /// `step` of them, of a loss whose infimum is `lowest` and whose values cost so many
    /// exponentials. What `before` has of the same loss is taken over.
    #[must_use]
    pub(in crate::view) fn begin(
        (lowest, cost): (f64, usize),
        viewport: &Viewport,
        (size, step): ([usize; 2], usize),
        before: Option<&Self>,
    ) -> Self {
        let window = covered(viewport.window, size, step);
        let [x0, x1, y0, y1] = window;
        #[expect(clippy::cast_possible_truncation, reason = "the exponent of a double")]
        let exponent = libm::ceil(libm::log2((x1 - x0).max(y1 - y0) / COARSEST)) as i32;
        let mut levels: Vec<Nodes> = Vec::new();
        for finer in 0..MOST_LEVELS {
            let mut nodes = Nodes::over(window, exponent - i32::try_from(finer).unwrap_or(0));
            if finer >= LEAST_LEVELS && nodes.count().saturating_mul(cost) > MOST_WORK {
                break;
            }
            for known in before.into_iter().flat_map(|before| &before.levels) {
                nodes.take_over(known);
            }
            levels.push(nodes);
        }
        Self { lowest, window: viewport.window, size, step, levels, complete: 0 }
    }

    /// Goes on until `levels` of them are complete or time is up; says whether they are.
    pub fn advance(
        &mut self,
        loss: &dyn Loss,
        levels: usize,
        is_time_up: &mut dyn FnMut() -> bool,
    ) -> bool {
        let levels = levels.min(self.levels.len());
        while self.complete < levels {
            if !self.levels[self.complete].work_out(loss, self.lowest, is_time_up) {
                return false;
            }
            self.complete += 1;
            let (coarser, finer) = self.levels.split_at_mut(self.complete);
            if let (Some(coarser), Some(finer)) = (coarser.last(), finer.first_mut()) {
                finer.take_over(coarser);
            }
        }
        true
    }

    /// How many levels are complete.
    #[must_use]
    pub fn complete(&self) -> usize {
        self.complete
    }

    /// Whether all of them are.
    #[must_use]
    pub fn is_done(&self) -> bool {
        self.complete == self.levels.len()
    }

    /// The share of the nodes that are known, 0 to 1.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "some thousands")]
    pub fn progress(&self) -> f64 {
        let known = self.levels.get(self.complete).map_or(0, Nodes::known);
        let all = self.levels.last().map_or(1, Nodes::count);
        if self.is_done() { 1.0 } else { (known as f64 / all as f64).min(1.0) }
    }

    /// Width and height of the picture in device pixels.
    pub(in crate::view) fn size(&self) -> [usize; 2] {
        self.size
    }

    /// The map of the finest level that is complete, or that took over half of its nodes
    /// from the map before: those that are missing then stand in for by coarser ones, for
    /// as long as it takes to work them out. None before the first.
    ///
    /// Between nodes stands Keys's cubic (1981) of ln(1 + (J − inf J)/ε), with the median
    /// of the coarsest nodes for ε: the loss of a network spans many decades in a window,
    /// and a polynomial of the loss itself would swing below it beside every cliff, while
    /// one of its logarithm would blunt the bottom of a bowl. Networks of rectifiers are
    /// only smooth piece by piece; a cubic, which looks at the next two nodes on either
    /// side, carries a kink no farther than those, and where these differ by decades a
    /// straight line takes its place.
    #[must_use]
    pub(in crate::view) fn field(&self) -> Option<Field> {
        let has_half = |nodes: &Nodes| 2 * nodes.known() >= nodes.count();
        let taken_over = self.levels.iter().rposition(has_half).map_or(0, |level| level + 1);
        let shown = self.complete.max(taken_over).checked_sub(1)?;
        let scale = self.levels[..=shown].iter().find_map(Nodes::median)?.max(1e-30);
        let mut grid = self.levels[0].logarithms(scale);
        self.levels[0].spread(&mut grid);
        for pair in self.levels[..=shown].windows(2) {
            let mut finer = pair[1].logarithms(scale);
            pair[1].fill_from(&pair[0], &grid, &mut finer);
            grid = finer;
        }
        Some(self.drawn(&self.levels[shown], &grid, scale))
    }

    fn drawn(&self, nodes: &Nodes, grid: &[f64], scale: f64) -> Field {
        let [x0, x1, y0, y1] = self.window;
        let xs = nodes_along(x0, x1, self.size[0], self.step);
        let ys = nodes_along(y1, y0, self.size[1], self.step);
        let [columns, rows] = nodes.sides();
        let places: Vec<Place> =
            xs.iter().map(|x| Place::of(nodes.place(0, *x), columns)).collect();
        let least = LEAST * nodes.least();
        let mut line = vec![0.0; columns];
        let mut losses = vec![0.0; xs.len() * ys.len()];
        for (losses, y) in losses.chunks_exact_mut(xs.len()).zip(&ys) {
            let place = Place::of(nodes.place(1, *y), rows);
            for (column, node) in line.iter_mut().enumerate() {
                *node = place.between(|row| grid[row * columns + column]);
            }
            between(&line, &places, losses);
            for loss in losses {
                let height = scale * (1.0 / exp_of_negative(-*loss) - 1.0);
                *loss = self.lowest + if height > least { height } else { least };
            }
        }
        let middle = losses[ys.len() / 2 * xs.len() + xs.len() / 2];
        let scale = Scale::around(middle, self.lowest);
        let mut values = vec![0.0; losses.len()];
        scale.take_logarithms(&losses, &mut values);
        Field::new(xs.len(), ys.len(), self.step, &scale, values)
    }
}

/// What the samples of a picture cover: the window, and up to a sample more at the right
/// and below.
#[expect(clippy::cast_precision_loss, reason = "pixels of a screen")]
fn covered([x0, x1, y0, y1]: [f64; 4], [width, height]: [usize; 2], step: usize) -> [f64; 4] {
    let beyond = |pixels: usize| (pixels.div_ceil(step) * step) as f64 / pixels as f64;
    [x0, x0 + (x1 - x0) * beyond(width), y1 - (y1 - y0) * beyond(height), y1]
}

#[cfg(test)]
mod tests {
    use super::super::super::painter::Rect;
    use super::*;
    use crate::descent::loss::OnPlane;
    use crate::scenario::{Scenario, decode};
    use crate::view::LossMap;

    const PLOT: Rect = Rect { left: 0.0, top: 0.0, width: 610.0, height: 520.0 };

    fn viewport(window: [f64; 4]) -> Viewport {
        Viewport::showing(window, PLOT, true)
    }

    fn begun(window: [f64; 4], lowest: f64, before: Option<&Refinement>) -> Refinement {
        LossMap::begin((lowest, 1), &viewport(window), 1.0, before).expect("it has pixels")
    }

    /// The largest error of the finest map in decades, where that is not all of one colour,
    /// and the mean of all errors.
    fn errors(loss: &dyn Loss, window: [f64; 4], lowest: f64) -> [f64; 2] {
        let mut refinement = begun(window, lowest, None);
        assert!(refinement.advance(loss, usize::MAX, &mut || false) && refinement.is_done());
        let field = refinement.field().expect("it is made");
        let (viewport, step) = (viewport(window), field.step());
        let (mut worst, mut sum, mut count) = (0.0_f64, 0.0, 0.0);
        for row in (0..field.height() - 1).step_by(7) {
            for column in (0..field.width() - 1).step_by(5) {
                let pixel = |at: usize| f64::from(u16::try_from(at * step).unwrap());
                let at = viewport.to_point([pixel(column), pixel(row)]);
                let exact = libm::log10(loss.value(&at) - lowest);
                if exact > field.range().low && exact < 100.0 {
                    let error = (field.at(column, row) - exact).abs();
                    (worst, sum, count) = (worst.max(error), sum + error, count + 1.0);
                }
            }
        }
        [worst, sum / count]
    }

    fn of(link: &str) -> (Scenario, Box<dyn Loss>) {
        let (scenario, refused) = decode(link);
        assert!(refused.is_empty(), "{refused:?}");
        let loss = scenario.build_loss();
        (scenario, loss)
    }

    #[test]
    fn the_finest_map_is_that_of_all_samples() {
        for (link, [worst, mean]) in [
            ("#v=1&loss=logistic_regression", [0.02, 1e-4]),
            ("#v=1&loss=linear_regression,data=line,error=absolute", [0.15, 1e-3]),
            ("#v=1&loss=himmelblau", [0.2, 1e-3]),
            ("#v=1&loss=rosenbrock", [0.7, 5e-3]),
        ] {
            let (scenario, loss) = of(link);
            let (rule, setting) = (scenario.loss.rule, scenario.setting());
            let found = errors(loss.as_ref(), (rule.window)(&setting), (rule.lowest)(&setting));
            assert!(found[0] < worst && found[1] < mean, "{link}: {found:?} decades");
        }
        let (scenario, loss) =
            of("#v=1&loss=polynomial_regression,degree=12&steps=300&run=adam,lr=0.1");
        let run = scenario.descend(&scenario.runs[0], loss.as_ref());
        let slice = scenario.slice(&run, loss.as_ref()).expect("many parameters");
        let on_plane = OnPlane { loss: loss.as_ref(), plane: &slice.plane };
        let found = errors(&on_plane, [-1.0, 4.0, -2.0, 2.0], 0.0);
        assert!(found[0] < 0.05 && found[1] < 1e-3, "{found:?} decades");
    }

    /// A loss that counts how often it is asked, and may say something else.
    struct Asked<'a> {
        inner: &'a dyn Loss,
        value: fn(&[f64]) -> Option<f64>,
        times: core::cell::Cell<usize>,
        places: core::cell::RefCell<std::collections::HashSet<[u64; 2]>>,
    }

    fn asked(inner: &dyn Loss, value: fn(&[f64]) -> Option<f64>) -> Asked<'_> {
        let (times, places) = Default::default();
        Asked { inner, value, times, places }
    }

    impl Loss for Asked<'_> {
        fn dimension(&self) -> usize {
            2
        }

        fn value(&self, theta: &[f64]) -> f64 {
            self.times.set(self.times.get() + 1);
            self.places.borrow_mut().insert([theta[0].to_bits(), theta[1].to_bits()]);
            (self.value)(theta).unwrap_or_else(|| self.inner.value(theta))
        }

        fn value_and_gradient(&self, theta: &[f64], gradient: &mut [f64]) -> f64 {
            self.inner.value_and_gradient(theta, gradient)
        }

        fn batch_gradient(&self, theta: &[f64], batch: &[usize], gradient: &mut [f64]) {
            self.inner.batch_gradient(theta, batch, gradient);
        }

        fn curvature(&self, theta: &[f64]) -> Option<crate::descent::Curvature> {
            self.inner.curvature(theta)
        }

        fn hessian(&self, theta: &[f64], out: &mut [f64]) -> bool {
            self.inner.hessian(theta, out)
        }

        fn advance(
            &self,
            progress: &mut crate::descent::Progress,
            optimizer: &mut dyn crate::descent::optimizer::Optimizer,
            descent: &crate::descent::Descent<'_>,
            until: usize,
        ) {
            self.inner.advance(progress, optimizer, descent, until);
        }
    }

    #[test]
    fn no_node_is_worked_out_twice_and_a_map_that_moves_keeps_its_own() {
        let (_, loss) = of("#loss=booth");
        let loss = asked(loss.as_ref(), |_| None);
        let mut map = begun([-4.0, 4.0, -3.0, 3.0], 0.0, None);
        assert!(map.field().is_none(), "nothing is known");
        assert!(
            !map.advance(&loss, 1, &mut || loss.times.get() >= 50),
            "time is up before the end"
        );
        assert_eq!(loss.times.get(), 50);
        assert!(map.field().is_none());
        let mut made = 0.0;
        for level in 1..=MOST_LEVELS {
            assert!(map.advance(&loss, level, &mut || false));
            assert_eq!(map.complete(), level);
            assert!(loss.times.get() >= map.levels[level - 1].count());
            assert_eq!(loss.times.get(), loss.places.borrow().len(), "each once");
            assert!(map.field().is_some() && map.progress() > made);
            made = map.progress();
        }
        let all = loss.times.replace(0);
        let exact = map.field().expect("done");
        let mut moved = begun([-3.9, 4.1, -3.0, 3.0], 0.0, Some(&map));
        let ahead = moved.field().expect("most of it is known");
        assert_eq!(ahead.width(), exact.width());
        assert!(moved.advance(&loss, usize::MAX, &mut || false));
        assert!(loss.times.get() < all / 20, "{} of {all}", loss.times.get());
        // The same nodes, however they were come by.
        let mut fresh = begun([-3.9, 4.1, -3.0, 3.0], 0.0, None);
        assert!(fresh.advance(&loss, usize::MAX, &mut || false));
        let (moved, fresh) = (moved.field().expect("done"), fresh.field().expect("done"));
        assert_eq!(moved.values(), fresh.values());
    }

    #[test]
    fn what_is_no_number_stands_like_a_cliff_and_the_rest_is_right() {
        let (_, inner) = of("#loss=booth");
        let bowl = |at: &[f64]| 1.0 + at[0] * at[0] + at[1] * at[1];
        let loss = asked(inner.as_ref(), |at| {
            Some(if at[0] > 1.0 { f64::NAN } else { 1.0 + at[0] * at[0] + at[1] * at[1] })
        });
        let mut map = begun([-2.0, 2.0, -2.0, 2.0], 0.0, None);
        assert!(map.advance(&loss, usize::MAX, &mut || false));
        let field = map.field().expect("done");
        let viewport = viewport([-2.0, 2.0, -2.0, 2.0]);
        assert!(field.values().iter().all(|value| value.is_finite()));
        for row in 0..field.height() {
            for column in 0..field.width() {
                let pixel = |at: usize| f64::from(u16::try_from(at * field.step()).unwrap());
                let at = viewport.to_point([pixel(column), pixel(row)]);
                let decades = field.at(column, row);
                if at[0] < 0.9 {
                    assert!((decades - libm::log10(bowl(&at))).abs() < 1e-3, "{at:?}: {decades}");
                } else if at[0] > 1.1 {
                    assert!(decades > 100.0, "{at:?}: {decades}");
                }
            }
        }
    }
}
