//! Rates that change on the way, noise, and clipping.

use super::{Preset, Words};

pub(super) const STEP_DECAY: Preset = Preset {
    key: "step_decay",
    link: "loss=quadratic,kappa=20&start=-8,2.5&steps=120&run=sgd&run=sgd,schedule=step,step_size=40,gamma=0.5",
    title: Words { en: "Step decay ends the bouncing", zh: "阶梯衰减：不再来回弹" },
    caption: Words {
        en: "Both runs bounce from wall to wall at the rate 0.1, until after 40 steps one of them halves its rate and drops to the valley floor at once. A large rate is good for the way along the valley, a small one for coming to rest across it.",
        zh: "两条路径起初都以学习率 0.1 在谷壁之间弹来弹去，到第 40 步，其中一条把学习率减半，立刻落到谷底。沿山谷赶路要用大学习率，横向要停稳就得用小的。",
    },
};

pub(super) const COSINE_DECAY: Preset = Preset {
    key: "cosine_decay",
    link: "loss=himmelblau&start=0,0&steps=120&run=sgd,lr=0.03&run=sgd,lr=0.03,schedule=cosine,t_max=120",
    title: Words { en: "Cosine decay ends the bouncing", zh: "余弦退火：慢慢停稳" },
    caption: Words {
        en: "With the constant rate 0.03 the run jumps to and fro across the minimum at (3, 2) for ever; with cosine decay the jumps shrink and it settles. As soon as the rate is below the limit for this minimum, about 0.024, each jump is shorter than the last.",
        zh: "学习率恒为 0.03 时，路径在极小点 (3, 2) 两侧没完没了地来回跳；用余弦退火，跳动越来越小，最后停稳。学习率一降到这个极小点的上限（约 0.024）以下，每一跳就比前一跳短。",
    },
};

pub(super) const WARM_UP: Preset = Preset {
    key: "warm_up",
    link: "loss=himmelblau&start=5,4&steps=100&run=sgd,lr=0.02&run=sgd,lr=0.02,warmup=20",
    title: Words { en: "Warm-up: a gentle start", zh: "预热：先慢后快" },
    caption: Words {
        en: "The rate 0.02 is fine near the minimum (3, 2) but far too much at the steep start: the first step throws one run across the map. With a warm-up of 20 steps the rate has grown to 0.02 only when the steep part is behind, and the other run settles.",
        zh: "学习率 0.02 在极小点 (3, 2) 附近正合适，在陡峭的起点却太大：其中一条路径第一步就被抛到地图另一边。另一条用 20 步预热，学习率升到 0.02 时陡坡已经走完，于是顺利停稳。",
    },
};

pub(super) const NOISE_BALL: Preset = Preset {
    key: "noise_ball",
    link: "loss=quadratic,kappa=10&start=-8,2.5&steps=300&seed=13&noise=5&run=sgd&run=sgd,schedule=inverse_time",
    title: Words {
        en: "Noisy gradients: constant or falling rate",
        zh: "带噪声的梯度：恒定还是衰减",
    },
    caption: Words {
        en: "Both runs see gradients with the same random errors, as from mini-batches: at the constant rate 0.1 one wanders about the minimum and comes no closer, while the other, whose rate falls, closes in. The larger the rate, the farther a run wanders: each step adds the gradient's error times the rate.",
        zh: "两条路径的梯度带有同样的随机误差，就像小批量训练那样：学习率恒为 0.1 的一条在极小点周围游荡，再也靠不近；学习率逐渐减小的一条越靠越近。学习率越大，游荡的范围越大，因为每一步都带着“学习率 × 梯度误差”。",
    },
};

pub(super) const CLIPPED_CLIFF: Preset = Preset {
    key: "clipped_cliff",
    link: "loss=deep_chain,depth=8&start=1.3,1&steps=60&run=sgd,lr=0.02&run=sgd,lr=0.02,clip=norm",
    title: Words {
        en: "Eight layers: clipping at the cliff", zh: "八层：悬崖边的梯度裁剪"
    },
    caption: Words {
        en: "The gradient at the start is 181 long: without clipping the first step leaps across the valley and the second blows up. Clipped to length 1 it keeps its direction, no step is longer than 0.02, and the run walks down the cliff and settles.",
        zh: "起点处梯度的长度是 181：不裁剪，第一步就跳过了山谷，第二步数值就爆炸了。把长度裁剪到 1，方向不变，每一步都不超过 0.02，路径沿悬崖稳稳走下来并停住。",
    },
};
