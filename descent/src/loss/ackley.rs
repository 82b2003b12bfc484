//! A dimpled funnel whose tip is a cone: no rate settles on it.

use super::{Formula, LossRule, Python, Words, build};
use core::f64::consts::{E, TAU};

struct Ackley;

pub(super) static RULE: LossRule = LossRule {
    key: "ackley",
    name: Words { en: "Ackley funnel", zh: "Ackley 漏斗" },
    formula: |_| {
        "J(x, y) = −20 exp(−0.2 √(½(x² + y²))) − exp(½(cos 2πx + cos 2πy)) + e + 20".to_owned()
    },
    source: "Ackley, A Connectionist Machine for Genetic Hillclimbing (1987)",
    knobs: &[],
    start: |_| vec![1.4, -0.9],
    window: |_| [-3.4, 3.4, -2.9, 2.9],
    rates: |_| [1e-3, 1.0],
    has_constant_hessian: |_| false,
    sets: &[],
    applies: |_, _| true,
    lowest: |_| 0.0,
    minima: |_| vec![vec![0.0, 0.0]],
    python: Python::Formula {
        parts: &[
            ("tau", "2 * math.pi"),
            ("rho", "np.linalg.norm(theta) / math.sqrt(2)"),
            ("cone", "-20 * np.exp(-0.2 * rho)"),
            ("waves", "-np.exp(0.5 * (np.cos(tau * x) + np.cos(tau * y)))"),
            ("pull", "-0.1 * cone / rho if rho > 0 else 0"),
            ("bend", "-pull * (0.2 + 1 / rho) / (2 * rho) if rho > 0 else 0"),
            ("sx", "math.pi * np.sin(tau * x)"),
            ("sy", "math.pi * np.sin(tau * y)"),
            ("cx", "tau * math.pi * np.cos(tau * x)"),
            ("cy", "tau * math.pi * np.cos(tau * y)"),
        ],
        value: "cone + 20 + (waves + math.e)",
        gradient: &["pull * x - waves * sx", "pull * y - waves * sy"],
        hessian: &[
            "pull + bend * x * x + waves * (sx * sx - cx)",
            "bend * x * y + waves * sx * sy",
            "pull + bend * y * y + waves * (sy * sy - cy)",
        ],
    },
    build: |_| build(Ackley),
};

/// The cone −20 exp(−0.2ρ), ρ = √(½(x² + y²)), and the waves −exp(½Σcos).
struct Parts {
    rho: f64,
    cone: f64,
    waves: f64,
}

fn parts([x, y]: [f64; 2]) -> Parts {
    let rho = (0.5 * (x * x + y * y)).sqrt();
    Parts {
        rho,
        cone: -20.0 * libm::exp(-0.2 * rho),
        waves: -libm::exp(0.5 * (libm::cos(TAU * x) + libm::cos(TAU * y))),
    }
}

fn gradient([x, y]: [f64; 2], parts: &Parts) -> [f64; 2] {
    // The tip has no gradient; 0 is a subgradient there, so a start on the
    // minimum stays.
    let pull = if parts.rho > 0.0 { -0.1 * parts.cone / parts.rho } else { 0.0 };
    let push = -0.5 * TAU * parts.waves;
    [pull * x + push * libm::sin(TAU * x), pull * y + push * libm::sin(TAU * y)]
}

impl Formula<2> for Ackley {
    fn value(&self, theta: [f64; 2]) -> f64 {
        let parts = parts(theta);
        // At the minimum the four terms cancel but for rounding.
        (parts.cone + 20.0) + (parts.waves + E)
    }

    fn gradient(&self, theta: [f64; 2]) -> [f64; 2] {
        gradient(theta, &parts(theta))
    }

    fn value_and_gradient(&self, theta: [f64; 2]) -> (f64, [f64; 2]) {
        let parts = parts(theta);
        ((parts.cone + 20.0) + (parts.waves + E), gradient(theta, &parts))
    }

    fn hessian(&self, theta: [f64; 2]) -> [[f64; 2]; 2] {
        let [x, y] = theta;
        let Parts { rho, cone, waves } = parts(theta);
        let half = 0.5 * TAU;
        let (sx, sy) = (libm::sin(TAU * x), libm::sin(TAU * y));
        // d²/dx² of −exp(s) with s = ½Σcos: waves·(s_x² + s_xx).
        let wave = |s: f64, v: f64| waves * (half * half * s * s - half * TAU * libm::cos(TAU * v));
        let mixed_wave = waves * half * half * sx * sy;
        if rho == 0.0 {
            return [[wave(sx, x), mixed_wave], [mixed_wave, wave(sy, y)]];
        }
        // The cone's gradient is h(ρ)·θ with h = −0.1·cone/ρ; h' = −h·(0.2 + 1/ρ), ρ_x = x/(2ρ).
        let h = -0.1 * cone / rho;
        let bend = -h * (0.2 + 1.0 / rho) / (2.0 * rho);
        let mixed = bend * x * y + mixed_wave;
        [[h + bend * x * x + wave(sx, x), mixed], [mixed, h + bend * y * y + wave(sy, y)]]
    }

    fn kinks(&self) -> Vec<Vec<f64>> {
        vec![vec![0.0, 0.0]]
    }
}
