//! What is kept of a run whose parameters are too many to keep them all.

use super::super::average::Sums;
use super::super::layers::{Layer, LayerFigures};
use super::FEW;
use crate::linalg::lanes::{distance, dot, norm};

/// At most so many parameters of points are kept: 16 MB.
const MOST_PARAMETERS: usize = 1 << 21;
/// So many points are kept, however many parameters they have.
const LEAST_POINTS: usize = 16;
/// At most so many figures of layers are kept: 5 MB.
const MOST_FIGURES: usize = 1 << 17;

/// A number a step of what would need the gradients, the figures of the layers, and
/// points at a distance that doubles when they become too many.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Thinned {
    /// From one point that is kept to the next.
    pub(super) stride: usize,
    /// ‖∇J‖.
    pub(super) gradient_norms: Vec<f64>,
    /// ∇J·∇J of the next step.
    pub(super) products: Vec<f64>,
    /// The same of the projected gradients of a constrained run.
    pub(super) projected: Projected,
    /// ‖Δθ‖ of the step that leaves.
    pub(super) lengths: Vec<f64>,
    /// How many layers there are.
    pub(super) layers: usize,
    /// From one step whose figures are kept to the next.
    pub(super) figures_stride: usize,
    pub(super) figures: Vec<LayerFigures>,
    /// The figures of the last step.
    pub(super) last_figures: Vec<LayerFigures>,
    /// θ and ∇J of the last step.
    pub(super) last: Vec<f64>,
    pub(super) last_gradient: Vec<f64>,
    /// The sums of the points that are averaged, where a run asks for an average.
    pub(super) sums: Option<Sums>,
}

/// What is kept of the projected gradients of a constrained run.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Projected {
    /// The length at each step.
    pub(super) norms: Vec<f64>,
    /// The product with that of the next step.
    pub(super) products: Vec<f64>,
    /// That of the last step.
    last: Vec<f64>,
}

impl Projected {
    /// Takes in that of the next step.
    pub(super) fn push(&mut self, gradient: &[f64]) {
        if !self.norms.is_empty() {
            self.products.push(dot(&self.last, gradient));
        }
        self.norms.push(norm(gradient));
        self.last.clear();
        self.last.extend_from_slice(gradient);
    }
}

impl Thinned {
    pub(super) fn new(layers: usize) -> Self {
        Self { stride: 1, figures_stride: 1, layers, ..Self::default() }
    }

    /// Takes in the point of the next step; `points` and `gradients` are those that are
    /// kept, of more than [`FEW`] parameters no gradients.
    pub(super) fn arrive(
        &mut self,
        [points, gradients]: [&mut Vec<f64>; 2],
        theta: &[f64],
        gradient: &[f64],
    ) {
        let step = self.gradient_norms.len();
        if step > 0 {
            self.products.push(dot(&self.last_gradient, gradient));
            self.lengths.push(distance(&self.last, theta));
        }
        self.gradient_norms.push(norm(gradient));
        self.last.clear();
        self.last.extend_from_slice(theta);
        self.last_gradient.clear();
        self.last_gradient.extend_from_slice(gradient);
        if let Some(sums) = &mut self.sums {
            sums.take(step, theta);
        }
        if step.is_multiple_of(self.stride) {
            let most = (MOST_PARAMETERS / theta.len().max(1)).max(LEAST_POINTS);
            if points.len() >= most * theta.len() {
                halve(points, theta.len());
                halve(gradients, theta.len());
                self.stride *= 2;
            }
            if step.is_multiple_of(self.stride) {
                points.extend_from_slice(theta);
                if theta.len() <= FEW {
                    gradients.extend_from_slice(gradient);
                }
            }
        }
    }

    /// The place of `t` among the points that are kept, if it is one.
    pub(super) fn place(&self, t: usize) -> Option<usize> {
        t.is_multiple_of(self.stride).then_some(t / self.stride)
    }

    /// Takes in the figures of the layers at the point that has arrived, and completes
    /// those of the step before by how far it went.
    pub(super) fn look_at_layers(&mut self, figures: &[LayerFigures]) {
        let step = self.gradient_norms.len() - 1;
        self.last_figures.clear();
        self.last_figures.extend_from_slice(figures);
        if step.is_multiple_of(self.figures_stride) {
            if self.figures.len() >= MOST_FIGURES {
                halve(&mut self.figures, self.layers);
                self.figures_stride *= 2;
            }
            if step.is_multiple_of(self.figures_stride) {
                self.figures.extend_from_slice(figures);
            }
        }
    }

    /// Notes how far the weights of each layer go in the step that leaves.
    pub(super) fn leave(&mut self, layers: &[Layer], theta: &[f64]) {
        let step = self.gradient_norms.len() - 1;
        let is_kept = step.is_multiple_of(self.figures_stride);
        let kept = self.figures.len().saturating_sub(self.layers);
        for (at, layer) in layers.iter().enumerate() {
            let places = layer.weights.clone();
            let update = distance(&self.last[places.clone()], &theta[places]);
            self.last_figures[at].update = update;
            if is_kept {
                self.figures[kept + at].update = update;
            }
        }
    }

