//! Every loss's derivatives against finite differences, its minima and its map,
//! over its whole domain: the window enlarged by half and the whole range of
//! every knob.

#![expect(clippy::float_cmp, reason = "what is exact in floating point is tested as exact")]

use descent_lab::descent::data::{DataSet, Task};
use descent_lab::descent::loss::{self, LOSSES, Loss, LossRule, OnPlane, Setting};
use descent_lab::descent::{Curvature, Knob, Plane};
use descent_lab::scenario::{Choice, Scenario, own_samples};
use proptest::prelude::*;

/// No loss has more knobs than this.
const KNOBS: usize = 15;

/// As a share of 1 + |J| + ‖∇J‖ (of 1 + ‖∇J‖ + ‖H‖ for second derivatives). The
/// rounding of J divided by the difference's width gives 2⁻⁵²/10⁻⁵ ≈ 2·10⁻¹¹;
/// the rest is for terms that cancel and for the h⁴ remainder of 50 layers.
/// 200,000 points on every loss stayed below 10⁻¹⁰. A wrong sign or factor
/// misses by a share of the gradient itself, many millions of times more.
const TOLERANCE: f64 = 1e-9;

/// Closer to the origin than this Ackley's cone bends faster than differences
/// of this width can follow; its tip is tested on its own.
const ACKLEY_TIP: f64 = 0.1;

/// The losses of few parameters: a network has tests of its own, in `tests/descent/network_rule.rs`.
fn of_few() -> impl Iterator<Item = &'static LossRule> {
    LOSSES.iter().copied().filter(|rule| rule.dimension(&rule.defaults()) < 64)
}

/// Places on the sliders of a rule's knobs, the ends as likely as the middle.
fn knob_positions() -> impl Strategy<Value = [f64; KNOBS]> {
    let position = prop_oneof![1 => Just(0.0), 1 => Just(1.0), 3 => 0.0..=1.0];
    proptest::array::uniform(position)
}

fn knobs_at(rule: &'static LossRule, positions: &[f64; KNOBS]) -> Setting {
    assert!(rule.knobs.len() <= KNOBS, "{}: raise KNOBS", rule.key);
    let value = |(knob, &position): (&Knob, &f64)| {
        // A hundred thousand samples show no more than three hundred.
        let most = if knob.key == "count" { 300.0 } else { f64::INFINITY };
        knob.value_at(position).min(most)
    };
    let setting = Setting::of(&rule.knobs.iter().zip(positions).map(value).collect::<Vec<f64>>());
    if rule.data_set(&setting).is_some_and(DataSet::is_own) {
        return with_own(rule, setting, positions);
    }
    setting
}

/// The same with samples of a person's own, in each of the shapes that the rule takes.
fn with_own(rule: &'static LossRule, setting: Setting, positions: &[f64; KNOBS]) -> Setting {
    let shapes: Vec<(Task, usize)> = rule.shapes().collect();
    let place = [0.0, 0.5].iter().filter(|from| positions[1] > **from).count();
    let (task, features) = shapes[place % shapes.len()];
    let column = |at: usize| {
        let wave = |row: u8| {
            libm::sin(
                1.7 * f64::from(row) + positions[2] + 2.1 * f64::from(u8::try_from(at).unwrap()),
            )
        };
        let numbers = (0..11).map(|row| {
            let is_class = at == features && task == Task::Classification;
            if is_class { f64::from(row % 2) } else { 1.5 + 2.0 * wave(row) + positions[3] }
        });
        (format!("c{at}"), numbers.collect())
    };
    let mut scenario =
        Scenario { loss: Choice { rule, knobs: setting.knobs }, ..Scenario::default() };
    scenario.replace_samples(own_samples((0..=features).map(column)));
    assert!(scenario.uses_own(), "{}", rule.key);
    scenario.setting()
}

