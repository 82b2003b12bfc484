//! What a link may say of the plane that the map shows, and of what stands beside it.

use descent_lab::scenario::{Beside, Choice, Reason, decode, encode};

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

#[test]
fn layers_beside_the_map_are_part_of_a_link_as_long_as_the_loss_has_some() {
    let link = "#v=1&loss=network,depth=4&beside=layers";
    let (mut scenario, refused) = decode(link);
    assert_eq!(refused, []);
    assert_eq!(scenario.page.beside, Beside::Layers);
    assert_eq!(encode(&scenario), link);
    let (plain, refused) = decode("#v=1&loss=network,depth=4&beside=data");
    assert_eq!((plain.page.beside, refused), (Beside::Data, vec![]));
    let mut other = scenario.loss.clone();
    other.knobs[1] = 2.0;
    scenario.replace_loss(other);
    assert_eq!(scenario.page.beside, Beside::Layers, "another depth");
    scenario.replace_loss(Choice::named("logistic_regression").expect("listed"));
    assert_eq!(scenario.page.beside, Beside::Data, "no layers any more");
}
