//! The layers beside the map.

use descent_lab::descent::{LayerFigures, Outcome};
use descent_lab::scenario::Theme;
use descent_lab::text::{Text, of};
use descent_lab::view::{
    Color, LayerPanels, LayersScene, LayersSpan, Marker, Palette, RunLook, draw_layers, draw_pulse,
};
use proptest::prelude::*;

use super::recorder::{Mark, Recorder};
use super::scenes::assert_words_apart;
use descent_lab::descent::Language;

const SIZE: [f64; 2] = [400.0, 560.0];
const LOW: [f64; 2] = [350.0, 400.0];
const PHONE: [f64; 2] = [390.0, 244.0];

fn text() -> &'static Text {
    of(Language::English)
}

/// Layers whose gradient shrinks by a factor from each to the one before it.
fn layers(count: u32, factor: f64) -> Vec<LayerFigures> {
    let layer = |index: u32| {
        let gradient = 0.05 * libm::pow(factor, f64::from(index) - f64::from(count - 1));
        let weights = if index == 0 { 2.4 } else { 5.6 };
        LayerFigures { gradient, weights, update: 0.3 * gradient, spread: 0.6, idle: 0.3 }
    };
    (0..count).map(layer).collect()
}

fn scene(figures: &[LayerFigures], size: [f64; 2]) -> LayersScene<'_> {
    let palette = Palette::of(Theme::Light);
    LayersScene {
        size,
        palette,
        look: &palette.runs[0],
        figures,
        limits: &[],
        has_step: true,
        others: &[],
        span: LayersSpan::of([(figures, true)].into_iter()),
        focused: None,
        words: text().layers,
        idle: Some(text().layers.saturated),
        is_compact: size == PHONE,
    }
}

fn drawn(scene: &LayersScene<'_>) -> (Recorder, Option<LayerPanels>) {
    let mut recorder = Recorder::new(scene.size);
    let panels = draw_layers(&mut recorder, scene);
    recorder.finish();
    (recorder, panels)
}

fn words(recorder: &Recorder) -> Vec<&str> {
    recorder.texts().map(|word| word.text.as_str()).collect()
}

/// The line of the selected run's gradient.
fn gradient(recorder: &Recorder) -> Vec<[f64; 2]> {
    let lines = recorder.lines(Palette::of(Theme::Light).runs[0].line, 2.2);
    lines.iter().flat_map(|line| line.points.clone()).collect()
}

/// The stream of the gradient on its way back: half its height at each corner.
fn stream(recorder: &Recorder) -> Vec<[f64; 2]> {
    let color = Palette::of(Theme::Light).runs[0].line.with_alpha(0.26);
    let outline = recorder.fills().find(|(_, fill)| *fill == color).expect("a stream").0;
    let half = outline.points.len() / 2;
    let pairs = outline.points[..half].iter().zip(outline.points[half..].iter().rev());
    pairs.map(|(upper, lower)| [upper[0], 0.5 * (lower[1] - upper[1])]).collect()
}

#[test]
fn every_layer_has_its_place_from_the_input_at_the_left_to_the_output() {
    for count in [1, 2, 12, 50] {
        let figures = layers(count, 1.3);
        let (recorder, panels) = drawn(&scene(&figures, SIZE));
        let panels = panels.expect("room");
        let line = gradient(&recorder);
        assert_eq!(line.len(), count as usize);
        for (layer, at) in line.iter().enumerate() {
            assert!((at[0] - panels.x(layer)).abs() < 1e-9);
            assert_eq!(panels.layer_at(at[0]), Some(layer));
        }
        assert!(line.windows(2).all(|pair| pair[1][1] < pair[0][1]), "towards the output it rises");
        let said = words(&recorder);
        assert!(said.contains(&"1") && said.contains(&count.to_string().as_str()));
        assert_eq!(panels.layer_at(-100.0), None);
        assert_eq!(panels.layer_at(SIZE[0] + 100.0), None);
    }
}

#[test]
fn a_factor_from_layer_to_layer_is_a_straight_line() {
    let figures = layers(12, 4.0);
    let (recorder, panels) = drawn(&scene(&figures, SIZE));
    let (line, panels) = (gradient(&recorder), panels.expect("room"));
    let step = line[0][1] - line[1][1];
    assert!(line.windows(2).all(|pair| (pair[0][1] - pair[1][1] - step).abs() < 1e-9));
    let span = scene(&figures, SIZE).span.norms;
    let decade = panels.norms.height / f64::from(span[1] - span[0]);
    assert!((step - libm::log10(4.0) * decade).abs() < 1e-9, "{step}");
}