/// A place in the window enlarged by half, from a place in the unit square.
fn point_at(rule: &LossRule, knobs: &Setting, place: [f64; 2]) -> Vec<f64> {
    let [x0, x1, y0, y1] = (rule.window)(knobs);
    let side = |low: f64, high: f64, at: f64| low + (high - low) * (1.5 * at - 0.25);
    let mut point = vec![side(x0, x1, place[0]), side(y0, y1, place[1])];
    // What the window does not show may be anywhere within it as well.
    for index in 2..rule.dimension(knobs) {
        let turned = (place[index % 2] + 0.37 * f64::from(u32::try_from(index).unwrap())) % 1.0;
        point.push(if index % 2 == 0 { side(x0, x1, turned) } else { side(y0, y1, turned) });
    }
    point.truncate(rule.dimension(knobs));
    point
}

/// Whether residuals count otherwise than by their squares.
fn is_robust(rule: &LossRule, knobs: &Setting) -> bool {
    rule.knob("error", knobs).is_some_and(|error| error > 0.0)
}

/// Ackley has a tip; a penalty λ|w| has a kink at w = 0, an absolute error at r = 0,
/// and Huber's bends at δ.
fn is_smooth_at(rule: &LossRule, knobs: &Setting, theta: &[f64]) -> bool {
    let has_kink = rule.knob("l1", knobs).is_some_and(|l1| l1 > 0.0);
    if is_robust(rule, knobs) {
        let loss = (rule.build)(knobs);
        let data = loss.data().expect("it has residuals");
        let is_huber = rule.knob("error", knobs) == Some(2.0);
        let kink = if is_huber { rule.knob("delta", knobs).unwrap_or_default() } else { 0.0 };
        let is_near = |sample: usize| {
            let row = data.row(sample);
            let features = row.len() - 1;
            let of = |theta: &[f64]| loss.predict(theta, &row[..features]) - row[features];
            // As far as differences will look, and a little farther.
            let reach = (0..theta.len()).map(|axis| {
                let mut aside = theta.to_vec();
                aside[axis] += 4.0 * width(theta[axis]);
                (of(&aside) - of(theta)).abs()
            });
            (of(theta).abs() - kink).abs() < reach.fold(0.0, f64::max)
        };
        if (0..data.len()).any(is_near) {
            return false;
        }
    }
    (rule.key != "ackley" || norm(theta) > ACKLEY_TIP)
        && (!has_kink || theta.iter().all(|w| w.abs() > 4.0 * width(*w)))
}

/// The length of the slope at a minimum. A weight at 0 rests in the kink of λ|w| when
/// the slope of all else is at most λ; what is beyond λ counts. At Ackley's tip there
/// is no slope.
fn slope_of_minimum(rule: &LossRule, knobs: &Setting, minimum: &[f64], slope: &[f64]) -> f64 {
    if !is_smooth_at(rule, knobs, minimum) && rule.key == "ackley" {
        return 0.0;
    }
    let l1 = rule.knob("l1", knobs).unwrap_or(0.0);
    let beyond = |(w, slope): (&f64, &f64)| match *w {
        0.0 => (slope.abs() - l1).max(0.0),
        _ => *slope,
    };
    norm(&minimum.iter().zip(slope).map(beyond).collect::<Vec<_>>())
}

fn norm(vector: &[f64]) -> f64 {
    vector.iter().map(|v| v * v).sum::<f64>().sqrt()
}

fn gradient(loss: &dyn Loss, theta: &[f64]) -> Vec<f64> {
    let mut gradient = vec![f64::NAN; theta.len()];
    loss.value_and_gradient(theta, &mut gradient);
    gradient
}

/// How far differences look aside.
fn width(parameter: f64) -> f64 {
    1e-5 * parameter.abs().max(1.0)
}

/// The slope of f along an axis, by central differences of widths h and 2h
/// combined so that the h² terms of their errors cancel.
fn difference(f: impl Fn(&[f64]) -> f64, theta: &[f64], axis: usize) -> f64 {
    let h = width(theta[axis]);
    let central = |h: f64| {
        let (mut up, mut down) = (theta.to_vec(), theta.to_vec());
        up[axis] += h;
        down[axis] -= h;
        // The width that was really taken, not the one asked for.
        (f(&up) - f(&down)) / (up[axis] - down[axis])
    };
    (4.0 * central(h) - central(2.0 * h)) / 3.0
}

