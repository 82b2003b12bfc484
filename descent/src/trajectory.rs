//! Everything a run leaves behind.

mod thinned;

use super::average::Sums;
use super::constraint::{FeasibleSet, Region};
use super::layers::{Layer, LayerFigures};
use super::loss::Loss;
use super::precision::{Precision, Rounding};
use crate::linalg::norm;
use thinned::Thinned;

/// A run has diverged when a parameter, the loss or a gradient component is this many
/// times the largest of its numbers at the start (at least 1), or is not finite. Prices in
/// won and squares of populations are large from the start: that is no divergence.
pub const DIVERGED_ABOVE: f64 = 1e12;

/// The bound beyond which a run that starts with these numbers has diverged.
pub(super) fn bound(theta: &[f64], loss: f64, gradient: &[f64]) -> f64 {
    let largest = theta.iter().fold(1.0_f64, |largest, number| largest.max(number.abs()));
    let largest = largest.max(loss.abs()).max(norm(gradient));
    (DIVERGED_ABOVE * largest).min(f64::MAX)
}

/// Why a run took no further step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// All steps asked for were taken.
    StepsDone,
    /// The loss or the gradient fell to its stop rule.
    StopRuleMet,
    /// A number left the run's [`Trajectory::bound`] at the last step recorded.
    Diverged,
}

/// A finished run: for every step from 0 to [`Trajectory::steps`] the parameters,
/// the loss, its gradient over all data and the rate used to leave that step.
///
/// Of a network, whose parameters may be hundreds of thousands, points are kept at
/// even distances ([`Trajectory::stride`]), at most 16 MB of them, of up to 64 parameters
/// with their gradients, and of every gradient its length and its product with the next; of
/// its layers the figures, at most 5 MB. Of two parameters that is every point and every
/// gradient of the longest run.
#[derive(Clone, Debug, PartialEq)]
pub struct Trajectory {
    dimension: usize,
    precision: Precision,
    pub(super) parameters: Vec<f64>,
    pub(super) gradients: Vec<f64>,
    pub(super) losses: Vec<f64>,
    pub(super) learning_rates: Vec<f64>,
    pub(super) end: End,
    pub(super) bound: f64,
    /// Whether noise or mini-batches disturb the steps.
    pub(super) is_stochastic: bool,
    /// Where the parameters of each block have to be after each step.
    pub(super) region: Option<Region>,
    /// Of a loss with layers.
    thinned: Option<Thinned>,
}

/// A run explodes where its loss is so many times that at the start.
const EXPLODED: f64 = 100.0;
/// A loss is as good as 0 where it is less than this share of the one it rises to.
const NOTHING: f64 = 1e-10;
/// Of more parameters than this, room is made as points come, and a network's gradients
/// are not kept.
const FEW: usize = 64;

/// The memory of a run that is no longer needed. Dragging the rate asks for one
/// run after another; in fresh memory a long run spends more time on getting it
/// from the system than on the steps.
#[derive(Debug, Default)]
pub struct Storage {
    parameters: Vec<f64>,
    gradients: Vec<f64>,
    losses: Vec<f64>,
    learning_rates: Vec<f64>,
}

impl Trajectory {
    /// A run about to start, with room reserved for `rows` steps of `dimension`
    /// parameters. What an earlier run left stays, to be written over.
    pub(super) fn begin(
        storage: Storage,
        dimension: usize,
        precision: Precision,
        rows: usize,
    ) -> Self {
        let Storage { parameters, gradients, losses, learning_rates } = storage;
        let end = End::StepsDone;
        let mut trajectory = Self {
            dimension,
            precision,
            parameters,
            gradients,
            losses,
            learning_rates,
            end,
            bound: DIVERGED_ABOVE,
            is_stochastic: false,
            region: None,
            thinned: None,
        };
        if dimension <= FEW {
            for (column, width) in trajectory.columns() {
                column.reserve_exact((rows * width).saturating_sub(column.len()));
            }
        }
        trajectory
    }

