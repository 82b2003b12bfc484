//! What is told of a run besides its points: epochs, how far it strays, its average.

use descent_lab::descent::{Average, Epochs};
use descent_lab::scenario::Theme;
use descent_lab::view::{Color, Outline, Palette, Quantity, Rect};

use super::boxes::overlap;
use super::recorder::{Mark, Recorder, Word};
use super::stage::{Charted, DESKTOP, PHONE, Sizes, Stage};

fn chart(stage: &Stage, quantity: Quantity, step: usize) -> (Recorder, Rect) {
    stage.draw_chart_of(Theme::Light, Charted { quantity, step, pointed: None })
}

/// The steps that are marked as ends of epochs: dashed upright lines.
fn marked(stage: &Stage, recorder: &Recorder, plot: Rect) -> Vec<usize> {
    let is_upright = |line: &&Outline| {
        let [from, to] = line.points[..] else { return false };
        from[0] == to[0] && from[1] == plot.top && to[1] == plot.bottom()
    };
    let dashed = recorder.strokes().filter(|(_, strokes)| !strokes[0].dash.is_empty());
    let lines = dashed.map(|(line, _)| line).filter(is_upright);
    #[expect(clippy::cast_precision_loss, reason = "some hundred steps")]
    let steps = stage.last() as f64;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a step")]
    let step =
        |line: &Outline| libm::round((line.points[0][0] - plot.left) / plot.width * steps) as usize;
    lines.map(step).collect()
}

/// Their labels: `epoch 1`, and numbers alone near the top.
fn labels(recorder: &Recorder, plot: Rect) -> Vec<&Word> {
    let is_it = |word: &&Word| {
        let number = word.text.trim_start_matches("epoch ").replace(',', "");
        number.parse::<u64>().is_ok() && word.at[1] < plot.top + 10.0 && word.at[0] > plot.left
    };
    recorder.texts().filter(is_it).collect()
}

#[test]
fn epochs_are_marked_where_they_are_complete() {
    // 100 samples. The batch and how many steps; which epochs are marked.
    let even = |stride: u64, last: u64| (1..=last / stride).map(|n| n * stride).collect();
    let cases: [(&str, usize, Vec<u64>); 6] = [
        ("25", 20, even(1, 5)),
        ("8", 100, even(1, 8)),
        ("8", 400, even(5, 32)),
        ("30", 10, even(1, 3)),
        ("1..full", 200, vec![1, 2, 5, 10, 20]),
        ("99", 8, even(1, 4)),
    ];
    for (batch, steps, expected) in cases {
        let link = format!("loss=linear_regression&batch={batch}&steps={steps}&run=sgd,lr=0.2");
        let stage = Stage::of(&link, DESKTOP);
        let sampling = stage
            .scenario
            .sampling(&stage.scenario.runs[0], stage.loss.as_ref())
            .expect("it draws");
        let epochs = Epochs::of(sampling);
        for quantity in [Quantity::Loss, Quantity::GradientNorm, Quantity::LearningRate] {
            let (recorder, plot) = chart(&stage, quantity, steps / 2);
            let steps = marked(&stage, &recorder, plot);
            let complete: Vec<usize> =
                expected.iter().filter_map(|epoch| epochs.step_of(*epoch)).collect();
            assert_eq!(steps, complete, "{link} {quantity:?}");
        }
        let (recorder, plot) = chart(&stage, Quantity::Loss, 0);
        let words = labels(&recorder, plot);
        assert_eq!(words[0].text, format!("epoch {}", expected[0]), "{link}");
        for (index, one) in words.iter().enumerate() {
            assert!(words[..index].iter().all(|other| !overlap(&one.bounds, &other.bounds)));
        }
    }
}

#[test]
fn epochs_are_not_spoken_of_where_every_step_takes_all_samples() {
    for link in ["loss=linear_regression&steps=40", "steps=40&noise=1"] {
        let stage = Stage::of(link, DESKTOP);
        let (recorder, plot) = chart(&stage, Quantity::Loss, 20);
        assert_eq!(marked(&stage, &recorder, plot), [0; 0]);
        assert!(recorder.texts().all(|word| !word.text.contains("epoch")));
    }
}

