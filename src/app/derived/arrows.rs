//! What makes up a step, for the arrows at the current point.

use super::Derived;
use super::slice::SliceParts;
use crate::descent::Plane;
use crate::scenario::Scenario;
use crate::view::Vectors;

impl Derived {
    /// The arrows at `step` of a run: its gradient, what its rule has gathered,
    /// the step it takes.
    pub(in super::super) fn refresh_vectors(
        &mut self,
        scenario: &Scenario,
        index: usize,
        step: usize,
    ) {
        let cache = &self.runs[index];
        let (trajectory, loss) = (cache.trajectory(), self.loss.get().loss.as_ref());
        let step = step.min(trajectory.steps());
        let plane = self.slice.get().as_ref().map(SliceParts::plane);
        let turned = self.slice.generation();
        let key = (cache.run.generation(), turned, index, step, None);
        self.vectors.refresh(key, |_, _| {
            let on_map = |vector: &[f64]| on_map(plane, vector);
            let gradient = trajectory.gradient(step)?;
            // A network's run is made again up to here for each step looked at.
            if loss.layered().is_some() && scenario.is_long(loss) {
                return None;
            }
            let momentum = scenario.momentum_at(step, &scenario.runs[index], loss);
            let is_next_kept = trajectory.kept_step(step + 1) == step + 1;
            let moved = (step < trajectory.steps() && is_next_kept).then(|| {
                let (from, to) = (trajectory.point(step), trajectory.point(step + 1));
                let moved: Vec<f64> = to.iter().zip(from).map(|(to, from)| to - from).collect();
                on_map(&moved)
            });
            Some(Vectors {
                gradient: on_map(gradient),
                momentum: momentum.as_deref().map(on_map),
                step: moved,
                sample: None,
                is_batch: false,
            })
        });
    }

    /// The arrows at `step` of a run while a sample is looked at: its own gradient, and
    /// that of the samples the step takes.
    pub(in super::super) fn refresh_sample_vectors(
        &mut self,
        scenario: &Scenario,
        index: usize,
        step: usize,
        row: usize,
    ) {
        let cache = &self.runs[index];
        let step = step.min(cache.trajectory().steps());
        let key = (cache.run.generation(), self.turned(), index, step, Some(row));
        if self.vectors.key() == Some(&key) {
            return;
        }
        let batch = self.batch_at(scenario, &scenario.runs[index], step);
        let trajectory = self.runs[index].trajectory();
        let loss = self.loss.get().loss.as_ref();
        // What is held out has no part in the gradient.
        let sample = match loss.trained() {
            Some(rows) => rows.binary_search(&row).ok(),
            None => Some(row),
        };
        let plane = self.plane();
        let theta = trajectory.point(step);
        let slope = |batch: &[usize]| {
            let mut gradient = vec![0.0; theta.len()];
            loss.batch_gradient(theta, batch, &mut gradient);
            on_map(plane, &gradient)
        };
        let vectors = Vectors {
            gradient: slope(batch.as_deref().unwrap_or(&[])),
            momentum: None,
            step: None,
            sample: sample.map(|sample| (row, slope(&[sample]))),
            is_batch: batch.is_some(),
        };
        self.vectors.refresh(key, |_, _| Some(vectors));
    }
}

/// The part of a vector that lies on the map.
fn on_map(plane: Option<&Plane>, vector: &[f64]) -> [f64; 2] {
    match plane {
        Some(plane) => plane.along(vector),
        None => [vector[0], vector.get(1).copied().unwrap_or(0.0)],
    }
}
