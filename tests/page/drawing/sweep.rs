//! The sweep: final losses over learning rates.

use descent_lab::descent::{Fate, Outcome};
use descent_lab::scenario::{Scenario, Spectrum, Theme, decode, log_spaced};
use descent_lab::text;
use descent_lab::view::{Palette, Rect, SweepLine, SweepScene, draw_sweep, log10, step_at};
use proptest::prelude::*;

use super::boxes::overlap;
use super::recorder::{Recorder, Word};
use super::runs::EIGHT;

use crate::cases::cases;

const SIZES: [[f64; 2]; 4] = [[491.0, 222.0], [430.0, 200.0], [358.0, 290.0], [340.0, 150.0]];
const PLACES: usize = 201;
/// The last place.
const LAST: f64 = 200.0;

/// A scenario with the spectra of its runs.
struct Swept {
    scenario: Scenario,
    rates: [f64; 2],
    lowest: f64,
    spectra: Vec<Spectrum>,
    /// The fate of each run under its own rate.
    own: Vec<Fate>,
}

/// How it is drawn.
#[derive(Clone, Copy)]
struct Look {
    size: [f64; 2],
    theme: Theme,
    pointed: Option<usize>,
}

const LOOK: Look = Look { size: SIZES[0], theme: Theme::Light, pointed: None };

impl Swept {
    /// With so many runs made of each spectrum.
    fn partly(link: &str, made: usize) -> Self {
        let (scenario, refused) = decode(link);
        assert_eq!(refused, [], "{link}");
        let loss = scenario.build_loss();
        let rates = scenario.sweep_range(scenario.runs.iter());
        let spectra = scenario.runs.iter().map(|run| {
            let mut spectrum = Spectrum::begin(&scenario, run, log_spaced(rates, PLACES), 1);
            while spectrum.made() < made && !spectrum.is_done() {
                let mut is_begun = false;
                let mut once = || core::mem::replace(&mut is_begun, true);
                spectrum.advance(loss.as_ref(), &mut once);
            }
            spectrum
        });
        let spectra = spectra.collect();
        let own = scenario.runs.iter();
        let own = own.map(|run| Fate::of(loss.as_ref(), &scenario.descend(run, loss.as_ref())));
        let own = own.collect();
        let lowest = (scenario.loss.rule.lowest)(&scenario.setting());
        Self { scenario, rates, lowest, spectra, own }
    }

    fn of(link: &str) -> Self {
        Self::partly(link, PLACES)
    }

    fn draw(&self, look: Look) -> (Recorder, Rect) {
        let palette = Palette::of(look.theme);
        let runs = self.scenario.runs.iter().zip(&self.spectra).zip(&self.own).enumerate();
        let lines: Vec<SweepLine<'_>> = runs
            .map(|(index, ((run, spectrum), own))| SweepLine {
                look: &palette.runs[index],
                name: run.optimizer.rule.name.en,
                spectrum,
                rate: run.learning_rate,
                loss: (!own.outcome.diverges()).then_some(own.final_loss),
            })
            .collect();
        let [width, _] = look.size;
        let scene = SweepScene {
            size: look.size,
            palette,
            text: text::of(descent_lab::descent::Language::English),
            rates: self.rates,
            lines: &lines,
            selected: Some(0),
            lowest: self.lowest,
            pointed: look.pointed.map(|place| (place, "0.123")),
            progress: None,
            keep_clear: Some(Rect { left: width - 66.0, top: 0.0, width: 66.0, height: 44.0 }),
        };
        let mut recorder = Recorder::new(look.size);
        let plot = draw_sweep(&mut recorder, &scene);
        recorder.finish();
        (recorder, plot)
    }

    fn fate(&self, run: usize, place: usize) -> Fate {
        self.spectra[run].places()[place].fates[0]
    }
}

/// The points of the selected run's curve.
fn curve(recorder: &Recorder) -> Vec<[f64; 2]> {
    let lines = recorder.lines(Palette::of(Theme::Light).runs[0].line, 2.4);
    lines.into_iter().flat_map(|outline| outline.points.clone()).collect()
}

