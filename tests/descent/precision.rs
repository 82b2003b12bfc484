//! Coarse precision, noise and clipping: what becomes of a step when its numbers
//! have few digits and its gradient is not the loss's own.

#![expect(clippy::float_cmp, reason = "rounding is exact or wrong")]

use descent_lab::descent::clip;
use descent_lab::descent::loss::{self, LossRule};
use descent_lab::descent::optimizer::{self, OPTIMIZERS, RateRole};
use descent_lab::descent::{
    Descent, End, Noise, Outcome, Precision, Rounding, Theory, Trajectory, Verdict, defaults,
    schedule,
};
use proptest::prelude::*;

/// A run at a constant rate.
#[derive(Clone)]
struct Case {
    loss: &'static LossRule,
    start: Vec<f64>,
    optimizer: &'static str,
    knobs: Vec<f64>,
    steps: usize,
    rate: f64,
    precision: Precision,
    noise: Option<(f64, u64)>,
    clip: Option<(&'static str, f64)>,
}

impl Case {
    fn new(loss: &str, optimizer: &'static str, rate: f64) -> Self {
        let loss = loss::find(loss).expect("listed");
        Self {
            loss,
            start: (loss.start)(&loss.defaults()),
            optimizer,
            knobs: defaults(optimizer::find(optimizer).expect("listed").knobs),
            steps: 200,
            rate,
            precision: Precision::F64,
            noise: None,
            clip: None,
        }
    }

    /// On J = x², whose gradient 2x is exact in every format, from x = 1.
    fn on_x_squared(optimizer: &'static str, knobs: &[f64], steps: usize, rate: f64) -> Self {
        let knobs = knobs.to_vec();
        Self { start: vec![1.0], knobs, steps, ..Self::new("parabola", optimizer, rate) }
    }

    fn within(&self, precision: Precision) -> Self {
        Self { precision, ..self.clone() }
    }

    fn run(&self) -> Trajectory {
        let rule = optimizer::find(self.optimizer).expect("listed");
        let mut optimizer = (rule.build)(&self.knobs, self.start.len(), self.precision);
        let schedule = (schedule::find("constant").expect("listed").build)(&[]);
        let clip = self.clip.map(|(key, bound)| (clip::find(key).expect("listed").build)(&[bound]));
        let descent = Descent {
            noise: self.noise.map(|(sigma, seed)| Noise::new(sigma, seed)),
            clip: clip.as_deref(),
            precision: self.precision,
            ..Descent::new(&self.start, self.steps, self.rate, schedule.as_ref())
        };
        (self.loss.build)(&self.loss.defaults()).descend(optimizer.as_mut(), &descent)
    }

