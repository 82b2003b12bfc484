//! The page: the only layer that knows the browser.
//!
//! An event becomes a [`message::Message`]; at the next animation frame the page
//! takes all messages that came, and what they made stale is computed and drawn
//! anew, once.

mod address;
mod background;
mod canvas;
mod chrome;
mod clipboard;
mod controls;
mod crash;
mod data_pointer;
mod derived;
mod dom;
mod editing;
mod events;
pub mod export;
mod frame;
mod layer_look;
mod map_pointer;
mod memo;
mod message;
mod notices;
mod own_data;
mod page;
mod playback;
mod prediction;
mod save;
mod script;
mod side;
mod update;
mod values;
pub mod workers;

use wasm_bindgen::prelude::wasm_bindgen;

/// Brings the page to life. Where the module is loaded for its functions only,
/// outside the page or in a worker, it does nothing.
#[wasm_bindgen(start)]
pub fn start() {
    crash::watch();
    if web_sys::window().is_some() && dom::find("map").is_some() {
        page::Page::open();
    }
}
