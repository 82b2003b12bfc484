//! The verdict's sentence: which numbers go into it.

use super::number::read;
use super::{Text, count, figure, percent, tick};
use crate::descent::{DIVERGED_ABOVE, Facts, Outcome, StopRule, Verdict};

/// What the sentence of a verdict is made from: the outcome and its numbers,
/// formatted, with those left out that would say nothing.
#[expect(clippy::struct_excessive_bools, reason = "each chooses between two sentences")]
#[derive(Clone, Debug)]
pub struct Cause {
    /// The outcome.
    pub outcome: Outcome,
    /// Whether the sign of the gradient is wrong.
    pub ascends: bool,
    /// The step at which the run arrived or diverged, or its last; of a run that stalls,
    /// the one from which it rests.
    pub step: String,
    /// Whether the run arrives.
    pub settles: bool,
    /// The stop rule that ended the run.
    pub stopped_by: Option<Stopped>,
    /// What a run on many parameters has learnt.
    pub learning: Option<Learnt>,
    /// Whether the loss has no minimum at all, and J at the end.
    pub no_minimum: Option<String>,
    /// The share of the way to the minimum that is left, in percent.
    pub way_left: Option<String>,
    /// How swings die down: the size of one over that of the one before, and the steps
    /// still to go.
    pub swings: Option<[String; 2]>,
    /// Whether that is the start and no stop rule ended the run there: it never left it,
    /// or could not.
    pub at_start: bool,
    /// Learning rate × curvature: of the whole run where the Hessian is constant
    /// (`everywhere`), otherwise where the run ended; none where the ground does
    /// not curve upwards.
    pub product: Option<String>,
    /// Whether the product holds for the whole run.
    pub everywhere: bool,
    /// What the product has to stay below: 2 for plain descent. None where theory
    /// is silent; the product is not spoken of then.
    pub limit: Option<String>,
    /// How the product compares with the limit, −1, 0 or 1, as its text shows it.
    pub beyond: i8,
    /// Whether the rule is plain descent, and what is said holds of every single step.
    pub is_plain: bool,
    /// The factor on the error a step in the long run, along the direction that steps
    /// overshoot along, of the ground that `product` is of. None where theory is silent.
    pub growth: Option<String>,
    /// The direction that steps overshoot along: «x», «y» or a unit vector.
    pub along: Option<String>,
    /// How many more steps it would take to arrive at the present pace.
    pub steps_left: Option<String>,
    /// The gradient left, in percent of its largest.
    pub gradient_left: String,
    /// The share of steps that overshoot in percent; none if no step does.
    pub overshooting: Option<String>,
    /// The share of steps on which the loss rose in percent, where it says more
    /// than the overshooting: few overshoot and yet the run does not come to rest.
    pub rising: Option<String>,
    /// The first step at which the product is above 2, and whether that is step 0.
    pub beyond_from: Option<(String, bool)>,
    /// The product at the start.
    pub product_at_start: String,
    /// Whether a number left all bounds.
    pub left_all_bounds: bool,
    /// Whether the parameters no longer change although the gradient is not small,
    pub is_stuck: bool,
    /// and whether that is because the rate has come to 0.
    pub has_no_rate: bool,
    /// What the numbers of a run that left all bounds have passed.
    pub bound: String,
}

/// A stop rule that was met, with its limit.
#[derive(Clone, Debug)]
pub enum Stopped {
    /// The loss is at most this.
    Loss(String),
    /// The gradient's length is at most this.
    Gradient(String),
}

/// The losses that the sentence on a network compares.
#[derive(Clone, Debug)]
pub struct Learnt {
    /// At the start and at the end.
    pub losses: [String; 2],
    /// Of a constant guess.
    pub guess: Option<String>,
    /// Whether the loss still falls.
    pub is_falling: bool,
}

