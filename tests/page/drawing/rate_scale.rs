//! The ruler of the learning rate.

use descent_lab::descent::Language;
use descent_lab::scenario::Theme;
use descent_lab::text::{self, tick};
use descent_lab::view::{
    Mark, Palette, RateScene, Rect, SIDE, draw_rate_scale, log_ticks, position,
};
use proptest::prelude::*;

use super::boxes::overlap;
use super::recorder::{Mark as Drawn, Recorder, Word};

/// The formulas of best and limit of plain descent, momentum and Nesterov's rule.
type Formula = &'static [(&'static str, bool)];
const FORMULAS: [[Formula; 2]; 3] = [
    [
        &[("2 / (λ", false), ("min", true), (" + λ", false), ("max", true), (")", false)],
        &[("2 / λ", false), ("max", true)],
    ],
    [
        &[("2(1 + β) / (λ", false), ("min", true), (" + λ", false), ("max", true), (")", false)],
        &[("2(1 + β) / λ", false), ("max", true)],
    ],
    [&[], &[("2(1 + β) / ((1 + 2β) λ", false), ("max", true), (")", false)]],
];

const HEIGHT: f64 = 196.0;

/// What a ruler shows.
#[derive(Clone, Copy, Debug)]
struct Ruler {
    width: f64,
    rates: [f64; 2],
    rate: f64,
    previous: Option<f64>,
    best: Option<f64>,
    limit: Option<f64>,
    language: Language,
    limit_at_minimum: Option<f64>,
    are_local: bool,
    /// Whose formulas.
    rule: usize,
}

impl Ruler {
    /// Two decades around a limit at 0.1, as on the first preset.
    fn usual() -> Self {
        Self {
            width: 515.0,
            rates: [0.0025, 0.25],
            rate: 0.085,
            previous: None,
            best: Some(2.0 / 21.0),
            limit: Some(0.1),
            language: Language::English,
            limit_at_minimum: None,
            are_local: false,
            rule: 0,
        }
    }

    fn draw(&self) -> Recorder {
        let mut recorder = Recorder::new([self.width, HEIGHT]);
        let text = text::of(self.language);
        let [best, limit] = FORMULAS[self.rule];
        let palette = Palette::of(Theme::Light);
        let others: Vec<_> =
            [1e-20, self.rates[0], self.rate, 1e20].into_iter().zip(&palette.runs[1..]).collect();
        let scene = RateScene {
            width: self.width,
            palette,
            text,
            rates: self.rates,
            rate: self.rate,
            previous: self.previous,
            others: &others,
            best: self.best.map(|rate| Mark { rate, until: rate, formula: best }),
            limit: self.limit.map(|rate| Mark { rate, until: rate, formula: limit }),
            limit_at_minimum: self.limit_at_minimum,
            are_local: self.are_local,
            silence: Some(if self.limit.is_some() { text.no_best } else { text.no_limit }),
            fastest: None,
            spectrum: None,
        };
        draw_rate_scale(&mut recorder, &scene);
        recorder.finish();
        recorder
    }

    /// 12 + f·(W − 24), f the rate's place between the decades of the ends.
    fn x(&self, rate: f64) -> f64 {
        let [low, high] = self.rates.map(libm::log10);
        12.0 + (libm::log10(rate) - low) / (high - low) * (self.width - 24.0)
    }
}

/// Rulers of all kinds: any width, any range, best at or below the limit or none,
/// marks on the scale or beyond its ends.
fn rulers() -> impl Strategy<Value = Ruler> {
    let range = (-12.0..6.0, 1.0..5.0);
    let marks = (-0.3..1.3, 0.5..1.0, 0..4_u8);
    let language = prop_oneof![Just(Language::English), Just(Language::Chinese)];
    (300.0..760.0, range, marks, (0.0..1.0, 0.0..1.0), language, 0..3_usize).prop_map(
        |(width, (low, decades), (limit, best, which), (rate, previous), language, rule)| {
            let at = |place: f64| libm::pow(10.0, low + place * decades);
            let limit = at(limit);
            Ruler {
                width,
                rates: [at(0.0), at(1.0)],
                rate: at(rate),
                previous: (which > 1).then(|| at(previous)),
                best: (which > 0 && rule < 2).then_some(best * limit),
                limit: Some(limit),
                language,
                limit_at_minimum: (which > 2).then_some(3.7 * limit),
                are_local: which > 2,
                rule,
            }
        },
    )
}

