//! What a run is said to have done, against theory where there is one and
//! against values found with an independent program where there is none.

#![expect(clippy::float_cmp, reason = "what is exact in floating point is tested as exact")]

use descent_lab::descent::loss::{self, LOSSES, LossRule, Setting};
use descent_lab::descent::{
    Descent, End, Facts, Outcome, Precision, Stop, StopRule, Theory, Trajectory, Verdict,
    optimizer, schedule,
};
use proptest::prelude::*;

/// What to run; the rest is plain descent at a constant rate.
#[derive(Clone)]
struct Case {
    loss: &'static str,
    knobs: Vec<f64>,
    start: Vec<f64>,
    steps: usize,
    rate: f64,
    stop: Stop,
}

impl Case {
    fn new(loss: &'static str, start: &[f64], steps: usize, rate: f64) -> Self {
        let knobs = loss::find(loss).expect("listed").defaults().knobs;
        Self { loss, knobs, start: start.to_vec(), steps, rate, stop: Stop::default() }
    }

    fn knobs(self, knobs: &[f64]) -> Self {
        Self { knobs: knobs.to_vec(), ..self }
    }

    fn run(&self) -> (Trajectory, Verdict) {
        let loss = (loss::find(self.loss).expect("listed").build)(&Setting::of(&self.knobs));
        let schedule = (schedule::find("constant").expect("listed").build)(&[]);
        let rule = optimizer::find("sgd").expect("listed");
        let mut plain = (rule.build)(&[], self.start.len(), Precision::F64);
        let bare = Descent::new(&self.start, self.steps, self.rate, schedule.as_ref());
        let trajectory = loss.descend(plain.as_mut(), &Descent { stop: self.stop, ..bare });
        let theory = Theory {
            stability: rule.theory(&[]),
            is_undisturbed: true,
            ascends: false,
            stop: self.stop,
        };
        let verdict = Verdict::of(loss.as_ref(), &trajectory, theory);
        assert_sane(&verdict, &trajectory);
        (trajectory, verdict)
    }

    fn verdict(&self) -> Verdict {
        self.run().1
    }

    fn outcome(&self) -> Outcome {
        self.verdict().outcome
    }
}

/// What holds of every verdict whatever the run: its numbers can be printed.
fn assert_sane(verdict: &Verdict, trajectory: &Trajectory) {
    let Facts { product_at_start, product_at_end, gradient_left, overshooting, .. } = verdict.facts;
    assert!(product_at_start.is_finite() && product_at_end.is_finite(), "{verdict:?}");
    assert!((0.0..=1.0).contains(&gradient_left), "{verdict:?}");
    assert!((0.0..=1.0).contains(&overshooting), "{verdict:?}");
    assert!(verdict.step <= trajectory.steps(), "{verdict:?}");
    assert!(verdict.facts.first_beyond_limit.is_none_or(|t| t <= trajectory.steps()));
    assert_eq!(verdict.facts.left_all_bounds, trajectory.end() == End::Diverged);
    assert!(trajectory.end() != End::Diverged || verdict.outcome == Outcome::Diverges);
}

/// A ravine and a start whose gradient has the given components along it and
/// across it.
#[derive(Clone, Copy, Debug)]
struct Ravine {
    kappa: f64,
    degrees: f64,
    along: f64,
    across: f64,
}

impl Ravine {
    /// At the rate `share`/κ, with one and a half times the steps that theory
    /// wants: each step multiplies the components of the gradient by 1 − η and
    /// 1 − ηκ; to settle both must shrink, to leave all bounds one must grow.
    fn case(self, share: f64) -> Case {
        let rate = share / self.kappa;
        let [along, across] = [(1.0 - rate).abs(), (1.0 - share).abs()];
        let (slowest, factor) =
            if across > 1.0 { (across, 1e13) } else { (along.max(across), 1e5) };
        let steps = if slowest > 0.0 { libm::log(factor) / libm::log(slowest).abs() } else { 1.0 };
        let angle = self.degrees.to_radians();
        let (cos, sin) = (libm::cos(angle), libm::sin(angle));
        let (u, v) = (self.along, self.across / self.kappa);
        let start = [u * cos - v * sin, u * sin + v * cos];
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a count")]
        let steps = (1.5 * steps) as usize + 10;
        Case::new("quadratic", &start, steps, rate).knobs(&[self.kappa, self.degrees])
    }
}

