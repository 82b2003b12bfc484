//! Made-up layers, each with one thing the matter.

use super::*;

/// Layers whose gradients and spreads change by these factors towards the output, with
/// steps of so large a share of the weights.
fn layers(count: u32, gradient: f64, spread: f64, ratio: f64) -> Vec<LayerFigures> {
    let layer = |index: u32| {
        let power = |factor: f64| libm::pow(factor, f64::from(index));
        LayerFigures {
            gradient: 0.01 * power(gradient),
            weights: 3.0,
            update: 3.0 * ratio * power(gradient),
            spread: power(spread),
            idle: 0.0,
        }
    };
    (0..count).map(layer).collect()
}

fn diagnosed(figures: &[LayerFigures], idle: Idle, are_alike: bool) -> Diagnosis {
    let known = Circumstances { idle, are_alike, rises: false, gradient_left: 1.0 };
    Diagnosis::of(figures, &known)
}

fn plain(figures: &[LayerFigures]) -> Diagnosis {
    diagnosed(figures, Idle::Never, false)
}

#[test]
fn a_gradient_that_shrinks_backwards_vanishes_by_the_factor_it_shrinks_by() {
    let Diagnosis::Vanishing { factor, slower } = plain(&layers(12, 4.0, 1.0, 1e-3)) else {
        panic!("not vanishing");
    };
    assert!((factor - 4.0).abs() < 1e-9, "{factor}");
    assert!((slower / libm::pow(4.0, 11.0) - 1.0).abs() < 1e-9, "{slower}");
}

#[test]
fn ends_that_differ_do_not_turn_the_fit() {
    let mut figures = layers(20, 2.0, 1.0, 1e-3);
    figures[0].gradient *= 0.2;
    figures[19].gradient *= 3.0;
    let Diagnosis::Vanishing { factor, .. } = plain(&figures) else {
        panic!("not vanishing");
    };
    assert!((factor - 2.0).abs() < 0.2, "{factor}");
}

#[test]
fn an_optimizer_that_evens_the_steps_is_seen_in_how_much_slower_the_first_layer_is() {
    let mut figures = layers(12, 4.0, 1.0, 1e-3);
    for layer in &mut figures {
        layer.update = 3e-3;
    }
    let Diagnosis::Vanishing { slower, .. } = plain(&figures) else {
        panic!("not vanishing");
    };
    assert_eq!(slower, 1.0);
}

#[test]
fn where_no_gradient_arrives_the_first_layer_stands_still() {
    let mut figures = layers(6, 10.0, 1.0, 1e-3);
    (figures[0].gradient, figures[0].update) = (0.0, 0.0);
    let Diagnosis::Vanishing { slower, .. } = plain(&figures) else {
        panic!("not vanishing");
    };
    assert_eq!(slower, f64::INFINITY);
}

#[test]
fn a_gradient_that_grows_backwards_explodes() {
    let Diagnosis::Exploding { factor, times } = plain(&layers(30, 0.5, 1.0, 1e-3)) else {
        panic!("not exploding");
    };
    assert!((factor - 2.0).abs() < 1e-9, "{factor}");
    assert!((times / libm::pow(2.0, 29.0) - 1.0).abs() < 1e-9, "{times}");
}

#[test]
fn what_grows_or_fades_forwards_is_seen_where_the_gradients_of_weights_are_even() {
    // With relu ‖∂J/∂W‖ is a product of what shrinks and of what grows.
    let growing = plain(&layers(30, 1.0, 4.0, 1e-3));
    assert!(matches!(growing, Diagnosis::Growing { factor, .. } if (factor - 4.0).abs() < 1e-9));
    let fading = plain(&layers(30, 1.0, 0.7, 1e-3));
    assert!(matches!(fading, Diagnosis::Fading { factor, times }
        if (factor - 1.0 / 0.7).abs() < 1e-9 && times > 1e4));
}

#[test]
fn a_signal_that_fades_shows_at_the_output_though_hidden_units_differ() {
    let mut figures = layers(12, 1.0, 1.0, 1e-6);
    figures[11].spread = libm::pow(4.0, -11.0);
    let fading = plain(&figures);
    assert!(matches!(fading, Diagnosis::Fading { factor, .. } if (factor - 4.0).abs() < 1e-9));
    figures[11].spread = 0.0;
    let gone = plain(&figures);
    assert!(matches!(gone, Diagnosis::Fading { times, .. } if times == f64::INFINITY));
}

#[test]
fn what_explodes_is_graver_than_what_is_dead_and_weights_beyond_bounds_are_overflow() {
    let mut figures = layers(30, 1.0, 2.0, 1e-3);
    figures[3].idle = 1.0;
    assert!(matches!(diagnosed(&figures, Idle::Dead, false), Diagnosis::Growing { .. }));
    let mut figures = layers(4, 1.0, 1.0, 1e-3);
    (figures[2].weights, figures[1].idle) = (1e13, 1.0);
    let found = diagnosed(&figures, Idle::Dead, false);
    assert_eq!(found, Diagnosis::NotFinite { layer: 2 });
}

