//! The runs whose scripts are tested.

use descent_lab::descent::{Average, Trajectory};
use descent_lab::scenario::{PythonFlavour, Scenario, decode, python_script};

/// A scenario with one run, by its link.
pub(super) struct Case {
    pub(super) link: String,
    pub(super) scenario: Scenario,
}

impl Case {
    /// The scenario of `#v=1&` and `link`, which nothing is refused of.
    pub(super) fn of(link: &str) -> Self {
        let link = format!("#v=1&{link}");
        let (scenario, refused) = decode(&link);
        assert_eq!(refused, [], "{link}");
        assert_eq!(scenario.runs.len(), 1, "{link}");
        Self { link, scenario }
    }

    /// What the core makes of it.
    pub(super) fn trajectory(&self) -> Trajectory {
        let loss = self.scenario.build_loss();
        self.scenario.descend(&self.scenario.runs[0], loss.as_ref())
    }

    /// The loss and the parameters of its average, where it has one.
    pub(super) fn average(&self, trajectory: &Trajectory) -> Option<Vec<f64>> {
        let loss = self.scenario.build_loss();
        let share = self.scenario.runs[0].average;
        let average = Average::of(loss.as_ref(), trajectory, share)?;
        let last = average.steps().len() - 1;
        Some([&[average.last_loss()], average.point(last)].concat())
    }

    /// Its script.
    pub(super) fn script(&self, flavour: PythonFlavour) -> String {
        python_script(&self.scenario, &self.scenario.runs[0], flavour)
    }
}
