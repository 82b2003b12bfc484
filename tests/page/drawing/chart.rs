//! The loss chart.

use descent_lab::scenario::Theme;
use descent_lab::view::{
    ChartLine, ChartScene, Label, Outline, Palette, Quantity, Series, draw_chart,
};

use super::recorder::{Recorder, Word};
use super::stage::{DESKTOP, PHONE, Stage};

const SIZE: [f64; 2] = [491.0, 220.0];

/// A chart of these losses with the playhead at `step`.
fn chart(losses: &[f64], step: usize) -> Recorder {
    let mut recorder = Recorder::new(SIZE);
    let series = Series::of(losses.iter().copied(), 480);
    let palette = Palette::of(Theme::Light);
    let line = ChartLine {
        look: &palette.runs[0],
        series: &series,
        average: None,
        label: Label::Rate("0.085"),
        value: Some(losses[step]),
        pointed: None,
        stopped: None,
    };
    let scene = ChartScene {
        size: SIZE,
        palette,
        quantity: Quantity::Loss,
        lines: &[line],
        selected: 0,
        ghost: None,
        edge: None,
        epochs: None,
        held_out: None,
        stop: None,
        steps: losses.len() - 1,
        step,
        pointed: None,
        step_word: "step",
    };
    draw_chart(&mut recorder, &scene);
    recorder.finish();
    recorder
}

/// The stretches already walked.
fn walked(recorder: &Recorder) -> Vec<&[[f64; 2]]> {
    stretches(recorder.lines(Palette::of(Theme::Light).runs[0].line, 2.2))
}

fn stretches(outlines: Vec<&Outline>) -> Vec<&[[f64; 2]]> {
    outlines.into_iter().flat_map(Outline::polylines).collect()
}

/// The exponent of a label that is a power of ten.
fn exponent(text: &Word) -> Option<i32> {
    let digits: String = text.text.strip_prefix("10")?.chars().map(lowered).collect();
    digits.parse().ok()
}

/// A raised digit or sign as an ordinary one.
fn lowered(raised: char) -> char {
    let digits = "⁰¹²³⁴⁵⁶⁷⁸⁹⁻";
    digits.chars().position(|c| c == raised).map_or('?', |at| "0123456789-".as_bytes()[at].into())
}

/// The labels of the vertical axis: exponent and height.
fn decades(recorder: &Recorder) -> Vec<(i32, f64)> {
    let is_on_axis = |text: &&Word| text.style.middle && text.at[0] < 40.0;
    let labels = recorder.texts().filter(is_on_axis);
    labels.map(|text| (exponent(text).unwrap_or_else(|| panic!("{text:?}")), text.at[1])).collect()
}

#[test]
fn the_axis_carries_powers_of_ten_at_their_heights() {
    for link in
        ["preset=oscillating", "preset=too_large&steps=400", "preset=egg_box", "loss=ackley"]
    {
        for sizes in [DESKTOP, PHONE] {
            let stage = Stage::of(link, sizes);
            let recorder = stage.draw_chart(Theme::Light, 0);
            let decades = decades(&recorder);
            assert!((2..=7).contains(&decades.len()), "{link}: {decades:?}");
            let per_decade =
                |pair: &[(i32, f64)]| (pair[1].1 - pair[0].1) / f64::from(pair[1].0 - pair[0].0);
            let heights: Vec<f64> = decades.windows(2).map(per_decade).collect();
            assert!(heights.iter().all(|height| *height < 0.0), "larger is higher");
            assert!(heights.iter().all(|h| (h - heights[0]).abs() < 0.2), "{link}: {heights:?}");
            // The value at the playhead stands where its logarithm says.
            let disc = recorder.discs_of(4.5)[0];
            let (first, at) = decades[0];
            let log = libm::log10(stage.run.losses()[0] - stage.lowest);
            let expected = at + heights[0] * (log - f64::from(first));
            assert!((disc[1] - expected).abs() < 1.0, "{link}: {disc:?}, not {expected}");
        }
    }
}

