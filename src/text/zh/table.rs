//! 对用户自己数据表的说明。

use super::super::{TableSummary, count};
use crate::descent::data::Task;
use crate::scenario::table::{LeftOut, MOST_CLASSIFIED, MOST_COLUMNS, TableRefusal, Why};
use crate::scenario::{OwnRefusal, Refusal};

pub(super) fn refusal(refusal: &TableRefusal) -> String {
    match refusal {
        TableRefusal::TooLarge => "文件超过 50 MB，请去掉用不到的行或列。".to_owned(),
        TableRefusal::Unreadable => "浏览器读不了这个文件，它可能已被改动或移走。".to_owned(),
        TableRefusal::Empty => "里面没有内容。".to_owned(),
        TableRefusal::Binary { line } => {
            format!("这不是文本：第 {line} 行含有文本里不会出现的字节。请把表格另存为 CSV。")
        }
        TableRefusal::Utf16 => {
            "这段文本是 UTF-16 编码，这里读不了。请另存为 UTF-8 编码的 CSV。".to_owned()
        }
        TableRefusal::WebPage => {
            "这是网页，不是数据表。请只复制表格本身，或另存为 CSV。".to_owned()
        }
        TableRefusal::OpenQuote { line } => format!("第 {line} 行开始的引号没有结束。"),
        TableRefusal::LongLine { line } => format!("第 {line} 行超过一百万个字符。"),
        TableRefusal::TooManyColumns { line } => {
            format!("第 {line} 行超过 {MOST_COLUMNS} 列，最多只能读这么多列。")
        }
        TableRefusal::TooManyRows => "超过 1,000,000 行，最多只能读这么多行。".to_owned(),
        TableRefusal::TooManyCells => {
            "超过 10,000,000 个单元格，最多只能读这么多。请去掉用不到的列。".to_owned()
        }
        TableRefusal::NoMemory => "表格太大，浏览器内存不足。".to_owned(),
        TableRefusal::OneColumn => "只有一列。至少要有两列，用逗号、分号或制表符隔开。".to_owned(),
        TableRefusal::NoRows => "只有列名，下面没有数据。".to_owned(),
        TableRefusal::Uneven(row) => {
            format!("没有一行的单元格数与首行相同：{}。", left_out(row))
        }
        TableRefusal::TooFewNumbers(0) => "没有一列是数。".to_owned(),
        TableRefusal::TooFewNumbers(count) => format!("只有 {count} 列是数，还差一列。"),
        TableRefusal::NoClasses => {
            "没有一列能区分两个类别：这样的列应有 2 到 20 个不同的取值。".to_owned()
        }
        TableRefusal::SameColumn(name) => format!("“{name}”选了两次，请选不同的列。"),
        TableRefusal::SameClass(name) => {
            format!("两个类别都选了“{name}”，请选两个不同的类别。")
        }
        TableRefusal::TooFewRows(0) => "按这样选列，没有一行可用。".to_owned(),
        TableRefusal::TooFewRows(_) => "按这样选列，只有一行可用；至少要有两行。".to_owned(),
        TableRefusal::TooManyToClassify(rows) => format!(
            "这里有 {} 行。要区分类别，每一步都得用到全部样本，最多可用 {} 行。",
            count(*rows),
            count(MOST_CLASSIFIED)
        ),
        TableRefusal::Constant(name) => {
            format!("“{name}”在每一行都相同，从中学不到东西；至少要有两个不同的值。")
        }
        TableRefusal::NoneOfClass(name) => format!("可用的行里没有类别“{name}”。"),
    }
}

fn left_out(row: &LeftOut) -> String {
    let line = row.line;
    match &row.why {
        Why::Missing { column } => format!("第 {line} 行“{column}”缺失"),
        Why::NotANumber { column, text } => format!("第 {line} 行“{column}”：“{text}”不是数"),
        Why::NotFinite { column, text } => {
            format!("第 {line} 行“{column}”：“{text}”不是绝对值在 1e12 以内的有限数")
        }
        Why::Uneven { cells, expected } => {
            format!("第 {line} 行有 {cells} 个单元格，应为 {expected} 个")
        }
    }
}

pub(super) fn summary(summary: &TableSummary<'_>) -> String {
    let mut sentences = vec![format!("{} 行可用。", summary.rows)];
    if let Some(others) = summary.other_classes {
        sentences.push(format!("另有 {others} 行属于其他类别，不用。"));
    }
    if let Some(count) = summary.left_out {
        let named: Vec<String> = summary.first.iter().map(left_out).collect();
        let end = if summary.names_all { "。" } else { "……" };
        sentences.push(format!("略去 {count} 行：{}{end}", named.join("；")));
    }
    if summary.has_decimal_commas {
        sentences.push("逗号按小数点读。".to_owned());
    }
    sentences.concat()
}

/// 链接里的数据为何没有采用。
pub(super) fn link_refusal(refusal: &Refusal, reason: OwnRefusal) -> String {
    let Refusal { key, value, .. } = refusal;
    let given = if value.is_empty() { key.clone() } else { format!("{key} = {value}") };
    let instead = "现在用的是损失函数自带的数据。";
    match reason {
        OwnRefusal::NotUsed => format!("{given}：这里用不到，只有 data=own 的损失函数才用它。"),
        OwnRefusal::NoPoints => format!("{given}：链接里没有这个损失函数能用的数据。{instead}"),
        OwnRefusal::DoNotFit(task) => {
            let needed = match task {
                Some(Task::Regression) => "x,y",
                Some(Task::Classification) => "x1,x2,class 或 x,class，类别为 0 或 1",
                None => "x,y，或者 x1,x2,class，类别为 0 或 1",
            };
            format!("{given}：这个损失函数的数据每行应为 {needed}。")
        }
        OwnRefusal::OtherFeatures { are_two: true } => {
            format!("{given}：features=2 时，这个损失函数的数据每行应为 x1,x2,y。")
        }
        OwnRefusal::OtherFeatures { are_two: false } => {
            format!("{given}：这个损失函数的数据每行应为 x,y；加上 features=2 才是 x1,x2,y。")
        }
        OwnRefusal::NotPoints => {
            format!("{given}：不允许，每行应为两个或三个数，例如 1,2;3,4。")
        }
        OwnRefusal::Uneven { row, cells, expected } => {
            format!("{given}：第 {row} 行有 {cells} 个数，应为 {expected} 个。")
        }
        OwnRefusal::NotANumber { row } => {
            format!("{key} 第 {row} 行：“{value}”不是 -1e12 到 1e12 之间的数。")
        }
        OwnRefusal::WrongNames(count) => {
            format!("{given}：不允许，应为用逗号隔开的 {count} 个名称，每个 1 到 60 个字符。")
        }
        OwnRefusal::NotAFingerprint => {
            format!("{given}：不允许，应为 16 位，每位是 0 到 9 或 a 到 f。")
        }
        OwnRefusal::Elsewhere => {
            format!(
                "{given}：这份数据太大，放不进链接，只保存在载入它的那个浏览器里，这里没有。{instead}"
            )
        }
    }
}
