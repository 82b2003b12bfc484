//! What a link may say of the plane that the map shows, and of what stands beside it.

use descent_lab::scenario::Reason;

use super::cases::Case;

/// Links with a plane to refuse, or layers.
pub(super) fn cases() -> Vec<Case> {
    vec![
        ("#plane=pca", "plane", "pca", Reason::NoPlane),
        ("#loss=polynomial_regression,degree=1&plane=0,1", "plane", "0,1", Reason::NoPlane),
        ("#loss=polynomial_regression&plane=1", "plane", "1", Reason::NotAPlane(3)),
        ("#loss=polynomial_regression&plane=1,1", "plane", "1,1", Reason::NotAPlane(3)),
        ("#loss=polynomial_regression&plane=1,4", "plane", "1,4", Reason::NotAPlane(3)),
        ("#loss=polynomial_regression&plane=1,-2", "plane", "1,-2", Reason::NotAPlane(3)),
        ("#loss=polynomial_regression&plane=Ends", "plane", "Ends", Reason::NotAPlane(3)),
        ("#loss=polynomial_regression&plane=ends,1", "plane", "ends,1", Reason::NotAPlane(3)),
        ("#loss=polynomial_regression&plane=random,", "plane", "random,", Reason::NotASeed),
        ("#loss=polynomial_regression&plane=random,-1", "plane", "random,-1", Reason::NotASeed),
        ("#loss=polynomial_regression&plane=random,1,2", "plane", "random,1,2", Reason::NotASeed),
        ("#loss=booth&plane=ends", "plane", "ends", Reason::NoPlane),
        ("#loss=booth&plane=random,4", "plane", "random,4", Reason::NoPlane),
        ("#loss=polynomial_regression&plane=PCA", "plane", "PCA", Reason::NotAPlane(3)),
        ("#beside=layers", "beside", "layers", Reason::NoLayers),
        ("#loss=logistic_regression&beside=layers", "beside", "layers", Reason::NoLayers),
        (
            "#loss=logistic_regression&beside=map",
            "beside",
            "map",
            Reason::NoSuchName(vec!["data", "layers"]),
        ),
    ]
}
