//! The skeleton's elements.

use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Document, Element, HtmlElement, MouseEvent, Window};

/// The window.
pub(super) fn window() -> Window {
    web_sys::window().expect("a page has a window")
}

/// The document.
pub(super) fn document() -> Document {
    window().document().expect("a window has a document")
}

/// The element with this id, if the skeleton has it.
pub(super) fn find(id: &str) -> Option<Element> {
    web_sys::window()?.document()?.get_element_by_id(id)
}

/// The element with this id. The skeleton and this program are built together,
/// so one that is missing or of another kind is a mistake of ours.
pub(super) fn element<T: JsCast>(id: &str) -> T {
    find(id).and_then(|element| element.dyn_into().ok()).unwrap_or_else(|| lacks(id))
}

/// Apart, so that the message is not compiled into every look-up.
#[cold]
#[inline(never)]
fn lacks(id: &str) -> ! {
    panic!("the page's skeleton lacks #{id}")
}

/// A new element with a class.
pub(super) fn create<T: JsCast>(tag: &str, class: &str) -> T {
    let element = document().create_element(tag).unwrap_or_else(|_| lacks(tag));
    if !class.is_empty() {
        element.set_class_name(class);
    }
    element.dyn_into().unwrap_or_else(|_| lacks(tag))
}

/// Writes `text` into an element, if it is not there already: writing the same
/// again would make a screen reader say it again.
pub(super) fn set_text(element: &Element, text: &str) {
    if element.text_content().as_deref() != Some(text) {
        element.set_text_content(Some(text));
    }
}

/// Sets an attribute, if it is not so already.
pub(super) fn set_attribute(element: &Element, name: &str, value: &str) {
    if element.get_attribute(name).as_deref() != Some(value) {
        // Fails only for a malformed name.
        let _ = element.set_attribute(name, value);
    }
}

/// Sets a custom property of an element's style, if it is not so already.
pub(super) fn set_property(element: &HtmlElement, name: &str, value: &str) {
    let style = element.style();
    if style.get_property_value(name).is_ok_and(|old| old != value) {
        // Fails only for a malformed name.
        let _ = style.set_property(name, value);
    }
}

/// Calls `react` when a promise is settled, with its value or its error, and frees it then.
pub(super) fn once_settled(promise: &JsValue, react: impl FnOnce(JsValue) + 'static) {
    let react: JsValue = Closure::once_into_js(react);
    let then = js_sys::Reflect::get(promise, &"then".into());
    if let Some(then) = then.ok().and_then(|then| then.dyn_into::<js_sys::Function>().ok()) {
        // Fails only if the page's own code has replaced `then`.
        let _ = then.call2(promise, &react, &react);
    }
}

/// Where a pointer is from the upper left corner of an element, in CSS pixels and their
/// parts: the event's own offsets are whole ones in these bindings.
pub(super) fn place_of(event: &MouseEvent, element: &Element) -> [f64; 2] {
    let number = |name: &str, whole: i32| {
        let exact = js_sys::Reflect::get(event, &name.into()).ok();
        exact.and_then(|value| value.as_f64()).unwrap_or(f64::from(whole))
    };
    let rect = element.get_bounding_client_rect();
    [
        number("clientX", event.client_x()) - rect.left(),
        number("clientY", event.client_y()) - rect.top(),
    ]
}

/// Every element that matches a selector.
pub(super) fn all(selector: &str) -> Vec<HtmlElement> {
    document().body().map_or_else(Vec::new, |body| all_within(&body, selector))
}

/// Every element within another that matches a selector.
pub(super) fn all_within(part: &Element, selector: &str) -> Vec<HtmlElement> {
    let Ok(list) = part.query_selector_all(selector) else { return Vec::new() };
    (0..list.length()).filter_map(|i| list.item(i)?.dyn_into().ok()).collect()
}

/// The element within another that matches a selector; a template and this
/// program are built together.
pub(super) fn within<T: JsCast>(part: &Element, selector: &str) -> T {
    let found = part.query_selector(selector).ok().flatten();
    found.and_then(|element| element.dyn_into().ok()).unwrap_or_else(|| lacks(selector))
}

/// The last child of an element that has one.
pub(super) fn last_child<T: JsCast>(parent: &Element) -> T {
    let last = parent.last_element_child();
    last.and_then(|element| element.dyn_into().ok()).unwrap_or_else(|| lacks("a last child"))
}

/// The element that has the focus.
pub(super) fn focused() -> Option<HtmlElement> {
    document().active_element()?.dyn_into().ok()
}

/// Whether a media query matches now.
pub(super) fn media(query: &str) -> bool {
    window().match_media(query).ok().flatten().is_some_and(|list| list.matches())
}

/// Whether an optional property of an object is there.
pub(super) fn has(object: &JsValue, property: &str) -> bool {
    js_sys::Reflect::get(object, &property.into()).is_ok_and(|value| !value.is_undefined())
}
