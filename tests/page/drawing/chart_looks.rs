//! The chart of the sharpness of a network: λ_max beside 2/η, as far as it is looked at.

use descent_lab::descent::{Language, Trajectory};
use descent_lab::scenario::{Scenario, SharpnessLooks, Theme, decode};
use descent_lab::text::{self, figure};
use descent_lab::view::{
    ChartLine, ChartScene, EdgeLines, Label, Outline, Palette, Quantity, Recorded, Rect, draw_chart,
};

use super::recorder::Recorder;

const SIZE: [f64; 2] = [491.0, 220.0];

struct Looked {
    scenario: Scenario,
    trajectory: Trajectory,
    looks: SharpnessLooks,
}

impl Looked {
    /// The only run of a link, looked at until `made` looks are made.
    fn of(link: &str, made: usize) -> Self {
        let (scenario, refused) = decode(link);
        assert_eq!(refused, [], "{link}");
        let (loss, run) = (scenario.build_loss(), &scenario.runs[0]);
        let trajectory = scenario.descend(run, loss.as_ref());
        let mut looks =
            SharpnessLooks::begin(&scenario, run, loss.as_ref(), &trajectory).expect("it applies");
        while looks.made() < made && !looks.is_done() {
            let mut asked = 0;
            looks.advance((&scenario, run), loss.as_ref(), &trajectory, &mut || {
                asked += 1;
                asked > 2
            });
        }
        Self { scenario, trajectory, looks }
    }

    fn draw(&self, step: usize) -> (Recorder, Rect) {
        let mut recorder = Recorder::new(SIZE);
        let palette = Palette::of(Theme::Light);
        let Self { scenario, trajectory, looks } = self;
        let (text, quantity) = (text::of(Language::English), Quantity::Sharpness);
        let recorded = Recorded { trajectory, lowest: 0.0, sharpness: None, looks: Some(looks) };
        let series = quantity.series(&recorded, 480);
        let rate = figure(scenario.runs[0].learning_rate, 2);
        let lines = [ChartLine {
            look: &palette.runs[0],
            series: &series,
            average: None,
            label: Label::Rate(&rate),
            value: Some(quantity.at(&recorded, step)),
            pointed: None,
            stopped: None,
        }];
        let optimizer = &scenario.runs[0].optimizer;
        let rule = (optimizer.rule, optimizer.knobs.as_slice());
        let edge = EdgeLines::over_rate(rule, trajectory, scenario.steps, 480);
        let scene = ChartScene {
            size: SIZE,
            palette,
            quantity,
            lines: &lines,
            selected: 0,
            ghost: None,
            edge: Some((&edge, text.limit)),
            epochs: None,
            held_out: None,
            stop: None,
            steps: scenario.steps,
            step,
            pointed: None,
            step_word: text.step_axis,
        };
        let plot = draw_chart(&mut recorder, &scene);
        recorder.finish();
        (recorder, plot)
    }
}

fn points(recorder: &Recorder, color: descent_lab::view::Color, width: f64) -> Vec<[f64; 2]> {
    let lines = recorder.lines(color, width).into_iter();
    lines.flat_map(Outline::polylines).flatten().copied().collect()
}

const NETWORK: &str = "loss=network,data=moons,count=30,depth=3,width=4";

#[test]
fn the_edge_is_the_limit_over_the_rate_and_follows_the_schedule() {
    let palette = Palette::of(Theme::Light);
    for (run, name) in [
        ("sgd,lr=0.1", "2/η = 20.0"),
        ("momentum,lr=0.05", "3.8/η = 76.0"),
        ("nesterov,lr=0.05", "1.36/η = 27.1"),
        ("adam,lr=0.01", "38/η = 3,800"),
    ] {
        let looked = Looked::of(&format!("{NETWORK}&steps=60&run={run}"), usize::MAX);
        let (recorder, _) = looked.draw(60);
        let texts: Vec<&str> = recorder.texts().map(|text| text.text.as_str()).collect();
        assert!(texts.contains(&name), "{run}: {texts:?}");
        assert!(!texts.contains(&"λ"), "the line itself is λ_max");
        let edge = points(&recorder, palette.danger, 1.4);
        assert!((edge[0][1] - edge[edge.len() - 1][1]).abs() < 1e-9, "level: {run}");
        super::scenes::assert_words_apart(&recorder);
    }
    let falling = format!("{NETWORK}&steps=60&run=sgd,lr=0.1,schedule=exponential,gamma=0.97");
    let edge = points(&Looked::of(&falling, usize::MAX).draw(0).0, palette.danger, 1.4);
    assert!(edge.windows(2).all(|pair| pair[1][1] <= pair[0][1]), "it rises as the rate falls");
    assert!(edge[0][1] - edge[edge.len() - 1][1] > 5.0);
}

#[test]
fn the_line_fills_in_as_looks_are_made() {
    let palette = Palette::of(Theme::Light);
    let link = format!("{NETWORK}&steps=120&run=sgd,lr=0.1");
    for (made, most) in [(0, 0), (2, 4), (9, 18), (usize::MAX, 400)] {
        let looked = Looked::of(&link, made);
        let (recorder, plot) = looked.draw(60);
        let line = points(&recorder, palette.runs[0].line, 2.2);
        let rest = points(&recorder, palette.runs[0].line, 1.5);
        assert!(line.len() + rest.len() <= most.max(2), "{made}: {} {}", line.len(), rest.len());
        assert!(recorder.texts().all(|text| !text.text.contains("NaN")), "{made}");
        assert!(plot.width > 0.0, "the axes and the edge are there from the first");
        assert!(!points(&recorder, palette.danger, 1.4).is_empty());
        if made == usize::MAX {
            assert_eq!(looked.looks.points().count(), 121);
            let value = figure(looked.looks.at(60).1, 3);
            assert!(recorder.texts().any(|text| text.text == value), "{value} at the playhead");
        }
    }
}
