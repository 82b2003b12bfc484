//! What descent does to the curvature that it goes through.

use super::{Preset, Words};

pub(super) const EDGE_OF_STABILITY: Preset = Preset {
    key: "edge_of_stability",
    link: "loss=network,data=wave,depth=4,count=60,noise=0.1&steps=3000&chart=sharpness&run=sgd,lr=0.1",
    title: Words { en: "Edge of stability", zh: "稳定性边缘" },
    caption: Words {
        en: "Descent with all samples first drives the sharpness, the largest curvature, of this tanh network up to 2/η and then holds it there, while the loss falls on in fits and starts. Drag the rate: at 0.2 the edge lies at 10 and the sharpness stops there, at 0.05 it lies at 40 and the sharpness is still climbing when the steps run out.",
        zh: "全批量梯度下降先让这个 tanh 网络的锐度（最大曲率）一路升到 2/η（渐进锐化），然后一直徘徊在那里，损失则一边起伏一边继续下降。拖动学习率看看：取 0.2 时边缘在 10，锐度升到 10 就停住；取 0.05 时边缘在 40，步数用完时锐度还在往上爬。",
    },
};
