//! What is fitted to the samples, and what goes wrong: units, outliers, penalties,
//! too many parameters, classes.

use super::{Preset, Words};

pub(super) const UNSCALED: Preset = Preset {
    key: "unscaled_features",
    link: "loss=linear_regression,data=penguins&steps=500&run=sgd,lr=1e-5",
    title: Words {
        en: "Millimetres and grams: unscaled features", zh: "毫米与克：没有缩放的特征"
    },
    caption: Words {
        en: "Flipper lengths near 200 make the loss curve 40,564 times as much along the slope as along the intercept, so the limit lies below 0.0001. The slope at once takes the value that suits an intercept of 0, and the intercept, which belongs at about −5,781, has hardly left 0: switch Standardize on.",
        zh: "鳍肢长在 200 上下，损失沿斜率方向的曲率是沿截距方向的 40,564 倍，学习率上限不到 0.0001。斜率马上取到与截距 0 相配的值，而应该是 −5,781 左右的截距，几乎没有离开 0：打开“标准化”看看。",
    },
};

pub(super) const SCALED: Preset = Preset {
    key: "scaled_features",
    link: "loss=linear_regression,data=penguins,standardize=1&steps=500&run=sgd,lr=0.5",
    title: Words { en: "The same penguins, standardized", zh: "同样的企鹅，标准化之后" },
    caption: Words {
        en: "With mean 0 and standard deviation 1 the valley becomes a round bowl: condition number 1, limit 2. At 0.5 every step halves what is left, in all directions alike.",
        zh: "均值变成 0、标准差变成 1 以后，狭长的山谷成了圆碗：条件数 1，上限 2。学习率 0.5 时，每一步都把剩下的距离减半，各个方向都一样。",
    },
};

pub(super) const OUTLIERS_SQUARED: Preset = Preset {
    key: "outliers_squared",
    link: "loss=linear_regression,data=line,count=40,outliers=0.15&steps=300&run=sgd,lr=0.4",
    title: Words {
        en: "Outliers pull the squared-error line away", zh: "离群点：平方误差被带偏"
    },
    caption: Words {
        en: "Six of 40 points lie far above the line y = 2x + 1, and squares let a point pull harder the farther off it lies: the fit lies above 32 of the other 34. Drag an outlier up and down and see the whole line follow.",
        zh: "40 个点里有 6 个远远高出直线 y = 2x + 1，平方误差让离得越远的点拉得越狠：其余 34 个点里有 32 个都在拟合直线的下方。把一个离群点上下拖动，整条直线都跟着它走。",
    },
};

pub(super) const OUTLIERS_ABSOLUTE: Preset = Preset {
    key: "outliers_absolute",
    link: "loss=linear_regression,data=line,error=absolute,count=40,outliers=0.15&steps=300&run=sgd,lr=0.2,schedule=inverse_time,decay=0.02",
    title: Words {
        en: "Absolute error shrugs outliers off", zh: "离群点：绝对误差不为所动"
    },
    caption: Words {
        en: "With |r| every point pulls equally hard, however far off, so six outliers count as six points and the line stays with the other 34. The gradient does not fade near the minimum, though: only a decaying rate lets the run come ever closer.",
        zh: "用 |r| 时，每个点不论多远，拉力都一样大，6 个离群点只算六个点，直线仍跟着另外 34 个。不过在极小点附近梯度不会变小：只有让学习率衰减，路径才能越靠越近。",
    },
};

pub(super) const L1_TO_ZERO: Preset = Preset {
    key: "l1_to_zero",
    link: "loss=linear_regression,data=penguins,l1=2,standardize=1&start=1.2,0.2&steps=300&run=sgd,lr=0.02",
    title: Words { en: "L1: the slope goes to zero", zh: "L1：斜率变成零" },
    caption: Words {
        en: "λ₁|w| pulls with the same force however small the slope is, here harder than the data pull back, so w ends at 0 and the line is level. The kink at 0 is sharp: a step of fixed rate hops to and fro across it.",
        zh: "不论斜率多小，λ₁|w| 的拉力都一样大，这里比数据往回拉的力还大，所以 w 归零，直线变平。0 处是个尖角：学习率固定时，每一步都在尖角两边跳来跳去。",
    },
};

