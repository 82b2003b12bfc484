//! The data beside the map.

use descent_lab::descent::data::{Column, ColumnName, Samples, Task};
use descent_lab::scenario::Theme;
use descent_lab::view::{
    AxisNames, Color, DataStage, FitLine, FitScene, KeyEntry, KeyScene, Palette, Rect, SHADE,
    SamplesScene, Viewport, data_plot, data_window, draw_axes, draw_data_axes, draw_fit, draw_key,
    draw_samples, earlier_steps, nearest_sample, neighbour, shade, widened,
};
use proptest::prelude::*;

use super::recorder::{Mark, Recorder};
use super::scenes::assert_words_apart;

const SIZE: [f64; 2] = [410.0, 660.0];
const PHONE: [f64; 2] = [390.0, 286.0];
const LIGHT: Theme = Theme::Light;

fn table(rows: &[Vec<f64>]) -> Samples {
    let column = |axis: usize| Column {
        name: ColumnName::Own(format!("x{axis}")),
        numbers: rows.iter().map(|row| row[axis]).collect(),
    };
    Samples::new((0..rows.first().map_or(2, Vec::len)).map(column).collect())
}

/// Four samples on a line of slope 2 and intercept 1, but for the last.
fn line() -> Samples {
    table(&[vec![0.5, 2.0], vec![1.0, 3.0], vec![2.0, 5.0], vec![3.0, 8.0]])
}

fn classes() -> Samples {
    table(&[vec![-1.0, -1.0, 0.0], vec![-2.0, 0.5, 0.0], vec![1.0, 1.0, 1.0], vec![2.0, 0.0, 1.0]])
}

fn linear(theta: &[f64], features: &[f64]) -> f64 {
    theta[0] * features[0] + theta[1]
}

/// A plane over two features, without intercept.
fn plane(theta: &[f64], features: &[f64]) -> f64 {
    theta[0] * features[0] + theta[1] * features[1]
}

/// The probability of a logistic regression without intercept.
fn logistic(theta: &[f64], features: &[f64]) -> f64 {
    1.0 / (1.0 + libm::exp(-(theta[0] * features[0] + theta[1] * features[1])))
}

fn viewport(samples: &Samples, size: [f64; 2]) -> Viewport {
    let window = data_window(samples);
    Viewport { window, plot: data_plot(size, window, size[0] < 400.0) }
}

fn stage(samples: &Samples, size: [f64; 2]) -> DataStage<'_> {
    DataStage { viewport: viewport(samples, size), palette: Palette::of(LIGHT), samples }
}

fn fit_line(theta: [f64; 2]) -> FitLine<'static> {
    let look = &Palette::of(LIGHT).runs[0];
    FitLine {
        look,
        theta: theta.to_vec(),
        earlier: vec![vec![0.0; 2], vec![1.0, 0.5]],
        sketch: None,
    }
}

/// The scene of a line through samples.
fn scene<'a>(samples: &'a Samples, lines: &'a [FitLine<'a>]) -> FitScene<'a> {
    FitScene {
        stage: stage(samples, SIZE),
        predict: &linear,
        lines,
        selected: 0,
        batch: None,
        trained: None,
        focused: None,
        is_held: false,
    }
}

fn drawn(scene: &FitScene<'_>) -> Recorder {
    let mut recorder = Recorder::new(SIZE);
    draw_fit(&mut recorder, scene);
    recorder.finish();
    recorder
}

fn rings(recorder: &Recorder) -> usize {
    recorder.marks.iter().filter(|mark| matches!(mark, Mark::Ring(..))).count()
}

/// The line in a run's own colour and width.
fn current(recorder: &Recorder) -> Vec<[f64; 2]> {
    let lines = recorder.lines(Palette::of(LIGHT).runs[0].map, 2.6);
    assert_eq!(lines.len(), 1, "one line at the puck");
    lines[0].points.clone()
}

#[test]
fn the_line_at_the_puck_says_what_the_model_says() {
    let (samples, lines) = (line(), [fit_line([2.0, 1.0])]);
    let viewport = viewport(&samples, SIZE);
    let points = current(&drawn(&scene(&samples, &lines)));
    assert!(points.len() > 50);
    for at in points {
        let [x, y] = viewport.to_point(at);
        assert!((y - linear(&[2.0, 1.0], &[x])).abs() < 1e-9, "{x} {y}");
    }
}