fn ravine() -> impl Strategy<Value = Ravine> {
    // Comparable components of either sign: what SEMANTICS calls off both axes.
    let component = || prop_oneof![-5.0..-1.0, 1.0..5.0];
    (1.5..300.0, -90.0..90.0, component(), component())
        .prop_map(|(kappa, degrees, along, across)| Ravine { kappa, degrees, along, across })
}

proptest! {
    // The borders themselves are exact only where every product is: a thousandth
    // to either side of 1/κ and a hundredth to either side of 2/κ are left out,
    // where rounding or more steps than a test should take would decide.

    #[test]
    fn a_ravine_converges_up_to_one_over_kappa(ravine in ravine(), share in 0.2..=0.999) {
        let (trajectory, verdict) = ravine.case(share).run();
        prop_assert_eq!(verdict.outcome, Outcome::Converges);
        prop_assert_eq!(verdict.facts.overshooting, 0.0);
        prop_assert!(0 < verdict.step && verdict.step < trajectory.steps());
    }

    #[test]
    fn rounding_at_one_over_kappa_is_no_overshooting(ravine in ravine()) {
        // One step ends the motion across the ravine but for rounding noise,
        // whose sign is random.
        prop_assert_eq!(ravine.case(1.0).outcome(), Outcome::Converges);
    }

    #[test]
    fn rounding_after_one_perfect_step_is_no_overshooting(
        a in 0.05..20.0,
        degrees in -90.0..90.0,
        start in proptest::array::uniform2(prop_oneof![-9.0..-1.0, 1.0..9.0]),
    ) {
        // Where nothing but noise is left, its sign counts as little.
        let parabola = Case::new("parabola", &start[..1], 20, 0.5 / a).knobs(&[a]).verdict();
        prop_assert_eq!((parabola.outcome, parabola.step), (Outcome::Converges, 1));
        let bowl = Case::new("quadratic", &start, 20, 1.0).knobs(&[1.0, degrees]).verdict();
        prop_assert_eq!((bowl.outcome, bowl.step), (Outcome::Converges, 1));
    }

    #[test]
    fn a_ravine_oscillates_up_to_two_over_kappa(ravine in ravine(), share in 1.001..1.99) {
        let verdict = ravine.case(share).verdict();
        prop_assert_eq!(verdict.outcome, Outcome::Oscillates);
        prop_assert!(verdict.facts.overshooting > 0.5);
        prop_assert!((verdict.facts.product_at_end - share).abs() < 1e-9);
        prop_assert_eq!(verdict.facts.first_beyond_limit, None);
    }

    #[test]
    fn a_ravine_bounces_at_two_over_kappa(
        exponent in 1..=8,
        along in -5.0..5.0,
        across in prop_oneof![-5.0..-1.0, 1.0..5.0],
    ) {
        // With κ a power of two and the axes as eigenvectors v − 2/κ·κv is −v
        // without rounding: the walls throw the run back and forth for ever.
        let kappa = libm::exp2(f64::from(exponent));
        let case = Case::new("quadratic", &[along, across], 500, 2.0 / kappa).knobs(&[kappa, 0.0]);
        let (trajectory, verdict) = case.run();
        prop_assert_eq!(verdict.outcome, Outcome::Bounces);
        prop_assert_eq!((verdict.step, verdict.facts.product_at_end), (500, 2.0));
        prop_assert_eq!(trajectory.point(500)[1], trajectory.point(0)[1]);
    }

    #[test]
    fn a_ravine_diverges_beyond_two_over_kappa(ravine in ravine(), share in 2.01..8.0) {
        let (trajectory, verdict) = ravine.case(share).run();
        prop_assert_eq!(verdict.outcome, Outcome::Diverges);
        prop_assert_eq!(trajectory.end(), End::Diverged);
        prop_assert_eq!(verdict.step, trajectory.steps());
        prop_assert_eq!(verdict.facts.first_beyond_limit, Some(0));
    }

    #[test]
    fn a_ravine_crawls_where_the_steps_run_out(ravine in ravine(), rate in 1e-4..3e-3) {
        // Below 1/κ everywhere, and a seventh of the way along it at the most.
        let case = Case { steps: 50, ..ravine.case(rate * ravine.kappa) };
        prop_assert_eq!(case.outcome(), Outcome::Crawls);
    }

    #[test]
    fn no_start_and_no_rate_breaks_the_verdict(
        start in proptest::array::uniform2(any_number()),
        rate in any_number(),
        steps in 0_usize..40,
    ) {
        for rule in &LOSSES[..LOSSES.len() - 1] {
            let dimension = rule.dimension(&rule.defaults());
            let start: Vec<f64> = start.into_iter().cycle().take(dimension).collect();
            let case = Case::new(rule.key, &start, steps, rate);
            let (trajectory, _) = case.run();
            prop_assert!(trajectory.steps() <= steps);
            let all_finite = (0..trajectory.steps())
                .all(|t| trajectory.gradient(t).unwrap().iter().all(|v| v.is_finite()));
            prop_assert!(all_finite, "only the last step may hold what ended the run");
        }
    }
}