/// The powers of ten of the vertical axis with their heights, the last for what lies
/// below it.
fn powers(recorder: &Recorder, plot: Rect) -> Vec<(f64, f64)> {
    let lowered = |c: char| (0_u8..).zip("⁰¹²³⁴⁵⁶⁷⁸⁹".chars()).find(|(_, raised)| *raised == c);
    let number = |word: &Word| {
        let digits = word.text.trim_start_matches('≤').strip_prefix("10")?;
        let sign = if digits.starts_with('⁻') { -1.0 } else { 1.0 };
        let digits = digits.trim_start_matches('⁻').chars().map(lowered);
        let value = digits.fold(0.0, |all, digit| {
            10.0 * all + digit.map_or(f64::NAN, |(value, _)| f64::from(value))
        });
        (word.at[0] < plot.left && value.is_finite()).then_some((sign * value, word.at[1]))
    };
    recorder.texts().filter_map(number).collect()
}

#[test]
fn of_a_half_made_sweep_only_what_is_known_is_painted() {
    for made in [1, 13, 100, PLACES - 1, PLACES] {
        let swept = Swept::partly("loss=quadratic,kappa=20&steps=60&run=sgd,lr=0.01", made);
        let (recorder, plot) = swept.draw(LOOK);
        let palette = Palette::of(Theme::Light);
        let outcomes = Outcome::ALL.map(|outcome| palette.outcome(outcome).fill);
        let places = swept.spectra[0].places();
        let is_known = |at: usize| !places[at].fates.is_empty();
        let x = |at: f64| plot.left + at / LAST * plot.width;
        let rows: Vec<[f64; 2]> = recorder
            .fills()
            .filter(|(_, color)| outcomes.contains(color))
            .flat_map(|(outline, _)| outline.polylines().collect::<Vec<_>>())
            .filter(|corners| corners.iter().all(|[_, y]| *y > plot.bottom()))
            .map(|corners| [corners[0][0], corners[1][0]])
            .collect();
        for at in 0..PLACES {
            #[expect(clippy::cast_precision_loss, reason = "some hundreds")]
            let middle = x(at as f64).max(plot.left + 0.1).min(plot.right() - 0.1);
            let is_painted = rows.iter().any(|[left, right]| *left < middle && middle < *right);
            assert_eq!(is_painted, is_known(at), "{at} of {made}");
        }
        // No line goes from a rate to one that is not its neighbour.
        for line in recorder.lines(palette.runs[0].line, 2.4) {
            for stretch in line.polylines() {
                let is_short =
                    |pair: &[[f64; 2]]| pair[1][0] - pair[0][0] < 1.01 * (x(1.0) - x(0.0));
                assert!(stretch.windows(2).all(is_short), "{made}");
            }
        }
    }
}

#[test]
fn every_point_stands_at_its_rate_and_its_final_loss() {
    for link in ["loss=himmelblau&run=sgd,lr=0.01", "loss=gaussian_well&run=sgd,lr=0.5&run=adam"] {
        let swept = Swept::of(link);
        let (recorder, plot) = swept.draw(LOOK);
        let powers = powers(&recorder, plot);
        let [(first, y), .., (last, low)] = powers[..] else { panic!("{powers:?}") };
        let per_decade = (low - y) / (last - first);
        assert!(per_decade < 0.0, "more is higher: {powers:?}");
        let mut points = curve(&recorder).into_iter();
        for place in 0..=200_u8 {
            let (share, place) = (f64::from(place) / LAST, usize::from(place));
            let fate = swept.fate(0, place);
            if fate.outcome.diverges() {
                continue;
            }
            let [x, height] = points.next().expect("a point a rate");
            assert!((x - plot.left - share * plot.width).abs() < 1e-6);
            assert_eq!(step_at(plot, PLACES - 1, x), Some(place), "the pointer finds it again");
            let log = log10(fate.final_loss - swept.lowest).max(-12.0);
            let expected = y + (log - first) * per_decade;
            assert!((height - expected).abs() < 0.5, "{link} {place}: {height}, not {expected}");
        }
        assert_eq!(points.next(), None, "{link}: no points of rates that diverge");
    }
}

#[test]
fn what_diverges_ends_in_an_arrow_and_not_in_a_value() {
    let swept = Swept::of("loss=quadratic,kappa=20&steps=100&run=sgd,lr=0.085");
    let (recorder, plot) = swept.draw(LOOK);
    let points = curve(&recorder);
    let calm = (0..PLACES).filter(|place| !swept.fate(0, *place).outcome.diverges()).count();
    assert!(calm < PLACES - 10 && points.len() == calm, "{calm} of {PLACES}");
    let last = points[calm - 1];
    let arrows = recorder.lines(Palette::of(Theme::Light).runs[0].line, 1.8);
    let [arrow] = arrows[..] else { panic!("{arrows:?}") };
    assert_eq!(arrow.points[0], last);
    assert!(arrow.points[1][1] < last[1] - 5.0 && arrow.points[1][0] == last[0], "upwards");
    assert!(arrow.points.iter().all(|[x, y]| *x < plot.right() && *y >= 0.0));
    // Where every rate settles, none.
    let tame = Swept::of("loss=quadratic,kappa=1&run=newton");
    assert_eq!(tame.draw(LOOK).0.lines(Palette::of(Theme::Light).runs[0].line, 1.8).len(), 0);
}

