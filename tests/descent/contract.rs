//! What every loss promises, whatever it is made of.

use descent_lab::descent::loss::{LOSSES, Loss, OnPlane, Whole};
use descent_lab::descent::optimizer::Optimizer;
use descent_lab::descent::{Curvature, Descent, Plane, Progress};
use descent_lab::scenario::decode;

/// Every loss with its defaults, and those on data with every kind of error.
fn losses() -> Vec<(String, Vec<f64>, Box<dyn Loss>)> {
    let of_data = [
        "linear_regression,error=absolute",
        "linear_regression,error=huber,intercept=0,l1=0.1",
        "linear_regression,intercept=0,reduction=sum,l2=0.5",
        "logistic_regression,l2=0.1",
        "polynomial_regression,error=huber,l1=0.1",
        "polynomial_regression,error=absolute,basis=chebyshev",
        "network,width=2,depth=2",
        "network,data=wave,width=20,depth=3,l1=0.01",
    ];
    let keys = LOSSES.iter().map(|rule| rule.key).chain(of_data);
    let built = keys.map(|key| {
        let (scenario, refused) = decode(&format!("loss={key}"));
        assert_eq!(refused, [], "{key}");
        // Off the places where a gradient is 0.
        let start = scenario.start.iter().enumerate();
        let start = start.map(|(axis, x)| x + 0.1 + 0.01 * [1.0, -2.0, 3.0][axis % 3]).collect();
        (key.to_owned(), start, scenario.build_loss())
    });
    built.collect()
}

fn bits(numbers: &[f64]) -> Vec<u64> {
    numbers.iter().map(|number| number.to_bits()).collect()
}

fn assert_empty_is_full(loss: &dyn Loss, theta: &[f64], of: &str) {
    let [mut whole, mut batch] = [(); 2].map(|()| vec![f64::NAN; theta.len()]);
    loss.value_and_gradient(theta, &mut whole);
    loss.batch_gradient(theta, &[], &mut batch);
    assert!(whole.iter().all(|slope| slope.is_finite()), "{of}: {whole:?}");
    assert!(whole.iter().any(|slope| *slope != 0.0), "{of}");
    assert_eq!(bits(&batch), bits(&whole), "{of}");
}

#[test]
fn an_empty_batch_is_the_full_batch() {
    for (key, theta, loss) in losses() {
        let loss = loss.as_ref();
        assert_empty_is_full(loss, &theta, &key);
        assert_empty_is_full(&Whole(loss), &theta, &format!("all of {key}"));
        if theta.len() > 2 {
            let plane = Plane::of_parameters(&theta, [0, 1]);
            let on_plane = OnPlane { loss, plane: &plane };
            assert_empty_is_full(&on_plane, &[0.3, -0.2], &format!("a plane of {key}"));
        }
    }
}

/// A loss of many parameters that knows its Hessian only if asked for all of it, which it
/// must not be.
struct Large(usize);

impl Loss for Large {
    fn dimension(&self) -> usize {
        self.0
    }

    fn value(&self, theta: &[f64]) -> f64 {
        0.5 * theta.iter().map(|x| x * x).sum::<f64>()
    }

    fn value_and_gradient(&self, theta: &[f64], gradient: &mut [f64]) -> f64 {
        gradient.copy_from_slice(theta);
        self.value(theta)
    }

    fn batch_gradient(&self, theta: &[f64], _: &[usize], gradient: &mut [f64]) {
        gradient.copy_from_slice(theta);
    }

    fn curvature(&self, _: &[f64]) -> Option<Curvature> {
        None
    }

    fn hessian(&self, theta: &[f64], out: &mut [f64]) -> bool {
        assert!(theta.len() <= 256, "room was made for {} numbers", out.len());
        out.fill(0.0);
        out.iter_mut().step_by(theta.len() + 1).for_each(|entry| *entry = 1.0);
        true
    }

    fn advance(
        &self,
        progress: &mut Progress,
        optimizer: &mut dyn Optimizer,
        descent: &Descent<'_>,
        until: usize,
    ) {
        Whole(self).advance(progress, optimizer, descent, until);
    }
}

#[test]
fn a_product_with_the_hessian_makes_no_room_for_a_large_one() {
    for size in [1, 3, 256, 257, 200_000] {
        let loss = Large(size);
        let (theta, vector) = (vec![1.0; size], vec![2.0; size]);
        for loss in [&loss as &dyn Loss, &Whole(&loss)] {
            let mut product = vec![0.0; size];
            let is_known = loss.curvature_product(&theta, &vector, &mut product);
            assert_eq!(is_known, size <= 256, "{size}");
            assert!(!is_known || product == vector, "{size}");
        }
    }
}

/// What a loss hands out as a product, as a matrix and as a difference of gradients is one.
#[test]
fn products_with_the_hessian_are_those_of_its_matrix() {
    for (key, theta, loss) in losses() {
        let d = theta.len();
        let vector: Vec<f64> = (0..d).map(|axis| [1.0, -0.5, 0.25][axis % 3]).collect();
        let [mut product, mut of_all] = [(); 2].map(|()| vec![f64::NAN; d]);
        let mut matrix = vec![0.0; if d <= 64 { d * d } else { 0 }];
        let is_known = loss.curvature_product(&theta, &vector, &mut product);
        assert!(is_known, "{key}");
        assert!(Whole(loss.as_ref()).curvature_product(&theta, &vector, &mut of_all), "{key}");
        assert_eq!(bits(&product), bits(&of_all), "{key}");
        if d <= 64 && loss.hessian(&theta, &mut matrix) {
            for (row, found) in matrix.chunks(d).zip(&product) {
                let expected: f64 = row.iter().zip(&vector).map(|(h, v)| h * v).sum();
                let size: f64 = row.iter().map(|h| h.abs()).sum::<f64>().max(1e-3);
                assert!((found - expected).abs() <= 1e-10 * size, "{key}: {found} {expected}");
            }
        }
    }
}
