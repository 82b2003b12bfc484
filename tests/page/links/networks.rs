//! Links of networks with one thing to refuse.

use descent_lab::scenario::Reason;

use super::cases::{Case, names, range, whole};

/// Networks: what they are made of, and the start that is drawn.
pub(super) fn cases() -> Vec<Case> {
    let [activations, inits, errors] = [
        &["linear", "sigmoid", "tanh", "relu", "leaky_relu", "gelu"][..],
        &["normal", "xavier", "he", "orthogonal"],
        &["cross_entropy", "squared"],
    ]
    .map(names);
    let needs = || Reason::NeedsClasses("squared");
    vec![
        ("#loss=network,depth=0", "loss.depth", "0", whole(1.0, 50.0)),
        ("#loss=network,depth=51", "loss.depth", "51", whole(1.0, 50.0)),
        ("#loss=network,depth=2.5", "loss.depth", "2.5", whole(1.0, 50.0)),
        ("#loss=network,width=0", "loss.width", "0", whole(1.0, 64.0)),
        ("#loss=network,width=65", "loss.width", "65", whole(1.0, 64.0)),
        ("#loss=network,init=normal,sigma=-1", "loss.sigma", "-1", range(0.0, 10.0)),
        ("#loss=network,init=normal,sigma=10.1", "loss.sigma", "10.1", range(0.0, 10.0)),
        ("#loss=network,gain=1e3", "loss.gain", "1e3", range(0.0, 10.0)),
        ("#loss=network,gain=nan", "loss.gain", "nan", range(0.0, 10.0)),
        ("#loss=network,init_seed=-1", "loss.init_seed", "-1", whole(0.0, 999.0)),
        ("#loss=network,activation=Tanh", "loss.activation", "Tanh", activations),
        ("#loss=network,init=glorot", "loss.init", "glorot", inits),
        ("#loss=network,error=huber", "loss.error", "huber", errors),
        ("#loss=network,bias=yes", "loss.bias", "yes", names(&["0", "1"])),
        ("#loss=network,data=wave,error=cross_entropy", "loss.error", "cross_entropy", needs()),
        (
            "#loss=network,data=own,error=cross_entropy&points=1,2;3,4",
            "loss.error",
            "cross_entropy",
            needs(),
        ),
        ("#loss=network&start=1,2", "start", "1,2", Reason::StartIsDrawn(337)),
        ("#loss=network,data=wave,depth=1&start=1", "start", "1", Reason::WrongCount(2)),
        ("#loss=network,data=penguins&batch=275", "batch", "275", whole(1.0, 274.0)),
        ("#loss=network,data=penguins_mass&batch=343", "batch", "343", whole(1.0, 342.0)),
    ]
}
