//! Threads beside the page's own: workers that compute parts of long work.
//!
//! A worker runs the page's module once more. It is handed a job as a link and numbers, and
//! what it finds comes back as numbers: [`Message::Found`](super::message::Message::Found).
//! Workers are begun when the first long work comes, and ended when none has come for a
//! while, which gives their memory back. Where none can be begun, or one is lost, the page
//! computes the same by itself.

pub mod inside;
mod shared;

pub(super) use shared::{Order, Shared};

use std::cell::RefCell;

use js_sys::{Array, Float64Array, Object, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Event, MessageEvent, Worker, WorkerOptions, WorkerType};

use super::message::Message;
use super::{background, dom, page};
use crate::descent::data::{ColumnName, Samples};
use crate::scenario::{Job, Scenario};

/// The most workers: each has memory of its own.
const MOST: usize = 4;
/// A worker with a job is lost when nothing was heard of it for so many milliseconds. It
/// says something between any two steps of a run.
const LOST_MS: f64 = 10_000.0;
/// Workers without jobs are ended after so many milliseconds.
const IDLE_MS: f64 = 30_000.0;
/// The milliseconds between two looks at them.
const LOOK_MS: i32 = 2_000;

/// How soon a job is computed beside others: the lowest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rank {
    Spectrum,
    Sweep,
    Starts,
}

struct Member {
    worker: Worker,
    is_ready: bool,
    /// When it was last heard of.
    heard: f64,
    jobs: Vec<u32>,
    /// The fingerprint of the samples that it was sent last.
    own: Option<u64>,
}

#[derive(Default)]
struct Pool {
    members: Vec<Member>,
    /// The number of the latest job.
    latest: u32,
    /// Whether one could not be begun, or was lost: then the page computes by itself.
    is_refused: bool,
    is_watched: bool,
    /// Since when there is no job.
    idle_since: f64,
}

thread_local! {
    static POOL: RefCell<Pool> = RefCell::default();
}

/// The number of workers ready for jobs.
fn ready() -> usize {
    POOL.with_borrow(|pool| pool.members.iter().filter(|member| member.is_ready).count())
}

/// Begins workers where there are none. They are ready some frames later.
fn begin() {
    POOL.with_borrow_mut(|pool| {
        if pool.members.is_empty() && !pool.is_refused {
            pool.begin();
        }
    });
}

/// Whether some job is being computed.
pub(super) fn are_busy() -> bool {
    POOL.with_borrow(|pool| pool.members.iter().any(|member| !member.jobs.is_empty()))
}

/// Hands a job on a scenario to the ready worker with the fewest jobs; its number. `None`
/// where there is no worker.
fn hand(scenario: &Scenario, link: &str, job: &Job, rank: Rank) -> Option<u32> {
    POOL.with_borrow_mut(|pool| {
        pool.latest = pool.latest.wrapping_add(1);
        let id = pool.latest;
        let ready = pool.members.iter_mut().filter(|member| member.is_ready);
        let member = ready.min_by_key(|member| member.jobs.len())?;
        let message = Object::new();
        set(&message, "id", &id.into());
        set(&message, "rank", &(rank as u32).into());
        set(&message, "link", &link.into());
        if let Some(own) = &scenario.own
            && member.own != Some(own.fingerprint())
        {
            member.own = Some(own.fingerprint());
            set(&message, "own", &columns(own));
        }
        set(&message, "job", &Float64Array::from(&job.to_numbers()[..]));
        member.worker.post_message(&message).ok()?;
        if member.jobs.is_empty() {
            member.heard = background::now();
        }
        member.jobs.push(id);
        Some(id)
    })
}

/// Ends a job that nobody waits for any more.
fn end(id: u32) {
    POOL.with_borrow_mut(|pool| {
        for member in &mut pool.members {
            if member.jobs.contains(&id) {
                member.jobs.retain(|job| *job != id);
                let message = Object::new();
                set(&message, "id", &id.into());
                // Fails only for messages that cannot be copied.
                let _ = member.worker.post_message(&message);
            }
        }
        pool.rest_if_idle();
    });
}

impl Pool {
    fn begin(&mut self) {
        let cores = dom::window().navigator().hardware_concurrency();
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few")]
        let count = (cores as usize).saturating_sub(1).clamp(1, MOST);
        for _ in 0..count {
            let Some(worker) = begin_worker() else {
                self.is_refused = self.members.is_empty();
                break;
            };
            let heard = background::now();
            let member = Member { worker, is_ready: false, heard, jobs: Vec::new(), own: None };
            self.members.push(member);
        }
        self.idle_since = background::now();
        if !self.is_watched && !self.members.is_empty() {
            self.is_watched = true;
            look_later();
        }
    }

    fn rest_if_idle(&mut self) {
        if self.members.iter().all(|member| member.jobs.is_empty()) {
            self.idle_since = background::now();
        }
    }

