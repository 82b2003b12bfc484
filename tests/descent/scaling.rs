//! What standardizing does to a loss: condition number and largest stable rate.

use descent_lab::descent::Language;
use descent_lab::scenario::{Scaling, Scenario, decode};
use descent_lab::text;

fn scenario(loss: &str) -> Scenario {
    let (scenario, refused) = decode(&format!("#v=1&loss={loss}"));
    assert!(refused.is_empty(), "{loss}: {refused:?}");
    scenario
}

fn scaling(loss: &str) -> Option<Scaling> {
    let scenario = scenario(loss);
    Scaling::of(&scenario, scenario.build_loss().as_ref())
}

#[test]
fn raw_millimetres_against_standardized_ones() {
    let found = scaling("linear_regression,data=penguins").expect("a scaling");
    assert!(!found.is_standardized);
    // The Hessian of half the mean of squares is [[mean x², mean x], [mean x, 1]].
    let samples = scenario("linear_regression,data=penguins").samples().expect("samples");
    let xs = samples.column(0);
    let count: f64 = xs.iter().map(|_| 1.0).sum();
    let mean = |f: fn(f64) -> f64| xs.iter().copied().map(f).sum::<f64>() / count;
    let (square, first) = (mean(|x| x * x), mean(|x| x));
    let (trace, determinant) = (square + 1.0, square - first * first);
    let largest = 0.5 * (trace + (trace * trace - 4.0 * determinant).sqrt());
    let [raw, standardized] = found.conditions;
    let number = raw.number.expect("a condition number");
    assert!((number / (largest * largest / determinant) - 1.0).abs() < 1e-6, "{number}");
    assert!((raw.limit * largest / 2.0 - 1.0).abs() < 1e-9, "{}", raw.limit);
    assert!(number > 1e6, "{number}");
    assert!((standardized.number.expect("a condition number") - 1.0).abs() < 1e-9);
    assert!((standardized.limit - 2.0).abs() < 1e-9);
}

#[test]
fn the_switch_changes_nothing_but_what_is_in_force() {
    for loss in [
        "linear_regression,data=penguins",
        "linear_regression,error=huber,data=penguins",
        "logistic_regression",
        "polynomial_regression,data=penguins,degree=2",
    ] {
        let [off, on] = ["0", "1"].map(|so| scaling(&format!("{loss},standardize={so}")));
        let (Some(off), Some(on)) = (off, on) else { panic!("{loss}: no scaling") };
        assert!(on.is_standardized && !off.is_standardized, "{loss}");
        assert_eq!(on.conditions, off.conditions, "{loss}");
        assert!(off.conditions[0].limit < off.conditions[1].limit, "{loss}: {off:?}");
    }
}

#[test]
fn nothing_is_said_where_nothing_can_be_standardized_or_curves() {
    assert_eq!(scaling("rosenbrock"), None);
    assert_eq!(scaling("linear_regression,error=absolute"), None);
    // So many powers of millimetres leave no digit of λ_min.
    let high = scaling("polynomial_regression,data=penguins,degree=8");
    assert_eq!(high.map(|high| high.conditions[0].number), Some(None));
}

#[test]
fn the_words_hold_both_numbers() {
    for language in Language::ALL {
        let words = (text::of(language).scaling)(true, Some("1"), "2");
        assert!(words.contains('1') && words.contains('2'), "{words}");
        let unknown = (text::of(language).scaling)(false, None, "0.1");
        assert!(unknown.contains("10¹⁴") && unknown.contains("0.1"), "{unknown}");
        assert_ne!(words, unknown);
    }
}

#[test]
fn a_batch_has_a_name() {
    let named = text::of(Language::English).batch_named;
    assert_eq!(named(Some("16"), None), "Batch 16");
    assert_eq!(named(None, None), "Full batch");
    assert_eq!(named(Some("1"), Some(None)), "Batch 1 → all");
    let named = text::of(Language::Chinese).batch_named;
    assert_eq!(named(Some("16"), None), "批量 16");
    assert_eq!(named(Some("1"), Some(Some("8"))), "批量 1 → 8");
}
