//! 一个起点的结局。

use crate::descent::Ending;
use crate::text::StartWords;

pub(super) fn ending(start: &StartWords<'_>) -> String {
    let StartWords { is_here, ending, step, minimum } = *start;
    let from = if is_here { "从此处出发" } else { "从起点出发" };
    match ending {
        None => format!("{from}：尚未算出"),
        Some(Ending::Diverges { .. }) => format!("{from}：第 {step} 步可判定发散"),
        Some(Ending::Settles { .. }) => match minimum {
            Some(minimum) => format!("{from}：{step} 步到达极小点 {minimum}"),
            None => format!("{from}：{step} 步到达一个极小点"),
        },
        Some(Ending::Stalls { .. }) => format!("{from}：第 {step} 步停滞"),
        Some(Ending::GoesOn) => format!("{from}：{step} 步后仍未稳定"),
    }
}
