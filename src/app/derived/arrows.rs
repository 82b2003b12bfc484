//! What makes up a step, for the arrows at the current point.

use super::Derived;
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
        self.vectors.refresh((cache.run.generation(), index, step, None), |_, _| {
            let on_map = |vector: &[f64]| [vector[0], vector.get(1).copied().unwrap_or(0.0)];
            let momentum = scenario.momentum_at(step, &scenario.runs[index], loss);
            let moved = (step < trajectory.steps()).then(|| {
                let (from, to) = (trajectory.point(step), trajectory.point(step + 1));
                let moved: Vec<f64> = to.iter().zip(from).map(|(to, from)| to - from).collect();
                on_map(&moved)
            });
            Some(Vectors {
                gradient: on_map(trajectory.gradient(step)),
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
        let key = (cache.run.generation(), index, step, Some(row));
        if self.vectors.key() == Some(&key) {
            return;
        }
        let batch = self.batch_at(scenario, &scenario.runs[index], step);
        let trajectory = self.runs[index].trajectory();
        let loss = self.loss.get().loss.as_ref();
        let sample = match loss.trained() {
            Some(rows) => rows.binary_search(&row).unwrap_or(0),
            None => row,
        };
        let theta = trajectory.point(step);
        let slope = |batch: &[usize]| {
            let mut gradient = vec![0.0; theta.len()];
            loss.batch_gradient(theta, batch, &mut gradient);
            [gradient[0], gradient.get(1).copied().unwrap_or(0.0)]
        };
        let vectors = Vectors {
            gradient: slope(batch.as_deref().unwrap_or(&[])),
            momentum: None,
            step: None,
            sample: Some((row, slope(&[sample]))),
            is_batch: batch.is_some(),
        };
        self.vectors.refresh(key, |_, _| Some(vectors));
    }
}
