//! Plain descent that takes a shorter step where the rate is too much.

use super::backtracking::{Backtracking, search_in_python};
use super::{Edge, Knob, Optimizer, OptimizerRule, Place, Python, RateRole, Scale, Words};

struct LineSearch {
    backtracking: Backtracking,
    direction: Vec<f64>,
}

pub(super) static RULE: OptimizerRule = OptimizerRule {
    key: "line_search",
    name: Words { en: "Line search", zh: "回溯线搜索" },
    formula: "θ ← θ − t g,  t ∈ {η, ηs, ηs², …}:  J(θ − t g) ≤ J(θ) − c₁ t ‖g‖²",
    source: "Armijo, Minimization of functions having Lipschitz continuous first partial derivatives (1966)",
    knobs: &[
        Knob {
            key: "c1",
            name: Words { en: "Decrease asked for c₁", zh: "下降要求 c₁" },
            default: 1e-4,
            min: 1e-6,
            max: 0.5,
            scale: Scale::Log,
        },
        Knob {
            key: "shrink",
            name: Words { en: "Shrink by s", zh: "收缩因子 s" },
            default: 0.5,
            min: 0.1,
            max: 0.9,
            scale: Scale::Linear,
        },
    ],
    rate: RateRole::FirstTried,
    // A rate that is too much costs no more than a few evaluations of the loss.
    rates: |[low, high]| [low, 10.0 * high],
    stability: None,
    edge: Edge::None(Words {
        en: "each step is shortened until the loss falls, so no step is too long for the ground",
        zh: "每一步都会缩短到损失下降为止，不会有太长的步子",
    }),
    python: Python {
        torch: "",
        state: "",
        step: concat!("d = -g\n", search_in_python!("{c1}", "{shrink}")),
    },
    build: |knobs, _, precision| {
        let backtracking = Backtracking::new(knobs[0], knobs[1], precision);
        Box::new(LineSearch { backtracking, direction: Vec::new() })
    },
};

impl LineSearch {
    /// Finds the direction of a step, unless that is done.
    fn turn(&mut self, place: &Place<'_>) {
        if self.backtracking.is_idle() {
            self.direction.clear();
            self.direction.extend(place.gradient.iter().map(|slope| -slope));
        }
    }
}

impl Optimizer for LineSearch {
    fn step(&mut self, theta: &mut [f64], place: &Place<'_>) -> f64 {
        self.turn(place);
        self.backtracking.go(theta, place, &self.direction, place.learning_rate)
    }

    fn prepare(&mut self, theta: &[f64], place: &Place<'_>, effort: usize) -> bool {
        self.turn(place);
        self.backtracking.advance(theta, place, &self.direction, place.learning_rate, effort)
    }
}
