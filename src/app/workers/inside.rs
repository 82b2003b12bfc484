//! Inside a worker: the jobs it was handed, and what they find.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Array, Date, Float64Array};
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use crate::descent::data::{Samples, Task};
use crate::descent::loss::{Loss, LossRule};
use crate::scenario::{Choice, Finding, Job, Working, decode_with, own_samples};

/// The milliseconds of the first part of a job, so that there is something to see.
const FIRST_MS: f64 = 10.0;
/// The milliseconds of any other: each part is a frame of the page.
const PART_MS: f64 = 40.0;

struct Present {
    id: u32,
    rank: u32,
    loss: Rc<dyn Loss>,
    working: Working,
    is_begun: bool,
}

/// What a loss depends on.
type LossKey = (Choice<LossRule>, Option<u64>);

#[derive(Default)]
struct Desk {
    jobs: Vec<Present>,
    own: Option<Samples>,
    /// The latest loss: its samples may be many.
    loss: Option<(LossKey, Rc<dyn Loss>)>,
}

thread_local! {
    static DESK: RefCell<Desk> = RefCell::default();
}

/// Takes a job on the scenario of a link. `own` holds the reader's samples where they are
/// others than before.
#[wasm_bindgen(js_name = beginJob)]
pub fn begin_job(id: u32, rank: u32, link: &str, own: Option<Array>, job: &[f64]) {
    DESK.with_borrow_mut(|desk| {
        if let Some(own) = own {
            desk.own = Some(samples(&own));
        }
        let (scenario, _) = decode_with(link, &|_| desk.own.clone());
        let key = (scenario.loss.clone(), scenario.own.as_ref().map(Samples::fingerprint));
        let known = desk.loss.take().filter(|(of, _)| *of == key);
        let (key, loss) = known.unwrap_or_else(|| (key, scenario.build_loss().into()));
        desk.loss = Some((key, loss.clone()));
        let job = Job::from_numbers(job);
        if let Some(working) = job.and_then(|job| Working::begin(&scenario, &job)) {
            desk.jobs.push(Present { id, rank, loss, working, is_begun: false });
        }
    });
}

/// Gives up a job.
#[wasm_bindgen(js_name = endJob)]
pub fn end_job(id: u32) {
    DESK.with_borrow_mut(|desk| desk.jobs.retain(|job| job.id != id));
}

/// Works on the job with the lowest rank for a moment: its number, whether it is done, and
/// the numbers of what it found. Nothing where there is no job.
#[wasm_bindgen(js_name = workOn)]
#[must_use]
pub fn work_on() -> Option<Float64Array> {
    DESK.with_borrow_mut(|desk| {
        let job = desk.jobs.iter_mut().min_by_key(|job| (job.rank, job.id))?;
        let end = Date::now() + if job.is_begun { PART_MS } else { FIRST_MS };
        job.is_begun = true;
        let mut found = Vec::new();
        let is_time_up = &mut || Date::now() >= end;
        let is_done = job.working.advance(job.loss.as_ref(), is_time_up, &mut found);
        let mut numbers = vec![f64::from(job.id), f64::from(u8::from(is_done))];
        numbers.extend(found.iter().flat_map(Finding::to_numbers));
        let id = job.id;
        if is_done {
            desk.jobs.retain(|job| job.id != id);
        }
        Some(Float64Array::from(&numbers[..]))
    })
}

/// Samples from what a page wrote of its own.
fn samples(own: &Array) -> Samples {
    let values: Vec<JsValue> = own.iter().collect();
    let Some((has_classes, columns)) = values.split_first() else { return own_samples([]) };
    let column = |pair: &[JsValue]| {
        let name = pair[0].as_string().unwrap_or_default();
        (name, Float64Array::new(&pair[1]).to_vec())
    };
    let task = if has_classes.is_truthy() { Task::Classification } else { Task::Regression };
    own_samples(columns.chunks_exact(2).map(column)).for_task(task)
}
