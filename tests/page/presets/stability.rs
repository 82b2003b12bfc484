//! What descent does to the curvature that it goes through.

use descent_lab::descent::Trajectory;
use descent_lab::scenario::{Quantity, SharpnessLooks};

use super::shown::preset;

/// The preset's run at a rate, and its sharpness where it is looked at.
fn at_rate(rate: f64) -> (Trajectory, Vec<(usize, f64)>) {
    let mut scenario = preset("edge_of_stability").scenario();
    scenario.runs[0].learning_rate = rate;
    let (loss, run) = (scenario.build_loss(), &scenario.runs[0]);
    let trajectory = scenario.descend(run, loss.as_ref());
    let mut looks = SharpnessLooks::begin(&scenario, run, loss.as_ref(), &trajectory)
        .expect("plain descent has an edge");
    assert!(looks.advance((&scenario, run), loss.as_ref(), &trajectory, &mut || false));
    let points = looks.points().collect();
    (trajectory, points)
}

/// The mean over the last third of the steps, in parts of 2/η.
fn late(points: &[(usize, f64)], rate: f64) -> f64 {
    let last = points[points.len() - 1].0;
    let late: Vec<f64> =
        points.iter().filter(|(step, _)| 3 * step >= 2 * last).map(|(_, found)| *found).collect();
    #[expect(clippy::cast_precision_loss, reason = "some dozens")]
    let mean = late.iter().sum::<f64>() / late.len() as f64;
    mean * rate / 2.0
}

#[test]
fn sharpness_climbs_to_the_edge_and_hovers_there_while_the_loss_falls_unevenly() {
    let scenario = preset("edge_of_stability").scenario();
    assert_eq!(scenario.page.chart, Quantity::Sharpness);
    let rate = scenario.runs[0].learning_rate;
    let (run, points) = at_rate(rate);
    assert!(points.len() > 200, "{}", points.len());
    let edge = 2.0 / rate;
    assert!(points[0].1 < 0.7 * edge, "{}", points[0].1);
    assert!((0.8..1.2).contains(&late(&points, rate)), "{}", late(&points, rate));
    // Up to the edge it climbs all the way, and there it stays.
    let crossing = points.iter().position(|(_, found)| *found > edge).expect("it gets there");
    let (climb, hover) = points.split_at(crossing);
    assert!(climb[climb.len() / 8..].windows(2).all(|pair| pair[1].1 > pair[0].1));
    assert!((points.len() / 10..points.len() / 2).contains(&crossing), "{crossing}");
    assert!(hover.iter().all(|(_, found)| (0.8..1.3).contains(&(found / edge))));
    // Not a step uphill before, and many after, although it ends far lower.
    let losses = run.losses();
    let rises = |from: usize, to: usize| {
        losses[from..to].windows(2).filter(|pair| pair[1] > pair[0]).count()
    };
    let (crossed, last) = (hover[0].0, run.steps());
    assert_eq!(rises(0, crossed), 0);
    assert!(rises(crossed, last) > 300, "{}", rises(crossed, last));
    assert!(losses[last] < 0.7 * losses[crossed], "{} {}", losses[crossed], losses[last]);
}

#[test]
fn another_rate_has_its_edge_elsewhere() {
    let (_, points) = at_rate(0.2);
    assert!((0.9..1.1).contains(&late(&points, 0.2)), "{}", late(&points, 0.2));
    let (run, points) = at_rate(0.05);
    let last = points[points.len() - 1].1;
    assert!(last < 0.9 * 40.0 && last > points[points.len() - 20].1, "still climbing: {last}");
    assert!(run.losses().windows(2).all(|pair| pair[1] < pair[0]));
}
