//! The words of the chart: names at the ends of the lines, the value at the
//! playhead.

use super::super::painter::{Align, Color, Painter, Rect, TextStyle, shortened};
use super::super::series::log10;
use super::axes::Axes;
use super::{ChartLine, ChartScene, Label};
use crate::text::figure;

/// Names stand at least so far below each other.
const APART: f64 = 15.0;
/// From the end of a line to its name.
const GAP: f64 = 7.0;
/// From η to its number.
const RATE: f64 = 12.0;
/// From λ to its index.
const LAMBDA: f64 = 8.0;
/// How far a name may stand from the end of its line before it moves to those at
/// the edge.
const ASTRAY: f64 = 46.0;

/// What stands at the end of a line.
pub(super) struct Name<'a> {
    label: Label<'a>,
    text: String,
    color: Color,
    bold: bool,
    width: f64,
    /// Where the line ends.
    pub(super) end: [f64; 2],
    /// Whether it is among the last to be left out.
    pub(super) is_kept: bool,
}

impl<'a> Name<'a> {
    pub(super) fn of(
        painter: &mut dyn Painter,
        label: Label<'a>,
        color: Color,
        bold: bool,
    ) -> Self {
        let text = match label {
            Label::Rate(text) | Label::Name(text) => text,
            Label::Largest => "max",
        }
        .to_owned();
        let mut name = Self { label, text, color, bold, width: 0.0, end: [0.0; 2], is_kept: false };
        name.measure(painter);
        name
    }

    fn style(&self) -> TextStyle {
        let size = if self.label == Label::Largest { 10.0 } else { 12.0 };
        TextStyle { bold: self.bold, middle: true, ..TextStyle::plain(size, self.color) }
    }

    /// Where its text begins.
    fn indent(&self) -> f64 {
        match self.label {
            Label::Rate(_) => RATE,
            Label::Largest => LAMBDA,
            Label::Name(_) => 0.0,
        }
    }

    fn measure(&mut self, painter: &mut dyn Painter) {
        self.width = self.indent() + painter.text_width(&self.text, &self.style());
    }

    /// Cuts the text so that the name is no wider than `room`.
    fn shorten(&mut self, painter: &mut dyn Painter, room: f64) {
        if self.width > room {
            self.text = shortened(painter, &self.text, &self.style(), room - self.indent());
            self.measure(painter);
        }
    }

    /// Writes it, from `x` on with its middle at `y`, with a rim of `halo` that
    /// hides the lines behind it.
    fn write(&self, painter: &mut dyn Painter, [x, y]: [f64; 2], halo: Option<Color>) {
        let style = TextStyle { halo: halo.map(|color| (color, 4.0)), ..self.style() };
        let (letter, lowered) = match self.label {
            Label::Rate(_) => ("η", 0.0),
            Label::Largest => ("λ", 3.0),
            Label::Name(_) => ("", 0.0),
        };
        if !letter.is_empty() {
            let math = TextStyle { size: 14.0, math: true, bold: false, ..style };
            painter.text(letter, [x, y], &math);
        }
        if !self.text.is_empty() {
            painter.text(&self.text, [x + self.indent(), y + lowered], &style);
        }
    }
}

/// Writes a label from `at` on, cut to `room`, with its middle at that height.
pub(super) fn write_label(
    painter: &mut dyn Painter,
    label: Label<'_>,
    color: Color,
    at: [f64; 2],
    room: f64,
) {
    let mut name = Name::of(painter, label, color, false);
    name.shorten(painter, room);
    name.write(painter, at, None);
}

/// The width of a label that is written so.
pub(super) fn label_width(painter: &mut dyn Painter, label: Label<'_>) -> f64 {
    Name::of(painter, label, Color::hex(0), false).width
}

/// The place that a name takes.
fn around([x, y]: [f64; 2], width: f64) -> Rect {
    Rect { left: x, top: y - 0.5 * APART, width, height: APART }
}

fn meets(one: &Rect, other: &Rect) -> bool {
    one.left < other.right() + 2.0
        && other.left < one.right() + 2.0
        && one.top < other.bottom() - 1e-6
        && other.top < one.bottom() - 1e-6
}

impl Axes {
    /// The width that the names want beside the axes.
    pub(super) fn room_for_names(painter: &mut dyn Painter, scene: &ChartScene<'_>) -> f64 {
        room_for(&names(painter, scene))
    }

