//! What the chart shows of the runs.

/// A quantity of a run over its steps.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Quantity {
    /// J above its infimum: a logarithmic axis has no place for what is negative.
    #[default]
    Loss,
    /// ‖∇J‖ over all data.
    GradientNorm,
    /// The rate used to leave the step; at the last, the one before.
    LearningRate,
    /// ‖θ_{t+1} − θ_t‖, how far the step goes.
    StepLength,
    /// η·λ_max, preconditioned where the rule is; of losses with too many parameters for
    /// their Hessian λ_max itself. It may be negative; the line leaves a gap there.
    Sharpness,
}

impl Quantity {
    /// Every quantity, in the order of the menu.
    pub const ALL: [Self; 5] =
        [Self::Loss, Self::GradientNorm, Self::LearningRate, Self::StepLength, Self::Sharpness];

    /// The key of each in a link, in the same order.
    pub const KEYS: [&'static str; 5] =
        ["loss", "gradient_norm", "learning_rate", "step_length", "sharpness"];

    /// Its key in a link.
    #[must_use]
    pub fn key(self) -> &'static str {
        Self::KEYS[self as usize]
    }

    /// The quantity with this key.
    #[must_use]
    pub fn find(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|quantity| quantity.key() == key)
    }
}