    /// Takes a worker out; its jobs.
    fn lose(&mut self, at: usize) -> Vec<u32> {
        let Member { worker, jobs, .. } = self.members.remove(at);
        worker.terminate();
        // One that dies may be followed by another that does; the page itself does not.
        self.is_refused = true;
        jobs
    }

    /// The place of a worker among the members.
    fn place(&self, worker: &Worker) -> Option<usize> {
        self.members.iter().position(|member| member.worker == *worker)
    }
}

/// Where the page's JavaScript and the script of workers are.
fn begin_worker() -> Option<Worker> {
    let glue = dom::document().query_selector("link[rel=modulepreload]").ok()??;
    let glue = Reflect::get(&glue, &"href".into()).ok()?;
    let options = WorkerOptions::new();
    options.set_type(WorkerType::Module);
    let worker = Worker::new_with_options("./worker.js", &options).ok()?;
    listen(&worker);
    let message = Object::new();
    set(&message, "glue", &glue);
    set(&message, "module", &wasm_bindgen::module());
    worker.post_message(&message).ok()?;
    Some(worker)
}

fn listen(worker: &Worker) {
    let of = worker.clone();
    let hear = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        hear(&of, &event.data());
    });
    worker.set_onmessage(Some(hear.as_ref().unchecked_ref()));
    // The worker lives as long as the page, or until it is lost.
    hear.forget();
    let of = worker.clone();
    let lose = Closure::<dyn FnMut(Event)>::new(move |_: Event| lose(&of));
    worker.set_onerror(Some(lose.as_ref().unchecked_ref()));
    lose.forget();
}

/// Takes what a worker says: that it is ready, what a job has found, or that it cannot go on.
fn hear(worker: &Worker, said: &JsValue) {
    let Some(numbers) = said.dyn_ref::<Float64Array>() else {
        if said.is_string() {
            POOL.with_borrow_mut(|pool| {
                if let Some(at) = pool.place(worker) {
                    pool.members[at].is_ready = true;
                    pool.members[at].heard = background::now();
                }
            });
            background::ask();
        } else {
            lose(worker);
        }
        return;
    };
    let mut numbers = numbers.to_vec();
    let found = numbers.split_off(numbers.len().min(2));
    let &[id, is_done] = &numbers[..] else { return };
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a job's number")]
    let (id, is_done) = (id as u32, is_done > 0.0);
    let is_wanted = POOL.with_borrow_mut(|pool| {
        let Some(at) = pool.place(worker) else { return false };
        let member = &mut pool.members[at];
        member.heard = background::now();
        let is_wanted = member.jobs.contains(&id);
        if is_done {
            member.jobs.retain(|job| *job != id);
            pool.rest_if_idle();
        }
        is_wanted
    });
    if is_wanted && (is_done || !found.is_empty()) {
        page::send(Message::Found { job: id, numbers: found, is_done });
    }
}

fn lose(worker: &Worker) {
    let jobs = POOL.with_borrow_mut(|pool| Some(pool.lose(pool.place(worker)?)));
    if let Some(jobs) = jobs {
        page::send(Message::Lost(jobs));
    }
}

/// Looks at the workers once in a while: at those that say nothing, and at those with
/// nothing to do.
fn look_later() {
    thread_local! {
        static LOOK: Closure<dyn FnMut()> = Closure::new(look);
    }
    LOOK.with(|look| {
        let _ = dom::window().set_timeout_with_callback_and_timeout_and_arguments_0(
            look.as_ref().unchecked_ref(),
            LOOK_MS,
        );
    });
}

fn look() {
    let now = background::now();
    let (silent, goes_on) = POOL.with_borrow_mut(|pool| {
        let is_silent = |member: &&Member| {
            (!member.jobs.is_empty() || !member.is_ready) && now - member.heard > LOST_MS
        };
        let silent: Vec<Worker> =
            pool.members.iter().filter(is_silent).map(|member| member.worker.clone()).collect();
        let is_idle = pool.members.iter().all(|member| member.jobs.is_empty());
        if is_idle && now - pool.idle_since > IDLE_MS {
            for member in pool.members.drain(..) {
                member.worker.terminate();
            }
        }
        pool.is_watched = !pool.members.is_empty();
        (silent, pool.is_watched)
    });
    silent.iter().for_each(lose);
    if goes_on {
        look_later();
    }
}

/// Name and numbers of each column in turn, and whether the last holds classes.
fn columns(own: &Samples) -> Array {
    let array = Array::new();
    array.push(&own.has_classes().into());
    for column in own.columns() {
        let name = match &column.name {
            ColumnName::Known(words) => words.en,
            ColumnName::Own(name) => name,
        };
        array.push(&name.into());
        array.push(&Float64Array::from(&column.numbers[..]));
    }
    array
}

fn set(message: &Object, key: &str, value: &JsValue) {
    // Fails only for frozen objects.
    let _ = Reflect::set(message, &key.into(), value);
}
