//! A painter that writes down what it is asked for, and refuses what a canvas
//! could not show.

use descent_lab::view::{Color, Outline, Painter, Rect, Stroke, TextStyle};

use super::boxes::{around, is_within, width};

/// On a canvas with a side shorter than this words have no room: they may be cut there.
const SLIVER: f64 = 61.0;
/// Farther away than this a canvas, which calculates in single precision, no
/// longer knows where a line goes.
const FARTHEST: f64 = 30_000.0;

/// One thing drawn.
#[derive(Clone, Debug)]
pub(super) enum Mark {
    Stroke(Outline, Vec<Stroke>),
    Fill(Outline, Color),
    Discs(Vec<[f64; 2]>, f64),
    Ring([f64; 2], Stroke),
    Text(Word),
}

/// A text drawn.
#[derive(Clone, Debug)]
pub(super) struct Word {
    pub(super) text: String,
    pub(super) at: [f64; 2],
    pub(super) style: TextStyle,
    pub(super) bounds: Rect,
}

/// What was drawn, in order.
pub(super) struct Recorder {
    pub(super) marks: Vec<Mark>,
    clips: Vec<Rect>,
    canvas: Rect,
    is_sliver: bool,
}

impl Recorder {
    /// An empty canvas of so many CSS pixels.
    pub(super) fn new([width, height]: [f64; 2]) -> Self {
        let canvas = Rect { left: 0.0, top: 0.0, width, height };
        // Swatches of legends are small on purpose, and hold no words.
        let is_sliver = width.min(height) < SLIVER;
        Self { marks: Vec::new(), clips: Vec::new(), canvas, is_sliver }
    }

    /// Every line with its strokes.
    pub(super) fn strokes(&self) -> impl Iterator<Item = (&Outline, &[Stroke])> {
        self.marks.iter().filter_map(|mark| match mark {
            Mark::Stroke(outline, strokes) => Some((outline, &strokes[..])),
            _ => None,
        })
    }

    /// The lines of one colour and width.
    pub(super) fn lines(&self, color: Color, width: f64) -> Vec<&Outline> {
        let is_it = |strokes: &[Stroke]| {
            strokes.iter().any(|s| s.color == color && (s.width - width).abs() < 0.05)
        };
        self.strokes().filter(|(_, strokes)| is_it(strokes)).map(|(outline, _)| outline).collect()
    }

    /// Every text.
    pub(super) fn texts(&self) -> impl Iterator<Item = &Word> {
        self.marks.iter().filter_map(|mark| match mark {
            Mark::Text(text) => Some(text),
            _ => None,
        })
    }

    /// Every area filled.
    pub(super) fn fills(&self) -> impl Iterator<Item = (&Outline, Color)> {
        self.marks.iter().filter_map(|mark| match mark {
            Mark::Fill(outline, color) => Some((outline, *color)),
            _ => None,
        })
    }

    /// The centres of all discs of a radius.
    pub(super) fn discs_of(&self, radius: f64) -> Vec<[f64; 2]> {
        let of_it = |mark: &Mark| match mark {
            Mark::Discs(centers, r) if (r - radius).abs() < 1e-9 => Some(centers.clone()),
            _ => None,
        };
        self.marks.iter().filter_map(of_it).flatten().collect()
    }

    /// Panics unless every clip was ended.
    pub(super) fn finish(&self) {
        assert!(self.clips.is_empty(), "a clip was not ended");
    }

    fn check_color(color: Color) {
        assert!((0.0..=1.0).contains(&color.alpha), "{color:?}");
    }

    fn check_stroke(stroke: &Stroke) {
        Self::check_color(stroke.color);
        assert!(stroke.width.is_finite() && stroke.width > 0.0, "{stroke:?}");
        assert!(stroke.dash.iter().all(|dash| dash.is_finite() && *dash > 0.0), "{stroke:?}");
    }

    fn check_place(place: [f64; 2], what: &str) {
        let is_fine = place.iter().all(|v| v.is_finite() && v.abs() <= FARTHEST);
        assert!(is_fine, "{what} at {place:?}");
    }