#[test]
fn a_line_as_steep_as_a_wall_keeps_its_slope_and_what_is_no_number_is_left_out() {
    let samples = line();
    let lines = [fit_line([1e9, -1e9])];
    let points = current(&drawn(&scene(&samples, &lines)));
    let viewport = viewport(&samples, SIZE);
    for pair in points.windows(2).filter(|pair| pair[0] != pair[1]) {
        let [a, b] = [viewport.to_point(pair[0]), viewport.to_point(pair[1])];
        let slope = (b[1] - a[1]) / (b[0] - a[0]);
        assert!(!slope.is_finite() || (slope / 1e9 - 1.0).abs() < 1e-3, "{slope}");
    }
    let lines = [fit_line([f64::NAN, 0.0])];
    assert!(drawn(&scene(&samples, &lines)).lines(Palette::of(LIGHT).runs[0].map, 2.6).is_empty());
}

#[test]
fn the_mini_batch_is_filled_and_has_its_residuals() {
    let (samples, lines) = (line(), [fit_line([2.0, 1.0])]);
    let batch = [1, 3];
    let lit = FitScene { batch: Some(&batch), ..scene(&samples, &lines) };
    let recorder = drawn(&lit);
    let viewport = lit.stage.viewport;
    let centres = recorder.discs_of(5.5);
    let expected = [[1.0, 3.0], [3.0, 8.0]].map(|at| viewport.to_pixel(at));
    assert_eq!(centres, expected);
    let sticks = recorder.lines(Palette::of(LIGHT).ink_2, 1.2);
    let ends: Vec<[f64; 2]> = sticks.iter().flat_map(|line| line.points.clone()).collect();
    assert_eq!(ends.len(), 4, "a stick from each of the two");
    let [_, residual] = viewport.pixel_size();
    assert!((ends[3][1] - ends[2][1] - 1.0 / residual).abs() < 1e-6, "8 against 7");
    // Of the full batch all are shown, as long as there are few.
    let all = drawn(&scene(&samples, &lines));
    assert_eq!(all.lines(Palette::of(LIGHT).ink_2, 1.2)[0].starts.len(), 4);
    assert!(all.discs_of(5.5).is_empty());
    let many = table(&(0..200).map(|k| vec![f64::from(k), f64::from(k % 7)]).collect::<Vec<_>>());
    assert!(drawn(&scene(&many, &lines)).lines(Palette::of(LIGHT).ink_2, 1.2).is_empty());
}

#[test]
fn earlier_lines_fade_and_are_six_at_most() {
    assert_eq!(earlier_steps(0), [0_usize; 0]);
    assert_eq!(earlier_steps(1), [0]);
    let steps = earlier_steps(47);
    assert_eq!(steps.len(), 6);
    assert!(steps.is_sorted() && steps.iter().all(|step| *step < 47));
    let (samples, lines) = (line(), [fit_line([2.0, 1.0])]);
    let recorder = drawn(&scene(&samples, &lines));
    let color = lines[0].look.line;
    let alphas = recorder.strokes().filter_map(|(_, strokes)| {
        let stroke = strokes[0];
        (stroke.color.rgb == color.rgb && (stroke.width - 1.2).abs() < 1e-9)
            .then_some(stroke.color.alpha)
    });
    let alphas: Vec<f64> = alphas.collect();
    assert!(alphas.len() == 2 && alphas[0] < alphas[1] && alphas[1] < 1.0, "{alphas:?}");
}

#[test]
fn the_boundary_lies_where_the_probability_is_one_half() {
    let samples = classes();
    for theta in [[1.0, 0.5], [300.0, 200.0], [-0.01, 2.0]] {
        let lines = [fit_line(theta)];
        let picture = FitScene { predict: &logistic, ..scene(&samples, &lines) };
        let viewport = picture.stage.viewport;
        let points = current(&drawn(&picture));
        assert!(points.len() >= 40, "it crosses the plot");
        let [px, py] = viewport.pixel_size();
        for at in points {
            let [x, y] = viewport.to_point(at);
            let off =
                (theta[0] * x + theta[1] * y).abs() / libm::hypot(theta[0] * px, theta[1] * py);
            assert!(off < 0.05, "{off} pixels beside it");
        }
    }
}

#[test]
fn the_ground_is_the_stronger_the_surer_the_model_is() {
    let samples = classes();
    let palette = Palette::of(LIGHT);
    let pixels = shade(&viewport(&samples, SIZE), palette, &[5.0, 0.0], &logistic);
    assert_eq!(pixels.len(), 4 * (SHADE * SHADE) as usize);
    let row = &pixels[..4 * SHADE as usize];
    let (first, last) = (&row[..4], &row[row.len() - 4..]);
    assert_eq!(
        (&first[..3], &last[..3]),
        (&palette.classes[0].rgb[..], &palette.classes[1].rgb[..])
    );
    let alphas: Vec<u8> = row.chunks(4).map(|pixel| pixel[3]).collect();
    let least = alphas.iter().min().expect("pixels");
    assert!(alphas[0] > 60 && *least < 15, "{alphas:?}");
    let unknown = shade(&viewport(&samples, SIZE), palette, &[f64::NAN, 0.0], &logistic);
    assert!(unknown.chunks(4).all(|pixel| pixel[3] == 0));
}

