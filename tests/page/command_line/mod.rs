//! The core without a browser: a link in, CSV out.

mod program;
mod steps;
mod sweep;
mod weights;
