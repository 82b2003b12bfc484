//! Pictures without room: a window may be drawn to nothing, and a frame that is hidden
//! while the page loads has no size at all.

use descent_lab::descent::data::{Column, ColumnName, Samples};
use descent_lab::descent::{Language, LayerFigures};
use descent_lab::scenario::{SPECTRUM_RATES, Spectrum, Starts, Theme, log_spaced};
use descent_lab::text;
use descent_lab::view::{
    AxisNames, Color, DataStage, FitLine, FitScene, Fortune, KeyEntry, KeyScene, LayersScene,
    LayersSpan, LegendLine, Palette, Quantity, Ramp, Rect, SHADE, SIDE, SamplesScene, StartsCensus,
    StartsColors, SweepLine, SweepScene, Track, Vectors, Viewport, data_plot, data_window,
    draw_axes, draw_basins, draw_data_axes, draw_fit, draw_fortune, draw_ground, draw_key,
    draw_layers, draw_legend_line, draw_pulse, draw_ramp, draw_samples, draw_sparkline,
    draw_steps_scale, draw_sweep, nearest_sample, off_map, place_of_x, shade, starts_image,
    step_at,
};

use super::recorder::Recorder;
use super::stage::{Charted, Sizes, Stage};

/// Every whole number of pixels up to 60, a part of one, and what a page has.
fn sides() -> impl Iterator<Item = f64> + Clone {
    (0..=60_u32).map(f64::from).chain([0.5, 844.0])
}

/// Those at which something begins or ends to fit.
const FEW: [f64; 8] = [0.0, 0.5, 1.0, 7.0, 24.0, 45.0, 60.0, 691.0];

/// Narrow and low pictures of all shapes.
fn sizes() -> impl Iterator<Item = [f64; 2]> {
    let narrow = sides().flat_map(|width| FEW.map(|height| [width, height]));
    let low = sides().flat_map(|height| FEW.map(|width| [width, height]));
    narrow.chain(low)
}

const LINKS: [&str; 4] = [
    "#loss=quadratic,kappa=20&start=-8,2.5&steps=40&run=sgd,lr=0.04&run=adam,lr=0.1",
    "#loss=himmelblau&start=0,0&steps=40&run=sgd,lr=0.05",
    "#loss=parabola&steps=40&run=sgd,lr=0.4&lang=zh",
    "#loss=linear_regression&steps=40&batch=2&run=sgd,lr=0.01,average=0.5",
];

fn stage(link: &str, [width, height]: [f64; 2]) -> Stage {
    let sizes = Sizes { map: [width, height], chart: [width, height], scale: width };
    Stage::of(link, sizes).with_ghost(0.03)
}

#[test]
fn the_map_and_the_runs_on_it_are_drawn_on_any_size() {
    let vectors = Vectors {
        gradient: [3.0, -2.0],
        momentum: Some([1.0, 1.0]),
        step: Some([-0.5, 0.2]),
        sample: Some((1, [0.3, 0.4])),
        is_batch: true,
    };
    for link in LINKS {
        for size in sizes() {
            let stage = stage(link, size);
            stage.draw_ground(stage.map().as_ref(), Theme::Light);
            for (playhead, vectors) in [(0.0, None), (3.4, None), (40.0, Some(&vectors))] {
                stage.draw_runs(Theme::Dark, playhead, 0, vectors);
                let track = Track::new(stage.plane.as_ref(), &stage.run);
                let off = off_map(&stage.viewport, &track, playhead);
                assert!(off.is_none_or(|off| off.at.iter().all(|at| at.is_finite())));
            }
            let mut recorder = Recorder::new(size);
            draw_ground(&mut recorder, &stage.viewport, Palette::of(Theme::Light));
            // Titles have wider gutters.
            let [width, height] = [(size[0] - 55.0).max(0.0), (size[1] - 46.0).max(0.0)];
            let plot = Rect { left: 54.0, top: 0.0, width, height };
            let viewport = Viewport { plot, ..stage.viewport };
            let names = AxisNames::Titles([["weight", "w"], ["intercept", "b"]]);
            draw_axes(&mut recorder, &viewport, Palette::of(Theme::Light), names);
            recorder.finish();
        }
    }
}

