//! What the module offers to other programs in the browser.

use js_sys::{Array, Error, Float32Array, Float64Array, Object, Reflect, Uint8ClampedArray};
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use crate::descent::Language;
use crate::scenario::{Scenario, Theme, decode, parameter_names};
use crate::text;
use crate::view::{Contours, Field, HeatPalette, Levels, Ramp, paint_heat};

/// Runs the scenario of `link` without a page: an object with the
/// `Float64Array`s `lr`, `loss`, `gradNorm`, `x` and, with two parameters, `y`; with
/// more these are w0 and w1, and `parameters` is a list with an array for each, of up to
/// 64; and the
/// word `outcome` with the step it belongs to, `outcomeStep`. `run`
/// picks a run, 0 is the first.
///
/// # Errors
///
/// An `Error` with one line for each part of the link that was refused, or if
/// there is no such run.
#[wasm_bindgen]
pub fn trajectory(link: &str, run: Option<u32>) -> Result<JsValue, JsValue> {
    let scenario = accepted(link)?;
    let text = text::of(Language::English);
    let index = run.unwrap_or(0);
    let Some(run) = scenario.runs.get(index as usize) else {
        let last = (scenario.runs.len() - 1).to_string();
        return Err(Error::new(&(text.not_in_range)(&index.to_string(), "0", &last, true)).into());
    };
    let loss = scenario.build_loss();
    let trajectory = scenario.descend(run, loss.as_ref());
    let verdict = scenario.judge(run, loss.as_ref(), &trajectory);
    let norms: Vec<f64> =
        (0..=trajectory.steps()).map(|step| trajectory.gradient_norm(step)).collect();
    let object = Object::new();
    let set = |key: &str, value: &JsValue| Reflect::set(&object, &key.into(), value).map(drop);
    set("lr", &Float64Array::from(trajectory.learning_rates()).into())?;
    set("loss", &Float64Array::from(trajectory.losses()).into())?;
    set("gradNorm", &Float64Array::from(&norms[..]).into())?;
    let parameters = Array::new();
    // Of a network they are too many.
    for axis in 0..parameter_names(trajectory.dimension()).len() {
        let values: Vec<f64> = trajectory.component(axis).collect();
        parameters.push(&Float64Array::from(&values[..]));
    }
    for (key, values) in ["x", "y"].into_iter().zip(parameters.iter()) {
        set(key, &values)?;
    }
    if parameters.length() > 2 {
        set("parameters", &parameters)?;
    }
    set("outcome", &verdict.outcome.key().into())?;
    #[expect(clippy::cast_precision_loss, reason = "at most 1,000,000 steps")]
    set("outcomeStep", &JsValue::from_f64(verdict.step as f64))?;
    Ok(object.into())
}

/// The scenario of a link of which nothing was refused.
fn accepted(link: &str) -> Result<Scenario, JsValue> {
    let (scenario, refused) = decode(link);
    if refused.is_empty() {
        return Ok(scenario);
    }
    let text = text::of(Language::English);
    let lines: Vec<_> = refused.iter().map(|refusal| (text.refusal)(refusal)).collect();
    Err(Error::new(&lines.join("\n")).into())
}

/// The loss at the last step of a link's run: the whole run is made and recorded
/// as for [`trajectory`], but nothing of it is copied. What a benchmark of the
/// descent itself calls.
///
/// # Errors
///
/// As for [`trajectory`].
#[wasm_bindgen(js_name = finalLoss)]
pub fn final_loss(link: &str) -> Result<f64, JsValue> {
    let scenario = accepted(link)?;
    let trajectory = scenario.descend(&scenario.runs[0], scenario.build_loss().as_ref());
    Ok(trajectory.losses()[trajectory.steps()])
}

/// The picture of a grid of positive losses, row by row from the top: the
/// `pixels` of the heat map (`Uint8ClampedArray`, RGBA, one column and row fewer
/// than the grid, for pixels lie between its points) and the `points` of its
/// contours at the given losses (`Float32Array`, x and y in turn).
///
/// # Errors
///
/// An `Error` unless there are `width` × `height` losses, at least two each way,
/// and at most 255 contours.
#[wasm_bindgen(js_name = lossMap)]
pub fn loss_map(
    losses: &[f64],
    width: usize,
    height: usize,
    contours: &[f64],
) -> Result<JsValue, JsValue> {
    if width < 2 || height < 2 || losses.len() != width * height || contours.len() > 255 {
        return Err(Error::new("a loss map needs width × height losses, 2 or more each way").into());
    }
    let field = Field::from_values(width, height, 0.0, losses);
    let spacing = Levels::across(field.range(), field.extent()).spacing;
    let colors = HeatPalette::new(&Ramp::of(Theme::Light), field.range(), spacing);
    let mut pixels = vec![0; 4 * (width - 1) * (height - 1)];
    paint_heat(&field, &colors, width - 1, &mut pixels);
    let levels: Vec<f64> = contours.iter().map(|loss| libm::log10(*loss)).collect();
    let lines = Contours::trace(&field, &levels);
    let points: Vec<f32> = lines.runs().flat_map(|run| run.points).copied().collect();
    let object = Object::new();
    Reflect::set(&object, &"pixels".into(), &Uint8ClampedArray::from(&pixels[..]).into())?;
    Reflect::set(&object, &"points".into(), &Float32Array::from(&points[..]).into())?;
    Ok(object.into())
}
