# Quadratic ravine: Momentum
# Descent Lab: #v=1&loss=quadratic,angle=30&seed=7&noise=0.5&run=momentum,lr=0.02,schedule=step,clip=norm
import math

import torch


def generator(seed):
    """Whole numbers below 2**64: xoshiro256++, seeded by SplitMix64."""
    mask = 2**64 - 1

    def rotate(n, by):
        return ((n << by) | (n >> (64 - by))) & mask

    state = []
    for i in range(1, 5):
        z = (seed + i * 0x9E3779B97F4A7C15) & mask
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & mask
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & mask
        state.append(z ^ (z >> 31))

    while True:
        a, b, c, d = state
        shifted = (b << 17) & mask
        state = [a ^ b ^ d, a ^ b ^ c, a ^ c ^ shifted, rotate(b ^ d, 45)]
        yield (rotate((a + d) & mask, 23) + a) & mask


def normals(seed):
    """N(0, 1) by Box and Muller."""
    bits = generator(seed)
    while True:
        radius = math.sqrt(-2 * math.log(1 - (next(bits) >> 11) / 2**53))
        angle = 2 * math.pi * (next(bits) >> 11) / 2**53
        yield radius * math.cos(angle)
        yield radius * math.sin(angle)


def loss(theta):
    x, y = theta
    angle = math.radians(30)
    c = round(math.cos(angle), 15)
    s = math.sin(angle)
    u = x * c + y * s
    v = y * c - x * s
    return 0.5 * (u * u + 10 * v * v)


def schedule(lr, t):
    return lr * 0.1 ** (t // 30)


torch.set_default_dtype(torch.float64)
noise = normals(7)
theta = torch.tensor([-8, 2.5], dtype=float, requires_grad=True)
optimizer = torch.optim.SGD([theta], lr=0.02, momentum=0.9)

print("step,lr,loss,grad_norm,x,y")
for t in range(201):
    lr = schedule(0.02, t)
    optimizer.param_groups[0]["lr"] = lr
    optimizer.zero_grad()
    value = loss(theta)
    value.backward()
    g = theta.grad
    norm = torch.linalg.norm(g)
    print(t, lr, value.item(), norm.item(), *theta.tolist(), sep=",")
    if t == 0:
        bound = 1e12 * max(1, abs(value), norm, abs(theta).max())
        bound = min(bound, 1.7976931348623157e308)
    if not all(abs(n) <= bound for n in (value, *theta, *g)):
        break  # diverged
    for i in range(2):
        g[i] += 0.5 * next(noise)
    n = torch.sqrt((g * g).sum())
    if n > 1:
        g = g * (1 / n)
    theta.grad = g
    optimizer.step()
