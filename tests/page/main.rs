//! What is said, drawn, read and written around the mathematics, without a browser.

#[path = "../cases/mod.rs"]
mod cases;
mod command_line;
mod drawing;
mod examples;
mod facts;
mod layers;
mod links;
mod looks;
mod presets;
mod python;
mod sweep;
mod tables;
mod verdicts;
