//! What the numbers themselves do to a run: a preset for each format.

use super::{Preset, Words};

pub(super) const BF16_STALLS: Preset = Preset {
    key: "bf16_stalls",
    link: "loss=beale&start=1,1&steps=300&precision=bf16&run=sgd,lr=0.03",
    title: Words { en: "bf16: small steps vanish", zh: "bf16：小步子消失了" },
    caption: Words {
        en: "The run stops at x = 2.59 for good, though the slope goes on down to the minimum at (3, 0.5). Between 2 and 4 the numbers of bf16 lie 1/64 apart, and a step of less than half of that is rounded back to where it came from.",
        zh: "路径停在 x = 2.59 不再动，可是坡还没有到底，极小点在 (3, 0.5)。在 2 和 4 之间，bf16 相邻两个数相差 1/64，不到它一半的步子会被舍入回原地。",
    },
};

pub(super) const F32_GOES_ON: Preset = Preset {
    key: "f32_goes_on",
    link: "loss=beale&start=1,1&steps=300&precision=f32&run=sgd,lr=0.03",
    title: Words { en: "f32: the same run goes on", zh: "f32：同样的路径继续前进" },
    caption: Words {
        en: "The same start and rate as in bf16, but in single precision, and the run goes on past 2.59 to within 0.03 of the minimum. Between 2 and 4 the numbers of f32 lie 65,536 times as close as those of bf16, so small steps are kept.",
        zh: "起点和学习率与 bf16 那条相同，只是换成单精度，路径就越过了 2.59，走到离极小点不到 0.03 的地方。在 2 和 4 之间，f32 的数的密度是 bf16 的 65,536 倍，小步子不会丢。",
    },
};

pub(super) const F16_OVERFLOWS: Preset = Preset {
    key: "f16_overflows",
    link: "loss=himmelblau&start=5,4&steps=100&precision=f16&run=sgd,lr=0.01&run=adam,lr=0.3",
    title: Words { en: "f16: Adam's squares overflow", zh: "f16：Adam 的平方溢出" },
    caption: Words {
        en: "Plain descent arrives at (3, 2), Adam does not move at all. It squares the gradient, 388 and 260 at the start, and half precision, whose largest number is 65,504, makes infinity of both: divided by infinity each step is zero.",
        zh: "普通梯度下降到达 (3, 2)，Adam 却一动不动。它要把梯度（起点处为 388 和 260）平方，而半精度最大的数是 65,504，两个平方都成了无穷大：除以无穷大，每一步都是零。",
    },
};

pub(super) const F64_HOLDS: Preset = Preset {
    key: "f64_holds",
    link: "loss=himmelblau&start=5,4&steps=100&precision=f64&run=sgd,lr=0.01&run=adam,lr=0.3",
    title: Words { en: "f64: the same squares fit", zh: "f64：同样的平方放得下" },
    caption: Words {
        en: "The same two runs in double precision, and now Adam reaches (3, 2) as well. The squares of 388 and 260 are nothing special to a format that goes up to 10³⁰⁸.",
        zh: "还是这两条路径，换成双精度，Adam 也到了 (3, 2)。双精度的上限约为 10³⁰⁸，388 和 260 的平方根本不算什么。",
    },
};
