//! 'Copy as Python': the text of scripts is pinned, and run by Python they print what the
//! core computes.

mod cases;
mod execution;
mod names;
mod snapshots;