#[test]
fn the_epoch_stands_beside_the_step_that_is_pointed_at() {
    let stage = Stage::of("loss=linear_regression&batch=20&steps=100&run=sgd,lr=0.2", DESKTOP);
    let charted = Charted { quantity: Quantity::Loss, step: 0, pointed: Some(47) };
    let (recorder, _) = stage.draw_chart_of(Theme::Light, charted);
    assert!(recorder.texts().any(|word| word.text == "step 47 · epoch 9.4"));
}

/// The outline of the noise ball: the closed line of the widest ink.
fn ball(recorder: &Recorder, ink: Color) -> Option<Outline> {
    let found = recorder.lines(ink, 4.6).into_iter().find(|line| line.points.len() > 20);
    found.cloned()
}

#[test]
fn the_noise_ball_is_an_ellipse_of_two_deviations() {
    let ink = Palette::of(Theme::Light).map_ink;
    for link in [
        "steps=2000&noise=2&seed=3&run=sgd,lr=0.15",
        "loss=linear_regression,data=line_2x1_seed0&batch=4&steps=900&run=sgd,lr=0.4",
    ] {
        let stage = Stage::of(link, DESKTOP);
        let recorder = stage.draw_run(Theme::Light, 900.0);
        let outline = ball(&recorder, ink).expect("it bounces in a ball");
        let spread = stage
            .scenario
            .noise_ball(&stage.scenario.runs[0], &stage.run, &stage.verdict, None)
            .expect("the same");
        let squares = |v: [f64; 2]| v[0] * v[0] + v[1] * v[1];
        for pixel in &outline.points {
            let [x, y] = stage.viewport.to_point(*pixel);
            let off = [x - spread.mean[0], y - spread.mean[1]];
            // Along each half axis, in deviations.
            let along =
                spread.axes.map(|axis| (off[0] * axis[0] + off[1] * axis[1]) / squares(axis));
            assert!((squares(along).sqrt() - 2.0).abs() < 1e-6, "{link}: {along:?}");
        }
        // Most of the second half lies within; of normal points 86 % would.
        let half = stage.run.steps() / 2;
        let inside = (half..=stage.run.steps()).filter(|step| {
            let point = stage.run.point(*step);
            let off = [point[0] - spread.mean[0], point[1] - spread.mean[1]];
            squares(spread.axes.map(|a| (off[0] * a[0] + off[1] * a[1]) / squares(a))) <= 4.0
        });
        let count = inside.count();
        assert!((78 * half..97 * half).contains(&(100 * count)), "{link}: {count} of {half}");
        let words = recorder.texts().filter(|word| word.text.starts_with("noise ball"));
        assert_eq!(words.count(), 1, "{link}");
    }
}

#[test]
fn only_what_noise_keeps_bouncing_has_a_ball() {
    let ink = Palette::of(Theme::Light).map_ink;
    for link in [
        // At the limit it bounces, but nothing is random.
        "steps=100&run=sgd,lr=0.2",
        // Too little noise to matter, and batches that grow to all samples.
        "steps=300&noise=1e-9&run=sgd,lr=0.1",
        "steps=100&noise=1&run=sgd,lr=0.3",
        "loss=parabola&start=-2&steps=200&noise=1&run=sgd,lr=0.2",
    ] {
        let stage = Stage::of(link, DESKTOP);
        let recorder = stage.draw_run(Theme::Light, 50.0);
        assert!(ball(&recorder, ink).is_none(), "{link}");
        assert!(recorder.texts().all(|word| !word.text.starts_with("noise ball")), "{link}");
    }
}

fn rings(recorder: &Recorder, color: Color, width: f64) -> Vec<[f64; 2]> {
    let of_it = |mark: &Mark| match mark {
        Mark::Ring(center, stroke) if stroke.color == color && stroke.width == width => {
            Some(*center)
        }
        _ => None,
    };
    recorder.marks.iter().filter_map(of_it).collect()
}

