//! The map of starts: what becomes of a run from each place of the loss map.

mod legend;
mod look;

pub use legend::{draw_basins, draw_fortune, draw_steps_scale};
pub use look::{Fortune, StartsColors};

use crate::descent::{Ending, StartsMap};
use look::SHADES;

/// The fortune of an ending, and the steps it took.
fn fortune(ending: Ending) -> (Fortune, u32) {
    match ending {
        Ending::Diverges { step } => (Fortune::Diverges, step),
        Ending::Settles { step, minimum: Some(place) } => (Fortune::Minimum(place.into()), step),
        Ending::Settles { step, minimum: None } => (Fortune::OtherMinimum, step),
        Ending::Stalls { step } => (Fortune::Stalls, step),
        Ending::GoesOn => (Fortune::GoesOn, 0),
    }
}

/// How many starts come to what.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StartsCensus {
    /// Every fortune that occurs, minima in their order, with the number of starts.
    pub counts: Vec<(Fortune, usize)>,
    /// How many starts are known.
    pub known: usize,
    /// The steps to settle in a minimum from the darkest shade to the palest: of all
    /// starts but for the fastest and the slowest; none where no start settles.
    pub steps: Option<[u32; 2]>,
    /// The same to diverge.
    diverging: Option<[u32; 2]>,
}

impl StartsCensus {
    /// Counts what is known.
    #[must_use]
    pub fn of(map: &StartsMap) -> Self {
        let mut minima: Vec<usize> = Vec::new();
        let (mut others, mut census) = ([0; 4], Self::default());
        let (mut settling, mut diverging) = (Steps::new(), Steps::new());
        let [columns, rows] = map.size();
        for (column, row) in (0..rows).flat_map(|row| (0..columns).map(move |c| (c, row))) {
            let Some(ending) = map.ending(column, row) else { continue };
            census.known += 1;
            let (fortune, step) = fortune(ending);
            match fortune {
                Fortune::Minimum(place) => {
                    minima.resize(minima.len().max(place + 1), 0);
                    minima[place] += 1;
                }
                Fortune::AnyMinimum | Fortune::OtherMinimum => others[0] += 1,
                Fortune::Diverges => others[1] += 1,
                Fortune::Stalls => others[2] += 1,
                Fortune::GoesOn => others[3] += 1,
            }
            match fortune {
                Fortune::Diverges => diverging.add(step),
                Fortune::Stalls | Fortune::GoesOn => {}
                _ => settling.add(step),
            }
        }
        (census.steps, census.diverging) = (settling.range(), diverging.range());
        let minima = minima.into_iter().enumerate();
        let minima = minima.map(|(place, count)| (Fortune::Minimum(place), count));
        let kinds = [Fortune::OtherMinimum, Fortune::Diverges, Fortune::Stalls, Fortune::GoesOn];
        let all = minima.chain(kinds.into_iter().zip(others));
        census.counts = all.filter(|(_, count)| *count > 0).collect();
        census
    }
}

/// How many runs took how many steps: exactly for few steps, to an eighth for many.
struct Steps([usize; 256]);

impl Steps {
    fn new() -> Self {
        Self([0; 256])
    }

    fn add(&mut self, step: u32) {
        let doublings = step.max(8).ilog2() - 3;
        self.0[(8 * doublings + (step >> doublings)) as usize] += 1;
    }

    /// The steps between which all but a fiftieth of the runs at either end lie: a
    /// few that took very long would leave no shades for the others.
    fn range(&self) -> Option<[u32; 2]> {
        let all: usize = self.0.iter().sum();
        let beyond = all / 50;
        let steps = (0_u32..).map(|place| {
            let doublings = (place / 8).max(1) - 1;
            (place - 8 * doublings) << doublings
        });
        let mut below = 0;
        let mut range = None;
        for (count, step) in self.0.iter().zip(steps).filter(|(count, _)| **count > 0) {
            let [low, _] = range.unwrap_or([step, step]);
            range = Some([if below <= beyond { step } else { low }, step]);
            below += count;
            if below + beyond >= all {
                break;
            }
        }
        range
    }
}

/// The first step of every shade, on a logarithmic scale.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "at most 1,000,000 steps, 32 shades"
)]
fn shade_steps(range: Option<[u32; 2]>) -> [u32; SHADES] {
    let Some([low, high]) = range else { return [0; SHADES] };
    let [low, high] = [low, high].map(|step| f64::from(step) + 1.0);
    core::array::from_fn(|shade| {
        let share = shade as f64 / SHADES as f64;
        libm::ceil(low * libm::pow(high / low, share) - 1.0) as u32
    })
}

/// The map as RGBA bytes, row by row from the top, one pixel a cell. What is not
/// known yet is transparent.
#[must_use]
pub fn starts_image(map: &StartsMap, census: &StartsCensus, colors: &StartsColors) -> Vec<u8> {
    let (settling, diverging) = (shade_steps(census.steps), shade_steps(census.diverging));
    let [columns, rows] = map.size();
    let mut bytes = Vec::with_capacity(4 * columns * rows);
    for (column, row) in (0..rows).flat_map(|row| (0..columns).map(move |c| (c, row))) {
        let pixel = map.ending(column, row).map_or([0; 4], |ending| {
            let (fortune, step) = fortune(ending);
            let shade_of = |steps: &[u32; SHADES]| {
                steps.partition_point(|first| *first <= step).saturating_sub(1)
            };
            let shade = match fortune {
                Fortune::Diverges => shade_of(&diverging),
                Fortune::Stalls | Fortune::GoesOn => SHADES / 2,
                _ => shade_of(&settling),
            };
            colors.cell(fortune, shade, [column, row])
        });
        bytes.extend_from_slice(&pixel);
    }
    bytes
}