/// Ordinary numbers, huge, tiny, infinite and not-a-number ones.
fn any_number() -> impl Strategy<Value = f64> {
    prop_oneof![2 => -5.0..5.0, 1 => proptest::num::f64::ANY, 1 => -1e13..1e13]
}

/// From a start that is equally far from both axes the fewest steps are taken within
/// 5 % of the rate that is fastest in the long run.
#[test]
fn the_best_rate_of_a_ravine_is_two_over_one_plus_kappa() {
    for kappa in [1.5, 2.0, 3.0, 5.0, 10.0, 20.0, 50.0, 100.0, 300.0] {
        let ravine = Ravine { kappa, degrees: 0.0, along: 1.0, across: kappa };
        let best = 2.0 * kappa / (1.0 + kappa);
        let settled: Vec<(f64, usize)> = (500..=1300)
            .map(|permille| f64::from(permille) / 1000.0)
            .filter(|ratio| ratio * best < 1.99)
            .map(|ratio| (ratio, ravine.case(ratio * best).verdict().step))
            .collect();
        let fewest = settled.iter().map(|&(_, steps)| steps).min().unwrap();
        let mut fastest = settled.iter().filter(|&&(_, steps)| steps == fewest);
        let is_near = |&(ratio, _): &(f64, usize)| (0.95..=1.05).contains(&ratio);
        assert!(fastest.clone().any(is_near), "κ = {kappa}");
        // Half a dozen steps are too few to tell neighbouring rates apart.
        assert!(kappa <= 5.0 || fastest.all(is_near), "κ = {kappa}: {fewest} steps");
    }
}

/// Rates with what they lead to.
type Outcomes = &'static [(f64, Outcome)];

/// The values of SEMANTICS.md, found with an independent program.
#[test]
fn outcomes_of_the_specification() {
    use Outcome::{Bounces, Converges, Crawls, Diverges, Oscillates, Stalls};
    let table: [(&str, [f64; 2], Outcomes); 4] = [
        (
            "saddle",
            [1.5, 0.001],
            &[
                (0.05, Converges),
                (0.1, Converges),
                (0.9, Oscillates),
                (1.1, Bounces),
                (2.1, Diverges),
            ],
        ),
        ("saddle", [1.5, 0.0], &[(0.1, Stalls)]),
        (
            "gaussian_well",
            [3.0, 2.0],
            &[(0.1, Crawls), (1.0, Converges), (3.0, Bounces), (10.0, Stalls)],
        ),
        (
            "himmelblau",
            [0.0, 0.0],
            &[
                (0.001, Converges),
                (0.01, Converges),
                (0.022, Oscillates),
                (0.03, Bounces),
                (0.05, Diverges),
            ],
        ),
    ];
    for (loss, start, outcomes) in table {
        for &(rate, outcome) in outcomes {
            assert_eq!(Case::new(loss, &start, 200, rate).outcome(), outcome, "{loss} at {rate}");
        }
    }
    for (case, step) in [
        (Case::new("saddle", &[1.5, 0.001], 200, 0.05), 173),
        (Case::new("himmelblau", &[0.0, 0.0], 200, 0.001), 146),
        (Case::new("quadratic", &[-8.0, 2.5], 5000, 0.001).knobs(&[1000.0, 0.0]), 4557),
    ] {
        assert_eq!(case.verdict().settles, Some(step), "{} at {}", case.loss, case.rate);
    }
}

