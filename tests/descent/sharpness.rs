//! Sharpness along a run: λ_max, its product with the rate, with the preconditioner
//! where a rule has one, and the edge of stability it is compared with.

use descent_lab::descent::Storage;
use descent_lab::descent::loss::Loss;
use descent_lab::descent::optimizer::{Edge, OPTIMIZERS, OptimizerRule, find};
use descent_lab::scenario::{RunProgress, Scenario, decode};

fn read(link: &str) -> (Scenario, Box<dyn Loss>) {
    let (scenario, refused) = decode(link);
    assert_eq!(refused, [], "{link}");
    let loss = scenario.build_loss();
    (scenario, loss)
}

/// The products along the first run of a link.
fn products(link: &str) -> Vec<f64> {
    let (scenario, loss) = read(link);
    let run = &scenario.runs[0];
    let trajectory = scenario.descend(run, loss.as_ref());
    let sharpness = scenario.sharpness(run, loss.as_ref(), &trajectory).expect("applies");
    assert_eq!(sharpness.largest.len(), trajectory.steps() + 1);
    assert_eq!(sharpness.products.len(), trajectory.steps() + 1);
    sharpness.products
}

fn preconditioned() -> impl Iterator<Item = &'static OptimizerRule> {
    let rules = OPTIMIZERS.iter().copied();
    rules.filter(|rule| matches!(rule.edge, Edge::Preconditioned(_)))
}

/// Goes through the first run of a link and shows each step: its rate, θ before and
/// after it, g before it, P, and what the rule has gathered.
fn walk(link: &str, mut see: impl FnMut(usize, f64, [&[f64]; 4], Option<&[f64]>)) {
    let (scenario, loss) = read(link);
    let run = &scenario.runs[0];
    let whole = scenario.descend(run, loss.as_ref());
    let mut progress = RunProgress::begin(Storage::default(), &scenario, run, loss.as_ref());
    let mut p = vec![0.0; loss.dimension()];
    for t in 0..whole.steps() {
        progress.advance(&scenario, run, loss.as_ref(), t + 1);
        assert!(progress.optimizer().preconditioner(&mut p), "{link}");
        let (from, to) = (whole.point(t), whole.point(t + 1));
        let seen = [from, to, whole.gradient(t).unwrap(), p.as_slice()];
        see(t, whole.learning_rates()[t], seen, progress.optimizer().momentum());
    }
}

#[test]
fn the_step_is_the_rate_over_p_times_gradient_or_mean() {
    for rule in preconditioned() {
        let is_decaying = rule.knobs.iter().any(|knob| knob.key == "weight_decay");
        let has_lookahead = rule.knobs.iter().any(|knob| knob.key == "momentum_decay");
        let link = format!("#loss=himmelblau&start=1,2&steps=60&run={},lr=0.05", rule.key);
        let decay = if is_decaying { 0.01 } else { 0.0 };
        walk(&link, |t, rate, [from, to, gradient, p], mean| {
            for axis in 0..2 {
                let direction = match mean {
                    Some(mean) if has_lookahead => {
                        let mu = |t| 0.9 * (1.0 - 0.5 * libm::pow(0.96, f64::from(t) * 4e-3));
                        let step = i32::try_from(t).expect("few");
                        (1.0 - mu(step + 1)) * gradient[axis] + mu(step + 2) * mean[axis]
                    }
                    Some(mean) => mean[axis],
                    None => gradient[axis],
                };
                let expected = rate * (direction / p[axis] + decay * from[axis]);
                let step = from[axis] - to[axis];
                // NAdam's two products of μ count as one, which the first steps feel.
                let early = libm::pow(0.5, f64::from(u32::try_from(t).expect("few")));
                let allowed = if has_lookahead { early.max(1e-7) } else { 1e-7 };
                let error = (step - expected).abs();
                let size = step.abs().max(1e-3 * rate);
                assert!(error <= allowed * size, "{} step {t}: {step} {expected}", rule.key);
            }
        });
    }
}

