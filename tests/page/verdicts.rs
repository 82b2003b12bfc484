//! The sentences of verdicts and of better rates: their numbers are true of the run.

use descent_lab::descent::loss::{LOSSES, Loss};
use descent_lab::descent::optimizer::OPTIMIZERS;
use descent_lab::descent::{Fate, Language, Outcome, Trajectory, Verdict};
use descent_lab::scenario::{Scenario, Spectrum, decode, log_spaced};
use descent_lab::text::{self, Advice, Cause, Why};

struct Judged {
    scenario: Scenario,
    loss: Box<dyn Loss>,
    trajectory: Trajectory,
    verdict: Verdict,
}

fn judged(link: &str) -> Judged {
    let (scenario, refused) = decode(link);
    assert_eq!(refused, [], "{link}");
    let loss = scenario.build_loss();
    let run = &scenario.runs[0];
    let trajectory = scenario.descend(run, loss.as_ref());
    let verdict = scenario.judge(run, loss.as_ref(), &trajectory);
    Judged { scenario, loss, trajectory, verdict }
}

impl Judged {
    /// The verdict in both languages.
    fn sentences(&self) -> [String; 2] {
        let cause = Cause::of(&self.verdict, self.scenario.has_constant_hessian());
        Language::ALL.map(|language| text::sentence(text::of(language), &cause))
    }

    fn advice(&self) -> Option<Advice> {
        // Of a network a run is dear, and the page tries few rates as well.
        self.advice_of(if self.loss.layered().is_some() { 33 } else { 240 })
    }

    /// After a look at so many rates.
    fn advice_of(&self, count: usize) -> Option<Advice> {
        let run = &self.scenario.runs[0];
        let seeds = if self.scenario.is_stochastic(&self.scenario.runs[0]) { 2 } else { 1 };
        let rates = log_spaced(self.scenario.rates(run), count);
        let mut spectrum = Spectrum::begin(&self.scenario, run, rates, seeds);
        let curvature = self.loss.curvature(&self.scenario.start);
        let advise = |spectrum: &Spectrum| {
            Advice::of((&self.scenario, run), &self.verdict, spectrum, curvature.as_ref())
        };
        assert_eq!(advise(&spectrum), None, "nothing is said before it is known");
        spectrum.advance(self.loss.as_ref(), &mut || false);
        advise(&spectrum)
    }
}

const RAVINE: &str = "#loss=quadratic,kappa=20&start=-8,2.5&steps=100";

#[test]
fn which_direction_overshoots_and_by_what_factor() {
    for (link, [en, zh]) in [
        (
            "&run=sgd,lr=0.085",
            [
                "each step overshoots along y and multiplies the error there by 0.70; learning rate × curvature = 1.70 (limit 2).",
                "每一步都沿 y 方向越过谷底，误差变为原来的 0.70 倍；学习率 × 曲率 = 1.70（上限 2）。",
            ],
        ),
        (
            "&run=sgd,lr=0.1",
            [
                "exactly the limit, so each step lands as far up the other side along y as it came from.",
                "恰好等于上限，每一步都沿 y 方向落到对面同样高的地方。",
            ],
        ),
        (
            "&run=sgd,lr=0.13",
            [
                "Diverges: learning rate × curvature = 2.60, above the limit of 2, so each step multiplies the error along y by 1.60.",
                "发散：学习率 × 曲率 = 2.60，超过上限 2，每一步都把沿 y 方向的误差放大到 1.60 倍。",
            ],
        ),
        (
            "&run=momentum,lr=0.2",
            [
                "above the limit of 3.8, so in the long run each step multiplies the error along y by 1.50.",
                "超过上限 3.8，长期来看，每一步都把沿 y 方向的误差放大到 1.50 倍。",
            ],
        ),
    ] {
        let [found_en, found_zh] = judged(&format!("{RAVINE}{link}")).sentences();
        assert!(found_en.ends_with(en), "{found_en}");
        assert!(found_zh.ends_with(zh), "{found_zh}");
    }
    // Turned, the direction is no axis; of a parabola there is but one.
    let turned = judged("#loss=quadratic,kappa=20,angle=45&steps=100&run=sgd,lr=0.13").sentences();
    assert!(turned[0].ends_with("the error along (0.71, −0.71) by 1.60."), "{}", turned[0]);
    let single = judged("#loss=parabola&steps=100&run=sgd,lr=1.1").sentences();
    assert!(single[0].ends_with("so each step multiplies the error by 1.20."), "{}", single[0]);
    let round = judged("#loss=quadratic,kappa=1&steps=100&run=sgd,lr=1.7").sentences();
    assert!(
        round[0].contains("each step overshoots and multiplies the error by 0.70"),
        "{round:?}"
    );
}