    fn check_outline(outline: &Outline) {
        for point in &outline.points {
            Self::check_place(*point, "a line");
        }
        assert_eq!(outline.points.is_empty(), outline.starts.is_empty(), "points without a start");
        assert!(outline.starts.is_sorted() && outline.starts.first().is_none_or(|at| *at == 0));
        assert!(outline.starts.iter().all(|start| *start < outline.points.len()));
    }
}

/// Whether a hyphen stands for a minus: in names it is between two letters.
fn has_false_minus(text: &str) -> bool {
    let is_letter = |c: Option<char>| c.is_some_and(char::is_alphabetic);
    let is_minus = |(at, _): (usize, &str)| {
        let (before, after) = (&text[..at], &text[at + 1..]);
        !(is_letter(before.chars().next_back()) && is_letter(after.chars().next()))
    };
    text.match_indices('-').any(is_minus)
}

#[test]
fn a_hyphen_between_letters_is_no_minus() {
    assert!(has_false_minus("-2") && has_false_minus("1e-5") && has_false_minus("2 - x"));
    assert!(!has_false_minus("L-BFGS") && !has_false_minus("−2"));
}

impl Painter for Recorder {
    fn stroke(&mut self, outline: &Outline, strokes: &[Stroke]) {
        Self::check_outline(outline);
        strokes.iter().for_each(Self::check_stroke);
        assert!(!strokes.is_empty(), "a line without a stroke");
        self.marks.push(Mark::Stroke(outline.clone(), strokes.to_vec()));
    }

    fn fill(&mut self, outline: &Outline, color: Color) {
        Self::check_outline(outline);
        Self::check_color(color);
        self.marks.push(Mark::Fill(outline.clone(), color));
    }

    fn discs(&mut self, centers: &[[f64; 2]], radius: f64, color: Color) {
        for center in centers {
            Self::check_place(*center, "a disc");
        }
        Self::check_color(color);
        assert!(radius.is_finite() && radius > 0.0, "{radius}");
        self.marks.push(Mark::Discs(centers.to_vec(), radius));
    }

    fn rings(&mut self, centers: &[[f64; 2]], radius: f64, stroke: &Stroke) {
        Self::check_stroke(stroke);
        assert!(radius.is_finite() && radius > 0.0, "{radius}");
        for center in centers {
            Self::check_place(*center, "a ring");
            self.marks.push(Mark::Ring(*center, *stroke));
        }
    }

    fn text(&mut self, text: &str, at: [f64; 2], style: &TextStyle) {
        Self::check_place(at, text);
        Self::check_color(style.color);
        assert!(!text.trim().is_empty(), "an empty text at {at:?}");
        for nonsense in ["NaN", "nan", "inf"] {
            assert!(!text.contains(nonsense), "{text:?}");
        }
        assert!(!has_false_minus(text), "{text:?}");
        assert!(style.size >= 10.0 && style.angle.is_finite(), "{text:?} {style:?}");
        let bounds = around(text, at, style);
        let room = self.clips.last().unwrap_or(&self.canvas);
        if self.is_sliver {
            self.marks.push(Mark::Text(Word { text: text.to_owned(), at, style: *style, bounds }));
            return;
        }
        assert!(is_within(&bounds, &self.canvas), "{text:?} leaves the canvas: {bounds:?}");
        assert!(is_within(&bounds, room), "{text:?} is cut: {bounds:?} in {room:?}");
        self.marks.push(Mark::Text(Word { text: text.to_owned(), at, style: *style, bounds }));
    }

    fn text_width(&mut self, text: &str, style: &TextStyle) -> f64 {
        width(text, style)
    }

    fn clip(&mut self, rect: Rect) {
        let is_inside = is_within(&rect, &self.canvas) || self.is_sliver;
        assert!(is_inside && rect.width.is_finite() && rect.height.is_finite(), "{rect:?}");
        self.clips.push(rect);
    }

    fn unclip(&mut self) {
        assert!(self.clips.pop().is_some(), "no clip to end");
    }
}
