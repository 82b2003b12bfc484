//! The chart of runs side by side: names, values under the pointer, quantities.

use descent_lab::scenario::Theme;
use descent_lab::view::{
    ChartLine, ChartScene, Label, Palette, Quantity, Recorded, Rect, Series, draw_chart, step_at,
};
use proptest::prelude::*;

use super::boxes::overlap;
use super::recorder::{Recorder, Word};
use super::runs::EIGHT;
use super::stage::{Charted, DESKTOP, PHONE, Sizes, Stage};

const SIZES: [[f64; 2]; 3] = [[520.0, 236.0], [340.0, 200.0], [300.0, 130.0]];

fn stage(link: &str, chart: [f64; 2]) -> Stage {
    Stage::of(link, Sizes { chart, ..DESKTOP })
}

/// Where the box with the values is: the area in the colour of surfaces.
fn readout(recorder: &Recorder, theme: Theme) -> Option<Rect> {
    let color = Palette::of(theme).surface.with_alpha(0.94);
    let (outline, _) = recorder.fills().find(|(_, filled)| *filled == color)?;
    let ([left, top], [right, bottom]) = (outline.points[0], outline.points[2]);
    Some(Rect { left, top, width: right - left, height: bottom - top })
}

fn assert_apart(recorder: &Recorder, what: &str) {
    let texts: Vec<&Word> = recorder.texts().collect();
    for (index, one) in texts.iter().enumerate() {
        let other = texts[..index].iter().find(|other| overlap(&one.bounds, &other.bounds));
        assert!(other.is_none(), "{what}: {one:?} covers {other:?}");
    }
}

/// The names at the ends of lines: bold, in the colour of their run.
fn names(recorder: &Recorder) -> Vec<&Word> {
    let looks = &Palette::of(Theme::Light).runs;
    let is_name =
        |text: &&Word| text.style.bold && looks.iter().any(|look| look.text == text.style.color);
    recorder.texts().filter(is_name).collect()
}

#[test]
fn no_two_names_overlap_and_none_is_missing() {
    let tied = "loss=quadratic&steps=100&run=adam,lr=0.1&run=adam,lr=0.1001&run=adam,lr=0.1002&run=adam,lr=0.1003&run=adam,lr=0.1004&run=adam,lr=0.1005&run=adam,lr=0.1006&run=adam,lr=0.1007";
    let sunk = "loss=quadratic,kappa=1&steps=400&run=sgd,lr=0.5&run=sgd,lr=0.51&run=sgd,lr=0.52&run=sgd,lr=0.53&run=sgd,lr=0.54&run=sgd,lr=0.55&run=sgd,lr=0.56&run=sgd,lr=0.3";
    let wild = "loss=quadratic,kappa=20&steps=90&run=sgd,lr=0.2&run=sgd,lr=0.21&run=sgd,lr=0.22&run=sgd,lr=0.3&run=sgd,lr=1&run=sgd,lr=10&run=momentum,lr=1&run=nesterov,lr=1";
    for link in [EIGHT, tied, sunk, wild] {
        for size in SIZES {
            let stage = stage(link, size);
            for quantity in Quantity::ALL {
                for step in [0, 5, stage.last()] {
                    let charted = Charted { quantity, step, pointed: None };
                    let (recorder, plot) = stage.draw_chart_of(Theme::Light, charted);
                    let what = format!("{link} {size:?} {quantity:?}");
                    assert_apart(&recorder, &what);
                    let names = names(&recorder);
                    // A low chart has no room for eight, and one of its places is the edge's.
                    let is_sharpness = quantity == Quantity::Sharpness;
                    let has_line = |at: &usize| !is_sharpness || stage.sharpness()[*at].is_some();
                    let runs = (0..8).filter(has_line).count();
                    let room = 6 - usize::from(is_sharpness);
                    let most = if size[1] > 150.0 { runs } else { runs.min(room) };
                    assert!((most..=runs).contains(&names.len()), "{what}: {} names", names.len());
                    for (index, one) in names.iter().enumerate() {
                        let bounds = &one.bounds;
                        assert!(bounds.right() <= size[0] && bounds.left >= plot.left, "{one:?}");
                        assert!(bounds.top >= 0.0 && bounds.bottom() <= size[1] - 18.0, "{one:?}");
                        for other in &names[..index] {
                            let [dx, dy] = [one.at[0] - other.at[0], one.at[1] - other.at[1]];
                            assert!(dy.abs() > 14.999 || dx.abs() > 20.0, "{one:?} {other:?}");
                        }
                    }
                }
            }
        }
    }
}

