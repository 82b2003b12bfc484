//! Every preset shows what its title and caption say.

use std::collections::BTreeSet;

use descent_lab::descent::{Language, Trajectory, Verdict, Words};
use descent_lab::scenario::{PRESETS, Preset, Scenario, Theme, decode, encode};

/// Preset, outcome.
const OUTCOMES: [(&str, &str); 19] = [
    ("oscillating", "oscillates"),
    ("too_small", "crawls"),
    ("about_right", "converges"),
    ("best", "oscillates"),
    ("at_the_limit", "bounces"),
    ("too_large", "diverges"),
    ("condition_1", "converges"),
    ("condition_10", "oscillates"),
    ("condition_100", "diverges"),
    ("rosenbrock_valley", "converges"),
    ("himmelblau_near", "oscillates"),
    ("himmelblau_far", "oscillates"),
    ("saddle", "converges"),
    ("plateau", "crawls"),
    ("thrown_out", "stalls"),
    ("vanishing", "crawls"),
    ("exploding", "diverges"),
    ("theta_squared", "converges"),
    ("egg_box", "converges"),
];

/// A run and what became of it.
struct Shown {
    run: Trajectory,
    verdict: Verdict,
}

impl Shown {
    fn of(scenario: &Scenario) -> Self {
        let loss = scenario.build_loss();
        let run = scenario.descend(loss.as_ref());
        let verdict = Verdict::of(loss.as_ref(), &run);
        Self { run, verdict }
    }

    /// The preset as it is.
    fn preset(key: &str) -> Self {
        Self::of(&preset(key).scenario())
    }

    /// The preset under another rate, as its caption asks one to drag it.
    fn at_rate(key: &str, rate: f64) -> Self {
        let mut scenario = preset(key).scenario();
        scenario.run.learning_rate = rate;
        Self::of(&scenario)
    }

    fn outcome(&self) -> &'static str {
        self.verdict.outcome.key()
    }

    fn component(&self, axis: usize) -> Vec<f64> {
        self.run.component(axis).collect()
    }

    fn end(&self) -> Vec<f64> {
        self.run.point(self.run.steps()).to_vec()
    }
}

fn preset(key: &str) -> &'static Preset {
    Preset::find(key).unwrap_or_else(|| panic!("no preset {key}"))
}

fn is_near(found: &[f64], expected: &[f64], tolerance: f64) -> bool {
    found.iter().zip(expected).all(|(a, b)| (a - b).abs() <= tolerance)
}

/// Each value over the one before.
fn ratios(values: &[f64]) -> Vec<f64> {
    values.windows(2).map(|pair| pair[1] / pair[0]).collect()
}

#[test]
fn there_are_enough_and_none_is_there_twice() {
    assert!(PRESETS.len() >= 14);
    let keys: BTreeSet<&str> = PRESETS.iter().map(|preset| preset.key).collect();
    assert_eq!(keys.len(), PRESETS.len());
    for language in Language::ALL {
        let titles: BTreeSet<&str> =
            PRESETS.iter().map(|preset| preset.title.in_language(language)).collect();
        assert_eq!(titles.len(), PRESETS.len(), "{language:?}");
    }
    let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    assert!(keys.iter().all(|key| key.chars().all(is_plain)), "a link needs plain keys");
}

#[test]
fn the_link_of_a_preset_is_clean_and_canonical() {
    for preset in PRESETS {
        let (scenario, refused) = decode(preset.link);
        assert_eq!(refused, [], "{}", preset.key);
        let canonical = encode(&scenario);
        let spelled: BTreeSet<&str> = preset.link.split('&').collect();
        let printed: BTreeSet<&str> = canonical.split('&').skip(1).collect();
        // A default that a preset says nevertheless is one it relies on.
        assert!(printed.is_subset(&spelled), "{}: {canonical}", preset.key);
        let all_said = decode(&format!("{}&{}", &canonical[1..], "")).0;
        assert_eq!(all_said, scenario, "{}", preset.key);
    }
}

#[test]
fn a_preset_holds_nothing_that_a_link_could_not_take_back() {
    for preset in PRESETS {
        let Scenario { stop, page, .. } = preset.scenario();
        assert_eq!((stop.loss, stop.gradient), (None, None), "{}", preset.key);
        let none: (Option<Language>, Option<Theme>, Option<[f64; 4]>) = (None, None, None);
        assert_eq!((page.language, page.theme, page.view), none, "{}", preset.key);
    }
}