    /// Writes what stands at the ends of the lines, but for what would lie under
    /// something that has `taken` its place; adds the places of the names to it.
    pub(super) fn draw_names(
        &self,
        painter: &mut dyn Painter,
        scene: &ChartScene<'_>,
        taken: &mut Vec<Rect>,
    ) {
        let mut names = names(painter, scene);
        let ends = scene.lines.iter().map(|line| line.series);
        let ends = ends.chain(scene.ghost.map(|(ghost, _)| ghost));
        let edge = scene.edge.map(|(lines, _)| lines);
        let ends = ends.chain(edge.and_then(|lines| Some(&lines.edge.as_ref()?.0)));
        let ends = ends.chain(edge.and_then(|lines| lines.largest.as_ref()));
        let ends = ends.chain(scene.held_out.map(|(series, _)| series));
        for (name, series) in names.iter_mut().zip(ends) {
            name.end = self.end_of(series);
        }
        self.write_names(painter, names, scene.palette.background, taken);
    }

    /// Writes names that know where their lines end.
    pub(super) fn write_names(
        &self,
        painter: &mut dyn Painter,
        mut names: Vec<Name<'_>>,
        background: Color,
        taken: &mut Vec<Rect>,
    ) {
        let [low, high] = self.heights();
        for name in &mut names {
            name.end[1] = name.end[1].min(high).max(low);
            name.shorten(painter, self.size[0] - self.plot.right() - GAP - 1.0);
        }
        let places = self.places(&names, self.size[0]);
        let before = taken.len();
        for (name, place) in names.iter().zip(places) {
            let Some(place) = place else { continue };
            let room = around(place, name.width);
            if !taken[..before].iter().any(|other| meets(&room, other)) {
                name.write(painter, place, Some(background));
                taken.push(room);
            }
        }
    }

    /// Between which heights the middle of a name may stand.
    fn heights(&self) -> [f64; 2] {
        [self.plot.top + 2.0, self.plot.bottom() - 8.0]
    }

