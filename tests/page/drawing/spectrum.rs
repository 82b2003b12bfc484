//! The spectrum under the slider: what is drawn stands at the rates it is about.

use descent_lab::descent::{Language, Outcome};
use descent_lab::scenario::{SEEDS, SPECTRUM_RATES, Scenario, Spectrum, Theme, decode};
use descent_lab::text;
use descent_lab::view::{
    Color, Palette, RateScene, SIDE, SpectrumScene, draw_rate_scale, place_of_x, place_rates,
    position,
};

use super::boxes::overlap;
use super::recorder::{Mark, Recorder, Word};

const WIDTH: f64 = 515.0;
/// The strip's first and last row.
const STRIP: [f64; 2] = [130.0, 154.0];

struct Strip {
    scenario: Scenario,
    rates: [f64; 2],
    spectrum: Spectrum,
    language: Language,
}

impl Strip {
    fn of(link: &str) -> Self {
        let (scenario, refused) = decode(link);
        assert!(refused.is_empty(), "{refused:?}");
        let rates = scenario.rates(&scenario.runs[0]);
        let places = place_rates(rates, SPECTRUM_RATES).collect();
        let seeds = if scenario.is_stochastic(&scenario.runs[0]) { SEEDS } else { 1 };
        let spectrum = Spectrum::begin(&scenario, &scenario.runs[0], places, seeds);
        Self { scenario, rates, spectrum, language: Language::English }
    }

    fn finished(mut self) -> Self {
        let loss = self.scenario.build_loss();
        self.spectrum.advance(loss.as_ref(), &mut || false);
        self
    }

    fn draw(&self, pointed: Option<(usize, &str)>) -> Recorder {
        let mut recorder = Recorder::new([WIDTH, 196.0]);
        let scene = RateScene {
            width: WIDTH,
            palette: Palette::of(Theme::Light),
            text: text::of(self.language),
            rates: self.rates,
            rate: self.scenario.runs[0].learning_rate,
            previous: None,
            others: &[],
            best: None,
            limit: None,
            limit_at_minimum: None,
            are_local: false,
            silence: None,
            fastest: None,
            spectrum: Some(SpectrumScene {
                spectrum: &self.spectrum,
                steps: self.scenario.steps,
                settles: Some(33),
                pointed,
                progress: None,
            }),
        };
        draw_rate_scale(&mut recorder, &scene);
        recorder.finish();
        recorder
    }

    fn x(&self, rate: f64) -> f64 {
        SIDE + position(self.rates, rate) * (WIDTH - 2.0 * SIDE)
    }
}

/// Left and right ends of what is filled with an outcome's colour in the strip.
fn ends(recorder: &Recorder, outcome: Outcome) -> Option<[f64; 2]> {
    let fill = Palette::of(Theme::Light).outcome(outcome).fill;
    let areas = recorder.fills().filter(|(_, color)| *color == fill);
    let points = areas.flat_map(|(outline, _)| outline.points.iter());
    let xs: Vec<f64> =
        points.filter(|[_, y]| (STRIP[0]..=STRIP[1]).contains(y)).map(|[x, _]| *x).collect();
    let least = xs.iter().copied().fold(f64::INFINITY, f64::min);
    let most = xs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    (!xs.is_empty()).then_some([least, most])
}

#[test]
fn the_borders_on_a_ravine_stand_at_the_rates_of_theory_to_the_pixel() {
    for (kappa, angle) in [(20.0, 0), (5.0, 30), (37.0, -70)] {
        let strip = Strip::of(&format!(
            "#v=1&loss=quadratic,kappa={kappa},angle={angle}&start=7,3&steps=3000&run=sgd,lr=0.01"
        ))
        .finished();
        let recorder = strip.draw(None);
        let at = |outcome| ends(&recorder, outcome).expect("it is there");
        let near = |x: f64, rate: f64| (x - strip.x(rate)).abs() <= 1.0;
        assert!(near(at(Outcome::Converges)[1], 1.0 / kappa), "1/κ for κ = {kappa}");
        assert!(near(at(Outcome::Oscillates)[0], 1.0 / kappa), "1/κ for κ = {kappa}");
        assert!(near(at(Outcome::Oscillates)[1], 2.0 / kappa), "2/κ for κ = {kappa}");
        assert!(near(at(Outcome::Diverges)[0], 2.0 / kappa), "2/κ for κ = {kappa}");
    }
}