/// Also where the minimum's coordinates are no exact numbers and its gradient is
/// rounding noise.
#[test]
fn a_start_on_a_minimum_has_converged_before_the_first_step() {
    // With more parameters a loss that does not fall is called a stall.
    let few = |rule: &&&LossRule| rule.dimension(&rule.defaults()) <= 2;
    for rule in LOSSES.iter().filter(few) {
        let knobs = rule.defaults();
        let rate = (rule.rates)(&knobs)[0];
        for minimum in (rule.minima)(&knobs) {
            let verdict = Case::new(rule.key, &minimum, 50, rate).verdict();
            let place = format!("{} at {minimum:?}", rule.key);
            assert_eq!((verdict.outcome, verdict.step), (Outcome::Converges, 0), "{place}");
            // A start a little aside has still to arrive.
            let aside: Vec<f64> = minimum.iter().map(|v| v + 1e-3).collect();
            let steady = 0.3 / (rule.build)(&knobs).curvature(&minimum).expect("few").max;
            let verdict = Case::new(rule.key, &aside, 99_999, steady).verdict();
            let arrives = verdict.outcome == Outcome::Converges && verdict.step > 0;
            assert!(arrives || rule.key == "ackley", "{place}: {verdict:?}");
        }
    }
}

#[test]
fn a_start_without_gradient_that_is_no_minimum_stalls() {
    let far = [300.0, 200.0];
    for (loss, start) in
        [("saddle", [0.0, 0.0]), ("gaussian_well", far), ("deep_chain", [0.0, 0.0])]
    {
        let (trajectory, verdict) = Case::new(loss, &start, 50, 0.5).run();
        assert_eq!((verdict.outcome, verdict.step), (Outcome::Stalls, 50), "{loss}");
        assert_eq!(verdict.facts.rests_from, Some(0), "{loss}");
        assert_eq!(trajectory.point(50), start, "{loss}");
        assert_eq!(verdict.facts.gradient_left, 0.0, "{loss}");
    }
}

#[test]
fn updates_lost_in_rounding_stall() {
    // A gradient of 8 at a rate of 10⁻¹⁸ is below the last bit of −8.
    let lost = Case::new("quadratic", &[-8.0, 2.5], 50, 1e-18).verdict();
    assert_eq!((lost.outcome, lost.step), (Outcome::Stalls, 50));
    assert_eq!(lost.facts.gradient_left, 1.0);
    assert!(lost.facts.is_stuck && lost.facts.is_steady);
    // On the plateau the gradient is there, but too small to move the point.
    assert_eq!(Case::new("gaussian_well", &[7.0, 6.0], 50, 1.0).outcome(), Outcome::Stalls);
    assert_eq!(Case::new("quadratic", &[-8.0, 2.5], 50, 1e-9).outcome(), Outcome::Crawls);
}

/// Every rate here is far below 1/λ; what turns its sign across the valley is
/// rounding, large beside the small gradient along it.
#[test]
fn rounding_on_a_valley_floor_is_no_overshooting() {
    let valley = Case::new("rosenbrock", &[0.99, 0.9801], 60_000, 3e-4).verdict();
    assert_eq!((valley.outcome, valley.facts.overshooting), (Outcome::Converges, 0.0));
}

#[test]
fn a_single_step_has_an_outcome() {
    let one = |rate| Case::new("parabola", &[2.5], 1, rate).verdict();
    // J = x²: each step multiplies x by 1 − 2η.
    assert_eq!((one(0.1).outcome, one(0.1).step), (Outcome::Crawls, 1));
    assert_eq!((one(0.5).outcome, one(0.5).step), (Outcome::Converges, 1), "x is 0 after it");
    assert_eq!((one(0.9).outcome, one(0.9).step), (Outcome::Bounces, 1));
    assert_eq!(one(1.0).outcome, Outcome::Bounces);
    // A single step has no quarters to climb through.
    assert_eq!(one(1.1).outcome, Outcome::Bounces);
    // And no step at all.
    let none = Case::new("parabola", &[2.5], 0, 0.1).verdict();
    assert_eq!((none.outcome, none.step), (Outcome::Crawls, 0));
    assert_eq!(none.facts.product_at_end, 0.2);
}

