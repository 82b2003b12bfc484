//! What tells runs apart: contrasts, shapes, letters, the samples of the legend,
//! the small curve of a schedule.

use descent_lab::scenario::Theme;
use descent_lab::view::{
    Color, LegendLine, Marker, Outline, Palette, draw_legend_line, draw_sparkline,
};

use super::recorder::{Mark, Recorder};

/// The luminance of WCAG 2.
fn luminance(color: Color) -> f64 {
    let linear = |byte: u8| {
        let c = f64::from(byte) / 255.0;
        if c <= 0.040_45 { c / 12.92 } else { libm::pow((c + 0.055) / 1.055, 2.4) }
    };
    let [r, g, b] = color.rgb.map(linear);
    0.2126 * r + 0.7152 * g + 0.0722 * b
}

pub(super) fn contrast(one: Color, other: Color) -> f64 {
    let (a, b) = (luminance(one), luminance(other));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

#[test]
fn lines_and_words_of_runs_stand_out_from_the_page() {
    let black_on_white = contrast(Color::hex(0), Color::hex(0x00FF_FFFF));
    assert!((black_on_white - 21.0).abs() < 1e-9, "the measure itself");
    for theme in [Theme::Light, Theme::Dark] {
        let palette = Palette::of(theme);
        for ground in [palette.background, palette.surface] {
            for look in &palette.runs {
                assert!(contrast(look.line, ground) >= 3.0, "{theme:?} {}", look.letter);
                assert!(contrast(look.text, ground) >= 4.5, "{theme:?} {}", look.letter);
                assert!(contrast(look.ink, look.map) >= 4.5, "{theme:?} {}", look.letter);
            }
        }
    }
    let [light, dark] = [Theme::Light, Theme::Dark].map(|theme| Palette::of(theme).background);
    assert_eq!((light, dark), (Color::hex(0x00FC_FCFB), Color::hex(0x0010_1216)));
}

#[test]
fn no_two_runs_share_a_letter_a_colour_a_marker_or_dashes() {
    let runs = &Palette::of(Theme::Light).runs;
    for (index, one) in runs.iter().enumerate() {
        for other in &runs[..index] {
            let names = (one.letter, other.letter);
            assert_ne!(one.letter, other.letter);
            assert_ne!(one.map, other.map, "{names:?}");
            assert_ne!(one.line, other.line, "{names:?}");
            assert_ne!(one.text, other.text, "{names:?}");
            assert_ne!(one.marker, other.marker, "{names:?}");
            assert_ne!(one.dash, other.dash, "{names:?}");
        }
        let dark = &Palette::of(Theme::Dark).runs[index];
        assert_eq!((one.letter, one.map, one.marker), (dark.letter, dark.map, dark.marker));
    }
}

/// Whether a point lies in a polygon: its border goes around it.
fn is_in(polygon: &[[f64; 2]], [x, y]: [f64; 2]) -> bool {
    let next = polygon.iter().cycle().skip(1);
    let crossings = polygon.iter().zip(next).filter(|(a, b)| {
        (a[1] > y) != (b[1] > y) && x < a[0] + (y - a[1]) / (b[1] - a[1]) * (b[0] - a[0])
    });
    crossings.count() % 2 == 1
}

/// Which points of a raster over 28 × 28 pixels a marker of radius 10 covers.
fn raster(marker: Marker) -> Vec<bool> {
    let mut recorder = Recorder::new([28.0, 28.0]);
    marker.fill(&mut recorder, &[[14.0, 14.0]], 10.0, 0.0, Color::hex(0));
    let points = (0..28 * 28_u32).map(|at| [f64::from(at % 28) + 0.5, f64::from(at / 28) + 0.5]);
    let covers = |[x, y]: [f64; 2]| match &recorder.marks[..] {
        [Mark::Fill(outline, _)] => outline.polylines().any(|line| is_in(line, [x, y])),
        [Mark::Discs(centers, radius)] => {
            let [dx, dy] = [x - centers[0][0], y - centers[0][1]];
            dx * dx + dy * dy <= radius * radius
        }
        other => panic!("{other:?}"),
    };
    points.map(covers).collect()
}

#[test]
fn markers_can_be_told_apart_by_their_shapes_and_are_about_as_large() {
    let rasters: Vec<Vec<bool>> =
        Palette::of(Theme::Light).runs.iter().map(|look| raster(look.marker)).collect();
    for (index, one) in rasters.iter().enumerate() {
        let area = one.iter().filter(|covered| **covered).count();
        assert!((170..=360).contains(&area), "{index}: {area}");
        for (before, other) in rasters[..index].iter().enumerate() {
            let different = one.iter().zip(other).filter(|(a, b)| a != b).count();
            // The closest pair is circle and square.
            assert!(different >= 40, "{before} and {index} differ in {different} of {area}");
        }
    }
}

#[test]
fn rims_reach_beyond_what_they_surround_on_every_side() {
    for look in &Palette::of(Theme::Light).runs {
        if look.marker == Marker::Circle {
            continue;
        }
        let corners = |grown: f64| {
            let mut recorder = Recorder::new([40.0, 40.0]);
            look.marker.fill(&mut recorder, &[[20.0, 20.0]], 8.0, grown, Color::hex(0));
            recorder.fills().next().expect("an area").0.points.clone()
        };
        let (inner, outer) = (corners(-0.8), corners(1.6));
        let strictly = inner.iter().all(|point| is_in(&outer, *point));
        assert!(strictly && inner.len() == outer.len(), "{}", look.letter);
    }
}

#[test]
fn many_markers_are_one_area() {
    let centers: Vec<[f64; 2]> = (0..500).map(|k| [f64::from(k % 40), f64::from(k / 40)]).collect();
    for look in &Palette::of(Theme::Light).runs {
        let mut recorder = Recorder::new([60.0, 60.0]);
        look.marker.fill(&mut recorder, &centers, 3.0, 0.0, look.map);
        assert_eq!(recorder.marks.len(), 1, "{}", look.letter);
        look.marker.fill(&mut recorder, &[], 3.0, 0.0, look.map);
        let empty = recorder.fills().filter(|(outline, _)| outline.points.is_empty()).count();
        assert_eq!(empty, 0, "nothing to fill is not filled");
    }
}

#[test]
fn a_sample_of_the_legend_has_the_colour_and_marker_of_its_run() {
    let palette = Palette::of(Theme::Dark);
    for look in &palette.runs {
        let mut recorder = Recorder::new([34.0, 14.0]);
        draw_legend_line(&mut recorder, LegendLine::Run(look), palette);
        assert_eq!(
            recorder.strokes().filter(|(_, strokes)| strokes[2].color == look.map).count(),
            1
        );
        let filled = recorder.fills().filter(|(_, color)| *color == look.map).count();
        let discs = recorder.discs_of(3.1).len();
        assert_eq!(filled + discs, 1, "{}", look.letter);
        let points = recorder.fills().flat_map(|(outline, _)| outline.points.clone());
        let is_inside = |[x, y]: [f64; 2]| (0.0..=34.0).contains(&x) && (0.0..=14.0).contains(&y);
        assert!(points.into_iter().all(is_inside), "{} leaves its box", look.letter);
    }
    let mut recorder = Recorder::new([34.0, 14.0]);
    draw_legend_line(&mut recorder, LegendLine::Ghost, palette);
    assert!(recorder.strokes().all(|(_, strokes)| !strokes[0].dash.is_empty()));
}

fn sparkline(rates: &[f64]) -> Outline {
    let mut recorder = Recorder::new([34.0, 14.0]);
    draw_sparkline(&mut recorder, [34.0, 14.0], Color::hex(0), rates);
    recorder.strokes().next().map(|(outline, _)| outline.clone()).unwrap_or_default()
}

#[test]
fn a_schedule_is_drawn_from_zero_to_its_largest_rate() {
    let line = sparkline(&[0.0, 0.1, 0.2, 0.1]);
    let heights: Vec<f64> = line.points.iter().map(|point| point[1]).collect();
    assert_eq!(heights, [12.0, 7.0, 2.0, 7.0]);
    assert!((line.points[3][0] - 32.0).abs() < 1e-9 && line.points[0][0] == 2.0);
    assert_eq!(sparkline(&[0.3]).points, [[2.0, 2.0], [32.0, 2.0]]);
    assert_eq!(sparkline(&[0.0, 0.0]).points, [[2.0, 12.0], [32.0, 12.0]]);
    assert_eq!(sparkline(&[]).points.len(), 0);
    // Nothing that is not a number, nothing outside the box.
    let wild = sparkline(&[f64::NAN, f64::INFINITY, 1.0, -1.0, 1e-320]);
    assert_eq!(wild.points.len(), 5);
    assert!(wild.points.iter().all(|[_, y]| (2.0..=12.0).contains(y)));
}