/// How many sentences a text has. A full stop within a number ends none.
fn sentences(text: &str) -> usize {
    let after = text.chars().skip(1).chain([' ']);
    let ends = |(c, next): &(char, char)| match c {
        '。' | '！' | '？' => true,
        '.' | '!' | '?' => next.is_whitespace(),
        _ => false,
    };
    text.chars().zip(after).filter(ends).count()
}

#[test]
fn captions_are_two_sentences_in_each_language() {
    assert_eq!(sentences("At 0.5 it stops. At 1.0 it does not!"), 2);
    assert_eq!(sentences("等于 0.5 时停住。等于 1 时不停！真的？"), 3);
    let is_chinese = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
    for Preset { key, title, caption, .. } in PRESETS {
        for Words { en, zh } in [title, caption] {
            assert!(!en.is_empty() && !en.contains(is_chinese), "{key}: {en}");
            assert!(zh.contains(is_chinese), "{key}: {zh}");
            assert!(en.trim() == *en && zh.trim() == *zh, "{key}");
        }
        assert_eq!(sentences(caption.en), 2, "{key}: {}", caption.en);
        assert_eq!(sentences(caption.zh), 2, "{key}: {}", caption.zh);
        assert!(caption.en.ends_with('.') && caption.zh.ends_with('。'), "{key}");
    }
}

#[test]
fn both_languages_name_the_same_numbers() {
    // «half a percent» and 千分之五, «a few millionths» and so on are words.
    for Preset { key, caption, .. } in PRESETS {
        let numbers = |text: &'static str| -> BTreeSet<&str> {
            let is_part = |c: char| c.is_ascii_digit() || c == '.';
            text.split(|c| !is_part(c))
                .map(|number| number.trim_matches('.'))
                .filter(|number| number.contains('.') || number.len() > 1)
                .collect()
        };
        assert_eq!(numbers(caption.en), numbers(caption.zh), "{key}");
    }
}

#[test]
fn every_preset_ends_as_it_is_known_to() {
    let expected: Vec<(&str, &str)> = OUTCOMES.to_vec();
    let found: Vec<(&str, &str)> =
        PRESETS.iter().map(|preset| (preset.key, Shown::preset(preset.key).outcome())).collect();
    assert_eq!(found, expected);
}

#[test]
fn oscillating_below_0_05_not_and_above_0_1_growing() {
    let shown = Shown::preset("oscillating");
    let across = shown.component(1);
    let shrink = ratios(&across[..30]);
    assert!(shrink.iter().all(|ratio| (-1.0..0.0).contains(ratio)), "the other wall, lower");
    let calm = Shown::at_rate("oscillating", 0.0499);
    assert!(calm.component(1).iter().all(|y| *y >= 0.0), "the zigzag is gone");
    assert!(Shown::at_rate("oscillating", 0.0501).component(1)[1] < 0.0);
    let growth = ratios(&Shown::at_rate("oscillating", 0.1001).component(1));
    assert!(growth.iter().all(|ratio| *ratio < -1.0), "above 0.1 it grows");
}

#[test]
fn too_small_covers_half_a_percent_a_step() {
    let shown = Shown::preset("too_small");
    let shares = ratios(&shown.component(0));
    assert!(shares.iter().all(|share| (share - 0.995).abs() < 1e-12));
    let [x, y] = shown.end()[..] else { panic!("two parameters") };
    assert!(y.abs() < 1e-3 * 2.5, "the steep direction is done with");
    assert!(x.abs() > 0.5 * 8.0, "still far");
}

#[test]
fn about_right_never_overshoots_and_the_flat_direction_sets_the_pace() {
    let shown = Shown::preset("about_right");
    assert!(shown.verdict.facts.overshooting == 0.0);
    assert!(shown.verdict.facts.product_at_start < 1.0);
    let [x, y] = shown.run.point(50)[..] else { panic!("two parameters") };
    assert!(y.abs() < 1e-9 && x.abs() > 0.5);
}

