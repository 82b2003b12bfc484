//! Descent Lab: what the learning rate does to gradient descent.
//!
//! The layers, each importing only from those to its right:
//!
//! `app` (the browser) → [`view`] (what is drawn) → [`text`] (words) →
//! [`scenario`] (what is shown, and its link) → [`descent`] (the mathematics).
//!
//! `ARCHITECTURE.md` is the map; it says where a new rule goes.

#[cfg(target_arch = "wasm32")]
pub mod app;
pub mod scenario;
pub mod text;
pub mod view;

pub use ::descent;
