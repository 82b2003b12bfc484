//! What a person did.

use super::own_data::OwnAction;
use crate::descent::{Language, Outcome};

/// Whether a control is still held or was let go: on release the address bar
/// follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Phase {
    /// More of the same may come.
    Held,
    /// This was the last.
    Released,
}

/// A rule whose knobs have sliders; of the runs' rules, the selected run's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Loss,
    Optimizer,
    Schedule,
    Clip,
    Constraint,
}

impl Part {
    /// All of them, with their names in the skeleton.
    pub(super) const ALL: [(Self, &'static str); 5] = [
        (Self::Loss, "loss"),
        (Self::Optimizer, "optimizer"),
        (Self::Schedule, "schedule"),
        (Self::Clip, "clip"),
        (Self::Constraint, "constraint"),
    ];
}

/// The first or the last batch of a run; they are one unless it grows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum BatchEnd {
    First,
    Last,
}

impl BatchEnd {
    pub(super) const ALL: [Self; 2] = [Self::First, Self::Last];

    /// Of its slider; its field has another word behind it.
    pub(super) fn id(self) -> &'static str {
        match self {
            Self::First => "batch",
            Self::Last => "batch-last",
        }
    }
}

/// What a stop rule is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum StopRule {
    Loss,
    Gradient,
}

impl StopRule {
    /// Both, with the names of their fields in the skeleton.
    pub(super) const ALL: [(Self, &'static str); 2] =
        [(Self::Loss, "stop-loss"), (Self::Gradient, "stop-gradient")];
}

/// A number field besides the large one of the learning rate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    StartX,
    StartY,
    Steps,
    Noise,
    Seed,
    /// Empty for no rule.
    Stop(StopRule),
    Batch(BatchEnd),
    /// Of the selected run.
    Warmup,
    /// Of the selected run.
    Average,
    /// The rate in a run's row.
    Rate(usize),
    Knob(Part, usize),
}

/// A picture over learning rates that one looks around on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scale {
    Spectrum,
    Sweep,
}

/// How one looks around there.
#[derive(Clone, Copy, Debug)]
pub(super) enum Look {
    /// The pointer is so far from the left edge, or has left it.
    Pointer(Option<f64>),
    /// The focus came: it is at the present rate.
    Focus,
    /// So many places on.
    By(i32),
    /// Take the rate so far from the left edge, or the one that is looked at.
    Take(Option<f64>),
}

/// What may be done to the samples of the data view. Places are in pixels from the
/// corner of its canvas.
#[derive(Clone, Copy, Debug)]
pub(super) enum SampleAct {
    /// The pointer is there and means what is within reach, or has left.
    Hover(Option<([f64; 2], f64)>),
    /// A pointer was pressed there and takes what is within reach.
    Press([f64; 2], f64),
    /// The pointer that is down moved.
    Drag([f64; 2]),
    /// It was lifted.
    Lift,
    /// A new sample there.
    AddAt([f64; 2]),
    /// A new sample near the one that is looked at, to be placed by keys.
    Add,
    /// The sample that is looked at goes.
    Remove,
    /// On to another sample, or the one that is held moves; far or not.
    Arrow([f64; 2], bool),
    /// An arrow key was let go.
    KeyUp,
    /// Pick the sample up, or put it down.
    Take,
    /// Put it back, or stop adding.
    Back,
    /// Another class for it.
    Class(f64),
    /// The class that it does not have.
    OtherClass,
    /// Its number becomes so many steps larger, where it does not say where it stands.
    Raise(f64),
    /// Presses on empty places make samples, or do not.
    ToggleAdd,
    /// The focus came by a key.
    Focus,
    /// The focus went.
    Blur,
    /// The table was opened.
    Table,
}

/// A part of the stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Space {
    Map,
    Data,
    Layers,
}

/// How one looks at layers.
#[derive(Clone, Copy, Debug)]
pub(super) enum LayerAct {
    /// The pointer is so far from the left edge, or has left.
    Hover(Option<f64>),
    /// The focus came by a key.
    Focus,
    /// So many layers on.
    By(i32),
    /// The focus went.
    Blur,
}

/// What may be done to one of the runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RunAction {
    Select,
    /// Open its settings, or close them.
    Settings,
    Duplicate,
    /// Hide it, or show it again.
    Hide,
    Remove,
    /// One place up in the list.
    Up,
    /// One place down.
    Down,
}

