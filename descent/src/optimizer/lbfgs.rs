//! Newton's direction guessed from the last few steps.

use std::collections::VecDeque;

use super::backtracking::{Backtracking, search_in_python};
use super::{
    Edge, Knob, Optimizer, OptimizerRule, Place, Precision, Python, RateRole, Rounding, Scale,
    Words,
};
use crate::linalg::lanes::{add, dot};

struct Lbfgs {
    precision: Precision,
    backtracking: Backtracking,
    memory: usize,
    /// The last few steps, the oldest first.
    pairs: VecDeque<Pair>,
    /// θ and g of the step before; empty at first.
    before: [Vec<f64>; 2],
    /// Of the step that is taken.
    turn: Turn,
}

/// The direction of a step, as far as it is found by the two loops of Nocedal (1980).
enum Turn {
    /// It is not begun.
    Idle,
    /// Back through the steps remembered: the direction so far, and a weight for each.
    Back(Vec<f64>, Vec<f64>),
    /// And forth again, with the weights that are left.
    Forth(Vec<f64>, Vec<f64>),
    /// It is found.
    Found(Vec<f64>),
}

/// A step and what it did to the gradient.
struct Pair {
    s: Vec<f64>,
    y: Vec<f64>,
    /// sᵀy.
    curved: f64,
}

/// Pairs whose angle has a smaller cosine are left out: with sᵀy ≤ 0 the direction
/// would not lead down, near it the step would be far too long. Source: Nocedal
/// and Wright, *Numerical Optimization* (2006), section 6.1, on skipping.
const LEAST_COSINE: f64 = 1e-10;

pub(super) static RULE: OptimizerRule = OptimizerRule {
    key: "lbfgs",
    name: Words { en: "L-BFGS", zh: "L-BFGS" },
    formula: "p = −B ∇J(θ),  B ≈ H⁻¹,  θ ← θ + t p,  t ∈ {1, ½, ¼, …}:  J(θ + t p) ≤ J(θ) + 10⁻⁴ t pᵀ∇J(θ)",
    source: "Nocedal, Updating Quasi-Newton Matrices with Limited Storage (1980); first guess of B from Liu and Nocedal (1989)",
    knobs: &[Knob {
        key: "memory",
        name: Words { en: "Steps remembered", zh: "记忆步数" },
        default: 10.0,
        min: 1.0,
        max: 50.0,
        scale: Scale::Integer,
    }],
    rate: RateRole::FirstStep,
    rates: |rates| rates,
    stability: None,
    edge: Edge::None(Words {
        en: "its step is divided by a guess of the curvature and shortened until the loss falls",
        zh: "它的每一步都除以估计的曲率，并且缩短到损失下降为止",
    }),
    python: Python {
        torch: "",
        state: "pairs, before = [], None",
        step: concat!(
            "if before is not None:
    s, y = theta - before[0], g - before[1]
    s = np.asarray(s)
    y = np.asarray(y)
    if np.dot(s, y) > 1e-10 * math.sqrt(np.dot(s, s) * np.dot(y, y)):
        pairs = (pairs + [(s, y)])[-{memory}:]
before = theta, g
d = -g
d = np.asarray(d)
if pairs:
    weights = []
    for s, y in reversed(pairs):
        weights.append(np.dot(s, d) / np.dot(s, y))
        d = d - weights[-1] * y
    s, y = pairs[-1]
    d = d * (np.dot(s, y) / np.dot(y, y))
    for (s, y), weight in zip(pairs, reversed(weights)):
        d = d + (weight - np.dot(y, d) / np.dot(s, y)) * s
    lr = 1.0
d = rounded(d)
",
            search_in_python!("1e-4", "0.5"),
            "
if lr == 0:
    pairs = []"
        ),
    },
    build: |knobs, _, precision| {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "1 to 50")]
        let memory = knobs[0] as usize;
        Box::new(Lbfgs {
            precision,
            backtracking: Backtracking::usual(precision),
            memory,
            pairs: VecDeque::new(),
            before: [Vec::new(), Vec::new()],
            turn: Turn::Idle,
        })
    },
};