    /// The last step recorded.
    fn last_step(&self) -> usize {
        self.gradient_norms.len().saturating_sub(1)
    }

    /// The last step up to `t` whose point is kept.
    pub(super) fn kept_step(&self, t: usize) -> usize {
        if t >= self.last_step() { self.last_step() } else { t - t % self.stride }
    }

    /// The figures of the layers at `t`, or at the last step before whose are kept.
    pub(super) fn figures_at(&self, t: usize) -> (usize, &[LayerFigures]) {
        if t >= self.last_step() {
            return (self.last_step(), &self.last_figures);
        }
        let place = t / self.figures_stride;
        let figures = &self.figures[place * self.layers..(place + 1) * self.layers];
        (place * self.figures_stride, figures)
    }
}

/// Keeps every other row of `width` numbers.
fn halve<T: Copy>(rows: &mut Vec<T>, width: usize) {
    let count = (rows.len() / width.max(1)).div_ceil(2);
    for row in 1..count {
        rows.copy_within(2 * row * width..(2 * row + 1) * width, row * width);
    }
    rows.truncate(count * width);
}

#[cfg(test)]
#[expect(clippy::float_cmp, reason = "whole numbers and copies")]
mod tests {
    use super::*;

    fn arrived(steps: usize, width: usize) -> (Thinned, [Vec<f64>; 2]) {
        let (mut thinned, mut kept) = (Thinned::new(1), [Vec::new(), Vec::new()]);
        for step in 0..=steps {
            let at = f64::from(u32::try_from(step).unwrap());
            let theta = vec![at; width];
            let sign = if step % 2 == 0 { 1.0 } else { -1.0 };
            thinned.arrive(kept.each_mut(), &theta, &vec![sign; width]);
            let figures = [LayerFigures { gradient: at, ..LayerFigures::default() }];
            thinned.look_at_layers(&figures);
            let layer = Layer { weights: 0..width, biases: 0..0, inputs: width, outputs: 1 };
            thinned.leave(&[layer], &vec![at + 1.0; width]);
        }
        (thinned, kept)
    }

    #[test]
    fn points_are_kept_within_the_budget_at_even_distances_and_the_last_one_always() {
        let width = MOST_PARAMETERS / 20;
        let (thinned, [points, gradients]) = arrived(101, width);
        assert!(points.len() <= MOST_PARAMETERS && gradients.is_empty());
        assert_eq!(thinned.stride, 8);
        for t in 0..101 {
            let kept = thinned.kept_step(t);
            assert_eq!(kept, t / 8 * 8);
            assert_eq!(points[kept / 8 * width], f64::from(u32::try_from(kept).unwrap()));
        }
        assert_eq!((thinned.kept_step(101), thinned.last[0]), (101, 101.0));
    }

    #[test]
    fn of_few_parameters_the_gradients_of_the_points_are_kept_too() {
        let steps = 3 * MOST_PARAMETERS / FEW;
        let (thinned, [points, gradients]) = arrived(steps, FEW);
        assert_eq!((thinned.stride, points.len()), (4, gradients.len()));
        let kept = points.chunks(FEW).zip(gradients.chunks(FEW));
        for (place, (point, gradient)) in kept.enumerate() {
            let step = thinned.stride * place;
            assert_eq!(point[0], f64::from(u32::try_from(step).unwrap()));
            assert_eq!((gradient[0], thinned.place(step)), (1.0, Some(place)));
            assert_eq!(thinned.place(step + 1), None);
        }
    }

    #[test]
    fn every_step_has_its_norm_product_and_length() {
        let (thinned, _) = arrived(1000, 4);
        assert_eq!(thinned.stride, 1);
        assert!(thinned.gradient_norms.iter().all(|norm| *norm == 2.0));
        assert_eq!(thinned.products.len(), 1000);
        assert!(thinned.products.iter().all(|product| *product == -4.0));
        assert!(thinned.lengths.iter().all(|length| *length == 2.0));
    }

    #[test]
    fn figures_of_layers_thin_out_as_well_and_know_their_step() {
        let steps = MOST_FIGURES + 10;
        let (thinned, _) = arrived(steps, 1);
        assert_eq!(thinned.figures_stride, 2);
        let (step, figures) = thinned.figures_at(77_777);
        assert_eq!((step, figures[0].gradient, figures[0].update), (77_776, 77_776.0, 1.0));
        let (step, figures) = thinned.figures_at(steps);
        assert_eq!((step, figures[0].gradient), (steps, f64::from(u32::try_from(steps).unwrap())));
    }
}
