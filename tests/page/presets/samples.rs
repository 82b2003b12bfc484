//! Which samples make the gradient.

use descent_lab::descent::distance_to_nearest;

use super::shown::{Shown, minimum, preset, ratios};

#[test]
fn a_line_through_the_origin_makes_up_for_the_intercept_and_is_still_moving() {
    let shown = Shown::preset("line_through_origin");
    let [best] = minimum("line_through_origin")[..] else { panic!("one parameter") };
    let w = shown.component(0);
    assert!((best - 6.0).abs() < 0.25 && (w[1000] - best).abs() < 0.35, "{best}: {}", w[1000]);
    assert!(w[1000] - w[999] > 1e-4, "still moving");
}

#[test]
fn the_sum_is_there_in_thirteen_steps_and_would_diverge_on_ten_times_the_data() {
    let shown = Shown::preset("summed_gradient");
    let best = minimum("summed_gradient");
    let left = shown.distances(&best);
    let arrived = left.iter().position(|far| *far < 0.01 * left[0]);
    assert_eq!(arrived, Some(13), "within 1%");
    // Ten times the data make a sum ten times as steep.
    assert_eq!(Shown::at_rate("summed_gradient", 0.1).outcome(), "diverges");
    let mut mean = preset("summed_gradient").scenario();
    let reduction = mean.loss.rule.knobs.iter().position(|knob| knob.key == "reduction").unwrap();
    mean.loss.knobs[reduction] = 0.0;
    let [sum, mean] = [&preset("summed_gradient").scenario(), &mean].map(|scenario| {
        let mut gradient = [0.0];
        scenario.build_loss().value_and_gradient(&[0.0], &mut gradient);
        gradient[0]
    });
    assert!((sum / mean - 100.0).abs() < 1e-9, "100 times longer");
}

#[test]
fn the_wrong_sign_climbs_ever_faster_at_any_rate() {
    for rate in [0.01, 0.001, 0.0001] {
        let shown = Shown::at_rate("wrong_sign", rate);
        let steps: Vec<f64> = shown.component(0).windows(2).map(|w| (w[1] - w[0]).abs()).collect();
        assert!(steps.windows(2).all(|pair| pair[1] > pair[0]), "{rate}");
        assert!(shown.run.losses().windows(2).all(|pair| pair[1] > pair[0]), "{rate}");
    }
    let (right, wrong) = (preset("summed_gradient").scenario(), preset("wrong_sign").scenario());
    assert_eq!((right.loss, right.steps), (wrong.loss, wrong.steps), "the same program");
}

#[test]
fn four_points_have_their_limit_at_two_fifteenths() {
    let curvature = preset("four_points").scenario().build_loss().curvature(&[0.0]).expect("known");
    assert!((curvature.max - 15.0).abs() < 1e-12);
    assert!(Shown::at_rate("four_points", 0.13).settles());
    assert_eq!(Shown::at_rate("four_points", 0.14).outcome(), "diverges");
}

#[test]
fn single_samples_in_order_end_where_the_batch_does() {
    let [batch, single] = ["batch_line", "stochastic_line"].map(Shown::preset);
    let [all, one] = [batch.end(), single.end()];
    let apart = distance_to_nearest(&all, &[one]).unwrap();
    let moved = distance_to_nearest(&all, &[vec![0.5, 0.5]]).unwrap();
    assert!(apart < 1e-3 * moved, "{apart} of {moved}");
    assert_eq!((batch.run.steps(), single.run.steps()), (1000, 100_000));
    let way = batch.run.losses();
    assert!(way.windows(2).all(|pair| pair[1] < pair[0]), "smooth");
    // First the line rises to the points, then it turns.
    let samples = preset("batch_line").scenario().samples().expect("it learns from samples");
    let [x, y] = [0, 1].map(|column| {
        let numbers = (0..samples.len()).map(|at| samples.column(column)[at]);
        #[expect(clippy::cast_precision_loss, reason = "100 samples")]
        let mean = numbers.sum::<f64>() / samples.len() as f64;
        mean
    });
    let below = |t: usize| y - batch.run.point(t)[0] * x - batch.run.point(t)[1];
    assert!(below(200) < 0.1 * below(0) && below(200) > 0.0, "risen: {}", below(200));
    let [slope] = [minimum("batch_line")[0]];
    let to_turn = |t: usize| (slope - batch.run.point(t)[0]) / (slope - 0.5);
    assert!(to_turn(200) > 0.5 && to_turn(1000) < 0.35, "{} {}", to_turn(200), to_turn(1000));
}

