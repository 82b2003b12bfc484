//! Ready-made scenarios: one entry each in [`PRESETS`], with its story in both
//! languages.

use super::Scenario;
use crate::descent::Words;

/// A scenario with a title and a caption of two sentences.
#[derive(Debug)]
pub struct Preset {
    /// The key in a link. A key that was once published keeps its meaning.
    pub key: &'static str,
    /// What it shows, as a link without `preset`.
    pub link: &'static str,
    /// The name in the menu.
    pub title: Words,
    /// Two sentences: what to look at, and why it is so.
    pub caption: Words,
}

impl PartialEq for Preset {
    fn eq(&self, other: &Self) -> bool {
        self.key == other.key
    }
}

impl Preset {
    /// The preset with this key.
    #[must_use]
    pub fn find(key: &str) -> Option<&'static Self> {
        PRESETS.iter().find(|preset| preset.key == key)
    }

    /// The scenario it stands for.
    #[must_use]
    pub fn scenario(&'static self) -> Scenario {
        let (scenario, _) = super::decode(self.link);
        Scenario { preset: Some(self), ..scenario }
    }
}

/// Every preset, in the order of the menu: first the rate on one ravine, then
/// the ravine under one rate, then landscapes of other shapes.
pub static PRESETS: &[Preset] = &[
    Preset {
        key: "oscillating",
        link: "loss=quadratic,kappa=20&start=-8,2.5&steps=100&run=sgd,lr=0.085",
        title: Words { en: "Ravine: the rate oscillates", zh: "峡谷：来回振荡" },
        caption: Words {
            en: "Every step overshoots the valley floor and lands on the other wall, a little lower than before. Drag the learning rate: below 0.05 the zigzag is gone, above 0.1 it grows.",
            zh: "每一步都越过谷底，落到对面谷壁上稍低一点的地方。拖动学习率看看：小于 0.05 时不再来回摆动，大于 0.1 时越摆越远。",
        },
    },
    Preset {
        key: "too_small",
        link: "loss=quadratic,kappa=20&start=-8,2.5&steps=100&run=sgd,lr=0.005",
        title: Words { en: "Ravine: the rate is too small", zh: "峡谷：学习率太小" },
        caption: Words {
            en: "The steep direction is soon done with, but along the flat valley floor each step covers half a percent of the way left. After 100 steps the run is still far from the minimum.",
            zh: "陡峭方向很快就走完了，但沿着平缓的谷底，每一步只走剩余路程的千分之五。走完 100 步，离极小点仍然很远。",
        },
    },
    Preset {
        key: "about_right",
        link: "loss=quadratic,kappa=20&start=-8,2.5&steps=200&run=sgd,lr=0.04",
        title: Words { en: "Ravine: the rate is about right", zh: "峡谷：学习率合适" },
        caption: Words {
            en: "No step overshoots, because learning rate × curvature stays below 1 even in the steepest direction. What is left is the flat direction, and it sets the pace.",
            zh: "即使在最陡的方向上，学习率 × 曲率也小于 1，所以没有一步越过谷底。剩下的平缓方向决定了收敛的快慢。",
        },
    },
    Preset {
        key: "best",
        link: "loss=quadratic,kappa=20&start=-8,2.5&steps=100&run=sgd,lr=0.0952",
        title: Words { en: "Ravine: the best fixed rate", zh: "峡谷：最佳固定学习率" },
        caption: Words {
            en: "At 2/(λ_min + λ_max) the steep and the flat direction shrink equally fast, and no fixed rate does better in the long run. It zigzags all the same, and a hair's breadth above it lies the limit.",
            zh: "取 2/(λ_min + λ_max) 时，陡峭方向与平缓方向缩小得一样快，长远看没有更快的固定学习率。它照样来回摆动，而且再大一点点就到上限了。",
        },
    },
    Preset {
        key: "at_the_limit",
        link: "loss=quadratic,kappa=20&start=-8,2.5&steps=100&run=sgd,lr=0.1",
        title: Words { en: "Ravine: exactly at the limit", zh: "峡谷：恰好在上限" },
        caption: Words {
            en: "At 2/λ_max each step lands exactly as far up the other wall as it came from. Along the valley the run gets there, across it never does.",
            zh: "学习率取 2/λ_max 时，每一步都落到对面谷壁上同样高的地方。沿谷底方向能走到终点，横向却永远停不下来。",
        },
    },
    Preset {
        key: "too_large",
        link: "loss=quadratic,kappa=20&start=-8,2.5&steps=100&run=sgd,lr=0.105",
        title: Words { en: "Ravine: the rate is too large", zh: "峡谷：学习率太大" },
        caption: Words {
            en: "Past the limit every step lands farther up the other wall than the last. Nothing is wrong with the code: the NaN at the end of such a run is made by the rate alone.",
            zh: "超过上限后，每一步都落到对面谷壁上更高的地方。代码没有错：这样跑到最后出现的 NaN 完全是学习率造成的。",
        },
    },
    Preset {
        key: "condition_1",
        link: "loss=quadratic,kappa=1&start=-8,2.5&steps=100&run=sgd,lr=0.15",
        title: Words { en: "Condition number 1: a round bowl", zh: "条件数 1：圆碗" },
        caption: Words {
            en: "All directions are equally steep, so the negative gradient points straight at the minimum. Compare the same rate, 0.15, on condition numbers 10 and 100.",
            zh: "各个方向一样陡，负梯度正好指向极小点。用同样的学习率 0.15，再看看条件数 10 和 100 的情形。",
        },
    },
    Preset {
        key: "condition_10",
        link: "loss=quadratic,kappa=10&start=-8,2.5&steps=100&run=sgd,lr=0.15",
        title: Words { en: "Condition number 10: a ravine", zh: "条件数 10：峡谷" },
        caption: Words {
            en: "The same rate, 0.15, now overshoots in the steep direction, for learning rate × curvature is 1.5. The path zigzags but still arrives.",
            zh: "同样的学习率 0.15，在陡峭方向上学习率 × 曲率变成 1.5，每一步都会越过谷底。路径来回摆动，但还是能到达。",
        },
    },
    Preset {
        key: "condition_100",
        link: "loss=quadratic,kappa=100&start=-8,2.5&steps=100&run=sgd,lr=0.15",
        title: Words { en: "Condition number 100: a gorge", zh: "条件数 100：深谷" },
        caption: Words {
            en: "The same rate, 0.15, is now far past the limit of 0.02 and the run explodes within a few steps. A rate that is safe here has to be so small that the flat direction crawls.",
            zh: "同样的学习率 0.15 已远远超过上限 0.02，几步之内就爆炸。在这里安全的学习率必须很小，小到平缓方向上几乎不动。",
        },
    },
    Preset {
        key: "rosenbrock_valley",
        link: "loss=rosenbrock&start=-1.2,1&steps=10000&run=sgd,lr=0.001",
        title: Words { en: "The Rosenbrock valley", zh: "Rosenbrock 香蕉谷" },
        caption: Words {
            en: "Finding the curved valley takes a few steps, following it takes thousands. The walls are so steep that the rate must be tiny, and the floor so flat that a tiny rate gets nowhere.",
            zh: "走进弯曲的山谷只需几步，沿着谷底走到终点却要几千步。谷壁很陡，学习率只能取得很小；谷底很平，小学习率又几乎走不动。",
        },
    },
    Preset {
        key: "himmelblau_near",
        link: "loss=himmelblau&start=5,4&steps=100&run=sgd,lr=0.0134",
        title: Words { en: "Four minima: rate 0.0134", zh: "四个极小点：学习率 0.0134" },
        caption: Words {
            en: "With rate 0.0134 the run ends in the nearest of the four minima, at (3, 2). Raise the rate by 0.0001 and see where it ends then.",
            zh: "学习率为 0.0134 时，到达四个极小点中最近的 (3, 2)。把学习率只增加 0.0001，再看它到了哪里。",
        },
    },
    Preset {
        key: "himmelblau_far",
        link: "loss=himmelblau&start=5,4&steps=100&run=sgd,lr=0.0135",
        title: Words { en: "Four minima: rate 0.0135", zh: "四个极小点：学习率 0.0135" },
        caption: Words {
            en: "Less than one percent more than 0.0134, and the first long steps throw the run over to the minimum at (−2.8, 3.1). Which minimum is found may hang on the rate alone.",
            zh: "只比 0.0134 大不到百分之一，开头几个大步就把路径抛到了 (−2.8, 3.1) 处的极小点。找到哪个极小点，有时只取决于学习率。",
        },
    },
    Preset {
        key: "saddle",
        link: "loss=saddle&start=1.5,0.001&steps=200&run=sgd,lr=0.1",
        title: Words { en: "The saddle, and how long it holds", zh: "鞍点能拖住多久" },
        caption: Words {
            en: "The run first heads for the saddle in the middle and lingers there, because the slope away from it starts at next to nothing. The loss curve shows the plateau: it looks finished long before it is.",
            zh: "路径先奔向中间的鞍点并在那里徘徊，因为离开鞍点的方向上坡度一开始几乎为零。看损失曲线上的平台：看起来早就收敛了，其实还没有。",
        },
    },
    Preset {
        key: "plateau",
        link: "loss=gaussian_well&start=3,2&steps=200&run=sgd,lr=0.1",
        title: Words { en: "Plateau: the gradient has vanished", zh: "平台：梯度消失" },
        caption: Words {
            en: "Far from the well the surface is nearly flat, so a moderate rate hardly moves. Try 1, which arrives, and 3, which never comes to rest.",
            zh: "离势阱很远的地方几乎是平的，中等大小的学习率几乎走不动。试试学习率 1，能到达；再试试 3，永远停不下来。",
        },
    },
    Preset {
        key: "thrown_out",
        link: "loss=gaussian_well&start=1.5,-1.2&steps=200&run=sgd,lr=10",
        title: Words { en: "Plateau: thrown out of the well", zh: "平台：被抛出势阱" },
        caption: Words {
            en: "The steep wall of the well and a large rate make one giant step, out onto the plain where there is no gradient to come back by. The run is at rest, but not at a minimum.",
            zh: "阱壁陡、学习率又大，一大步就被抛到了没有梯度的平地上，再也回不来。它停住了，却不在极小点。",
        },
    },
    Preset {
        key: "vanishing",
        link: "loss=deep_chain,depth=20&start=0.5,0.5&steps=300&run=sgd,lr=0.1",
        title: Words { en: "Twenty layers: the gradient vanishes", zh: "二十层：梯度消失" },
        caption: Words {
            en: "Nineteen layers multiply the signal by 0.5 each, and what comes back of the gradient is a few hundred-thousandths. The run barely moves, though it stands nowhere near a minimum.",
            zh: "十九层每层都把信号乘以 0.5，传回来的梯度只剩十万分之几。离极小点还很远，却几乎一动不动。",
        },
    },
    Preset {
        key: "exploding",
        link: "loss=deep_chain,depth=8&start=1.3,1&steps=100&run=sgd,lr=0.02",
        title: Words { en: "Eight layers: the gradient explodes", zh: "八层：梯度爆炸" },
        caption: Words {
            en: "A weight only a little above 1 is raised to the seventh power, and the gradient grows with it. The first step leaps across the valley, the second leaves every bound.",
            zh: "比 1 大一点的权重要连乘七次，梯度也跟着放大。第一步就跳过了山谷，第二步便冲出一切边界。",
        },
    },
    Preset {
        key: "theta_squared",
        link: "loss=parabola&start=-2.4183&steps=1000&run=sgd,lr=0.01",
        title: Words {
            en: "θ²: a thousand steps of 0.01", zh: "θ²：学习率 0.01 走一千步"
        },
        caption: Words {
            en: "The first program of many courses: each step keeps 98 % of the distance to the minimum, wherever it starts. At 0.5 a single step suffices, at 1 it jumps from side to side for ever.",
            zh: "许多课程的第一个程序：无论从哪里出发，每一步都保留到极小点距离的 98%。学习率 0.5 时一步到位，等于 1 时永远左右来回跳。",
        },
    },
    Preset {
        key: "egg_box",
        link: "loss=rastrigin&start=1.7,-1.35&steps=100&run=sgd,lr=0.001",
        title: Words {
            en: "Egg box: caught in the next dimple", zh: "蛋格：落进最近的坑"
        },
        caption: Words {
            en: "Descent only sees the slope under its feet and settles in the dimple it happens to start in. A larger rate, 0.015 say, shakes it from dimple to dimple but never lets it rest.",
            zh: "梯度下降只看脚下的坡度，从哪个坑出发就落进哪个坑。学习率大一些，比如 0.015，会在坑与坑之间乱跳，却停不下来。",
        },
    },
];