#[test]
fn a_stop_rule_settles_the_run_where_it_is_met() {
    let at = |loss, gradient| Stop { loss, gradient };
    let quadratic = Case::new("quadratic", &[-8.0, 2.5], 200, 0.05);
    for stop in [at(Some(1e3), None), at(None, Some(1e3)), at(Some(f64::MAX), Some(0.0))] {
        let (trajectory, verdict) = Case { stop, ..quadratic.clone() }.run();
        assert_eq!((verdict.outcome, verdict.step), (Outcome::Converges, 0), "{stop:?}");
        assert_eq!((trajectory.steps(), trajectory.end()), (0, End::StopRuleMet));
    }
    // J(θ) ≤ 10 while ‖∇J‖ is still a fifth of what it was.
    let (trajectory, verdict) = Case { stop: at(Some(10.0), None), ..quadratic.clone() }.run();
    let step = trajectory.steps();
    assert_eq!((verdict.outcome, verdict.step), (Outcome::Converges, step));
    assert!(trajectory.losses()[step] <= 10.0 && trajectory.losses()[step - 1] > 10.0);
    assert!(verdict.facts.gradient_left > 0.1);
    let (trajectory, verdict) = Case { stop: at(None, Some(2.0)), ..quadratic.clone() }.run();
    let step = trajectory.steps();
    assert_eq!((verdict.outcome, verdict.step), (Outcome::Converges, step));
    assert!(trajectory.gradient_norm(step) <= 2.0 && trajectory.gradient_norm(step - 1) > 2.0);
    assert_eq!(verdict.facts.stopped_by, Some(StopRule::Gradient(2.0)));
    // Whatever lies there: the rule decides, and the sentence names it.
    let saddle = Case { stop: at(None, Some(0.1)), ..Case::new("saddle", &[1.5, 0.0], 200, 0.1) };
    assert_eq!(saddle.outcome(), Outcome::Converges);
    // A run that has left all bounds has not met it.
    let gone = Case {
        stop: at(Some(f64::INFINITY), None),
        ..Case::new("rosenbrock", &[1e100, 0.0], 9, 0.05)
    };
    assert_eq!(gone.outcome(), Outcome::Diverges);
}

#[test]
fn divergence_is_told_with_its_step() {
    // A loss that is beyond all numbers.
    let (trajectory, verdict) = Case::new("rosenbrock", &[1e100, 1e100], 200, 1e-3).run();
    assert_eq!((verdict.outcome, verdict.step), (Outcome::Diverges, 0));
    assert_eq!((trajectory.steps(), trajectory.end()), (0, End::Diverged));
    // x ← −3x on J = x²: 3ⁿ gives J > 10¹² · J(0) first at n = 13.
    let (trajectory, verdict) = Case::new("parabola", &[2.5], 200, 2.0).run();
    assert_eq!((verdict.outcome, verdict.step), (Outcome::Diverges, 13));
    let bound = 1e12 * 6.25;
    assert_eq!((trajectory.bound(), verdict.facts.bound), (bound, bound));
    assert!(trajectory.losses()[13] > bound && trajectory.losses()[12] <= bound);
    // Overflow to infinity and then to NaN within one step is told the same way.
    let verdict = Case::new("rosenbrock", &[-1.2, 1.0], 200, 1e300).verdict();
    assert_eq!((verdict.outcome, verdict.step), (Outcome::Diverges, 1));
    assert_eq!(verdict.facts.first_beyond_limit, Some(0));
}

/// Prices in won and years as features: a loss that starts at 10¹⁷ descends like any
/// other, whatever its unit.
#[test]
fn large_numbers_at_the_start_are_no_divergence() {
    for scale in [1.0, 1e3, 1e9, 1e30] {
        let start = [-8.0 * scale, 2.5 * scale];
        let settles = Case::new("quadratic", &start, 200, 0.1).verdict();
        assert_eq!((settles.outcome, settles.step), (Outcome::Converges, 44), "{scale}");
        let beyond = Case::new("quadratic", &start, 400, 0.25).verdict();
        assert_eq!(beyond.outcome, Outcome::Diverges, "{scale}");
    }
}

#[test]
fn climbing_within_all_bounds_is_divergence_too() {
    // η·λ = 2.02: each step multiplies the error by 1.02, far from 10¹² yet.
    let (trajectory, verdict) = Case::new("parabola", &[2.5], 100, 1.01).run();
    assert_eq!((verdict.outcome, verdict.step), (Outcome::Diverges, 100));
    assert_eq!(trajectory.end(), End::StepsDone);
    assert!(!verdict.facts.left_all_bounds);
}

/// Where no more than half of the steps turn the gradient's sign, a loss that
/// rises again and again tells the same.
#[test]
fn a_loss_that_rises_often_is_bouncing() {
    let bounces = Case::new("saddle", &[1.5, 0.001], 200, 1.83).verdict();
    assert_eq!(bounces.outcome, Outcome::Bounces);
    assert!(bounces.facts.overshooting <= 0.5 && bounces.facts.rising >= 0.25);
}

#[test]
fn a_cone_is_bounced_on() {
    assert_eq!(Case::new("ackley", &[0.2, 0.1], 400, 0.02).outcome(), Outcome::Bounces);
}
