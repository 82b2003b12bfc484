//! Every word a person reads, in English and Chinese.
//!
//! [`Text`] has one field a word or sentence, so one that is missing in a
//! language is a compile error. The names of losses, optimizers, knobs and
//! presets stand beside their rules ([`crate::descent::Words`]).

mod advice;
mod diagnosis;
mod en;
mod layers;
mod making;
mod number;
mod sample;
mod verdict;
mod zh;

pub use advice::{Advice, Why};
pub use diagnosis::{Finding, LayerWords};
pub use layers::LayersText;
pub use making::Making;
pub(crate) use number::raised;
pub use number::{count, figure, mark, percent, subscripted, tenths, tick};
pub use sample::{SampleEvent, SampleWords};
pub use verdict::{Cause, Learnt, Stopped, sentence, sentence_of};

use crate::descent::{Ending, Language, Order, Outcome, Precision};
use crate::scenario::table::{LeftOut, TableRefusal};
use crate::scenario::{Directions, Grade, Refusal};

/// Where a run has left the map.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Beyond the top edge.
    Above,
    /// Beyond the bottom edge.
    Below,
    /// Beyond the left edge.
    Left,
    /// Beyond the right edge.
    Right,
}

/// What happens at a rate, in words and numbers.
#[derive(Clone, Debug)]
pub enum RateFate {
    /// The outcome, the step at which it is reached or the run ends, and whether the run
    /// arrives.
    One(Outcome, String, bool),
    /// How many of how many seeds have each outcome, the most frequent first.
    Shares(Vec<(Outcome, String)>, String),
    /// Not yet known.
    Unknown,
}

/// A start, what becomes of it and the numbers of that.
pub struct StartWords<'a> {
    /// Whether the start is the place under the pointer, and not that of the run.
    pub is_here: bool,
    /// What becomes of it; none if that is not known yet.
    pub ending: Option<Ending>,
    /// The step at which it does.
    pub step: &'a str,
    /// Where the minimum is that it reaches, if that is known.
    pub minimum: Option<&'a str>,
}

/// What of a table can be used.
pub struct TableSummary<'a> {
    /// Rows that can.
    pub rows: &'a str,
    /// Rows of other classes than the two, if there are any.
    pub other_classes: Option<&'a str>,
    /// Rows that are left out, if there are any.
    pub left_out: Option<&'a str>,
    /// The first few of them.
    pub first: &'a [LeftOut],
    /// Whether these are all.
    pub names_all: bool,
    /// Whether commas are decimal signs.
    pub has_decimal_commas: bool,
}

/// The plane that the map shows of more than two parameters.
pub struct SliceWords<'a> {
    /// How many there are.
    pub parameters: &'a str,
    /// The share of the path that lies in it, in %; none of a run that does not move.
    pub share: Option<&'a str>,
    /// Whether that is so little that the path is hardly seen.
    pub is_little: bool,
    /// Whether it goes through the run's end, and not through its lowest point.
    pub is_end: bool,
    /// What spans it.
    pub directions: Directions,
    /// Every so-manieth step is kept, where it is not every step.
    pub stride: Option<&'a str>,
}

/// A run's name, its outcome at a rate and its final loss there.
pub type SweptRun = (String, Option<Outcome>, Option<String>);

