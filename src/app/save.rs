//! Tables that the reader keeps.

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{HtmlElement, Url};

use super::{dom, own_data};

/// How long the browser may take to begin saving, in milliseconds.
const PATIENCE: i32 = 60_000;

/// Hands a table to the browser to be saved as a file with this name.
pub(super) fn table(csv: &str, name: &str) {
    let blob = own_data::blob_of(csv);
    let Some(address) = blob.and_then(|blob| Url::create_object_url_with_blob(&blob).ok()) else {
        return;
    };
    let link: HtmlElement = dom::create("a", "");
    dom::set_attribute(&link, "download", name);
    dom::set_attribute(&link, "href", &address);
    link.click();
    let forget = Closure::once_into_js(move || {
        let _ = Url::revoke_object_url(&address);
    });
    let _ = dom::window()
        .set_timeout_with_callback_and_timeout_and_arguments_0(forget.unchecked_ref(), PATIENCE);
}
