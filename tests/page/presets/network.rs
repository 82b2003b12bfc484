//! Gradients that vanish and explode on their way through the layers.

use descent_lab::descent::LayerFigures;

use super::shown::{Shown, distance, preset};

/// What the layers do at a step of a preset's run.
fn layers(shown: &Shown, step: usize) -> Vec<LayerFigures> {
    let (at, figures) = shown.run.layers(step).expect("a network");
    assert_eq!(at, step, "all of a short run is kept");
    figures.to_vec()
}

fn first_and_last(shown: &Shown) -> [LayerFigures; 2] {
    let figures = layers(shown, 0);
    [figures[0], figures[figures.len() - 1]]
}

/// By how much the parameters of each layer moved between two steps.
fn moves(shown: &Shown, widths: &[usize], [from, to]: [usize; 2]) -> Vec<f64> {
    let mut begin = 0;
    let layers = widths.windows(2).map(|pair| {
        let end = begin + (pair[0] + 1) * pair[1];
        let [from, to] = [from, to].map(|step| &shown.run.point(step)[begin..end]);
        begin = end;
        distance(from, to)
    });
    layers.collect()
}

/// The mean loss over the second half of a run.
fn late_loss(shown: &Shown) -> f64 {
    let late = &shown.run.losses()[shown.run.steps() / 2..];
    #[expect(clippy::cast_precision_loss, reason = "hundreds of steps")]
    let mean = late.iter().sum::<f64>() / late.len() as f64;
    mean
}

fn last_loss(shown: &Shown) -> f64 {
    shown.run.losses()[shown.run.steps()]
}

#[test]
fn a_sigmoid_lets_less_through_the_more_layers_there_are() {
    let [two, eight, twenty] = ["sigmoid_2", "sigmoid_8", "sigmoid_20"].map(Shown::preset);
    let share = last_loss(&two) / two.run.losses()[0];
    assert!((0.14..0.19).contains(&share), "to a sixth: {share}");
    for shown in [&eight, &twenty] {
        assert!((last_loss(shown) - libm::log(2.0)).abs() < 1e-4, "guessing");
    }
    let shrinks = |shown: &Shown| {
        let [first, last] = first_and_last(shown);
        last.gradient / first.gradient
    };
    assert!((700.0..1500.0).contains(&shrinks(&eight)), "{}", shrinks(&eight));
    assert!((0.9e11..1.1e11).contains(&shrinks(&twenty)), "{}", shrinks(&twenty));
    let widths = [&[2][..], &[16; 19], &[1]].concat();
    let moved = moves(&twenty, &widths, [0, 500]);
    assert!(moved[..17].iter().all(|far| *far < 0.01), "{moved:?}");
    assert!(moved[17..].iter().all(|far| *far > 0.01), "{moved:?}");
    let later = moves(&twenty, &widths, [20, 500]);
    assert!(later.iter().all(|far| *far < 1e-6), "all stands still: {later:?}");
    let [few, many] = ["sigmoid_2", "sigmoid_20"].map(|key| preset(key).scenario().loss.knobs);
    assert_eq!(few.iter().zip(&many).filter(|(a, b)| a != b).count(), 1, "the depth alone");
}

#[test]
fn no_rate_on_the_slider_trains_twenty_layers_of_sigmoids() {
    let [low, high] = {
        let scenario = preset("sigmoid_20").scenario();
        scenario.usual_rates(&scenario.runs[0])
    };
    for rate in [low, 0.01, 0.1, high] {
        let shown = Shown::at_rate("sigmoid_20", rate);
        assert!(last_loss(&shown) > 0.69, "{rate}: {}", last_loss(&shown));
    }
}

#[test]
fn xaviers_weights_keep_tanh_level_where_larger_ones_saturate_it() {
    let [xavier, normal] = ["tanh_xavier", "tanh_normal"].map(Shown::preset);
    let gradients: Vec<f64> = layers(&xavier, 0).iter().map(|layer| layer.gradient).collect();
    let largest = gradients.iter().copied().fold(0.0, f64::max);
    assert!(gradients.iter().all(|gradient| *gradient > 0.2 * largest), "{gradients:?}");
    assert!(
        (xavier.run.losses()[0] - 0.54).abs() < 0.005 && (last_loss(&xavier) - 0.05).abs() < 0.006
    );
    let reached = late_loss(&xavier).max(last_loss(&xavier));
    let [first, last] = first_and_last(&normal);
    assert!((900.0..2000.0).contains(&(first.gradient / last.gradient)));
    let idle = |shown: &Shown, step| {
        let hidden = layers(shown, step);
        let hidden = &hidden[1..hidden.len() - 1];
        #[expect(clippy::cast_precision_loss, reason = "18 layers")]
        let mean = hidden.iter().map(|layer| layer.idle).sum::<f64>() / hidden.len() as f64;
        mean
    };
    // Where it ends hangs on the last bit of its weights; that it ends badly does not.
    for shown in Shown::nudged("tanh_normal").iter().chain([&normal]) {
        let start = idle(shown, 0);
        assert!((0.45..0.6).contains(&start), "half of them: {start}");
        assert!(idle(shown, 20) > start + 0.1, "more and more: {}", idle(shown, 20));
        assert!(last_loss(shown) > 3.0 * last_loss(&xavier), "{}", last_loss(shown));
        assert!(late_loss(shown) > 3.0 * reached, "not at the last step alone");
    }
}

