//! The boundary of a constrained run on the map.

use descent_lab::descent::constraint::Region;
use descent_lab::descent::{Language, LayerFigures, Trajectory};
use descent_lab::scenario::Theme;
use descent_lab::text::of;
use descent_lab::view::{
    LayersScene, LayersSpan, Lines, Outline, Palette, draw_layers, feasible_boundary,
};

use super::recorder::{Mark, Recorder};
use super::stage::{DESKTOP, PHONE, Stage};

impl Stage {
    /// The boundary of each run; empty where its parameters are free.
    pub(super) fn bounds(&self) -> Vec<Lines> {
        let others = self.others.iter().map(|(run, ..)| run);
        let all = core::iter::once(&self.run).chain(others);
        let all = all.zip(&self.scenario.runs);
        let bounds = |(trajectory, run): (&Trajectory, &descent_lab::scenario::Run)| {
            let end = trajectory.point(trajectory.steps());
            run.with_feasible_set(self.loss.as_ref(), self.scenario.precision, |set| {
                feasible_boundary(set, self.plane.as_ref(), end, self.viewport.window)
            })
            .unwrap_or_default()
        };
        all.map(bounds).collect()
    }

    /// The largest number that the constraint of the first run bounds, at a point.
    fn size_at(&self, theta: &[f64]) -> f64 {
        let (run, loss) = (&self.scenario.runs[0], self.loss.as_ref());
        let largest = run.with_feasible_set(loss, self.scenario.precision, |set| {
            let sizes = set.blocks(theta.len()).map(|block| {
                let block = theta[block].iter();
                match set.region() {
                    Region::Box(_) => block.fold(0.0, |most: f64, v| most.max(v.abs())),
                    Region::Ball(_) => block.map(|v| v * v).sum::<f64>().sqrt(),
                }
            });
            sizes.fold(0.0, f64::max)
        });
        largest.expect("it is constrained")
    }
}

/// The boundary lines of the run with this number as they are drawn.
fn drawn(stage: &Stage, run: usize) -> Vec<Outline> {
    let recorder = stage.draw_run(Theme::Light, 3.0);
    let look = &Palette::of(Theme::Light).runs[run];
    let is_it = |mark: &Mark| match mark {
        Mark::Stroke(outline, strokes) => strokes
            .iter()
            .any(|s| s.color == look.map && (s.width - 1.8).abs() < 1e-9 && s.dash == look.dash)
            .then(|| outline.clone()),
        _ => None,
    };
    recorder.marks.iter().filter_map(is_it).collect()
}

#[test]
fn a_box_is_a_square_and_a_ball_a_circle_around_the_origin() {
    for sizes in [DESKTOP, PHONE] {
        let stage =
            Stage::of("#v=1&loss=booth&run=sgd,lr=0.05,constrain=value,constrain_at=2", sizes);
        let lines = drawn(&stage, 0);
        let corners = [[-2.0, -2.0], [2.0, -2.0], [2.0, 2.0], [-2.0, 2.0], [-2.0, -2.0]];
        assert_eq!(lines.len(), 1);
        assert_eq!(lines[0].points, corners.map(|corner| stage.viewport.to_pixel(corner)));

        let stage =
            Stage::of("#v=1&loss=booth&run=sgd,lr=0.05,constrain=norm,constrain_at=2", sizes);
        let lines = stage.bounds();
        assert_eq!((lines[0].len(), drawn(&stage, 0).len()), (1, 1));
        assert!(lines[0][0].len() > 200 && lines[0][0].first() == lines[0][0].last());
        let far = |[x, y]: &[f64; 2]| (libm::hypot(*x, *y) - 2.0).abs() < 1e-12;
        assert!(lines[0][0].iter().all(far));
    }
}

