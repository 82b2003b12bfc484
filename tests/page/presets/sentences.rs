//! The sentence of every preset's verdict.

use descent_lab::descent::Language;
use descent_lab::scenario::PRESETS;
use descent_lab::text::{self, Cause};

use super::shown::Shown;

/// What a value of a loss may cost for all steps of a preset to be made here.
const LITTLE: usize = 5_000;
/// As many are made of the others.
const FEW: usize = 20;

#[test]
fn the_verdict_of_every_preset_is_a_sentence_without_nonsense_in_each_language() {
    for preset in PRESETS {
        let mut scenario = preset.scenario();
        if scenario.build_loss().cost() > LITTLE {
            scenario.steps = scenario.steps.min(FEW);
        }
        for shown in Shown::all_of(&scenario) {
            let cause = Cause::of(&shown.verdict, scenario.has_constant_hessian());
            for language in Language::ALL {
                let sentence = text::sentence(text::of(language), &cause);
                assert!(sentence.chars().count() > 5, "{}: {sentence}", preset.key);
                for nonsense in ["NaN", "undefined", "Infinity", " inf"] {
                    assert!(!sentence.contains(nonsense), "{}: {sentence}", preset.key);
                }
            }
        }
    }
}