#[test]
fn relu_keeps_its_signal_with_hes_weights_and_loses_it_with_xaviers() {
    let [he, xavier] = ["relu_he", "relu_xavier"].map(Shown::preset);
    let spread =
        |shown: &Shown| layers(shown, 0).iter().map(|layer| layer.spread).collect::<Vec<_>>();
    assert!(spread(&he)[..29].iter().all(|spread| (0.2..2.0).contains(spread)));
    let fading = spread(&xavier);
    let weaker = fading[0] / fading[28];
    assert!((1e4..4e4).contains(&weaker), "{fading:?}");
    assert!((libm::pow(weaker, 1.0 / 28.0) - 2.0_f64.sqrt()).abs() < 0.05, "√2 a layer");
    let gradients: Vec<f64> = layers(&xavier, 0).iter().map(|layer| layer.gradient).collect();
    assert!(gradients.iter().all(|gradient| (1e-6..1e-5).contains(gradient)), "alike");
    assert!((he.run.losses()[0] - 0.7).abs() < 0.01 && (last_loss(&he) - 0.06).abs() < 0.005);
    assert!((last_loss(&xavier) - 0.69).abs() < 0.005);
}

#[test]
fn a_rate_of_four_kills_a_layer_that_a_leak_would_have_saved() {
    let [dead, leaky] = ["dead_relu", "leaky_relu"].map(Shown::preset);
    let third = |shown: &Shown, step| layers(shown, step)[2];
    assert!(
        third(&dead, 0).idle < 0.2 && third(&dead, 20).idle == 1.0 && third(&dead, 400).idle == 1.0
    );
    assert_eq!(
        dead.run.gradient_norm(20).min(dead.run.gradient_norm(400)),
        dead.run.gradient_norm(400)
    );
    assert!(dead.run.step_length(399) < 1e-6, "it never moves again");
    let gentle = Shown::at_rate("dead_relu", 0.4);
    assert!(layers(&gentle, 400).iter().all(|layer| layer.idle < 0.2) && last_loss(&gentle) < 0.01);
    let highest = leaky.run.losses().iter().copied().fold(0.0, f64::max);
    assert!(highest > 2.0 * leaky.run.losses()[0], "it leaps at first");
    let share = last_loss(&leaky) / leaky.run.losses()[0];
    assert!((0.22..0.29).contains(&share), "a quarter: {share}");
}

#[test]
fn an_explosion_is_cured_by_clipping_by_smaller_weights_and_by_a_smaller_rate() {
    let [wild, clipped, gain, rate] =
        ["gain_explodes", "explosion_clipped", "explosion_smaller_gain", "explosion_smaller_rate"]
            .map(Shown::preset);
    let spread: Vec<f64> = layers(&wild, 0).iter().map(|layer| layer.spread).collect();
    assert!(spread[10] / spread[0] > 100.0, "{spread:?}");
    assert_eq!((wild.outcome(), wild.run.steps()), ("diverges", 2));
    for cured in [&clipped, &gain, &rate] {
        assert_ne!(cured.outcome(), "diverges");
    }
    let guessing = libm::log(2.0);
    assert!((guessing - 0.69).abs() < 0.005);
    assert!((clipped.run.losses()[0] - 53.0).abs() < 0.5);
    // Two of them are chaotic: where they end hangs on the last bit of their weights, and
    // what is said of them may not.
    for shown in Shown::nudged("explosion_clipped").iter().chain([&clipped]) {
        assert!(late_loss(shown) < 0.6 * guessing, "{}", late_loss(shown));
        assert!(last_loss(shown) < 0.6 * guessing, "{}", last_loss(shown));
    }
    for shown in Shown::nudged("explosion_smaller_rate").iter().chain([&rate]) {
        assert_eq!(shown.run.steps(), 300, "it survives");
        assert!(late_loss(shown) > guessing, "{}", late_loss(shown));
    }
    for shown in Shown::nudged("explosion_smaller_gain").iter().chain([&gain]) {
        assert!((shown.run.losses()[0] - 0.74).abs() < 0.005);
        assert!((last_loss(shown) - 0.003).abs() < 5e-4, "{}", last_loss(shown));
    }
    assert!(layers(&rate, 0).iter().any(|layer| layer.gradient > 200.0));
}

#[test]
fn the_penalty_more_than_halves_the_weights() {
    let [free, held] = ["network_unpenalized", "network_l2"].map(Shown::preset);
    let wrong = |shown: &Shown, key: &str| {
        let (loss, end) = (preset(key).scenario().build_loss(), shown.end());
        let samples = loss.data().expect("moons");
        let rows = (0..samples.len()).map(|at| samples.row(at));
        rows.filter(|row| (loss.predict(&end, &row[..2]) > 0.5) != (row[2] > 0.5)).count()
    };
    let wrong = [wrong(&free, "network_unpenalized"), wrong(&held, "network_l2")];
    assert!(wrong[0] + 3 <= wrong[1] && wrong[1] < 20, "a few wrong points: {wrong:?}");
    let (start, free) = (layers(&free, 0), layers(&free, 2000));
    assert!(free.iter().zip(&start).all(|(end, start)| end.weights > 2.0 * start.weights));
    let held = layers(&held, 2000);
    assert!(held.iter().zip(&free).all(|(held, free)| held.weights < 0.5 * free.weights));
}

#[test]
fn adam_winds_a_boundary_between_spirals_where_descent_has_hardly_begun() {
    let scenario = preset("spirals").scenario();
    let shown = Shown::of(&scenario);
    let loss = scenario.build_loss();
    let samples = loss.data().expect("spirals");
    let end = shown.end();
    let is_right = |row: &Vec<f64>| (loss.predict(&end, &row[..2]) > 0.5) == (row[2] > 0.5);
    assert!((0..samples.len()).all(|sample| is_right(&samples.row(sample))));
    let mut plain = scenario.clone();
    plain.runs[0].optimizer = descent_lab::scenario::Run::default().optimizer;
    assert!(last_loss(&Shown::of(&plain)) > 0.6);
}