#[test]
fn the_band_lies_two_to_four_decades_below_the_weights() {
    let figures = layers(6, 1.0);
    let (recorder, panels) = drawn(&scene(&figures, SIZE));
    let panels = panels.expect("room");
    let healthy = Palette::of(Theme::Light).outcome(Outcome::Converges).fill.with_alpha(0.22);
    let bands: Vec<_> = recorder.fills().filter(|(_, color)| *color == healthy).collect();
    assert_eq!(bands.len(), 2, "one below the weights, one of the ratios");
    let span = scene(&figures, SIZE).span.norms;
    let decade = panels.norms.height / f64::from(span[1] - span[0]);
    let y = |value: f64| panels.norms.top + (f64::from(span[1]) - libm::log10(value)) * decade;
    let inside = |[_, y]: &[f64; 2]| panels.norms.top <= *y && *y <= panels.norms.bottom();
    assert!(bands[0].0.points.iter().all(inside));
    let has = |value: f64| bands[0].0.points.iter().any(|at| (at[1] - y(value)).abs() < 1e-6);
    assert!(has(5.6e-2) && has(5.6e-4), "0.01 and 0.0001 of 5.6");
}

#[test]
fn the_stream_dies_where_the_gradient_vanishes_and_swells_where_it_explodes() {
    let half = |factor: f64| stream(&drawn(&scene(&layers(8, factor), SIZE)).0);
    let (dying, swelling, even) = (half(10.0), half(0.1), half(1.0));
    assert!(dying[0][1] < 0.15 * dying.last().unwrap()[1], "{dying:?}");
    assert!(swelling[0][1] > 1.6 * swelling.last().unwrap()[1], "{swelling:?}");
    assert!(even.iter().all(|at| (at[1] - even[0][1]).abs() < 1e-9));
    assert!((dying.last().unwrap()[1] - even[0][1]).abs() < 1e-9, "relative to the last layer");
}

#[test]
fn the_pulse_runs_from_the_last_layer_to_the_first_as_large_as_the_stream() {
    let figures = layers(8, 6.0);
    let panels = drawn(&scene(&figures, SIZE)).1.expect("room");
    let look = &Palette::of(Theme::Light).runs[0];
    let discs = |part: f64| -> Vec<(f64, f64)> {
        let mut recorder = Recorder::new(SIZE);
        draw_pulse(&mut recorder, look, &figures, &panels, part);
        let is_disc = |mark: &Mark| match mark {
            Mark::Discs(centers, radius) => Some((centers[0][0], *radius)),
            _ => None,
        };
        recorder.marks.iter().filter_map(is_disc).collect()
    };
    let at = |part: f64| *discs(part).last().expect("a pulse");
    let (first, middle, last) = (at(0.001), at(0.5), at(1.0));
    assert!(first.0 > middle.0 && middle.0 > last.0, "towards the input");
    assert!(first.1 > 1.5 * middle.1 && middle.1 > last.1, "{first:?} {middle:?} {last:?}");
    assert!((middle.0 - 0.5 * (panels.x(0) + panels.x(7))).abs() < 1e-9, "half of the way");
}

#[test]
fn the_marks_of_the_ratios_say_where_they_lie_by_shape_as_well() {
    let mut figures = layers(3, 1.0);
    for (layer, ratio) in figures.iter_mut().zip([0.1, 1e-3, 1e-5]) {
        layer.update = ratio * layer.weights;
    }
    let (recorder, panels) = drawn(&scene(&figures, SIZE));
    let strip = panels.expect("room").ratios;
    let palette = Palette::of(Theme::Light);
    let marks = |outcome: Outcome| -> Vec<[f64; 2]> {
        let color = palette.outcome(outcome).text;
        let of_color = recorder.fills().filter(|(_, fill)| *fill == color);
        of_color.flat_map(|(outline, _)| outline.points.clone()).collect()
    };
    let (long, short) = (marks(Outcome::Diverges), marks(Outcome::Crawls));
    assert_eq!([long.len(), short.len()], [3, 3], "two triangles");
    assert!(long.iter().chain(&short).all(|at| strip.contains(*at) || at[1] > strip.top - 4.0));
    let top = |marks: &[[f64; 2]]| marks.iter().map(|at| at[1]).fold(f64::INFINITY, f64::min);
    assert!(top(&long) < top(&short));
}

