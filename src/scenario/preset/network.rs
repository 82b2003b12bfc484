//! Networks: gradients that vanish and explode on their way through the layers.

use super::{Preset, Words};

pub(super) const SIGMOID_2: Preset = Preset {
    key: "sigmoid_2",
    link: "loss=network,depth=2,activation=sigmoid&steps=500&beside=layers&run=sgd,lr=1",
    title: Words { en: "Sigmoid, 2 layers: it learns", zh: "Sigmoid，2 层：学得动" },
    caption: Words {
        en: "Two layers of weights with a sigmoid between them: the gradient comes through, and at a rate of 1 the loss falls to a sixth in 500 steps. The next two scenarios change nothing but the number of layers.",
        zh: "两层权重，中间一个 sigmoid：梯度传得过去，学习率取 1，500 步后损失降到六分之一。接下来两个情景只改层数，别的都不变。",
    },
};

pub(super) const SIGMOID_8: Preset = Preset {
    key: "sigmoid_8",
    link: "loss=network,depth=8,activation=sigmoid&steps=500&beside=layers&run=sgd,lr=1",
    title: Words {
        en: "Sigmoid, 8 layers: the gradient vanishes", zh: "Sigmoid，8 层：梯度消失"
    },
    caption: Words {
        en: "A sigmoid is nowhere steeper than a quarter, so the gradient shrinks at every layer on its way back: layer 1 gets a thousandth of what layer 8 gets. After 500 steps at the rate that trained two layers the loss stands at 0.693, which is guessing.",
        zh: "Sigmoid 最陡的地方斜率也只有四分之一，梯度往回传，每过一层就缩小一次：第 1 层得到的只有第 8 层的千分之一。用训练两层时的学习率走 500 步，损失还停在 0.693，也就是瞎猜的水平。",
    },
};

pub(super) const SIGMOID_20: Preset = Preset {
    key: "sigmoid_20",
    link: "loss=network,depth=20,activation=sigmoid&steps=500&beside=layers&run=sgd,lr=1",
    title: Words {
        en: "Sigmoid, 20 layers: nothing arrives", zh: "Sigmoid，20 层：传不到底"
    },
    caption: Words {
        en: "With 20 layers the gradient of layer 1 is a hundred billion times smaller than that of the last, and no rate on the slider makes up for that. Only the last three layers move by more than 0.01, and after 20 steps all stands still; choose tanh or ReLU in the panel and watch the layers come alive.",
        zh: "20 层时，第 1 层的梯度只有最后一层的一千亿分之一，滑块上没有哪个学习率补得回来。只有最后三层移动超过 0.01，走完 20 步就全都停住；在面板里换成 tanh 或 ReLU，看各层重新动起来。",
    },
};

pub(super) const TANH_XAVIER: Preset = Preset {
    key: "tanh_xavier",
    link: "loss=network,depth=20&steps=500&beside=layers&run=sgd,lr=0.03",
    title: Words {
        en: "Tanh, 20 layers, Xavier: a level profile",
        zh: "Tanh，20 层，Xavier：各层均衡",
    },
    caption: Words {
        en: "Xavier's weights are just large enough for the signal to keep its size through a layer and for the gradient to keep its own on the way back, so all 20 layers learn at about one pace. The loss falls from 0.54 to 0.05.",
        zh: "Xavier 初始化的权重大小正好：信号过一层大小基本不变，梯度往回传也一样，所以 20 层差不多同步地学。损失从 0.54 降到 0.05。",
    },
};

pub(super) const TANH_NORMAL: Preset = Preset {
    key: "tanh_normal",
    link: "loss=network,depth=20,init=normal,sigma=1&steps=500&beside=layers&run=sgd,lr=0.03",
    title: Words {
        en: "Tanh, 20 layers, σ = 1: saturated", zh: "Tanh，20 层，σ = 1：饱和"
    },
    caption: Words {
        en: "The same network, but its weights are drawn with σ = 1: half of its units are saturated from the start, and at step 0 the gradient grows a thousandfold on its way back to layer 1. A few steps drive yet more of them into saturation, and after 500 steps the loss is at least three times what Xavier's weights reach.",
        zh: "同一个网络，只是权重用 σ = 1 的正态分布：一开始就有一半单元饱和，起步时梯度往回传到第 1 层放大到上千倍。走几步以后饱和的更多，500 步后的损失至少是 Xavier 初始化的三倍。",
    },
};

