//! The rules that are compiled into each loss's loop.

use super::super::Exact;
use super::adam::Adam;
use super::{Optimizer, Place, Sgd, Update};

/// In double precision, plain descent, whose step is so short that a call through
/// a pointer would double it, and Adam, which most people use: through a pointer
/// its gradient would go through memory and cost a third more.
pub enum Inlined {
    /// Plain descent.
    Sgd(Sgd),
    /// Adam, AMSGrad or AdamW.
    Adam(Adam),
}

impl Optimizer for Inlined {
    #[expect(clippy::inline_always, reason = "what this type is for")]
    #[inline(always)]
    fn step(&mut self, theta: &mut [f64], place: &Place<'_>) -> f64 {
        let Place { gradient, learning_rate, .. } = *place;
        match self {
            Self::Sgd(sgd) => sgd.update(Exact, theta, gradient, learning_rate),
            Self::Adam(adam) => adam.update(Exact, theta, gradient, learning_rate),
        }
        learning_rate
    }

    fn momentum(&self) -> Option<&[f64]> {
        match self {
            Self::Sgd(_) => None,
            Self::Adam(adam) => adam.momentum(),
        }
    }

    fn preconditioner(&self, out: &mut [f64]) -> bool {
        match self {
            Self::Sgd(_) => false,
            Self::Adam(adam) => adam.preconditioner(out),
        }
    }

    fn is_elementwise(&self) -> bool {
        true
    }

    fn inlined(&mut self) -> Option<&mut Inlined> {
        Some(self)
    }
}