/// A chart of two lines with these names, at step 0.
fn named(first: &str, second: &str, size: [f64; 2]) -> (Recorder, Rect) {
    let palette = Palette::of(Theme::Light);
    let series = [1.0, 0.5].map(|end| Series::of([10.0, end].into_iter(), 100));
    let line = |at: usize, name| ChartLine {
        look: &palette.runs[at],
        series: &series[at],
        average: None,
        label: Label::Name(name),
        value: Some(10.0),
        pointed: None,
        stopped: None,
    };
    let scene = ChartScene {
        size,
        palette,
        quantity: Quantity::Loss,
        lines: &[line(0, first), line(1, second)],
        selected: 0,
        ghost: None,
        edge: None,
        epochs: None,
        held_out: None,
        stop: None,
        steps: 1,
        step: 0,
        pointed: None,
        step_word: "step",
    };
    let mut recorder = Recorder::new(size);
    let plot = draw_chart(&mut recorder, &scene);
    recorder.finish();
    (recorder, plot)
}

#[test]
fn long_names_have_room_and_longer_ones_are_cut() {
    let (wide, narrow) = ([520.0, 236.0], [340.0, 200.0]);
    let texts = |size, first, second| -> Vec<String> {
        let (recorder, _) = named(first, second, size);
        names(&recorder).iter().map(|text| text.text.clone()).collect()
    };
    assert_eq!(texts(wide, "Barzilai–Borwein", "Adam"), ["Barzilai–Borwein", "Adam"]);
    let endless = "Some rule with a name that nobody would read to its end";
    for size in [wide, narrow] {
        let cut = &texts(size, endless, "Adam")[0];
        assert!(cut.ends_with('…') && cut.starts_with("Some rule"), "{cut}");
    }
    // The margin is as wide as the names, between its bounds.
    let right = |first, size: [f64; 2]| size[0] - named(first, "Adam", size).1.right();
    assert_eq!(right("Adam", wide), 68.0);
    assert!((100.0..=134.0).contains(&right("Barzilai–Borwein", wide)));
    assert_eq!(right(endless, wide), 134.0);
}

#[test]
fn a_step_is_found_where_it_is_drawn() {
    for (link, sizes) in [(EIGHT, DESKTOP), (EIGHT, PHONE), ("preset=oscillating", DESKTOP)] {
        let stage = Stage::of(link, sizes);
        let last = stage.last();
        let charted = |step| Charted { quantity: Quantity::Loss, step, pointed: Some(step) };
        for step in [0, 1, last / 3, last - 1, last] {
            let (recorder, plot) = stage.draw_chart_of(Theme::Light, charted(step));
            let rules = recorder.lines(Palette::of(Theme::Light).ink_3, 1.0);
            assert_eq!(rules.len(), 1);
            let x = rules[0].points[0][0];
            assert_eq!(step_at(plot, last, x), Some(step), "{link} at {x}");
        }
    }
}

