//! The run on the map: where its line begins and ends, and where it goes when it
//! leaves.

use descent_lab::scenario::Theme;
use descent_lab::text::Side;
use descent_lab::view::{Outline, PixelPath, Track, map_point, off_map};

use super::recorder::Recorder;
use super::stage::{DESKTOP, Stage};

/// The radius of the dark rim of the puck.
const PUCK: f64 = 11.5;

/// The line of the run: three strokes, rim, light rim and colour.
fn path_of(recorder: &Recorder) -> &Outline {
    let mut found = recorder.strokes().filter(|(_, strokes)| {
        strokes.len() == 3 && strokes.iter().all(|stroke| stroke.dash.is_empty())
    });
    let (outline, strokes) = found.next().expect("the run has a line");
    assert!(found.next().is_none(), "one line only");
    assert!(strokes.windows(2).all(|pair| pair[0].width > pair[1].width), "the rim lies under it");
    outline
}

fn is_at(found: [f64; 2], expected: [f64; 2]) -> bool {
    (found[0] - expected[0]).abs() < 1e-6 && (found[1] - expected[1]).abs() < 1e-6
}

#[expect(clippy::cast_precision_loss, reason = "a few hundred steps")]
fn playhead(step: usize) -> f64 {
    step as f64
}

const ON_THE_MAP: [&str; 5] = [
    "preset=oscillating",
    "preset=himmelblau_far",
    "preset=saddle",
    "preset=theta_squared&start=2.5",
    "loss=rosenbrock&steps=300&run=sgd,lr=0.001",
];

#[test]
fn the_line_goes_from_the_start_to_the_puck() {
    for link in ON_THE_MAP {
        let stage = Stage::of(link, DESKTOP);
        let start = stage.viewport.to_pixel(map_point(None, &stage.run, 0));
        for step in [1, 2, 17, 60, stage.run.steps()] {
            let recorder = stage.draw_run(Theme::Light, playhead(step));
            let line = path_of(&recorder);
            let puck = stage.viewport.to_pixel(map_point(None, &stage.run, step));
            assert!(is_at(line.points[0], start), "{link}");
            assert!(is_at(*line.points.last().expect("points"), puck), "{link} {step}");
            let pucks = recorder.discs_of(PUCK);
            assert!(pucks.len() == 1 && is_at(pucks[0], puck), "{link} {step}: {pucks:?}");
            assert_eq!(line.starts.len(), 1, "{link}: in one piece");
        }
    }
}

#[test]
fn every_step_that_can_be_told_apart_is_on_the_line() {
    let stage = Stage::of("preset=oscillating", DESKTOP);
    let recorder = stage.draw_run(Theme::Dark, 20.0);
    let line = path_of(&recorder);
    for step in 0..=20 {
        let pixel = stage.viewport.to_pixel(map_point(None, &stage.run, step));
        assert!(line.points.iter().any(|point| is_at(*point, pixel)), "step {step}");
    }
}

#[test]
fn between_two_steps_the_puck_slides_and_pulls_the_line_along() {
    for (link, at) in
        [("preset=oscillating", 0.25), ("preset=oscillating", 3.5), ("preset=saddle", 7.75)]
    {
        let stage = Stage::of(link, DESKTOP);
        let recorder = stage.draw_run(Theme::Light, at);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a step")]
        let step = at as usize;
        let [a, b] =
            [step, step + 1].map(|t| stage.viewport.to_pixel(map_point(None, &stage.run, t)));
        let part = at - playhead(step);
        let expected = [a[0] + part * (b[0] - a[0]), a[1] + part * (b[1] - a[1])];
        let pucks = recorder.discs_of(PUCK);
        assert!(pucks.len() == 1 && is_at(pucks[0], expected), "{link}: {pucks:?}");
        let end = path_of(&recorder).points.last().copied();
        assert!(end.is_some_and(|end| is_at(end, expected)), "{link} at {at}: {end:?}");
    }
}

/// How far a point lies from the line through two others.
fn off_line([x, y]: [f64; 2], [a, b]: [[f64; 2]; 2]) -> f64 {
    let (dx, dy) = (b[0] - a[0], b[1] - a[1]);
    let length = (dx * dx + dy * dy).sqrt();
    if length == 0.0 { f64::INFINITY } else { ((x - a[0]) * dy - (y - a[1]) * dx).abs() / length }
}

