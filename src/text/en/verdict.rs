//! The verdict and the better rate in English.

use super::super::{Advice, Cause, Learnt, Stopped, Why};
use super::steps;
use crate::descent::Outcome;

/// « along y», or nothing.
fn along(cause: &Cause) -> String {
    cause.along.as_ref().map(|along| format!(" along {along}")).unwrap_or_default()
}

/// «; learning rate × curvature = 1.70 (limit 2)», said of the right place, or
/// nothing where theory has no limit.
fn product(cause: &Cause, place: &str) -> String {
    let Some(limit) = &cause.limit else { return String::new() };
    match &cause.product {
        Some(product) if cause.everywhere => {
            format!("; learning rate × curvature = *{product}* (limit {limit})")
        }
        Some(product) => {
            let along = along(cause);
            format!("; {place} learning rate × curvature{along} = *{product}* (limit {limit})")
        }
        None => "; no direction curves upwards there".to_owned(),
    }
}

/// Of a run that does not leave its start.
fn at_start(cause: &Cause) -> [String; 2] {
    let [lead, rest] = match cause.outcome {
        Outcome::Diverges => {
            let rest = format!("the numbers are beyond {} at the start already.", cause.bound);
            return ["Diverges: ".to_owned(), rest];
        }
        Outcome::Stalls => [
            "Stalls: ",
            "at the start already there is no gradient to follow, though it is no minimum.",
        ],
        _ => ["Converges ", "at once: the start is a minimum already."],
    };
    [lead.to_owned(), rest.to_owned()]
}

/// « without overshooting», where no step did.
fn cleanly(cause: &Cause) -> &'static str {
    if cause.overshooting.is_none() { ", without overshooting" } else { "" }
}

/// «loss 0.71 → 0.02 (a constant guess: 0.69)».
fn losses(learnt: &Learnt) -> String {
    let [start, end] = &learnt.losses;
    let guess = learnt.guess.as_ref();
    let guess = guess.map(|guess| format!(" (a constant guess: {guess})"));
    format!("loss *{start}* → *{end}*{}", guess.unwrap_or_default())
}

/// What a network that has not settled does at the end.
fn trend(learnt: &Learnt) -> &'static str {
    if learnt.is_falling { ", still falling" } else { "" }
}

/// The word that leads, and the sentence after it.
pub(super) fn sentence(cause: &Cause) -> [String; 2] {
    if cause.ascends {
        return ascends(cause);
    }
    if cause.at_start {
        return at_start(cause);
    }
    let [lead, rest] = match cause.outcome {
        Outcome::Crawls => ["Crawls: ", &crawls(cause)],
        Outcome::Converges => ["Converges: ", &arrives(cause)],
        Outcome::Oscillates if cause.settles => {
            ["Oscillates, ", &format!("but {}", arrives(cause))]
        }
        Outcome::Oscillates => ["Oscillates: ", &still_swings(cause)],
        Outcome::Bounces => ["Bounces: ", &bounces(cause)],
        Outcome::Stalls => ["Stalls: ", &stalls(cause)],
        Outcome::Diverges => ["Diverges: ", &diverges(cause)],
    };
    [lead.to_owned(), rest.to_owned()]
}

fn crawls(cause: &Cause) -> String {
    let step = &cause.step;
    let after = format!("after *{step}* {}", steps(step));
    if let Some(learnt) = &cause.learning {
        return format!("{after}: {}{}.", losses(learnt), trend(learnt));
    }
    if let Some(loss) = &cause.no_minimum {
        return format!(
            "these classes can be separated, so the loss keeps falling (*{loss}* {after}): there is no minimum to reach."
        );
    }
    let left = cause.steps_left.as_ref();
    let left = left.map(|left| format!("; about *{left}* more {}", steps(left)));
    let left = left.unwrap_or_default();
    match &cause.way_left {
        Some(share) => {
            let product = product(cause, "here");
            format!("{after}, *{share}%* of the way left{left}{product}.")
        }
        None => format!(
            "{after} the gradient is still at *{}%* of its largest{left}{}.",
            cause.gradient_left,
            product(cause, "here")
        ),
    }
}