#[test]
fn the_preconditioned_eigenvalue_is_the_largest_quotient_over_all_directions() {
    let conditions =
        ["", "&noise=0.3&seed=5", "&precision=f32", "&batch=3..30&order=shuffled&seed=2"];
    for rule in preconditioned() {
        for condition in conditions {
            let ground = if condition.starts_with("&batch") {
                "linear_regression,data=line_2x1_seed0&start=4,-1"
            } else {
                "rosenbrock&start=-1.2,1"
            };
            let clip = if condition.is_empty() { ",clip=norm,clip_at=5" } else { "" };
            let link = format!("#loss={ground}&steps=40{condition}&run={},lr=0.03{clip}", rule.key);
            let (_, loss) = read(&link);
            let found = products(&link);
            walk(&link, |t, rate, [from, _, _, p], _| {
                let mut h = [0.0; 4];
                assert!(loss.hessian(from, &mut h));
                let mut largest = f64::NEG_INFINITY;
                for turn in 0..20_000 {
                    let angle = core::f64::consts::PI * f64::from(turn) / 20_000.0;
                    let x = libm::cos(angle) / p[0].sqrt();
                    let y = libm::sin(angle) / p[1].sqrt();
                    largest = largest.max(h[0] * x * x + 2.0 * h[1] * x * y + h[3] * y * y);
                }
                let expected = rate * largest;
                let size =
                    expected.abs().max(1e-6 * rate * (h[0].abs() / p[0] + h[3].abs() / p[1]));
                let error = (found[t] - expected).abs();
                assert!(error <= 1e-6 * size, "{link} step {t}: {} {expected}", found[t]);
            });
        }
    }
}

/// Whether the error along one direction dies away when P stays as it is and the
/// product is `product`, by going the steps.
fn dies_away(key: &str, knobs: &[f64], product: f64, step: usize, rate: f64) -> bool {
    let named = |name: &str| {
        let rule = find(key).expect("listed");
        rule.knobs.iter().position(|knob| knob.key == name).map(|at| knobs[at])
    };
    let beta1 = named("beta1").unwrap_or(0.0);
    let decay = named("weight_decay").unwrap_or(0.0);
    let psi = named("momentum_decay");
    #[expect(clippy::cast_precision_loss, reason = "a step")]
    let mu = |t: usize, psi: f64| beta1 * (1.0 - 0.5 * libm::pow(0.96, t as f64 * psi));
    let [of_gradient, of_mean] =
        psi.map_or([0.0, 1.0], |psi| [1.0 - mu(step + 1, psi), mu(step + 2, psi)]);
    let (mut x, mut mean) = (1.0_f64, 0.0);
    for _ in 0..20_000 {
        mean = beta1 * mean + (1.0 - beta1) * x;
        x = (1.0 - rate * decay) * x - product * (of_gradient * x + of_mean * mean);
        if x.abs() > 1e9 {
            return false;
        }
    }
    x.abs() < 1e-6
}

#[test]
fn below_the_edge_errors_die_away_and_above_it_they_grow() {
    for rule in preconditioned() {
        let mut knobs: Vec<f64> = rule.knobs.iter().map(|knob| knob.default).collect();
        for beta1 in [0.0, 0.5, 0.9, 0.95] {
            if let Some(at) = rule.knobs.iter().position(|knob| knob.key == "beta1") {
                knobs[at] = beta1;
            }
            for (step, rate) in [(50, 0.1), (5_000, 0.5)] {
                let edge = rule.edge_at(&knobs, step, rate).expect("an edge");
                let at = |share: f64| dies_away(rule.key, &knobs, share * edge, step, rate);
                assert!(at(0.98) && !at(1.02), "{} β₁ = {beta1}: {edge}", rule.key);
            }
        }
    }
}

