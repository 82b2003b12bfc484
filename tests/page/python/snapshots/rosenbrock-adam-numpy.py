# Rosenbrock valley: Adam
# Descent Lab: #v=1&loss=rosenbrock&run=adam,lr=0.02,schedule=cosine,warmup=10
import math

import numpy as np


def J(theta):
    x, y = theta
    p = 1 - x
    q = y - x * x
    return p * p + 100 * (q * q)


def dJ(theta):
    x, y = theta
    p = 1 - x
    q = y - x * x
    return np.array([-2 * p - 4 * (100 * q * x), 2 * (100 * q)])


def schedule(lr, t):
    if t < 10:
        return lr * (t + 1) / 10
    t -= 10
    return 0 + (lr - 0) * ((1 + math.cos(math.pi * (min(t, 200) / 200))) / 2)


theta = np.array([-1.2, 1], dtype=float)
m = np.zeros_like(theta)
v = np.zeros_like(theta)

print("step,lr,loss,grad_norm,x,y")
for t in range(201):
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
    correction = math.sqrt(1 - 0.999 ** (t + 1))
    rate = lr / (1 - 0.9 ** (t + 1)) * correction
    theta = theta - rate * m / (np.sqrt(v) + 1e-8 * correction)
