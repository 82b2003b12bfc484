//! Links whose keys of the page have something to refuse.

use descent_lab::scenario::{Quantity, Reason};

use super::cases::{Case, MOST, names, range, whole};

/// What the page remembers.
pub(super) fn cases() -> Vec<Case> {
    vec![
        ("#step=201", "step", "201", whole(0.0, 200.0)),
        ("#step=51&steps=50", "step", "51", whole(0.0, 50.0)),
        ("#step=-1", "step", "-1", whole(0.0, 200.0)),
        ("#step=0.5", "step", "0.5", whole(0.0, 200.0)),
        ("#play=yes", "play", "yes", names(&["0", "1"])),
        ("#play=01", "play", "01", names(&["0", "1"])),
        ("#lang=de", "lang", "de", names(&["en", "zh"])),
        ("#lang=EN", "lang", "EN", names(&["en", "zh"])),
        ("#theme=blue", "theme", "blue", names(&["light", "dark"])),
        ("#chart=curvature", "chart", "curvature", names(&Quantity::KEYS)),
        ("#chart=Loss", "chart", "Loss", names(&Quantity::KEYS)),
        ("#chart=loss&chart=sharpness", "chart", "sharpness", Reason::Repeated),
        ("#predict=yes", "predict", "yes", names(&["0", "1"])),
        ("#predict=", "predict", "", names(&["0", "1"])),
        ("#predict", "predict", "", Reason::NoValue),
        ("#predict=1&predict=0", "predict", "0", Reason::Repeated),
        ("#view=0,1,0", "view", "0,1,0", Reason::WrongCount(4)),
        ("#view=0,1,0,x", "view", "x", range(-MOST, MOST)),
        ("#view=0,1,0,1e300", "view", "1e300", range(-MOST, MOST)),
        ("#view=1,0,0,1", "view", "1,0,0,1", Reason::NotAWindow),
        ("#view=0,1,1,1", "view", "0,1,1,1", Reason::NotAWindow),
        ("#view=0,1,1e12,1e12", "view", "0,1,1e12,1e12", Reason::NotAWindow),
        ("#view=5,5.000000000000001,0,1", "view", "5,5.000000000000001,0,1", Reason::NotAWindow),
    ]
}
