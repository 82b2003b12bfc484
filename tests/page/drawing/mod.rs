//! Drawing without a screen: every picture onto a recorder that lets nothing
//! pass that a canvas could not show.

mod bounds;
mod boxes;
mod chart;
mod chart_looks;
mod chart_runs;
mod chart_sharpness;
mod data;
mod layers;
mod looks;
mod map;
mod path;
mod rate_scale;
mod recorder;
mod runs;
mod scenes;
mod slice;
mod slivers;
mod spectrum;
mod stage;
mod starts;
mod stops;
mod sweep;
mod ticks;
mod told;
mod vectors;
