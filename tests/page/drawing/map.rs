//! The ground: colours and contours of a loss where its values say.

use descent_lab::descent::loss::LOSSES;
use descent_lab::scenario::Theme;
use descent_lab::view::{Color, Ramp};

use super::recorder::Recorder;
use super::stage::{DESKTOP, PHONE, Stage};

/// Contours: the lines drawn before the axes, each with one thin stroke.
fn contours(recorder: &Recorder) -> Vec<&descent_lab::view::Outline> {
    let is_contour = |strokes: &[descent_lab::view::Stroke]| {
        let width = strokes[0].width;
        strokes.len() == 1 && strokes[0].color.alpha < 1.0 && (0.7..1.2).contains(&width)
    };
    recorder.strokes().filter(|(_, strokes)| is_contour(strokes)).map(|(line, _)| line).collect()
}

#[test]
fn along_a_contour_the_loss_is_the_same() {
    for key in ["quadratic,kappa=1", "quadratic,kappa=20,angle=30", "booth", "matyas", "himmelblau"]
    {
        let stage = Stage::of(&format!("loss={key}"), DESKTOP);
        let recorder = stage.draw_ground(stage.map().as_ref(), Theme::Light);
        let contours = contours(&recorder);
        assert!(contours.len() >= 8, "{key}: {}", contours.len());
        let mut levels = Vec::new();
        for line in contours {
            let points: Vec<[f64; 2]> =
                line.points.iter().map(|pixel| stage.viewport.to_point(*pixel)).collect();
            let above = |point: &[f64; 2]| stage.loss.value(point) - stage.lowest;
            let logs: Vec<f64> = points.iter().map(|point| libm::log10(above(point))).collect();
            if logs.is_empty() {
                continue;
            }
            let mean = logs.iter().sum::<f64>() / f64::from(u32::try_from(logs.len()).unwrap());
            let level = libm::pow(10.0, mean);
            for point in &points {
                let mut slope = [0.0; 2];
                stage.loss.value_and_gradient(point, &mut slope);
                let slope = (slope[0] * slope[0] + slope[1] * slope[1]).sqrt();
                let pixels = (above(point) - level).abs() / slope / stage.viewport.pixel_size()[0];
                assert!(pixels < 0.5, "{key}: {pixels} pixels from where the loss is {level}");
            }
            levels.push(mean);
        }
        assert!(levels.is_sorted(), "{key}: from the lowest up");
        let steps: Vec<f64> = levels.windows(2).map(|pair| pair[1] - pair[0]).collect();
        assert!(steps.iter().all(|step| *step > 0.05), "{key}: {steps:?}");
    }
}

/// How bright a pixel is, 0 to 255.
fn brightness(image: &[u8], at: usize) -> f64 {
    let [r, g, b] = [0, 1, 2].map(|channel| f64::from(image[4 * at + channel]));
    0.2126 * r + 0.7152 * g + 0.0722 * b
}

#[test]
fn the_map_is_dark_where_the_loss_is_low_and_brightens_outwards() {
    let stage = Stage::of("loss=quadratic,kappa=1", DESKTOP);
    let map = stage.map().expect("two parameters");
    let plot = stage.viewport.plot;
    for theme in [Theme::Light, Theme::Dark] {
        let (image, width) = map.image(&Ramp::of(theme));
        let width = width as usize;
        assert_eq!(image.len() % (4 * width), 0);
        assert!(image.chunks_exact(4).all(|pixel| pixel[3] == 255), "opaque");
        let [x, y] = stage.viewport.to_pixel([0.0, 0.0]);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a pixel")]
        let (column, row) = ((x - plot.left) as usize, (y - plot.top) as usize);
        // From the minimum to the left, which is the long side of this window.
        let along: Vec<f64> =
            (0..column).rev().map(|c| brightness(&image, row * width + c)).collect();
        assert!(along.len() > 200);
        assert!(along.windows(2).all(|pair| pair[1] >= pair[0] - 1.0), "it brightens outwards");
        assert!(
            along[along.len() - 1] > along[0] + 60.0,
            "{} to {}",
            along[0],
            along[along.len() - 1]
        );
        let least = (0..image.len() / 4).map(|at| brightness(&image, at)).fold(f64::MAX, f64::min);
        assert!((along[0] - least).abs() < 1e-9, "nothing is darker than the minimum");
    }
}