#[test]
fn each_stretch_above_the_floor_has_a_line_of_its_own() {
    let above = [100.0, 10.0, 1.0, 0.1];
    assert_eq!(walked(&chart(&above, 3)).len(), 1);
    let dipping = [100.0, 1.0, 0.0, 0.0, 1.0, 100.0, 0.0, 50.0, 50.0];
    let recorder = chart(&dipping, 8);
    let lines = walked(&recorder);
    assert_eq!(lines.len(), 3, "{lines:?}");
    // Each ends on the floor where the loss was zero, and none crosses the gap.
    let floor = SIZE[1] - 24.0;
    let ends: Vec<f64> = lines.iter().map(|line| line[line.len() - 1][1]).collect();
    assert!((ends[0] - floor).abs() < 0.2 && (ends[1] - floor).abs() < 0.2, "{ends:?}");
    let x = |step: f64| 38.0 + step / 8.0 * (SIZE[0] - 38.0 - 68.0);
    assert!((lines[0][0][0] - x(0.0)).abs() < 0.2);
    assert!((lines[2][lines[2].len() - 1][0] - x(8.0)).abs() < 0.2);
    let beyond = |line: &[[f64; 2]], step: f64| line.iter().all(|p| p[0] <= x(step) + 0.2);
    assert!(beyond(lines[0], 2.0) && beyond(lines[1], 6.0), "{lines:?}");
}

#[test]
fn what_is_still_to_come_is_fainter() {
    let losses: Vec<f64> = (0..50).map(|k| libm::exp2(-f64::from(k) / 4.0)).collect();
    let recorder = chart(&losses, 20);
    let color = Palette::of(Theme::Light).runs[0].line;
    let future = stretches(recorder.lines(color.with_alpha(0.45), 1.5));
    let walked = walked(&recorder);
    assert_eq!((future.len(), walked.len()), (1, 1));
    let (now, next) = (walked[0][20], future[0][0]);
    assert!((now[0] - next[0]).abs() < 0.1 && (now[1] - next[1]).abs() < 0.1, "they meet");
    assert_eq!((walked[0].len(), future[0].len()), (21, 30));
    assert_eq!(recorder.discs_of(4.5).len(), 1);
    assert!((recorder.discs_of(4.5)[0][0] - now[0]).abs() < 0.1, "the dot is at the playhead");
}

#[test]
fn the_ghost_is_dotted() {
    let stage = Stage::of("preset=oscillating", DESKTOP).with_ghost(0.02);
    let dotted = |recorder: &Recorder| {
        let is_dotted = |strokes: &[descent_lab::view::Stroke]| !strokes[0].dash.is_empty();
        recorder.strokes().filter(|(_, strokes)| is_dotted(strokes)).count()
    };
    assert_eq!(dotted(&stage.draw_chart(Theme::Light, 9)), 1);
    let alone = Stage::of("preset=oscillating", DESKTOP);
    assert_eq!(dotted(&alone.draw_chart(Theme::Light, 9)), 0);
}

#[test]
fn names_at_the_ends_of_lines_do_not_cover_each_other() {
    for ghost in [0.0001, 0.01, 0.05, 0.084, 0.0849, 0.0851, 0.09, 0.0999] {
        let stage = Stage::of("preset=oscillating", DESKTOP).with_ghost(ghost);
        let recorder = stage.draw_chart(Theme::Light, 3);
        let named = |name: &str| recorder.texts().find(|text| text.text == name).expect("a name");
        let (own, other) = (named("0.085"), named("0.02"));
        assert!(!super::boxes::overlap(&own.bounds, &other.bounds), "{ghost}: {own:?} {other:?}");
    }
}

#[test]
fn a_chart_of_nothing_but_zeros_and_one_of_a_single_step_can_be_drawn() {
    assert_eq!(walked(&chart(&[0.0, 0.0, 0.0], 1)).len(), 0);
    chart(&[5.0], 0);
    chart(&[0.0], 0);
    chart(&[1e300, 1e-300], 1);
    chart(&[5e-324, 5e-324], 1);
    chart(&[1.0, f64::INFINITY], 0);
    chart(&[1.0, f64::INFINITY], 1);
}