#[test]
fn smaller_batches_are_as_fast_and_dance_wider() {
    let [all, sixteen, four, one] = Shown::side_by_side("batch_sizes");
    let best = minimum("batch_sizes");
    let width = |shown: &Shown| {
        let far = (100..=200)
            .map(|t| distance_to_nearest(shown.run.point(t), std::slice::from_ref(&best)));
        far.map(Option::unwrap).sum::<f64>() / 101.0
    };
    let widths = [&sixteen, &four, &one].map(width);
    assert!(widths[0] < widths[1] && widths[1] < widths[2], "{widths:?}");
    // Half-way down all stand about where the full batch stands.
    let fallen = |shown: &Shown| {
        let losses = shown.run.losses();
        losses.iter().position(|loss| *loss < 0.1 * losses[0]).unwrap()
    };
    let steps = [&all, &sixteen, &four, &one].map(fallen);
    assert!(steps.iter().all(|step| step.abs_diff(steps[0]) <= 2), "{steps:?}");
}

#[test]
fn one_step_for_the_batch_and_no_rest_for_one_sample() {
    let [batch, one] = Shown::side_by_side("too_fast_for_one");
    let curvature =
        preset("too_fast_for_one").scenario().build_loss().curvature(&[0.0; 2]).expect("known");
    assert!((curvature.max - 1.0).abs() < 1e-9, "{curvature:?}");
    assert_eq!(batch.verdict.step, 1, "a single step");
    // A sample's own curvature is 1 + x²: beyond 2 at this rate it is thrown ever farther.
    let penguins = preset("too_fast_for_one").scenario().build_loss();
    let x = penguins.data().expect("penguins").column(0).to_vec();
    assert!(x.iter().any(|x| 1.0 + x * x > 4.0), "much more than 1");
    assert!(x.iter().filter(|x| 1.0 + *x * *x > 2.0).count() > 50, "and not one alone");
    assert!(one.run.losses()[100] > 10.0 * batch.run.losses()[100]);
}

#[test]
fn the_same_rate_doubles_the_loss_of_the_sum_and_crawls_on_the_mean() {
    let shown = Shown::preset("sum_not_mean");
    let growth = ratios(&shown.run.losses()[..=20]);
    assert!(growth.iter().all(|ratio| *ratio > 2.0), "more than doubled: {growth:?}");
    let mut mean = preset("sum_not_mean").scenario();
    let sum = mean.build_loss().curvature(&[0.0; 2]).expect("known").max;
    mean.loss.knobs[2] = 1.0;
    assert!(
        (sum / mean.build_loss().curvature(&[0.0; 2]).expect("known").max - 100.0).abs() < 1e-9
    );
    assert_eq!(Shown::of(&mean).outcome(), "crawls");
}

#[test]
fn decay_brings_single_samples_to_rest_and_a_higher_rate_widens_the_ball() {
    let [constant, decaying] = Shown::side_by_side("sampling_noise");
    let scenario = preset("sampling_noise").scenario();
    let best = minimum("sampling_noise");
    let left = |shown: &Shown| {
        let far = (900..=1000)
            .map(|t| distance_to_nearest(shown.run.point(t), std::slice::from_ref(&best)));
        far.map(Option::unwrap).sum::<f64>() / 101.0
    };
    assert!(left(&decaying) < 0.5 * left(&constant));
    let ball = |rate: f64| {
        let mut other = scenario.clone();
        other.runs.truncate(1);
        other.runs[0].learning_rate = rate;
        left(&Shown::of(&other))
    };
    assert!(ball(0.1) < ball(0.3) && ball(0.3) < ball(0.6));
}

#[test]
fn a_growing_batch_shrinks_the_ball_at_a_constant_rate() {
    let growing = Shown::preset("growing_batch");
    let best = minimum("growing_batch");
    let far = |from: usize| {
        let far = (from..from + 50).map(|t| {
            distance_to_nearest(growing.run.point(t), std::slice::from_ref(&best)).unwrap()
        });
        far.sum::<f64>() / 50.0
    };
    assert!(far(250) < 0.3 * far(50), "{} and {}", far(50), far(250));
    assert!(growing.run.learning_rates().iter().all(|rate| *rate == 0.5));
}

#[test]
fn the_mean_of_the_second_half_lies_close_to_the_minimum() {
    let shown = Shown::preset("averaged");
    let best = minimum("averaged");
    let half = 500..=1000;
    let mean =
        [0, 1].map(|axis| half.clone().map(|t| shown.run.point(t)[axis]).sum::<f64>() / 501.0);
    let off = distance_to_nearest(&mean, std::slice::from_ref(&best)).unwrap();
    let typical =
        half.map(|t| distance_to_nearest(shown.run.point(t), std::slice::from_ref(&best)).unwrap());
    assert!(off < 0.25 * typical.clone().sum::<f64>() / 501.0, "{off}");
    assert!(typical.filter(|far| *far > off).count() > 490, "closer than most of its points");
    for axis in [0, 1] {
        let above = (500..=1000).filter(|t| shown.run.point(*t)[axis] > best[axis]).count();
        assert!((200..=300).contains(&above), "to either side alike: {above} of 501");
    }
    // What the page compares it with is no lucky point.
    let last = distance_to_nearest(&shown.end(), std::slice::from_ref(&best)).unwrap();
    assert!(last > 10.0 * off, "{last} and {off}");
}
