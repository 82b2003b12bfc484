//! Which samples make the gradient: all, some, one; their sum or their mean.

use super::{Preset, Words};

pub(super) const LINE_THROUGH_ORIGIN: Preset = Preset {
    key: "line_through_origin",
    link: "loss=linear_regression,intercept=0&steps=1000&run=sgd,lr=0.01",
    title: Words {
        en: "Full batch: a line through the origin", zh: "批量梯度下降：过原点的直线"
    },
    caption: Words {
        en: "The points lie about y = 3x + 2, but the line has no intercept, so its slope has to make up for it and comes out near 6. With the mean over 100 samples a rate of 0.01 is cautious: after 1,000 steps the slope is still moving.",
        zh: "这些点分布在 y = 3x + 2 附近，但直线没有截距，斜率只好替它补偿，最后接近 6。对 100 个样本取均值时，学习率 0.01 很保守：走完 1,000 步，斜率还在变。",
    },
};

pub(super) const SUMMED_GRADIENT: Preset = Preset {
    key: "summed_gradient",
    link: "loss=linear_regression,data=line_3x2_seed42,intercept=0,reduction=half_sum&steps=1000&run=sgd,lr=0.01",
    title: Words {
        en: "Full batch: the gradient summed up", zh: "批量梯度下降：梯度求和"
    },
    caption: Words {
        en: "Summing over 100 samples instead of averaging makes the gradient 100 times as long, so with the same rate of 0.01 the run is within 1% of its goal after 13 steps. With ten times the data it would diverge: a rate for a sum does not outlive its data set.",
        zh: "对 100 个样本求和而不是求均值，梯度的长度就是原来的 100 倍，所以同样的学习率 0.01 只要 13 步，离终点就只剩不到 1%。数据再多十倍它就会发散：为求和调好的学习率，换一个数据集就不能用了。",
    },
};

pub(super) const WRONG_SIGN: Preset = Preset {
    key: "wrong_sign",
    link: "loss=linear_regression,data=line_3x2_seed42,intercept=0,reduction=half_sum&steps=1000&run=sgd,lr=0.01,ascent=1",
    title: Words { en: "The sign of the gradient is wrong", zh: "梯度的符号写反了" },
    caption: Words {
        en: "The same program with a plus where the minus belongs: it climbs, and each step is longer than the last. No learning rate cures this: drag it down, and the run only climbs more slowly.",
        zh: "同一个程序，只是把该写减号的地方写成了加号：它在往上爬，而且一步比一步大。调学习率救不了它：调小以后，只是爬得慢一些。",
    },
};

pub(super) const FOUR_POINTS: Preset = Preset {
    key: "four_points",
    link: "loss=linear_regression,data=four_points,intercept=0,reduction=mean&steps=1000&run=sgd,lr=0.01",
    title: Words { en: "Four points: the limit by hand", zh: "四个点：手算学习率上限" },
    caption: Words {
        en: "With x = y = 1, 2, 3, 4 and a mean of squares the curvature is 2 · 7.5 = 15, so the limit is 2/15, between 0.13 and 0.14. Drag the rate from the one to the other: here a run that arrives, there one that explodes.",
        zh: "取 x = y = 1、2、3、4 和均方误差，曲率是 2 · 7.5 = 15，所以上限是 2/15，在 0.13 与 0.14 之间。把学习率从前者拖到后者：一个收敛，一个爆炸。",
    },
};

pub(super) const BATCH_LINE: Preset = Preset {
    key: "batch_line",
    link: "loss=linear_regression,data=line_2x1_seed0&start=0.5,0.5&steps=1000&run=sgd,lr=0.01",
    title: Words {
        en: "Batch: one step looks at all samples", zh: "批量：每一步看全部样本"
    },
    caption: Words {
        en: "Every step takes the mean gradient of all 100 points, so the path is smooth: first the line rises to the points, then it slowly turns. Its 1,000 steps look at 100,000 samples; the next scenario spends as many on single samples.",
        zh: "每一步都用全部 100 个点的平均梯度，所以路径光滑：直线先升到点群中间，再慢慢转到位。它的 1,000 步一共看了 100,000 个样本；下一个情景把同样多的样本一个一个地用。",
    },
};

pub(super) const STOCHASTIC_LINE: Preset = Preset {
    key: "stochastic_line",
    link: "loss=linear_regression,data=line_2x1_seed0&start=0.5,0.5&steps=100000&batch=1&order=sequential&run=sgd,lr=0.0001",
    title: Words {
        en: "Stochastic: one sample a step, in order",
        zh: "随机梯度下降：每步一个样本，按顺序取",
    },
    caption: Words {
        en: "The same line, but each step follows the gradient of a single sample at a hundredth of the rate. After 1,000 epochs, 100,000 steps, it is where full-batch descent stood after 1,000 steps: small steps on single samples add up to one on all.",
        zh: "同一条直线，但每一步只用一个样本的梯度，学习率取百分之一。走完 1,000 轮、也就是 100,000 步，它到了批量梯度下降走 1,000 步的位置：一个一个样本的小步，加起来就是对全部样本走的一大步。",
    },
};

