//! Landscapes of other shapes.

use std::collections::BTreeSet;

use super::shown::{Shown, is_near, nudged, preset, ratios};

#[test]
fn the_rosenbrock_valley_is_found_at_once_and_followed_for_thousands() {
    let shown = Shown::preset("rosenbrock_valley").run;
    let off_the_floor = |t: usize| {
        let [x, y] = shown.point(t)[..] else { panic!("two parameters") };
        (y - x * x).abs()
    };
    assert!(off_the_floor(0) > 0.4 && off_the_floor(8) < 0.02, "a few steps");
    let distance = |t: usize| (shown.point(t)[0] - 1.0).abs();
    assert!(distance(2500) > 0.1 && distance(10_000) < 0.05, "thousands");
    assert_eq!(Shown::at_rate("rosenbrock_valley", 0.005).outcome(), "bounces", "steep walls");
}

#[test]
fn himmelblau_near_and_far_differ_by_less_than_a_percent() {
    let [near, far] = ["himmelblau_near", "himmelblau_far"].map(Shown::preset);
    assert!(is_near(&near.end(), &[3.0, 2.0], 1e-9), "{:?}", near.end());
    assert!(is_near(&far.end(), &[-2.805_118, 3.131_313], 1e-6), "{:?}", far.end());
    let rates = ["himmelblau_near", "himmelblau_far"]
        .map(|key| preset(key).scenario().runs[0].learning_rate);
    assert!((rates[1] - rates[0] - 0.0001).abs() < 1e-12 && rates[1] / rates[0] < 1.01);
    // What the first caption asks one to do leads to the second.
    assert_eq!(Shown::at_rate("himmelblau_near", 0.0135).end(), far.end());
    let scenario = preset("himmelblau_near").scenario();
    let nearest = (scenario.loss.rule.minima)(&scenario.setting())
        .into_iter()
        .min_by(|a, b| {
            let distance = |m: &[f64]| (m[0] - 5.0) * (m[0] - 5.0) + (m[1] - 4.0) * (m[1] - 4.0);
            distance(a).total_cmp(&distance(b))
        })
        .expect("four minima");
    assert!(is_near(&nearest, &[3.0, 2.0], 1e-9), "the nearest of the four");
    // Both leap to the same place, and then head for the same saddle, to either side of it.
    let saddle = [0.086_677, 2.884_255];
    let loss = scenario.build_loss();
    let mut gradient = [0.0; 2];
    loss.value_and_gradient(&saddle, &mut gradient);
    assert!(gradient.iter().all(|slope| slope.abs() < 1e-3), "{gradient:?}");
    let curvature = loss.curvature(&saddle).expect("two parameters");
    assert!(curvature.min < 0.0 && curvature.max > 0.0, "{curvature:?}");
    for shown in [&near, &far] {
        assert!(is_near(shown.run.point(1), &[-0.2, 0.5], 0.05), "{:?}", shown.run.point(1));
        assert!(is_near(shown.run.point(6), &saddle, 0.2), "{:?}", shown.run.point(6));
    }
    assert!(near.run.point(6)[0] > saddle[0] && far.run.point(6)[0] < saddle[0]);
}

#[test]
fn the_saddle_holds_for_long_and_then_lets_go() {
    let shown = Shown::preset("saddle").run;
    let near = |t: usize| shown.point(t).iter().all(|v| v.abs() < 0.2);
    let lingers = (0..=200).filter(|t| near(*t)).count();
    assert!((30..80).contains(&lingers), "{lingers} steps at the saddle");
    let early = (0..20).map(|t| shown.losses()[t] - shown.losses()[t + 1]).sum::<f64>();
    let plateau = shown.losses()[25] - shown.losses()[50];
    assert!(plateau < 0.02 * early, "the loss curve shows a plateau");
    assert!((shown.losses()[200] + 0.25).abs() < 1e-6, "long before it is finished");
}

#[test]
fn the_plateau_lets_1_arrive_and_3_not_rest() {
    let shown = Shown::preset("plateau");
    let moved = is_near(&shown.end(), &[3.0, 2.0], 0.15);
    assert!(moved, "it hardly moves: {:?}", shown.end());
    let arrives = Shown::at_rate("plateau", 1.0);
    assert_eq!(arrives.outcome(), "converges");
    assert!(is_near(&arrives.end(), &[0.0, 0.0], 1e-6));
    assert_eq!(Shown::at_rate("plateau", 3.0).outcome(), "bounces");
}