#[test]
fn on_curved_ground_the_numbers_are_said_of_their_place() {
    let thrown = judged("#loss=rosenbrock&start=-1.2,1&steps=100&run=sgd,lr=0.01");
    let [en, _] = thrown.sentences();
    assert!(
        en.contains("at the start learning rate × curvature along (0.94, 0.34) = 15.1"),
        "{en}"
    );
    assert!(en.contains("above the limit of 2; at step"), "{en}");
    let settled = judged("#loss=himmelblau&start=0,0&steps=200&run=sgd,lr=0.022");
    let [en, _] = settled.sentences();
    assert!(en.contains("; there learning rate × curvature along (0.92, 0.40)"), "{en}");
    // Off the ravine's axes it is not said that the error shrinks by that much at every step.
    assert!(!en.contains("multiplies"), "{en}");
}

/// Goes on with the run and counts the steps until it has settled.
fn steps_to_go(judged: &Judged, at_most: usize) -> Option<f64> {
    let steps = judged.scenario.steps;
    let longer = Scenario { steps: steps + at_most, ..judged.scenario.clone() };
    let run = longer.descend(&longer.runs[0], judged.loss.as_ref());
    let settles = Fate::of(judged.loss.as_ref(), &run).settles?;
    #[expect(clippy::cast_precision_loss, reason = "a number of steps")]
    Some(settles as f64 - steps as f64)
}

#[test]
fn the_steps_still_to_go_are_those_that_it_takes() {
    let mut said = [0; 2];
    for rule in LOSSES.iter().filter(|rule| rule.key != "logistic_regression") {
        for optimizer in ["sgd", "momentum", "nesterov"] {
            for steps in [20, 60, 200] {
                for decade in 0..20 {
                    let rate = libm::pow(10.0, 0.3 * f64::from(decade) - 5.0);
                    let link =
                        format!("#loss={}&steps={steps}&run={optimizer},lr={rate}", rule.key);
                    let judged = judged(&link);
                    let Some(left) = judged.verdict.facts.steps_left.filter(|left| *left < 4e3)
                    else {
                        continue;
                    };
                    #[expect(
                        clippy::cast_possible_truncation,
                        clippy::cast_sign_loss,
                        reason = "few"
                    )]
                    let truth = steps_to_go(&judged, 3 * left as usize + 20);
                    let truth = truth.unwrap_or_else(|| panic!("{link}: never, not {left}"));
                    let share =
                        if (rule.has_constant_hessian)(&rule.defaults()) { 0.05 } else { 0.2 };
                    let error = (left - truth).abs();
                    assert!(error <= 1.5 + share * truth, "{link}: {left}, in truth {truth}");
                    said[usize::from((rule.has_constant_hessian)(&rule.defaults()))] += 1;
                }
            }
        }
    }
    assert!(said[0] > 10 && said[1] > 100, "{said:?}");
}

#[test]
fn nothing_is_said_of_steps_to_go_where_it_is_not_clear() {
    for link in [
        // The pace still falls from step to step.
        "#loss=gaussian_well&start=3,2&steps=200&run=sgd,lr=0.1",
        "#loss=rosenbrock&steps=200&run=sgd,lr=0.001",
        // Rates that change, noise, and a rule whose steps follow no gradient's size.
        "#loss=quadratic&steps=100&run=sgd,lr=0.001,schedule=cosine",
        "#loss=quadratic&steps=100&noise=0.1&run=sgd,lr=0.001",
        "#loss=quadratic&steps=100&run=adam,lr=0.01",
        // It does not shrink at all.
        "#loss=quadratic,kappa=20&steps=100&run=sgd,lr=0.1",
    ] {
        assert_eq!(judged(link).verdict.facts.steps_left, None, "{link}");
    }
    let crawling = judged(&format!("{RAVINE}&run=sgd,lr=0.001"));
    assert!(
        crawling.sentences()[0].contains("% of the way left; about"),
        "{:?}",
        crawling.sentences()
    );
    assert!(crawling.sentences()[1].contains("照这个速度大约还要"), "{:?}", crawling.sentences());
}