fn ground(samples: &Samples, trained: Option<&[usize]>, left_out: Option<usize>) -> Recorder {
    let mut recorder = Recorder::new(SIZE);
    let scene = SamplesScene { stage: stage(samples, SIZE), trained, left_out };
    draw_samples(&mut recorder, &scene);
    recorder.finish();
    recorder
}

#[test]
fn classes_and_held_out_samples_have_shapes_of_their_own() {
    let corners = |recorder: &Recorder| -> Vec<usize> {
        let marks = recorder.strokes();
        marks.flat_map(|(outline, _)| outline.polylines().map(<[_]>::len)).collect()
    };
    assert_eq!(
        (rings(&ground(&line(), None, None)), corners(&ground(&line(), None, None))),
        (4, vec![])
    );
    let held_out = ground(&line(), Some(&[0, 2]), None);
    assert_eq!((rings(&held_out), corners(&held_out)), (2, vec![5, 5]), "two squares");
    let both = ground(&classes(), None, None);
    assert_eq!((rings(&both), corners(&both)), (2, vec![4, 4]), "two discs, two triangles");
    let palette = Palette::of(LIGHT);
    assert!(both.strokes().all(|(_, strokes)| strokes[0].color == palette.classes[1]));
    assert_eq!(rings(&ground(&line(), None, Some(1))), 3, "what moves is drawn elsewhere");
}

#[test]
fn a_hundred_thousand_samples_are_some_thousand_cells() {
    let rows: Vec<Vec<f64>> = (0..100_000_u32)
        .map(|k| {
            let (a, b) = (f64::from(k % 331), f64::from(k / 331 % 293));
            vec![a, b + 0.3 * a]
        })
        .collect();
    let recorder = ground(&table(&rows), None, None);
    let cells: usize = recorder.fills().map(|(outline, _)| outline.starts.len()).sum();
    assert!(cells > 1000 && cells < 40_000 && recorder.marks.len() < 10, "{cells}");
    let Rect { left, top, .. } = viewport(&table(&rows), SIZE).plot;
    let is_within = |[x, y]: &[f64; 2]| *x >= left && *y >= top && *x <= SIZE[0] + 3.0;
    assert!(recorder.fills().all(|(outline, _)| outline.points.iter().all(is_within)));
}

#[test]
fn the_sample_that_is_looked_at_is_ringed_twice_while_it_moves() {
    let (samples, lines) = (line(), [fit_line([2.0, 1.0])]);
    let at =
        |focused, is_held| rings(&drawn(&FitScene { focused, is_held, ..scene(&samples, &lines) }));
    assert_eq!(at(None, false), 0);
    assert_eq!(at(Some(2), false), 2, "a ring on its rim");
    assert_eq!(at(Some(2), true), 5, "the sample itself and two rings");
    assert_eq!(at(Some(99), true), 0, "one that is gone");
}

#[test]
fn axes_stand_still_until_a_sample_leaves_them() {
    let samples = line();
    let window = data_window(&samples);
    assert!(window[0] == 0.0 && window[1] > 3.0 && window[3] > 8.0, "{window:?}");
    let moved = samples.replaced(1, &[2.5, 4.0]);
    assert_eq!(widened(window, &moved), window);
    let [x0, x1, y0, y1] = widened(window, &samples.replaced(1, &[9.0, 4.0]));
    assert!(x1 > 9.0 && [x0, y0, y1] == [window[0], window[2], window[3]]);
    for rows in [vec![vec![5.0, 5.0]; 3], vec![vec![0.0, 0.0]; 2], vec![vec![1e300, -1e300]; 2]] {
        let [x0, x1, y0, y1] = data_window(&table(&rows));
        assert!(x1 > x0 && y1 > y0, "{rows:?}");
    }
}