pub(super) const BATCH_SIZES: Preset = Preset {
    key: "batch_sizes",
    link: "loss=linear_regression&steps=200&run=sgd,lr=0.3&run=sgd,lr=0.3,batch=16&run=sgd,lr=0.3,batch=4&run=sgd,lr=0.3,batch=1",
    title: Words { en: "Batches of 100, 16, 4 and 1", zh: "批量大小 100、16、4、1" },
    caption: Words {
        en: "Four runs at one rate that differ in how many samples make a step. On the way they are equally fast; at the end the smallest batch dances in the widest ball, and has looked at 200 samples where the full batch looked at 20,000.",
        zh: "四次运行学习率相同，只是每一步用的样本数不同。一路上它们一样快；到最后，批量越小，晃动的范围越大，可是批量为 1 的只看了 200 个样本，全批量看了 20,000 个。",
    },
};

pub(super) const TOO_FAST_FOR_ONE: Preset = Preset {
    key: "too_fast_for_one",
    link: "loss=linear_regression,data=penguins,standardize=1&steps=100&run=sgd,lr=1&run=sgd,lr=1,batch=1",
    title: Words {
        en: "Fine for the batch, too fast for one sample",
        zh: "对批量合适，对单个样本太大",
    },
    caption: Words {
        en: "On standardized data the mean over all samples has curvature 1, and a rate of 1 gets there in a single step. A sample far from the mean curves much more than that: alone it is thrown across, and the next one across again.",
        zh: "数据标准化以后，全部样本的平均曲率是 1，学习率取 1 一步就到。远离均值的样本，自己的曲率要大得多：单独拿它走一步就会冲过头，下一个样本又冲回来。",
    },
};

pub(super) const SUM_NOT_MEAN: Preset = Preset {
    key: "sum_not_mean",
    link: "loss=linear_regression,reduction=sum&steps=200&run=sgd,lr=0.01",
    title: Words {
        en: "Sum or mean: the rate that explodes",
        zh: "求和还是求均值：会爆炸的学习率",
    },
    caption: Words {
        en: "The sum over 100 samples is 100 times as steep as their mean, and its limit is a hundredth, so at 0.01 every step more than doubles the loss. Choose Mean for the reduction: the same rate crawls.",
        zh: "100 个样本求和，陡峭程度是求均值的 100 倍，学习率上限只有其百分之一，所以学习率 0.01 时每一步都让损失增加到两倍以上。把“损失的归约”换成均值：同样的学习率又慢得爬不动。",
    },
};

pub(super) const SAMPLING_NOISE: Preset = Preset {
    key: "sampling_noise",
    link: "loss=linear_regression&steps=1000&batch=1&run=sgd,lr=0.3&run=sgd,lr=0.3,schedule=inverse_time,decay=0.02",
    title: Words {
        en: "One sample a step: the noise ball and decay",
        zh: "每步一个样本：噪声球与衰减",
    },
    caption: Words {
        en: "At a constant rate single samples keep pulling the line about: run A stays in a ball whose width grows with the rate. Run B lets its rate decay and comes ever closer to the minimum.",
        zh: "学习率不变时，单个样本总把直线拉来拉去：运行 A 一直在一个球里晃，学习率越大，球越大。运行 B 让学习率逐渐衰减，离极小点越来越近。",
    },
};

pub(super) const GROWING_BATCH: Preset = Preset {
    key: "growing_batch",
    link: "loss=linear_regression&steps=300&batch=1..full&run=sgd,lr=0.5",
    title: Words { en: "From one sample to all of them", zh: "从一个样本到全部样本" },
    caption: Words {
        en: "The batch grows from 1 sample to all of them: cheap, wild steps while the line is far off, exact ones at the end. The rate stays at 0.5 all along, and the noise ball shrinks all the same.",
        zh: "批量从 1 个样本逐渐增加到全部样本：离得远时，每步开销小但方向粗略；快到时，方向精确。学习率一直是 0.5，噪声球照样越来越小。",
    },
};

pub(super) const AVERAGED: Preset = Preset {
    key: "averaged",
    link: "loss=linear_regression&steps=1000&seed=2&batch=1&run=sgd,lr=0.3,average=0.5",
    title: Words { en: "The mean of a noisy path", zh: "对带噪声的路径取平均" },
    caption: Words {
        en: "Single samples throw the line about, to one side as often as to the other. The mean of its second half, the thin line, lies far closer to the minimum than most of its points, and nothing had to be tuned.",
        zh: "单个样本把直线甩来甩去，两边的机会差不多。把后半程的点取平均（细线），比路径上的点离极小点近得多，而且什么都不用调。",
    },
};