proptest! {
    #[test]
    fn a_pointer_is_on_the_nearest_step(
        left in 20.0..60.0_f64, width in 40.0..900.0_f64, steps in 0..400_usize, x in -20.0..1000.0_f64,
    ) {
        let plot = Rect { left, top: 10.0, width, height: 100.0 };
        #[expect(clippy::cast_precision_loss, reason = "a few hundred")]
        let place = |step: usize| left + step as f64 / steps.max(1) as f64 * width;
        match step_at(plot, steps, x) {
            None => prop_assert!(x < left || x > plot.right()),
            Some(step) => {
                let off = (place(step) - x.clamp(left, plot.right())).abs();
                let nearest = (0..=steps).map(|s| (place(s) - x.clamp(left, plot.right())).abs());
                prop_assert!(off <= nearest.fold(f64::INFINITY, f64::min) + 1e-9);
            }
        }
        prop_assert_eq!(step_at(Rect::default(), steps, x), None);
        prop_assert_eq!(step_at(plot, steps, f64::NAN), None);
    }
}

#[test]
fn the_step_under_the_pointer_has_a_row_a_run_in_a_box_on_the_chart() {
    for size in SIZES {
        for theme in [Theme::Light, Theme::Dark] {
            let stage = stage(EIGHT, size);
            for pointed in (0..=stage.last()).step_by(4) {
                let charted =
                    Charted { quantity: Quantity::Loss, step: 12, pointed: Some(pointed) };
                let (recorder, _) = stage.draw_chart_of(theme, charted);
                assert_apart(&recorder, &format!("{size:?} at {pointed}"));
                let place = readout(&recorder, theme).expect("a box");
                assert!(place.left >= 0.0 && place.right() <= size[0], "{place:?}");
                assert!(place.top >= 0.0 && place.bottom() <= size[1], "{place:?}");
                let inside: Vec<&Word> =
                    recorder.texts().filter(|text| overlap(&text.bounds, &place)).collect();
                let give = |bounds: &Rect| {
                    bounds.left >= place.left - 0.1
                        && bounds.right() <= place.right() + 0.1
                        && bounds.top >= place.top - 0.1
                        && bounds.bottom() <= place.bottom() + 0.1
                };
                assert!(inside.iter().all(|text| give(&text.bounds)), "{size:?} at {pointed}");
                assert_eq!(inside[0].text, format!("step {pointed}"));
                // A row: its name and its value, in the order of the runs.
                let expected: Vec<String> = stage
                    .shown()
                    .iter()
                    .map(|(_, run, ..)| run.losses()[pointed] - stage.lowest)
                    .map(|value| descent_lab::text::figure(value, 3))
                    .collect();
                let values: Vec<String> =
                    inside.iter().filter(|t| t.style.bold).map(|t| t.text.clone()).collect();
                assert_eq!(values, expected, "{size:?} at {pointed}");
            }
        }
    }
}

#[test]
fn several_runs_have_values_only_under_the_pointer() {
    let bold = |link: &str, pointed| {
        let stage = Stage::of(link, DESKTOP);
        let charted = Charted { quantity: Quantity::Loss, step: 12, pointed };
        let (recorder, _) = stage.draw_chart_of(Theme::Light, charted);
        let ink = Palette::of(Theme::Light).ink;
        recorder.texts().filter(|text| text.style.bold && text.style.color == ink).count()
    };
    assert_eq!((bold(EIGHT, None), bold(EIGHT, Some(40))), (0, 8));
    assert_eq!(bold("preset=oscillating", None), 1);
}

#[test]
fn every_run_has_its_dashes_and_its_marker_at_the_current_step() {
    let stage = Stage::of(EIGHT, DESKTOP);
    let charted = Charted { quantity: Quantity::LearningRate, step: 30, pointed: None };
    let (recorder, plot) = stage.draw_chart_of(Theme::Light, charted);
    let last = stage.last();
    for look in &Palette::of(Theme::Light).runs {
        for (color, width) in [(look.line, 2.2), (look.line.with_alpha(0.45), 1.5)] {
            let dashes: Vec<_> = recorder
                .strokes()
                .flat_map(|(_, strokes)| strokes)
                .filter(|stroke| stroke.color == color && stroke.width == width)
                .map(|stroke| stroke.dash)
                .collect();
            assert_eq!(dashes, [look.dash], "{}", look.letter);
        }
        let fills = recorder.fills().filter(|(_, color)| *color == look.line);
        let centers: Vec<f64> = fills
            .map(|(outline, _)| {
                let xs = outline.points.iter().map(|point| point[0]);
                let (a, b) = (xs.clone().fold(f64::INFINITY, f64::min), xs.fold(0.0, f64::max));
                0.5 * (a + b)
            })
            .chain(recorder.discs_of(4.5).iter().filter(|_| look.dash.is_empty()).map(|c| c[0]))
            .collect();
        assert_eq!(centers.len(), 1, "{}", look.letter);
        assert_eq!(step_at(plot, last, centers[0]), Some(30), "{}", look.letter);
    }
}

