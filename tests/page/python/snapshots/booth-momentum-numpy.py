# Booth bowl: Momentum
# Descent Lab: #v=1&loss=booth&steps=50&run=momentum,lr=0.05,schedule=reduce_on_plateau,factor=0.5,patience=3,constrain=value,constrain_at=2
import math

import numpy as np


def J(theta):
    x, y = theta
    p = x + 2 * y - 7
    q = 2 * x + y - 5
    return p * p + q * q


def dJ(theta):
    x, y = theta
    p = x + 2 * y - 7
    q = 2 * x + y - 5
    return np.array([2 * p + 4 * q, 4 * p + 2 * q])


class ReduceOnPlateau:
    """A rate reduced when the loss stops improving, as in PyTorch."""

    def __init__(self, lr):
        self.lr, self.best, self.bad, self.rest = lr, math.inf, 0, 0

    def step(self, loss):
        if loss < self.best * (1 - 0.0001):
            self.best, self.bad = loss, 0
        else:
            self.bad += 1
        if self.rest > 0:
            self.rest, self.bad = self.rest - 1, 0
        if self.bad > 3:
            lr = max(self.lr * 0.5, 0)
            if self.lr - lr > 1e-8:
                self.lr = lr
            self.rest, self.bad = 0, 0


theta = np.array([-6, 4], dtype=float)
v = np.zeros_like(theta)
scheduler = ReduceOnPlateau(0.05)

print("step,lr,loss,grad_norm,x,y")
for t in range(51):
    value, g = J(theta), dJ(theta)
    norm = np.linalg.norm(g)
    if t > 0:
        scheduler.step(value)
    lr = scheduler.lr
    print(t, lr, value, norm, *theta, sep=",")
    if t == 0:
        bound = 1e12 * max(1, abs(value), norm, abs(theta).max())
        bound = min(bound, 1.7976931348623157e308)
    if not all(abs(n) <= bound for n in (value, *theta, *g)):
        break  # diverged
    v = 0.9 * v + g
    theta = theta - lr * v
    theta = np.clip(theta, -2, 2)
