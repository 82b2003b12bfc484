//! 'Copy as Python': the text of scripts is pinned, and where Python with the
//! packages is present they print what the core computes.

mod cases;
mod execution;
mod names;
mod snapshots;