/// The numbers beside the axis.
fn numbers(recorder: &Recorder) -> Vec<String> {
    let is_on_axis = |text: &&Word| text.style.middle && text.at[0] < 60.0 && !text.style.bold;
    recorder.texts().filter(is_on_axis).map(|text| text.text.clone()).collect()
}

#[test]
fn rates_that_are_close_together_have_ticks_between_powers_of_ten() {
    let axis = |link: &str, size| {
        let charted = Charted { quantity: Quantity::LearningRate, step: 0, pointed: None };
        numbers(&stage(link, size).draw_chart_of(Theme::Light, charted).0)
    };
    let wide = [520.0, 236.0];
    // A constant rate lies between two numbers, on none of its edges.
    assert_eq!(axis("loss=quadratic&run=sgd,lr=0.085", wide), ["0.1", "0.05"]);
    assert_eq!(axis("loss=quadratic&run=sgd,lr=0.1", wide), ["0.1", "0.05", "0.2"]);
    assert_eq!(axis("loss=quadratic&run=sgd,lr=1e-7", wide), ["10⁻⁷", "5×10⁻⁸", "2×10⁻⁷"]);
    let both = "loss=quadratic&run=sgd,lr=0.085&run=adam,lr=0.45";
    assert_eq!(axis(both, wide), ["0.1", "0.05", "0.5", "0.2"]);
    assert!(axis(both, [340.0, 100.0]).len() >= 2);
    // Many decades have powers of ten.
    let far = "loss=quadratic&run=sgd,lr=0.00001&run=adam,lr=1";
    assert!(axis(far, wide).iter().all(|number| number.starts_with("10")), "{:?}", axis(far, wide));
    // Ticks that are as good as one another are apart.
    for exponent in -60..60 {
        let rate = libm::pow(10.0, f64::from(exponent) / 7.0);
        for size in SIZES {
            let link = format!("loss=quadratic&run=sgd,lr={rate:e}&run=adam,lr={:e}", rate * 3.3);
            let stage = stage(&link, size);
            let charted = Charted { quantity: Quantity::LearningRate, step: 0, pointed: None };
            let (recorder, _) = stage.draw_chart_of(Theme::Light, charted);
            assert_apart(&recorder, &link);
            assert!(numbers(&recorder).len() >= 2, "{link}");
        }
    }
}

#[test]
fn a_rate_of_zero_is_drawn_to_the_axis() {
    let palette = Palette::of(Theme::Light);
    let rates = [0.1, 0.05, 0.01, 0.0, 0.0];
    let series = Series::of(rates.into_iter(), 100);
    let line = ChartLine {
        look: &palette.runs[1],
        series: &series,
        average: None,
        label: Label::Rate("0.1"),
        value: Some(0.0),
        pointed: Some(0.0),
        stopped: None,
    };
    let size = [520.0, 236.0];
    let scene = ChartScene {
        size,
        palette,
        quantity: Quantity::LearningRate,
        lines: &[line],
        selected: 0,
        ghost: None,
        edge: None,
        epochs: None,
        held_out: None,
        stop: None,
        steps: 4,
        step: 4,
        pointed: Some(4),
        step_word: "step",
    };
    let mut recorder = Recorder::new(size);
    let plot = draw_chart(&mut recorder, &scene);
    let line = recorder.lines(palette.runs[1].line, 2.2)[0];
    let end = line.points[line.points.len() - 1];
    let expected = [plot.left + 0.75 * plot.width, plot.bottom()];
    assert!((end[0] - expected[0]).abs() < 1e-9 && (end[1] - expected[1]).abs() < 1e-9, "{end:?}");
    assert!(recorder.texts().any(|text| text.text == "0" && text.style.bold), "its value");
}

