//! The mathematics: what a step computes, what a run is called, and where theory has the last word.

mod agreement;
mod average;
mod baselines;
mod batches;
#[path = "../cases/mod.rs"]
mod cases;
mod constraints;
mod contract;
mod extreme_rates;
mod golden;
mod gradients;
mod jobs;
mod losses;
mod network;
mod network_rule;
mod newton;
mod odd_samples;
mod outcomes;
mod plateaus;
mod polynomials;
mod precision;
mod pytorch;
mod robust;
mod rules;
mod run;
mod scaling;
mod shapes;
mod sharpness;
mod spectrum;
mod starts;
mod thinned;
