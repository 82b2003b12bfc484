//! A link in, CSV out: the core without a browser.
//!
//! ```sh
//! cargo run --release --example trajectory -- '#v=1&loss=rosenbrock&steps=50&run=sgd,lr=0.001'
//! cargo run --release --example trajectory -- '#run=sgd&run=adam' --sweep 200 --from 1e-3 --to 10
//! cargo run --release --example trajectory -- '#loss=network&steps=5&run=sgd' --weights
//! ```
//!
//! Prints `run,step,lr,loss,grad_norm,x,y` for every step of every run (no `y` for
//! a loss with one parameter, `w0,w1,w2,…` for one with more than two) and then a line with the outcome of each; or of more
//! than 64 parameters, as most networks have, none is printed; with
//! `--sweep` one row `run,lr,outcome,steps_to_settle,final_loss` for each of so many
//! rates. With `--weights`, of a network, it prints one object of JSON: the settings of the
//! loss, the samples in the units that it works in, the initial weights and biases layer by
//! layer, and for every step of every run the rate, the loss and the gradient over all
//! samples, layer by layer as well; numbers in the shortest form that reads back as the
//! same, `null` for what left the range of numbers. A link of which anything was refused ends with status 2 and one line a
//! refusal on standard error, and so does an option that cannot be taken.

mod options;
mod steps;
mod sweep;
mod weights;

use std::io::{self, BufWriter};
use std::process::ExitCode;

use descent_lab::descent::Language;
use descent_lab::scenario::{Refusal, decode};
use descent_lab::text;
use options::Options;

const USAGE: &str = "usage: cargo run --release --example trajectory -- \
                     '<link or fragment>' [--sweep N [--from A] [--to B] | --weights]";

fn main() -> ExitCode {
    let options = match Options::read(std::env::args().skip(1)) {
        Ok(Some(options)) => options,
        Ok(None) => return refuse(&[USAGE.to_owned()]),
        Err(sentence) => return refuse(&[sentence]),
    };
    let (scenario, refused) = decode(&options.link);
    if !refused.is_empty() {
        return refuse(&refused.iter().map(sentence).collect::<Vec<_>>());
    }
    let mut out = BufWriter::new(io::stdout().lock());
    let printed = match &options.sweep {
        None if options.weights => match weights::print(&mut out, &scenario) {
            Some(printed) => printed,
            None => return refuse(&["--weights: this loss has no layers.".to_owned()]),
        },
        None => steps::print(&mut out, &scenario),
        Some(asked) => match asked.range(&scenario) {
            Ok(range) => sweep::print(&mut out, &scenario, range, asked.count),
            Err(sentence) => return refuse(&[sentence]),
        },
    };
    match printed {
        // A reader that has seen enough, `head` say, is no failure.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("cannot write the table: {error}");
            ExitCode::FAILURE
        }
        Ok(()) => ExitCode::SUCCESS,
    }
}

/// Says what is wrong, a line each.
fn refuse(sentences: &[String]) -> ExitCode {
    for sentence in sentences {
        eprintln!("{sentence}");
    }
    ExitCode::from(2)
}

fn sentence(refusal: &Refusal) -> String {
    (text::of(Language::English).refusal)(refusal)
}
