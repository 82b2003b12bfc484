//! The verdict and the better rate in Chinese.

use super::super::{Advice, Cause, Learnt, Stopped, Why};
use crate::descent::Outcome;

/// The direction, or nothing.
fn along(cause: &Cause) -> String {
    cause.along.as_ref().map(|along| format!("沿 {along} 方向")).unwrap_or_default()
}

fn product(cause: &Cause, place: &str) -> String {
    let Some(limit) = &cause.limit else { return String::new() };
    match &cause.product {
        Some(product) if cause.everywhere => {
            format!("；学习率 × 曲率 = *{product}*（上限 {limit}）")
        }
        Some(product) => {
            let along = along(cause);
            format!("；{place}{along}学习率 × 曲率 = *{product}*（上限 {limit}）")
        }
        None => "；那里没有向上弯的方向".to_owned(),
    }
}

/// Of a run that does not leave its start.
fn at_start(cause: &Cause) -> [String; 2] {
    let [lead, rest] = match cause.outcome {
        Outcome::Diverges => {
            let rest = format!("起点处的数值就已超出 {}。", cause.bound);
            return ["发散：".to_owned(), rest];
        }
        Outcome::Stalls => ["停滞：", "起点处就没有梯度可循，而那里并不是极小点。"],
        _ => ["收敛：", "起点本来就是极小点。"],
    };
    [lead.to_owned(), rest.to_owned()]
}

/// «损失 0.71 → 0.02（恒定猜测：0.69）».
fn losses(learnt: &Learnt) -> String {
    let [start, end] = &learnt.losses;
    let guess = learnt.guess.as_ref().map(|guess| format!("（恒定猜测：{guess}）"));
    format!("损失 *{start}* → *{end}*{}", guess.unwrap_or_default())
}

/// What a network that has not settled does at the end.
fn trend(learnt: &Learnt) -> &'static str {
    if learnt.is_falling { "，仍在下降" } else { "" }
}

/// The word that leads, and the sentence after it.
pub(super) fn sentence(cause: &Cause) -> [String; 2] {
    if cause.ascends {
        return ascends(cause);
    }
    if cause.at_start {
        return at_start(cause);
    }
    let [lead, rest] = match cause.outcome {
        Outcome::Crawls => ["缓慢：", &crawls(cause)],
        Outcome::Converges => ["收敛：", &arrives(cause)],
        Outcome::Oscillates if cause.settles => ["振荡，但能收敛：", &arrives(cause)],
        Outcome::Oscillates => ["振荡：", &still_swings(cause)],
        Outcome::Bounces => ["跳动不止：", &bounces(cause)],
        Outcome::Stalls => ["停滞：", &stalls(cause)],
        Outcome::Diverges => ["发散：", &diverges(cause)],
    };
    [lead.to_owned(), rest.to_owned()]
}

fn crawls(cause: &Cause) -> String {
    let step = &cause.step;
    let after = format!("走了 *{step}* 步，");
    if let Some(learnt) = &cause.learning {
        return format!("{after}{}{}。", losses(learnt), trend(learnt));
    }
    if let Some(loss) = &cause.no_minimum {
        return format!(
            "这两类可以完全分开，损失会一直下降（{step} 步后为 *{loss}*），没有极小点可到达。"
        );
    }
    let left = cause.steps_left.as_ref();
    let left = left.map(|left| format!("，照这个速度大约还要 *{left}* 步")).unwrap_or_default();
    let product = product(cause, "此处");
    match &cause.way_left {
        Some(share) => format!("{after}离极小点还有全程的 *{share}%*{left}{product}。"),
        None => {
            format!("{after}梯度仍有最大值的 *{}%*{left}{product}。", cause.gradient_left)
        }
    }
}

