//! Tables that the reader keeps.

use web_sys::HtmlElement;

use super::dom;

/// Hands a table to the browser to be saved as a file. As a link that holds it: the
/// content security policy leaves downloads alone, and nothing has to be cleared away.
pub(super) fn table(csv: &str) {
    let link: HtmlElement = dom::create("a", "");
    dom::set_attribute(&link, "download", "descent-lab-sweep.csv");
    // Of all its characters only the ends of lines may not stand in an address.
    let csv = csv.replace('\n', "%0A");
    dom::set_attribute(&link, "href", &format!("data:text/csv,{csv}"));
    link.click();
}
