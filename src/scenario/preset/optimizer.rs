//! One loss, several update rules beside each other.

use super::{Preset, Words};

pub(super) const RAVINE_MOMENTUM: Preset = Preset {
    key: "ravine_momentum",
    link: "loss=quadratic,kappa=20&start=-8,2.5&steps=150&run=sgd,lr=0.02&run=momentum,lr=0.02",
    title: Words {
        en: "Ravine: with and without momentum", zh: "峡谷：有动量与没有动量"
    },
    caption: Words {
        en: "Both runs use the rate 0.02, and after 10 steps plain descent has covered less than a fifth of the way along the valley, momentum more than two thirds. Along the floor all gradients point the same way and momentum adds them up; the price is that it shoots past the minimum and swings back.",
        zh: "两条路径的学习率都是 0.02，走了 10 步，普通梯度下降沿谷底还没走完五分之一，动量法已走过三分之二以上。沿谷底的梯度方向始终一致，动量把它们累积起来；代价是会冲过极小点再荡回来。",
    },
};

pub(super) const MOMENTUM_TOO_HIGH: Preset = Preset {
    key: "momentum_too_high",
    link: "loss=quadratic,kappa=20&start=-3,2.5&steps=300&run=momentum,lr=0.02&run=momentum,lr=0.02,momentum=0.99",
    title: Words { en: "Momentum too high: 0.99", zh: "动量太大：0.99" },
    caption: Words {
        en: "With momentum 0.9 the run comes to rest, with 0.99 it is still swinging from wall to wall after 300 steps. Momentum is the share of its speed that a run keeps at each step: at 0.99 almost nothing brakes it.",
        zh: "动量取 0.9 时会停下来，取 0.99 时走完 300 步还在谷壁之间来回荡。动量系数就是每一步保留下来的速度比例，取 0.99 几乎等于没有刹车。",
    },
};

pub(super) const NESTEROV_BRAKES: Preset = Preset {
    key: "nesterov_brakes",
    link: "loss=quadratic,kappa=20&start=-8,2.5&steps=150&run=momentum,lr=0.02&run=nesterov,lr=0.02",
    title: Words { en: "Nesterov against momentum", zh: "Nesterov 动量与普通动量" },
    caption: Words {
        en: "Same rate, same momentum, and yet Nesterov swings less: past the valley floor to 1.1 instead of 2.0, past the end of the valley to 1.8 instead of 2.4. It weighs the newest gradient more heavily, as if it looked one step ahead, and so brakes before it is up the other wall.",
        zh: "学习率和动量都相同，Nesterov 的摆动却更小：横向越过谷底只到 1.1，而普通动量到 2.0；沿山谷越过终点只到 1.8，而普通动量到 2.4。它更看重最新的梯度，相当于先往前看一步，还没冲上对面谷壁就开始刹车。",
    },
};

pub(super) const ADAGRAD_FADES: Preset = Preset {
    key: "adagrad_fades",
    link: "loss=rosenbrock&start=-1.2,1&steps=200&run=adagrad&run=rmsprop,lr=0.0316,alpha=0.9",
    title: Words {
        en: "AdaGrad: a rate that fades away", zh: "AdaGrad：越来越小的学习率"
    },
    caption: Words {
        en: "Both runs begin with a step of 0.1 in each direction down the steep wall, but after 200 steps RMSprop is past the middle of the valley and AdaGrad is still at its beginning. AdaGrad divides by the root of all squared gradients so far, which can only grow; RMSprop forgets the wall little by little.",
        zh: "两者沿陡壁下来的第一步在每个方向上都是 0.1，可是 200 步之后 RMSprop 已过了山谷中段，AdaGrad 还停在谷口。AdaGrad 要除以至今所有梯度平方和的平方根，这个数只增不减；RMSprop 却会把陡壁慢慢忘掉。",
    },
};

