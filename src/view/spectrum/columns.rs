//! Places on the slider, and what became of the runs there.

use crate::descent::{Fate, Outcome};
use crate::scenario::{Place, Spectrum};

/// Neighbouring zones narrower than this share of the strip are drawn as one in
/// the panel: a word or a curve would not fit.
const NARROW: usize = 3;

/// The rates in the middles of so many places over a slider's range.
#[expect(clippy::cast_precision_loss, reason = "some hundreds")]
pub fn place_rates([low, high]: [f64; 2], places: usize) -> impl Iterator<Item = f64> {
    let ratio = libm::log(high / low);
    (0..places)
        .map(move |place| low * libm::exp(ratio * (place as f64 + 0.5) / places.max(1) as f64))
}

/// The place at `x` from the left end of the slider's range, of a strip as wide as
/// `width`.
#[must_use]
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "some hundreds"
)]
pub fn place_of_x(x: f64, width: f64, places: usize) -> usize {
    let at = (x / width.max(1.0)).clamp(0.0, 1.0) * places as f64;
    (at as usize).min(places.saturating_sub(1))
}

/// What is drawn of a place that is known.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Column {
    /// The most frequent outcome.
    pub(super) outcome: Outcome,
    /// How many seeds had each, in the order of [`Outcome::ALL`].
    pub(super) counts: [usize; 6],
    /// Where the curve is: the steps to settle in a minimum, of the middle one of
    /// those that do; at its top where the run crawls; none elsewhere.
    pub(super) height: Option<Height>,
}

/// A place of the curve.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Height {
    /// It settles after so many steps.
    Steps(usize),
    /// It would need more steps than it has.
    More,
}

/// Neighbouring known columns with one outcome.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Zone {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) outcome: Outcome,
}

/// One column a place; none where no run is finished yet: of what is not computed nothing
/// is drawn.
pub(super) fn columns(spectrum: &Spectrum) -> Vec<Option<Column>> {
    spectrum.places().iter().map(column).collect()
}

fn column(place: &Place) -> Option<Column> {
    if place.fates.is_empty() {
        return None;
    }
    let mut counts = [0; 6];
    for fate in &place.fates {
        counts[fate.outcome as usize] += 1;
    }
    let mut outcome = Outcome::Crawls;
    for other in Outcome::ALL {
        if counts[other as usize] > counts[outcome as usize] {
            outcome = other;
        }
    }
    let height = match outcome {
        Outcome::Converges | Outcome::Oscillates => middle(&place.fates).map(Height::Steps),
        Outcome::Crawls => Some(Height::More),
        _ => None,
    };
    Some(Column { outcome, counts, height })
}

/// The steps of the middle one of those that settle in a minimum.
fn middle(fates: &[Fate]) -> Option<usize> {
    let settled = || fates.iter().filter(|fate| fate.settles_in_minimum()).map(|fate| fate.step);
    let half = settled().count() / 2;
    // Of sixteen at most: the one that has so many below it.
    settled().find(|step| {
        let below = settled().filter(|other| other < step).count();
        let equal = settled().filter(|other| other == step).count();
        below <= half && half < below + equal
    })
}

/// The zones of these columns; narrow ones belong to the one right before, if there is one.
pub(super) fn zones(columns: &[Option<Column>]) -> Vec<Zone> {
    let mut zones: Vec<Zone> = Vec::new();
    let known = columns.iter().enumerate();
    for (index, column) in known.filter_map(|(index, column)| Some((index, column.as_ref()?))) {
        match zones.last_mut() {
            Some(zone) if zone.outcome == column.outcome && zone.to == index => {
                zone.to = index + 1;
            }
            _ => zones.push(Zone { from: index, to: index + 1, outcome: column.outcome }),
        }
    }
    let mut wide: Vec<Zone> = Vec::new();
    for zone in zones {
        match wide.last_mut() {
            Some(before)
                if before.to == zone.from
                    && (zone.to - zone.from < NARROW || before.outcome == zone.outcome) =>
            {
                before.to = zone.to;
            }
            _ => wide.push(zone),
        }
    }
    wide
}
