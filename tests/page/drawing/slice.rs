//! A plane through more than two parameters, with the run projected onto it; and the loss
//! over held-out samples in the chart.

use descent_lab::descent::HeldOut;
use descent_lab::scenario::Theme;
use descent_lab::view::{
    ChartLine, ChartScene, Label, Palette, Quantity, Recorded, Series, Track, draw_chart,
    map_point, off_map,
};

use super::recorder::Recorder;
use super::stage::{DESKTOP, PHONE, Stage};

const CURVE: &str = "#loss=polynomial_regression,degree=4&steps=150&run=sgd,lr=0.02";

#[test]
fn the_path_is_that_of_the_projected_points() {
    for plane in ["pca", "1,3", "4,0", "ends", "random,5"] {
        let stage = Stage::of(&format!("{CURVE}&plane={plane}"), DESKTOP);
        let recorder = stage.draw_run(Theme::Light, 150.0);
        let look = &Palette::of(Theme::Light).runs[0];
        let line = recorder.lines(look.map, 2.6)[0];
        let of = |t| stage.viewport.to_pixel(map_point(stage.plane.as_ref(), &stage.run, t));
        let is_at = |a: [f64; 2], b: [f64; 2]| (a[0] - b[0]).abs() + (a[1] - b[1]).abs() < 0.5;
        assert!(is_at(line.points[0], of(0)), "{plane}: from the start");
        assert!(is_at(*line.points.last().unwrap(), of(150)), "{plane}: to the end");
        assert!(line.points.iter().all(|point| (0..=150).any(|t| is_at(*point, of(t)))), "{plane}");
        assert!((0..=150).all(|t| stage.viewport.plot.contains(of(t))), "{plane}: all is seen");
        assert_eq!(
            off_map(&stage.viewport, &Track::new(stage.plane.as_ref(), &stage.run), 150.0),
            None
        );
    }
}

/// At the end of the run, which lies in the plane, the map has the loss of the run.
#[test]
fn the_map_is_that_of_the_plane() {
    for plane in ["pca", "2,1", "ends", "random"] {
        let stage = Stage::of(&format!("{CURVE}&plane={plane}"), PHONE);
        let map = stage.map().expect("a plane has a map");
        let recorder = stage.draw_ground(Some(&map), Theme::Dark);
        assert!(recorder.strokes().next().is_some(), "{plane}");
        let (plane, end) = (stage.plane.as_ref().unwrap(), stage.run.point(150));
        let mut there = vec![f64::NAN; 5];
        plane.point(plane.coordinates(end), &mut there);
        let (found, expected) = (stage.loss.value(&there), stage.run.losses()[150]);
        assert!((found - expected).abs() < 1e-12, "{found} is not {expected}");
    }
}

/// What a network starts from is made: there is nothing to take it by.
#[test]
fn the_start_of_a_network_is_a_place_and_no_handle() {
    let strokes = |link: &str| {
        let stage = Stage::of(link, DESKTOP);
        let at = stage.viewport.to_pixel(map_point(stage.plane.as_ref(), &stage.run, 0));
        let recorder = stage.draw_run(Theme::Light, 20.0);
        let is_near = |point: &[f64; 2]| libm::hypot(point[0] - at[0], point[1] - at[1]) < 9.9;
        let is_cross = |outline: &descent_lab::view::Outline| {
            outline.points.len() > 10 && outline.points.iter().all(is_near)
        };
        recorder.strokes().filter(|(outline, _)| is_cross(outline)).count()
    };
    assert_eq!(strokes(&CURVE.replace("150", "20")), 1);
    assert_eq!(strokes("#loss=network,data=moons,depth=3,width=4&steps=20&run=sgd,lr=0.01"), 0);
}

