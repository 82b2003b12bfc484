//! Where on their lines the labels of contours stand.

use super::contour::{Contours, Run};
use super::levels::Level;

/// Width of a digit of a label, in CSS pixels (11 px type).
const DIGIT: f32 = 6.2;

/// Height of a label.
const HEIGHT: f32 = 11.0;

/// What a label keeps free around itself.
const MARGIN: f32 = 5.0;

/// How far the middle of its piece of line may bend away from a label's axis.
const BEND: f32 = 2.5;

/// What the places of labels depend on beside the lines. Everything is in CSS
/// pixels from the upper left corner of the map.
#[derive(Clone, Copy, Debug)]
pub(super) struct Room<'a> {
    /// Width and height of the map.
    pub size: [f32; 2],
    /// CSS pixels from one sample of the field to the next.
    pub scale: f32,
    /// The point (a minimum) around which the labels stand in a row, to the upper
    /// right.
    pub anchor: Option<[f32; 2]>,
    /// Rectangles (left, top, right, bottom) in which no label may stand: a legend,
    /// the start, marks of minima.
    pub keep_clear: &'a [[f32; 4]],
}

/// A label on its line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Label {
    /// Index of its level.
    pub level: usize,
    /// Its middle, in CSS pixels from the left edge of the map.
    pub x: f32,
    /// The same from the top.
    pub y: f32,
    /// Its turn in radians, clockwise as on a canvas, between −π/2 and π/2: never
    /// upside down.
    pub angle: f32,
}

impl Label {
    /// Sine and cosine of its turn. In 64 bits, as losses take them: those of 32
    /// would be on the page for this alone.
    #[expect(clippy::cast_possible_truncation, reason = "pixels of a screen")]
    fn direction(&self) -> (f32, f32) {
        let angle = f64::from(self.angle);
        (libm::sin(angle) as f32, libm::cos(angle) as f32)
    }
}

/// A possible place: the smaller its cost, the better.
struct Place {
    label: Label,
    cost: f32,
}

/// A place for the label of each major level that has one.
#[must_use]
pub(super) fn place(contours: &Contours, levels: &[Level], room: &Room<'_>) -> Vec<Label> {
    let ink = Ink::of(contours, room);
    let mut taken = room.keep_clear.to_vec();
    let mut labels = Vec::new();
    // From the lowest upwards: short lines around a minimum have few places.
    for (index, level) in levels.iter().enumerate() {
        if level.label.is_empty() {
            continue;
        }
        #[expect(clippy::cast_precision_loss, reason = "a few characters")]
        let length = level.label.chars().count() as f32 * DIGIT;
        let is_free = |label: &Label| {
            let bounds = bounds(label, length);
            is_inside(bounds, room.size) && !taken.iter().any(|&taken| overlap(bounds, taken))
        };
        let best = contours
            .runs()
            .filter(|run| run.level == index)
            .flat_map(|run| places_on(&run, length, room))
            .filter(|place| is_free(&place.label))
            .filter_map(|Place { label, cost }| {
                // The line itself, and what else the label would cover.
                let covered = ink.under(&label, length) / length - 1.0;
                (covered < 1.5).then_some(Place { label, cost: cost + 0.5 * covered })
            })
            .min_by(|one, other| one.cost.total_cmp(&other.cost));
        if let Some(Place { label, .. }) = best {
            taken.push(bounds(&label, length));
            labels.push(label);
        }
    }
    labels
}

/// How much line there is in each square of the map.
struct Ink {
    columns: usize,
    lengths: Vec<f32>,
}

impl Ink {
    /// Side of a square in CSS pixels.
    const SIDE: f32 = 3.0;

    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a screen")]
    fn of(contours: &Contours, room: &Room<'_>) -> Self {
        let [columns, rows] = room.size.map(|side| (side / Self::SIDE) as usize + 1);
        let mut ink = Self { columns, lengths: vec![0.0; columns * rows] };
        for run in contours.runs() {
            for piece in run.points.windows(4).step_by(2) {
                let [x0, y0, x1, y1] = [piece[0], piece[1], piece[2], piece[3]];
                let middle = [0.5 * (x0 + x1) * room.scale, 0.5 * (y0 + y1) * room.scale];
                if let Some(square) = ink.square(middle) {
                    ink.lengths[square] += distance([x0, y0], [x1, y1]) * room.scale;
                }
            }
        }
        ink
    }

    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a screen")]
    fn square(&self, [x, y]: [f32; 2]) -> Option<usize> {
        let (column, row) = ((x / Self::SIDE) as usize, (y / Self::SIDE) as usize);
        let square = row * self.columns + column;
        (column < self.columns && square < self.lengths.len()).then_some(square)
    }