impl Cause {
    /// From a verdict on a loss whose Hessian is constant or not.
    #[must_use]
    pub fn of(verdict: &Verdict, has_constant_hessian: bool) -> Self {
        let facts = &verdict.facts;
        let everywhere = has_constant_hessian && facts.is_steady;
        let product = if everywhere { facts.product_at_start } else { facts.product_at_end };
        let limit = facts.limit.unwrap_or(f64::INFINITY);
        let beside = |product| beside_marks(product, limit)[0].clone();
        // What diverges does so along the steepest direction, whatever else it does.
        let is_along_steepest = match verdict.outcome {
            Outcome::Diverges => true,
            Outcome::Oscillates | Outcome::Bounces => facts.overshoots_along_steepest,
            _ => false,
        };
        Self {
            outcome: verdict.outcome,
            ascends: facts.ascends,
            step: count(facts.rests_from.unwrap_or(verdict.step)),
            settles: verdict.settles_in_minimum(),
            stopped_by: facts.stopped_by.map(stopped),
            learning: learnt(facts),
            no_minimum: facts.has_no_minimum.then(|| figure(facts.final_loss, 2)),
            way_left: facts.way_left.map(percent),
            swings: facts.swings.map(|swings| [figure(swings.factor, 2), about(swings.steps_left)]),
            at_start: facts.rests_from.unwrap_or(verdict.step) == 0
                && facts.stopped_by.is_none()
                && (verdict.settles_in_minimum()
                    || facts.gradient_left == 0.0
                    || facts.left_all_bounds),
            product: (product > 0.0).then(|| beside(product)),
            everywhere,
            limit: facts.limit.map(|limit| beside_marks(product, limit)[1].clone()),
            beyond: match product.partial_cmp(&limit) {
                Some(core::cmp::Ordering::Less) => -1,
                Some(core::cmp::Ordering::Greater) => 1,
                _ => 0,
            },
            // A rule with the limit of plain descent is plain descent: momentum 0.
            is_plain: facts.limit == Some(2.0),
            growth: facts
                .growth
                .filter(|_| is_along_steepest)
                .map(|[start, end]| factor(if everywhere { start } else { end })),
            along: facts.steepest.filter(|_| is_along_steepest).map(direction),
            steps_left: facts.steps_left.map(about),
            gradient_left: percent(facts.gradient_left),
            overshooting: (facts.overshooting > 0.0).then(|| percent(facts.overshooting)),
            rising: (facts.overshooting <= 0.5 && facts.rising >= 0.25)
                .then(|| percent(facts.rising)),
            beyond_from: facts.first_beyond_limit.map(|step| (count(step), step == 0)),
            product_at_start: beside(facts.product_at_start),
            left_all_bounds: facts.left_all_bounds,
            is_stuck: facts.is_stuck,
            has_no_rate: facts.last_rate == 0.0,
            bound: bound(facts),
        }
    }
}

/// What the numbers of a run that left all bounds have passed.
fn bound(facts: &Facts) -> String {
    match facts.overflowed {
        Some(most) => figure(most, 5),
        None if facts.bound == DIVERGED_ABOVE => "10¹²".to_owned(),
        None => figure(facts.bound, 2),
    }
}

fn stopped(rule: StopRule) -> Stopped {
    match rule {
        StopRule::Loss(limit) => Stopped::Loss(figure(limit, 3)),
        StopRule::Gradient(limit) => Stopped::Gradient(figure(limit, 3)),
    }
}

fn learnt(facts: &Facts) -> Option<Learnt> {
    let learning = facts.learning?;
    let [start, end] = [learning.start, learning.end];
    // As many digits as it takes to tell them apart.
    let digits = (3..6).find(|digits| read(start, *digits) != read(end, *digits)).unwrap_or(3);
    let digits = if start == end { 3 } else { digits };
    let losses = [start, end].map(|loss| figure(loss, digits));
    let guess = learning.guess.map(|guess| figure(guess, digits));
    Some(Learnt { losses, guess, is_falling: learning.is_falling })
}

