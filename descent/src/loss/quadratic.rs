//! A ravine whose steepness across is κ times that along it.

use super::{Formula, Knob, LossRule, Minima, Python, Scale, Words, build};

struct Quadratic {
    kappa: f64,
    cos: f64,
    sin: f64,
}

pub(super) static RULE: LossRule = LossRule {
    key: "quadratic",
    name: Words { en: "Quadratic ravine", zh: "二次峡谷" },
    formula: |_| {
        "J(x, y) = ½(u² + κ v²),  u = x cos α + y sin α,  v = −x sin α + y cos α".to_owned()
    },
    source: "Nesterov, Lectures on Convex Optimization (2018), section 1.2; its condition number is κ",
    knobs: &[
        Knob {
            key: "kappa",
            name: Words { en: "Condition number", zh: "条件数" },
            default: 10.0,
            min: 1.0,
            max: 1000.0,
            scale: Scale::Log,
        },
        Knob {
            key: "angle",
            name: Words { en: "Rotation in degrees", zh: "旋转角度" },
            default: 0.0,
            min: -90.0,
            max: 90.0,
            scale: Scale::Linear,
        },
    ],
    start: |_| vec![-8.0, 2.5],
    window: |_| [-9.2, 3.0, -5.2, 5.2],
    // From 1/40 of the limit 2/κ to 2.5 times it: two decades.
    rates: |knobs| [0.05 / knobs[0], 5.0 / knobs[0]],
    has_constant_hessian: |_| true,
    sets: &[],
    applies: |_, _| true,
    lowest: |_| 0.0,
    minima: |_| vec![vec![0.0, 0.0]],
    python: Python::Formula {
        parts: &[
            ("angle", "math.radians({angle})"),
            ("c", "round(math.cos(angle), 15)"),
            ("s", "math.sin(angle)"),
            ("u", "x * c + y * s"),
            ("v", "y * c - x * s"),
            ("kv", "{kappa} * v"),
        ],
        value: "0.5 * (u * u + {kappa} * v * v)",
        gradient: &["u * c - kv * s", "u * s + kv * c"],
        hessian: &["c * c + {kappa} * s * s", "(1 - {kappa}) * s * c", "s * s + {kappa} * c * c"],
    },
    build: |knobs| build(Quadratic::new(knobs[0], knobs[1])),
};

impl Quadratic {
    fn new(kappa: f64, degrees: f64) -> Self {
        let angle = degrees * (core::f64::consts::PI / 180.0);
        // Right angles exactly, so that the axes really are the eigenvectors.
        let (cos, sin) = if degrees == 0.0 {
            (1.0, 0.0)
        } else if degrees.abs() == 90.0 {
            (0.0, degrees.signum())
        } else {
            (libm::cos(angle), libm::sin(angle))
        };
        Self { kappa, cos, sin }
    }
}

impl Formula<2> for Quadratic {
    #[inline]
    fn value(&self, [x, y]: [f64; 2]) -> f64 {
        let u = x * self.cos + y * self.sin;
        let v = y * self.cos - x * self.sin;
        0.5 * (u * u + self.kappa * v * v)
    }

    #[inline]
    fn gradient(&self, [x, y]: [f64; 2]) -> [f64; 2] {
        let u = x * self.cos + y * self.sin;
        let kv = self.kappa * (y * self.cos - x * self.sin);
        [u * self.cos - kv * self.sin, u * self.sin + kv * self.cos]
    }

    fn hessian(&self, _: [f64; 2]) -> [[f64; 2]; 2] {
        let (c, s, k) = (self.cos, self.sin, self.kappa);
        let mixed = (1.0 - k) * s * c;
        [[c * c + k * s * s, mixed], [mixed, s * s + k * c * c]]
    }

    fn minima(&self) -> Minima {
        Minima::One(vec![0.0, 0.0])
    }

    fn is_quadratic(&self) -> bool {
        true
    }
}
