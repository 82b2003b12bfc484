//! Light or dark.

pub use crate::scenario::Theme;
