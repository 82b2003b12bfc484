//! Whoever says what became of a run says the same: verdict, spectrum, sweep, map of
//! starts and prediction, over all losses and rules.

use descent_lab::descent::loss::LOSSES;
use descent_lab::descent::optimizer::OPTIMIZERS;
use descent_lab::descent::{Ending, Fate, Outcome, Verdict};
use descent_lab::scenario::{Scenario, Spectrum, decode, log_spaced, sweep_csv};

/// Every loss with every rule, at three rates of its slider and two lengths.
fn scenarios() -> impl Iterator<Item = Scenario> {
    LOSSES.iter().flat_map(|loss| {
        OPTIMIZERS.iter().flat_map(move |rule| {
            // Two parameters are enough of a network.
            let knobs = if loss.key == "network" { ",data=line,depth=1" } else { "" };
            let (scenario, refused) =
                decode(&format!("#loss={}{knobs}&run={}", loss.key, rule.key));
            assert_eq!(refused, [], "{} {}", loss.key, rule.key);
            let rates = log_spaced(scenario.rates(&scenario.runs[0]), 3);
            rates.into_iter().zip([40, 15, 40]).map(move |(rate, steps)| {
                let mut scenario = Scenario { steps, ..scenario.clone() };
                scenario.runs[0].learning_rate = rate;
                scenario
            })
        })
    })
}

fn assert_agree(verdict: &Verdict, fate: &Fate, ending: Ending, of: &str) {
    let said = (verdict.outcome, verdict.step, verdict.settles, verdict.destination);
    assert_eq!(said, (fate.outcome, fate.step, fate.settles, fate.destination), "{of}");
    let arrives = verdict.settles.is_some();
    assert_eq!(arrives, fate.settles_in_minimum(), "{of}");
    assert!(
        !arrives || matches!(verdict.outcome, Outcome::Converges | Outcome::Oscillates),
        "{of}"
    );
    let is_same = match ending {
        Ending::Diverges { step } => {
            verdict.outcome == Outcome::Diverges && verdict.step == step as usize
        }
        Ending::Settles { step, .. } => verdict.settles == Some(step as usize),
        Ending::Stalls { .. } => verdict.outcome == Outcome::Stalls,
        Ending::GoesOn => {
            !arrives && !matches!(verdict.outcome, Outcome::Diverges | Outcome::Stalls)
        }
    };
    assert!(is_same, "{of}: {ending:?}, {verdict:?}");
}

#[test]
fn all_that_say_what_became_of_a_run_agree() {
    let mut seen = [0; 6];
    for scenario in scenarios() {
        let (loss, run) = (scenario.build_loss(), &scenario.runs[0]);
        let of =
            format!("{} {} {}", scenario.loss.rule.key, run.optimizer.rule.key, run.learning_rate);
        let trajectory = scenario.descend(run, loss.as_ref());
        let verdict = scenario.judge(run, loss.as_ref(), &trajectory);
        let minima = (scenario.loss.rule.minima)(&scenario.setting());
        let ending = Ending::of(&trajectory, loss.as_ref(), &minima);
        let fate = Fate::of(loss.as_ref(), &trajectory);
        assert_agree(&verdict, &fate, ending, &of);
        let mut spectrum = Spectrum::begin(&scenario, run, vec![run.learning_rate], 1);
        spectrum.advance(loss.as_ref(), &mut || false);
        let place = &spectrum.places()[0];
        assert_agree(&verdict, &place.fates[0], ending, &of);
        let steps = verdict.settles.map(|step| step.to_string()).unwrap_or_default();
        let row = format!(",{},{steps},", verdict.outcome.key());
        assert!(sweep_csv(&[(0, &spectrum)]).contains(&row), "{of}: {row}");
        seen[verdict.outcome as usize] += 1;
    }
    assert!(seen.iter().all(|count| *count > 0), "{seen:?}");
}