macro_rules! words {
    ($($key:ident,)*) => {
        /// The words of one language.
        #[expect(missing_docs, reason = "a field is named after its English words")]
        pub struct Text {
            $(pub $key: &'static str,)*
            /// The `lang` attribute of the page.
            pub language_tag: &'static str,
            /// The keyboard's map: keys, and what they do.
            pub keys: &'static [(&'static str, &'static str)],
            /// The words of the layer view.
            pub layers: &'static LayersText,
            /// The word for an outcome.
            pub outcome: fn(Outcome) -> &'static str,
            /// Why a run ended as it did: the word that leads, and the sentence
            /// after it, with `*stars*` around its figures.
            pub verdict: fn(&Cause) -> [String; 2],
            /// What stands in the place of a verdict while a run is being made.
            pub making: fn(&Making<'_>) -> [String; 2],
            /// A button that takes so many steps.
            pub fewer_steps: fn(&str) -> String,
            /// So many steps.
            pub steps_counted: fn(&str) -> String,
            /// The rates between which the fewest steps are needed.
            pub fastest_between: fn(&str, &str) -> String,
            /// The limit at the current point, and at the minimum.
            pub limit_at_minimum: fn(&str, &str) -> String,
            /// What happens at a rate: the rate and its fate in numbers.
            pub at_rate: fn(&str, &RateFate) -> String,
            /// What an outcome means, in a few words.
            pub meaning: fn(Outcome) -> &'static str,
            /// How a guess was, and what it was.
            pub answer: fn(Grade, &str) -> String,
            /// How many guesses were right, of how many.
            pub score: fn(&str, &str) -> String,
            /// What becomes of a start.
            pub ending: fn(&StartWords<'_>) -> String,
            /// Which rate would be better, and why, or nothing.
            pub advice: fn(&Advice) -> [String; 2],
            /// How several runs stand at a step: their names and losses, the
            /// lowest first. Made like a verdict.
            pub leads: fn(&str, &[(String, String)]) -> [String; 2],
            /// A sample, and how it stands to the selected run.
            pub sample: fn(&SampleWords<'_>) -> String,
            /// What was done to a sample.
            pub sample_event: fn(SampleEvent) -> &'static str,
            /// The gradient of one sample alone, by its parts.
            pub own_gradient: fn(&str) -> String,
            /// So many samples are not in the table.
            pub more_samples: fn(&str) -> String,
            /// A column in standardized units.
            pub standardized: fn(&str) -> String,
            /// A precision.
            pub precision_name: fn(Precision) -> &'static str,
            /// The order of samples.
            pub order_name: fn(Order) -> &'static str,
            /// How the average of the last iterates stands to the last one: from which
            /// step it is taken, its loss, the loss at the last step, and how many times
            /// closer to the lowest loss, where it is.
            pub averaged: fn(&str, [&str; 2], Option<&str>) -> String,
            /// How far a run strays about its mean: that, and the standard deviations
            /// along the longer and the shorter axis of the ellipse on the map.
            pub strays: fn([&str; 2], [&str; 2]) -> String,
            /// How a loss curves without (no) or with standardized columns: condition
            /// number, where it is known, and largest stable rate.
            pub scaling: fn(bool, Option<&str>, &str) -> String,
            /// A run by its batch: its first size, and its last one where it grows; none
            /// is all samples.
            pub batch_named: fn(Option<&str>, Option<Option<&str>>) -> String,
            /// Out of so many samples.
            pub of_samples: fn(&str) -> String,
            /// A run by its letter.
            pub run_named: fn(&str) -> String,
            /// The learning rate of a run by its letter.
            pub rate_of_run: fn(&str) -> String,
            /// The settings of a run by its letter.
            pub settings_of_run: fn(&str) -> String,
            /// One part of a link that was refused.
            pub refusal: fn(&Refusal) -> String,
            /// Why a table is not taken.
            pub table_refusal: fn(&TableRefusal) -> String,
            /// What of a table can be used.
            pub table_summary: fn(&TableSummary<'_>) -> String,
            /// How much of a table has been read: the share of it, and rows.
            pub reading_rows: fn(&str, &str) -> String,
            /// What the map of more than two parameters shows.
            pub slice_words: fn(&SliceWords<'_>) -> String,
            /// A picture that is not of the step at the playhead but of this one.
            pub as_of_step: fn(&str) -> String,
            /// How far off the map the run is.
            pub off_map: fn(&str, Side) -> String,
            /// The step's slider, spoken: step, of how many, the loss there.
            pub step_spoken: fn(&str, &str, &str) -> String,
            /// The sweep over rates in a sentence: each run's name, and the rate with
            /// the lowest final loss and that loss, if it does not diverge at all.
            pub sweep_spoken: fn(&[(String, Option<[String; 2]>)]) -> String,
            /// A rate of the sweep: it, and each run's name, outcome and, unless it
            /// diverges, final loss; a run without an outcome is not yet computed.
            pub swept_at: fn(&str, &[SweptRun]) -> String,
            /// The loss chart in a sentence: first, last and smallest loss.
            pub chart_spoken: fn(&str, &str, &str) -> String,
            /// The same of the loss over held-out samples, as a further sentence: last and
            /// least, and the step of that.
            pub held_out_spoken: fn([&str; 3]) -> String,
            /// That a run overfits, as a further sentence of the verdict: the step from
            /// which the held-out loss rose, what it was there, what it is at the end.
            pub overfits: fn([&str; 3]) -> String,
            /// The chart of sharpness in a sentence: what the line is, its first and last
            /// value, the limit if there is one.
            pub sharpness_spoken: fn(&str, [&str; 2], Option<&str>) -> String,
            /// Why there is no sharpness for a rule.
            pub does_not_apply: fn(&str) -> String,
            /// The threshold of a stop rule in the chart.
            pub stop_line: fn(&str) -> String,
            /// A number field was given something else: the text, smallest,
            /// largest, and whether it has to be a whole number.
            pub not_in_range: fn(&str, &str, &str, bool) -> String,
            /// The same for the learning rate, which has no largest.
            pub not_a_rate: fn(&str) -> String,
        }

        impl Text {
            /// The words for a key that the page's skeleton asks for.
            #[must_use]
            pub fn word(&self, key: &str) -> Option<&'static str> {
                match key {
                    $(stringify!($key) => Some(self.$key),)*
                    _ => None,
                }
            }
        }
    };
}

words! {
    // The bar
    skip_to_rate, scenario, previous_scenario, next_scenario, own_scenario, own_caption, share,
    link_copied, copy_this_link, export, keyboard_help, more, language, to_dark_theme,
    to_light_theme, close,
    // The map
    loss_map, map_help, start, zoom_in, zoom_out, fit_view, fit_path, previous_rate, keep, keep_rate,
    current_point, plane_right, plane_up, principal, principal_direction,
    plane_ends, plane_random, plane_two, plane_seed, to_the_end, aside_of_it, random_direction, map_help_made, map_of_starts, starts_settle, starts_other_minimum,
    starts_go_on,
    // Predict first
    predict_first, prediction, predict_to_play, chart_later, caption_later,
    // The transport
    play, pause, restart, step, step_axis, epoch, noise_ball, step_back, step_forward, speed,
    // The learning rate
    learning_rate, learning_rate_value, lower_rate, raise_rate, best, limit, best_here, limit_here, off_slider, no_best, no_limit,
    limit_in_chart,
    no_theory, climbs_at_any_rate, selected_run, spectrum, spectrum_help, spectrum_hidden,
    // Runs
    runs, add_run, no_more_runs, one_rate, optimizer, schedule, warmup, clip, no_clip, constrain, no_constraint, ascent, average, average_help, average_loss,
    rate_first_tried, rate_first_step, rate_unused, without_hessian, duplicate_run, hide_run, show_run, move_up,
    move_down, remove_run,
    // Loss, start, numbers
    details, loss, loss_value, loss_heading, loss_details, start_x, start_y, steps,
    batch, batch_last, batch_grows, batch_own, order, more_settings, noise, seed, precision, stop_loss,
    stop_gradient,
    // The sweep over rates
    sweep, sweep_rates, sweep_help, end_loss, end_loss_above, rate_axis, diverges_everywhere, save_as_csv,
    // The data beside the map
    parameter_space, data_space, point_is_line, point_is_curve, point_is_boundary, point_is_plane, line_at_puck,
    curve_at_puck, boundary_at_puck, plane_at_puck, map_or_data, show_map, show_data, data_points, data_help,
    add_point, remove_point, other_class, raise_number, lower_number, data_table, sample_column, predicted, residual, chance,
    in_batch_column, held_out_column, yes, in_mini_batch, held_out, class_0, class_1, above_prediction, below_prediction, slope,
    intercept, weight,
    // The layers beside the map
    data_or_layers, show_layers, layer_view, layers_help, layers_table,
    // Charts and results
    chart, charts, loss_tab, gradient_tab, gradient_norm, rate_tab, step_tab, step_length, sharpness, sharpness_note, preconditioned_note,
    largest_note, preconditioned_largest, dashed_edge, sharpness_later,
    above_minimum, results, run_column, outcome_column,
    settles_column, final_loss, distance,
    // A person's own data
    own_data, own_data_title, own_data_hint, paste_table, choose_file, stop_reading, reading_table,
    table_preview, first_line_names, learnt_by, feature_x, target_y, feature_one, feature_two, no_feature,
    target_class, class_zero, class_one, cancel, use_data, data_not_in_link, data_fetched, data_kept,
    data_not_kept, link_without_data, save_data,
    // Python
    copy_as_python, copy, script_copied,
    // Notices
    refused_heading, crash_title, crash_text, crash_link, crash_recover,
    crash_start_over,
}

/// The words of `language`.
#[must_use]
pub fn of(language: Language) -> &'static Text {
    match language {
        Language::English => &en::TEXT,
        Language::Chinese => &zh::TEXT,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_the_skeleton_asks_for_exists_in_both_languages() {
        let skeleton = include_str!("../../index.html");
        let mut found = 0;
        for attribute in ["data-text=\"", "data-label=\""] {
            for rest in skeleton.split(attribute).skip(1) {
                let key = rest.split('"').next().unwrap_or_default();
                for language in Language::ALL {
                    let word = of(language).word(key);
                    assert!(word.is_some_and(|word| !word.is_empty()), "{key} {language:?}");
                }
                found += 1;
            }
        }
        assert!(found > 30, "the skeleton asks for only {found} words");
    }

    #[test]
    fn a_guess_that_is_right_on_the_whole_is_told_what_the_run_does_as_well() {
        let [english, chinese] = [Language::English, Language::Chinese].map(of);
        let told = (english.answer)(Grade::RightOnTheWhole, "converges");
        assert_eq!(told, "Right: it arrives. It oscillates on the way. ");
        assert_eq!((english.answer)(Grade::Right, "oscillates"), "Right: ");
        for text in [english, chinese] {
            let answers = [Grade::Right, Grade::RightOnTheWhole, Grade::Wrong]
                .map(|grade| (text.answer)(grade, "guessed"));
            assert!(answers[1].contains((text.outcome)(Outcome::Oscillates)), "{answers:?}");
            assert!(answers[2].contains("guessed") && !answers[0].contains("guessed"));
            assert_eq!(answers[0].chars().next(), answers[1].chars().next(), "both right");
        }
    }

    #[test]
    fn every_outcome_says_in_a_few_words_what_it_means() {
        for text in Language::ALL.map(of) {
            let meanings = Outcome::ALL.map(text.meaning);
            for (place, meaning) in meanings.iter().enumerate() {
                assert!((6..=55).contains(&meaning.chars().count()), "{meaning}");
                assert!(!meanings[..place].contains(meaning), "{meaning}");
            }
        }
    }
}