/// An event in the words of the page.
#[derive(Clone, Debug)]
pub(super) enum Message {
    /// The learning rate was set.
    Rate(f64, Phase),
    /// The learning rate was multiplied.
    RateTimes(f64, Phase),
    /// The learning rate was typed.
    RateTyped(String),
    /// What was held was let go without another value.
    Released,
    /// Whatever is held was lost: the window, the pointer or the tab went away.
    LetGo,
    /// A gesture over the map has ended.
    Rest,
    /// Go to a step.
    Step(usize, Phase),
    /// Go so many steps on.
    StepBy(i32),
    /// Go to the start of the run.
    Restart,
    /// Play or pause.
    TogglePlay,
    /// Ask what a run will do before it is shown, or do not.
    TogglePredict,
    /// Take the fewer steps that are offered.
    TakeFewer,
    /// What the selected run will do, says the reader.
    Guess(Outcome),
    /// Play at so many times the usual pace.
    Speed(f64),
    /// Another loss.
    Loss(String),
    /// Something with a person's own data.
    OwnData(OwnAction),
    /// Another optimizer for a run.
    Optimizer(usize, String),
    /// Another schedule for a run.
    Schedule(usize, String),
    /// Another way to clip for the selected run; none for an empty key.
    Clip(String),
    /// Another constraint for the selected run; none for an empty key.
    Constrain(String),
    /// Follow a stop rule, or do not.
    StopAt(StopRule, bool),
    /// The slider of a batch was moved to a place.
    Batch(BatchEnd, usize, Phase),
    /// Let the batch grow over the run, or not.
    GrowBatch(bool),
    /// Whether the selected run has batches of its own.
    OwnBatch(bool),
    /// Another order of the samples.
    Order(String),
    /// Turn the sign of the selected run's gradient, or back.
    Ascent(bool),
    /// Another precision.
    Precision(String),
    /// Something was done to a run.
    Run(usize, RunAction),
    /// Another run beside the others.
    AddRun,
    /// The run under the previous rate becomes one of its own.
    KeepGhost,
    /// One rate for all runs, or to each its own.
    Tie(bool),
    /// A tab of the chart, by its place.
    Tab(usize),
    /// The pointer is over the chart so far from its left edge, or has left it.
    ChartPointer(Option<f64>),
    /// Another rate is looked at, or taken.
    Look(Scale, Look),
    /// Save the table of the sweep.
    SaveSweep,
    /// The pointer or the focus came to the current point, or left it.
    Inspect(bool),
    /// The arrows of the current point stay, or go.
    Pin,
    /// Fold the loss's settings away, or open them.
    FoldLoss,
    /// Copy what the export shows.
    CopyScript,
    /// A knob was moved to a place on its slider, 0 to 1.
    Knob(Part, usize, f64, Phase),
    /// A number field was typed into.
    Typed(Field, String),
    /// The start was put on a point of parameter space.
    Start([f64; 2], Phase),
    /// The start was moved by so many pixels.
    StartBy([f64; 2], Phase),
    /// The map was zoomed about a pixel, or about its middle.
    Zoom(f64, Option<[f64; 2]>),
    /// The map was dragged by so many pixels.
    Pan([f64; 2]),
    /// Lay the map of starts over the loss map, or take it away.
    ToggleStarts,
    /// What goes to the right (0) or upwards (1) on the plane that the map shows.
    Plane(usize, String),
    /// What was typed for a number of it: a seed, or one of two parameters.
    PlaneNumber(usize, String),
    /// The pointer is over the map so far from its corner, or has left it.
    MapPointer(Option<[f64; 2]>),
    /// Show loss and path.
    Fit,
    /// Show the path up to the playhead.
    FitPath,
    /// Show a space beside the map, or on a phone alone.
    Show(Space),
    /// Another layer is looked at.
    Layer(LayerAct),
    /// Something was done on the data view.
    Sample(SampleAct),
    /// A preset by its key.
    Preset(String),
    /// So many presets on in the list.
    PresetBy(i32),
    /// Another language.
    Language(Language),
    /// The other language.
    ToggleLanguage,
    /// The other theme.
    ToggleTheme,
    /// Copy the link.
    Share,
    /// The fragment was changed from outside: back, forward, typed.
    Address,
    /// Sizes, pixel ratio, theme or motion preferences of the window changed.
    Surroundings,
    /// What the job of a worker has found, and whether it is done.
    Found { job: u32, numbers: Vec<f64>, is_done: bool },
    /// Jobs that were lost with their worker.
    Lost(Vec<u32>),
}