#[test]
fn the_growth_of_an_error_is_what_the_rule_does_to_it() {
    for rule in OPTIMIZERS.iter().filter(|rule| rule.stability.is_some()) {
        let stability = rule.stability.as_ref().expect("some");
        let knobs: Vec<f64> = rule.knobs.iter().map(|knob| knob.default).collect();
        let limit = (stability.limit)(&knobs);
        assert!(((stability.growth)(&knobs, limit) - 1.0).abs() < 1e-12, "{}", rule.key);
        for product in [0.01, 0.3, 0.9, 1.2, 1.9, 2.5, 4.0] {
            // On ½x² the product is the rate. The size over a hundred steps swings by no
            // more than a constant factor.
            let judged = judged(&format!(
                "#loss=quadratic,kappa=1&start=1,1&steps=400&run={},lr={product}",
                rule.key
            ));
            let run = &judged.trajectory;
            let largest = |from: usize| {
                let norms = (from..from + 40).map(|t| run.gradient_norm(t.min(run.steps())));
                norms.fold(0.0, f64::max)
            };
            let (from, to) =
                if run.steps() < 400 { (0, run.steps().saturating_sub(40)) } else { (40, 360) };
            if to < 10 || largest(to) == 0.0 {
                continue;
            }
            #[expect(clippy::cast_precision_loss, reason = "hundreds")]
            let growth = libm::exp(libm::log(largest(to) / largest(from)) / (to - from) as f64);
            let expected = (stability.growth)(&knobs, product);
            assert!(
                (growth / expected - 1.0).abs() < 0.02,
                "{} {product}: {growth} {expected}",
                rule.key
            );
        }
    }
}

#[test]
fn the_better_rate_is_one_that_settles_in_so_many_steps() {
    let mut better = 0;
    // On the chain, and in a network, large rates throw a run onto a plateau; where it
    // comes to rest there leaps from rate to rate.
    let left_out = ["logistic_regression", "deep_chain", "network"];
    for rule in LOSSES.iter().filter(|rule| !left_out.contains(&rule.key)) {
        for run in ["sgd,lr=0.0005", "momentum,lr=0.0005", "adam,lr=0.02", "line_search,lr=0.01"] {
            let judged = judged(&format!("#loss={}&steps=100&run={run}", rule.key));
            let Some(Advice::Better { rate, steps, .. }) = judged.advice() else { continue };
            let mut scenario = judged.scenario.clone();
            scenario.runs[0].learning_rate = rate.parse().expect("a number");
            let made = scenario.descend(&scenario.runs[0], judged.loss.as_ref());
            let fate = Fate::of(judged.loss.as_ref(), &made);
            assert!(fate.settles_in_minimum(), "{} {run}: {rate}", rule.key);
            let promised: usize = steps.parse().expect("a number");
            assert!(
                fate.step.abs_diff(promised) <= 2 + promised / 3,
                "{} {run}: {fate:?}",
                rule.key
            );
            better += 1;
        }
    }
    assert!(better > 20, "{better}");
}

#[test]
fn why_a_rate_is_better_is_said_where_theory_says_it() {
    let why = |link: &str| match judged(&format!("{RAVINE}{link}")).advice() {
        Some(Advice::Better { why, .. }) => why,
        other => panic!("{link}: {other:?}"),
    };
    assert_eq!(why("&run=sgd,lr=0.02"), Some(Why::Balance));
    assert_eq!(why("&run=sgd,lr=0.2"), Some(Why::Balance));
    // 2 / (λ_min + λ_max) itself, though from this start a little less is faster.
    let marked = judged(&format!("{RAVINE}&run=sgd,lr=0.0952")).advice();
    assert_eq!(marked, Some(Advice::FastEnough));
    assert_eq!(why("&run=nesterov,lr=0.001"), None);
    assert_eq!(why("&run=sgd,lr=0.02,clip=norm"), None);
    let curved = |rate: &str| {
        judged(&format!("#loss=himmelblau&start=0,0&steps=200&run=sgd,lr={rate}")).advice()
    };
    let of = |advice| match advice {
        Some(Advice::Better { why, .. }) => why,
        other => panic!("{other:?}"),
    };
    assert_eq!(of(curved("0.001")), Some(Why::ShorterBelow));
    assert_eq!(of(curved("0.05")), Some(Why::FartherAbove));
}

#[test]
fn no_advice_where_none_is_due() {
    let advice = |link: &str| judged(link).advice();
    // From the best on the slider, and a little beside it.
    let Some(Advice::Better { rate, .. }) = advice(&format!("{RAVINE}&run=sgd,lr=0.01")) else {
        panic!("there is a better one");
    };
    assert_eq!(advice(&format!("{RAVINE}&run=sgd,lr={rate}")), Some(Advice::FastEnough));
    assert_eq!(advice("#loss=quadratic&start=0,0&run=sgd,lr=0.1"), None, "a minimum already");
    assert_eq!(advice("#loss=rosenbrock&steps=50&run=sgd,lr=0.001"), Some(Advice::NoneSettles));
    assert_eq!(advice("#loss=quadratic&steps=1&run=sgd,lr=0.1"), Some(Advice::NoneSettles));
    assert_eq!(advice("#loss=quadratic&steps=50&noise=1&run=sgd,lr=0.1"), None);
    assert_eq!(advice("#loss=quadratic&steps=50&run=newton"), None);
    for language in Language::ALL {
        let words = text::of(language);
        for advice in [Advice::FastEnough, Advice::NoneSettles] {
            let [first, why] = (words.advice)(&advice);
            assert!(first.ends_with(['.', '。']) && why.is_empty(), "{first}");
        }
    }
}