#[test]
fn the_pointer_takes_the_nearest_and_the_keys_every_one_in_turn() {
    let samples = table(&[vec![3.0, 1.0], vec![1.0, 5.0], vec![2.0, 2.0], vec![2.0, 4.0]]);
    let viewport = viewport(&samples, SIZE);
    let [x, y] = viewport.to_pixel([2.0, 2.0]);
    assert_eq!(nearest_sample(&viewport, &samples, [x + 5.0, y - 3.0], 12.0), Some(2));
    assert_eq!(nearest_sample(&viewport, &samples, [x + 50.0, y - 30.0], 12.0), None);
    let walk = |column: usize, forward: bool| -> Vec<usize> {
        let mut at = 1;
        (0..4)
            .map(|_| {
                at = neighbour(&samples, at, column, forward);
                at
            })
            .collect()
    };
    assert_eq!(walk(0, true), [2, 3, 0, 1]);
    assert_eq!(walk(0, false), [0, 3, 2, 1]);
    assert_eq!(walk(1, true), [0, 2, 3, 1]);
}

#[test]
fn the_key_keeps_clear_of_the_samples() {
    let samples = line();
    let stage = stage(&samples, SIZE);
    let entries = [KeyEntry::Batch("in this mini-batch"), KeyEntry::HeldOut("held out")];
    let DataStage { viewport, palette, .. } = stage;
    let mut recorder = Recorder::new(SIZE);
    let scene = KeyScene { viewport, palette, samples: &samples, entries: &entries };
    draw_key(&mut recorder, &scene);
    recorder.finish();
    assert_words_apart(&recorder);
    assert_eq!(recorder.texts().count(), 2);
    let (frame, _) = recorder.fills().next().expect("its ground");
    let [first, .., last] = [frame.points[0], frame.points[1], frame.points[2]];
    let taken =
        |at: [f64; 2]| at[0] > first[0] && at[0] < last[0] && at[1] > first[1] && at[1] < last[1];
    let places = (0..4).map(|row| [samples.column(0)[row], samples.column(1)[row]]);
    assert!(places.map(|at| viewport.to_pixel(at)).all(|at| !taken(at)));
}

#[test]
fn classes_stand_out_from_the_page() {
    for theme in [Theme::Light, Theme::Dark] {
        let palette = Palette::of(theme);
        for class in palette.classes {
            assert!(
                super::looks::contrast(class, palette.background) >= 3.0,
                "{theme:?} {class:?}"
            );
        }
    }
}

fn numbers() -> impl Strategy<Value = f64> {
    let wide = (-12.0..12.0).prop_map(|decade| libm::pow(10.0, decade));
    prop_oneof![3 => -5.0..5.0, 1 => wide, 1 => Just(0.0), 1 => Just(-1e12)]
}

proptest! {

    #[test]
    fn no_data_and_no_parameters_break_the_picture(
        rows in proptest::collection::vec((numbers(), numbers(), 0.0..1.0), 2..40),
        (has_classes, is_number) in any::<(bool, bool)>(),
        theta in [numbers(), numbers()],
        focused in proptest::option::of(0..40_usize),
        size in (120.0..600.0, 100.0..700.0),
    ) {
        let rows: Vec<Vec<f64>> = rows
            .into_iter()
            .map(|(x, y, class)| if has_classes { vec![x, y, libm::round(class)] } else { vec![x, y] })
            .collect();
        let task = if is_number { Task::Regression } else { Task::Classification };
        let samples = table(&rows);
        let samples = if has_classes { samples.for_task(task) } else { samples };
        let size = [size.0, size.1];
        for (size, is_compact) in [(size, false), (PHONE, true)] {
            let window = data_window(&samples);
            let plot = data_plot(size, window, is_compact);
            let viewport = Viewport { window, plot };
            let palette = Palette::of(Theme::Dark);
            let mut recorder = Recorder::new(size);
            draw_data_axes(&mut recorder, &viewport, palette, ["flipper (mm)", "mass (g)"], is_compact);
            assert_words_apart(&recorder);
            let stage = DataStage { viewport, palette, samples: &samples };
            draw_samples(&mut recorder, &SamplesScene { stage, trained: Some(&[0]), left_out: None });
            let lines = [fit_line(theta)];
            let predict: &dyn Fn(&[f64], &[f64]) -> f64 = match (has_classes, is_number) {
                (true, true) => &plane,
                (true, false) => &logistic,
                (false, _) => &linear,
            };
            let scene = FitScene {
                stage,
                predict,
                lines: &lines,
                selected: 0,
                batch: Some(&[0, 1]),
                trained: Some(&[0]),
                focused,
                is_held: true,
            };
            draw_fit(&mut recorder, &scene);
            recorder.finish();
        }
    }
}

/// Four places with the numbers of the plane x + 2y, but for the first, which is 1 higher,
/// and the last, which is 1 lower.
fn heights() -> Samples {
    let rows = [[0.0, 0.0, 1.0], [4.0, 0.0, 4.0], [0.0, 3.0, 6.0], [4.0, 3.0, 9.0]];
    table(&rows.map(|row| row.to_vec())).for_task(Task::Regression)
}