    /// The length of line under a label: each point of a lattice over it stands for a
    /// quarter of the square that it lies in.
    fn under(&self, label: &Label, length: f32) -> f32 {
        const PITCH: f32 = 0.5 * Ink::SIDE;
        let (sin, cos) = label.direction();
        let mut total = 0.0;
        let mut along = 0.5 * (PITCH - length);
        while along < 0.5 * length {
            let mut across = 0.5 * (PITCH - HEIGHT);
            while across < 0.5 * HEIGHT {
                let [dx, dy] = [along * cos - across * sin, along * sin + across * cos];
                let square = self.square([label.x + dx, label.y + dy]);
                total += square.map_or(0.0, |square| 0.25 * self.lengths[square]);
                across += PITCH;
            }
            along += PITCH;
        }
        total
    }
}

/// The upright rectangle that a label fills, with its margin.
fn bounds(label: &Label, length: f32) -> [f32; 4] {
    let (sin, cos) = label.direction();
    let sin = sin.abs();
    let half_width = 0.5 * (length * cos + HEIGHT * sin) + MARGIN;
    let half_height = 0.5 * (length * sin + HEIGHT * cos) + MARGIN;
    [label.x - half_width, label.y - half_height, label.x + half_width, label.y + half_height]
}

fn is_inside([left, top, right, bottom]: [f32; 4], [width, height]: [f32; 2]) -> bool {
    left >= 0.0 && top >= 0.0 && right <= width && bottom <= height
}

fn overlap(one: [f32; 4], other: [f32; 4]) -> bool {
    one[0] < other[2] && other[0] < one[2] && one[1] < other[3] && other[1] < one[3]
}

/// The places along a run that are straight enough for a label of this length.
fn places_on(run: &Run<'_>, length: f32, room: &Room<'_>) -> Vec<Place> {
    let points: Vec<[f32; 2]> = run
        .points
        .chunks_exact(2)
        .map(|point| [point[0] * room.scale, point[1] * room.scale])
        .collect();
    // Around a closed run a label may also stand where it begins.
    let turns = if run.is_closed { 2 } else { 1 };
    let points: Vec<[f32; 2]> = points.iter().copied().cycle().take(points.len() * turns).collect();
    let half = 0.5 * length + 2.0;
    let mut along = Vec::with_capacity(points.len());
    let mut total = 0.0;
    let mut previous = points[0];
    for &point in &points {
        total += distance(previous, point);
        along.push(total);
        previous = point;
    }
    #[expect(clippy::cast_precision_loss, reason = "one or two")]
    let once = total / turns as f32;
    if once < 4.0 * half {
        return Vec::new();
    }
    let (mut first, mut last, mut next) = (0, 0, half);
    let mut places = Vec::new();
    for (middle, &at) in along.iter().enumerate() {
        if at < next || at + half > total {
            continue;
        }
        next = at + 0.5 * half;
        while along[first + 1] < at - half {
            first += 1;
        }
        while along[last] < at + half {
            last += 1;
        }
        places.extend(judge(run.level, [points[first], points[middle], points[last]], room));
    }
    places
}

/// The place of a label on the piece of line from `start` over `middle` to `end`.
fn judge(level: usize, [start, middle, end]: [[f32; 2]; 3], room: &Room<'_>) -> Option<Place> {
    let [dx, dy] = [end[0] - start[0], end[1] - start[1]];
    let (dx, dy) = if dx < 0.0 { (-dx, -dy) } else { (dx, dy) };
    let chord = (dx * dx + dy * dy).sqrt();
    let across = (middle[0] - start[0]) * dy - (middle[1] - start[1]) * dx;
    let bend = (across / chord).abs();
    if bend.is_nan() || bend > BEND {
        return None;
    }
    let label = Label { level, x: middle[0], y: middle[1], angle: libm::atan2f(dy, dx) };
    // Level labels read best; those of one map in a row along a ray are found first.
    let tilt = dy.abs() / chord;
    let aside = match room.anchor {
        Some(anchor) => off_ray([middle[0] - anchor[0], middle[1] - anchor[1]]),
        None => distance(middle, [0.5 * room.size[0], 0.5 * room.size[1]]) / room.size[0],
    };
    Some(Place { label, cost: 0.5 * tilt + 0.3 * bend / BEND + 2.0 * aside })
}

/// How far from the ray to the upper right a direction points: 0 on it, 1 opposite.
fn off_ray([dx, dy]: [f32; 2]) -> f32 {
    const RAY: [f32; 2] = [0.423, -0.906];
    let length = (dx * dx + dy * dy).sqrt().max(1e-3);
    0.5 - 0.5 * (dx * RAY[0] + dy * RAY[1]) / length
}

fn distance(one: [f32; 2], other: [f32; 2]) -> f32 {
    let [dx, dy] = [one[0] - other[0], one[1] - other[1]];
    (dx * dx + dy * dy).sqrt()
}

