//! What becomes of a run at a rate.

use super::super::RateFate;
use super::outcome;
use crate::descent::Outcome;

pub(super) fn at_rate(rate: &str, fate: &RateFate) -> String {
    let words = match fate {
        RateFate::Unknown => "尚未算出".to_owned(),
        RateFate::One(word, step, settles) => {
            let name = outcome(*word);
            match word {
                _ if *settles => format!("{name}，{step} 步后稳定"),
                Outcome::Diverges => format!("第 {step} 步{name}"),
                Outcome::Bounces => format!("{name}，{step} 步后仍不安定"),
                Outcome::Stalls => format!("{name}，{step} 步后停在别处"),
                _ => format!("{name}，{step} 步后仍未稳定"),
            }
        }
        RateFate::Shares(shares, of) => {
            let named = shares.iter().map(|(word, count)| format!("{} {count}", outcome(*word)));
            format!("{of} 个随机种子中，{}", named.collect::<Vec<_>>().join("，"))
        }
    };
    format!("{rate}：{words}")
}
