//! Samples in Chinese.

use super::super::{SampleEvent, SampleWords};

pub(super) fn sample(words: &SampleWords<'_>) -> String {
    let mut text = format!("样本 {}：", words.number);
    for (at, (name, cell)) in words.cells.iter().enumerate() {
        if at > 0 {
            text += "，";
        }
        text += name;
        text += " ";
        text += cell;
    }
    if let Some(residual) = words.residual {
        text += "，残差 ";
        text += residual;
    }
    if let Some(chance) = words.chance {
        text += "，属于类别 1 的概率 ";
        text += chance;
    }
    if words.is_held_out {
        text += "，留出样本";
    } else if let Some(is_in) = words.is_in_batch {
        text += if is_in { "，在当前小批量中" } else { "，不在当前小批量中" };
    }
    text
}

pub(super) fn event(event: SampleEvent) -> &'static str {
    match event {
        SampleEvent::PickedUp => "已拿起：用方向键移动，Enter 放下，Esc 放回原处。",
        SampleEvent::PutDown => "已放下。",
        SampleEvent::PutBack => "已放回原处。",
        SampleEvent::Added => "已添加：用方向键移动，Enter 放下，Esc 撤销。",
        SampleEvent::Removed => "已删除。",
        SampleEvent::Reclassified => "类别已更改。",
        SampleEvent::Renumbered => "数值已更改。",
        SampleEvent::TwoStay => "至少要保留两个数据点。",
        SampleEvent::OwnNow => "这份数据现在是你自己的了。",
    }
}