/// `max`·v·vᵀ + `min`·(1 − v·vᵀ): the only symmetric matrix with this curvature.
fn rebuild(curvature: Curvature) -> [[f64; 2]; 2] {
    let Curvature { min, max, direction: [x, y] } = curvature;
    let mixed = (max - min) * x * y;
    [[max * x * x + min * y * y, mixed], [mixed, max * y * y + min * x * x]]
}

proptest! {

    #[test]
    fn gradients_agree_with_central_differences(
        place in proptest::array::uniform2(0.0..=1.0),
        positions in knob_positions(),
    ) {
        for rule in of_few() {
            let knobs = knobs_at(rule, &positions);
            let theta = point_at(rule, &knobs, place);
            if !is_smooth_at(rule, &knobs, &theta) {
                continue;
            }
            let loss = (rule.build)(&knobs);
            let exact = gradient(loss.as_ref(), &theta);
            let scale = 1.0 + loss.value(&theta).abs() + norm(&exact);
            for (axis, exact) in exact.iter().enumerate() {
                let estimate = difference(|at| loss.value(at), &theta, axis);
                prop_assert!(
                    (exact - estimate).abs() <= TOLERANCE * scale,
                    "{} {knobs:?} at {theta:?}, axis {axis}: {exact} against {estimate}",
                    rule.key,
                );
            }
        }
    }

    #[test]
    fn curvature_agrees_with_differences_of_the_gradient(
        place in proptest::array::uniform2(0.0..=1.0),
        positions in knob_positions(),
    ) {
        for rule in of_few() {
            let knobs = knobs_at(rule, &positions);
            let theta = point_at(rule, &knobs, place);
            if !is_smooth_at(rule, &knobs, &theta) {
                continue;
            }
            let loss = (rule.build)(&knobs);
            let curvature = loss.curvature(&theta).expect("few parameters");
            let n = theta.len();
            let mut hessian = vec![f64::NAN; n * n];
            prop_assert!(loss.hessian(&theta, &mut hessian), "{}", rule.key);
            let size = curvature.max.abs().max(curvature.min.abs());
            let scale = 1.0 + size + norm(&gradient(loss.as_ref(), &theta));
            prop_assert!(curvature.min <= curvature.max, "{}", rule.key);
            let exact = if n <= 2 {
                prop_assert!((norm(&curvature.direction) - 1.0).abs() < 1e-14, "{}", rule.key);
                let whole = rebuild(curvature);
                (0..n * n).map(|at| whole[at / n][at % n]).collect()
            } else {
                // A diagonal entry is a mean of the eigenvalues; so is the mean of all.
                let slack = 1e-12 * size;
                let diagonal = || hessian.iter().step_by(n + 1);
                let is_between = |h: &f64| (curvature.min - slack..=curvature.max + slack).contains(h);
                prop_assert!(diagonal().all(is_between), "{}: {curvature:?}", rule.key);
                prop_assert_eq!(curvature.direction, [0.0; 2], "{}", rule.key);
                hessian.clone()
            };
            for of in 0..n {
                for by in 0..n {
                    let estimate =
                        difference(|at| gradient(loss.as_ref(), at)[of], &theta, by);
                    for exact in [exact[of * n + by], hessian[of * n + by]] {
                        prop_assert!(
                            (exact - estimate).abs() <= TOLERANCE * scale,
                            "{} {knobs:?} at {theta:?}, [{of}][{by}]: {exact} against {estimate}",
                            rule.key,
                        );
                    }
                }
            }
        }
    }

    #[test]
    fn value_alone_and_value_with_gradient_are_the_same_bits(
        place in proptest::array::uniform2(0.0..=1.0),
        positions in knob_positions(),
    ) {
        for rule in of_few() {
            let knobs = knobs_at(rule, &positions);
            let (loss, theta) = ((rule.build)(&knobs), point_at(rule, &knobs, place));
            let mut slope = vec![f64::NAN; theta.len()];
            let value = loss.value_and_gradient(&theta, &mut slope);
            prop_assert_eq!(value.to_bits(), loss.value(&theta).to_bits(), "{}", rule.key);
            prop_assert!(slope.iter().all(|v| v.is_finite()), "{}", rule.key);
        }
    }

    #[test]
    fn the_map_is_the_value_bit_for_bit(
        xs in proptest::collection::vec(0.0..=1.0, 1..9),
        ys in proptest::collection::vec(0.0..=1.0, 1..7),
        positions in knob_positions(),
    ) {
        for rule in of_few() {
            let knobs = knobs_at(rule, &positions);
            let loss = (rule.build)(&knobs);
            if loss.dimension() > 2 {
                continue;
            }
            let at = |x: f64, y: f64| point_at(rule, &knobs, [x, y]);
            let columns: Vec<_> = xs.iter().map(|&x| at(x, 0.0)[0]).collect();
            let rows: Vec<_> = ys.iter().map(|&y| at(0.0, y).last().copied().unwrap()).collect();
            let mut map = vec![f64::NAN; xs.len() * ys.len()];
            loss.fill(&columns, &rows, &mut map);
            for (row, y) in map.chunks_exact(xs.len()).zip(&rows) {
                for (value, x) in row.iter().zip(&columns) {
                    let theta = &[*x, *y][..rule.dimension(&knobs)];
                    prop_assert_eq!(value.to_bits(), loss.value(theta).to_bits(), "{}", rule.key);
                }
            }
        }
    }

    #[test]
    fn a_plane_holds_the_values_of_its_points(
        (x, y) in (-3.0..3.0, -3.0..3.0),
        spread in proptest::array::uniform13(-1.0..1.0_f64),
        positions in knob_positions(),
    ) {
        for rule in of_few() {
            let knobs = knobs_at(rule, &positions);
            let loss = (rule.build)(&knobs);
            let n = loss.dimension();
            if n <= 2 {
                continue;
            }
            let origin = point_at(rule, &knobs, [0.3, 0.6]);
            let aside: Vec<f64> = origin.iter().zip(spread).map(|(o, by)| o + by).collect();
            let planes = [
                Plane::of_parameters(&origin, [n - 1, 0]),
                Plane::of_principal_directions(&origin, &[&spread[..n], &aside]),
            ];
            for plane in &planes {
                let (mut map, mut theta) = ([f64::NAN; 2], vec![f64::NAN; n]);
                loss.fill_plane(plane, &[x, 2.0 * x], &[y], &mut map);
                plane.point([2.0 * x, y], &mut theta);
                let value = loss.value(&theta);
                let on_plane = OnPlane { loss: loss.as_ref(), plane }.value(&[2.0 * x, y]);
                prop_assert_eq!(on_plane.to_bits(), value.to_bits(), "{}", rule.key);
                prop_assert!((map[1] - value).abs() <= 1e-9 * value, "{}: {map:?}, {value}", rule.key);
                let [a, b] = plane.coordinates(&theta);
                let size = 1e-9 * (1.0 + norm(&theta));
                prop_assert!((a - 2.0 * x).abs() <= size && (b - y).abs() <= size);
            }
        }
    }

    #[test]
    fn nothing_lies_below_the_lowest_value(
        place in proptest::array::uniform2(0.0..=1.0),
        positions in knob_positions(),
    ) {
        for rule in of_few() {
            let knobs = knobs_at(rule, &positions);
            let (lowest, theta) = ((rule.lowest)(&knobs), point_at(rule, &knobs, place));
            let value = (rule.build)(&knobs).value(&theta);
            // Beside a minimum below zero the value may be rounded downwards.
            let slack = 4.0 * f64::EPSILON * lowest.abs();
            prop_assert!(value >= lowest - slack, "{} {knobs:?} at {theta:?}: {value}", rule.key);
        }
    }

    #[test]
    fn minima_are_minima_and_one_of_them_is_the_lowest(
        turn in 0.0..core::f64::consts::TAU,
        positions in knob_positions(),
    ) {
        for rule in of_few() {
            let knobs = knobs_at(rule, &positions);
            let (loss, minima) = ((rule.build)(&knobs), (rule.minima)(&knobs));
            let mut deepest = f64::INFINITY;
            for minimum in &minima {
                let value = loss.value(minimum);
                let curvature = loss.curvature(minimum).expect("few parameters");
                let slope = gradient(loss.as_ref(), minimum);
                let place = format!("{} {knobs:?} at {minimum:?}", rule.key);
                if is_robust(rule, &knobs) {
                    // Kinks and flat floors: tested beside the formula.
                    deepest = deepest.min(value);
                    continue;
                }
                // The point itself is rounded, too: grams may be far from 0.
                let size = if loss.data().is_some() { 1.0 + norm(minimum) } else { 1.0 };
                let rounding = 1e-13 * (1.0 + curvature.max) * size;
                prop_assert!(
                    slope_of_minimum(rule, &knobs, minimum, &slope) <= rounding,
                    "{place}: slope {slope:?}"
                );
                prop_assert!(curvature.min > 0.0, "{place}: {curvature:?}");
                // A thousandth aside in any direction the loss is higher.
                let mut aside = minimum.clone();
                let [cos, sin] = match minimum.len() {
                    1 => [libm::cos(turn).signum(), 0.0],
                    _ => [libm::cos(turn), libm::sin(turn)],
                };
                aside[0] += 1e-3 * size * cos;
                aside.iter_mut().skip(1).for_each(|y| *y += 1e-3 * size * sin);
                prop_assert!(loss.value(&aside) > value, "{place}");
                deepest = deepest.min(value);
            }
            if !minima.is_empty() {
                let lowest = (rule.lowest)(&knobs);
                prop_assert!((deepest - lowest).abs() <= 1e-14, "{}: {deepest}", rule.key);
            }
        }
    }
}

