//! Backtracking: how far to go along a direction that leads downhill.

use super::{Place, Precision, Rounding};
use crate::linalg::dot;

/// Armijo's rule: of the lengths t, t·shrink, t·shrink², … the first that lowers
/// the loss by at least c₁ of what the slope promises. Source: Armijo,
/// *Minimization of functions having Lipschitz continuous first partial
/// derivatives* (1966); Nocedal and Wright, *Numerical Optimization* (2006),
/// algorithm 3.1.
pub(super) struct Backtracking {
    c1: f64,
    shrink: f64,
    precision: Precision,
    search: Search,
    trial: Vec<f64>,
}

/// How far the search of a step is.
#[derive(Clone, Copy)]
enum Search {
    /// It is not begun.
    Idle,
    /// This length is tried, after so many others.
    Trying(f64, usize),
    /// The trial is the point sought, at this length.
    Found(f64),
    /// There is none.
    InVain,
}

/// The share of the first length at which a search gives up, 2⁻⁶⁰: sixty halvings
/// are more than a number has digits.
const SHORTEST: f64 = 8.673_617_379_884_035e-19;

/// The most lengths tried in a step. With the slowest shrinking of all, by 0.9, the share
/// above is reached after 395; lengths that rounding keeps from shrinking (5·10⁻³²⁴ is the
/// smallest number there is) never reach it.
const MOST_TRIALS: usize = 400;

/// The same search in NumPy, along `d` from the length `lr`. It leaves the length
/// in `lr`.
macro_rules! search_in_python {
    ($c1:literal, $shrink:literal) => {
        concat!(
            "slope, shortest = np.dot(g, d), lr * 2.0 ** -60
for _ in range(400):
    trial = theta + lr * d
    if lr < shortest or (trial == theta).all():
        lr = 0.0
        break
    if J(trial) <= value + ",
            $c1,
            " * lr * slope:
        theta = trial
        break
    lr = lr * ",
            $shrink,
            "
else:
    lr = 0.0"
        )
    };
}
pub(super) use search_in_python;

impl Backtracking {
    pub(super) fn new(c1: f64, shrink: f64, precision: Precision) -> Self {
        Self { c1, shrink, precision, search: Search::Idle, trial: Vec::new() }
    }

    /// With c₁ = 10⁻⁴, as Nocedal and Wright advise, and halving.
    pub(super) fn usual(precision: Precision) -> Self {
        Self::new(1e-4, 0.5, precision)
    }

    /// Whether the search of a step is yet to begin.
    pub(super) fn is_idle(&self) -> bool {
        matches!(self.search, Search::Idle)
    }

    /// Moves `theta` along `direction` by the first length from `first` downwards
    /// that the rule accepts, and returns that length. Where there is none `theta`
    /// stays, and 0 is returned.
    pub(super) fn go(
        &mut self,
        theta: &mut [f64],
        place: &Place<'_>,
        direction: &[f64],
        first: f64,
    ) -> f64 {
        while !self.advance(theta, place, direction, first, usize::MAX) {}
        match core::mem::replace(&mut self.search, Search::Idle) {
            Search::Found(length) => {
                theta.copy_from_slice(&self.trial);
                length
            }
            _ => 0.0,
        }
    }

    /// Tries one length, or does a part of that; says whether nothing is left to try.
    pub(super) fn advance(
        &mut self,
        theta: &[f64],
        place: &Place<'_>,
        direction: &[f64],
        first: f64,
        effort: usize,
    ) -> bool {
        let (length, trials) = match self.search {
            Search::Found(_) | Search::InVain => return true,
            Search::Idle => {
                self.take_up(theta, direction, first, (first, 0));
                return false;
            }
            Search::Trying(length, trials) => (length, trials),
        };
        if !place.loss.prepare_value(&self.trial, effort) {
            return false;
        }
        let slope = dot(place.gradient, direction);
        if place.loss.value(&self.trial) <= place.value + self.c1 * length * slope {
            self.search = Search::Found(length);
            return true;
        }
        self.take_up(theta, direction, first, (length * self.shrink, trials + 1));
        false
    }

    /// Begins to try a length after so many others. An infinite one would stay infinite
    /// however often it is shrunk.
    fn take_up(
        &mut self,
        theta: &[f64],
        direction: &[f64],
        first: f64,
        (length, trials): (f64, usize),
    ) {
        self.search = Search::InVain;
        if trials < MOST_TRIALS && length.is_finite() && length >= first * SHORTEST {
            let r = |x| self.precision.round(x);
            self.trial.clear();
            self.trial.extend(theta.iter().zip(direction).map(|(x, d)| r(x + r(length * d))));
            // Nearer there are no other points.
            if self.trial != theta {
                self.search = Search::Trying(length, trials);
            }
        }
    }
}