pub(super) const L2_SHRINKS: Preset = Preset {
    key: "l2_shrinks",
    link: "loss=linear_regression,data=penguins,l2=1,standardize=1&start=1.2,0.2&steps=100&run=sgd,lr=0.2",
    title: Words { en: "L2: the slope shrinks", zh: "L2：斜率变小" },
    caption: Words {
        en: "λ₂/2 w² pulls less the smaller the slope is, so w is halved here and would never quite be 0. The bowl has become steeper along w: the limit has fallen from 2 to 1.",
        zh: "斜率越小，λ₂/2 w² 的拉力也越小，所以这里 w 减半，永远不会正好是 0。碗沿 w 方向变陡了：上限从 2 降到 1。",
    },
};

pub(super) const OVERFITTING: Preset = Preset {
    key: "overfitting",
    link: "loss=polynomial_regression,degree=12,basis=chebyshev,count=20,data_seed=1&steps=3000&run=adam,lr=0.05",
    title: Words { en: "Overfitting: degree 12", zh: "过拟合：12 次多项式" },
    caption: Words {
        en: "A polynomial of degree 12 has almost a parameter for each of the 14 points it learns from, and bends after their noise: on average it misses them by about a third of what the noise moved them. Watch the two losses part: that of the training points keeps falling, that of the 6 points held out rises and rises.",
        zh: "12 次多项式的参数几乎和它学习的 14 个点一样多，连噪声也跟着学：平均来看，曲线偏离这些点的距离只有噪声的三分之一左右。注意两条损失曲线分开：训练点的损失不断下降，留出的 6 个点的损失却越升越高。",
    },
};

pub(super) const LOWER_DEGREE: Preset = Preset {
    key: "lower_degree",
    link: "loss=polynomial_regression,basis=chebyshev,count=20,data_seed=1&steps=3000&run=adam,lr=0.05",
    title: Words { en: "Against overfitting: degree 3", zh: "对付过拟合：3 次多项式" },
    caption: Words {
        en: "The same points, but a cubic: it can follow the wave and has nothing left for the noise. The loss of the points held out comes down and stays there.",
        zh: "同样的点，换成三次多项式：它能跟上波形，却没有余力去学噪声。留出点的损失降下来，就一直保持在那里。",
    },
};

pub(super) const PENALIZED: Preset = Preset {
    key: "penalized",
    link: "loss=polynomial_regression,degree=12,basis=chebyshev,l2=0.01,count=20,data_seed=1&steps=3000&run=adam,lr=0.05",
    title: Words { en: "Against overfitting: an L2 penalty", zh: "对付过拟合：L2 正则化" },
    caption: Words {
        en: "Degree 12 once more, with a small price on large weights: wild bends need large weights of changing sign, and those now cost too much. Drag λ₂ up and down, and see the curve stiffen and loosen.",
        zh: "还是 12 次多项式，只是给大的权重加一点代价：剧烈的弯曲需要正负交替的大权重，现在划不来了。把 λ₂ 拖大拖小，看曲线变硬变软。",
    },
};

pub(super) const MORE_DATA: Preset = Preset {
    key: "more_data",
    link: "loss=polynomial_regression,degree=12,basis=chebyshev,count=500,data_seed=1&steps=3000&run=adam,lr=0.05",
    title: Words { en: "Against overfitting: more data", zh: "对付过拟合：更多数据" },
    caption: Words {
        en: "The same degree 12 on 500 points: no polynomial can bend after the noise of all of them. Both losses end close together: what is left is the noise itself.",
        zh: "同样是 12 次多项式，数据增加到 500 个点：再弯也追不上所有点的噪声。两条损失最后靠得很近：剩下的就是噪声本身。",
    },
};

