//! 各层视图：用词、网络出了什么问题、怎样改善。

use super::super::{Finding, LayerWords, LayersText};
use crate::descent::network::ACTIVATIONS;
use crate::descent::{Diagnosis, Remedy};

pub(super) static TEXT: LayersText = LayersText {
    weights: "权重",
    limit: "上限",
    gradient: "梯度",
    update: "更新",
    norms: "各层的范数",
    band: "健康的更新",
    ratio: "更新 / 权重",
    spread: "激活值的标准差",
    saturated: "饱和",
    dead: "死亡",
    backward: "← 反向",
    layer: "层",
    input: "输入",
    output: "输出",
    overflow: "溢出",
    no_step: "运行到此为止",
    of_step: |step| format!("第 {step} 步"),
    diagnosis: sentence,
    remedies,
    figures,
};

/// The words that lead, and the sentence after them.
fn sentence(found: &Finding) -> [String; 2] {
    let Finding { layers, layer, share, factor, .. } = found;
    let times = found.times.as_deref();
    let [concerned, hidden] = &found.concerned;
    let (lead, rest) = match found.diagnosis {
        Diagnosis::NotFinite { .. } => {
            ("数值溢出：", format!("从第 *{layer}* 层开始，数值已超出一切界限，训练已经失去意义。"))
        }
        Diagnosis::Alike => (
            "神经元全都一样：",
            "权重从零开始，同一层的神经元得到相同的梯度（或者根本没有梯度），永远分化不开。"
                .to_owned(),
        ),
        Diagnosis::Dead { share: all, .. } if all >= 1.0 => (
            "神经元死亡：",
            format!(
                "第 *{layer}* 层的神经元对所有样本都输出 0，梯度传不过去，它前面的层不再学习。"
            ),
        ),
        Diagnosis::Dead { .. } => (
            "神经元死亡：",
            format!(
                "{hidden} 个隐藏层中有 *{concerned}* 层，多数神经元对所有样本都输出 0；第 *{layer}* 层死亡 *{share}%*。没有梯度流过，就活不过来。"
            ),
        ),
        Diagnosis::Vanishing { .. } => {
            let comes_to = match times {
                None => "根本传不到第 1 层".to_owned(),
                Some(_) if found.is_even => {
                    format!("不过这个优化算法把它补了回来，第 1 层和第 {layers} 层的步长差不多")
                }
                Some(times) => format!("第 1 层的学习速度只有第 {layers} 层的 1/*{times}*"),
            };
            ("梯度消失：", format!("反向传播时，每过一层缩小到 1/*{factor}*，{comes_to}。"))
        }
        Diagnosis::Exploding { .. } => (
            "梯度爆炸：",
            format!(
                "反向传播时，每过一层放大到 *{factor}* 倍，第 1 层是第 {layers} 层的 *{}* 倍，没有一个学习率能同时适合两头。",
                times.unwrap_or("∞")
            ),
        ),
        Diagnosis::Growing { .. } => (
            "信号爆炸：",
            format!(
                "激活值每过一层放大到 *{factor}* 倍，到输出时已是 *{}* 倍，各层的梯度也随之爆炸。",
                times.unwrap_or("∞")
            ),
        ),
        Diagnosis::Fading { .. } => (
            "信号消失：",
            match times {
                None => "无论输入什么，输出都一样，没有一层能从输入中学到东西。".to_owned(),
                Some(times) => format!(
                    "激活值每过一层缩小到 1/*{factor}*，总共缩小到 1/*{times}*；输出几乎与输入无关，各层的梯度都很小。"
                ),
            },
        ),
        Diagnosis::Saturated { .. } => (
            "神经元饱和：",
            format!(
                "{hidden} 个隐藏层中有 *{concerned}* 层，多数输出落在激活函数的平坦处；第 *{layer}* 层饱和 *{share}%*，梯度很难流过。"
            ),
        ),
        Diagnosis::TooLong { rises, .. } => long_steps(found, rises),
        Diagnosis::TooShort { is_settled, .. } => short_steps(found, is_settled),
        Diagnosis::Healthy { .. } => healthy(found),
    };
    [lead.to_owned(), rest]
}