/// Of a run that converges, or oscillates on its way.
fn arrives(cause: &Cause) -> String {
    let step = &cause.step;
    let how = match cause.outcome {
        Outcome::Oscillates => format!("，{}", oscillates(cause)),
        _ if cause.overshooting.is_none() => "，没有一步越过谷底".to_owned(),
        _ => String::new(),
    };
    match (&cause.stopped_by, &cause.learning) {
        (Some(Stopped::Loss(limit)), _) => {
            format!("在第 *{step}* 步停下，此时损失不超过 {limit}{how}。")
        }
        (Some(Stopped::Gradient(limit)), _) => {
            format!("在第 *{step}* 步停下，此时梯度不超过 {limit}{how}。")
        }
        (None, Some(learnt)) => format!("{}，*{step}* 步后稳定。", losses(learnt)),
        (None, None) => {
            format!("*{step}* 步后与极小点的距离不到全程的 1%{how}{}。", product(cause, "那里"))
        }
    }
}

/// Of a run that swings towards its minimum when the steps run out.
fn still_swings(cause: &Cause) -> String {
    let after = format!("走了 *{}* 步仍在摆动", cause.step);
    let Some([factor, left]) = &cause.swings else { return format!("{after}。") };
    format!(
        "{after}，每次摆幅是上一次的 *{factor}* 倍，大约还要 *{left}* 步{}。",
        product(cause, "此处")
    )
}

fn stalls(cause: &Cause) -> String {
    let (step, left) = (&cause.step, &cause.gradient_left);
    if let Some(learnt) = cause.learning.as_ref().filter(|_| !cause.is_stuck) {
        let [start, end] = &learnt.losses;
        let guess = learnt.guess.as_deref().unwrap_or(end);
        return format!(
            "什么也没有学到：损失 *{start}* → *{end}*，不比恒定猜测（{guess}）更好，而梯度已经消失。"
        );
    }
    if cause.is_stuck {
        let reason = if cause.has_no_rate {
            "学习率已经降到 0"
        } else {
            "每次更新都小于参数的最后一位"
        };
        return format!("参数不再变化，而梯度仍有最大值的 *{left}%*：{reason}。");
    }
    format!(
        "从第 *{step}* 步起已停住，却不在极小点：梯度只剩最大值的 *{left}%*，四周是平地，或者还有下坡的方向。"
    )
}

/// Of a run whose gradient has the wrong sign.
fn ascends(cause: &Cause) -> [String; 2] {
    let lead = match cause.outcome {
        Outcome::Crawls => "缓慢：",
        Outcome::Converges => "收敛：",
        Outcome::Oscillates => "振荡：",
        Outcome::Bounces => "跳动不止：",
        Outcome::Stalls => "停滞：",
        Outcome::Diverges => "发散：",
    };
    let by = match cause.outcome {
        Outcome::Diverges | Outcome::Stalls => format!("到第 *{}* 步，", cause.step),
        _ => String::new(),
    };
    let rest = format!(
        "{by}梯度的符号写反了。每一步加上 η∇J，而不是减去它，于是一路上坡，换什么学习率都没有用。"
    );
    [lead.to_owned(), rest]
}

fn oscillates(cause: &Cause) -> String {
    let is_local = !cause.everywhere;
    let along = if is_local { String::new() } else { along(cause) };
    let growth = cause.growth.as_ref().filter(|_| !is_local);
    match (&cause.rising, cause.overshooting.as_deref(), growth) {
        (Some(rising), ..) => format!("*{rising}%* 的步子使损失回升"),
        (_, Some("100"), Some(factor)) if cause.is_plain => {
            format!("每一步都{along}越过谷底，误差变为原来的 *{factor}* 倍")
        }
        (_, Some("100"), _) => format!("每一步都{along}越过谷底"),
        (_, Some(share), Some(factor)) => {
            format!("*{share}%* 的步子{along}越过谷底，长期来看每一步误差变为原来的 *{factor}* 倍")
        }
        (_, Some(share), None) => format!("*{share}%* 的步子越过谷底"),
        (_, None, _) => "损失一再回升".to_owned(),
    }
}