/// Runs that leave the map in every direction, some coming back across it.
const LEAVING: [&str; 7] = [
    "preset=condition_100",
    "preset=too_large&steps=400",
    "preset=exploding",
    "loss=quadratic,kappa=20,angle=30&run=sgd,lr=0.3",
    "loss=saddle&start=-1.5,0.7&run=sgd,lr=2.6",
    "loss=rosenbrock&run=sgd,lr=0.01",
    "loss=himmelblau&start=1,-1&run=sgd,lr=0.06",
];

#[test]
fn a_line_that_leaves_keeps_its_direction_and_is_never_bent_to_the_border() {
    for link in LEAVING {
        let stage = Stage::of(link, DESKTOP);
        assert!(stage.verdict.facts.left_all_bounds, "{link}");
        let last = stage.run.steps();
        let steps: Vec<[f64; 2]> =
            (0..=last).map(|t| stage.viewport.to_pixel(map_point(None, &stage.run, t))).collect();
        for step in 1..=last {
            let recorder = stage.draw_run(Theme::Light, playhead(step));
            let line = path_of(&recorder);
            for piece in line.polylines().flat_map(|line| line.windows(2)) {
                // Steps within half a pixel of each other are drawn as one.
                let lies_along = |pair: &[[f64; 2]]| {
                    piece.iter().all(|point| off_line(*point, [pair[0], pair[1]]) < 0.7)
                };
                let is_a_step = steps[..=step].windows(2).any(lies_along);
                assert!(is_a_step, "{link} at {step}: {piece:?} is no step of the run");
            }
            let plot = stage.viewport.plot;
            let is_on_edge = |[x, y]: &[f64; 2]| {
                let edges = [x - plot.left, x - plot.right(), y - plot.top, y - plot.bottom()];
                edges.iter().any(|distance| distance.abs() < 1e-6)
            };
            assert!(!line.points.iter().any(is_on_edge), "{link} at {step} sticks to the border");
        }
    }
}

#[test]
fn a_line_that_leaves_reaches_beyond_the_map() {
    let stage = Stage::of("preset=condition_100", DESKTOP);
    let recorder = stage.draw_run(Theme::Light, 5.0);
    let line = path_of(&recorder);
    let [first, end] = [line.points[0], *line.points.last().expect("points")];
    assert!(is_at(first, stage.viewport.to_pixel([-8.0, 2.5])));
    assert!(end[1].abs() > 5000.0, "{end:?}");
    // Somewhere on the way from step 4 to step 5.
    let [from, to] = [4, 5].map(|t| stage.viewport.to_pixel(map_point(None, &stage.run, t))[0]);
    assert!(end[0] > from && end[0] < to, "{end:?} is not between {from} and {to}");
}

#[test]
fn off_the_map_the_edge_and_the_distance_are_told() {
    let sides = |link: &str| {
        let stage = Stage::of(link, DESKTOP);
        let mut seen = Vec::new();
        for step in 0..=stage.run.steps() {
            let [x, y] = map_point(None, &stage.run, step);
            let [x0, x1, y0, y1] = stage.viewport.window;
            let off = off_map(&stage.viewport, &Track::new(None, &stage.run), playhead(step));
            let is_on = (x0..=x1).contains(&x) && (y0..=y1).contains(&y);
            assert_eq!(off.is_none(), is_on, "{link} at {step}");
            let Some(off) = off else { continue };
            let beyond = [
                (Side::Above, y - y1),
                (Side::Below, y0 - y),
                (Side::Left, x0 - x),
                (Side::Right, x - x1),
            ];
            // On a map with equal scales the farthest in units is so in pixels.
            let most = beyond.into_iter().max_by(|a, b| a.1.total_cmp(&b.1)).expect("four");
            assert_eq!(off.side, most.0, "{link} at {step}");
            assert!((off.distance / most.1 - 1.0).abs() < 1e-9, "{link} at {step}: {off:?}");
            let plot = stage.viewport.plot;
            assert!(plot.contains(off.at), "{off:?}");
            let expected = match off.side {
                Side::Above => off.at[1] - plot.top,
                Side::Below => off.at[1] - plot.bottom(),
                Side::Left => off.at[0] - plot.left,
                Side::Right => off.at[0] - plot.right(),
            };
            assert!(expected.abs() < 1e-9, "{off:?} is not on its edge");
            seen.push(off.side);
        }
        seen
    };
    let zigzag = sides("preset=condition_100");
    assert!(zigzag.starts_with(&[Side::Below, Side::Above, Side::Below]), "{zigzag:?}");
    assert!(sides("preset=exploding").contains(&Side::Right));
    assert!(sides("loss=quadratic,angle=90&start=2,1&run=sgd,lr=0.5").contains(&Side::Left));
    assert_eq!(sides("preset=saddle"), []);
    assert_eq!(sides("preset=saddle&view=-0.5,0.5,-0.5,0.5")[0], Side::Right);
}