#[test]
fn every_outcome_has_its_word_and_all_but_one_a_texture() {
    let strip = Strip::of("#v=1&loss=himmelblau&start=0,0&steps=200&run=sgd,lr=0.02").finished();
    let recorder = strip.draw(None);
    let words: Vec<&Word> = recorder.texts().filter(|text| text.at[1] > STRIP[0]).collect();
    let text = text::of(Language::English);
    for outcome in [Outcome::Converges, Outcome::Diverges] {
        let word = words.iter().find(|word| word.text == (text.outcome)(outcome));
        let [left, right] = ends(&recorder, outcome).expect("filled");
        let bounds = word.expect("named").bounds;
        assert!(bounds.left >= left && bounds.right() <= right, "{outcome:?} in its zone");
    }
    let ink = Palette::of(Theme::Light).on_outcome.with_alpha(0.24);
    let textures = recorder.lines(ink, 1.0).len() + recorder.lines(ink, 2.0).len();
    assert!(textures >= 4, "{textures}: crawls, oscillates, bounces, diverges");
}

#[test]
fn words_do_not_cover_each_other_whatever_is_pointed_at() {
    let mut strip = Strip::of("#v=1&loss=quadratic,kappa=20&steps=900&run=sgd,lr=0.085").finished();
    for language in Language::ALL {
        strip.language = language;
        for place in [0, 20, 150, 300, 480, 490] {
            let said = "0.1234: not settled after 900 steps";
            let recorder = strip.draw(Some((place, said)));
            let texts: Vec<&Word> = recorder.texts().collect();
            assert!(texts.iter().any(|text| text.text == said));
            for (index, one) in texts.iter().enumerate() {
                for other in &texts[..index] {
                    assert!(!overlap(&one.bounds, &other.bounds), "{} {}", one.text, other.text);
                }
            }
        }
    }
}

/// Left and right ends of all that is filled with one colour in the strip.
fn filled(recorder: &Recorder, is_it: impl Fn(Color) -> bool) -> Vec<[f64; 2]> {
    let areas = recorder.fills().filter(|(_, color)| is_it(*color));
    let rectangles = areas.flat_map(|(outline, _)| outline.polylines());
    let in_strip = rectangles.filter(|rectangle| {
        rectangle.iter().all(|[_, y]| (STRIP[0] - 1e-9..=STRIP[1] + 1e-9).contains(y))
    });
    in_strip.map(|rectangle| [rectangle[0][0], rectangle[1][0]]).collect()
}

#[test]
fn what_is_not_computed_is_not_painted() {
    let mut strip = Strip::of("#v=1&loss=quadratic,kappa=20&steps=900&run=sgd,lr=0.085");
    let loss = strip.scenario.build_loss();
    let count = strip.spectrum.places().len();
    let palette = Palette::of(Theme::Light);
    let pending = palette.line.with_alpha(0.5);
    let outcomes = Outcome::ALL.map(|outcome| palette.outcome(outcome).fill);
    for made in [0, 1, 40, count / 2, count - 1, count] {
        while strip.spectrum.made() < made {
            let mut looks = 0;
            strip.spectrum.advance(loss.as_ref(), &mut || {
                looks += 1;
                looks > 1
            });
        }
        let recorder = strip.draw(None);
        let known = filled(&recorder, |color| outcomes.contains(&color));
        let waiting = filled(&recorder, |color| color == pending);
        let covers = |all: &[[f64; 2]], x: f64| all.iter().any(|[a, b]| *a < x && x < *b);
        for (index, place) in strip.spectrum.places().iter().enumerate() {
            #[expect(clippy::cast_precision_loss, reason = "some hundreds")]
            let share = (index as f64 + 0.5) / count as f64;
            let x = SIDE + share * (WIDTH - 2.0 * SIDE);
            let is_known = !place.fates.is_empty();
            assert_eq!(covers(&known, x), is_known, "{index} of {made}");
            assert_eq!(covers(&waiting, x), !is_known, "{index} of {made}");
        }
        assert_eq!(waiting.is_empty(), made == count);
    }
}

#[test]
fn a_word_stands_only_where_every_rate_under_it_is_known() {
    let mut strip = Strip::of("#v=1&loss=quadratic,kappa=20&steps=900&run=sgd,lr=0.085");
    let loss = strip.scenario.build_loss();
    let text = text::of(Language::English);
    let words = |recorder: &Recorder| {
        let is_outcome =
            |word: &&Word| Outcome::ALL.iter().any(|outcome| (text.outcome)(*outcome) == word.text);
        recorder.texts().filter(is_outcome).count()
    };
    while strip.spectrum.made() < strip.spectrum.places().len() / 2 {
        let mut looks = 0;
        strip.spectrum.advance(loss.as_ref(), &mut || {
            looks += 1;
            looks > 1
        });
    }
    // Every second rate is known at most: no two neighbours are.
    assert_eq!(words(&strip.draw(None)), 0);
    let strip = strip.finished();
    assert!(words(&strip.draw(None)) >= 3);
}

