//! The plane that the map shows, in a sentence.

use super::super::SliceWords;
use crate::scenario::Directions;

pub(super) fn words(of: &SliceWords<'_>) -> String {
    let SliceWords { parameters, share, is_little, is_end, directions, stride } = *of;
    let place = if is_end { "终点" } else { "最低点" };
    let kind = if let Directions::Random(_) = directions { "随机切面" } else { "切面" };
    let through = match directions {
        Directions::Ends => format!("起点、{place}以及离两者连线最远的一点"),
        _ => place.to_owned(),
    };
    let share = share.map(|share| format!("路径的 {share}% 在此{kind}内："));
    let share = share.unwrap_or_default();
    let mut words = format!("{share}{parameters} 个参数中穿过运行{through}的{kind}");
    if is_little {
        words.push_str(match directions {
            Directions::Random(_) => "；参数这么多，两个随机方向几乎不含任何移动",
            _ => "；大部分移动在这里看不到",
        });
    }
    let kept = stride.map(|stride| format!("。每 {stride} 步保留一步，其间路径按直线画出"));
    words + &kept.unwrap_or_default()
}