#[test]
fn where_every_rate_diverges_it_says_so() {
    let all = Swept::of("loss=quadratic,kappa=1000&steps=200&run=sgd,lr=1e9");
    let mut swept = Swept { rates: [0.01, 1e9], ..all };
    let loss = swept.scenario.build_loss();
    let run = &swept.scenario.runs[0];
    let mut spectrum = Spectrum::begin(&swept.scenario, run, log_spaced(swept.rates, PLACES), 1);
    let says = |swept: &Swept| {
        let (recorder, plot) = swept.draw(LOOK);
        assert_eq!(curve(&recorder), [[0.0; 2]; 0]);
        assert_eq!(powers(&recorder, plot), [], "no numbers of nothing");
        recorder.texts().any(|word| word.text == "diverges at every rate")
    };
    swept.spectra = vec![Spectrum::begin(&swept.scenario, run, log_spaced(swept.rates, PLACES), 1)];
    assert!(!says(&swept), "nothing is known yet");
    assert!(spectrum.advance(loss.as_ref(), &mut || false));
    swept.spectra = vec![spectrum];
    assert!(says(&swept));
}

#[test]
fn what_is_nearly_nothing_lies_on_the_floor_which_says_so() {
    let swept = Swept::of("loss=quadratic,kappa=4&steps=1000&run=sgd,lr=0.2");
    let (recorder, plot) = swept.draw(LOOK);
    assert!(recorder.texts().any(|word| word.text == "≤10⁻¹²"));
    let on_floor = curve(&recorder).iter().filter(|p| (p[1] - plot.bottom()).abs() < 1e-6).count();
    assert!(on_floor > 20, "{on_floor}");
    let short = Swept::of("loss=quadratic,kappa=4&steps=10&run=sgd,lr=0.02");
    assert!(!short.draw(LOOK).0.texts().any(|word| word.text.contains('≤')));
}

#[test]
fn each_run_is_marked_at_its_own_rate_on_its_curve_or_on_its_row() {
    let swept = Swept::of("loss=quadratic,kappa=20&steps=100&run=sgd,lr=0.085");
    let (recorder, plot) = swept.draw(LOOK);
    let [x, y] = recorder.discs_of(4.5)[0];
    let share = libm::log(0.085 / swept.rates[0]) / libm::log(swept.rates[1] / swept.rates[0]);
    assert!((x - plot.left - share * plot.width).abs() < 1e-6);
    let nearest = |a: &&[f64; 2], b: &&[f64; 2]| (a[0] - x).abs().total_cmp(&(b[0] - x).abs());
    let points = curve(&recorder);
    let on_curve = points.iter().min_by(nearest).expect("a curve");
    assert!((on_curve[1] - y).abs() < 6.0, "{on_curve:?} {y}");
    let wild = Swept::of("loss=quadratic,kappa=20&steps=100&run=sgd,lr=0.2");
    let (recorder, plot) = wild.draw(LOOK);
    let [_, y] = recorder.discs_of(4.5)[0];
    assert!(y > plot.bottom(), "below the curves");
}

#[test]
fn rows_have_the_colours_of_the_outcomes_and_a_texture() {
    let swept = Swept::of(EIGHT);
    for size in SIZES {
        let (recorder, plot) = swept.draw(Look { size, ..LOOK });
        let palette = Palette::of(Theme::Light);
        for run in 0..8 {
            let mut kinds: Vec<Outcome> = Vec::new();
            for place in 0..PLACES {
                let outcome = swept.fate(run, place).outcome;
                if !kinds.contains(&outcome) {
                    kinds.push(outcome);
                }
            }
            assert!(kinds.len() > 1, "{run}");
        }
        for outcome in [Outcome::Crawls, Outcome::Bounces, Outcome::Diverges] {
            let fill = palette.outcome(outcome).fill;
            let rows = recorder.fills().filter(|(_, color)| *color == fill);
            let areas: Vec<_> = rows.map(|(outline, _)| outline).collect();
            assert!(!areas.is_empty(), "{outcome:?}");
            for point in areas.iter().flat_map(|area| &area.points) {
                assert!(point[1] > plot.bottom() && point[1] < size[1] - 20.0, "{point:?}");
                assert!(point[0] >= plot.left - 1e-6 && point[0] <= plot.right() + 1e-6);
            }
        }
        let faint = palette.on_outcome.with_alpha(0.3);
        assert!(recorder.lines(faint, 2.0).len() >= 6, "hatches of what diverges");
        assert!(recorder.lines(faint, 1.0).len() >= 8, "lines of what crawls");
    }
}

