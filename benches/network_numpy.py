"""Forward and backward through a network in NumPy on one core: the fastest of many, in
milliseconds. Depth 8, width 32, 256 samples, tanh, cross-entropy, double precision."""
import os

os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = "1"
import time

import numpy as np

depth, width, samples = 8, 32, 256
random = np.random.default_rng(0)
x = random.normal(size=(samples, 2))
y = (x[:, :1] > 0) * 1.0
units = [2] + [width] * (depth - 1) + [1]
weights = [random.normal(size=(k, n)) * np.sqrt(2 / (n + k)) for n, k in zip(units, units[1:])]
biases = [np.zeros(k) for k in units[1:]]


def gradient():
    a = [x]
    for layer, (w, b) in enumerate(zip(weights, biases)):
        z = a[-1] @ w.T + b
        a.append(np.tanh(z) if layer + 1 < depth else z)
    loss = np.mean(np.maximum(z, 0) - y * z + np.log1p(np.exp(-np.abs(z))))
    slopes = (1 / (1 + np.exp(-z)) - y) / samples
    found = []
    for layer in reversed(range(depth)):
        found.append((slopes.T @ a[layer], slopes.sum(0)))
        if layer:
            slopes = (slopes @ weights[layer]) * (1 - a[layer] * a[layer])
    return loss, found


def timed():
    begin = time.perf_counter()
    gradient()
    return 1e3 * (time.perf_counter() - begin)


print(f"{min(timed() for _ in range(500)):.3f}")
