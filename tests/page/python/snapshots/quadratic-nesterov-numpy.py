# Quadratic ravine: Nesterov momentum
# Descent Lab: #v=1&loss=quadratic,angle=30&seed=7&noise=0.5&precision=bf16&run=nesterov,lr=0.02,clip=norm
import math

import numpy as np


def rounded(x):
    """The numbers of x in bfloat16, the nearest, ties to even."""
    x = np.asarray(x, dtype=float)
    _, exponent = np.frexp(x)
    unit = np.ldexp(1.0, np.maximum(exponent, -125) - 8)
    x = np.rint(x / unit) * unit
    x = np.where(np.abs(x) >= 2.0**128, np.copysign(np.inf, x), x)
    return x.view(Rounded)


class Rounded(np.ndarray):
    """An array that rounds the result of every operation."""

    def __array_ufunc__(self, ufunc, method, *inputs, **options):
        inputs = [np.asarray(x) for x in inputs]
        return rounded(getattr(ufunc, method)(*inputs, **options))


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


def J(theta):
    x, y = theta
    angle = math.radians(30)
    c = round(math.cos(angle), 15)
    s = math.sin(angle)
    u = x * c + y * s
    v = y * c - x * s
    return 0.5 * (u * u + 10 * v * v)


def dJ(theta):
    x, y = theta
    angle = math.radians(30)
    c = round(math.cos(angle), 15)
    s = math.sin(angle)
    u = x * c + y * s
    v = y * c - x * s
    kv = 10 * v
    return np.array([u * c - kv * s, u * s + kv * c])


lr = 0.02
noise = normals(7)
theta = rounded([-8, 2.5])
v = np.zeros_like(theta)

print("step,lr,loss,grad_norm,x,y")
for t in range(201):
    value, g = J(theta), dJ(theta)
    norm = np.linalg.norm(g)
    print(t, lr, value, norm, *theta, sep=",")
    if t == 0:
        bound = 1e12 * max(1, abs(value), norm, abs(theta).max())
        bound = min(bound, 1.7976931348623157e308)
    if not all(abs(n) <= bound for n in (value, *theta, *g)):
        break  # diverged
    g = rounded(g)
    for i in range(2):
        g[i] += 0.5 * next(noise)
    g = np.asarray(rounded(g))
    n = np.sqrt((g * g).sum())
    if n > 1:
        g = g * (1 / n)
    g = rounded(g)
    v = 0.9 * v + g
    theta = theta - lr * (g + 0.9 * v)