proptest! {

    #[test]
    fn no_word_covers_another(ruler in rulers()) {
        let recorder = ruler.draw();
        let texts: Vec<&Word> = recorder.texts().collect();
        for (index, one) in texts.iter().enumerate() {
            for other in &texts[..index] {
                prop_assert!(
                    !overlap(&one.bounds, &other.bounds),
                    "{:?} {:?} covers {:?} {:?}", one.text, one.bounds, other.text, other.bounds
                );
            }
        }
    }

    #[test]
    fn no_line_goes_through_a_word(ruler in rulers()) {
        let recorder = ruler.draw();
        let palette = Palette::of(Theme::Light);
        let lines = [palette.ink, palette.danger].map(|color| recorder.lines(color, 1.5)).concat();
        for (line, text) in lines.iter().flat_map(|line| recorder.texts().map(move |t| (line, t))) {
            let [[x, top], [_, bottom]] = line.points[..] else { panic!("a straight line") };
            let stroke = Rect { left: x - 0.75, top, width: 1.5, height: bottom - top };
            prop_assert!(!overlap(&stroke, &text.bounds), "{:?} at {:?}, {x}", text.text, text.bounds);
        }
    }

    #[test]
    fn marks_stand_at_their_rates(ruler in rulers()) {
        let palette = Palette::of(Theme::Light);
        let recorder = ruler.draw();
        for (rate, color) in [(ruler.best, palette.ink), (ruler.limit, palette.danger)] {
            let lines = recorder.lines(color, 1.5);
            let expected = rate.map(|rate| ruler.x(rate));
            let [left, right] = [SIDE, ruler.width - SIDE];
            let is_on_scale = expected.is_some_and(|x| x >= left && x <= right);
            let is_beyond = expected.is_none_or(|x| x < left - 1.5 || x > right + 1.5);
            prop_assert!(!is_on_scale || lines.len() == 1, "{rate:?} has no line");
            prop_assert!(!is_beyond || lines.is_empty(), "{rate:?} has a line");
            for point in lines.iter().flat_map(|line| &line.points) {
                // On whole pixels, so up to a half beside its place.
                let x = expected.expect("a line of a rate");
                prop_assert!((point[0] - x).abs() < 1.0 + 1e-6, "{point:?}, not {x}");
                prop_assert!(!is_on_scale || (point[0] - x).abs() <= 0.5 + 1e-6);
            }
        }
    }

    #[test]
    fn numbers_stand_over_their_rates(ruler in rulers()) {
        let recorder = ruler.draw();
        let [low, high] = ruler.rates;
        let ticks = log_ticks(low, high);
        let mut numbers = 0;
        for text in recorder.texts().filter(|text| text.at[1] < 20.0) {
            let named = ticks.iter().find(|(value, _)| tick(*value) == text.text);
            let (value, _) = named.expect("a number of the scale");
            let middle = text.bounds.left + 0.5 * text.bounds.width;
            let is_at_end = text.bounds.left < 6.0 || text.bounds.right() > ruler.width - 6.0;
            let off = (middle - ruler.x(*value)).abs();
            prop_assert!(off < 1.0 || is_at_end && off < text.bounds.width, "{}: {off}", text.text);
            numbers += 1;
        }
        prop_assert!(numbers >= 1, "a scale without a number");
        let rule = recorder.lines(Palette::of(Theme::Light).line_2, 1.0);
        prop_assert_eq!(rule.len(), 1);
        for line in rule[0].polylines() {
            let x = line[0][0];
            let near = ticks.iter().any(|(value, _)| (ruler.x(*value) - x).abs() <= 0.5 + 1e-6);
            prop_assert!(near, "a tick at {x} of no rate");
        }
    }

    #[test]
    fn the_place_of_a_rate_is_logarithmic(ruler in rulers(), place in 0.0..1.0) {
        let [low, high] = ruler.rates;
        let rate = low * libm::pow(high / low, place);
        prop_assert!((position(ruler.rates, rate) - place).abs() < 1e-9);
        prop_assert!((ruler.x(rate) - (SIDE + place * (ruler.width - 2.0 * SIDE))).abs() < 1e-6);
    }
}

#[test]
fn the_first_preset_has_both_marks_side_by_side() {
    let ruler = Ruler::usual();
    let recorder = ruler.draw();
    let texts: Vec<&str> = recorder.texts().map(|text| text.text.as_str()).collect();
    for word in ["best ", "0.0952", "limit ", "0.100", "2 / λ", "2 / (λ"] {
        assert!(texts.contains(&word), "{word:?} is not among {texts:?}");
    }
    let find = |word: &str| recorder.texts().find(|text| text.text == word).expect("it is there");
    assert!(find("0.0952").bounds.right() < ruler.x(2.0 / 21.0), "best hangs on the left");
    assert!(find("limit ").bounds.left > ruler.x(0.1), "limit on the right");
}

