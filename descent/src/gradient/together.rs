//! The same for many runs at once.

use super::{Batches, Noise, negate, round};
use crate::loss::Loss;
use crate::run::Descent;

/// Prepares the gradients of runs that differ only in their start: they draw the
/// same samples and the same noise. Parameters and gradients are all x, then all y.
#[derive(Default)]
pub(crate) struct PreparedTogether {
    batches: Option<Batches>,
    noise: Option<Noise>,
    gradients: Vec<f64>,
}

impl PreparedTogether {
    /// Before the first step of such runs.
    pub(crate) fn of(descent: &Descent<'_>) -> Self {
        Self {
            batches: descent.sampling.map(Batches::new),
            noise: descent.noise.clone(),
            gradients: Vec::new(),
        }
    }

    /// What the optimizer gets to see at points where the loss has these gradients.
    pub(crate) fn prepare<'a>(
        &'a mut self,
        loss: &dyn Loss,
        descent: &Descent<'_>,
        theta: &[f64],
        gradients: &'a [f64],
    ) -> &'a [f64] {
        if descent.is_bare() {
            return gradients;
        }
        self.gradients.clear();
        self.gradients.extend_from_slice(gradients);
        let precision = descent.precision;
        let (by_x, by_y) = self.gradients.split_at_mut(gradients.len() / 2);
        let batch = self.batches.as_mut().and_then(Batches::next_batch);
        let mut noise = [0.0; 2];
        if let Some(source) = &mut self.noise {
            source.add_to(&mut noise);
        }
        let (xs, ys) = theta.split_at(theta.len() / 2);
        for ((gx, gy), (x, y)) in by_x.iter_mut().zip(by_y).zip(xs.iter().zip(ys)) {
            let mut gradient = [*gx, *gy];
            if let Some(batch) = batch {
                loss.batch_gradient(&[*x, *y], batch, &mut gradient);
            }
            if descent.ascends {
                negate(&mut gradient);
            }
            round(precision, &mut gradient);
            if self.noise.is_some() {
                gradient[0] += noise[0];
                gradient[1] += noise[1];
                round(precision, &mut gradient);
            }
            if let Some(clip) = descent.clip {
                clip.clip(&mut gradient);
                round(precision, &mut gradient);
            }
            [*gx, *gy] = gradient;
        }
        &self.gradients
    }
}
