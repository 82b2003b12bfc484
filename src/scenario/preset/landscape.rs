//! Landscapes of other shapes: valleys, saddles, plateaus, cliffs, dimples.

use super::{Preset, Words};

pub(super) const ROSENBROCK_VALLEY: Preset = Preset {
    key: "rosenbrock_valley",
    link: "loss=rosenbrock&start=-1.2,1&steps=10000&run=sgd,lr=0.001",
    title: Words { en: "The Rosenbrock valley", zh: "Rosenbrock 香蕉谷" },
    caption: Words {
        en: "Finding the curved valley takes a few steps, following it takes thousands. The walls are so steep that the rate must be tiny, and the floor so flat that a tiny rate gets nowhere.",
        zh: "走进弯曲的山谷只需几步，沿着谷底走到终点却要几千步。谷壁很陡，学习率只能取得很小；谷底很平，小学习率又几乎走不动。",
    },
};

pub(super) const HIMMELBLAU_NEAR: Preset = Preset {
    key: "himmelblau_near",
    link: "loss=himmelblau&start=5,4&steps=100&run=sgd,lr=0.0134",
    title: Words { en: "Four minima: rate 0.0134", zh: "四个极小点：学习率 0.0134" },
    caption: Words {
        en: "With rate 0.0134 the run ends in the nearest of the four minima, at (3, 2). Raise the rate by 0.0001 and see where it ends then.",
        zh: "学习率为 0.0134 时，到达四个极小点中最近的 (3, 2)。把学习率只增加 0.0001，再看它到了哪里。",
    },
};

pub(super) const HIMMELBLAU_FAR: Preset = Preset {
    key: "himmelblau_far",
    link: "loss=himmelblau&start=5,4&steps=100&run=sgd,lr=0.0135",
    title: Words { en: "Four minima: rate 0.0135", zh: "四个极小点：学习率 0.0135" },
    caption: Words {
        en: "Less than one percent more than 0.0134: both runs leap to about (−0.2, 0.5) and head for the saddle at (0.1, 2.9), which lies between two minima. They come to it on different sides, and this one goes down to (−2.8, 3.1): which minimum is found may hang on the rate alone.",
        zh: "只比 0.0134 大不到百分之一：两条路径第一步都跳到 (−0.2, 0.5) 附近，再走向两个极小点之间 (0.1, 2.9) 处的鞍点。它们到了鞍点的不同侧，这一条便走向 (−2.8, 3.1)：找到哪个极小点，有时只取决于学习率。",
    },
};

pub(super) const SADDLE: Preset = Preset {
    key: "saddle",
    link: "loss=saddle&start=1.5,0.001&steps=200&run=sgd,lr=0.1",
    title: Words { en: "The saddle, and how long it holds", zh: "鞍点能拖住多久" },
    caption: Words {
        en: "The run first heads for the saddle in the middle and lingers there, because the slope away from it starts at next to nothing. The loss curve shows the plateau: it looks finished long before it is.",
        zh: "路径先奔向中间的鞍点并在那里徘徊，因为离开鞍点的方向上坡度一开始几乎为零。看损失曲线上的平台期：看起来早就收敛了，其实还没有。",
    },
};

pub(super) const PLATEAU: Preset = Preset {
    key: "plateau",
    link: "loss=gaussian_well&start=3,2&steps=200&run=sgd,lr=0.1",
    title: Words { en: "Plateau: the gradient has vanished", zh: "平坦区：梯度消失" },
    caption: Words {
        en: "Far from the well the surface is nearly flat, so a moderate rate hardly moves. Try 1, which arrives, and 3, which never comes to rest.",
        zh: "离势阱很远的地方几乎是平的，中等大小的学习率几乎走不动。试试学习率 1，能到达；再试试 3，永远停不下来。",
    },
};

pub(super) const THROWN_OUT: Preset = Preset {
    key: "thrown_out",
    link: "loss=gaussian_well&start=1.5,-1.2&steps=200&run=sgd,lr=10",
    title: Words { en: "Plateau: thrown out of the well", zh: "平坦区：被抛出势阱" },
    caption: Words {
        en: "The steep wall of the well and a large rate make one giant step, out onto the plain, where there is hardly a gradient to bring it back. In the 198 steps that are left the run moves by less than 0.1, far from the minimum.",
        zh: "阱壁陡、学习率又大，一大步就被抛到了几乎没有梯度的平地上，再也回不来。剩下的 198 步里它移动不到 0.1，离极小点还很远。",
    },
};

pub(super) const VANISHING: Preset = Preset {
    key: "vanishing",
    link: "loss=deep_chain,depth=20&start=0.5,0.5&steps=300&run=sgd,lr=0.1",
    title: Words { en: "Twenty layers: the gradient vanishes", zh: "二十层：梯度消失" },
    caption: Words {
        en: "Nineteen layers multiply the signal by 0.5 each, and what comes back of the gradient is a few hundred-thousandths. The run barely moves, though it stands nowhere near a minimum.",
        zh: "十九层每层都把信号乘以 0.5，传回来的梯度只剩十万分之几。离极小点还很远，却几乎一动不动。",
    },
};

pub(super) const EXPLODING: Preset = Preset {
    key: "exploding",
    link: "loss=deep_chain,depth=8&start=1.3,1&steps=100&run=sgd,lr=0.02",
    title: Words { en: "Eight layers: the gradient explodes", zh: "八层：梯度爆炸" },
    caption: Words {
        en: "A weight only a little above 1 is raised to the seventh power, and the gradient grows with it. The first step leaps across the valley, the second blows up.",
        zh: "比 1 大一点的权重要连乘七次，梯度也跟着放大。第一步就跳过了山谷，第二步数值便爆炸了。",
    },
};

pub(super) const THETA_SQUARED: Preset = Preset {
    key: "theta_squared",
    link: "loss=parabola&start=-2.4183&steps=1000&run=sgd,lr=0.01",
    title: Words { en: "θ²: a thousand steps of 0.01", zh: "θ²：学习率 0.01 走一千步" },
    caption: Words {
        en: "The first program of many courses: each step keeps 98% of the distance to the minimum, wherever it starts. At 0.5 a single step suffices, at 1 it jumps from side to side for ever.",
        zh: "许多课程的第一个程序：无论从哪里出发，每一步都保留到极小点距离的 98%。学习率 0.5 时一步到位，等于 1 时永远左右来回跳。",
    },
};

pub(super) const EGG_BOX: Preset = Preset {
    key: "egg_box",
    link: "loss=rastrigin&start=1.7,-1.35&steps=100&run=sgd,lr=0.001",
    title: Words { en: "Egg box: caught in the nearest dimple", zh: "蛋托：落进最近的坑" },
    caption: Words {
        en: "Descent only sees the slope under its feet and settles in the dimple it happens to start in. A larger rate, 0.015 say, shakes it from dimple to dimple but never lets it rest.",
        zh: "梯度下降只看脚下的坡度，从哪个坑出发就落进哪个坑。学习率大一些，比如 0.015，会在坑与坑之间乱跳，却停不下来。",
    },
};
