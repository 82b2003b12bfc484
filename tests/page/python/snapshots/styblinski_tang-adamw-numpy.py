# Styblinski–Tang: AdamW
# Descent Lab: #v=1&loss=styblinski_tang&steps=50&run=adamw,lr=0.02,schedule=warm_restarts,warmup=5
import math

import numpy as np


def J(theta):
    x, y = theta
    x2 = x * x
    y2 = y * y
    return 0.5 * (x2 * (x2 - 16) + 5 * x) + 0.5 * (y2 * (y2 - 16) + 5 * y)


def dJ(theta):
    x, y = theta
    x2 = x * x
    y2 = y * y
    return np.array([x * (2 * x2 - 16) + 2.5, y * (2 * y2 - 16) + 2.5])


def schedule(lr, t):
    if t < 5:
        return lr * (t + 1) / 5
    t -= 5
    cycle = 50
    while t >= cycle:
        t -= cycle
        cycle *= 1
    return 0 + (lr - 0) * ((1 + math.cos(math.pi * t / cycle)) / 2)


theta = np.array([0.3, -0.5], dtype=float)
m = np.zeros_like(theta)
v = np.zeros_like(theta)

print("step,lr,loss,grad_norm,x,y")
for t in range(51):
    lr = schedule(0.02, t)
    value, g = J(theta), dJ(theta)
    norm = np.linalg.norm(g)
    print(t, lr, value, norm, *theta, sep=",")
    if t == 0:
        bound = 1e12 * max(1, abs(value), norm, abs(theta).max())
        bound = min(bound, 1.7976931348623157e308)
    if not all(abs(n) <= bound for n in (value, *theta, *g)):
        break  # diverged
    m = 0.9 * m + (1 - 0.9) * g
    v = 0.999 * v + (1 - 0.999) * (g * g)
    theta = theta * (1 - lr * 0.01)
    correction = math.sqrt(1 - 0.999 ** (t + 1))
    rate = lr / (1 - 0.9 ** (t + 1)) * correction
    theta = theta - rate * m / (np.sqrt(v) + 1e-8 * correction)