#[test]
fn where_seeds_disagree_the_strip_shows_their_shares() {
    let strip = Strip::of("#v=1&loss=quadratic&steps=120&noise=0.02&run=sgd,lr=0.1").finished();
    let recorder = strip.draw(None);
    let heights: Vec<f64> = recorder
        .fills()
        .flat_map(|(outline, _)| outline.points.iter().map(|point| point[1]))
        .filter(|y| *y > STRIP[0] + 0.1 && *y < STRIP[1] - 0.1)
        .collect();
    let sixteenths = heights.iter().map(|y| (y - STRIP[0]) / (STRIP[1] - STRIP[0]) * 16.0);
    let whole = sixteenths.filter(|share| (share - share.round()).abs() < 1e-9).count();
    assert!(whole > 20, "{whole} borders between shares");
}

#[test]
fn a_secret_spectrum_tells_nothing() {
    let strip = Strip::of("#v=1&loss=quadratic&run=sgd,lr=0.1").finished();
    let mut recorder = Recorder::new([WIDTH, 196.0]);
    let text = text::of(Language::English);
    let scene = RateScene {
        width: WIDTH,
        palette: Palette::of(Theme::Light),
        text,
        rates: strip.rates,
        rate: 0.1,
        previous: None,
        others: &[],
        best: None,
        limit: None,
        limit_at_minimum: None,
        are_local: false,
        silence: None,
        fastest: None,
        spectrum: None,
    };
    draw_rate_scale(&mut recorder, &scene);
    for outcome in Outcome::ALL {
        assert_eq!(ends(&recorder, outcome), None);
        assert!(recorder.texts().all(|word| word.text != (text.outcome)(outcome)));
    }
    assert!(recorder.texts().any(|word| word.text == text.spectrum_hidden));
    let rings = recorder.marks.iter().filter(|mark| matches!(mark, Mark::Ring(..)));
    assert_eq!(rings.count(), 0, "no steps to settle either");
}

#[test]
fn a_place_is_found_again_where_its_rate_is_on_the_slider() {
    for rates in [[0.0025, 0.25], [1e-9, 1e3], [0.05, 0.0501]] {
        let places = SPECTRUM_RATES;
        let width = WIDTH - 2.0 * SIDE;
        for (place, rate) in place_rates(rates, places).enumerate() {
            assert_eq!(place_of_x(position(rates, rate) * width, width, places), place);
        }
    }
    assert_eq!((place_of_x(-5.0, 100.0, 240), place_of_x(900.0, 100.0, 240)), (0, 239));
}

#[test]
fn where_theory_is_silent_a_bracket_marks_the_rates_that_were_fastest() {
    let strip = Strip::of("#v=1&loss=quadratic,kappa=20&steps=400&run=adam,lr=0.3").finished();
    let [low, high] = strip.spectrum.nearly_fastest(0.15).expect("some rate settles");
    let (_, fewest) = strip.spectrum.fastest().expect("some rate settles");
    let near = strip.spectrum.places().iter().filter(|place| {
        place.rate >= low && place.rate <= high && place.fates[0].settles.is_some()
    });
    let steps: Vec<usize> = near.map(|place| place.fates[0].step).collect();
    assert!(steps.contains(&fewest) && steps.len() > 3);
    assert!(steps.iter().all(|step| *step * 100 <= fewest * 115));
    let mut recorder = Recorder::new([WIDTH, 196.0]);
    let text = text::of(Language::English);
    let scene = RateScene {
        width: WIDTH,
        palette: Palette::of(Theme::Light),
        text,
        rates: strip.rates,
        rate: 0.3,
        previous: None,
        others: &[],
        best: None,
        limit: None,
        limit_at_minimum: None,
        are_local: false,
        silence: Some(text.no_theory),
        fastest: Some([low, high]),
        spectrum: None,
    };
    draw_rate_scale(&mut recorder, &scene);
    let brackets = recorder.lines(scene.palette.ink_2, 1.5);
    let [bracket] = brackets[..] else { panic!("{} brackets", brackets.len()) };
    assert!((bracket.points[0][0] - strip.x(low)).abs() < 1e-9);
    assert!((bracket.points[3][0] - strip.x(high)).abs() < 1e-9);
    let said: Vec<&str> = recorder.texts().map(|word| word.text.as_str()).collect();
    assert!(said.iter().any(|word| word.starts_with("fewest steps from")), "{said:?}");
    assert!(said.contains(&text.no_theory));
}