#[test]
fn what_has_no_place_on_the_axis_is_marked_at_its_end_in_words() {
    let mut figures = layers(6, 1.0);
    for layer in &mut figures[..4] {
        (layer.gradient, layer.update) = (0.0, 0.0);
    }
    figures[5].gradient = f64::NAN;
    let (recorder, _) = drawn(&scene(&figures, SIZE));
    let said = words(&recorder);
    for expected in ["gradient: 0", "update: 0", "gradient: overflow"] {
        assert!(said.contains(&expected), "{said:?}");
    }
    assert_eq!(gradient(&recorder).len(), 1, "one layer alone has a place");
}

#[test]
fn at_the_last_step_no_update_is_shown_and_that_is_said() {
    let mut figures = layers(6, 1.0);
    for layer in &mut figures {
        layer.update = f64::NAN;
    }
    let (recorder, _) = drawn(&LayersScene { has_step: false, ..scene(&figures, SIZE) });
    let said = words(&recorder);
    assert!(said.contains(&text().layers.no_step));
    assert!(!said.contains(&text().layers.update), "{said:?}");
    assert!(!said.iter().any(|word| word.contains("overflow")), "{said:?}");
}

#[test]
fn other_runs_stand_faintly_behind_by_their_gradients() {
    let (figures, other) = (layers(6, 2.0), layers(4, 1.0));
    let look: &RunLook = &Palette::of(Theme::Light).runs[1];
    let others = [(look, &other[..])];
    let (recorder, _) = drawn(&LayersScene { others: &others, ..scene(&figures, SIZE) });
    let lines = recorder.lines(look.line.with_alpha(0.55), 1.3);
    assert_eq!(lines.len(), 1);
    assert_eq!(lines[0].points.len(), 4);
    assert_eq!(look.marker, Marker::Square);
}

#[test]
fn without_idle_units_there_are_no_bars() {
    let figures = layers(6, 1.0);
    let bars = |idle| {
        let (recorder, _) = drawn(&LayersScene { idle, ..scene(&figures, SIZE) });
        let fill: Color = Palette::of(Theme::Light).outcome(Outcome::Stalls).fill.with_alpha(0.5);
        (
            recorder.fills().filter(|(_, color)| *color == fill).count(),
            words(&recorder).contains(&"100 %"),
        )
    };
    assert_eq!(bars(None), (0, false));
    assert_eq!(bars(Some("dead")), (7, true), "one a layer, one beside the word");
}

#[test]
fn too_small_a_canvas_or_no_layers_leave_it_blank() {
    let figures = layers(6, 1.0);
    for size in [[0.0, 0.0], [400.0, 100.0], [90.0, 500.0]] {
        let (recorder, panels) = drawn(&scene(&figures, size));
        assert!(panels.is_none() && recorder.marks.is_empty(), "{size:?}");
    }
    assert!(drawn(&scene(&[], SIZE)).1.is_none());
}

#[test]
fn words_keep_apart_in_both_languages_at_every_size() {
    for language in Language::ALL {
        for size in [SIZE, LOW, PHONE, [640.0, 700.0]] {
            for count in [1, 2, 8, 30, 50] {
                for factor in [0.4, 1.0, 3.0] {
                    let figures = layers(count, factor);
                    let words = of(language).layers;
                    let idle = Some(words.dead);
                    let focused = Some(0);
                    let all = LayersScene { words, idle, focused, ..scene(&figures, size) };
                    assert_words_apart(&drawn(&all).0);
                }
            }
        }
    }
}

fn figure() -> impl Strategy<Value = f64> {
    prop_oneof![
        8 => (-320.0..308.0_f64).prop_map(|exponent| libm::pow(10.0, exponent)),
        4 => 0.0..10.0_f64,
        1 => Just(0.0),
        1 => Just(f64::NAN),
        1 => Just(f64::INFINITY),
    ]
}

proptest! {
    #[test]
    fn whatever_the_figures_are_they_can_be_drawn(
        figures in prop::collection::vec((figure(), figure(), figure(), figure(), 0.0..=1.0_f64), 1..51),
        part in 0.0..1.0_f64,
        has_step: bool,
        place in 0..3_usize,
    ) {
        let figures: Vec<LayerFigures> = figures
            .into_iter()
            .map(|(gradient, weights, update, spread, idle)| LayerFigures { gradient, weights, update, spread, idle })
            .collect();
        let size = [SIZE, LOW, PHONE][place];
        let (_, panels) = drawn(&LayersScene { has_step, ..scene(&figures, size) });
        let mut recorder = Recorder::new(size);
        let look = &Palette::of(Theme::Light).runs[0];
        draw_pulse(&mut recorder, look, &figures, &panels.unwrap_or_default(), part);
    }
}