/// A factor on an error with two decimals, or as many as it takes to tell it from 1.
fn factor(growth: f64) -> String {
    let first = if growth < 1.0 { 2 } else { 3 };
    let is_faithful = |digits: &usize| (read(growth, *digits) == 1.0) == (growth == 1.0);
    figure(growth, (first..9).find(is_faithful).unwrap_or(9))
}

/// A direction in the plane: an axis, or within a few degrees of it, by its name.
fn direction([x, y]: [f64; 2]) -> String {
    // Two decimals of what is smaller would read 1.00.
    const ALONG: f64 = 0.995;
    if x.abs() >= ALONG {
        return "x".to_owned();
    }
    if y.abs() >= ALONG {
        return "y".to_owned();
    }
    let sign = if x < 0.0 { -1.0 } else { 1.0 };
    format!("({}, {})", figure(sign * x, 2), figure(sign * y, 2))
}

/// A number of steps with two significant figures.
fn about(steps: f64) -> String {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "below 10¹⁰")]
    count(if steps < 100.0 { libm::ceil(steps) } else { read(steps, 2) } as usize)
}

/// A product and its limit with two decimals, or as many as it takes that the
/// texts compare as the numbers do, with each other and with 1: 2.0004 must not
/// read «2.00, above the limit of 2».
fn beside_marks(product: f64, limit: f64) -> [String; 2] {
    let is_faithful = |digits: &usize| {
        let (shown, mark) = (read(product, *digits), read(limit, *digits));
        shown.partial_cmp(&1.0) == product.partial_cmp(&1.0)
            && shown.partial_cmp(&mark) == product.partial_cmp(&limit)
    };
    let digits = (3..9).find(is_faithful).unwrap_or(9);
    [figure(product, digits), tick(read(limit, digits))]
}

/// The whole verdict in plain text, for a screen reader and the command line.
#[must_use]
pub fn sentence(text: &Text, cause: &Cause) -> String {
    sentence_of(&(text.verdict)(cause))
}

/// A sentence of two parts in plain text.
#[must_use]
pub fn sentence_of([lead, rest]: &[String; 2]) -> String {
    format!("{lead}{rest}").replace('*', "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_factor_never_reads_as_1_unless_it_is() {
        let factors = [0.7, 0.904_8, 0.999_6, 1.0, 1.000_4, 1.6, 14.0, 0.0];
        let read = ["0.70", "0.90", "0.9996", "1.00", "1.0004", "1.60", "14.0", "0"];
        assert_eq!(factors.map(factor), read);
    }

    #[test]
    fn a_direction_is_an_axis_or_two_figures() {
        assert_eq!(direction([0.0, -1.0]), "y");
        assert_eq!(direction([-0.998, 0.06]), "x");
        assert_eq!(direction([-0.6, 0.8]), "(0.60, −0.80)");
        assert_eq!(direction([0.14, 0.990_1]), "(0.14, 0.99)");
    }

    #[test]
    fn steps_to_go_are_no_more_exact_than_they_are_known() {
        assert_eq!([7.2, 99.0, 1_234.5, 6.94e6].map(about), ["8", "99", "1,200", "6,900,000"]);
    }

    #[test]
    fn a_product_never_reads_as_the_mark_it_is_beside() {
        assert_eq!(beside_marks(2.0, 2.0), ["2.00", "2"]);
        assert_eq!(beside_marks(2.0004, 2.0), ["2.0004", "2"]);
        assert_eq!(beside_marks(1.999_99, 2.0), ["1.99999", "2"]);
        assert_eq!(beside_marks(1.7, 2.0), ["1.70", "2"]);
        assert_eq!(beside_marks(2.6, 3.8), ["2.60", "3.8"]);
        assert_eq!(beside_marks(1.358, 3.8 / 2.8), ["1.358", "1.357"]);
    }
}
