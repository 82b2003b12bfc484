//! The network as the rest of the program sees a loss.

use super::super::super::data::{Samples, standardized};
use super::super::super::network::Network;
use super::super::super::run::advance_many;
use super::super::super::{Activity, Layer, Layered, Making};
use super::super::{Curvature, Descent, Loss, Optimizer, Progress, Setting};
use super::{L1_PLACE, L2_PLACE, RULE, STANDARDIZE_PLACE, activation, error, making, shape};

/// A Hessian is handed out of so many parameters: one product each.
pub(super) const FEW: usize = 32;

/// A network and its samples.
pub(super) struct OnSamples {
    /// In the units that it works in.
    samples: Samples,
    network: Network,
    making: Making,
}

impl OnSamples {
    pub(super) fn new(setting: &Setting) -> Self {
        let mut samples = RULE.samples(setting);
        let error = error(setting);
        if setting[STANDARDIZE_PLACE] > 0.0 {
            let has_classes = samples.features() > 1;
            let columns = samples.columns().iter().enumerate().map(|(place, column)| {
                let is_class = has_classes && place == samples.features();
                if is_class { column.numbers.clone() } else { standardized(&column.numbers) }
            });
            samples = samples.with_numbers(columns.collect::<Vec<_>>());
        }
        let features = (0..samples.features()).map(|place| samples.column(place).to_vec());
        let network = Network::new(
            shape(setting),
            activation(setting),
            error,
            features.collect(),
            samples.target().to_vec(),
            setting[L1_PLACE],
            setting[L2_PLACE],
        );
        Self { samples, network, making: making(setting) }
    }
}

impl Layered for OnSamples {
    fn layers(&self) -> &[Layer] {
        self.network.layers()
    }

    fn activity(&self, out: &mut [Activity]) {
        self.network.activity(out);
    }

    fn making(&self) -> Making {
        self.making
    }
}

impl Loss for OnSamples {
    fn dimension(&self) -> usize {
        self.network.dimension()
    }

    fn value(&self, theta: &[f64]) -> f64 {
        self.network.value(theta)
    }

    fn value_and_gradient(&self, theta: &[f64], gradient: &mut [f64]) -> f64 {
        self.network.value_and_gradient(theta, gradient)
    }

    fn data(&self) -> Option<&Samples> {
        Some(&self.samples)
    }

    fn predict(&self, theta: &[f64], features: &[f64]) -> f64 {
        self.network.predict(theta, features)
    }

    fn predict_many(&self, theta: &[f64], features: &[&[f64]], out: &mut [f64]) {
        self.network.predict_many(theta, features, out);
    }

    fn layered(&self) -> Option<&dyn Layered> {
        Some(self)
    }

    fn prepare_value(&self, theta: &[f64], effort: usize) -> bool {
        self.network.prepare_value(theta, effort)
    }

    fn prepare(&self, theta: &[f64], effort: usize) -> bool {
        self.network.prepare(theta, effort)
    }

    fn prepare_batch(&self, theta: &[f64], batch: &[usize], effort: usize) -> bool {
        self.network.prepare_batch(theta, batch, effort)
    }

    fn cost(&self) -> usize {
        self.network.cost()
    }

    fn constant_guess(&self) -> Option<f64> {
        self.network.constant_guess()
    }

    fn batch_gradient(&self, theta: &[f64], batch: &[usize], gradient: &mut [f64]) {
        self.network.batch_gradient(theta, batch, gradient);
    }

    /// Of two parameters, where the map and the rules of an outcome ask for it.
    fn curvature(&self, theta: &[f64]) -> Option<Curvature> {
        let mut hessian = [0.0; 4];
        let n = theta.len();
        let is_known = n <= 2 && self.hessian(theta, &mut hessian[..n * n]);
        is_known.then(|| Curvature::of_symmetric(&hessian[..n * n]))
    }

    fn has_hessian(&self) -> bool {
        self.dimension() <= FEW
    }

    fn hessian(&self, theta: &[f64], out: &mut [f64]) -> bool {
        let n = theta.len();
        if n > FEW {
            return false;
        }
        let mut axis = vec![0.0; n];
        for (place, row) in out.chunks_exact_mut(n).enumerate() {
            axis.fill(0.0);
            axis[place] = 1.0;
            self.network.curvature_product(theta, &axis, row);
        }
        true
    }

    fn curvature_product(&self, theta: &[f64], vector: &[f64], out: &mut [f64]) -> bool {
        self.network.curvature_product(theta, vector, out);
        true
    }

    fn prepare_product(&self, theta: &[f64], vector: &[f64], effort: usize) -> bool {
        self.network.prepare_product(theta, vector, effort)
    }

    fn advance(
        &self,
        progress: &mut Progress,
        optimizer: &mut dyn Optimizer,
        descent: &Descent<'_>,
        until: usize,
    ) {
        advance_many(self, progress, optimizer, descent, until);
    }
}
