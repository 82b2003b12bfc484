//! What the module offers to other programs in the browser.

use js_sys::{Error, Float64Array, Object, Reflect};
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use crate::descent::{Language, Verdict};
use crate::scenario::decode;
use crate::text;

/// Runs the scenario of `link` without a page: an object with the
/// `Float64Array`s `lr`, `loss`, `gradNorm`, `x` and, with two parameters, `y`,
/// and the word `outcome` with the step it belongs to, `outcomeStep`. `run`
/// picks a run; there is one, 0.
///
/// # Errors
///
/// An `Error` with one line for each part of the link that was refused.
#[wasm_bindgen]
pub fn trajectory(link: &str, run: Option<u32>) -> Result<JsValue, JsValue> {
    let (scenario, refused) = decode(link);
    let text = text::of(Language::English);
    if !refused.is_empty() {
        let lines: Vec<_> = refused.iter().map(|refusal| (text.refusal)(refusal)).collect();
        return Err(Error::new(&lines.join("\n")).into());
    }
    if let Some(run) = run.filter(|run| *run > 0) {
        let given = run.to_string();
        return Err(Error::new(&(text.not_in_range)(&given, "0", "0")).into());
    }
    let loss = scenario.build_loss();
    let trajectory = scenario.descend(loss.as_ref());
    let verdict = Verdict::of(loss.as_ref(), &trajectory);
    let norms: Vec<f64> =
        (0..=trajectory.steps()).map(|step| trajectory.gradient_norm(step)).collect();
    let object = Object::new();
    let set = |key: &str, value: &JsValue| Reflect::set(&object, &key.into(), value).map(drop);
    set("lr", &Float64Array::from(trajectory.learning_rates()).into())?;
    set("loss", &Float64Array::from(trajectory.losses()).into())?;
    set("gradNorm", &Float64Array::from(&norms[..]).into())?;
    for (axis, key) in ["x", "y"].into_iter().enumerate().take(trajectory.dimension()) {
        let values: Vec<f64> = trajectory.component(axis).collect();
        set(key, &Float64Array::from(&values[..]).into())?;
    }
    set("outcome", &verdict.outcome.key().into())?;
    #[expect(clippy::cast_precision_loss, reason = "at most 1,000,000 steps")]
    set("outcomeStep", &JsValue::from_f64(verdict.step as f64))?;
    Ok(object.into())
}
