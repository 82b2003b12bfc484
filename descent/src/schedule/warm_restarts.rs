//! Half waves one after another, each from the top.

use super::cosine::{ETA_MIN, half_wave};
use super::{Knob, Scale, Schedule, ScheduleRule, Words};

struct WarmRestarts {
    first: usize,
    growth: usize,
    eta_min: f64,
}

pub(super) static RULE: ScheduleRule = ScheduleRule {
    key: "warm_restarts",
    name: Words { en: "Warm restarts", zh: "热重启余弦退火" },
    formula: "η(t) = η_min + (η − η_min) (1 + cos(π τ / T)) / 2,  0 ≤ τ < T,  T = T₀, T₀m, T₀m², …",
    source: "Loshchilov and Hutter, SGDR: Stochastic Gradient Descent with Warm Restarts (2017); torch.optim.lr_scheduler.CosineAnnealingWarmRestarts",
    knobs: &[
        super::count("t_0", Words { en: "First cycle T₀", zh: "首个周期 T₀" }, 50.0),
        Knob {
            key: "t_mult",
            name: Words { en: "Cycles grow by m", zh: "周期倍数 m" },
            default: 1.0,
            min: 1.0,
            max: 10.0,
            scale: Scale::Integer,
        },
        ETA_MIN,
    ],
    fitted: |steps| vec![super::part(steps, 4), 1.0, 0.0],
    python: "cycle = {t_0}
while t >= cycle:
    t -= cycle
    cycle *= {t_mult}
{eta_min} + (lr - {eta_min}) * ((1 + math.cos(math.pi * t / cycle)) / 2)",
    following: None,
    build: |knobs| {
        let [first, growth] = [super::whole(knobs[0]), super::whole(knobs[1])];
        Box::new(WarmRestarts { first, growth, eta_min: knobs[2] })
    },
};

impl WarmRestarts {
    /// How many steps of its cycle lie before `step`, and how long that cycle is.
    fn place(&self, step: usize) -> (usize, usize) {
        if self.growth == 1 {
            return (step % self.first, self.first);
        }
        let (mut into, mut length) = (step, self.first);
        while into >= length {
            into -= length;
            length = length.saturating_mul(self.growth);
        }
        (into, length)
    }
}

impl Schedule for WarmRestarts {
    #[expect(clippy::cast_precision_loss, reason = "at most 1,000,000 steps")]
    fn rate(&self, learning_rate: f64, step: usize) -> f64 {
        let (into, length) = self.place(step);
        half_wave(learning_rate, self.eta_min, into as f64 / length as f64)
    }
}