/// What Cohen et al. (2022) saw: with all data in each gradient, P falls until the
/// product is at the edge, and then keeps it there.
#[test]
fn adaptive_rules_come_to_rest_at_the_edge_of_stability() {
    for run in [
        "adam,lr=0.1",
        "adam,lr=0.1,beta2=0.99",
        "radam,lr=0.1",
        "adamax,lr=0.1",
        "adamw,lr=0.1,weight_decay=0.1",
        "rmsprop,lr=0.01",
        "adadelta,lr=1",
        "nadam,lr=0.1,beta2=0.9",
        "nadam,lr=0.1,beta2=0.9,momentum_decay=0.2",
    ] {
        let link = format!("#loss=quadratic,kappa=20&steps=20000&run={run}");
        let (scenario, _) = read(&link);
        let optimizer = &scenario.runs[0].optimizer;
        let rate = scenario.runs[0].learning_rate;
        let mut late = products(&link).split_off(10_000);
        late.sort_by(f64::total_cmp);
        let median = late[late.len() / 2];
        let edge = optimizer.rule.edge_at(&optimizer.knobs, 15_000, rate).expect("an edge");
        assert!((median / edge - 1.0).abs() < 0.08, "{run}: {median} beside {edge}");
    }
}

#[test]
fn a_rule_has_an_edge_or_says_in_both_languages_why_not() {
    for rule in OPTIMIZERS {
        let knobs: Vec<f64> = rule.knobs.iter().map(|knob| knob.default).collect();
        let (scenario, loss) = read(&format!("#loss=booth&steps=5&run={}", rule.key));
        let run = &scenario.runs[0];
        let mut progress = RunProgress::begin(Storage::default(), &scenario, run, loss.as_ref());
        progress.advance(&scenario, run, loss.as_ref(), 3);
        let preconditions = progress.optimizer().preconditioner(&mut [0.0; 2]);
        let made = scenario.descend(run, loss.as_ref());
        let sharpness = scenario.sharpness(run, loss.as_ref(), &made);
        let edge = rule.edge_at(&knobs, 3, 0.1);
        assert_eq!(preconditions, matches!(rule.edge, Edge::Preconditioned(_)), "{}", rule.key);
        assert_eq!(rule.stability.is_some(), matches!(rule.edge, Edge::Plain), "{}", rule.key);
        assert_eq!(edge.is_some(), sharpness.is_some(), "{}", rule.key);
        if let Edge::None(why) = &rule.edge {
            assert!(why.en.len() > 20 && !why.en.ends_with('.'), "{}", why.en);
            assert!(why.zh.chars().count() > 8 && !why.zh.ends_with('。'), "{}", why.zh);
        }
    }
}

#[test]
fn plain_rules_are_measured_by_the_hessian_itself() {
    let (scenario, loss) = read("#loss=rosenbrock&start=-1.2,1&steps=50&run=momentum,lr=0.001");
    let run = &scenario.runs[0];
    let trajectory = scenario.descend(run, loss.as_ref());
    let sharpness = scenario.sharpness(run, loss.as_ref(), &trajectory).expect("applies");
    for t in 0..=trajectory.steps() {
        let largest = loss.curvature(trajectory.point(t)).unwrap().max;
        assert_eq!(sharpness.largest[t], largest);
        assert_eq!(sharpness.products[t], 0.001 * largest);
    }
    assert_eq!(run.optimizer.rule.edge_at(&run.optimizer.knobs, 0, 0.001), Some(3.8));
}

#[test]
fn whatever_a_run_does_its_sharpness_has_a_number_for_each_step() {
    for rule in OPTIMIZERS {
        for link in [
            "#loss=deep_chain,depth=8&start=1.3,1&steps=100",
            "#loss=parabola&steps=1",
            "#loss=saddle&start=1.5,0&steps=50",
            "#loss=quadratic&start=0,0&steps=20&precision=f16",
        ] {
            let (scenario, loss) = read(&format!("{link}&run={},lr=5", rule.key));
            let run = &scenario.runs[0];
            let made = scenario.descend(run, loss.as_ref());
            if let Some(found) = scenario.sharpness(run, loss.as_ref(), &made) {
                assert_eq!(found.products.len(), made.steps() + 1, "{link} {}", rule.key);
            }
        }
    }
}