    /// Where the names stand; none for one without room. Those of lines that reach
    /// the last step stand in a column at the edge, the others where their lines
    /// end, or in the column too, where that is taken.
    fn places(&self, names: &[Name<'_>], width: f64) -> Vec<Option<[f64; 2]>> {
        let reaches_edge = |name: &Name<'_>| name.end[0] > self.plot.right() - 1.0;
        let mut in_column: Vec<bool> = names.iter().map(reaches_edge).collect();
        loop {
            let mut places = self.column(names, &in_column);
            let astray = (0..names.len()).filter(|at| !in_column[*at]).find(|&at| {
                let free = self.free_place(names, &places, at, width);
                places[at] = free;
                free.is_none()
            });
            match astray {
                Some(at) => in_column[at] = true,
                None => return places,
            }
        }
    }

    /// The places of the names at the edge, from the top down, pushed apart.
    fn column(&self, names: &[Name<'_>], in_column: &[bool]) -> Vec<Option<[f64; 2]>> {
        let [low, high] = self.heights();
        let low = self.keep_clear.map_or(low, |clear| low.max(clear.bottom() + 0.5 * APART));
        let mut order: Vec<usize> = (0..names.len()).filter(|at| in_column[*at]).collect();
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few")]
        let most = ((high - low) / APART + 1.0).max(1.0) as usize;
        // The selected run's name is the last to be left out.
        while order.len() > most {
            let last = order.iter().rposition(|at| !names[*at].is_kept);
            order.remove(last.unwrap_or(order.len() - 1));
        }
        // From the top down, put in one by one: there are eight at most.
        let mut ordered: Vec<usize> = Vec::with_capacity(order.len());
        for at in order {
            let is_above = |other: &usize| names[*other].end[1] <= names[at].end[1];
            ordered.insert(ordered.partition_point(is_above), at);
        }
        let order = ordered;
        let mut heights: Vec<f64> = order.iter().map(|at| names[*at].end[1].max(low)).collect();
        for index in 1..heights.len() {
            heights[index] = heights[index].max(heights[index - 1] + APART);
        }
        let mut limit = high;
        for height in heights.iter_mut().rev() {
            *height = height.min(limit);
            limit = *height - APART;
        }
        let mut places = vec![None; names.len()];
        for (at, height) in order.into_iter().zip(heights) {
            places[at] = Some([self.plot.right() + GAP, height]);
        }
        places
    }

    /// A place for the name of a line that ends before the edge: where it ends, or
    /// just above or below a name that stands there.
    fn free_place(
        &self,
        names: &[Name<'_>],
        places: &[Option<[f64; 2]>],
        at: usize,
        width: f64,
    ) -> Option<[f64; 2]> {
        let name = &names[at];
        let [x, wanted] = [name.end[0] + GAP, name.end[1]];
        if x + name.width > width {
            return None;
        }
        let others: Vec<Rect> = (places.iter().zip(names))
            .filter_map(|(place, other)| place.map(|place| around(place, other.width)))
            .chain(self.keep_clear)
            .collect();
        let [low, high] = self.heights();
        let middles = others.iter().map(|other| other.top + 0.5 * APART);
        let beside = middles.flat_map(|middle| [middle - APART, middle + APART]);
        let heights = core::iter::once(wanted).chain(beside);
        heights
            .filter(|y| (low..=high).contains(y) && (y - wanted).abs() < ASTRAY)
            .filter(|y| {
                let place = around([x, *y], name.width);
                !others.iter().any(|other| meets(&place, other))
            })
            .min_by(|a, b| (a - wanted).abs().total_cmp(&(b - wanted).abs()))
            .map(|y| [x, y])
    }

    /// Writes the value beside the marker of a single run, on the side that its
    /// line leaves free, farther up or down where that place is `taken`.
    pub(super) fn draw_value(
        &self,
        painter: &mut dyn Painter,
        scene: &ChartScene<'_>,
        line: &ChartLine<'_>,
        taken: &[Rect],
    ) {
        let Some(value) = line.value.filter(|value| self.has_place(*value)) else { return };
        #[expect(clippy::cast_precision_loss, reason = "at most 1,000,000 steps")]
        let now = scene.step as f64;
        let [x, y] = [self.x(now), self.y(log10(value))];
        let text = figure(value, 3);
        let style = TextStyle { bold: true, ..TextStyle::plain(12.0, scene.palette.ink) };
        let width = painter.text_width(&text, &style);
        let is_late = x > self.plot.right() - 60.0;
        let left = if is_late { x - 10.0 - width } else { x + 10.0 };
        let next = line.series.points().iter().find(|(at, _)| *at > now);
        let rises = next.is_some_and(|(_, log)| *log > log10(value));
        let first = if y < self.plot.top + 18.0 || rises { y + 18.0 } else { y - 8.0 };
        let is_free = |baseline: &f64| {
            let place = around([left, baseline - 4.0], width);
            *baseline > 10.0
                && *baseline < self.plot.bottom()
                && !taken.iter().any(|other| meets(&place, other))
        };
        let places = [first, y - 8.0, y + 18.0, y - 23.0, y + 33.0, y - 38.0];
        if let Some(baseline) = places.into_iter().find(is_free) {
            painter.text(&text, [left, baseline], &style.aligned(Align::Left));
        }
    }
}

/// The width that names want beside the axes.
pub(super) fn room_for(names: &[Name<'_>]) -> f64 {
    GAP + 3.0 + names.iter().map(|name| name.width).fold(0.0, f64::max)
}

/// The names of all lines: the runs', the ghost's, the edge's, that of λ_max.
fn names<'a>(painter: &mut dyn Painter, scene: &ChartScene<'a>) -> Vec<Name<'a>> {
    let mut names = Vec::new();
    for (index, line) in scene.lines.iter().enumerate() {
        let name = Name::of(painter, line.label, line.look.text, true);
        names.push(Name { is_kept: index == scene.selected, ..name });
    }
    if let Some((_, label)) = scene.ghost {
        names.push(Name::of(painter, Label::Rate(label), scene.palette.ink_3, false));
    }
    if let Some((lines, edge_name)) = scene.edge {
        if let Some((_, figure)) = &lines.edge {
            let text = if lines.largest.is_some() {
                format!("{edge_name} {figure}")
            } else {
                figure.clone()
            };
            let mut name = Name::of(painter, Label::Name(edge_name), scene.palette.danger, true);
            name.text = text;
            name.measure(painter);
            names.push(Name { is_kept: true, ..name });
        }
        if lines.largest.is_some() {
            let color =
                scene.lines.get(scene.selected).map_or(scene.palette.ink_3, |l| l.look.text);
            names.push(Name::of(painter, Label::Largest, color, false));
        }
    }
    if let Some((_, name)) = scene.held_out {
        let color = scene.lines.get(scene.selected).map_or(scene.palette.ink_3, |l| l.look.text);
        let name = Name::of(painter, Label::Name(name), color, false);
        names.push(Name { is_kept: true, ..name });
    }
    names
}
