//! Rates that change on the way, noise, clipping, constraints, stop rules.

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

pub(super) const REDUCE_ON_PLATEAU: Preset = Preset {
    key: "reduce_on_plateau",
    link: "loss=himmelblau&start=0,0&steps=80&run=sgd,lr=0.03&run=sgd,lr=0.03,schedule=reduce_on_plateau,factor=0.5,patience=8",
    title: Words {
        en: "Reduce the rate on a plateau", zh: "平台期衰减：损失不降就减小学习率"
    },
    caption: Words {
        en: "Both runs jump to and fro across the minimum at (3, 2); after 13 steps the loss of one has not improved for more than 8, and its rate is halved to 0.015. That is below the limit for this minimum, about 0.024, so the run settles: no schedule was written in advance, the rate followed the loss.",
        zh: "两条路径都在极小点 (3, 2) 两侧来回跳；到第 13 步，其中一条的损失已经超过 8 步没有改善，学习率减半为 0.015。这低于这个极小点的上限（约 0.024），于是它停稳了：没有人预先写好调度，是学习率跟着损失变。",
    },
};

pub(super) const CONSTRAINED: Preset = Preset {
    key: "constrained",
    link: "loss=booth&start=-6,4&steps=100&run=sgd,lr=0.05&run=sgd,lr=0.05,constrain=norm,constrain_at=2&run=sgd,lr=0.05,constrain=value,constrain_at=2",
    title: Words {
        en: "Held in a circle, held in a square", zh: "参数约束：圆内与方框内"
    },
    caption: Words {
        en: "All three runs descend toward the minimum at (1, 3), but two are moved back after each step that leaves a circle of radius 2 or a square with sides at ±2, to its nearest point: they end on the boundary, at (1.19, 1.60) and (1.8, 2). The gradient is not zero there, but it has no part along the boundary, so the loss can fall no further without leaving it.",
        zh: "三条路径都朝极小点 (1, 3) 下降，但其中两条只要一步越出半径为 2 的圆或边界为 ±2 的方框，就被拉回框内最近的点，最后停在边界上的 (1.19, 1.60) 和 (1.8, 2)。那里的梯度并不为零，只是沿边界没有分量，不越界损失就再也降不下去。",
    },
};

pub(super) const STOP_RULE: Preset = Preset {
    key: "stop_rule",
    link: "loss=quadratic,kappa=20&start=-8,2.5&steps=400&stop_loss=0.01&run=sgd,lr=0.09&run=sgd,lr=0.02",
    title: Words {
        en: "Stop when the loss is small enough", zh: "停止条件：损失够小就停"
    },
    caption: Words {
        en: "Both runs may take 400 steps and end as soon as the loss is at most 0.01, the dashed line in the chart: at the rate 0.09 after 43 steps, at 0.02 after 200. Such a rule looks at the loss alone, so a person has to know how small is small enough.",
        zh: "两条路径最多走 400 步，损失一降到 0.01（曲线图中的虚线）就停：学习率 0.09 的一条走了 43 步，0.02 的一条走了 200 步。这种规则只看损失，多小才算够小，要由人来定。",
    },
};