#[cfg(test)]
mod tests {
    use super::super::field::Field;
    use super::super::levels::Levels;
    use super::*;
    use crate::descent::loss::{self, LOSSES, LossRule};

    const SIZE: [f32; 2] = [776.0, 664.0];

    fn map(key: &str, window: Option<[f64; 4]>) -> (Contours, Levels) {
        let rule = loss::find(key).expect("listed");
        let knobs = rule.defaults();
        let loss = (rule.build)(&knobs);
        let window = window.unwrap_or((rule.window)(&knobs));
        let field = Field::sample(loss.as_ref(), (rule.lowest)(&knobs), window, [776, 664], 2);
        let levels = Levels::across(field.range(), field.extent());
        (Contours::trace(&field, &levels.log_losses()), levels)
    }

    fn room(anchor: Option<[f32; 2]>, keep_clear: &[[f32; 4]]) -> Room<'_> {
        Room { size: SIZE, scale: 2.0, anchor, keep_clear }
    }

    /// How far `label` is from the nearest vertex of its level.
    fn distance_to_line(contours: &Contours, label: &Label) -> f32 {
        contours
            .runs()
            .filter(|run| run.level == label.level)
            .flat_map(|run| run.points.as_chunks::<2>().0)
            .map(|[x, y]| distance([2.0 * x, 2.0 * y], [label.x, label.y]))
            .fold(f32::INFINITY, f32::min)
    }

    #[test]
    fn labels_stand_upright_on_their_lines_inside_the_map_and_apart() {
        let legend = [560.0, 540.0, 766.0, 654.0];
        // A network has a map of a plane alone.
        let few = |rule: &&&LossRule| rule.dimension(&rule.defaults()) < 9;
        for rule in LOSSES.iter().filter(few) {
            let (contours, levels) = map(rule.key, None);
            let keep_clear = [legend];
            let labels = place(&contours, &levels.list, &room(None, &keep_clear));
            assert!(!labels.is_empty(), "{}", rule.key);
            let mut taken = vec![legend];
            for label in labels {
                let level = &levels.list[label.level];
                assert!(level.is_major);
                assert!(distance_to_line(&contours, &label) < 1.5, "{}: {label:?}", rule.key);
                assert!(label.angle.abs() <= core::f32::consts::FRAC_PI_2);
                #[expect(clippy::cast_precision_loss, reason = "a few characters")]
                let bounds = bounds(&label, level.label.chars().count() as f32 * DIGIT);
                assert!(is_inside(bounds, SIZE), "{}: {label:?}", rule.key);
                assert!(!taken.iter().any(|other| overlap(bounds, *other)), "{}", rule.key);
                taken.push(bounds);
            }
        }
    }

    #[test]
    fn labels_of_a_bowl_stand_on_a_ray_from_its_minimum() {
        let (contours, levels) = map("quadratic", Some([-4.0, 4.0, -3.42, 3.42]));
        let anchor = [388.0, 332.0];
        let labels = place(&contours, &levels.list, &room(Some(anchor), &[]));
        assert!(labels.len() >= 3);
        for label in labels {
            let off = off_ray([label.x - anchor[0], label.y - anchor[1]]);
            assert!(off < 0.15, "{label:?} is {off} off the ray");
        }
    }

    #[test]
    fn labels_follow_the_slant_of_their_lines() {
        let (contours, levels) = map("matyas", None);
        let labels = place(&contours, &levels.list, &room(None, &[]));
        // The valley runs along x = y, upwards to the right on a screen whose y
        // points down.
        assert!(labels.iter().any(|label| label.angle < -0.5));
        assert!(labels.iter().all(|label| label.angle < 0.2));
    }

    #[test]
    fn a_map_that_is_full_has_no_labels() {
        let (contours, levels) = map("booth", None);
        let full = [[0.0, 0.0, SIZE[0], SIZE[1]]];
        assert_eq!(place(&contours, &levels.list, &room(None, &full)), []);
        assert_eq!(place(&Contours::default(), &levels.list, &room(None, &[])), []);
    }

    #[test]
    fn a_label_does_not_cover_lines_that_crowd() {
        // In the ravine of Rosenbrock's valley lines are a pixel apart.
        let (contours, levels) = map("rosenbrock", None);
        let room = room(None, &[]);
        let ink = Ink::of(&contours, &room);
        for label in place(&contours, &levels.list, &room) {
            #[expect(clippy::cast_precision_loss, reason = "a few characters")]
            let length = levels.list[label.level].label.chars().count() as f32 * DIGIT;
            let covered = ink.under(&label, length);
            assert!(covered > 0.0, "the line itself");
            assert!(covered < 2.5 * length, "{label:?} covers {covered} px of line");
        }
    }
}