    /// Keeps from here on, before the first step, only what there is room for, of a loss
    /// with so many layers.
    pub(super) fn thin_out(&mut self, layers: usize) {
        for (column, _) in self.columns() {
            column.clear();
        }
        self.thinned = Some(Thinned::new(layers));
    }

    /// Adds up, from here on, before the first step, the points that are averaged.
    pub(super) fn add_up(&mut self, sums: Option<Sums>) {
        if let Some(thinned) = &mut self.thinned {
            thinned.sums = sums;
        }
    }

    /// The sums of the points that are averaged, where they were added up along the run.
    pub(super) fn sums(&self) -> Option<&Sums> {
        self.thinned.as_ref()?.sums.as_ref()
    }

    /// Takes over the sums of a run that is the same up to the end of this one.
    pub(super) fn take_sums(&mut self, same: &mut Self) {
        if let (Some(thinned), Some(same)) = (&mut self.thinned, &mut same.thinned) {
            thinned.sums = same.sums.take();
        }
    }

    /// Whether it keeps only what there is room for.
    pub(super) fn is_thinned_out(&self) -> bool {
        self.thinned.is_some()
    }

    /// A run on a loss with so many layers of which nothing is known but where it starts:
    /// what is found there is not a number.
    #[must_use]
    pub fn standing(start: &[f64], precision: Precision, layers: usize) -> Self {
        let mut standing = Self::begin(Storage::default(), start.len(), precision, 1);
        standing.thin_out(layers);
        let start: Vec<f64> = start.iter().map(|start| precision.round(*start)).collect();
        standing.arrive(&start, (f64::NAN, &vec![f64::NAN; start.len()]), f64::NAN, &[]);
        standing
    }

    /// Records the point of the next step of a loss with layers, its loss, its gradient,
    /// the planned rate and the figures of its layers.
    pub(super) fn arrive(
        &mut self,
        theta: &[f64],
        (loss, gradient): (f64, &[f64]),
        rate: f64,
        figures: &[LayerFigures],
    ) {
        self.losses.push(loss);
        self.learning_rates.push(rate);
        if let Some(thinned) = &mut self.thinned {
            thinned.arrive([&mut self.parameters, &mut self.gradients], theta, gradient);
            thinned.look_at_layers(figures);
        }
    }

    /// Records the projected gradient at the point that has arrived.
    pub(super) fn push_projected(&mut self, gradient: &[f64]) {
        if let Some(thinned) = &mut self.thinned {
            thinned.projected.push(gradient);
        }
    }

    /// Records that the last step is left at this rate for `theta`.
    pub(super) fn leave(&mut self, layers: &[Layer], theta: &[f64], rate: f64) {
        if let Some(last) = self.learning_rates.last_mut() {
            *last = rate;
        }
        if let Some(thinned) = &mut self.thinned {
            thinned.leave(layers, theta);
        }
    }

    /// Gives up the run and keeps its memory for the next.
    #[must_use]
    pub fn into_storage(self) -> Storage {
        let Self { parameters, gradients, losses, learning_rates, .. } = self;
        Storage { parameters, gradients, losses, learning_rates }
    }

    /// Makes sure that there are at least `rows` steps to write to.
    pub(super) fn extend_to(&mut self, rows: usize) {
        for (column, width) in self.columns() {
            if column.len() < rows * width {
                column.resize(rows * width, 0.0);
            }
        }
    }

    /// Every column with how many numbers it holds a step.
    fn columns(&mut self) -> [(&mut Vec<f64>, usize); 4] {
        [
            (&mut self.parameters, self.dimension),
            (&mut self.gradients, self.dimension),
            (&mut self.losses, 1),
            (&mut self.learning_rates, 1),
        ]
    }

    /// Keeps the first `rows` steps.
    pub(super) fn truncate(&mut self, rows: usize) {
        if self.thinned.is_some() {
            return;
        }
        for (column, width) in self.columns() {
            column.truncate(rows * width);
        }
    }

    /// The number of parameters.
    #[must_use]
    pub fn dimension(&self) -> usize {
        self.dimension
    }

    /// What its parameters were rounded to.
    #[must_use]
    pub fn precision(&self) -> Precision {
        self.precision
    }