#[test]
fn two_layers_and_one_are_judged_like_many() {
    assert!(matches!(plain(&layers(2, 5.0, 1.0, 1e-3)), Diagnosis::Healthy { .. }));
    assert!(matches!(plain(&layers(2, 150.0, 1.0, 1e-3)), Diagnosis::Vanishing { .. }));
    assert!(matches!(plain(&layers(1, 5.0, 1.0, 1e-3)), Diagnosis::Healthy { ratios: Some(_) }));
    assert!(matches!(plain(&[]), Diagnosis::Healthy { ratios: None }));
}

#[test]
fn idle_units_are_dead_or_saturated_as_the_activation_has_it() {
    let mut figures = layers(5, 1.0, 1.0, 1e-3);
    (figures[1].idle, figures[2].idle) = (0.7, 0.9);
    // The last layer has no activation.
    figures[4].idle = 1.0;
    let of = |idle| diagnosed(&figures, idle, false);
    assert_eq!(of(Idle::Dead), Diagnosis::Dead { layers: 2, worst: 2, share: 0.9 });
    assert_eq!(of(Idle::Below(0.05)), Diagnosis::Saturated { layers: 2, worst: 2, share: 0.9 });
    assert!(matches!(of(Idle::Never), Diagnosis::Healthy { .. }));
}

#[test]
fn a_few_layers_of_which_half_is_dead_learn_all_the_same() {
    let mut figures = layers(30, 1.0, 1.0, 1e-3);
    (figures[13].idle, figures[27].idle) = (0.5, 0.53);
    assert!(matches!(diagnosed(&figures, Idle::Dead, false), Diagnosis::Healthy { .. }));
    figures[27].idle = 0.95;
    assert!(matches!(diagnosed(&figures, Idle::Dead, false), Diagnosis::Dead { worst: 27, .. }));
}

#[test]
fn units_that_began_alike_are_said_to_be_unless_there_is_one_layer() {
    let figures = layers(3, 1.0, 1.0, 0.0);
    assert_eq!(diagnosed(&figures, Idle::Dead, true), Diagnosis::Alike);
    assert_ne!(diagnosed(&figures[..1], Idle::Dead, true), Diagnosis::Alike);
}

#[test]
fn what_is_not_finite_is_found_where_it_began() {
    let mut figures = layers(5, 1.0, 1.0, 1e-3);
    figures[1].gradient = f64::NAN;
    figures[2].gradient = f64::INFINITY;
    assert_eq!(plain(&figures), Diagnosis::NotFinite { layer: 2 });
    figures[3].spread = f64::INFINITY;
    assert_eq!(plain(&figures), Diagnosis::NotFinite { layer: 3 });
    for layer in &mut figures {
        layer.weights = f64::NAN;
    }
    assert_eq!(plain(&figures), Diagnosis::NotFinite { layer: 0 });
}

#[test]
fn steps_are_too_long_or_too_short_only_where_they_are_in_every_layer() {
    let ratio = |figures: &[LayerFigures]| match plain(figures) {
        Diagnosis::TooLong { ratio, .. } => ratio,
        Diagnosis::TooShort { ratio, .. } => -ratio,
        _ => 0.0,
    };
    assert!((ratio(&layers(4, 1.0, 1.0, 0.03)) - 0.03).abs() < 1e-12);
    assert!((ratio(&layers(4, 1.0, 1.0, 3e-6)) + 3e-6).abs() < 1e-12);
    let mut figures = layers(4, 1.0, 1.0, 0.03);
    figures[2].update = 3e-3;
    assert_eq!(plain(&figures), Diagnosis::Healthy { ratios: Some([1e-3, 0.03]) });
    // At the end of a run no step is taken.
    for layer in &mut figures {
        layer.update = f64::NAN;
    }
    assert_eq!(plain(&figures), Diagnosis::Healthy { ratios: None });
}

#[test]
fn long_steps_are_told_from_harmful_ones_and_short_ones_from_rest() {
    let of = |ratio: f64, rises: bool, gradient_left: f64| {
        let known = Circumstances { idle: Idle::Never, are_alike: false, rises, gradient_left };
        Diagnosis::of(&layers(4, 1.0, 1.0, ratio), &known)
    };
    for rises in [false, true] {
        let found = of(0.03, rises, 1.0);
        assert!(matches!(found, Diagnosis::TooLong { rises: told, .. } if told == rises));
    }
    for (left, rests) in [(0.5, false), (1e-4, true)] {
        let found = of(3e-6, false, left);
        assert!(matches!(found, Diagnosis::TooShort { is_settled, .. } if is_settled == rests));
    }
}