pub(super) const SEPARABLE: Preset = Preset {
    key: "separable",
    link: "loss=logistic_regression,data=blobs,noise=0.2&steps=500&run=sgd,lr=1",
    title: Words { en: "Two blobs a line can separate", zh: "一条线能分开的两团点" },
    caption: Words {
        en: "Where no point is on the wrong side, larger weights always fit a little better: the loss has no minimum, and the run walks on for ever, ever more slowly. The boundary stands still long before; only the confidence grows.",
        zh: "没有一个点分错时，权重越大，拟合总会更好一点：损失没有极小点，训练会永远走下去，越走越慢。分界线早就不动了，增长的只是置信度。",
    },
};

pub(super) const MOONS: Preset = Preset {
    key: "moons",
    link: "loss=logistic_regression,data=moons&steps=500&run=sgd,lr=4",
    title: Words { en: "Two moons: no line will do", zh: "双月：直线分不开" },
    caption: Words {
        en: "The run converges, and still one point in eight or so is on the wrong side: the minimum of the loss is the best line, not a good one. What is missing is not a better rate but a richer model.",
        zh: "训练收敛了，可还是有大约八分之一的点分错：损失的极小点只是最好的直线，并不等于好。缺的不是更好的学习率，而是表达能力更强的模型。",
    },
};

pub(super) const HOUSE_PRICES: Preset = Preset {
    key: "house_prices",
    link: "loss=linear_regression,data=own,standardize=features,features=2&points=34,1,128;41,2,142;48,2,171;52,2,165;55,3,188;61,3,196;64,2,214;68,3,209;72,3,238;75,4,226;80,3,262;84,4,251;90,4,287;95,3,309;102,5,298;110,4,342;118,5,339;126,4,391&columns=size%20(m%C2%B2),rooms,price%20(1000)&steps=100&run=sgd,lr=0.5",
    title: Words { en: "Prices of flats by size and rooms", zh: "由面积和房间数估房价" },
    caption: Words {
        en: "Lines on the right join places of equal predicted price, a disc is a flat that costs more than predicted and a ring one that costs less. With the features alone standardized the intercept ends at the mean price, 242, and the condition number falls from 70000 to 13; the weight of the rooms comes out negative: of two flats of one size the one with more rooms is cheaper.",
        zh: "右图的线连接预测价格相同的位置，实心圆的房子比预测的贵，圆环的比预测的便宜。只对特征做标准化，截距最后就是平均价格 242，条件数从 70000 降到 13；房间数的权重是负的：面积相同的两套房，房间多的更便宜。",
    },
};

pub(super) const ADMISSION: Preset = Preset {
    key: "admission",
    link: "loss=logistic_regression,data=own,intercept=1,standardize=1&points=34,78,0;31,44,0;36,73,0;60,86,1;79,75,1;45,56,0;61,96,1;75,46,0;76,87,1;84,43,1;95,38,1;52,60,0;82,30,0;39,60,0;54,49,0;69,65,0;40,97,0;66,41,0;53,90,1;48,45,0;70,77,1;58,68,1;33,52,0;64,57,0&columns=exam%201,exam%202,admitted&steps=600&run=sgd,lr=4",
    title: Words { en: "Admission by two exams", zh: "由两门考试预测录取" },
    caption: Words {
        en: "The intercept b moves the boundary without turning it: 2 of 24 applicants end on the wrong side. Set it to No, and the boundary has to pass through the mean of both exams, with 4 on the wrong side; set Standardize to No, and at this rate the loss jumps up and down instead of falling.",
        zh: "截距 b 只平移决策边界，不改变它的方向：24 名考生里最后有 2 名分错。把截距关掉，边界只能经过两门考试的平均分，分错 4 名；把标准化关掉，同样的学习率下损失不再下降，而是上下跳动。",
    },
};
