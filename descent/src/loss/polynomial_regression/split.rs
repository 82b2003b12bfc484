//! Samples that are learnt from, and those that are held out.

use rand_xoshiro::Xoshiro256PlusPlus;
use rand_xoshiro::rand_core::SeedableRng;

use super::super::super::data::{Samples, mean};
use super::super::super::gradient::permute;
use super::super::Setting;
use super::HELD_OUT_PLACE;
use super::basis::{Basis, MOST};

/// The functions of the x of some samples, and their y.
pub(super) fn columns(
    basis: Basis,
    size: usize,
    samples: &Samples,
    chosen: &[usize],
) -> Vec<Vec<f64>> {
    let mut columns = vec![vec![0.0; chosen.len()]; size + 1];
    let mut features = [0.0; MOST];
    for (row, &sample) in chosen.iter().enumerate() {
        basis.write(samples.column(0)[sample], &mut features[..size]);
        let numbers = features[..size].iter().chain(&samples.target()[sample..=sample]);
        for (column, number) in columns.iter_mut().zip(numbers) {
            column[row] = *number;
        }
    }
    columns
}

/// Which samples are held out and which are learnt from, each in the order of the data;
/// at least one is learnt from.
#[expect(clippy::cast_precision_loss, reason = "a number of samples")]
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "below m")]
pub(super) fn split(setting: &Setting, samples: usize) -> [Vec<usize>; 2] {
    let (share, seed) = (setting[HELD_OUT_PLACE], setting[HELD_OUT_PLACE + 1]);
    let count = libm::round(share * samples as f64) as usize;
    let mut is_held_out = vec![false; samples];
    let mut order: Vec<usize> = (0..samples).collect();
    permute(&mut order, &mut Xoshiro256PlusPlus::seed_from_u64(seed as u64));
    for sample in order.iter().take(count.min(samples.saturating_sub(1))) {
        is_held_out[*sample] = true;
    }
    [true, false].map(|wanted| (0..samples).filter(|at| is_held_out[*at] == wanted).collect())
}

/// A column in units of the samples learnt from: their mean is 0, their standard
/// deviation 1. What is held out takes no part in that.
pub(super) fn standardized(column: &[f64], trained: &[usize]) -> Vec<f64> {
    let learnt: Vec<f64> = trained.iter().map(|sample| column[*sample]).collect();
    let middle = mean(&learnt);
    let squares: Vec<f64> = learnt.iter().map(|v| (v - middle) * (v - middle)).collect();
    let deviation = mean(&squares).sqrt();
    let deviation = if deviation > 0.0 { deviation } else { 1.0 };
    column.iter().map(|v| (v - middle) / deviation).collect()
}