#[test]
fn thrown_out_by_one_giant_step_it_rests_away_from_the_minimum() {
    let shown = Shown::preset("thrown_out");
    let distance = |t: usize| shown.run.point(t).iter().map(|v| v * v).sum::<f64>().sqrt();
    assert!(distance(1) < 1.5 && distance(2) > 4.0, "one giant step");
    assert!(distance(200) > 4.0, "no way back");
    assert_eq!(shown.run.steps() - 2, 198, "the steps that are left");
    assert!(is_near(shown.run.point(200), shown.run.point(2), 0.07), "less than 0.1");
    assert_eq!(shown.verdict.facts.rests_from, Some(2));
    assert!(shown.run.gradient_norm(200) < 1e-4);
}

#[test]
fn twenty_layers_leave_a_few_hundred_thousandths_of_the_gradient() {
    let shown = Shown::preset("vanishing");
    let gradient = shown.run.gradient_norm(0);
    assert!((2e-5..1e-4).contains(&gradient), "{gradient}");
    assert!(is_near(&shown.end(), &[0.5, 0.5], 0.01), "it barely moves");
    let [x, y] = shown.end()[..] else { panic!("two parameters") };
    assert!((0..19).fold(y, |signal, _| signal * x) < 1e-5, "nowhere near x¹⁹y = 1");
}

#[test]
fn eight_layers_leap_across_and_leave_every_bound_at_the_second_step() {
    let shown = Shown::preset("exploding");
    assert_eq!((shown.run.steps(), shown.verdict.step), (2, 2));
    assert!(shown.verdict.facts.left_all_bounds);
    let [before, after] = [shown.run.point(0), shown.run.point(1)];
    assert!(before[0] > 1.0 && after[0] < 0.0, "the first step leaps");
}

#[test]
fn theta_squared_keeps_98_percent_and_0_5_needs_a_single_step() {
    for start in [-2.4183, 1.0, 1e6] {
        let mut scenario = preset("theta_squared").scenario();
        scenario.start = vec![start];
        let kept = ratios(&Shown::of(&scenario).component(0));
        assert!(kept.len() == 1000 && kept.iter().all(|share| (share - 0.98).abs() < 1e-12));
    }
    let single = Shown::at_rate("theta_squared", 0.5);
    assert_eq!((single.verdict.step, single.run.point(1)), (1, &[0.0][..]));
    let jumping = Shown::at_rate("theta_squared", 1.0);
    assert_eq!(jumping.outcome(), "bounces");
    assert!(ratios(&jumping.component(0)).iter().all(|ratio| *ratio == -1.0));
}

/// Which dimple of the egg box a point lies in: they are a unit apart.
fn dimple(point: &[f64]) -> [i64; 2] {
    #[expect(clippy::cast_possible_truncation, reason = "a few units")]
    [libm::round(point[0]) as i64, libm::round(point[1]) as i64]
}

#[test]
fn the_egg_box_keeps_what_falls_into_a_dimple_until_the_rate_shakes_it() {
    let visited = |shown: &Shown| -> BTreeSet<[i64; 2]> {
        (0..=100).map(|t| dimple(shown.run.point(t))).collect()
    };
    let caught = Shown::preset("egg_box");
    assert_eq!(visited(&caught), [dimple(&preset("egg_box").scenario().start)].into());
    assert!(caught.run.losses()[100] > 1.0, "not the deepest dimple");
    let caption = preset("egg_box").caption.en;
    assert!(caption.contains("0.015 say"), "{caption}");
    let shaken = Shown::at_rate("egg_box", 0.015);
    assert_eq!(shaken.outcome(), "bounces");
    assert!(visited(&shaken).len() >= 10, "from dimple to dimple: {:?}", visited(&shaken));
    // It is chaotic: so it is from starts beside its own.
    let mut scenario = preset("egg_box").scenario();
    scenario.runs[0].learning_rate = 0.015;
    for seed in 0..8 {
        let shaken = Shown::of(&nudged(&scenario, seed));
        assert!(visited(&shaken).len() >= 10, "{seed}: {:?}", visited(&shaken));
        assert!(shaken.strides()[90..].iter().all(|stride| *stride > 0.01), "{seed}: never rests");
    }
}