#[test]
fn every_map_has_lines_and_its_ramp_has_ends() {
    for rule in LOSSES.iter().filter(|rule| rule.dimension(&rule.defaults()) == 2) {
        for sizes in [DESKTOP, PHONE] {
            let stage = Stage::of(&format!("loss={}", rule.key), sizes);
            let map = stage.map().expect("two parameters");
            let [low, high] = map.ramp_ends();
            assert!(low > 0.0 && low < high && high.is_finite(), "{}: {low} {high}", rule.key);
            let recorder = stage.draw_ground(Some(&map), Theme::Dark);
            let drawn = contours(&recorder).iter().filter(|line| !line.points.is_empty()).count();
            assert!(drawn >= 6, "{}: {drawn} lines", rule.key);
            let (image, width) = map.image(&Ramp::of(Theme::Dark));
            let [w, h] = [stage.viewport.plot.width, stage.viewport.plot.height];
            assert!((f64::from(width) - w).abs() < 1.0, "{}", rule.key);
            let rows = image.len() / 4 / width as usize;
            assert!((f64::from(u32::try_from(rows).unwrap()) - h).abs() < 1.0, "{}", rule.key);
        }
    }
}

#[test]
fn labels_of_contours_stand_on_the_map_and_apart() {
    for rule in LOSSES.iter().filter(|rule| rule.dimension(&rule.defaults()) == 2) {
        let stage = Stage::of(&format!("loss={}", rule.key), DESKTOP);
        let recorder = stage.draw_ground(stage.map().as_ref(), Theme::Light);
        // The labels of contours have a rim in the colour of the map.
        let labels: Vec<_> = recorder
            .texts()
            .filter(|text| text.style.halo.is_some_and(|(_, width)| width > 4.0))
            .collect();
        for (index, one) in labels.iter().enumerate() {
            let overlaps =
                |other: &&super::recorder::Word| super::boxes::overlap(&one.bounds, &other.bounds);
            assert!(!labels[..index].iter().copied().any(|other| overlaps(&other)), "{}", rule.key);
            assert!(one.style.angle.abs() <= core::f64::consts::FRAC_PI_2 + 1e-6, "upside down");
        }
        assert!(labels.len() >= 2, "{}: {} labels", rule.key, labels.len());
    }
}

#[test]
fn every_minimum_on_the_map_has_a_cross() {
    let stage = Stage::of("loss=himmelblau", DESKTOP);
    let recorder = stage.draw_ground(stage.map().as_ref(), Theme::Light);
    let white = Color::hex(0x00FF_FFFF);
    let crosses = recorder.lines(white, 1.6);
    assert_eq!(crosses.len(), 1);
    let middles: Vec<[f64; 2]> = crosses[0]
        .polylines()
        .map(|arm| [0.5 * (arm[0][0] + arm[1][0]), 0.5 * (arm[0][1] + arm[1][1])])
        .collect();
    assert_eq!(middles.len(), 8, "two arms each");
    for minimum in
        [[3.0, 2.0], [-2.805_118, 3.131_313], [-3.779_310, -3.283_186], [3.584_428, -1.848_127]]
    {
        let [x, y] = stage.viewport.to_pixel(minimum);
        let near = middles.iter().filter(|m| (m[0] - x).abs() < 0.01 && (m[1] - y).abs() < 0.01);
        assert_eq!(near.count(), 2, "{minimum:?}");
    }
}

#[test]
fn a_loss_with_one_parameter_is_its_curve() {
    let stage = Stage::of("loss=parabola,a=2", DESKTOP);
    let recorder = stage.draw_ground(None, Theme::Light);
    let palette = descent_lab::view::Palette::of(Theme::Light);
    let curve = recorder.lines(palette.ink_2, 2.0);
    assert_eq!(curve.len(), 1);
    assert!(curve[0].points.len() > 400, "a point a pixel");
    for pixel in &curve[0].points {
        let [x, y] = stage.viewport.to_point(*pixel);
        let plot = stage.viewport.plot;
        assert!((y - 2.0 * x * x).abs() < 1e-9 || !plot.contains(*pixel), "{x}, {y}");
    }
}
