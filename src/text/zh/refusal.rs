//! 链接的一部分为什么没有采用。

use super::table;
use crate::scenario::{Reason, Refusal, number_text};

pub(super) fn refusal(refusal: &Refusal) -> String {
    let Refusal { key, value, reason } = refusal;
    let given = if value.is_empty() { key.clone() } else { format!("{key} = {value}") };
    match reason {
        Reason::NotKnown(known) if known.is_empty() => {
            format!("{given}：不认识“{key}”，这里没有可设置的参数。")
        }
        Reason::NotKnown(known) => {
            format!("{given}：不认识“{key}”。可用的有 {}。", known.join("、"))
        }
        Reason::NoSuchName(known) => {
            format!("{given}：没有这个名称。可用的有 {}。", known.join("、"))
        }
        Reason::NotInRange { min, max, whole } => {
            let kind = if *whole { "整数" } else { "数" };
            let (min, max) = (number_text(*min), number_text(*max));
            format!("{given}：不允许，应为 {min} 到 {max} 之间的{kind}。")
        }
        Reason::NotPositive => format!("{given}：不允许，应为有限的正数。"),
        Reason::NotASeed => format!("{given}：不允许，应为 0 到 {} 之间的整数。", u64::MAX),
        Reason::NoSamples => format!("{given}：不允许，这个损失函数没有样本，只能用 full。"),
        Reason::NotABatchPlan(most) => format!(
            "{given}：不允许，应写成“首..末”，例如 1..full，两端各为 1 到 {most} 之间的整数或 full。"
        ),
        Reason::TooManyRuns(most) => format!("{given}：多了一个运行，最多并排 {most} 个。"),
        Reason::NotARun(last) => format!("{given}：没有这个运行，运行从 0 编号到 {last}。"),
        Reason::NeedsClasses(taken) => {
            format!("{given}：不允许，这些数据没有类别，误差只能用 {taken}。")
        }
        Reason::StartIsDrawn(count) => format!(
            "{given}：未采用。这个损失函数有 {count} 个参数，链接里写不下，起点由 init、gain 和 init_seed 决定。"
        ),
        Reason::WrongCount(1) => format!("{given}：不允许，应为一个数。"),
        Reason::WrongCount(count) => format!("{given}：不允许，应为用逗号隔开的 {count} 个数。"),
        Reason::NotAWindow => {
            format!("{given}：不允许，应为 x0,x1,y0,y1，并且 x0 < x1、y0 < y1。")
        }
        Reason::Own(reason) => table::link_refusal(refusal, *reason),
        Reason::NoPlane => format!("{given}：不允许，这个损失函数的所有参数已经都在地图上。"),
        Reason::NotAPlane(last) => {
            format!(
                "{given}：不允许，应为 pca、ends、random、带随机种子的 random（如 random,7），或 0 到 {last} 中两个不同参数的编号，如 1,2。"
            )
        }
        Reason::NoLayers => format!("{given}：不允许，这个损失函数没有层可以显示。"),
        Reason::Repeated => format!("{given}：重复出现，以第一个为准。"),
        Reason::NewerVersion => format!("{given}：这个链接由更新的版本生成，能识别的部分已采用。"),
        Reason::NoValue => format!("{key}：没有值，应写成 {key}=值。"),
        Reason::NotText => format!("{given}：百分号编码不是有效的 UTF-8 文本。"),
        Reason::TooLong => "链接超过 65,536 个字符，没有读取。".to_owned(),
        Reason::AndMore(more) => format!("……另有 {more} 处。"),
    }
}