#[test]
fn a_quantity_is_what_the_run_recorded() {
    let stage =
        Stage::of("loss=quadratic,kappa=20&start=-8,2.5&steps=50&run=sgd,lr=0.085", DESKTOP);
    let run = &stage.run;
    let sharpness = stage.sharpness()[0].as_ref();
    let recorded = Recorded { trajectory: run, lowest: 0.0, sharpness, looks: None };
    let at = |quantity: Quantity, step| quantity.at(&recorded, step);
    for step in 0..50 {
        let [x, y] = [run.point(step)[0], run.point(step)[1]];
        let slope = libm::hypot(x, 20.0 * y);
        assert!((at(Quantity::GradientNorm, step) / slope - 1.0).abs() < 1e-12);
        assert!((at(Quantity::StepLength, step) / (0.085 * slope) - 1.0).abs() < 1e-9);
        assert!((at(Quantity::Loss, step) / (0.5 * (x * x + 20.0 * y * y)) - 1.0).abs() < 1e-12);
        assert_eq!(at(Quantity::LearningRate, step), 0.085);
        assert_eq!(at(Quantity::Sharpness, step), 0.085 * 20.0);
    }
    let above = Recorded { lowest: 1.0, ..recorded };
    assert_eq!(Quantity::Loss.at(&above, 7), at(Quantity::Loss, 7) - 1.0);
    // From the last point no step was taken, and beyond it there is none.
    assert!(at(Quantity::StepLength, 50).is_nan() && at(Quantity::StepLength, 49) > 0.0);
    for quantity in Quantity::ALL {
        assert!(at(quantity, 51).is_nan());
        let points = quantity.series(&recorded, 480).points().to_vec();
        let steps = if quantity == Quantity::StepLength { 50 } else { 51 };
        assert_eq!(points.len(), steps, "{quantity:?}");
        let log = libm::log10(at(quantity, 3));
        assert_eq!(points[3], (3.0, log), "{quantity:?}");
    }
}

#[test]
fn charts_of_wild_short_and_hidden_runs_can_be_drawn() {
    for link in [
        "loss=quadratic,kappa=20&precision=f16&steps=80&run=sgd,lr=50&run=momentum,lr=3&run=adam,lr=1e4&run=nesterov,lr=1000",
        "loss=quadratic&steps=1&run=sgd,lr=3e306&run=momentum,lr=1e-300&run=adam,lr=1e300",
        "loss=quadratic&start=0,0&steps=3&run=sgd,lr=0.1&run=adam,lr=0.1",
        "loss=parabola&steps=30&run=sgd,lr=1.5e153&run=momentum,lr=0.1&run=adam,lr=0.5",
    ] {
        for size in SIZES {
            let mut stage = stage(link, size);
            for hidden in [false, true] {
                for run in stage.scenario.runs.iter_mut().skip(1) {
                    run.is_hidden = hidden;
                }
                stage.scenario.runs[0].is_hidden = false;
                draw_all(&stage);
            }
            stage.scenario.runs[0].is_hidden = true;
            draw_all(&stage);
        }
    }
}

/// Every quantity at every step, pointed at and not.
fn draw_all(stage: &Stage) {
    for quantity in Quantity::ALL {
        for step in 0..=stage.last() {
            for pointed in [None, Some(step), Some(stage.last()), Some(usize::MAX)] {
                let charted = Charted { quantity, step, pointed };
                let (recorder, _) = stage.draw_chart_of(Theme::Dark, charted);
                assert_apart(&recorder, &format!("{charted:?}"));
            }
        }
    }
}
