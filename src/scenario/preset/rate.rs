//! What the learning rate does on one ravine, and one rate on ravines ever steeper.

use super::{Preset, Words};

pub(super) const OSCILLATING: Preset = Preset {
    key: "oscillating",
    link: "loss=quadratic,kappa=20&start=-8,2.5&steps=100&run=sgd,lr=0.085",
    title: Words { en: "Ravine: the rate oscillates", zh: "峡谷：来回振荡" },
    caption: Words {
        en: "Every step overshoots the valley floor and lands on the other wall, half as high as before. Drag the learning rate: below 0.05 the zigzag is gone, above 0.1 it grows.",
        zh: "每一步都越过谷底，落到对面谷壁上，高度只有原来的一半。拖动学习率看看：小于 0.05 时不再来回摆动，大于 0.1 时越摆越远。",
    },
};

pub(super) const TOO_SMALL: Preset = Preset {
    key: "too_small",
    link: "loss=quadratic,kappa=20&start=-8,2.5&steps=100&run=sgd,lr=0.005",
    title: Words { en: "Ravine: the rate is too small", zh: "峡谷：学习率太小" },
    caption: Words {
        en: "The steep direction is soon finished, but along the flat valley floor each step covers half a percent of the way left. After 100 steps the run is still far from the minimum.",
        zh: "陡峭方向很快就走完了，但沿着平缓的谷底，每一步只走剩余路程的千分之五。走完 100 步，离极小点仍然很远。",
    },
};

pub(super) const ABOUT_RIGHT: Preset = Preset {
    key: "about_right",
    link: "loss=quadratic,kappa=20&start=-8,2.5&steps=200&run=sgd,lr=0.04",
    title: Words { en: "Ravine: the rate is about right", zh: "峡谷：学习率合适" },
    caption: Words {
        en: "No step overshoots, because learning rate × curvature stays below 1 even in the steepest direction. What is left is the flat direction, and it sets the pace.",
        zh: "即使在最陡的方向上，学习率 × 曲率也小于 1，所以没有一步越过谷底。剩下的平缓方向决定了收敛的快慢。",
    },
};

pub(super) const BEST: Preset = Preset {
    key: "best",
    link: "loss=quadratic,kappa=20&start=-8,2.5&steps=100&run=sgd,lr=0.0952",
    title: Words { en: "Ravine: the best fixed rate", zh: "峡谷：最佳固定学习率" },
    caption: Words {
        en: "At 2 over the sum of the smallest and the largest curvature, 2/(1 + 20), the steep and the flat direction shrink equally fast, and no fixed rate does better in the long run. It zigzags all the same, and a hair's breadth above it lies the limit.",
        zh: "学习率取 2 除以最小曲率与最大曲率之和，即 2/(1 + 20) 时，陡峭方向与平缓方向缩小得一样快，长远看没有更快的固定学习率。它照样来回摆动，而且再大一点点就到上限了。",
    },
};

pub(super) const AT_THE_LIMIT: Preset = Preset {
    key: "at_the_limit",
    link: "loss=quadratic,kappa=20&start=-8,2.5&steps=100&run=sgd,lr=0.1",
    title: Words { en: "Ravine: exactly at the limit", zh: "峡谷：恰好在上限" },
    caption: Words {
        en: "At 2 over the largest curvature, here 2/20, each step lands exactly as far up the other wall as it came from. Along the valley it arrives; across the valley it never settles.",
        zh: "学习率取 2 除以最大曲率（这里是 2/20）时，每一步都落到对面谷壁上同样高的地方。沿谷底方向能走到终点，横向却永远停不下来。",
    },
};

pub(super) const TOO_LARGE: Preset = Preset {
    key: "too_large",
    link: "loss=quadratic,kappa=20&start=-8,2.5&steps=100&run=sgd,lr=0.105",
    title: Words { en: "Ravine: the rate is too large", zh: "峡谷：学习率太大" },
    caption: Words {
        en: "Past the limit every step lands farther up the other wall than the last. Nothing is wrong with the code: the NaN at the end of such a run is made by the rate alone.",
        zh: "超过上限后，每一步都落到对面谷壁上更高的地方。代码没有错：这样跑到最后出现的 NaN 完全是学习率造成的。",
    },
};

pub(super) const CONDITION_1: Preset = Preset {
    key: "condition_1",
    link: "loss=quadratic,kappa=1&start=-8,2.5&steps=100&run=sgd,lr=0.15",
    title: Words { en: "Condition number 1: a round bowl", zh: "条件数 1：圆碗" },
    caption: Words {
        en: "All directions are equally steep, so the negative gradient points straight at the minimum. Compare the same rate, 0.15, on condition numbers 10 and 100.",
        zh: "各个方向一样陡，负梯度正好指向极小点。用同样的学习率 0.15，再看看条件数 10 和 100 的情形。",
    },
};

pub(super) const CONDITION_10: Preset = Preset {
    key: "condition_10",
    link: "loss=quadratic,kappa=10&start=-8,2.5&steps=100&run=sgd,lr=0.15",
    title: Words { en: "Condition number 10: a ravine", zh: "条件数 10：峡谷" },
    caption: Words {
        en: "The same rate, 0.15, now overshoots in the steep direction, for learning rate × curvature is 1.5. The path zigzags but still arrives.",
        zh: "同样的学习率 0.15，在陡峭方向上学习率 × 曲率变成 1.5，每一步都会越过谷底。路径来回摆动，但还是能到达。",
    },
};

pub(super) const CONDITION_100: Preset = Preset {
    key: "condition_100",
    link: "loss=quadratic,kappa=100&start=-8,2.5&steps=100&run=sgd,lr=0.15",
    title: Words { en: "Condition number 100: a gorge", zh: "条件数 100：深谷" },
    caption: Words {
        en: "The same rate, 0.15, is now far past the limit of 0.02 and the run explodes within a few steps. A rate that is safe here has to be so small that the flat direction crawls.",
        zh: "同样的学习率 0.15 已远远超过上限 0.02，几步之内就爆炸。在这里安全的学习率必须很小，小到平缓方向上几乎不动。",
    },
};