/// Of a run that converges, or oscillates on its way.
fn arrives(cause: &Cause) -> String {
    let (step, noun) = (&cause.step, steps(&cause.step));
    let is_swinging = cause.outcome == Outcome::Oscillates;
    let how =
        if is_swinging { format!("; {}", oscillates(cause)) } else { cleanly(cause).to_owned() };
    match (&cause.stopped_by, &cause.learning) {
        (Some(Stopped::Loss(limit)), _) => {
            format!("stopped at step *{step}*, where the loss is at most {limit}{how}.")
        }
        (Some(Stopped::Gradient(limit)), _) => {
            format!("stopped at step *{step}*, where the gradient is at most {limit}{how}.")
        }
        (None, Some(learnt)) if is_swinging => {
            format!("settles after *{step}* {noun}: {}{how}.", losses(learnt))
        }
        (None, Some(learnt)) => format!("{}, settled after *{step}* {noun}.", losses(learnt)),
        (None, None) if is_swinging => {
            let how = oscillates(cause);
            format!("arrives after *{step}* {noun}: {how}{}.", product(cause, "there"))
        }
        (None, None) => format!(
            "within 1% of the minimum after *{step}* {noun}{how}{}.",
            product(cause, "there")
        ),
    }
}

/// Of a run that swings towards its minimum when the steps run out.
fn still_swings(cause: &Cause) -> String {
    let step = &cause.step;
    let after = format!("still swinging after *{step}* {}", steps(step));
    let Some([factor, left]) = &cause.swings else { return format!("{after}.") };
    let left = format!("about *{left}* more {}", steps(left));
    format!("{after}, each swing *{factor}* of the last; {left}{}.", product(cause, "here"))
}

fn stalls(cause: &Cause) -> String {
    let (step, left) = (&cause.step, &cause.gradient_left);
    if let Some(learnt) = cause.learning.as_ref().filter(|_| !cause.is_stuck) {
        let [start, end] = &learnt.losses;
        let guess = learnt.guess.as_deref().unwrap_or(end);
        return format!(
            "it has learnt nothing: loss *{start}* → *{end}*, no better than a constant guess ({guess}), and the gradient has vanished."
        );
    }
    if cause.is_stuck {
        let reason = if cause.has_no_rate {
            "the learning rate has come to 0"
        } else {
            "each update is smaller than their last digit"
        };
        return format!(
            "the parameters no longer change, though the gradient is still at *{left}%* of its largest: {reason}."
        );
    }
    format!(
        "from step *{step}* on it rests, but not at a minimum: the gradient is down to *{left}%* of its largest, and the surface is flat or falls away."
    )
}

/// Of a run whose gradient has the wrong sign.
fn ascends(cause: &Cause) -> [String; 2] {
    let lead = match cause.outcome {
        Outcome::Crawls => "Crawls: ",
        Outcome::Converges => "Converges: ",
        Outcome::Oscillates => "Oscillates: ",
        Outcome::Bounces => "Bounces: ",
        Outcome::Stalls => "Stalls: ",
        Outcome::Diverges => "Diverges: ",
    };
    let by = match cause.outcome {
        Outcome::Diverges | Outcome::Stalls => format!(" until step *{}*", cause.step),
        _ => String::new(),
    };
    let rest = format!(
        "the sign of the gradient is wrong. Each step adds η∇J instead of subtracting it, so the run climbs{by}, and no learning rate helps."
    );
    [lead.to_owned(), rest]
}

fn oscillates(cause: &Cause) -> String {
    let is_local = !cause.everywhere;
    let along = if is_local { String::new() } else { along(cause) };
    let growth = cause.growth.as_ref().filter(|_| !is_local);
    match (&cause.rising, cause.overshooting.as_deref(), growth) {
        (Some(rising), ..) => format!("on *{rising}%* of the steps the loss rises"),
        (_, Some("100"), Some(factor)) if cause.is_plain => {
            let there = if along.is_empty() { "" } else { " there" };
            format!("each step overshoots{along} and multiplies the error{there} by *{factor}*")
        }
        (_, Some("100"), _) => format!("each step overshoots the valley floor{along}"),
        (_, Some(share), Some(factor)) => format!(
            "*{share}%* of the steps overshoot{along}, in the long run multiplying the error by *{factor}*"
        ),
        (_, Some(share), None) => format!("*{share}%* of the steps overshoot"),
        (_, None, _) => "the loss rises again and again".to_owned(),
    }
}