pub(super) const RELU_HE: Preset = Preset {
    key: "relu_he",
    link: "loss=network,depth=30,width=32,activation=relu,init=he&steps=300&beside=layers&run=sgd,lr=0.01",
    title: Words { en: "ReLU, 30 layers, He: it learns", zh: "ReLU，30 层，He：学得动" },
    caption: Words {
        en: "A ReLU lets half of the signal through, and He's weights are √2 times as large to make up for it: from layer 1 to layer 30 signal and gradient keep their size. In 300 steps the loss falls from 0.7 to 0.06.",
        zh: "ReLU 只放过一半信号，He 初始化就把权重放大到 √2 倍来补上：从第 1 层到第 30 层，信号和梯度都保持大小。300 步里损失从 0.7 降到 0.06。",
    },
};

pub(super) const RELU_XAVIER: Preset = Preset {
    key: "relu_xavier",
    link: "loss=network,depth=30,width=32,activation=relu&steps=300&beside=layers&run=sgd,lr=0.01",
    title: Words {
        en: "ReLU, 30 layers, Xavier: it fades", zh: "ReLU，30 层，Xavier：信号消失"
    },
    caption: Words {
        en: "Xavier's weights do not know that a ReLU halves the signal: it loses a factor of about √2 a layer and is more than ten thousand times weaker at layer 29. The gradients of the weights are a few millionths in every layer, and after 300 steps the loss is still 0.69.",
        zh: "Xavier 初始化没有考虑 ReLU 会挡掉一半信号：信号每过一层大约缩小到 1/√2，到第 29 层只剩不到万分之一。各层权重的梯度都只有百万分之几，走完 300 步损失还是 0.69。",
    },
};

pub(super) const DEAD_RELU: Preset = Preset {
    key: "dead_relu",
    link: "loss=network,depth=4,width=8,activation=relu,init=he,init_seed=1&steps=400&beside=layers&run=sgd,lr=4",
    title: Words { en: "A rate that kills ReLUs", zh: "学习率太大，ReLU 全死了" },
    caption: Words {
        en: "A few steps at a rate of 4 push all units of layer 3 to where a ReLU is 0 for every sample: no gradient comes through any more, and the network never moves again. Drag the rate down to 0.4 and they stay alive.",
        zh: "学习率取 4，几步就把第 3 层的单元全推到 ReLU 对所有样本都输出 0 的地方：梯度再也传不过来，网络从此不动。把学习率拖到 0.4，它们就活着。",
    },
};

pub(super) const LEAKY_RELU: Preset = Preset {
    key: "leaky_relu",
    link: "loss=network,depth=4,width=8,activation=leaky_relu,init=he,init_seed=1&steps=400&beside=layers&run=sgd,lr=4",
    title: Words { en: "Leaky ReLU comes back to life", zh: "Leaky ReLU 还能活过来" },
    caption: Words {
        en: "The same weights and the same rate of 4, but below 0 the unit keeps a slope of 0.01: thrown as far, it still has a gradient to bring it back. The loss leaps at first and ends at a quarter of where it began.",
        zh: "同样的权重，同样的学习率 4，只是在 0 以下保留 0.01 的斜率：被甩得再远，也还有梯度可以走回来。损失先是乱跳，最后降到开始时的四分之一。",
    },
};

pub(super) const GAIN_EXPLODES: Preset = Preset {
    key: "gain_explodes",
    link: "loss=network,depth=12,activation=relu,init=he,gain=1.6&steps=300&beside=layers&run=sgd,lr=0.1",
    title: Words {
        en: "Explosion: weights 1.6 times as large", zh: "梯度爆炸：权重放大到 1.6 倍"
    },
    caption: Words {
        en: "With every weight 1.6 times as large as He's the signal grows by about that much a layer, over a hundredfold in 12 layers, and the gradients with it. The first step at a rate of 0.1 throws the weights so far that the second ends the run; the next three scenarios cure it.",
        zh: "每个权重都是 He 初始化的 1.6 倍，信号每过一层就放大到这么多倍，12 层放大百倍以上，梯度也跟着大。学习率取 0.1，第一步就把权重甩得很远，第二步就爆炸了；接下来三个情景各给一种办法。",
    },
};

