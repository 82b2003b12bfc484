//! English.

mod ending;
mod fate;
mod layers;
mod making;
mod refusal;
mod sample;
mod slice;
mod sweep;
mod table;
mod verdict;

use super::{Side, Text};
use crate::descent::{Order, Outcome, Precision};
use crate::scenario::Grade;

pub(super) static TEXT: Text = Text {
    skip_to_rate: "Skip to the learning rate",
    scenario: "Scenario",
    previous_scenario: "Previous scenario",
    next_scenario: "Next scenario",
    own_scenario: "Your own scenario",
    own_caption: "You have left the ready-made scenarios: loss, start and runs are yours. The address bar holds all of it, and Share copies it.",
    share: "Share",
    link_copied: "Link copied",
    copy_this_link: "Copy this link",
    keyboard_help: "Keyboard",
    more: "More",
    language: "Language",
    to_dark_theme: "Dark theme",
    to_light_theme: "Light theme",
    close: "Close",
    loss_map: "Loss map",
    map_help: "Arrow keys move the start, with Shift in small steps. Plus and minus zoom, 0 fits loss and path. Drag the map to pan it, click to place the start.",
    map_help_made: "Arrow keys move the map. Plus and minus zoom, 0 fits loss and path. Drag the map to pan it. Where the runs start is set by initialization and seed.",
    start: "start",
    map_of_starts: "Map of starts",
    starts_settle: "settles",
    starts_other_minimum: "another minimum",
    starts_go_on: "does not settle",
    zoom_in: "Zoom in",
    zoom_out: "Zoom out",
    fit_view: "Fit loss and path",
    fit_path: "Fit path",
    predict_first: "Predict first",
    prediction: "What will this rate do?",
    predict_to_play: "Say first what this rate will do; then it plays",
    chart_later: "The curve comes with the answer.",
    caption_later: "What this scenario is about comes with the answer.",
    previous_rate: "previous",
    keep: "Keep",
    keep_rate: "Keep the previous rate as a run",
    play: "Play",
    pause: "Pause",
    restart: "Restart",
    step: "Step",
    step_axis: "step",
    epoch: "epoch",
    noise_ball: "noise ball, ±2σ",
    step_back: "Step back",
    step_forward: "Step forward",
    speed: "Speed",
    learning_rate: "Learning rate",
    learning_rate_value: "Learning rate value",
    lower_rate: "Lower the learning rate",
    raise_rate: "Raise the learning rate",
    best: "best",
    limit: "limit",
    best_here: "best here",
    limit_here: "limit here",
    no_best: "no best rate here: not all directions curve up",
    no_limit: "no limit here: nothing curves upwards",
    limit_in_chart: "the limit is shown here while the chart of sharpness is open",
    details: "Details",
    loss: "Loss",
    loss_value: "loss",
    loss_heading: "Loss and start",
    plane_right: "Parameter to the right",
    plane_up: "Parameter upwards",
    principal: "Principal directions",
    principal_direction: "principal direction",
    plane_ends: "Start and end",
    plane_random: "Random directions",
    plane_two: "Two parameters",
    plane_seed: "Seed of the random directions",
    to_the_end: "start → end",
    aside_of_it: "aside of it",
    random_direction: "random direction",
    start_x: "Start x",
    start_y: "Start y",
    steps: "Steps",
    loss_details: "Settings of the loss",
    more_settings: "More settings",
    batch: "Batch",
    batch_last: "grows to",
    batch_grows: "grows over the run",
    batch_own: "this run only",
    order: "Order",
    noise: "Noise σ",
    seed: "Seed",
    precision: "Precision",
    chart: "Chart",
    charts: "Charts",
    loss_tab: "Loss",
    gradient_tab: "Gradient",
    rate_tab: "Rate",
    step_tab: "Step",
    gradient_norm: "Gradient norm",
    step_length: "Step length",
    sharpness: "Sharpness",
    sharpness_note: "rate × sharpness",
    preconditioned_note: "rate × sharpness after scaling",
    largest_note: "sharpness λ_max",
    preconditioned_largest: "sharpness λ_max after scaling",
    sharpness_later: "The sharpness is worked out once the run is complete.",
    dashed_edge: "; dashed: edge of stability",
    above_minimum: "above the minimum",
    sweep: "Sweep",
    sweep_rates: "Final loss by rate",
    sweep_help: "Arrow keys look at other rates, Enter gives the selected run that rate.",
    end_loss: "final loss",
    end_loss_above: "final loss above the minimum",
    rate_axis: "learning rate",
    diverges_everywhere: "diverges at every rate",
    save_as_csv: "Save as CSV",
    parameter_space: "Parameter space",
    data_space: "Data space",
    point_is_line: "each point is a line",
    point_is_curve: "each point is a curve",
    point_is_boundary: "each point is a boundary",
    point_is_plane: "each point is a plane",
    line_at_puck: "the line at the puck",
    curve_at_puck: "the curve at the puck",
    boundary_at_puck: "boundary at the puck",
    plane_at_puck: "level lines of ŷ at the puck",
    map_or_data: "Map or data",
    show_map: "Map",
    show_data: "Data",
    data_or_layers: "Data or layers",
    show_layers: "Layers",
    layer_view: "Layers of the network",
    layers_help: "Arrow keys go from layer to layer, Home and End to the first and last.",
    layers_table: "Table of the layers",
    data_points: "Data points",
    data_help: "Arrow keys go from point to point. Enter or Space picks a point up: arrow keys move it, with Shift in large steps, Enter puts it down, Escape puts it back. A adds a point, Delete removes one; 0 and 1 set its class, + and − change its number where two features say where it stands. With the pointer: drag a point, double-click for a new one.",
    add_point: "Add point",
    remove_point: "Remove point",
    other_class: "Other class",
    raise_number: "Larger number",
    lower_number: "Smaller number",
    data_table: "Table of the data",
    sample_column: "Sample",
    predicted: "Prediction",
    residual: "Residual",
    chance: "Probability of class 1",
    in_batch_column: "In the batch",
    held_out_column: "Held out",
    yes: "yes",
    in_mini_batch: "in this mini-batch",
    held_out: "held out",
    above_prediction: "above the prediction",
    below_prediction: "below the prediction",
    class_0: "class 0",
    class_1: "class 1",
    slope: "slope",
    intercept: "intercept",
    weight: "weight",
    results: "Results",
    run_column: "Run",
    outcome_column: "Outcome",
    settles_column: "Steps to settle",
    final_loss: "Final loss",
    distance: "Distance to minimum",
    own_data: "Your data…",
    own_data_title: "Your data",
    own_data_hint: "Paste a table or drop a file: CSV with commas, semicolons or tabs. It stays in your browser.",
    paste_table: "Table to paste",
    choose_file: "Choose a file…",
    stop_reading: "Stop reading",
    reading_table: "Reading the table",
    table_preview: "First rows of the table",
    first_line_names: "The first line holds names",
    learnt_by: "Loss",
    feature_x: "x, to learn from",
    target_y: "y, to be found",
    feature_one: "x₁, to learn from",
    feature_two: "x₂, to learn from",
    no_feature: "none",
    target_class: "Class, to be found",
    class_zero: "Class 0",
    class_one: "Class 1",
    cancel: "Cancel",
    use_data: "Use these data",
    data_not_in_link: "Too large for a link: kept in this browser only.",
    data_fetched: "Fetching your data from this browser…",
    data_kept: "Too large for the link: your data are kept in this browser",
    data_not_kept: "This browser did not keep your data: its storage is full, or it is a private window. They are here until the page is reloaded or closed, and the link does not hold them.",
    link_without_data: "Link copied. Your data are not in it: it shows them in this browser only.",
    save_data: "Save the data as CSV",
    copy_as_python: "Copy as Python",
    copy: "Copy",
    script_copied: "Script copied",
    export: "Export",
    current_point: "Current point: gradient, momentum and step",
    no_theory: "theory knows no limit for this rule",
    climbs_at_any_rate: "climbs at any rate: the sign of the gradient is wrong",
    selected_run: "Run to set",
    spectrum: "What every rate does",
    spectrum_help: "Arrow keys look at other rates, Enter takes one.",
    spectrum_hidden: "Hidden as long as you predict first",
    runs: "Runs",
    add_run: "Add run",
    no_more_runs: "Eight runs are the most",
    one_rate: "one rate for all",
    optimizer: "Optimizer",
    schedule: "Schedule",
    warmup: "Warm-up steps",
    clip: "Clip gradient",
    constrain: "Constrain parameters",
    no_constraint: "Not at all",
    stop_loss: "Stop when loss ≤",
    stop_gradient: "Stop when ‖∇J‖ ≤",
    ascent: "wrong sign: up the slope",
    average: "Averaged share",
    average_loss: "average",
    average_help: "The share of the run, counted from its end, whose points are averaged: 0 for none, 0.5 for the last half, 1 for all.",
    no_clip: "Not at all",
    rate_first_tried: "each step tries this rate first, then less",
    rate_first_step: "only the first step uses this rate",
    rate_unused: "this rule finds its own step; the rate is not used",
    without_hessian: "too many parameters for its Hessian: it goes along −∇J by line search",
    duplicate_run: "Duplicate",
    hide_run: "Hide",
    show_run: "Show",
    move_up: "Move up",
    move_down: "Move down",
    remove_run: "Remove",
    refused_heading: "Some of this link was not understood and left out:",
    crash_title: "Something broke in this page",
    crash_text: "That is our mistake, not yours. The link below holds what you were looking at; please keep it if you want to report this.",
    crash_link: "The link that caused it",
    crash_recover: "Try this link again",
    crash_start_over: "Start over",
    language_tag: "en",
    keys: &[
        ("Space", "play or pause"),
        (", .", "step back, step forward"),
        ("Home", "to the start of the run (outside sliders and fields)"),
        ("← →", "on the learning rate: a twentieth of a decade"),
        ("Shift ← →", "on the learning rate: a hundredth of a decade"),
        ("Page ↑ ↓", "on the learning rate: a quarter of a decade"),
        ("Home End", "on a slider: to its ends"),
        ("← → ↑ ↓", "on the map: move the start"),
        ("Shift ← → ↑ ↓", "on the map: move the start a little"),
        ("+ − 0", "zoom in, zoom out, fit loss and path"),
        ("← → ↑ ↓", "on the data: to the next point"),
        ("Enter", "on the data: pick a point up, put it down"),
        ("A Delete", "on the data: add a point, remove one"),
        ("← →", "on the layers: to the next one"),
        ("1 … 8", "select a run"),
        ("K", "keep the previous rate as a run"),
        ("P", "predict first, or not"),
        ("[ ]", "previous, next scenario"),
        ("L", "language"),
        ("T", "light or dark"),
        ("?", "this list"),
    ],
    layers: &layers::TEXT,
    outcome,
    ending: ending::ending,
    verdict: verdict::sentence,
    advice: verdict::advice,
    meaning,
    answer: |grade, guessed| match grade {
        Grade::Right => "Right: ".to_owned(),
        Grade::RightOnTheWhole => "Right: it arrives. It oscillates on the way. ".to_owned(),
        Grade::Wrong => format!("Not this time, you said {guessed}: "),
    },
    score: |right, of| format!("{right} of {of} right"),
    sample: sample::sample,
    sample_event: sample::event,
    own_gradient: |parts| format!("Its own gradient is ({parts})."),
    more_samples: |count| format!("{count} more are not listed."),
    standardized: |name| format!("{name}, standardized"),
    refusal: refusal::refusal,
    table_refusal: table::refusal,
    table_summary: table::summary,
    reading_rows: |share, rows| format!("Reading: {share}, {rows} rows …"),
    making: making::making,
    fewer_steps: making::fewer_steps,
    steps_counted: |count| format!("{count} {}", steps(count)),
    fastest_between: |low, high| {
        let range = if low == high { format!("at {low}") } else { format!("from {low} to {high}") };
        format!("fewest steps {range}")
    },
    at_rate: fate::at_rate,
    leads: |step, ranking| {
        let [(first, lowest), rest @ ..] = ranking else { return [String::new(), String::new()] };
        let named = rest.iter().take(3).map(|(name, loss)| format!("{name} *{loss}*"));
        let others = named.collect::<Vec<_>>().join(", ");
        let more = match rest.len().saturating_sub(3) {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        [
            format!("{first} leads after {step} {}", steps(step)),
            format!(", at loss *{lowest}*; {others}{more}."),
        ]
    },
    precision_name: |precision| match precision {
        Precision::F64 => "f64 · double",
        Precision::F32 => "f32 · single",
        Precision::Bf16 => "bf16",
        Precision::F16 => "f16 · half",
    },
    order_name: |order| match order {
        Order::Shuffled => "shuffled each epoch",
        Order::Sequential => "as in the data",
    },
    averaged: |from, [loss, last], closer| {
        let closer = closer.map(|times| format!(", {times} times closer to the minimum"));
        let closer = closer.unwrap_or_default();
        format!("The average from step {from} on has loss {loss}, the last point {last}{closer}.")
    },
    strays: |[x, y], [long, short]| {
        format!(
            "Noise ball: its second half strays about ({x}, {y}), with standard deviations of {long} and {short} along the axes of the ellipse."
        )
    },
    scaling: |is_standardized, number, limit| {
        let name = if is_standardized { "Standardized" } else { "Raw" };
        format!("{name}: condition number {}, limit {limit}", number.unwrap_or("beyond 10¹⁴"))
    },
    batch_named: |first, last| match (first, last) {
        (None, None) => "Full batch".to_owned(),
        (Some(first), None) => format!("Batch {first}"),
        (_, Some(last)) => {
            format!("Batch {} → {}", first.unwrap_or("all"), last.unwrap_or("all"))
        }
    },
    of_samples: |samples| format!("of {samples}"),
    run_named: |letter| format!("Run {letter}"),
    rate_of_run: |letter| format!("η of run {letter}"),
    settings_of_run: |letter| format!("Settings of run {letter}"),
    slice_words: slice::words,
    as_of_step: |step| format!("as of step {step}"),
    off_map: |distance, side| match side {
        Side::Above => format!("{distance} units above the map"),
        Side::Below => format!("{distance} units below the map"),
        Side::Left => format!("{distance} units left of the map"),
        Side::Right => format!("{distance} units right of the map"),
    },
    step_spoken: |step, of, loss| format!("step {step} of {of}, loss {loss}"),
    chart_spoken: |first, last, least| {
        format!("Loss by step, logarithmic: from {first} to {last}; the smallest is {least}.")
    },
    held_out_spoken: |[last, least, step]| {
        format!(" Held out, dashed: {last} at the end; the least is {least} at step {step}.")
    },
    overfits: |[step, least, last]| {
        format!(
            " *Overfitting:* from step {step} on the held-out loss rose from {least} to {last} while the training loss kept falling."
        )
    },
    sharpness_spoken: |of, [first, last], limit| {
        let limit = limit.map(|limit| format!("; the limit is {limit}")).unwrap_or_default();
        format!("{of} by step, logarithmic: from {first} to {last}{limit}.")
    },
    does_not_apply: |why| format!("Does not apply to this rule: {why}."),
    sweep_spoken: sweep::spoken,
    swept_at: sweep::at,
    stop_line: |limit| format!("stop at {limit}"),
    not_in_range: |given, min, max, whole| {
        let kind = if whole { "a whole number" } else { "a number" };
        format!("\"{given}\" is not {kind} from {min} to {max}.")
    },
    not_a_rate: |given| {
        format!("\"{given}\" is not a learning rate: type a positive number such as 0.05 or 1e-3.")
    },
};

/// The noun after a count.
fn steps(count: &str) -> &'static str {
    if count == "1" { "step" } else { "steps" }
}

fn meaning(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Crawls => "still on its way when the steps run out",
        Outcome::Converges => "comes within 1% of the minimum",
        Outcome::Oscillates => "swings from side to side, and the swings die down",
        Outcome::Bounces => "keeps moving from side to side without settling",
        Outcome::Stalls => "comes to rest where there is no minimum",
        Outcome::Diverges => "runs away",
    }
}

fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Crawls => "crawls",
        Outcome::Converges => "converges",
        Outcome::Oscillates => "oscillates",
        Outcome::Bounces => "bounces",
        Outcome::Stalls => "stalls",
        Outcome::Diverges => "diverges",
    }
}
