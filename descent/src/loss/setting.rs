//! What a loss is made of.

use core::ops::{Deref, DerefMut};

use super::super::data::Samples;

/// Values for the knobs of a loss, and a person's own samples, for a loss that has
/// data and whose knob says so. Derefs to the values.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Setting {
    /// The values of the knobs, in their order.
    pub knobs: Vec<f64>,
    /// A person's own samples.
    pub own: Option<Samples>,
}

impl Setting {
    /// These values, and nobody's own samples.
    #[must_use]
    pub fn of(knobs: &[f64]) -> Self {
        Self { knobs: knobs.to_vec(), own: None }
    }
}

impl Deref for Setting {
    type Target = [f64];

    fn deref(&self) -> &[f64] {
        &self.knobs
    }
}

impl DerefMut for Setting {
    fn deref_mut(&mut self) -> &mut [f64] {
        &mut self.knobs
    }
}