    fn verdict(&self) -> Verdict {
        let loss = (self.loss.build)(&self.loss.defaults());
        Verdict::of(loss.as_ref(), &self.run(), Theory::default())
    }
}

/// x after one and two steps, in single precision, bfloat16 and half precision
/// (24, 8 and 11 digits).
fn assert_table(case: &Case, table: [[f64; 2]; 3]) {
    for (precision, expected) in
        [Precision::F32, Precision::Bf16, Precision::F16].into_iter().zip(table)
    {
        let run = case.within(precision).run();
        let found = [run.point(1)[0], run.point(2)[0]];
        assert_eq!(found, expected, "{} in {precision:?}", case.optimizer);
    }
}

#[test]
fn two_steps_of_plain_descent_by_hand() {
    // x ← x − 0.1·2x from 1.
    //   24 digits: 0.2 → 13421773/2²⁶ (of 13421772.8), 1 − it = 53687091/2²⁶ has two
    //     digits too many → 13421773/2²⁴ (of …772.75).  Then 0.1·2x =
    //     0.16000000238 → 5368709/2²⁵ (of …709.2), x − it = 21474837/2²⁵ → a digit
    //     too many and a tie, to even: 10737418/2²⁴ = 5368709/2²³.
    //   8 digits: 0.2 → 205/1024 (of 204.8), 1 − it = 819/1024 → 205/256 (of 204.75).
    //     Then 41/256 is exact, x − it = 164/256.
    //   11 digits: 0.2 → 819/4096 (of 1638.4/8192: 1638), 1 − it = 3277/4096 → a tie,
    //     to even: 1638/2048.  Then 0.15996 → 1310/8192 (of 1310.4), x − it =
    //     2621/4096 → a tie, to even: 1310/2048.
    assert_table(
        &Case::on_x_squared("sgd", &[], 2, 0.1),
        [
            [13_421_773.0 / 16_777_216.0, 5_368_709.0 / 8_388_608.0],
            [205.0 / 256.0, 164.0 / 256.0],
            [1638.0 / 2048.0, 1310.0 / 2048.0],
        ],
    );
}

#[test]
fn two_steps_of_momentum_by_hand() {
    // v ← 0.9v + 2x, x ← x − 0.1v from 1: the first step is plain descent's.
    //   24 digits: 0.9·2 → 15099494/2²³ (of …494.4), + 13421773/2²³ = 28521267/2²³ → a
    //     tie, to even: 14260634/2²² = 3.4.  0.1v → 11408507/2²⁵ (of …507.2),
    //     26843546/2²⁵ − it = 15435039/2²⁵.
    //   8 digits: 1.8 → 230/128 (of 230.4), + 205/128 = 435/128 → a tie, to even:
    //     218/64.  0.1v → 174/512 (of 174.4), 410/512 − it = 236/512.
    //   11 digits: 1.8 → 1843/1024 (of 1843.2), + 1638/1024 = 3481/1024 → a tie, to
    //     even: 1740/512.  0.1v → 1392/4096 (of 1392.0), 3276/4096 − it = 1884/4096.
    assert_table(
        &Case::on_x_squared("momentum", &[0.9], 2, 0.1),
        [
            [13_421_773.0 / 16_777_216.0, 15_435_039.0 / 33_554_432.0],
            [205.0 / 256.0, 236.0 / 512.0],
            [1638.0 / 2048.0, 1884.0 / 4096.0],
        ],
    );
}

#[test]
fn two_steps_of_adam_by_hand() {
    // β₁ = ½, β₂ = ¾, ε = 10⁻⁸ (which added to 1 is lost in all three), η = ¼.
    // First step: m = 1, v = 1, η/(1 − ½)·√(1 − ¾) = ¼: x = ¾ in every format.
    // Second step, g = 1.5: m = 1.25 and v = 0.75 + 0.25·2.25 = 1.3125 exactly;
    // ¼/(1 − ¼)·√(1 − 9/16) = 0.22047928, times m 0.27559909; √v = 1.14564392.
    //   24 digits: 0.27559909/1.14564395 (9247571/2²⁵ over 4805179/2²²) →
    //     16143883/2²⁶, 50331648/2²⁶ − it = 34187765/2²⁶ → 8546941/2²⁴ (of …941.25).
    //   8 digits: √v → 147/128 (of 146.6), the product → 141/512 (of 141.1), their
    //     ratio 0.239796 → 246/1024 (of 245.6), 768/1024 − it = 522/1024 → a tie
    //     between 130/256 and 131/256, to even.
    //   11 digits: √v → 1173/1024 (of 1173.1), the product → 1129/4096 (of 1128.9),
    //     their ratio 0.240622 → 1971/8192 (of 1971.2), 6144/8192 − it = 4173/8192
    //     → 1043/2048 (of 1043.25).
    assert_table(
        &Case::on_x_squared("adam", &[0.5, 0.75, 1e-8], 2, 0.25),
        [[0.75, 8_546_941.0 / 16_777_216.0], [0.75, 130.0 / 256.0], [0.75, 1043.0 / 2048.0]],
    );
}

/// Every operation is rounded: the machine's own single precision, in which no
/// other way to compute exists, gives the same bits.
#[test]
fn adam_in_single_precision_is_the_machine_s_own() {
    #[expect(clippy::cast_possible_truncation, reason = "rounding is the point")]
    let single = |x: f64| x as f32;
    // Steps as long as the parameters themselves, so that their last digits show.
    let knobs = vec![0.9, 0.6, 1e-8];
    let case = Case { steps: 60, knobs, ..Case::new("quadratic", "adam", 3.0) };
    let run = case.within(Precision::F32).run();
    let (mut m, mut v, mut powers) = ([0.0_f32; 2], [0.0_f32; 2], [1.0, 1.0]);
    for t in 0..60 {
        powers = [powers[0] * 0.9, powers[1] * 0.6];
        let correction = (1.0_f64 - powers[1]).sqrt();
        let rate = 3.0 / (1.0 - powers[0]) * correction;
        for axis in 0..2 {
            let (x, g) = (single(run.point(t)[axis]), single(run.gradient(t).unwrap()[axis]));
            // Hyperparameters are doubles.
            let times = |by: f64, x: f32| single(by * f64::from(x));
            m[axis] = times(0.9, m[axis]) + times(1.0 - 0.9, g);
            v[axis] = times(0.6, v[axis]) + times(1.0 - 0.6, g * g);
            let root = single(f64::from(v[axis].sqrt()) + 1e-8 * correction);
            let next = x - times(rate, m[axis]) / root;
            assert_eq!(run.point(t + 1)[axis], f64::from(next), "step {t}, axis {axis}");
        }
    }
}

#[test]
fn small_updates_vanish_in_bfloat16_where_single_precision_goes_on() {
    // Below 1 the numbers of bfloat16 are 2⁻⁸ apart. 0.001·2x is a little more than
    // half of that down to x = 250/256, where it is 2⁻⁹ to the last digit: a tie,
    // which goes to the even number, the one x is at.
    let case = Case::on_x_squared("sgd", &[], 5_000, 1e-3);
    let run = case.within(Precision::Bf16).run();
    assert_eq!(
        [run.point(5), run.point(6), run.point(7)],
        [[251.0 / 256.0], [250.0 / 256.0], [250.0 / 256.0]]
    );
    assert_eq!(run.point(5_000), [250.0 / 256.0]);
    let stuck = case.within(Precision::Bf16).verdict();
    assert_eq!(stuck.outcome, Outcome::Stalls);
    assert!(stuck.facts.is_stuck);
    for precision in [Precision::F32, Precision::F64] {
        let verdict = case.within(precision).verdict();
        assert_eq!(verdict.outcome, Outcome::Converges, "{precision:?}");
        assert!(!verdict.facts.is_stuck);
    }
}

#[test]
fn half_precision_overflows_where_single_precision_descends() {
    // ∂J/∂x = 4x(x² + y − 11) + 2(x + y² − 7) is 112 126 at (30, 30), beyond 65 504.
    let case = Case { start: vec![30.0, 30.0], ..Case::new("himmelblau", "sgd", 1e-4) };
    let verdict = case.within(Precision::F16).verdict();
    assert_eq!((verdict.outcome, verdict.step), (Outcome::Diverges, 1));
    assert_eq!(case.within(Precision::F16).run().point(1), [f64::NEG_INFINITY; 2]);
    assert_ne!(case.within(Precision::F32).verdict().outcome, Outcome::Diverges);
    // What has overflowed no clipping brings back: ∞/∞ is not a number.
    let clipped = Case { clip: Some(("norm", 1.0)), ..case.within(Precision::F16) };
    assert_eq!(clipped.verdict().outcome, Outcome::Diverges);
    assert_eq!(
        Case { precision: Precision::F32, ..clipped }.run().end(),
        End::StepsDone,
        "in single precision it does"
    );
}

#[test]
fn every_rule_stays_on_the_numbers_of_its_format() {
    for rule in OPTIMIZERS {
        for loss in ["rosenbrock", "quadratic", "saddle"] {
            let rate = if rule.rate == RateRole::EveryStep { 1e-3 } else { 0.1 };
            let case = Case { start: vec![-1.1, 0.7], ..Case::new(loss, rule.key, rate) };
            for precision in Precision::ALL {
                let run = case.within(precision).run();
                let of = format!("{} on {loss} in {precision:?}", rule.key);
                assert!(run.steps() > 0, "{of}");
                let last = run.steps() - usize::from(run.end() == End::Diverged);
                for t in 0..=last {
                    for &x in run.point(t) {
                        assert_eq!(precision.round(x), x, "{of}, step {t}");
                    }
                }
                // Rounding is seen, and only where there is some.
                let is_exact = format!("{run:?}") == format!("{:?}", case.run());
                assert_eq!(is_exact, precision == Precision::F64, "{of}");
            }
        }
    }
}

/// What was added to the gradient of plain descent at each step.
fn noise_of(case: &Case) -> Vec<[f64; 2]> {
    let run = case.run();
    let added = |t: usize, axis: usize| {
        (run.point(t)[axis] - run.point(t + 1)[axis]) / case.rate - run.gradient(t).unwrap()[axis]
    };
    (0..run.steps()).map(|t| [added(t, 0), added(t, 1)]).collect()
}

proptest! {
    #[test]
    fn noise_is_drawn_from_the_seed_and_is_the_same_for_every_run(
        seed in any::<u64>(),
        sigma in 0.01..10.0,
    ) {
        let noisy = |key, rate, seed| Case {
            noise: Some((sigma, seed)),
            ..Case::new("quadratic", key, rate)
        };
        let case = noisy("sgd", 0.05, seed);
        prop_assert_eq!(case.run(), case.run());
        prop_assert_ne!(case.run(), noisy("sgd", 0.05, seed ^ 1).run());
        // Whatever the rate, and whatever the steps before were.
        let (one, other) = (noise_of(&case), noise_of(&noisy("sgd", 0.01, seed)));
        for (one, other) in one.iter().zip(&other) {
            for (a, b) in one.iter().zip(other) {
                prop_assert!((a - b).abs() < 1e-9 * (1.0 + sigma), "{one:?} is not {other:?}");
            }
        }
        // σ is its standard deviation: of 400 numbers within a fifth.
        let squares: f64 = one.iter().flatten().map(|added| added * added).sum();
        prop_assert!(((squares / 400.0).sqrt() / sigma - 1.0).abs() < 0.2);
        // The record keeps the loss's own gradient.
        let (run, loss) = (case.run(), (case.loss.build)(&case.loss.defaults()));
        let mut gradient = [0.0; 2];
        loss.value_and_gradient(run.point(7), &mut gradient);
        prop_assert_eq!(run.gradient(7).unwrap(), gradient);
    }

    /// Clipped after the noise: whatever was added, no step is longer than allowed.
    #[test]
    fn clipping_comes_after_noise(seed in any::<u64>(), bound in 0.01..100.0) {
        for key in ["norm", "value", "unit"] {
            let case = Case {
                noise: Some((1e3, seed)),
                clip: Some((key, bound)),
                steps: 50,
                ..Case::new("quadratic", "sgd", 0.1)
            };
            let run = case.run();
            for t in 0..50 {
                let step: Vec<f64> =
                    (0..2).map(|axis| (run.point(t)[axis] - run.point(t + 1)[axis]) / 0.1).collect();
                let length = (step[0] * step[0] + step[1] * step[1]).sqrt();
                let slack = 1e-12 * (1.0 + run.point(t)[0].abs() + run.point(t)[1].abs()) / 0.1;
                match key {
                    "unit" => prop_assert!((length - 1.0).abs() < slack, "{length}"),
                    "norm" => prop_assert!(length <= bound + slack, "{length} > {bound}"),
                    _ => prop_assert!(step.iter().all(|s| s.abs() <= bound + slack), "{step:?}"),
                }
            }
        }
    }
}

/// A gradient within the bound is left alone to the last bit.
#[test]
fn clipping_far_away_changes_nothing() {
    let bare = Case::new("rosenbrock", "adam", 0.05);
    for key in ["norm", "value"] {
        let clipped = Case { clip: Some((key, 1e6)), ..bare.clone() };
        assert_eq!(clipped.run(), bare.run(), "{key}");
    }
}
