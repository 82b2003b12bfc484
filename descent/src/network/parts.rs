//! The order in which a walk over all samples is done, part by part.

use super::kernel::BLOCK;
use super::plan::Plan;

/// As many products are added up in the time of one exponential.
pub(super) const PRODUCTS: usize = 32;

/// One part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// Taking over the weights of a layer.
    Weights(usize),
    /// The block through a layer.
    Forward(usize),
    /// And back.
    Backward(usize),
    /// What is done once in the end.
    Finish,
}

/// Which part comes next: the weights of all layers, then each block forward and back.
/// Wherever it stops, the parts and their order are the same, and so are the bits.
#[derive(Clone, Debug)]
pub(super) struct Parts {
    next: Option<Part>,
    /// Whether blocks come back.
    returns: bool,
    samples: usize,
    /// The block's first sample.
    first: usize,
}

impl Parts {
    /// Those of a walk over so many samples.
    pub(super) fn of(samples: usize, returns: bool) -> Self {
        Self { next: Some(Part::Weights(0)), returns, samples, first: 0 }
    }

    /// The first sample of the block and how many it has.
    pub(super) fn block(&self) -> (usize, usize) {
        (self.first, BLOCK.min(self.samples - self.first))
    }

    /// Whether none is left.
    pub(super) fn is_done(&self) -> bool {
        self.next.is_none()
    }

    /// Has parts of about so much effort done, in exponentials, but at least one; says
    /// whether none is left. `work` says what a part cost.
    pub(super) fn advance(
        &mut self,
        plan: &Plan,
        effort: usize,
        mut work: impl FnMut(Part, &Self) -> usize,
    ) -> bool {
        let mut spent = 0;
        while let Some(part) = self.next
            && (spent == 0 || spent < effort)
        {
            spent += 1 + work(part, self);
            self.next = self.after(part, plan.places.len() - 1);
        }
        self.next.is_none()
    }

    fn after(&mut self, part: Part, last: usize) -> Option<Part> {
        match part {
            Part::Weights(layer) if layer < last => Some(Part::Weights(layer + 1)),
            Part::Weights(_) => Some(self.begin()),
            Part::Forward(layer) if layer < last => Some(Part::Forward(layer + 1)),
            Part::Forward(_) if self.returns => Some(Part::Backward(last)),
            Part::Backward(layer) if layer > 0 => Some(Part::Backward(layer - 1)),
            Part::Forward(_) | Part::Backward(_) => {
                self.first += self.block().1;
                Some(self.begin())
            }
            Part::Finish => None,
        }
    }

    /// The first part of the block that is next, if there is one.
    fn begin(&self) -> Part {
        if self.first < self.samples { Part::Forward(0) } else { Part::Finish }
    }
}

/// Whether both have the same bits, what is not a number included.
pub(super) fn is_same(one: &[f64], other: &[f64]) -> bool {
    one.len() == other.len()
        && one.iter().zip(other).all(|(one, other)| one.to_bits() == other.to_bits())
}

/// Makes `copy` the same as `original`.
pub(super) fn copy_to<T: Copy>(copy: &mut Vec<T>, original: &[T]) {
    copy.clear();
    copy.extend_from_slice(original);
}