#[test]
fn a_run_beyond_all_pixels_still_points_to_where_it_is() {
    // θ is finite, its pixel is not.
    let stage = Stage::of("run=sgd,lr=3e306", DESKTOP);
    assert!(stage.run.point(1)[0].is_finite());
    let off =
        off_map(&stage.viewport, &Track::new(None, &stage.run), 1.0).expect("it is off the map");
    assert_eq!(off.side, Side::Below);
    stage.draw_run(Theme::Light, 1.0);
    // On the way there it has no pixel to slide to, and stays to be seen.
    let pucks = stage.draw_run(Theme::Light, 0.5).discs_of(PUCK);
    assert_eq!(pucks, [stage.viewport.to_pixel([-8.0, 2.5])]);
    // The same upwards, on the curve of a loss with one parameter.
    let stage = Stage::of("loss=parabola&run=sgd,lr=1.5e153", DESKTOP);
    let off =
        off_map(&stage.viewport, &Track::new(None, &stage.run), 1.0).expect("it is off the map");
    assert_eq!(off.side, Side::Above);
    stage.draw_run(Theme::Light, 1.0);
}

#[test]
fn the_edge_has_an_arrow_only_while_the_run_is_off_the_map() {
    // Filled in the colour of the run: on the map only the edge's arrow is.
    let stage = Stage::of("preset=condition_100", DESKTOP);
    let arrows = |step: usize| {
        let recorder = stage.draw_run(Theme::Light, playhead(step));
        let arrows = recorder.fills().filter(|(_, color)| color.rgb == [0xE6, 0x9F, 0]);
        (arrows.count(), recorder.discs_of(PUCK).len())
    };
    assert_eq!((arrows(0), arrows(1), arrows(5)), ((0, 1), (1, 0), (1, 0)));
}

#[test]
fn the_ghost_is_dotted_and_lies_under_the_run() {
    let stage = Stage::of("preset=oscillating", DESKTOP).with_ghost(0.02);
    let recorder = stage.draw_run(Theme::Light, 10.0);
    let strokes: Vec<_> = recorder.strokes().collect();
    let is_dotted = |strokes: &[descent_lab::view::Stroke]| {
        strokes.iter().all(|stroke| !stroke.dash.is_empty())
    };
    let ghosts: Vec<usize> = (0..strokes.len()).filter(|at| is_dotted(strokes[*at].1)).collect();
    assert_eq!(ghosts.len(), 1);
    let (line, _) = strokes[ghosts[0]];
    let (run, path) = stage.ghost.as_ref().expect("there is one");
    assert_eq!(line, &path.until(usize::MAX));
    assert!(is_at(line.points[1], stage.viewport.to_pixel(map_point(None, run, 1))));
    let own = strokes.iter().position(|(outline, _)| *outline == path_of(&recorder));
    assert!(own.is_some_and(|own| own > ghosts[0]), "drawn before the run");
    let without = Stage::of("preset=oscillating", DESKTOP).draw_run(Theme::Light, 10.0);
    assert!(!without.strokes().any(|(_, strokes)| is_dotted(strokes)));
}

#[test]
fn the_next_steps_of_a_diverging_run_are_not_hinted_at() {
    let faint = |link: &str| {
        let stage = Stage::of(link, DESKTOP);
        let recorder = stage.draw_run(Theme::Light, 1.0);
        let future = descent_lab::view::Palette::of(Theme::Light).future;
        recorder.lines(future, 1.4).len()
    };
    assert_eq!((faint("preset=oscillating"), faint("preset=too_large")), (1, 0));
}

#[test]
fn a_path_of_a_loss_with_one_parameter_walks_on_its_curve() {
    let stage = Stage::of("preset=theta_squared", DESKTOP);
    let path = PixelPath::of(
        (0..=5).map(|t| {
            let x = stage.run.point(t)[0];
            [x, x * x]
        }),
        &stage.viewport,
    );
    let recorder = stage.draw_run(Theme::Light, 5.0);
    let expected = path.until(5);
    for (found, expected) in path_of(&recorder).points.iter().zip(&expected.points) {
        assert!((found[0] - expected[0]).abs() < 1e-6 && (found[1] - expected[1]).abs() < 1e-6);
    }
}