pub(super) const EXPLOSION_CLIPPED: Preset = Preset {
    key: "explosion_clipped",
    link: "loss=network,depth=12,activation=relu,init=he,gain=1.6&steps=300&beside=layers&run=sgd,clip=norm",
    title: Words { en: "Explosion cured: clipped to 1", zh: "解决梯度爆炸：裁剪到 1" },
    caption: Words {
        en: "The same network and the same rate of 0.1, but a gradient longer than 1 is shortened to 1: its direction was right, only its length was absurd. The loss falls from 53 to well below 0.69, which is guessing.",
        zh: "同一个网络，同样的学习率 0.1，只是把长度超过 1 的梯度缩到 1：方向本来没错，只是长得离谱。损失从 53 一路降到远低于 0.69（瞎猜的水平）。",
    },
};

pub(super) const EXPLOSION_SMALLER_GAIN: Preset = Preset {
    key: "explosion_smaller_gain",
    link: "loss=network,depth=12,activation=relu,init=he&steps=300&beside=layers&run=sgd,lr=0.1",
    title: Words { en: "Explosion cured: a gain of 1", zh: "解决梯度爆炸：增益取 1" },
    caption: Words {
        en: "With a gain of 1 the weights are He's own, and the signal keeps its size through 12 layers. The loss starts at 0.74 instead of 53 and falls to 0.003: the best cure is not to fall ill.",
        zh: "增益取 1，权重就是 He 初始化原来的大小，信号过 12 层大小不变。损失从 0.74 而不是 53 开始，降到 0.003：最好从一开始就不让它爆炸。",
    },
};

pub(super) const EXPLOSION_SMALLER_RATE: Preset = Preset {
    key: "explosion_smaller_rate",
    link: "loss=network,depth=12,activation=relu,init=he,gain=1.6&steps=300&beside=layers&run=sgd,lr=0.0001",
    title: Words {
        en: "Explosion cured: a smaller rate", zh: "解决梯度爆炸：减小学习率"
    },
    caption: Words {
        en: "At 0.0001 the steps are short enough for gradients that are hundreds of units long, and the run survives. In the second half of its steps the loss averages above 0.69, no better than guessing, where clipping comes far below it: a rate that fits the worst gradient is too small for all the others.",
        zh: "学习率取 0.0001，梯度长达几百，步子也还够短，训练没有爆炸。后一半步数里损失平均还在 0.69 以上，不比瞎猜好，而裁剪远低于它：照最坏的梯度定的学习率，对其他梯度都太小。",
    },
};

pub(super) const NETWORK_UNPENALIZED: Preset = Preset {
    key: "network_unpenalized",
    link: "loss=network,noise=1&steps=2000&step=2000&run=sgd,lr=0.5",
    title: Words { en: "A network without a penalty", zh: "没有正则化的网络" },
    caption: Words {
        en: "Two moons blurred into each other: in 2,000 steps the boundary winds around single points, and the weights grow to double their size and more. Compare the boundary with that of the next scenario.",
        zh: "两个月牙混在一起：2,000 步里，边界绕着个别点弯来弯去，权重长到原来的两倍以上。把这条边界和下一个情景的比一比。",
    },
};

pub(super) const NETWORK_L2: Preset = Preset {
    key: "network_l2",
    link: "loss=network,l2=0.01,noise=1&steps=2000&step=2000&run=sgd,lr=0.5",
    title: Words { en: "L2 keeps the weights small", zh: "L2 让权重保持小" },
    caption: Words {
        en: "The same network with a penalty of 0.01/2 · Σw²: large weights cost more than a few wrong points, so the boundary stays smooth. The layer view shows it: no layer ends with more than half of the weights it had without the penalty.",
        zh: "同一个网络加上 0.01/2 · Σw² 的惩罚：权重大的代价比错几个点还高，所以边界保持光滑。在“各层”里看得到：每层权重的大小都不到没有惩罚时的一半。",
    },
};

pub(super) const SPIRALS: Preset = Preset {
    key: "spirals",
    link: "loss=network,data=spirals,depth=4,width=24,noise=0.2&steps=600&run=adam,lr=0.01",
    title: Words { en: "Two spirals, learnt by Adam", zh: "两条螺旋线，用 Adam 学" },
    caption: Words {
        en: "No line tells two spirals apart; four layers of tanh units wind a boundary between them within 600 steps. Play it and watch the regions fold; then try gradient descent at the same rate.",
        zh: "两条螺旋线用直线分不开；四层 tanh 网络在 600 步里绕出一条边界。播放并看区域怎样折叠；再换成同样学习率的梯度下降试试。",
    },
};