fn bounces(cause: &Cause) -> String {
    let (step, limit) = (&cause.step, cause.limit.as_deref().unwrap_or_default());
    let along = along(cause);
    match (&cause.product, cause.everywhere && cause.limit.is_some(), cause.beyond) {
        (Some(product), true, 0) if cause.is_plain => format!(
            "学习率 × 曲率 = *{product}*，恰好等于上限，每一步都{along}落到对面同样高的地方。"
        ),
        (Some(product), true, 1) => {
            let growth = cause.growth.as_deref().unwrap_or_default();
            let of = if along.is_empty() { along } else { format!("{along}的") };
            format!(
                "学习率 × 曲率 = *{product}*，超过上限 {limit}，每一步把{of}误差放大到 *{growth}* 倍，增大得很慢。"
            )
        }
        _ => {
            let along = if cause.everywhere { along.as_str() } else { "" };
            let share = match (&cause.rising, &cause.overshooting) {
                (Some(rising), _) => format!("后半程 *{rising}%* 的步子使损失回升"),
                (_, Some(share)) => format!("后半程 *{share}%* 的步子{along}越过谷底"),
                (_, None) => "损失一再回升".to_owned(),
            };
            if let Some(learnt) = &cause.learning {
                let [losses, trend] = [&losses(learnt), trend(learnt)];
                return format!("走了 *{step}* 步，{losses}{trend}；{share}。");
            }
            let left = cause.steps_left.as_ref();
            let left = left.map(|left| format!("（照这个速度大约还要 *{left}* 步）"));
            // Below the limit the product at one point explains nothing.
            let product =
                if cause.beyond < 0 { String::new() } else { product(cause, "最后一步处") };
            format!("走了 *{step}* 步仍停不下来{}，{share}{product}。", left.unwrap_or_default())
        }
    }
}

fn diverges(cause: &Cause) -> String {
    let (step, bound) = (&cause.step, &cause.bound);
    let limit = cause.limit.as_deref().unwrap_or_default();
    let along = along(cause);
    match (&cause.product, &cause.beyond_from, &cause.growth) {
        (Some(product), Some(_), Some(factor)) if cause.everywhere => {
            let when = if cause.is_plain { "" } else { "长期来看，" };
            let of = if along.is_empty() { along } else { format!("{along}的") };
            format!(
                "学习率 × 曲率 = *{product}*，超过上限 {limit}，{when}每一步都把{of}误差放大到 *{factor}* 倍。"
            )
        }
        (_, Some((_, true)), _) if cause.left_all_bounds => {
            format!(
                "起点处{along}学习率 × 曲率 = *{}*，超过上限 {limit}；到第 *{step}* 步，数值超过 {bound}。",
                cause.product_at_start,
            )
        }
        (_, Some((from, _)), _) if cause.left_all_bounds => {
            format!(
                "从第 *{from}* 步起，{along}学习率 × 曲率超过上限 {limit}；到第 *{step}* 步，数值超过 {bound}。"
            )
        }
        _ if cause.left_all_bounds => format!("到第 *{step}* 步，数值超过 {bound}。"),
        _ => format!("走了 *{step}* 步，损失比开始时还高，而且一段比一段高。"),
    }
}

/// Which rate would be better, and why.
pub(super) fn advice(advice: &Advice) -> [String; 2] {
    let alone = |words: &str| [words.to_owned(), String::new()];
    match advice {
        Advice::Better { rate, steps, why } => {
            let why = match why {
                Some(Why::Balance) => "在那里，最陡和最平的两个方向收缩得差不多快。",
                Some(Why::ShorterBelow) => "比它小，步子就太短。",
                Some(Why::FartherAbove) => "比它大，就越过谷底更远。",
                None => "",
            };
            [format!("从这个起点出发，{rate} 附近更好，约 {steps} 步就能稳定。"), why.to_owned()]
        }
        Advice::FastEnough => alone("滑块上没有明显更快的学习率。"),
        Advice::NoneSettles => alone("滑块上没有哪个学习率能在这么多步之内稳定下来。"),
    }
}