impl Lbfgs {
    /// Goes on with the direction of a step; says whether it is found.
    fn turn(&mut self, theta: &[f64], place: &Place<'_>, effort: usize) -> bool {
        if let Turn::Idle = self.turn {
            self.remember(theta, place.gradient);
            let downhill = place.gradient.iter().map(|slope| -slope).collect();
            self.turn = Turn::Back(downhill, Vec::with_capacity(self.pairs.len()));
        }
        // A pair costs as much as some parts of an exponential a parameter.
        let mut pairs = (effort / theta.len()).max(1);
        while pairs > 0 {
            if let Turn::Found(_) = self.turn {
                return true;
            }
            let turn = core::mem::replace(&mut self.turn, Turn::Idle);
            self.turn = self.turned(turn);
            pairs -= 1;
        }
        matches!(self.turn, Turn::Found(_))
    }

    /// The next pair's part in the direction −B·g.
    fn turned(&self, turn: Turn) -> Turn {
        match turn {
            Turn::Back(mut d, mut weights) => {
                let next = self.pairs.len().checked_sub(weights.len() + 1);
                if let Some(Pair { s, y, curved }) = next.map(|at| &self.pairs[at]) {
                    let weight = dot(s, &d) / curved;
                    weights.push(weight);
                    add(&mut d, -weight, y);
                    return Turn::Back(d, weights);
                }
                if let Some(Pair { y, curved, .. }) = self.pairs.back() {
                    let scale = curved / dot(y, y);
                    for d in &mut d {
                        *d *= scale;
                    }
                }
                Turn::Forth(d, weights)
            }
            Turn::Forth(mut d, mut weights) => {
                let Some(weight) = weights.pop() else {
                    let rounded = d.into_iter().map(|d| self.precision.round(d));
                    return Turn::Found(rounded.collect());
                };
                let Pair { s, y, curved } = &self.pairs[self.pairs.len() - weights.len() - 1];
                let rest = weight - dot(y, &d) / curved;
                add(&mut d, rest, s);
                Turn::Forth(d, weights)
            }
            turn => turn,
        }
    }

    /// The first length to try along the direction.
    fn first_length(&self, place: &Place<'_>) -> f64 {
        if self.pairs.is_empty() { place.learning_rate } else { 1.0 }
    }

    /// Remembers the step that led to `theta`.
    fn remember(&mut self, theta: &[f64], gradient: &[f64]) {
        let change = |now: &[f64], before: &[f64]| -> Vec<f64> {
            now.iter().zip(before).map(|(now, before)| self.precision.round(now - before)).collect()
        };
        let s = change(theta, &self.before[0]);
        let y = change(gradient, &self.before[1]);
        let curved = dot(&s, &y);
        if curved > LEAST_COSINE * (dot(&s, &s) * dot(&y, &y)).sqrt() {
            if self.pairs.len() == self.memory {
                self.pairs.pop_front();
            }
            self.pairs.push_back(Pair { s, y, curved });
        }
        self.before = [theta.to_vec(), gradient.to_vec()];
    }
}

impl Optimizer for Lbfgs {
    fn step(&mut self, theta: &mut [f64], place: &Place<'_>) -> f64 {
        while !self.turn(theta, place, usize::MAX) {}
        let first = self.first_length(place);
        let Turn::Found(direction) = core::mem::replace(&mut self.turn, Turn::Idle) else {
            return 0.0;
        };
        let length = self.backtracking.go(theta, place, &direction, first);
        if length == 0.0 {
            // What is remembered leads nowhere; the next step begins anew.
            self.pairs.clear();
        }
        length
    }

    fn prepare(&mut self, theta: &[f64], place: &Place<'_>, effort: usize) -> bool {
        if !self.turn(theta, place, effort) {
            return false;
        }
        let first = self.first_length(place);
        let Turn::Found(direction) = &self.turn else { return false };
        self.backtracking.advance(theta, place, direction, first, effort)
    }
}
