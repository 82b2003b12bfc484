//! What makes up a step, as arrows from the puck.

use descent_lab::scenario::Theme;
use descent_lab::view::{Color, Outline, Vectors, map_point};

use super::boxes::overlap;
use super::recorder::{Recorder, Word};
use super::stage::{DESKTOP, PHONE, Stage};

const LABELS: [&str; 3] = ["−∇J", "−m", "Δθ"];
const DARK: Color = Color::hex(0x0015_181E);

fn labels(recorder: &Recorder) -> Vec<&Word> {
    recorder.texts().filter(|text| LABELS.contains(&text.text.as_str())).collect()
}

/// The shaft of the arrow that is this wide.
fn shaft(recorder: &Recorder, width: f64) -> Outline {
    let found = recorder.lines(DARK, width);
    let straight = found.into_iter().find(|line| line.points.len() == 2);
    straight.expect("a shaft").clone()
}

/// The vectors of a run at a step, as the page finds them.
fn vectors(stage: &Stage, step: usize) -> Vectors {
    let two = |v: &[f64]| [v[0], v.get(1).copied().unwrap_or(0.0)];
    let run = &stage.run;
    let step = step.min(run.steps());
    let momentum = stage.scenario.momentum_at(step, &stage.scenario.runs[0], stage.loss.as_ref());
    let moved = || {
        let ([a, b], [c, d]) = (two(run.point(step)), two(run.point(step + 1)));
        [c - a, d - b]
    };
    Vectors {
        gradient: two(run.gradient(step).unwrap()),
        momentum: momentum.map(|m| two(&m)),
        step: (step < run.steps()).then(moved),
        ..Vectors::default()
    }
}

#[test]
fn the_arrows_point_downhill_and_the_step_ends_where_the_run_will_be() {
    let stage = Stage::of("loss=quadratic,kappa=20&start=-8,2.5&run=momentum,lr=0.02", DESKTOP);
    let vectors = vectors(&stage, 4);
    let recorder = stage.draw_runs(Theme::Light, 4.0, 0, Some(&vectors));
    let puck = stage.viewport.to_pixel(map_point(None, &stage.run, 4));
    let next = stage.viewport.to_pixel(map_point(None, &stage.run, 5));
    // Filled: the head of the step alone is in the dark.
    let heads: Vec<_> = recorder.fills().filter(|(_, color)| *color == DARK).collect();
    assert_eq!(heads.len(), 1);
    let tip = heads[0].0.points[0];
    assert!((tip[0] - next[0]).abs() < 1e-6 && (tip[1] - next[1]).abs() < 1e-6, "{tip:?}");
    let ends = shaft(&recorder, 1.8).points;
    let [dx, dy] = [ends[1][0] - ends[0][0], ends[1][1] - ends[0][1]];
    let [gx, gy] = vectors.gradient;
    // Downhill on the map, whose y points down, is (−gx, gy).
    let length = |x: f64, y: f64| (x * x + y * y).sqrt();
    let cosine = (dx * -gx + dy * gy) / (length(dx, dy) * length(gx, gy));
    assert!(cosine > 0.9999, "{cosine}");
    assert_eq!(ends[0], puck);
    let mut words: Vec<&str> = labels(&recorder).iter().map(|text| text.text.as_str()).collect();
    words.sort_unstable();
    let mut expected = LABELS;
    expected.sort_unstable();
    assert_eq!(words, expected);
    // In place of the ordinary arrow.
    assert!(!recorder.texts().any(|text| text.text == "−η∇J"));
}

#[test]
fn gradient_and_momentum_share_a_scale_on_which_the_longer_is_ninety_pixels() {
    let stage = Stage::of("loss=quadratic,kappa=20&start=-8,2.5&run=momentum,lr=0.02", DESKTOP);
    for (gradient, momentum) in [([3.0, 4.0], [1.5, -2.0]), ([-1e-9, 0.0], [0.0, 2e-9])] {
        let vectors = Vectors { gradient, momentum: Some(momentum), ..Vectors::default() };
        let recorder = stage.draw_runs(Theme::Light, 7.0, 0, Some(&vectors));
        // A shaft ends 0.8 of a head before its tip.
        let length = |width: f64| {
            let ends = shaft(&recorder, width).points;
            libm::hypot(ends[1][0] - ends[0][0], ends[1][1] - ends[0][1]) + 0.8 * 8.5
        };
        let lengths = [length(1.8), length(2.2)];
        let ratio = libm::hypot(gradient[0], gradient[1]) / libm::hypot(momentum[0], momentum[1]);
        assert!((lengths[0].max(lengths[1]) - 90.0).abs() < 1e-6, "{lengths:?}");
        assert!((lengths[0] / lengths[1] / ratio - 1.0).abs() < 1e-6, "{lengths:?}");
    }
}

#[test]
fn the_arrows_differ_in_more_than_direction() {
    let stage = Stage::of("loss=quadratic,kappa=20&start=-8,2.5&run=momentum,lr=0.02", DESKTOP);
    let recorder = stage.draw_runs(Theme::Light, 4.0, 0, Some(&vectors(&stage, 4)));
    let dashes = |width: f64| {
        let strokes = recorder.strokes().flat_map(|(_, strokes)| strokes);
        let of_it = strokes.filter(|s| s.color == DARK && (s.width - width).abs() < 1e-9);
        of_it.map(|stroke| stroke.dash.len()).max()
    };
    // Thin, dashed, and double: wide with a light line in its middle.
    assert_eq!((dashes(1.8), dashes(5.4)), (Some(0), Some(0)));
    assert!(dashes(2.2).is_some_and(|dashes| dashes > 0));
    assert_eq!(recorder.lines(Color::hex(0x00FF_FFFF), 2.2).len(), 1);
}