fn long_steps(found: &Finding, rises: bool) -> (&'static str, String) {
    let harm = if rises {
        "这一步使损失上升了"
    } else {
        "只要损失还在下降，就没有害处"
    };
    let mean = found.mean_ratio();
    ("步子大：", format!("每一步让每层权重的改变都超过 1%，平均 *{mean}%*；{harm}。"))
}

fn short_steps(found: &Finding, is_settled: bool) -> (&'static str, String) {
    let why = if is_settled {
        "梯度几乎为零，网络已经停下"
    } else {
        "网络几乎没有学习"
    };
    let mean = found.mean_ratio();
    ("步子小：", format!("每一步让每层权重的改变都不到 0.01%，平均 *{mean}%*；{why}。"))
}

fn healthy(found: &Finding) -> (&'static str, String) {
    let (lead, rest) = if found.is_single {
        ("只有一层：", "梯度不必逐层回传，无从消失，也无从爆炸")
    } else {
        ("健康：", "梯度在回传途中既不消失也不爆炸")
    };
    let steps = match &found.ratios {
        Some([low, high]) if low == high => format!("；每一步使权重改变 *{low}%*。"),
        Some([low, high]) => format!("；每一步使权重改变 *{low}%* 到 *{high}%*。"),
        None => "。".to_owned(),
    };
    (lead, rest.to_owned() + &steps)
}

/// What would help, as a further sentence; nothing of nothing.
fn remedies(remedies: &[Remedy]) -> String {
    if remedies.is_empty() {
        return String::new();
    }
    let named: Vec<String> = remedies.iter().map(remedy).collect();
    format!("可以试试：{}。", named.join("；"))
}

fn remedy(remedy: &Remedy) -> String {
    match remedy {
        Remedy::Activation(keys) => {
            let named = ACTIVATIONS.iter().filter(|rule| keys.contains(&rule.key));
            format!("换用 {}", named.map(|rule| rule.name.zh).collect::<Vec<_>>().join(" 或 "))
        }
        Remedy::Start(rule) => format!("改用 {}", rule.name.zh),
        Remedy::Scale { is_sigma, is_larger } => {
            let way = if *is_larger { "增大" } else { "减小" };
            format!("{way}{}", if *is_sigma { " σ" } else { "增益" })
        }
        Remedy::Clip => "裁剪梯度".to_owned(),
        Remedy::SmallerRate => "减小学习率".to_owned(),
        Remedy::LargerRate => "增大学习率".to_owned(),
        Remedy::FewerLayers => "减少层数".to_owned(),
        Remedy::OwnSteps => "换用 Adam 一类的优化算法".to_owned(),
    }
}

/// The figures of a layer; with what idle units are called, if there can be any.
fn figures(words: &LayerWords, idle: Option<&str>) -> String {
    let lost = |figure: &Option<String>| figure.clone().unwrap_or_else(|| "溢出".to_owned());
    let [gradient, weights, update] = words.norms.each_ref().map(lost);
    let mut said = format!("第 {} 层：梯度 {gradient}，权重 {weights}", words.number);
    if words.has_step {
        said.push_str("，更新 ");
        said.push_str(&update);
    }
    if let Some((ratio, side)) = &words.ratio {
        let place = match side {
            -1 => "低于健康范围",
            1 => "高于健康范围",
            _ => "在健康范围内",
        };
        said.extend(["（权重的 ", ratio, "%，", place, "）"]);
    }
    said.push_str("；激活值标准差 ");
    said.push_str(&lost(&words.spread));
    if let Some(idle) = idle {
        said.extend(["，", idle, " ", &words.idle, "%"]);
    }
    said
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::descent::network::INITIALISATIONS;

    #[test]
    fn the_sentence_says_by_how_much_and_what_would_help() {
        let vanishing = Diagnosis::Vanishing { factor: 4.02, slower: 1.1e7 };
        let said = sentence(&Finding::of(vanishing, 12)).concat();
        assert_eq!(
            said,
            "梯度消失：反向传播时，每过一层缩小到 1/*4.0*，第 1 层的学习速度只有第 12 层的 1/*10⁷*。"
        );
        let named = [Remedy::Activation(ACTIVATIONS[1].instead), Remedy::Start(INITIALISATIONS[2])];
        let expected = "可以试试：换用 Tanh 或 ReLU；改用 He 初始化（Kaiming）。";
        assert_eq!(remedies(&named), expected);
    }
}