    /// T, the number of steps taken; there are T + 1 points.
    #[must_use]
    pub fn steps(&self) -> usize {
        self.losses.len() - 1
    }

    /// How many points come before its loss is a hundred times that at the start: what
    /// comes after would hide all else in a picture.
    ///
    /// A start at the minimum, where the loss is as good as 0, is no measure of what comes
    /// after: of a run that does not explode the median is one, else the loss after the
    /// first step that raises it.
    #[must_use]
    pub fn tame_points(&self) -> usize {
        let bound = EXPLODED * self.usual_loss();
        self.losses.iter().take_while(|loss| loss.abs() <= bound).count()
    }

    /// The size of the loss that explosions are measured by.
    fn usual_loss(&self) -> f64 {
        let start = self.losses[0].abs();
        let mut sizes: Vec<f64> = self.losses.iter().map(|loss| loss.abs()).collect();
        let last = sizes[sizes.len() - 1];
        let middle = sizes.len() / 2;
        let median = *sizes.select_nth_unstable_by(middle, f64::total_cmp).1;
        if self.end != End::Diverged && last <= EXPLODED * median {
            return start.max(median);
        }
        let mut raised = self.losses.iter().map(|loss| loss.abs()).filter(|size| *size > start);
        // No step along a gradient climbs so far: noise has left the minimum.
        match raised.next() {
            Some(after) if start < NOTHING * after => after,
            _ => start.max(f64::MIN_POSITIVE),
        }
    }

    /// Why the run ended.
    #[must_use]
    pub fn end(&self) -> End {
        self.end
    }

    /// The size beyond which a number of this run counts as diverged.
    #[must_use]
    pub fn bound(&self) -> f64 {
        self.bound
    }

    /// Whether noise or mini-batches disturbed its steps.
    #[must_use]
    pub fn is_stochastic(&self) -> bool {
        self.is_stochastic
    }

    /// Where its parameters had to be after each step, of a run on `loss`.
    #[must_use]
    pub fn feasible_set<'a>(&'a self, loss: &'a dyn Loss) -> Option<FeasibleSet<'a>> {
        self.region.as_ref().map(|region| FeasibleSet::new(region, loss, self.precision))
    }

    /// The length of the projected gradient at step `t`, of a constrained network.
    pub(super) fn projected_norm(&self, t: usize) -> Option<f64> {
        self.thinned.as_ref()?.projected.norms.get(t).copied()
    }

    /// The product of the projected gradient at step `t` with that of the next, of a
    /// constrained network.
    pub(super) fn projected_product(&self, t: usize) -> Option<f64> {
        self.thinned.as_ref()?.projected.products.get(t).copied()
    }

    /// From one step whose point is kept to the next: 1 where all are.
    #[must_use]
    pub fn stride(&self) -> usize {
        self.thinned.as_ref().map_or(1, |thinned| thinned.stride)
    }

    /// The last step up to `t` whose point is kept: `t` itself where all are, and at the
    /// end.
    #[must_use]
    pub fn kept_step(&self, t: usize) -> usize {
        self.thinned.as_ref().map_or(t, |thinned| thinned.kept_step(t))
    }

    /// The step whose point is kept after that of `t`.
    #[must_use]
    pub fn kept_after(&self, t: usize) -> usize {
        (self.kept_step(t) + self.stride()).min(self.steps())
    }

