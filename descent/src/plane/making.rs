//! A plane that is made part by part: of hundreds of thousands of parameters it takes
//! longer than a frame.

use super::super::layers::Layer;
use super::Plane;
use super::ends::Farthest;
use super::principal::Principal;
use super::random::Drawing;

/// A plane on its way; it is the same however it is cut.
pub struct PlaneMaking {
    origin: Vec<f64>,
    directions: Directions,
}

/// How the two directions are found.
enum Directions {
    Principal(Principal),
    Ends(Farthest),
    Random(Drawing),
    Found([Vec<f64>; 2]),
}

impl PlaneMaking {
    /// What [`Plane::of_principal_directions`] makes.
    #[must_use]
    pub fn of_principal_directions(origin: &[f64]) -> Self {
        Self { origin: origin.to_vec(), directions: Directions::Principal(Principal::new()) }
    }

    /// What [`Plane::through`] makes.
    #[must_use]
    pub fn through(start: &[f64], end: &[f64]) -> Self {
        Self { origin: start.to_vec(), directions: Directions::Ends(Farthest::new(start, end)) }
    }

    /// What [`Plane::of_random_directions`] makes.
    #[must_use]
    pub fn of_random_directions(origin: &[f64], layers: &[Layer], seed: u64) -> Self {
        let drawing = Drawing::new(origin.len(), layers, seed);
        Self { origin: origin.to_vec(), directions: Directions::Random(drawing) }
    }

    /// What [`Plane::of_parameters`] makes.
    #[must_use]
    pub fn of_parameters(point: &[f64], parameters: [usize; 2]) -> Self {
        let Plane { origin, axes } = Plane::of_parameters(point, parameters);
        Self { origin, directions: Directions::Found(axes) }
    }

    /// Through a run that has not moved: there is no direction to be found.
    #[must_use]
    pub fn at(origin: &[f64]) -> Self {
        Self { origin: origin.to_vec(), directions: Directions::Found(any(origin.len())) }
    }

    /// Goes on until time is up or the directions are found, and says whether they are;
    /// the points it was asked for must be the same in every call.
    pub fn advance(&mut self, points: &[&[f64]], is_time_up: &mut dyn FnMut() -> bool) -> bool {
        let Self { origin, directions } = self;
        let mut found = match directions {
            Directions::Principal(principal) => principal.advance(origin, points, is_time_up),
            Directions::Ends(farthest) => farthest.advance(origin, points, is_time_up),
            Directions::Random(drawing) => drawing.advance(origin, is_time_up),
            Directions::Found(_) => return true,
        };
        if let Some(axes) = found.take() {
            *directions = Directions::Found(axes);
        }
        matches!(directions, Directions::Found(_))
    }

    /// The plane; any plane through its origin where the directions are not found.
    #[must_use]
    pub fn finish(self) -> Plane {
        let Self { origin, directions } = self;
        let axes = match directions {
            Directions::Found(axes) => axes,
            _ => any(origin.len()),
        };
        Plane { origin, axes }
    }
}

/// The directions of the first two of so many parameters.
fn any(n: usize) -> [Vec<f64>; 2] {
    [0, 1].map(|place| {
        let mut axis = vec![0.0; n];
        axis.iter_mut().skip(place).take(1).for_each(|one| *one = 1.0);
        axis
    })
}

impl Plane {
    /// The plane through `origin` that holds most of what `points` are away from it,
    /// spanned by their principal directions; the first of them is on the side of
    /// positive coordinates. Source: Li and others, *Visualizing the Loss Landscape of
    /// Neural Nets* (2018), section 7.
    #[must_use]
    pub fn of_principal_directions(origin: &[f64], points: &[&[f64]]) -> Self {
        Self::made(PlaneMaking::of_principal_directions(origin), points)
    }

    /// The plane through `start`, `end` and the one of `points` that is farthest from the
    /// line through both. Its coordinates count from the start, to the right towards the
    /// end; that third point is above the line.
    #[must_use]
    pub fn through(start: &[f64], end: &[f64], points: &[&[f64]]) -> Self {
        Self::made(PlaneMaking::through(start, end), points)
    }

    /// The plane through `origin` along two directions drawn from a seed. Each is normal
    /// in every weight; then every unit's row of weights is scaled to the length it has
    /// at `origin`, so that what rescaling a layer's weights does not change is not seen
    /// either, and all that is no weight stays. Without `layers` all numbers are weights
    /// of one row. Source: Li and others, *Visualizing the Loss Landscape of Neural Nets*
    /// (2018), section 4.
    #[must_use]
    pub fn of_random_directions(origin: &[f64], layers: &[Layer], seed: u64) -> Self {
        Self::made(PlaneMaking::of_random_directions(origin, layers, seed), &[])
    }

    fn made(mut making: PlaneMaking, points: &[&[f64]]) -> Self {
        while !making.advance(points, &mut || false) {}
        making.finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A plane that is cut after every look at the clock.
    fn cut(mut making: PlaneMaking, points: &[&[f64]]) -> (Plane, usize) {
        let mut parts = 1;
        while !making.advance(points, &mut || true) {
            parts += 1;
        }
        (making.finish(), parts)
    }

    #[test]
    fn it_is_the_same_however_it_is_cut() {
        let n = 20_000;
        let wave =
            |pace: f64| -> Vec<f64> { (0..n).map(|at| libm::sin(pace * f64::from(at))).collect() };
        let points: Vec<Vec<f64>> = [1.0, 0.3, 2.2, 0.7, 0.11].map(wave).to_vec();
        let views: Vec<&[f64]> = points.iter().map(Vec::as_slice).collect();
        let [start, .., end] = &views[..] else { panic!("points") };
        let principal = cut(PlaneMaking::of_principal_directions(end), &views);
        assert_eq!(principal.0, Plane::of_principal_directions(end, &views));
        let through = cut(PlaneMaking::through(start, end), &views);
        assert_eq!(through.0, Plane::through(start, end, &views));
        let random = cut(PlaneMaking::of_random_directions(end, &[], 3), &[]);
        assert_eq!(random.0, Plane::of_random_directions(end, &[], 3));
        let parts = [principal.1, through.1, random.1];
        assert!(parts.iter().all(|parts| *parts > 4), "{parts:?}");
    }
}