#[test]
fn labels_stay_on_the_map_and_off_each_other() {
    for link in [
        "loss=quadratic,kappa=20&start=-8,2.5&run=sgd,lr=0.085",
        "loss=quadratic,kappa=20&start=-8,2.5&run=momentum,lr=0.02",
        "loss=quadratic,kappa=20&start=-8,2.5&run=sgd,lr=0.12",
        "loss=himmelblau&run=nesterov,lr=0.005",
        "loss=parabola&run=momentum,lr=0.1",
        "loss=parabola&run=adam,lr=0.5",
        "loss=rosenbrock&steps=40&run=adam,lr=0.3",
    ] {
        let mut seen = 0;
        for sizes in [DESKTOP, PHONE] {
            let stage = Stage::of(link, sizes);
            for step in 0..30.min(stage.run.steps()) {
                let vectors = vectors(&stage, step);
                #[expect(clippy::cast_precision_loss, reason = "a few dozen")]
                let recorder = stage.draw_runs(Theme::Dark, step as f64, 0, Some(&vectors));
                let labels = labels(&recorder);
                for (index, one) in labels.iter().enumerate() {
                    let bounds = &one.bounds;
                    let plot = stage.viewport.plot;
                    assert!(bounds.left >= plot.left && bounds.right() <= plot.right(), "{one:?}");
                    assert!(bounds.top >= plot.top && bounds.bottom() <= plot.bottom(), "{one:?}");
                    for other in &labels[..index] {
                        assert!(
                            !overlap(bounds, &other.bounds),
                            "{link} {step}: {one:?} {other:?}"
                        );
                        let [dx, dy] = [one.at[0] - other.at[0], one.at[1] - other.at[1]];
                        assert!(libm::hypot(dx, dy) >= 16.0, "{link} {step}: {one:?} {other:?}");
                    }
                }
                seen += labels.len();
            }
        }
        assert!(seen > 10, "{link}: {seen} labels");
    }
}

#[test]
fn arrows_of_a_loss_with_one_parameter_lie_along_its_axis() {
    let stage = Stage::of("loss=parabola&run=momentum,lr=0.1", DESKTOP);
    let recorder = stage.draw_runs(Theme::Light, 2.0, 0, Some(&vectors(&stage, 2)));
    let mut levels: Vec<f64> = Vec::new();
    for width in [1.8, 2.2, 5.4] {
        let ends = shaft(&recorder, width).points;
        assert!((ends[0][1] - ends[1][1]).abs() < 1e-9, "{ends:?}");
        assert!((ends[0][0] - ends[1][0]).abs() > 5.0, "{ends:?}");
        levels.push(ends[0][1]);
    }
    // All point the same way; side by side they are seen.
    assert!((levels[0] - levels[1]).abs() > 10.0 && (levels[0] - levels[2]).abs() > 5.0);
}

#[test]
fn what_is_no_arrow_is_not_drawn() {
    let stage = Stage::of("loss=quadratic,kappa=20&start=-8,2.5&run=sgd,lr=0.01", DESKTOP);
    let none = Vectors { momentum: Some([0.0; 2]), step: Some([0.0; 2]), ..Vectors::default() };
    let wild = Vectors {
        gradient: [f64::NAN, 1.0],
        momentum: Some([f64::INFINITY, 0.0]),
        step: Some([f64::NEG_INFINITY, f64::NAN]),
        sample: Some((3, [f64::NAN, f64::INFINITY])),
        is_batch: true,
    };
    for vectors in [none, wild] {
        let recorder = stage.draw_runs(Theme::Light, 1.0, 0, Some(&vectors));
        assert_eq!(labels(&recorder).len(), 0, "{vectors:?}");
    }
    let huge = Vectors {
        gradient: [1e300, 1e-300],
        momentum: Some([-1e308, 1e308]),
        step: Some([1e9, 1e9]),
        sample: Some((99, [1e-300, 1e308])),
        is_batch: false,
    };
    assert_eq!(labels(&stage.draw_runs(Theme::Light, 1.0, 0, Some(&huge))).len(), 2);
}

#[test]
fn a_sample_has_an_arrow_of_its_own_beside_the_batch() {
    let stage = Stage::of("#v=1&loss=quadratic&start=-4,2&steps=5", DESKTOP);
    let vectors = Vectors {
        gradient: [1.0, 1.0],
        sample: Some((11, [3.0, -1.0])),
        is_batch: true,
        ..Vectors::default()
    };
    let picture = stage.draw_runs(Theme::Light, 0.0, 0, Some(&vectors));
    let said: Vec<&str> = picture.texts().map(|text| text.text.as_str()).collect();
    assert!(said.contains(&"−∇J₁₂") && said.contains(&"−g"), "{said:?}");
    let [own, batch] = [2.6, 1.8].map(|width| shaft(&picture, width));
    let way = |line: &Outline| {
        [line.points[1][0] - line.points[0][0], line.points[1][1] - line.points[0][1]]
    };
    let ([own_x, own_y], [x, y]) = (way(&own), way(&batch));
    assert!(own_x < 0.0 && own_y < 0.0, "−g of the sample goes left and up");
    assert!(x < 0.0 && y > 0.0, "−g of the batch goes left and down");
    // To one scale: √10 against √2, but for the heads.
    assert!(libm::hypot(own_x, own_y) > 1.8 * libm::hypot(x, y));
}