#[test]
fn charts_are_drawn_on_any_size() {
    for link in LINKS {
        for size in sizes() {
            let stage = stage(link, size);
            for quantity in Quantity::ALL {
                for pointed in [None, Some(0), Some(40)] {
                    let charted = Charted { quantity, step: 3, pointed };
                    let (_, plot) = stage.draw_chart_of(Theme::Light, charted);
                    // Where the pointer is over it is asked of what was drawn.
                    let step = step_at(plot, 40, 0.5 * size[0]);
                    assert!(step.is_none_or(|step| step <= 40), "{size:?}");
                }
            }
        }
    }
}

#[test]
fn the_rate_scale_and_its_spectrum_are_drawn_on_any_width() {
    for link in LINKS {
        for width in sides() {
            let stage = stage(link, [width, 196.0]);
            stage.draw_scale(Theme::Light, 0.0);
            let places = SPECTRUM_RATES;
            for x in [-5.0, 0.0, 0.5 * width, width, f64::INFINITY] {
                assert!(place_of_x(x, width - 2.0 * SIDE, places) < places);
            }
        }
    }
}

#[test]
fn the_sweep_is_drawn_on_any_size() {
    let stage = stage(LINKS[0], [60.0, 60.0]);
    let scenario = &stage.scenario;
    let rates = scenario.sweep_range(scenario.runs.iter());
    let spectra: Vec<Spectrum> = (scenario.runs.iter())
        .map(|run| {
            let mut spectrum = Spectrum::begin(scenario, run, log_spaced(rates, 41), 1);
            spectrum.advance(stage.loss.as_ref(), &mut || false);
            spectrum
        })
        .collect();
    let palette = Palette::of(Theme::Light);
    let line = |(index, spectrum): (usize, _)| SweepLine {
        look: &palette.runs[index],
        name: "Gradient descent",
        spectrum,
        rate: scenario.runs[index].learning_rate,
        loss: Some(0.5),
    };
    let lines: Vec<SweepLine<'_>> = spectra.iter().enumerate().map(line).collect();
    for size in sizes() {
        for pointed in [None, Some((3, "0.123"))] {
            let scene = SweepScene {
                size,
                palette,
                text: text::of(Language::Chinese),
                rates,
                lines: &lines,
                selected: Some(1),
                lowest: 0.0,
                pointed,
                progress: Some(0.3),
                keep_clear: Some(Rect {
                    left: size[0] - 66.0,
                    top: 0.0,
                    width: 66.0,
                    height: 44.0,
                }),
            };
            let mut recorder = Recorder::new(size);
            let plot = draw_sweep(&mut recorder, &scene);
            recorder.finish();
            assert!(step_at(plot, 40, 1.0).is_none_or(|place| place <= 40), "{size:?}");
        }
    }
}

#[test]
fn the_map_of_starts_is_drawn_on_any_size() {
    let colors = StartsColors::of(Theme::Light);
    for size in sizes() {
        let stage = stage(LINKS[1], size);
        // The window is what such a map shows: it has no height, perhaps.
        let run = &stage.scenario.runs[0];
        let mut starts = Starts::begin(&stage.scenario, run, stage.viewport.window, [3, 3]);
        starts.advance(stage.loss.as_ref(), &mut || false);
        let census = StartsCensus::of(starts.map());
        assert_eq!(starts_image(starts.map(), &census, &colors).len(), 4 * 9);
        let mut recorder = Recorder::new(size);
        draw_basins(&mut recorder, &stage.viewport, &stage.minima, &colors);
        draw_steps_scale(&mut recorder, &colors, size);
        let rect = Rect { left: 0.0, top: 0.0, width: size[0], height: size[1] };
        for fortune in [
            Fortune::Minimum(1),
            Fortune::AnyMinimum,
            Fortune::OtherMinimum,
            Fortune::Diverges,
            Fortune::Stalls,
            Fortune::GoesOn,
        ] {
            draw_fortune(&mut recorder, rect, fortune, true, &colors);
        }
        recorder.finish();
    }
}

