//! Stop rules on the chart: the threshold, and the step at which a run stopped.

use descent_lab::scenario::Theme;
use descent_lab::text::tick;
use descent_lab::view::{Outline, Palette, Quantity, Rect};
use proptest::prelude::*;

use super::recorder::{Mark, Recorder};
use super::scenes::assert_words_apart;
use super::stage::{Charted, DESKTOP, PHONE, Sizes, Stage};

use crate::cases::cases;

impl Stage {
    /// The threshold about a quantity as the chart shows it, and its name.
    pub(super) fn stop_line(&self, quantity: Quantity) -> Option<(f64, String)> {
        let limit = quantity.stops_at(&self.scenario.stop, 0.0)?;
        let above = quantity.stops_at(&self.scenario.stop, self.lowest)?;
        Some((above, (self.text().stop_line)(&tick(limit))))
    }
}

fn chart(link: &str, sizes: Sizes, quantity: Quantity) -> (Stage, Recorder, Rect) {
    let stage = Stage::of(link, sizes);
    let charted = Charted { quantity, step: stage.last() / 2, pointed: None };
    let (recorder, plot) = stage.draw_chart_of(Theme::Light, charted);
    (stage, recorder, plot)
}

/// The level line of the threshold.
fn threshold(recorder: &Recorder) -> Option<Vec<[f64; 2]>> {
    let dash: &[f64] = &[7.0, 3.0, 1.5, 3.0];
    let mut lines = recorder.strokes().filter(|(_, strokes)| strokes[0].dash == dash);
    let line = lines.next().map(|(line, _)| line.points.clone());
    assert!(lines.next().is_none(), "one line");
    line
}

/// The rings around the last points of runs that stopped.
fn rings(recorder: &Recorder) -> Vec<[f64; 2]> {
    let is_it = |mark: &Mark| match mark {
        Mark::Ring(at, stroke) if (stroke.width - 1.6).abs() < 1e-9 => Some(*at),
        _ => None,
    };
    recorder.marks.iter().filter_map(is_it).collect()
}

fn has_name(recorder: &Recorder, name: &str) -> bool {
    recorder.texts().any(|word| word.text == name)
}

/// On the logarithmic axis the line of the run crosses the threshold just before it stops.
#[test]
fn the_threshold_is_a_level_line_and_the_run_ends_below_it() {
    for (link, quantity, name) in [
        ("stop_loss=0.01&run=sgd,lr=0.15", Quantity::Loss, "stop at 0.01"),
        ("stop_grad=0.001&run=sgd,lr=0.15", Quantity::GradientNorm, "stop at 0.001"),
        (
            "loss=styblinski_tang&start=-1,-1&stop_loss=-70&run=sgd,lr=0.01",
            Quantity::Loss,
            "stop at −70",
        ),
    ] {
        for sizes in [DESKTOP, PHONE] {
            let (stage, recorder, plot) = chart(&format!("#v=1&{link}"), sizes, quantity);
            let line = threshold(&recorder).expect("a threshold");
            assert_eq!([line[0][0], line[1][0]], [plot.left, plot.right()]);
            assert!(
                line[0][1] == line[1][1] && line[0][1] > plot.top && line[0][1] < plot.bottom()
            );
            assert!(has_name(&recorder, name), "{link}");
            let [ring] = rings(&recorder)[..] else { panic!("one run stopped") };
            assert!((ring[0] - plot.right()).abs() < 1e-9, "{link}: at its last step");
            assert!(ring[1] >= line[0][1] - 1e-9, "{link}: at or below the threshold");
            let steps = stage.run.steps();
            let before = stage.run.losses()[steps - 1];
            assert!(quantity != Quantity::Loss || before > stage.scenario.stop.loss.unwrap());
            assert_words_apart(&recorder);
        }
    }
}

#[test]
fn a_rule_about_another_quantity_draws_no_line_but_the_end_is_marked() {
    let link = "#v=1&stop_loss=0.01&run=sgd,lr=0.15";
    for quantity in [Quantity::GradientNorm, Quantity::LearningRate] {
        let (_, recorder, _) = chart(link, DESKTOP, quantity);
        assert_eq!((threshold(&recorder), rings(&recorder).len()), (None, 1), "{quantity:?}");
    }
}

/// A threshold that is not reached widens the axis by some decades, but not by many, and one
/// below the infimum has no place.
#[test]
fn a_threshold_out_of_reach_is_shown_where_it_is_near() {
    let steps = "#v=1&steps=20&run=sgd,lr=0.05&stop_loss=";
    for (limit, is_shown) in [("0.1", true), ("1e-3", true), ("1e-9", false), ("0", false)] {
        let (_, recorder, plot) = chart(&format!("{steps}{limit}"), DESKTOP, Quantity::Loss);
        assert_eq!(threshold(&recorder).is_some(), is_shown, "{limit}");
        assert_eq!(rings(&recorder), Vec::<[f64; 2]>::new(), "{limit}");
        let lines = recorder.lines(Palette::of(Theme::Light).runs[0].line, 2.2);
        let points = lines.iter().flat_map(|line: &&Outline| &line.points);
        assert!(points.clone().all(|[_, y]| *y >= plot.top - 1e-9 && *y <= plot.bottom() + 1e-9));
    }
    let (_, recorder, _) = chart(&format!("{steps}-3"), DESKTOP, Quantity::Loss);
    assert_eq!(threshold(&recorder), None);
}

/// Each run that stopped has its mark; one that did not has none.
#[test]
fn each_run_is_marked_where_it_stopped() {
    let link = "#v=1&steps=60&stop_loss=0.1&run=sgd,lr=0.15&run=sgd,lr=0.01&run=sgd,lr=0.05";
    let (stage, recorder, plot) = chart(link, DESKTOP, Quantity::Loss);
    let rings = rings(&recorder);
    #[expect(clippy::cast_precision_loss, reason = "some dozens of steps")]
    let at = |run: usize| {
        let steps = if run == 0 { stage.run.steps() } else { stage.others[run - 1].0.steps() };
        plot.left + steps as f64 / stage.last() as f64 * plot.width
    };
    assert_eq!(rings.len(), 2);
    for (ring, run) in rings.iter().zip([0, 2]) {
        assert!((ring[0] - at(run)).abs() < 1e-9, "{run}");
    }
}

proptest! {
    #![proptest_config(cases(48))]

    /// Whatever the threshold and the canvas, nothing leaves the canvas or meets a word.
    #[test]
    fn any_threshold_on_any_canvas_is_drawn_within_it(
        decade in -14.0..14.0,
        width in 0.0..700.0,
        height in 0.0..300.0,
        is_loss in any::<bool>(),
        rate in 0.001..0.25,
    ) {
        let limit = libm::pow(10.0, decade).min(1e12);
        let rule = if is_loss { "stop_loss" } else { "stop_grad" };
        let quantity = if is_loss { Quantity::Loss } else { Quantity::GradientNorm };
        let link = format!("#v=1&steps=40&{rule}={limit}&run=sgd,lr={rate}");
        let sizes = Sizes { chart: [width, height], ..DESKTOP };
        let (_, recorder, plot) = chart(&link, sizes, quantity);
        if let Some(line) = threshold(&recorder) {
            prop_assert!(line.iter().all(|[_, y]| *y >= plot.top && *y <= plot.bottom()));
        }
    }
}