#[test]
fn of_one_parameter_it_is_two_upright_lines() {
    for rule in ["value", "norm"] {
        let link = format!("#v=1&loss=parabola&run=sgd,lr=0.05,constrain={rule},constrain_at=0.5");
        let stage = Stage::of(&link, DESKTOP);
        let lines = drawn(&stage, 0);
        assert_eq!(lines.len(), 2);
        for (line, x) in lines.iter().zip([-0.5, 0.5]) {
            let at = stage.viewport.to_pixel([x, 0.0])[0];
            assert!(line.points.iter().all(|point| (point[0] - at).abs() < 1e-9));
            let plot = stage.viewport.plot;
            let [from, to] = [line.points[0][1], line.points[1][1]];
            assert!(from.max(to) >= plot.bottom() && from.min(to) <= plot.top);
        }
    }
}

/// Every point of the boundary that is near the map lies on the bound, and every point
/// inside it is allowed.
#[test]
fn of_more_parameters_it_is_where_the_plane_leaves_the_set() {
    for (link, bound) in [
        ("loss=polynomial_regression,degree=4&steps=300&run=sgd,lr=0.05,constrain=norm", 0.5),
        ("loss=polynomial_regression,degree=4&steps=300&run=sgd,lr=0.05,constrain=value", 0.3),
        (
            "loss=polynomial_regression,degree=5&plane=1,2&view=-1,1,-1,1&steps=90&run=sgd,lr=0.05,constrain=norm",
            0.5,
        ),
        ("loss=network,count=40,depth=3,width=5&steps=90&run=sgd,lr=0.5,constrain=norm", 1.0),
        ("loss=network,count=40,depth=3,width=5&steps=90&run=sgd,lr=0.5,constrain=value", 0.5),
        ("loss=network,count=40,width=4&plane=ends&steps=90&run=adam,lr=0.1,constrain=norm", 1.5),
    ] {
        let stage = Stage::of(&format!("#v=1&{link},constrain_at={bound}"), DESKTOP);
        let lines = &stage.bounds()[0];
        assert_eq!(lines.len(), 1, "{link}");
        let [x0, x1, y0, y1] = stage.viewport.window;
        let plane = stage.plane.as_ref().expect("many parameters");
        let mut theta = vec![0.0; plane.origin().len()];
        let (mut near, mut sum) = (0, [0.0; 2]);
        for &[a, b] in &lines[0] {
            sum = [sum[0] + a, sum[1] + b];
            plane.point([a, b], &mut theta);
            let size = stage.size_at(&theta);
            assert!(size <= bound * (1.0 + 1e-9), "{link}: {size} at {a}, {b}");
            if a > x0 && a < x1 && b > y0 && b < y1 {
                near += 1;
                assert!((size - bound).abs() < 1e-9 * bound, "{link}: {size} at {a}, {b}");
            }
        }
        #[expect(clippy::cast_precision_loss, reason = "some hundred corners")]
        let middle = sum.map(|side| side / lines[0].len() as f64);
        plane.point(middle, &mut theta);
        assert!(stage.size_at(&theta) < bound, "{link}");
        assert!(near > 0, "{link}: no boundary is seen");
        assert!(!drawn(&stage, 0).is_empty(), "{link}");
    }
}

#[test]
fn a_plane_through_a_point_that_is_not_allowed_has_none() {
    let link = "#v=1&loss=polynomial_regression,degree=4&steps=9&run=sgd,lr=0.05,constrain=norm";
    let stage = Stage::of(link, DESKTOP);
    let outside = vec![9.0; stage.run.dimension()];
    let lines = |theta: &[f64]| {
        let run = &stage.scenario.runs[0];
        run.with_feasible_set(stage.loss.as_ref(), stage.scenario.precision, |set| {
            feasible_boundary(set, stage.plane.as_ref(), theta, stage.viewport.window)
        })
    };
    assert_eq!(lines(&outside), Some(Vec::new()));
    assert_eq!(lines(&vec![f64::NAN; outside.len()]), Some(Vec::new()));
}