#[test]
fn a_run_thrown_onto_a_plateau_is_no_advice() {
    // One step over the edge ends where the loss is higher than at the start.
    let link = "#loss=deep_chain,depth=20&start=0.9,0.6&steps=100&run=sgd,lr=0.1";
    let Some(Advice::Better { rate, .. }) = judged(link).advice() else {
        panic!("lower rates reach the valley");
    };
    let rate: f64 = rate.parse().expect("a number");
    let (scenario, _) = decode(&format!("{link}&run=sgd,lr={rate}"));
    let loss = scenario.build_loss();
    let run = scenario.runs.last().expect("the better one");
    let made = scenario.descend(run, loss.as_ref());
    assert!(made.losses()[made.steps()] < 0.1 * made.losses()[0], "at {rate}");
}

#[test]
fn at_a_start_that_is_not_left_the_rate_is_not_to_blame() {
    let said = |link: &str| judged(link).sentences();
    let [english, chinese] = said("#loss=quadratic,kappa=20&start=0,0&run=sgd,lr=0.3");
    assert_eq!(english, "Converges at once: the start is a minimum already.");
    assert_eq!(chinese, "收敛：起点本来就是极小点。");
    let [english, _] = said("#loss=saddle&start=0,0&run=sgd,lr=0.1");
    assert!(english.starts_with("Stalls: at the start already"), "{english}");
    let [english, _] = said("#loss=rosenbrock&start=1e6,1e6&precision=f16&steps=200&run=sgd,lr=1");
    assert!(english.contains("at the start already"), "{english}");
    let [english, _] = said("#loss=quadratic&stop_grad=1e9&run=sgd,lr=0.1");
    assert!(!english.contains("the start is"), "{english}: a stop rule says nothing of that");
}

/// What a value of a loss may cost for many runs on it to be made here.
const LITTLE: usize = 5_000;

#[test]
fn a_sentence_is_short_enough_for_its_place() {
    // Two lines of about 130 letters on a screen of 1440 pixels, three of about 50 on a phone.
    let mut longest = [0; 2];
    for preset in descent_lab::scenario::PRESETS {
        if preset.scenario().build_loss().cost() > LITTLE {
            // The sentences of the small networks are those of the large ones.
            continue;
        }
        let judged = judged(&format!("#preset={}", preset.key));
        // How long the words are does not hang on how finely the rates are tried.
        let count = if judged.loss.layered().is_some() { 4 } else { 24 };
        let Some(advice) = judged.advice_of(count) else { continue };
        let both = judged.sentences().map(|sentence| sentence.chars().count());
        for (at, language) in Language::ALL.into_iter().enumerate() {
            let after: usize =
                (text::of(language).advice)(&advice).iter().map(|s| s.chars().count()).sum();
            longest[at] = longest[at].max(both[at] + after);
        }
    }
    assert!(longest[0] <= 265 && longest[1] <= 135, "{longest:?}");
}

#[test]
fn a_run_that_climbs_says_that_its_sign_is_wrong() {
    for (link, by) in [
        ("&run=sgd,lr=0.01,ascent=1", true),
        ("&steps=5&run=sgd,lr=0.0001,ascent=1", false),
        ("&noise=0.1&run=momentum,lr=0.02,ascent=1", true),
        ("&run=adam,ascent=1", false),
    ] {
        let link = link.strip_prefix("&steps=5").map_or_else(
            || format!("{RAVINE}{link}"),
            |rest| format!("#loss=quadratic,kappa=20&start=-8,2.5&steps=5{rest}"),
        );
        let judged = judged(&link);
        let [en, zh] = judged.sentences();
        let says = "the sign of the gradient is wrong. Each step adds η∇J instead of subtracting it, so the run climbs";
        assert!(en.contains(says) && zh.contains("梯度的符号写反了"), "{link}: {en} {zh}");
        let step = format!("until step {}", text::count(judged.verdict.step));
        let is_named = matches!(judged.verdict.outcome, Outcome::Diverges | Outcome::Stalls);
        assert_eq!(en.contains(&step), is_named, "{link}: {en}");
        assert!(is_named || !by, "{link}: {en}");
        // Theory is about steps down the slope, and so is advice.
        assert_eq!(judged.verdict.facts.limit, None, "{link}");
        assert_eq!(judged.verdict.facts.steps_left, None, "{link}");
        assert_eq!(judged.advice(), None, "{link}");
    }
}