#[test]
fn best_shrinks_both_directions_alike_and_no_rate_is_faster_in_the_long_run() {
    let shown = Shown::preset("best");
    let [along, across] = [0, 1].map(|axis| ratios(&shown.component(axis))[10].abs());
    assert!((along - across).abs() < 0.001, "{along} and {across}");
    assert!(ratios(&shown.component(1))[10] < 0.0, "it zigzags all the same");
    let left = |rate: f64| {
        let mut scenario = preset("best").scenario();
        (scenario.steps, scenario.run.learning_rate) = (2000, rate);
        Shown::of(&scenario).run.gradient_norm(2000)
    };
    let best = left(0.0952);
    assert!((10..100).map(|k| f64::from(k) / 1000.0).all(|rate| left(rate) > best));
    assert_eq!(Shown::at_rate("best", 0.1).outcome(), "bounces", "a hair's breadth above");
}

#[test]
fn at_the_limit_the_walls_throw_it_back_for_ever() {
    let shown = Shown::preset("at_the_limit");
    let across = shown.component(1);
    let sizes: Vec<f64> = across.iter().map(|y| y.abs()).collect();
    assert!(sizes.iter().all(|size| (size - 2.5).abs() < 1e-12), "exactly as far up");
    assert!(ratios(&across).iter().all(|ratio| *ratio < 0.0), "on the other wall");
    assert!(shown.end()[0].abs() < 1e-3, "along the valley it gets there");
}

#[test]
fn too_large_lands_higher_each_time_until_there_are_no_numbers() {
    let shown = Shown::preset("too_large");
    assert!(ratios(&shown.component(1)).iter().all(|ratio| *ratio < -1.0));
    let mut longer = preset("too_large").scenario();
    longer.steps = 10_000;
    let longer = Shown::of(&longer);
    assert!(longer.verdict.facts.left_all_bounds && longer.run.steps() < 1000);
}

#[test]
fn the_condition_numbers_share_one_rate() {
    let keys = ["condition_1", "condition_10", "condition_100"];
    for (key, kappa) in keys.into_iter().zip([1.0, 10.0, 100.0]) {
        let scenario = preset(key).scenario();
        assert!(scenario.run.learning_rate == 0.15 && scenario.loss.knobs[0] == kappa, "{key}");
        assert_eq!(scenario.start, preset(keys[0]).scenario().start);
    }
    let round = Shown::preset("condition_1").run;
    let straight = |t: usize| round.gradient(t)[1] / round.gradient(t)[0];
    assert!((0..40).all(|t| (straight(t) - straight(0)).abs() < 1e-9), "straight at the minimum");
    let ravine = Shown::preset("condition_10");
    assert!((ravine.verdict.facts.product_at_start - 1.5).abs() < 1e-12);
    let gorge = Shown::preset("condition_100");
    assert!(gorge.run.steps() <= 8, "a few steps, not {}", gorge.run.steps());
}

#[test]
fn condition_100_has_its_limit_at_0_02_and_crawls_below() {
    let limit = 2.0 / 100.0;
    let scenario = preset("condition_100").scenario();
    let curvature = scenario.build_loss().curvature(&scenario.start);
    assert!((curvature.limit().expect("a valley") - limit).abs() < 1e-15);
    assert_eq!(Shown::at_rate("condition_100", 0.0201).outcome(), "diverges");
    let safe = Shown::at_rate("condition_100", 0.01);
    assert!(ratios(&safe.component(0)).iter().all(|share| *share > 0.98), "it crawls");
}

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
    let rates =
        ["himmelblau_near", "himmelblau_far"].map(|key| preset(key).scenario().run.learning_rate);
    assert!((rates[1] - rates[0] - 0.0001).abs() < 1e-12 && rates[1] / rates[0] < 1.01);
    // What the first caption asks one to do leads to the second.
    assert_eq!(Shown::at_rate("himmelblau_near", 0.0135).end(), far.end());
    let scenario = preset("himmelblau_near").scenario();
    let nearest = (scenario.loss.rule.minima)(&[])
        .into_iter()
        .min_by(|a, b| {
            let distance = |m: &[f64]| (m[0] - 5.0) * (m[0] - 5.0) + (m[1] - 4.0) * (m[1] - 4.0);
            distance(a).total_cmp(&distance(b))
        })
        .expect("four minima");
    assert!(is_near(&nearest, &[3.0, 2.0], 1e-9), "the nearest of the four");
    let stride = (far.run.point(1)[0] - far.run.point(0)[0]).abs();
    assert!(stride > 4.0, "long first steps");
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
    assert_eq!(shown.verdict.step, 2);
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
}
