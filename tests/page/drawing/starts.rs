//! The map of starts as a picture.

use descent_lab::descent::Ending;
use descent_lab::scenario::{STARTS, Scenario, Starts, Theme, decode};
use descent_lab::view::{
    Fortune, Rect, StartsCensus, StartsColors, Viewport, draw_basins, draw_fortune,
    draw_steps_scale, starts_image,
};

use super::recorder::{Mark, Recorder};

const THEMES: [Theme; 2] = [Theme::Light, Theme::Dark];
const PLOT: Rect = Rect { left: 40.0, top: 0.0, width: 700.0, height: 600.0 };

fn scenario(link: &str) -> Scenario {
    let (scenario, refused) = decode(link);
    assert!(refused.is_empty(), "{refused:?}");
    scenario
}

fn begin(scenario: &Scenario, side: usize) -> Starts {
    let window = (scenario.loss.rule.window)(&scenario.setting());
    Starts::begin(scenario, &scenario.runs[0], window, [side, side])
}

fn complete(link: &str, side: usize) -> Starts {
    let scenario = scenario(link);
    let mut starts = begin(&scenario, side);
    assert!(starts.advance(scenario.build_loss().as_ref(), &mut || false));
    starts
}

fn pixels(starts: &Starts, colors: &StartsColors) -> Vec<[u8; 4]> {
    let census = StartsCensus::of(starts.map());
    starts_image(starts.map(), &census, colors).as_chunks().0.to_vec()
}

fn lightness([r, g, b, _]: [u8; 4]) -> u32 {
    2 * u32::from(r) + 5 * u32::from(g) + u32::from(b)
}

#[test]
fn a_basin_is_darkest_where_its_minimum_is_reached_soonest() {
    for theme in THEMES {
        let starts = complete("#v=1&loss=quadratic,kappa=1&steps=300&run=sgd,lr=0.05", 96);
        let colors = StartsColors::of(theme);
        let pixels = pixels(&starts, &colors);
        let map = starts.map();
        let [column, row] = map.cell([0.0, 0.0]).expect("within the window");
        let at = |column: usize, row: usize| lightness(pixels[row * 96 + column]);
        // All starts of a round bowl take as long, but for the one at its bottom.
        assert!(at(column, row) <= at(5, 5), "{theme:?}");
        let starts = complete("#v=1&loss=rosenbrock&steps=2000&run=momentum,lr=0.002", 64);
        let census = StartsCensus::of(starts.map());
        let [low, high] = census.steps.expect("some settle");
        assert!(low < high, "{census:?}");
        let pixels = self::pixels(&starts, &colors);
        let step_of = |cell: usize| match starts.map().ending(cell % 64, cell / 64) {
            Some(Ending::Settles { step, .. }) => Some(step),
            _ => None,
        };
        let mut settled: Vec<(u32, u32)> = (0..64 * 64)
            .filter_map(|cell| Some((step_of(cell)?, lightness(pixels[cell]))))
            .collect();
        settled.sort_unstable();
        assert!(settled.len() > 500);
        // A grey value of rounding in a channel is 5 at most.
        assert!(settled.windows(2).all(|pair| pair[1].1 + 5 >= pair[0].1), "{theme:?}");
    }
}

#[test]
fn every_fortune_has_its_own_colours_and_those_without_a_number_a_texture() {
    let link = "#v=1&loss=himmelblau&steps=300&run=sgd,lr=0.02";
    let starts = complete(link, STARTS);
    for theme in THEMES {
        let colors = StartsColors::of(theme);
        let pixels = pixels(&starts, &colors);
        let map = starts.map();
        let mut seen: Vec<(Fortune, Vec<[u8; 4]>)> = Vec::new();
        for (cell, pixel) in pixels.iter().enumerate() {
            assert_eq!(pixel[3], 255);
            let fortune = match map.ending(cell % STARTS, cell / STARTS).expect("complete") {
                Ending::Diverges { .. } => Fortune::Diverges,
                Ending::Settles { minimum: Some(place), .. } => Fortune::Minimum(place.into()),
                Ending::Settles { minimum: None, .. } => Fortune::OtherMinimum,
                Ending::Stalls { .. } => Fortune::Stalls,
                Ending::GoesOn => Fortune::GoesOn,
            };
            match seen.iter_mut().find(|(other, _)| *other == fortune) {
                Some((_, its)) if its.contains(pixel) => {}
                Some((_, its)) => its.push(*pixel),
                None => seen.push((fortune, vec![*pixel])),
            }
        }
        assert!(seen.len() >= 4, "{seen:?}");
        for (place, (fortune, its)) in seen.iter().enumerate() {
            let others = seen[..place].iter().flat_map(|(_, others)| others);
            assert!(others.into_iter().all(|other| !its.contains(other)), "{fortune:?}");
            if *fortune == Fortune::GoesOn {
                assert_eq!(its.len(), 2, "ground and lines");
            }
        }
        let census = StartsCensus::of(map);
        assert_eq!(census.counts.iter().map(|(_, count)| count).sum::<usize>(), STARTS * STARTS);
        assert_eq!(census.counts.len(), seen.len());
    }
}

