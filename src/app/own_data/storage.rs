//! The browser's own storage, for data that are too large for a link.
//!
//! One database with one store: each entry is an array of names and numbers in turn,
//! its key the time and the fingerprint, so that the oldest stand first.

use js_sys::{Array, Date, Float64Array};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    IdbDatabase, IdbObjectStore, IdbOpenDbRequest, IdbRequest, IdbTransaction, IdbTransactionMode,
};

use super::super::{crash, dom};
use crate::descent::data::{ColumnName, Samples};
use crate::scenario::own_samples;

/// The database and its store.
const NAME: &str = "descent-lab";
/// So many sets are kept, the latest.
const MOST_SETS: usize = 6;

/// Keeps `samples`; calls `failed` where the browser does not.
pub(super) fn keep(samples: &Samples, failed: fn()) {
    let samples = samples.clone();
    with_store(IdbTransactionMode::Readwrite, move |store| {
        if store.is_none_or(|store| put(&store, &samples, failed).is_none()) {
            failed();
        }
    });
}

fn put(store: &IdbObjectStore, samples: &Samples, failed: fn()) -> Option<()> {
    let entry = Array::new();
    for column in samples.columns() {
        let name = match &column.name {
            ColumnName::Known(words) => words.en,
            ColumnName::Own(name) => name,
        };
        entry.push(&name.into());
        entry.push(&Float64Array::from(&column.numbers[..]));
    }
    let fingerprint = hex(samples.fingerprint());
    let time = Date::now().to_string();
    let key = format!("{time:0>16}-{fingerprint}");
    // What does not fit is found out when it is written down.
    let transaction: IdbTransaction = store.transaction();
    let aborted = Closure::once_into_js(failed);
    transaction.set_onabort(Some(aborted.unchecked_ref()));
    store.put_with_key(&entry, &key.into()).ok()?;
    let kept = store.clone();
    then(&store.get_all_keys().ok()?, move |keys| {
        // From the newest: the second of a fingerprint, and what is too many.
        let mut seen = Vec::new();
        for key in Array::from(&keys.unwrap_or_default()).to_vec().into_iter().rev() {
            let print = fingerprint_of(&key);
            if seen.len() == MOST_SETS || seen.contains(&print) {
                let _ = kept.delete(&key);
            } else {
                seen.push(print);
            }
        }
    });
    Some(())
}

/// Looks for samples; hands them to `found`, or nothing.
pub(super) fn fetch(fingerprint: u64, found: fn(u64, Option<Samples>)) {
    with_store(IdbTransactionMode::Readonly, move |store| {
        let keys = store.as_ref().and_then(|store| store.get_all_keys().ok());
        let (Some(store), Some(keys)) = (store, keys) else { return found(fingerprint, None) };
        then(&keys, move |keys| {
            let print = hex(fingerprint);
            let keys = Array::from(&keys.unwrap_or_default()).to_vec();
            let key = keys.into_iter().find(|key| fingerprint_of(key) == print);
            let Some(got) = key.and_then(|key| store.get(&key).ok()) else {
                return found(fingerprint, None);
            };
            then(&got, move |entry| {
                let samples = entry.and_then(|entry| samples_of(&entry));
                // Only what was asked for.
                found(fingerprint, samples.filter(|samples| samples.fingerprint() == fingerprint));
            });
        });
    });
}

/// The fingerprint of 16 digits at the end of a key.
fn fingerprint_of(key: &JsValue) -> String {
    let key = key.as_string().unwrap_or_default();
    key.rsplit('-').next().unwrap_or_default().to_owned()
}

fn hex(fingerprint: u64) -> String {
    format!("{fingerprint:016x}")
}

fn samples_of(entry: &JsValue) -> Option<Samples> {
    let parts = entry.dyn_ref::<Array>()?.to_vec();
    let column = |pair: &[JsValue]| {
        let numbers = pair.get(1)?.dyn_ref::<Float64Array>()?;
        Some((pair[0].as_string()?, numbers.to_vec()))
    };
    let columns: Option<Vec<_>> = parts.chunks(2).map(column).collect();
    let columns = columns.filter(|columns| {
        let rows = columns.first().map_or(0, |(_, numbers)| numbers.len());
        columns.iter().all(|(_, numbers)| numbers.len() == rows)
    });
    columns.map(own_samples)
}

/// Hands the store in a transaction of its own to `use_it`, or nothing where the browser
/// has no storage for this page.
fn with_store(mode: IdbTransactionMode, use_it: impl FnOnce(Option<IdbObjectStore>) + 'static) {
    let factory = dom::window().indexed_db().ok().flatten();
    let Some(open) = factory.and_then(|factory| factory.open_with_u32(NAME, 1).ok()) else {
        return use_it(None);
    };
    let opening: IdbOpenDbRequest = open.clone();
    let upgrade = Closure::once_into_js(move || {
        let database = opening.result().ok().and_then(|result| result.dyn_into().ok());
        database.and_then(|database: IdbDatabase| database.create_object_store(NAME).ok());
    });
    open.set_onupgradeneeded(Some(upgrade.unchecked_ref()));
    then(&open, move |result| {
        let database: Option<IdbDatabase> = result.and_then(|result| result.dyn_into().ok());
        let transaction = database
            .as_ref()
            .and_then(|database| database.transaction_with_str_and_mode(NAME, mode).ok());
        use_it(transaction.and_then(|transaction| transaction.object_store(NAME).ok()));
        // It closes when the transaction is over.
        if let Some(database) = database {
            database.close();
        }
    });
}

/// Calls `react` with the result of a request, or with nothing where it failed.
fn then(request: &IdbRequest, react: impl FnOnce(Option<JsValue>) + 'static) {
    let asked = request.clone();
    let react: Box<dyn FnOnce(Option<JsValue>)> = Box::new(react);
    let done = Closure::once_into_js(move || {
        if !crash::has_crashed() {
            react(asked.result().ok().filter(|result| !result.is_undefined()));
        }
    });
    request.set_onsuccess(Some(done.unchecked_ref()));
    request.set_onerror(Some(done.unchecked_ref()));
}
