//! Ready-made scenarios: one constant each in the file of its group, with its story
//! in both languages, and one line in [`PRESETS`].

mod fitting;
mod landscape;
mod network;
mod optimizer;
mod precision;
mod rate;
mod samples;
mod schedule;
mod stability;

use super::Scenario;
use crate::descent::Words;

/// A scenario with a title and a caption of two sentences.
#[derive(Debug)]
pub struct Preset {
    /// The key in a link. A key that was once published keeps its meaning.
    pub key: &'static str,
    /// What it shows, as a link without `preset`.
    pub link: &'static str,
    /// The name in the menu.
    pub title: Words,
    /// Two sentences: what to look at, and why it is so.
    pub caption: Words,
}

impl PartialEq for Preset {
    fn eq(&self, other: &Self) -> bool {
        self.key == other.key
    }
}

impl Preset {
    /// The preset with this key.
    #[must_use]
    pub fn find(key: &str) -> Option<&'static Self> {
        PRESETS.iter().find(|preset| preset.key == key)
    }

    /// The scenario it stands for.
    #[must_use]
    pub fn scenario(&'static self) -> Scenario {
        let (scenario, _) = super::decode(self.link);
        Scenario { preset: Some(self), ..scenario }
    }
}

/// Every preset, in the order of the menu: first the rate on one ravine and the
/// ravine under one rate, then landscapes of other shapes, optimizers beside each
/// other, schedules, precisions; samples in batches, what is fitted to them.
pub static PRESETS: &[Preset] = &[
    rate::OSCILLATING,
    rate::TOO_SMALL,
    rate::ABOUT_RIGHT,
    rate::BEST,
    rate::AT_THE_LIMIT,
    rate::TOO_LARGE,
    rate::CONDITION_1,
    rate::CONDITION_10,
    rate::CONDITION_100,
    landscape::ROSENBROCK_VALLEY,
    landscape::HIMMELBLAU_NEAR,
    landscape::HIMMELBLAU_FAR,
    landscape::SADDLE,
    landscape::PLATEAU,
    landscape::THROWN_OUT,
    landscape::VANISHING,
    landscape::EXPLODING,
    landscape::THETA_SQUARED,
    landscape::EGG_BOX,
    optimizer::RAVINE_MOMENTUM,
    optimizer::MOMENTUM_TOO_HIGH,
    optimizer::NESTEROV_BRAKES,
    optimizer::ADAGRAD_FADES,
    optimizer::BADLY_SCALED,
    optimizer::ADAM_OVERSHOOTS,
    optimizer::ADAMW_DECAYS,
    optimizer::CURVATURE_HELPS,
    optimizer::EIGHT_RULES,
    schedule::STEP_DECAY,
    schedule::COSINE_DECAY,
    schedule::WARM_UP,
    schedule::NOISE_BALL,
    schedule::CLIPPED_CLIFF,
    schedule::REDUCE_ON_PLATEAU,
    schedule::CONSTRAINED,
    schedule::STOP_RULE,
    precision::BF16_STALLS,
    precision::F32_GOES_ON,
    precision::F16_OVERFLOWS,
    precision::F64_HOLDS,
    samples::LINE_THROUGH_ORIGIN,
    samples::SUMMED_GRADIENT,
    samples::WRONG_SIGN,
    samples::FOUR_POINTS,
    samples::BATCH_LINE,
    samples::STOCHASTIC_LINE,
    samples::BATCH_SIZES,
    samples::TOO_FAST_FOR_ONE,
    samples::SUM_NOT_MEAN,
    samples::SAMPLING_NOISE,
    samples::GROWING_BATCH,
    samples::AVERAGED,
    fitting::UNSCALED,
    fitting::SCALED,
    fitting::OUTLIERS_SQUARED,
    fitting::OUTLIERS_ABSOLUTE,
    fitting::L1_TO_ZERO,
    fitting::L2_SHRINKS,
    fitting::OVERFITTING,
    fitting::LOWER_DEGREE,
    fitting::PENALIZED,
    fitting::MORE_DATA,
    fitting::SEPARABLE,
    fitting::MOONS,
    fitting::HOUSE_PRICES,
    fitting::ADMISSION,
    network::SIGMOID_2,
    network::SIGMOID_8,
    network::SIGMOID_20,
    network::TANH_XAVIER,
    network::TANH_NORMAL,
    network::RELU_HE,
    network::RELU_XAVIER,
    network::DEAD_RELU,
    network::LEAKY_RELU,
    network::GAIN_EXPLODES,
    network::EXPLOSION_CLIPPED,
    network::EXPLOSION_SMALLER_GAIN,
    network::EXPLOSION_SMALLER_RATE,
    network::NETWORK_UNPENALIZED,
    network::NETWORK_L2,
    network::SPIRALS,
    stability::EDGE_OF_STABILITY,
];