#[test]
fn no_words_cover_each_other_whatever_is_pointed_at() {
    let himmelblau = "loss=himmelblau&run=sgd,lr=0.01&run=adam,lr=0.3&run=line_search";
    for link in [EIGHT, himmelblau, "loss=rastrigin&steps=60&run=lion,lr=0.1&run=barzilai_borwein"]
    {
        let swept = Swept::of(link);
        for size in SIZES {
            for pointed in [None, Some(0), Some(60), Some(140), Some(PLACES - 1)] {
                let (recorder, plot) = swept.draw(Look { size, pointed, ..LOOK });
                let clear = Rect { left: size[0] - 66.0, top: 0.0, width: 66.0, height: 44.0 };
                let texts: Vec<&Word> = recorder.texts().collect();
                for (index, one) in texts.iter().enumerate() {
                    assert!(!overlap(&one.bounds, &clear), "{link} {size:?}: {one:?}");
                    // The box of values lies over what it covers.
                    for other in texts[..index].iter().filter(|_| pointed.is_none()) {
                        let is_apart = !overlap(&one.bounds, &other.bounds);
                        assert!(is_apart, "{link} {size:?}: {one:?} {other:?}");
                    }
                }
                assert!(plot.width > 100.0 && plot.height >= 30.0, "{plot:?}");
            }
        }
    }
}

#[test]
fn the_box_says_rate_outcome_and_final_loss_of_each_run() {
    let swept = Swept::of("loss=quadratic,kappa=20&steps=100&run=sgd,lr=0.085&run=adam");
    for place in [10, 190] {
        let (recorder, _) = swept.draw(Look { pointed: Some(place), ..LOOK });
        let texts: Vec<&str> = recorder.texts().map(|word| word.text.as_str()).collect();
        assert!(texts.contains(&"learning rate 0.123"), "{texts:?}");
        for run in 0..2 {
            let fate = swept.fate(run, place);
            let word = fate.outcome.key();
            let expected = if fate.outcome.diverges() {
                word.to_owned()
            } else {
                format!("{word} {}", text::figure(fate.final_loss, 3))
            };
            assert!(texts.contains(&expected.as_str()), "{expected} in {texts:?}");
        }
    }
}

#[test]
fn numbers_along_the_bottom_stand_at_their_rates() {
    let swept = Swept::of("loss=himmelblau&run=sgd,lr=0.01");
    let (recorder, plot) = swept.draw(LOOK);
    let [low, high] = swept.rates;
    let below = recorder.texts().filter(|word| word.at[1] > plot.bottom() + 10.0);
    let numbers: Vec<(f64, &Word)> =
        below.filter_map(|word| Some((word.text.parse().ok()?, word))).collect();
    assert!(numbers.len() >= 3, "{numbers:?}");
    for (rate, word) in numbers {
        let share = libm::log(rate / low) / libm::log(high / low);
        let x = plot.left + share * plot.width;
        assert!((word.at[0] - x).abs() < 0.2, "{rate}: {word:?}, not {x}");
    }
}

proptest! {
    #![proptest_config(cases(40))]

    #[test]
    fn any_canvas_and_any_part_of_the_work_can_be_drawn(
        width in 0.0_f64..700.0,
        height in 0.0_f64..420.0,
        made in 0_usize..60,
        pointed in proptest::option::of(0..PLACES),
        is_dark in any::<bool>(),
    ) {
        let swept = Swept::partly("steps=30&run=sgd,lr=0.1&run=adam,lr=3&run=sgd,lr=1e9", made);
        let theme = if is_dark { Theme::Dark } else { Theme::Light };
        swept.draw(Look { size: [width, height], theme, pointed });
    }
}
