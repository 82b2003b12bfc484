//! 计算过程中的说明。

use crate::text::Making;

pub(super) fn making(run: &Making<'_>) -> [String; 2] {
    let Making { done, all, left, in_minutes } = *run;
    let unit = if in_minutes { "分钟" } else { "秒" };
    let left = left.map(|left| format!("，大约还需 *{left}* {unit}")).unwrap_or_default();
    ["正在计算：".to_owned(), format!("已完成 *{done}* / {all} 步{left}。")]
}

pub(super) fn fewer_steps(steps: &str) -> String {
    format!("只算 {steps} 步")
}
