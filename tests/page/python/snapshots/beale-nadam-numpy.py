# Beale: NAdam
# Descent Lab: #v=1&loss=beale&steps=50&stop_loss=0.1&run=nadam,lr=0.02
import numpy as np


def J(theta):
    x, y = theta
    a = y - 1
    b = y * y - 1
    c = y * y * y - 1
    p = 1.5 + x * a
    q = 2.25 + x * b
    r = 2.625 + x * c
    return p * p + q * q + r * r


def dJ(theta):
    x, y = theta
    a = y - 1
    b = y * y - 1
    c = y * y * y - 1
    p = 1.5 + x * a
    q = 2.25 + x * b
    r = 2.625 + x * c
    return np.array([
        2 * (p * a + q * b + r * c),
        2 * x * (p + 2 * y * q + 3 * (y * y) * r),
    ])


lr = 0.02
theta = np.array([1, 1], dtype=float)
m = np.zeros_like(theta)
v = np.zeros_like(theta)
product = 1.0

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
    if value <= 0.1:
        break
    mu = 0.9 * (1 - 0.5 * 0.96 ** ((t + 1) * 0.004))
    mu_next = 0.9 * (1 - 0.5 * 0.96 ** ((t + 2) * 0.004))
    product = product * mu
    m = 0.9 * m + (1 - 0.9) * g
    v = 0.999 * v + (1 - 0.999) * (g * g)
    root = np.sqrt(v / (1 - 0.999 ** (t + 1))) + 1e-8
    theta = theta - (lr * (1 - mu) / (1 - product)) * g / root
    theta = theta - (lr * mu_next / (1 - product * mu_next)) * m / root