fn table(rows: &[[f64; 3]], columns: usize) -> Samples {
    let column = |axis: usize| Column {
        name: ColumnName::Own(format!("x{axis}")),
        numbers: rows.iter().map(|row| row[axis]).collect(),
    };
    Samples::new((0..columns).map(column).collect())
}

#[test]
fn the_data_are_drawn_on_any_size() {
    let rows = [[-1.0, -1.0, 0.0], [-2.0, 0.5, 0.0], [1.0, 1.0, 1.0], [2.0, 0.0, 1.0]];
    let predict = |theta: &[f64], features: &[f64]| theta[0] * features[0] + theta[1];
    let palette = Palette::of(Theme::Light);
    for (samples, is_compact) in [(table(&rows, 2), false), (table(&rows, 3), true)] {
        for size in sizes() {
            let window = data_window(&samples);
            let viewport = Viewport { window, plot: data_plot(size, window, is_compact) };
            let mut recorder = Recorder::new(size);
            draw_data_axes(&mut recorder, &viewport, palette, ["feature", "target"], is_compact);
            let stage = DataStage { viewport, palette, samples: &samples };
            draw_samples(&mut recorder, &SamplesScene { stage, trained: None, left_out: Some(1) });
            let line = FitLine {
                look: &palette.runs[0],
                theta: vec![0.5, 0.1],
                earlier: vec![vec![0.0; 2]],
                sketch: None,
            };
            draw_fit(
                &mut recorder,
                &FitScene {
                    stage,
                    predict: &predict,
                    lines: &[line],
                    selected: 0,
                    batch: Some(&[0, 2]),
                    trained: None,
                    focused: Some(3),
                    is_held: true,
                },
            );
            let entries = [KeyEntry::Class(0, "class 0"), KeyEntry::Class(1, "class 1")];
            let key = KeyScene { viewport, palette, samples: &samples, entries: &entries };
            draw_key(&mut recorder, &key);
            recorder.finish();
            let found = nearest_sample(&viewport, &samples, [0.5 * size[0], 0.5 * size[1]], 11.0);
            assert!(found.is_none_or(|sample| sample < 4), "{size:?}");
            let pixels = shade(&viewport, palette, &[0.5, 0.1], &predict).len();
            assert_eq!(pixels, 4 * (SHADE * SHADE) as usize);
        }
    }
}

#[test]
fn the_layers_are_drawn_on_any_size() {
    let figures: Vec<LayerFigures> = (0..8_u32)
        .map(|layer| LayerFigures {
            gradient: libm::pow(0.2, f64::from(layer)),
            weights: 2.0,
            update: 0.01,
            spread: 0.6,
            idle: 0.3,
        })
        .collect();
    let palette = Palette::of(Theme::Light);
    for (size, is_compact) in sizes().flat_map(|size| [(size, false), (size, true)]) {
        let scene = LayersScene {
            size,
            palette,
            look: &palette.runs[0],
            figures: &figures,
            limits: &[],
            has_step: true,
            others: &[],
            span: LayersSpan::of([(&figures[..], true)].into_iter()),
            focused: Some(7),
            words: text::of(Language::English).layers,
            idle: Some("saturated"),
            is_compact,
        };
        let mut recorder = Recorder::new(size);
        let panels = draw_layers(&mut recorder, &scene).unwrap_or_default();
        draw_pulse(&mut recorder, &palette.runs[0], &figures, &panels, 0.4);
        assert!(panels.layer_at(0.5 * size[0]).is_none_or(|layer| layer < 8), "{size:?}");
        recorder.finish();
    }
}

#[test]
fn legends_and_ramps_are_drawn_on_any_size() {
    let palette = Palette::of(Theme::Dark);
    for size in sizes() {
        let mut recorder = Recorder::new(size);
        draw_ramp(&mut recorder, &Ramp::of(Theme::Dark), size);
        draw_sparkline(&mut recorder, size, Color::hex(0), &[1.0, 0.5, 0.25]);
        draw_legend_line(&mut recorder, LegendLine::Ghost, palette);
        draw_legend_line(&mut recorder, LegendLine::Run(&palette.runs[2]), palette);
        recorder.finish();
    }
}
