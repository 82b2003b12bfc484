//! The link: what it carries there and back, what it refuses, and that it goes
//! on working from version to version.

mod cases;
mod hostile;
mod networks;
mod opened;
mod own;
mod page_cases;
mod plane;
mod refusals;
mod released;
mod round_trip;
mod sentences;
mod validity;
