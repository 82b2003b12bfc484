//! The verdict and the better rate in English.

use super::super::{Advice, Cause, Why};
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
        None => "; where it stands, nothing curves upwards".to_owned(),
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

/// The word that leads, and the sentence after it.
pub(super) fn sentence(cause: &Cause) -> [String; 2] {
    let step = &cause.step;
    if cause.ascends {
        return ascends(cause);
    }
    if cause.at_start {
        return at_start(cause);
    }
    match cause.outcome {
        Outcome::Crawls => {
            let left = cause.steps_left.as_ref();
            let left = left.map(|left| format!(", with about *{left}* more to go"));
            let rest = format!(
                "after *{step}* {} the gradient is still at *{} %* of its largest{}{}.",
                steps(step),
                cause.gradient_left,
                left.unwrap_or_default(),
                product(cause, "here")
            );
            ["Crawls: ".to_owned(), rest]
        }
        Outcome::Converges => {
            let how = if cause.overshooting.is_none() { " without overshooting" } else { "" };
            let rest =
                format!("in *{step}* {}{how}{}.", steps(step), product(cause, "where it settles"));
            ["Converges ".to_owned(), rest]
        }
        Outcome::Oscillates => {
            let rest = format!(
                "but settles in *{step}* {}: {}{}.",
                steps(step),
                oscillates(cause),
                product(cause, "where it settles")
            );
            ["Oscillates, ".to_owned(), rest]
        }
        Outcome::Bounces => ["Bounces: ".to_owned(), bounces(cause)],
        Outcome::Stalls if cause.is_stuck => {
            let reason = if cause.has_no_rate {
                "the learning rate has come to 0"
            } else {
                "each update is smaller than their last digit"
            };
            let rest = format!(
                "by step *{step}* the parameters no longer change, though the gradient is still at *{} %* of its largest: {reason}.",
                cause.gradient_left
            );
            ["Stalls: ".to_owned(), rest]
        }
        Outcome::Stalls => [
            "Stalls: ".to_owned(),
            format!(
                "by step *{step}* it has come to rest, but not in a minimum: the gradient is down to *{} %* of its largest, and the ground is flat or falls away.",
                cause.gradient_left
            ),
        ],
        Outcome::Diverges => ["Diverges: ".to_owned(), diverges(cause)],
    }
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
        (Some(rising), ..) => format!("on *{rising} %* of the steps the loss rises"),
        (_, Some("100"), Some(factor)) if cause.is_plain => {
            let there = if along.is_empty() { "" } else { " there" };
            format!("each step overshoots{along} and multiplies the error{there} by *{factor}*")
        }
        (_, Some("100"), _) => format!("each step overshoots the valley floor{along}"),
        (_, Some(share), Some(factor)) => format!(
            "*{share} %* of the steps overshoot{along}, in the long run multiplying the error by *{factor}*"
        ),
        (_, Some(share), None) => format!("*{share} %* of the steps overshoot"),
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
                (Some(rising), _) => format!("on *{rising} %* of its later steps the loss rises"),
                (_, Some(share)) => format!("*{share} %* of its later steps overshoot{along}"),
                (_, None) => "the loss keeps rising again".to_owned(),
            };
            let left = cause.steps_left.as_ref();
            let left = left.map(|left| format!("there are about *{left}* more to go"));
            format!(
                "after *{step}* {} {}; {share}{}.",
                steps(step),
                left.as_deref().unwrap_or("it is not at rest"),
                product(cause, "at the end")
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
            let factor = cause.growth_at_start.as_ref().filter(|_| cause.is_plain);
            let then = match factor {
                Some(factor) => {
                    format!(" (limit {limit}), so a step there multiplies the error by *{factor}*")
                }
                None => format!(", above the limit of {limit}"),
            };
            format!(
                "at the start learning rate × curvature{along} = *{}*{then}; at step *{step}* the numbers pass {bound}.",
                cause.product_at_start
            )
        }
        (_, Some((from, _)), _) if cause.left_all_bounds => format!(
            "from step *{from}* on learning rate × curvature{along} is above the limit of {limit}; at step *{step}* the numbers pass {bound}."
        ),
        _ if cause.left_all_bounds => format!("at step *{step}* the numbers pass {bound}."),
        _ => {
            format!("after *{step}* {} the loss is above where it began, and rising.", steps(step))
        }
    }
}

/// Which rate would be better, and why.
pub(super) fn advice(advice: &Advice) -> [String; 2] {
    let alone = |words: &str| [words.to_owned(), String::new()];
    match advice {
        Advice::Better { rate, steps: count, why } => {
            let why = match why {
                Some(Why::Balance) => {
                    "There, the steepest and flattest directions shrink about alike."
                }
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