/// Along the direction of the angle the ravine is J = ½u², at right angles to it
/// κ times steeper.
#[test]
fn the_ravine_is_turned_by_its_angle() {
    let rule = loss::find("quadratic").unwrap();
    for degrees in (-90..=90).step_by(15).map(f64::from) {
        let loss = (rule.build)(&Setting::of(&[20.0, degrees]));
        let angle = degrees.to_radians();
        let (cos, sin) = (libm::cos(angle), libm::sin(angle));
        assert!((loss.value(&[cos, sin]) - 0.5).abs() < 1e-14, "{degrees}°");
        assert!((loss.value(&[-sin, cos]) - 10.0).abs() < 1e-14, "{degrees}°");
        let [x, y] = loss.curvature(&[0.0, 0.0]).unwrap().direction;
        assert!((x * cos + y * sin).abs() < 1e-14, "{degrees}°: the steepest way is across");
    }
}

/// A loss without marked minima has a valley instead; its floor is the lowest.
#[test]
fn the_valley_of_the_deep_chain_is_its_lowest() {
    let rule = loss::find("deep_chain").unwrap();
    assert!((rule.minima)(&rule.defaults()).is_empty());
    for depth in 2..=50 {
        let knobs = Setting::of(&[f64::from(depth)]);
        let loss = (rule.build)(&knobs);
        let theta = [1.0, 1.0];
        assert_eq!((loss.value(&theta), gradient(loss.as_ref(), &theta)), (0.0, vec![0.0; 2]));
        assert_eq!((rule.lowest)(&knobs), 0.0);
        let curvature = loss.curvature(&theta).expect("few parameters");
        assert!(curvature.min.abs() <= 1e-12 * curvature.max, "flat along the valley");
    }
}

/// At its tip the funnel has the same slope, 2√2, in every direction: a cone has
/// no gradient there. The core answers 0, so that a start on the minimum stays.
#[test]
fn ackleys_tip_is_a_cone() {
    let loss = (loss::find("ackley").unwrap().build)(&Setting::default());
    let tip = [0.0, 0.0];
    assert!(loss.value(&tip).abs() < 1e-15);
    assert_eq!(gradient(loss.as_ref(), &tip), [0.0, 0.0]);
    let curvature = loss.curvature(&tip).unwrap();
    assert!(curvature.min.is_finite() && curvature.max.is_finite());
    for degrees in (0..360).step_by(15) {
        let angle = f64::from(degrees).to_radians();
        let aside = [1e-7 * libm::cos(angle), 1e-7 * libm::sin(angle)];
        let slope = gradient(loss.as_ref(), &aside);
        let outwards = slope[0] * libm::cos(angle) + slope[1] * libm::sin(angle);
        assert!((outwards - 8f64.sqrt()).abs() < 1e-5, "{degrees}°: {outwards}");
        assert!((loss.value(&aside) / 1e-7 - 8f64.sqrt()).abs() < 1e-5, "{degrees}°");
    }
}