#[test]
fn what_theory_does_not_say_is_said() {
    for language in Language::ALL {
        let words = text::of(language);
        let said = |ruler: &Ruler| -> Vec<String> {
            ruler.draw().texts().map(|text| text.text.clone()).collect()
        };
        let usual = Ruler { language, ..Ruler::usual() };
        let no_best = said(&Ruler { best: None, ..usual });
        assert!(no_best.iter().any(|text| text == words.no_best), "{no_best:?}");
        assert!(no_best.iter().any(|text| text.trim() == words.limit), "{no_best:?}");
        let no_limit = said(&Ruler { best: None, limit: None, ..usual });
        assert!(no_limit.iter().any(|text| text == words.no_limit), "{no_limit:?}");
        assert!(!no_limit.iter().any(|text| text.trim() == words.limit), "{no_limit:?}");
    }
}

#[test]
fn a_mark_beyond_the_scale_is_an_arrow_at_its_end() {
    let said = |limit: f64| {
        let ruler = Ruler { best: None, limit: Some(limit), ..Ruler::usual() };
        let recorder = ruler.draw();
        assert!(recorder.lines(Palette::of(Theme::Light).danger, 1.5).is_empty());
        recorder.texts().map(|text| text.text.clone()).collect::<Vec<_>>()
    };
    assert!(said(0.5).contains(&"0.500 →".to_owned()), "{:?}", said(0.5));
    assert!(said(1e-3).contains(&"← 0.00100".to_owned()), "{:?}", said(1e-3));
}

#[test]
fn other_runs_stand_on_the_track_as_their_markers() {
    let ruler = Ruler::usual();
    let recorder = ruler.draw();
    let looks = &Palette::of(Theme::Light).runs;
    for (look, expected) in
        looks[1..5].iter().zip([SIDE, SIDE, ruler.x(ruler.rate), ruler.width - SIDE])
    {
        let found: Vec<_> = recorder.fills().filter(|(_, color)| *color == look.line).collect();
        if expected == ruler.x(ruler.rate) {
            assert!(found.is_empty(), "it would lie on the thumb");
            continue;
        }
        assert_eq!(found.len(), 1, "{}", look.letter);
        let xs = found[0].0.points.iter().map(|point| point[0]);
        let (least, most) = (xs.clone().fold(f64::INFINITY, f64::min), xs.fold(0.0, f64::max));
        assert!((0.5 * (least + most) - expected).abs() < 0.01, "{}", look.letter);
        assert!((8.0..=13.5).contains(&(most - least)), "{}", look.letter);
    }
}

#[test]
fn what_theory_does_not_say_has_a_row_of_its_own_on_a_narrow_page() {
    let words = text::of(Language::English).no_best;
    let ruler = Ruler { width: 300.0, best: None, rule: 2, ..Ruler::usual() };
    let recorder = ruler.draw();
    let quiet: Vec<&Word> =
        recorder.texts().filter(|text| text.at[1] > 160.0 && text.at[0] == SIDE).collect();
    let [quiet] = quiet[..] else { panic!("{} rows", quiet.len()) };
    assert_eq!(quiet.text, words);
    let limit = recorder.texts().find(|text| text.text.contains("limit")).expect("named");
    assert!(quiet.at[1] > limit.at[1] + 10.0);
}

#[test]
fn the_previous_rate_is_a_dashed_ring_on_the_track() {
    let rings = |previous: f64| {
        let ruler = Ruler { previous: Some(previous), ..Ruler::usual() };
        let recorder = ruler.draw();
        let marks = recorder.marks.into_iter().filter_map(|mark| match mark {
            Drawn::Ring(center, stroke) => Some((center[0], stroke.dash.len())),
            _ => None,
        });
        marks.collect::<Vec<_>>()
    };
    let found = rings(0.02);
    assert!(found.len() == 1 && found[0].1 > 0, "{found:?}");
    assert!((found[0].0 - Ruler::usual().x(0.02)).abs() < 1e-9);
    assert_eq!(rings(0.0851), [], "under the thumb it would not be seen");
    assert_eq!(rings(1.0), [], "beyond the scale");
}

#[test]
fn marks_that_hold_near_the_point_only_say_so() {
    let said = |are_local| {
        let recorder = Ruler { are_local, ..Ruler::usual() }.draw();
        let words: Vec<String> = recorder.texts().map(|word| word.text.clone()).collect();
        words.iter().any(|word| word == "best here ")
            && words.iter().any(|word| word == "limit here ")
    };
    assert!(said(true) && !said(false));
}