#[test]
fn the_average_is_a_line_with_a_hollow_marker_from_where_it_begins() {
    let link = "steps=200&noise=1&seed=2&run=sgd,lr=0.15,average=0.5";
    let stage = Stage::of(link, DESKTOP);
    let palette = Palette::of(Theme::Light);
    let average = Average::of(stage.loss.as_ref(), &stage.run, 0.5).expect("it has one");
    let drawn = |step: f64| {
        let recorder = stage.draw_run(Theme::Light, step);
        rings(&recorder, palette.runs[0].map, 2.2)
    };
    assert_eq!(drawn(99.0), [[0.0; 2]; 0], "not yet begun");
    for step in [100, 150, 200] {
        let place = average.place_at(step).expect("begun");
        let point = average.point(place);
        let pixel = stage.viewport.to_pixel([point[0], point[1]]);
        #[expect(clippy::cast_precision_loss, reason = "200 steps")]
        let found = drawn(step as f64);
        assert_eq!(found, [pixel], "step {step}");
    }
    // On the curve of a loss with one parameter it stands at its own loss.
    let link = "loss=parabola&start=-2&steps=60&noise=1&run=sgd,lr=0.2,average=0.5";
    let stage = Stage::of(link, DESKTOP);
    let average = Average::of(stage.loss.as_ref(), &stage.run, 0.5).expect("it has one");
    let recorder = stage.draw_run(Theme::Light, 60.0);
    let last = average.steps().len() - 1;
    let pixel = stage.viewport.to_pixel([average.point(last)[0], average.last_loss()]);
    assert_eq!(rings(&recorder, palette.runs[0].map, 2.2), [pixel]);
}

#[test]
fn the_loss_of_the_average_is_dotted_in_the_chart_of_the_loss_alone() {
    let with = Stage::of("steps=200&noise=1&run=sgd,lr=0.15,average=0.5", DESKTOP);
    let without = Stage::of("steps=200&noise=1&run=sgd,lr=0.15", DESKTOP);
    let color = Palette::of(Theme::Light).runs[0].line;
    let dotted = |stage: &Stage, quantity| {
        let (recorder, plot) = chart(stage, quantity, 200);
        let lines = recorder.lines(color, 1.8);
        lines.first().map(|line| (line.points[0][0] - plot.left) / plot.width)
    };
    let begins = dotted(&with, Quantity::Loss).expect("it is drawn");
    assert!((begins - 0.5).abs() < 1e-9, "{begins}");
    assert_eq!(dotted(&with, Quantity::GradientNorm), None);
    assert_eq!(dotted(&without, Quantity::Loss), None);
}

#[test]
fn pictures_of_all_of_it_can_be_drawn_anywhere() {
    for link in [
        "loss=linear_regression&batch=1&steps=5000&run=sgd,lr=0.5,average=0.5&run=adam,average=1",
        "loss=linear_regression&batch=1..full&steps=1&run=sgd,lr=0.5,average=1",
        "loss=linear_regression&batch=7&steps=3000&view=5,6,5,6&run=sgd,lr=0.9,average=0.2",
        "loss=logistic_regression&batch=1&steps=60&run=sgd,ascent=1,average=0.5",
        "noise=1e6&steps=300&run=sgd,lr=0.1,average=0.5",
        "steps=90&noise=1&view=1e9,2e9,1e9,2e9&run=sgd,lr=0.1,average=0.5",
    ] {
        for sizes in [DESKTOP, PHONE, Sizes { chart: [220.0, 110.0], ..PHONE }] {
            let stage = Stage::of(link, sizes);
            let last = stage.last();
            for step in [0, last / 2, last] {
                #[expect(clippy::cast_precision_loss, reason = "some thousand steps")]
                stage.draw_run(Theme::Dark, step as f64);
                for quantity in Quantity::ALL {
                    chart(&stage, quantity, step);
                }
            }
        }
    }
}
