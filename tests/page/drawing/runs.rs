//! Runs side by side on the map.

use descent_lab::scenario::Theme;
use descent_lab::view::{Palette, Track, map_point, standing_step};

use super::recorder::Recorder;
use super::stage::{DESKTOP, PHONE, Stage};

/// Eight runs of four rules.
pub(super) const EIGHT: &str = "loss=quadratic,kappa=20&start=-8,2.5&steps=100&run=sgd,lr=0.085&run=momentum,lr=0.02&run=adam,lr=0.45&run=nesterov,lr=0.02&run=sgd,lr=0.02&run=adam,lr=0.15&run=momentum,lr=0.005&run=nesterov,lr=0.004";

fn letters(recorder: &Recorder) -> Vec<&str> {
    let is_letter = |text: &&str| text.len() == 1;
    recorder.texts().map(|text| text.text.as_str()).filter(is_letter).collect()
}

fn labels(recorder: &Recorder) -> Vec<&str> {
    let of = ["−η∇J", "Δθ"];
    recorder.texts().map(|text| text.text.as_str()).filter(|text| of.contains(text)).collect()
}

#[test]
fn each_of_several_pucks_carries_its_letter_and_the_selected_is_drawn_last() {
    let stage = Stage::of(EIGHT, DESKTOP);
    for selected in 0..8 {
        let recorder = stage.draw_runs(Theme::Light, 12.0, selected, None);
        let letters = letters(&recorder);
        let mut sorted = letters.clone();
        sorted.sort_unstable();
        assert_eq!(sorted.concat(), "ABCDEFGH");
        let last = Palette::of(Theme::Light).runs[selected].letter;
        assert_eq!(letters.last(), Some(&last));
    }
}

#[test]
fn one_run_alone_has_no_letter_and_a_wider_path() {
    let alone = Stage::of("preset=oscillating", DESKTOP).draw_run(Theme::Light, 5.0);
    assert_eq!(letters(&alone), [""; 0]);
    let look = &Palette::of(Theme::Light).runs[0];
    assert_eq!(alone.lines(look.map, 2.6).len(), 1);
    assert_eq!((alone.discs_of(11.5).len(), alone.discs_of(7.8).len()), (1, 1));
    let several = Stage::of(EIGHT, DESKTOP).draw_run(Theme::Light, 5.0);
    for look in &Palette::of(Theme::Light).runs {
        assert_eq!(several.lines(look.map, 2.4).len(), 1, "{}", look.letter);
    }
}

#[test]
fn steps_are_marked_in_the_shape_of_their_run_at_the_places_of_the_path() {
    let stage = Stage::of(EIGHT, DESKTOP);
    let recorder = stage.draw_run(Theme::Dark, 12.0);
    for (at, _, _, path) in stage.shown() {
        let look = &Palette::of(Theme::Dark).runs[at];
        let dots = path.dots(12, 8.0, &stage.viewport).len();
        assert!(dots > 0, "{}", look.letter);
        if at == 0 {
            assert_eq!(recorder.discs_of(3.1).len(), dots);
            continue;
        }
        // The dots at once, and the puck.
        let counts: Vec<usize> = recorder
            .fills()
            .filter(|(_, color)| *color == look.map)
            .map(|(outline, _)| outline.starts.len())
            .collect();
        assert_eq!(counts, [dots, 1], "{}", look.letter);
    }
}

#[test]
fn only_the_selected_run_says_what_its_step_is() {
    let link = "loss=quadratic,kappa=20&start=-8,2.5&run=sgd,lr=0.085&run=momentum,lr=0.02&run=adam,lr=0.45";
    let stage = Stage::of(link, DESKTOP);
    let said = |step: f64, selected| {
        let recorder = stage.draw_runs(Theme::Light, step, selected, None);
        labels(&recorder).concat()
    };
    assert_eq!(said(3.0, 0), "−η∇J");
    assert_eq!(said(3.0, 1), "Δθ");
    assert_eq!(said(3.0, 2), "Δθ");
    // The first step of momentum is plain descent's.
    assert_eq!(said(0.0, 1), "−η∇J");
    // Noise and clipping come between the gradient and the step.
    for disturbed in ["&noise=0.3", "", "&precision=f16"] {
        let clip = if disturbed.is_empty() { ",clip=norm,clip_at=1" } else { "" };
        let link =
            format!("loss=quadratic,kappa=20&start=-8,2.5{disturbed}&run=sgd,lr=0.085{clip}");
        let stage = Stage::of(&link, DESKTOP);
        let recorder = stage.draw_run(Theme::Light, 3.0);
        assert!(!labels(&recorder).contains(&"−η∇J"), "{link}");
    }
}