    /// The steps whose points are kept, from the start to the last one up to `until`.
    pub fn kept_steps(&self, until: usize) -> impl Iterator<Item = usize> + '_ {
        let last = self.kept_step(until.min(self.steps()));
        (0..last).step_by(self.stride()).chain([last])
    }

    /// θ at step `t`, or at [`Trajectory::kept_step`] of it.
    #[must_use]
    pub fn point(&self, t: usize) -> &[f64] {
        if let Some(thinned) = &self.thinned {
            if t >= self.steps() {
                return &thinned.last;
            }
            let place = t / thinned.stride;
            return &self.parameters[place * self.dimension..(place + 1) * self.dimension];
        }
        &self.parameters[t * self.dimension..(t + 1) * self.dimension]
    }

    /// ∇J at step `t`. `None` is not 0 but not kept: of a network with more than 64
    /// parameters, and between the points that are kept. Its length and its product with
    /// the next are known at every step: [`Trajectory::gradient_norm`],
    /// [`Trajectory::gradient_product`].
    #[must_use]
    pub fn gradient(&self, t: usize) -> Option<&[f64]> {
        let mut place = t;
        if let Some(thinned) = &self.thinned {
            if self.dimension > FEW {
                return None;
            }
            if t >= self.steps() {
                return Some(&thinned.last_gradient);
            }
            place = thinned.place(t)?;
        }
        Some(&self.gradients[place * self.dimension..(place + 1) * self.dimension])
    }

    /// ‖∇J‖ at step `t`.
    #[must_use]
    pub fn gradient_norm(&self, t: usize) -> f64 {
        match &self.thinned {
            Some(thinned) => thinned.gradient_norms[t],
            None => norm(&self.gradients[t * self.dimension..(t + 1) * self.dimension]),
        }
    }

    /// The product of ∇J at step `t` with that of the next.
    #[must_use]
    pub fn gradient_product(&self, t: usize) -> f64 {
        if let Some(thinned) = &self.thinned {
            return thinned.products[t];
        }
        let both = &self.gradients[t * self.dimension..(t + 2) * self.dimension];
        let (here, next) = both.split_at(self.dimension);
        here.iter().zip(next).map(|(a, b)| a * b).sum()
    }

    /// ‖θ_{t+1} − θ_t‖, how far the step that leaves `t` goes.
    #[must_use]
    pub fn step_length(&self, t: usize) -> f64 {
        if let Some(thinned) = &self.thinned {
            return thinned.lengths[t];
        }
        let moved = self.point(t).iter().zip(self.point(t + 1));
        moved.map(|(from, to)| (to - from) * (to - from)).sum::<f64>().sqrt()
    }

    /// Whether the step that leaves `t` changes nothing.
    #[must_use]
    pub fn stands_still(&self, t: usize) -> bool {
        match &self.thinned {
            Some(thinned) => thinned.lengths[t] == 0.0,
            None => self.point(t) == self.point(t + 1),
        }
    }

    /// What each layer does at step `t`, and the step it belongs to: `t`, or of a long
    /// run of many layers a little before. None without layers.
    #[must_use]
    pub fn layers(&self, t: usize) -> Option<(usize, &[LayerFigures])> {
        let thinned = self.thinned.as_ref()?;
        Some(thinned.figures_at(t)).filter(|(_, figures)| !figures.is_empty())
    }

    /// J at every step.
    #[must_use]
    pub fn losses(&self) -> &[f64] {
        &self.losses
    }

    /// The rate used to leave each step.
    #[must_use]
    pub fn learning_rates(&self) -> &[f64] {
        &self.learning_rates
    }

    /// Component `axis` of θ at every step whose point is kept.
    #[must_use]
    pub fn component(&self, axis: usize) -> impl ExactSizeIterator<Item = f64> + '_ {
        self.parameters.chunks_exact(self.dimension).map(move |point| point[axis])
    }
}

/// The Euclidean distance from `point` to the nearest of `minima`; none without
/// minima, or where it is not finite.
///
/// ```
/// use descent::distance_to_nearest;
/// let minima = [vec![0.0, 0.0], vec![3.0, 4.0]];
/// assert_eq!(distance_to_nearest(&[3.0, 3.0], &minima), Some(1.0));
/// assert_eq!(distance_to_nearest(&[3.0, 3.0], &[]), None);
/// ```
#[must_use]
pub fn distance_to_nearest(point: &[f64], minima: &[Vec<f64>]) -> Option<f64> {
    let distance = |minimum: &Vec<f64>| {
        let difference: Vec<f64> = point.iter().zip(minimum).map(|(a, b)| a - b).collect();
        norm(&difference)
    };
    let nearest = minima.iter().map(distance).fold(f64::INFINITY, f64::min);
    nearest.is_finite().then_some(nearest)
}