/// Each run has its own, in its own colour and dash, under all paths.
#[test]
fn each_run_has_its_own_boundary_under_the_paths() {
    let stage = Stage::of(
        "#v=1&loss=booth&run=sgd,lr=0.05&run=sgd,lr=0.05,constrain=norm,constrain_at=2&run=sgd,lr=0.05,constrain=value,constrain_at=2",
        DESKTOP,
    );
    assert_eq!([0, 1, 2].map(|run| drawn(&stage, run).len()), [0, 1, 1]);
    let recorder = stage.draw_run(Theme::Light, 3.0);
    let is_bound = |mark: &Mark| matches!(mark, Mark::Stroke(_, s) if (s[s.len() - 1].width - 1.8).abs() < 1e-9 && s.len() == 3);
    let first: Vec<bool> = recorder.marks.iter().take(3).map(is_bound).collect();
    assert_eq!(first, [true, true, false]);
}

fn layers(weights: [f64; 3]) -> Vec<LayerFigures> {
    weights
        .map(|weights| LayerFigures {
            gradient: 0.05,
            weights,
            update: 0.01,
            spread: 0.6,
            idle: 0.0,
        })
        .to_vec()
}

/// In the layer view the limit of each layer stands beside the norm of its weights.
#[test]
fn the_limits_of_layers_are_bars_at_their_height() {
    let palette = Palette::of(Theme::Light);
    let link =
        "#v=1&loss=network,depth=3,width=5&steps=3&run=sgd,lr=0.5,constrain=value,constrain_at=0.5";
    let stage = Stage::of(link, DESKTOP);
    let limits = stage.scenario.runs[0].with_feasible_set(
        stage.loss.as_ref(),
        stage.scenario.precision,
        |set| set.longest(stage.loss.dimension()).collect::<Vec<f64>>(),
    );
    let limits = limits.expect("it is constrained");
    let root = |weights: f64| 0.5 * weights.sqrt();
    assert_eq!(limits, [root(10.0), root(25.0), root(5.0)]);
    let figures = layers([1.2, 2.4, 0.9]);
    let span = LayersSpan::of([(&figures[..], true)].into_iter());
    for (limits, raised) in [(&limits[..], 0), (&[20.0; 3], 1), (&[2e5; 3], 0), (&[], 0)] {
        let span = LayersSpan { norms: [span.norms[0], span.norms[1] + raised], ..span };
        let scene = LayersScene {
            size: [400.0, 560.0],
            palette,
            look: &palette.runs[0],
            figures: &figures,
            limits,
            has_step: true,
            others: &[],
            span: LayersSpan::of([(&figures[..], true)].into_iter()).with_limits(limits),
            focused: None,
            words: of(Language::English).layers,
            idle: None,
            is_compact: false,
        };
        assert_eq!(scene.span, span, "{limits:?}");
        let mut recorder = Recorder::new(scene.size);
        let panels = draw_layers(&mut recorder, &scene).expect("room");
        recorder.finish();
        let bars = recorder.lines(palette.ink_2, 1.6);
        let is_shown = limits.first().is_some_and(|limit| *limit < 1e3);
        assert_eq!(bars.len(), usize::from(is_shown), "{limits:?}");
        assert_eq!(recorder.texts().any(|word| word.text == "limit"), is_shown);
        let Some(bars) = bars.first() else { continue };
        let [low, high] = scene.span.norms.map(f64::from);
        for (layer, limit) in limits.iter().enumerate() {
            let [from, to] = [bars.points[2 * layer], bars.points[2 * layer + 1]];
            let part = (high - libm::log10(*limit)) / (high - low);
            let y = panels.norms.top + part * panels.norms.height;
            assert!((from[1] - y).abs() < 1e-9 && from[1] == to[1], "{limit}");
            assert!(from[0] < panels.x(layer) && to[0] > panels.x(layer), "{limit}");
        }
    }
}