#[test]
fn what_is_not_known_yet_is_blank() {
    let scenario = scenario("#v=1&loss=himmelblau&steps=100&run=sgd,lr=0.01");
    let loss = scenario.build_loss();
    let mut starts = begin(&scenario, STARTS);
    let colors = StartsColors::of(Theme::Light);
    assert!(pixels(&starts, &colors).iter().all(|pixel| *pixel == [0; 4]), "nothing to show");
    assert_eq!(StartsCensus::of(starts.map()), StartsCensus::default());
    while starts.map().known() < 256 {
        starts.advance(loss.as_ref(), &mut || true);
    }
    let first = pixels(&starts, &colors);
    for (cell, pixel) in first.iter().enumerate() {
        let is_known = starts.map().ending(cell % STARTS, cell / STARTS).is_some();
        assert_eq!(pixel[3], if is_known { 255 } else { 0 }, "{cell}");
    }
    starts.advance(loss.as_ref(), &mut || false);
    let whole = pixels(&starts, &colors);
    assert!(whole.iter().all(|pixel| pixel[3] == 255), "no holes in the end");
    // Hues are those of the basins: what is known first stays as it is.
    let hue = |[r, g, b, _]: [u8; 4]| (r > b, g > r, g > b);
    let mut known = first.iter().zip(&whole).filter(|(first, _)| first[3] == 255);
    assert!(known.all(|(first, whole)| hue(*first) == hue(*whole)));
}

#[test]
fn the_shades_leave_out_the_slowest() {
    const SIDE: usize = 96;
    // Near the saddle a few starts take many times as long as all others.
    let starts = complete("#v=1&loss=saddle&steps=3000&run=sgd,lr=0.1", SIDE);
    let census = StartsCensus::of(starts.map());
    let slowest = (0..SIDE * SIDE)
        .filter_map(|cell| match starts.map().ending(cell % SIDE, cell / SIDE) {
            Some(Ending::Settles { step, .. }) => Some(step),
            _ => None,
        })
        .max();
    let [low, high] = census.steps.expect("some settle");
    assert!(low < high && high < slowest.expect("some settle"), "{census:?} {slowest:?}");
}

#[test]
fn minima_bear_their_numbers_and_samples_their_textures() {
    for theme in THEMES {
        let colors = StartsColors::of(theme);
        let scenario = scenario("#v=1&loss=himmelblau");
        let minima = (scenario.loss.rule.minima)(&scenario.setting());
        let minima: Vec<[f64; 2]> = minima.iter().map(|point| [point[0], point[1]]).collect();
        let viewport = Viewport::showing([-6.0, 0.0, -5.0, 5.0], PLOT, true);
        let mut recorder = Recorder::new([740.0, 628.0]);
        draw_basins(&mut recorder, &viewport, &minima, &colors);
        recorder.finish();
        let shown = minima.iter().filter(|minimum| PLOT.contains(viewport.to_pixel(**minimum)));
        let numbers: Vec<String> = recorder.texts().map(|word| word.text.clone()).collect();
        assert_eq!(numbers.len(), shown.count());
        assert!(numbers.contains(&"2".to_owned()) && numbers.contains(&"3".to_owned()));
        for (fortune, is_plain) in [
            (Fortune::Minimum(1), false),
            (Fortune::AnyMinimum, true),
            (Fortune::OtherMinimum, true),
            (Fortune::Diverges, false),
            (Fortune::Stalls, false),
            (Fortune::GoesOn, false),
        ] {
            let mut recorder = Recorder::new([34.0, 14.0]);
            let rect = Rect { left: 0.0, top: 0.0, width: 34.0, height: 14.0 };
            draw_fortune(&mut recorder, rect, fortune, true, &colors);
            recorder.finish();
            let is_fill = |mark: &Mark| matches!(mark, Mark::Fill(..));
            assert!(is_fill(&recorder.marks[0]), "{fortune:?}");
            assert_eq!(recorder.marks.iter().all(is_fill), is_plain, "{fortune:?}");
        }
        let mut recorder = Recorder::new([110.0, 8.0]);
        draw_steps_scale(&mut recorder, &colors, [110.0, 8.0]);
        recorder.finish();
        assert!(recorder.marks.len() > 20);
    }
}