fn bounces(cause: &Cause) -> String {
    let (step, limit) = (&cause.step, cause.limit.as_deref().unwrap_or_default());
    let along = along(cause);
    match (&cause.product, cause.everywhere && cause.limit.is_some(), cause.beyond) {
        (Some(product), true, 0) if cause.is_plain => format!(
            "learning rate × curvature = *{product}*, exactly the limit, so each step lands as far up the other side{along} as it came from."
        ),
        (Some(product), true, 1) => {
            let growth = cause.growth.as_deref().unwrap_or_default();
            format!(
                "learning rate × curvature = *{product}*, above the limit of {limit}: a step multiplies the error{along} by *{growth}*, so it grows, though slowly."
            )
        }
        _ => {
            let along = if cause.everywhere { along.as_str() } else { "" };
            let share = match (&cause.rising, &cause.overshooting) {
                (Some(rising), _) => format!("on *{rising}%* of its later steps the loss rises"),
                (_, Some(share)) => format!("*{share}%* of its later steps overshoot{along}"),
                (_, None) => "the loss keeps rising again".to_owned(),
            };
            if let Some(learnt) = &cause.learning {
                let after = format!("after *{step}* {}", steps(step));
                return format!("{after}: {}{}; {share}.", losses(learnt), trend(learnt));
            }
            let left = cause.steps_left.as_ref();
            let left = left.map(|left| format!("about *{left}* more {} to go", steps(left)));
            // Below the limit the product at one point explains nothing.
            let product =
                if cause.beyond < 0 { String::new() } else { product(cause, "at the end") };
            format!(
                "after *{step}* {} {}; {share}{product}.",
                steps(step),
                left.as_deref().unwrap_or("it is not at rest"),
            )
        }
    }
}

fn diverges(cause: &Cause) -> String {
    let (step, bound) = (&cause.step, &cause.bound);
    let limit = cause.limit.as_deref().unwrap_or_default();
    let along = along(cause);
    match (&cause.product, &cause.beyond_from, &cause.growth) {
        (Some(product), Some(_), Some(factor)) if cause.everywhere => {
            let when = if cause.is_plain { "" } else { "in the long run " };
            format!(
                "learning rate × curvature = *{product}*, above the limit of {limit}, so {when}each step multiplies the error{along} by *{factor}*."
            )
        }
        (_, Some((_, true)), _) if cause.left_all_bounds => {
            format!(
                "at the start learning rate × curvature{along} = *{}*, above the limit of {limit}; at step *{step}* the numbers pass {bound}.",
                cause.product_at_start
            )
        }
        (_, Some((from, _)), _) if cause.left_all_bounds => format!(
            "from step *{from}* on learning rate × curvature{along} is above the limit of {limit}; at step *{step}* the numbers pass {bound}."
        ),
        _ if cause.left_all_bounds => format!("at step *{step}* the numbers pass {bound}."),
        _ => {
            format!(
                "after *{step}* {} the loss is above where it began, and has climbed from quarter to quarter of the run.",
                steps(step)
            )
        }
    }
}

/// Which rate would be better, and why.
pub(super) fn advice(advice: &Advice) -> [String; 2] {
    let alone = |words: &str| [words.to_owned(), String::new()];
    match advice {
        Advice::Better { rate, steps: count, why } => {
            let why = match why {
                Some(Why::Balance) => "There, the steepest and flattest directions shrink alike.",
                Some(Why::ShorterBelow) => "Below it, steps are shorter than need be.",
                Some(Why::FartherAbove) => "Above it, steps overshoot more.",
                None => "",
            };
            [
                format!("Better from this start: near {rate}, about {count} {}.", steps(count)),
                why.to_owned(),
            ]
        }
        Advice::FastEnough => alone("No rate on the slider is much faster."),
        Advice::NoneSettles => alone("No rate on the slider settles in these steps."),
    }
}