#[test]
fn a_run_that_ended_earlier_stays_where_it_ended() {
    // A stop rule ends them at different steps.
    let link =
        "loss=quadratic,kappa=2&start=-3,1&steps=300&stop_grad=0.5&run=sgd,lr=0.5&run=sgd,lr=0.05";
    let stage = Stage::of(link, DESKTOP);
    let steps: Vec<usize> = stage.shown().iter().map(|(_, run, ..)| run.steps()).collect();
    assert!(steps[0] + 5 < steps[1], "{steps:?}");
    #[expect(clippy::cast_precision_loss, reason = "a few dozen")]
    let recorder = stage.draw_run(Theme::Light, steps[1] as f64);
    let pucks = recorder.discs_of(9.5 * 1.15 - 1.7);
    let end = stage.viewport.to_pixel(map_point(None, &stage.run, steps[0]));
    assert_eq!(pucks, [end]);
    assert_eq!(letters(&recorder).len(), 2);
}

#[test]
fn each_run_that_left_has_an_arrow_in_its_colour_and_letter() {
    let link = "loss=quadratic,kappa=20&start=-8,2.5&steps=60&run=sgd,lr=0.105&run=momentum,lr=0.02&run=sgd,lr=0.12&run=nesterov,lr=0.3";
    let stage = Stage::of(link, DESKTOP);
    let looks = &Palette::of(Theme::Light).runs;
    let mut left = 0;
    for step in 0..=stage.last() {
        #[expect(clippy::cast_precision_loss, reason = "a few dozen")]
        let playhead = step as f64;
        let recorder = stage.draw_run(Theme::Light, playhead);
        for (at, run, ..) in stage.shown() {
            let off = descent_lab::view::off_map(&stage.viewport, &Track::new(None, run), playhead);
            // An arrow is four corners, closed.
            let is_arrow = |(outline, color): &(&descent_lab::view::Outline, _)| {
                *color == looks[at].map && outline.points.len() == 5 && outline.starts.len() == 1
            };
            let arrows = recorder.fills().filter(is_arrow).count();
            assert_eq!(arrows, usize::from(off.is_some()), "{} at {step}", looks[at].letter);
            left += usize::from(off.is_some());
        }
        assert_eq!(letters(&recorder).len(), stage.shown().len(), "{step}: on the map or beside");
    }
    assert!(left > 20, "{left}");
}

#[test]
fn without_a_run_only_the_start_is_drawn() {
    let link = "loss=quadratic&run=sgd,lr=0.1&run=adam,lr=0.1";
    let mut stage = Stage::of(link, DESKTOP);
    for run in &mut stage.scenario.runs {
        run.is_hidden = true;
    }
    let recorder = stage.draw_run(Theme::Light, 3.0);
    let texts: Vec<&str> = recorder.texts().map(|text| text.text.as_str()).collect();
    assert_eq!(texts, ["start"]);
    assert_eq!(recorder.discs_of(10.0).len(), 1);
    assert!(recorder.strokes().all(|(_, strokes)| strokes.len() == 1), "no path");
}

#[test]
fn a_hidden_run_leaves_the_others_their_looks() {
    let mut stage = Stage::of(EIGHT, DESKTOP);
    stage.scenario.runs[0].is_hidden = true;
    stage.scenario.runs[3].is_hidden = true;
    let recorder = stage.draw_run(Theme::Light, 12.0);
    let mut letters = letters(&recorder);
    letters.sort_unstable();
    assert_eq!(letters.concat(), "BCEFGH");
}

#[test]
fn runs_that_overflow_end_early_or_never_begin_can_be_drawn_side_by_side() {
    for link in [
        "loss=quadratic,kappa=20&precision=f16&steps=80&run=sgd,lr=50&run=momentum,lr=3&run=adam,lr=1e4&run=nesterov,lr=1000",
        "loss=quadratic&steps=1&run=sgd,lr=3e306&run=momentum,lr=1e-300&run=adam,lr=1e300",
        "loss=rosenbrock&steps=40&run=sgd,lr=1&run=momentum,lr=1&run=nesterov,lr=1&run=adam,lr=100",
        "loss=parabola&steps=30&run=sgd,lr=1.5e153&run=momentum,lr=0.1&run=adam,lr=0.5",
        "loss=parabola&start=0&steps=5&run=sgd,lr=1&run=adam,lr=1",
    ] {
        for sizes in [DESKTOP, PHONE] {
            let stage = Stage::of(link, sizes);
            for step in 0..=stage.last() {
                #[expect(clippy::cast_precision_loss, reason = "a few dozen")]
                let playhead = step as f64;
                for selected in 0..stage.shown().len() {
                    stage.draw_runs(Theme::Light, playhead, selected, None);
                    stage.draw_runs(Theme::Dark, playhead + 0.4, selected, None);
                }
                assert!(standing_step(&stage.run, playhead) <= step);
            }
        }
    }
}