#[test]
fn a_plane_over_two_features_has_level_lines_and_residuals() {
    let (samples, lines) = (heights(), [fit_line([1.0, 2.0])]);
    let picture = FitScene { predict: &plane, ..scene(&samples, &lines) };
    let (viewport, palette) = (picture.stage.viewport, picture.stage.palette);
    let recorder = drawn(&picture);
    // The line that stands for the plane joins the places of the mean, 5.
    for at in current(&recorder) {
        let [x, y] = viewport.to_point(at);
        assert!((plane(&[1.0, 2.0], &[x, y]) - 5.0).abs() < 0.02, "{x} {y}");
    }
    // Each level line carries its number.
    let words: Vec<_> = recorder.texts().collect();
    assert!(words.len() >= 3, "{}", words.len());
    for word in words {
        let level: f64 = word.text.parse().expect("a number");
        let [x, y] = viewport.to_point(word.at);
        assert!((plane(&[1.0, 2.0], &[x, y]) - level).abs() < 0.02, "{level}: {x} {y}");
    }
    // Two of the four are off: a disc above, a ring below.
    let color = palette.classes[1].with_alpha(0.5);
    let discs = recorder.fills().filter(|(_, of)| *of == color).count();
    let discs = discs + recorder.discs_of(13.0 * (1.0_f64 / 8.5_f64.sqrt()).sqrt()).len();
    assert_eq!((discs, rings(&recorder)), (1, 1));
    // Only numbers are drawn so, and no run of which nothing is known.
    assert!(
        drawn(&FitScene { predict: &plane, ..scene(&classes(), &lines) }).texts().next().is_none()
    );
    let lost = [fit_line([f64::NAN, 0.0])];
    let recorder = drawn(&FitScene { predict: &plane, ..scene(&samples, &lost) });
    assert!(recorder.lines(Palette::of(LIGHT).runs[0].map, 2.6).is_empty());
    assert_eq!((rings(&recorder), recorder.texts().count()), (0, 0));
}

#[test]
fn one_feature_and_a_class_are_a_curve_between_nought_and_one() {
    let rows = [[0.5, 0.0], [1.0, 0.0], [2.0, 1.0], [3.0, 1.0]].map(|row| row.to_vec());
    let samples = table(&rows).for_task(Task::Classification);
    let lines = [fit_line([3.0, -4.5])];
    let chance = |theta: &[f64], features: &[f64]| logistic(theta, &[features[0], 1.0]);
    let picture = FitScene { predict: &chance, ..scene(&samples, &lines) };
    let viewport = picture.stage.viewport;
    let points = current(&drawn(&picture));
    assert!(points.len() > 50);
    for at in &points {
        let [x, y] = viewport.to_point(*at);
        assert!((y - chance(&[3.0, -4.5], &[x])).abs() < 1e-9 && (0.0..=1.0).contains(&y));
    }
    // No residuals stand in the picture; the classes have their shapes.
    assert!(drawn(&picture).lines(Palette::of(LIGHT).ink_2, 1.2).is_empty());
    let both = ground(&samples, None, None);
    assert_eq!((rings(&both), both.strokes().count()), (2, 1), "two discs, triangles");
}

#[test]
fn an_empty_table_is_an_empty_picture() {
    let samples = table(&[]);
    let lines: [FitLine<'_>; 0] = [];
    assert_eq!(drawn(&scene(&samples, &lines)).discs_of(5.5), [[0.0; 2]; 0]);
    assert!(ground(&samples, None, None).fills().all(|(_, color)| color != Color::hex(0)));
}

#[test]
fn the_map_beside_them_has_titles_along_its_axes() {
    let plot = Rect { left: 54.0, top: 0.0, width: 352.0, height: 600.0 };
    let viewport = Viewport { window: [-1.0, 4.0, -2000.0, 7000.0], plot };
    let mut recorder = Recorder::new([407.0, 646.0]);
    let names = AxisNames::Titles([["slope", "w"], ["intercept", "b"]]);
    draw_axes(&mut recorder, &viewport, Palette::of(LIGHT), names);
    recorder.finish();
    assert_words_apart(&recorder);
    let of = |text: &str| {
        let word = recorder.texts().find(|word| word.text == text);
        word.unwrap_or_else(|| panic!("no {text}"))
    };
    assert!(of("slope").at[1] > plot.bottom() + 30.0 && of("slope").at[0] < of("w").at[0]);
    assert!(of("intercept").style.angle < -1.5 && of("b").at[1] < of("intercept").at[1]);
    assert!(of("intercept").at[0] < 20.0);
}
