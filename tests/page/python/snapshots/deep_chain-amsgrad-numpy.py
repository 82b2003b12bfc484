# Deep linear chain: AMSGrad
# Descent Lab: #v=1&loss=deep_chain&steps=50&run=amsgrad,lr=0.02,clip=unit
import math

import numpy as np


def J(theta):
    x, y = theta
    n = 4
    power = x ** (n - 1)
    error = power * y - 1
    return 0.5 * (error * error)


def dJ(theta):
    x, y = theta
    n = 4
    power = x ** (n - 1)
    error = power * y - 1
    slope = (n - 1) * x ** (n - 2)
    return np.array([error * slope * y, error * power])


lr = 0.02
theta = np.array([0.9, 0.6], dtype=float)
m = np.zeros_like(theta)
v = np.zeros_like(theta)
s = np.zeros_like(theta)

print("step,lr,loss,grad_norm,x,y")
for t in range(51):
    value, g = J(theta), dJ(theta)
    norm = np.linalg.norm(g)
    print(t, lr, value, norm, *theta, sep=",")
    if t == 0:
        bound = 1e12 * max(1, abs(value), norm, abs(theta).max())
        bound = min(bound, 1.7976931348623157e308)
    if not all(abs(n) <= bound for n in (value, *theta, *g)):
        break  # diverged
    n = np.sqrt((g * g).sum())
    if n > 0:
        g = g / n
    m = 0.9 * m + (1 - 0.9) * g
    v = 0.999 * v + (1 - 0.999) * (g * g)
    s = np.maximum(s, v)
    correction = math.sqrt(1 - 0.999 ** (t + 1))
    rate = lr / (1 - 0.9 ** (t + 1)) * correction
    theta = theta - rate * m / (np.sqrt(s) + 1e-8 * correction)