/// A long run of many parameters keeps some of its points; the path goes through these,
/// and what lies between them is on the straight way.
#[test]
fn the_path_of_a_run_that_keeps_few_points_goes_from_one_to_the_next() {
    let link = "#loss=network,data=moons,count=10,depth=4,width=64&steps=700&run=sgd,lr=0.3";
    for plane in ["ends", "pca"] {
        let stage = Stage::of(&format!("{link}&plane={plane}"), PHONE);
        let stride = stage.run.stride();
        assert!(stride > 1, "8,000 parameters a step");
        let at = |t| map_point(stage.plane.as_ref(), &stage.run, t);
        let ([a, b], [c, d]) = (at(stride), at(2 * stride));
        let [x, y] = at(stride + stride / 2);
        let part = whole(stride / 2) / whole(stride);
        assert!((x - a - part * (c - a)).abs() < 1e-12 && (y - b - part * (d - b)).abs() < 1e-12);
        let recorder = stage.draw_run(Theme::Light, 700.0);
        let look = &Palette::of(Theme::Light).runs[0];
        let line = recorder.lines(look.map, 2.6)[0];
        let end = stage.viewport.to_pixel(at(700));
        let last = *line.points.last().unwrap();
        assert!((last[0] - end[0]).abs() + (last[1] - end[1]).abs() < 0.5, "{plane}");
        assert!((0..=700).all(|t| stage.viewport.plot.contains(stage.viewport.to_pixel(at(t)))));
    }
}

#[test]
fn a_minimum_is_marked_only_where_it_lies_in_the_plane() {
    let marks = |link: &str| Stage::of(link, DESKTOP).minima.len();
    let base = "#loss=polynomial_regression,degree=3,basis=chebyshev&run=sgd";
    assert_eq!(marks(&format!("{base},lr=0.5&steps=2000&plane=0,1")), 1, "the run has come there");
    assert_eq!(marks(&format!("{base},lr=0.1&steps=3&plane=0,1")), 0, "the others are far off");
}

#[test]
fn a_run_that_explodes_has_a_map_all_the_same() {
    for rate in ["3", "300", "1e6"] {
        let link = format!("#loss=polynomial_regression,degree=5&steps=80&run=sgd,lr={rate}");
        let stage = Stage::of(&link, DESKTOP);
        assert!(stage.map().is_some(), "{rate}");
        let start = stage.viewport.to_pixel(map_point(stage.plane.as_ref(), &stage.run, 0));
        assert!(stage.viewport.plot.contains(start), "{rate}");
        stage.draw_run(Theme::Dark, 80.0);
    }
}

#[test]
fn the_held_out_loss_is_a_dashed_line_with_its_name() {
    let link = "#loss=polynomial_regression,degree=9,count=20&steps=300&run=adam,lr=0.05";
    let stage = Stage::of(link, DESKTOP);
    let palette = Palette::of(Theme::Light);
    let recorded = Recorded { trajectory: &stage.run, lowest: 0.0, sharpness: None, looks: None };
    let series = Quantity::Loss.series(&recorded, 480);
    let held_out = |t| stage.loss.held_out_loss(stage.run.point(t)).expect("held out");
    let dashed = Series::sampled(300, 480, held_out);
    let line = ChartLine {
        look: &palette.runs[0],
        series: &series,
        label: Label::Rate("0.05"),
        average: None,
        value: None,
        pointed: None,
        stopped: None,
    };
    let scene = ChartScene {
        size: [491.0, 220.0],
        palette,
        quantity: Quantity::Loss,
        lines: &[line],
        selected: 0,
        ghost: None,
        edge: None,
        epochs: None,
        held_out: Some((&dashed, "held out")),
        stop: None,
        steps: 300,
        step: 300,
        pointed: None,
        step_word: "step",
    };
    let mut recorder = Recorder::new([491.0, 220.0]);
    draw_chart(&mut recorder, &scene);
    recorder.finish();
    let drawn = recorder.lines(palette.runs[0].line, 1.5);
    assert!(drawn.iter().any(|line| line.points.len() > 100), "it has its own line");
    assert!(recorder.texts().any(|word| word.text.contains("held out")), "and its own name");
    let found = HeldOut::along(stage.loss.as_ref(), &stage.run).expect("held out");
    assert!(found.least <= held_out(0) && found.last > 0.0);
}

fn whole(number: usize) -> f64 {
    f64::from(u32::try_from(number).expect("small"))
}