pub(super) const BADLY_SCALED: Preset = Preset {
    key: "badly_scaled",
    link: "loss=quadratic,kappa=100&start=-8,2.5&steps=150&run=sgd,lr=0.015&run=rmsprop&run=adam,lr=0.3",
    title: Words {
        en: "Badly scaled axes: RMSprop and Adam", zh: "坐标尺度悬殊：RMSprop 与 Adam"
    },
    caption: Words {
        en: "One direction curves 100 times as much as the other: plain descent has to keep its rate below 0.02 and is still on its way when RMSprop and Adam have arrived. These two divide each component of the gradient by its own recent size, so they set out diagonally, at the same speed in both directions.",
        zh: "一个方向的曲率是另一个方向的 100 倍：普通梯度下降的学习率必须小于 0.02，RMSprop 和 Adam 都到了，它还在路上。这两种方法把梯度的每个分量除以它自己近期的大小，所以出发时走对角线，两个方向快慢一样。",
    },
};

pub(super) const ADAM_OVERSHOOTS: Preset = Preset {
    key: "adam_overshoots",
    link: "loss=quadratic,kappa=1&start=-6,4&steps=150&run=sgd,lr=0.15&run=adam,lr=0.5",
    title: Words { en: "Adam runs past the minimum", zh: "Adam 冲过极小点" },
    caption: Words {
        en: "In a round bowl plain descent goes straight to the minimum and never past it; Adam runs on for more than a unit, turns round and comes back. Its mean of past gradients still points ahead when the newest gradient already points back.",
        zh: "在圆碗里，普通梯度下降径直走到极小点，从不越过；Adam 却冲过头一个单位以上，再掉头回来。这是因为最新的梯度已经指向回头路，过去梯度的平均却还指着前方。",
    },
};

pub(super) const ADAMW_DECAYS: Preset = Preset {
    key: "adamw_decays",
    link: "loss=booth&start=-6,4&steps=300&run=adam,lr=0.2&run=adamw,lr=0.2,weight_decay=0.5",
    title: Words { en: "AdamW: decay pulls towards zero", zh: "AdamW：权重衰减拉向零" },
    caption: Words {
        en: "Adam settles at the minimum, (1, 3), while AdamW with decay 0.5 comes down below y = 2 and stays there. At each step it also takes 0.2 × 0.5, a tenth, off every parameter, and at y = 2 that is 0.2: as long as a whole step of Adam.",
        zh: "Adam 停在极小点 (1, 3)，衰减系数为 0.5 的 AdamW 却降到 y = 2 以下就再也上不去。它每一步还要让每个参数减去自身的 0.2 × 0.5，也就是十分之一，在 y = 2 处正好是 0.2，抵得上 Adam 的整整一步。",
    },
};

pub(super) const CURVATURE_HELPS: Preset = Preset {
    key: "curvature_helps",
    link: "loss=rosenbrock&start=-1.2,1&steps=100&run=sgd,lr=0.0005&run=line_search,lr=1&run=lbfgs,lr=0.0005&run=newton",
    title: Words {
        en: "Rosenbrock: rules that find their own step",
        zh: "Rosenbrock：自己定步长的方法",
    },
    caption: Words {
        en: "In 100 steps plain descent has only just entered the valley, line search is near the minimum, and L-BFGS and Newton stand at it. Line search tries a long step and halves it until the loss falls enough; Newton knows how the valley curves, and L-BFGS guesses it from the steps it has made.",
        zh: "走了 100 步，普通梯度下降刚进山谷，线搜索已接近极小点，而 L-BFGS 和牛顿法已经到达极小点。线搜索先试一大步，损失降得不够就减半；牛顿法知道山谷怎样弯，L-BFGS 则从走过的步子里推测。",
    },
};

pub(super) const EIGHT_RULES: Preset = Preset {
    key: "eight_rules",
    link: "loss=quadratic,kappa=10&start=-4.5,3&steps=200&run=sgd&run=momentum&run=nesterov&run=adagrad&run=adadelta&run=rmsprop&run=adam&run=lion",
    title: Words { en: "One rate, eight rules", zh: "同一个学习率，八种方法" },
    caption: Words {
        en: "All eight runs use the rate 0.1: some settle, some swing, Lion hops around the minimum for ever and Adadelta has hardly left the start. Plain descent multiplies the gradient by the rate, while for Adam and Lion the rate sets the length of the step, so a rate means nothing without its optimizer.",
        zh: "八条路径的学习率都是 0.1：有的停稳，有的来回摆动，Lion 一直在极小点周围跳，Adadelta 几乎还在起点。对普通梯度下降，学习率是梯度的倍数；对 Adam 和 Lion，它就是步长，所以离开了方法谈学习率没有意义。",
    },
};
