//! The chart of sharpness: its lines, the edge of stability, gaps.

use descent_lab::scenario::Theme;
use descent_lab::view::{Outline, Palette, Quantity, Rect};

use super::recorder::Recorder;
use super::stage::{Charted, DESKTOP, PHONE, Stage};

/// The chart of a link at its last step.
fn chart(link: &str) -> (Stage, Recorder, Rect) {
    let stage = Stage::of(link, DESKTOP);
    let charted = Charted { quantity: Quantity::Sharpness, step: stage.last(), pointed: None };
    let (recorder, plot) = stage.draw_chart_of(Theme::Light, charted);
    (stage, recorder, plot)
}

/// The one line that is drawn like this.
fn line(recorder: &Recorder, color: descent_lab::view::Color, width: f64) -> Vec<Vec<[f64; 2]>> {
    let outlines = recorder.lines(color, width);
    outlines.into_iter().flat_map(Outline::polylines).map(<[[f64; 2]]>::to_vec).collect()
}

fn edge(recorder: &Recorder) -> Vec<Vec<[f64; 2]>> {
    line(recorder, Palette::of(Theme::Light).danger, 1.4)
}

#[test]
fn the_edge_is_a_level_line_with_its_figure_and_products_stand_where_they_compare() {
    for (run, figure, product) in [
        ("sgd,lr=0.085", "2", 1.7),
        ("sgd,lr=0.105", "2", 2.1),
        ("momentum,lr=0.085", "3.8", 1.7),
        ("nesterov,lr=0.085", "1.36", 1.7),
        ("momentum,lr=0.085,momentum=0.5", "3", 1.7),
    ] {
        let link = format!("loss=quadratic,kappa=20&start=-8,2.5&steps=30&run={run}");
        let (_, recorder, plot) = chart(&link);
        let edges = edge(&recorder);
        assert_eq!(edges.len(), 1, "{run}");
        let (first, last) = (edges[0][0], edges[0][edges[0].len() - 1]);
        assert!((first[0] - plot.left).abs() < 0.1 && (last[0] - plot.right()).abs() < 0.1);
        assert!((first[1] - last[1]).abs() < 1e-9, "level: {run}");
        let name = recorder.texts().find(|text| text.text == format!("limit {figure}"));
        let name = name.unwrap_or_else(|| panic!("{run}: no name at the edge"));
        assert!((name.at[1] - last[1]).abs() < 31.0, "{run}: its name is near it");
        let products = &line(&recorder, Palette::of(Theme::Light).runs[0].line, 2.2)[0];
        let limit: f64 = match figure {
            "1.36" => 3.8 / 2.8,
            other => other.parse().expect("a number"),
        };
        assert_eq!(products[0][1] < first[1], product > limit, "{run}: above or below");
        assert!(recorder.texts().any(|text| text.text == "λ"), "λ_max has a name");
    }
}

#[test]
fn distances_on_the_axis_are_ratios() {
    let (_, recorder, _) = chart("loss=quadratic,kappa=20&steps=30&run=sgd,lr=0.05");
    let palette = Palette::of(Theme::Light);
    let height = |points: &[Vec<[f64; 2]>]| points[0][0][1];
    let largest = line(&recorder, palette.runs[0].line, 1.4);
    let products = line(&recorder, palette.runs[0].line, 2.2);
    let decade = (height(&products) - height(&edge(&recorder))) / libm::log10(2.0 / 1.0);
    let expected = decade * libm::log10(20.0);
    assert!((height(&products) - height(&largest) - expected).abs() < 0.2, "λ_max is 20 times it");
}

#[test]
fn where_nothing_curves_upwards_the_line_has_a_gap() {
    // From egg to egg of the carton, over hilltops.
    let link = "loss=rastrigin&start=0.4,0.6&steps=24&run=sgd,lr=0.015";
    let (stage, recorder, plot) = chart(link);
    let products = &stage.sharpness()[0].as_ref().expect("applies").products;
    let positive: Vec<bool> = products.iter().map(|product| *product > 0.0).collect();
    assert!(positive.contains(&true) && positive.contains(&false), "{products:?}");
    let lines = line(&recorder, Palette::of(Theme::Light).runs[0].line, 2.2);
    let stretches = positive.chunk_by(|a, b| a == b).filter(|stretch| stretch[0]).count();
    assert!(stretches > 1, "{positive:?}");
    assert_eq!(lines.iter().filter(|line| !line.is_empty()).count(), stretches);
    // Each point drawn is a step with a positive product; none leads down to the floor.
    let step = |x: f64| libm::round((x - plot.left) / plot.width * 24.0);
    for point in lines.iter().flatten() {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 24")]
        let at = step(point[0]) as usize;
        assert!(positive[at], "a point at step {at}");
    }
}

#[test]
fn on_a_ridge_throughout_there_is_no_line_and_no_nan() {
    for run in ["sgd,lr=0.1", "adam,lr=0.1", "rmsprop,lr=0.1"] {
        let (_, recorder, _) =
            chart(&format!("loss=gaussian_well,width=1&start=0,40&steps=5&run={run}"));
        assert!(recorder.texts().all(|text| !text.text.contains("NaN")), "{run}");
        assert!(!recorder.texts().any(|text| text.text.is_empty()), "{run}");
    }
}

#[test]
fn a_clipped_run_or_one_with_momentum_that_grows_has_the_edge_of_its_own_rule() {
    let (_, recorder, _) = chart("loss=quadratic&steps=100&run=adam,lr=0.1&run=sgd,lr=0.1");
    assert!(recorder.texts().any(|text| text.text == "limit 38"), "the selected run's");
    let (_, recorder, _) = chart("loss=quadratic&steps=3000&run=nadam,lr=0.1");
    let edges = edge(&recorder);
    let (first, last) = (edges[0][0][1], edges[0][edges[0].len() - 1][1]);
    assert!(first - last > 1.0, "NAdam's rises with its momentum: {first} {last}");
}

#[test]
fn on_a_phone_all_its_names_have_room() {
    let stage = Stage::of("loss=quadratic&steps=100&run=sgd,lr=0.1&run=adam,lr=0.1&lang=zh", PHONE);
    let charted = Charted { quantity: Quantity::Sharpness, step: 7, pointed: None };
    let (recorder, _) = stage.draw_chart_of(Theme::Light, charted);
    assert!(recorder.texts().any(|text| text.text == "上限 2"));
    super::scenes::assert_words_apart(&recorder);
}
