# Rastrigin egg box: L-BFGS
# Descent Lab: #v=1&loss=rastrigin&steps=6&stop_grad=0.001&run=lbfgs,lr=0.001
import math

import numpy as np
import torch


def loss(theta):
    x, y = theta
    tau = 2 * math.pi
    p = x * x + 10 * (1 - torch.cos(tau * x))
    q = y * y + 10 * (1 - torch.cos(tau * y))
    return p + q


def J(theta):
    return loss(torch.tensor(theta)).item()


def dJ(theta):
    theta = torch.tensor(theta, requires_grad=True)
    loss(theta).backward()
    return theta.grad.numpy()


theta = np.array([0.3, -0.2], dtype=float)
pairs, before = [], None

print("step,lr,loss,grad_norm,x,y")
for t in range(7):
    lr = 0.001
    value, g = J(theta), dJ(theta)
    norm = np.linalg.norm(g)
    point = theta
    if t == 0:
        bound = 1e12 * max(1, abs(value), norm, abs(theta).max())
        bound = min(bound, 1.7976931348623157e308)
    ended = not all(abs(n) <= bound for n in (value, *theta, *g))
    ended = ended or t == 6 or norm <= 0.001
    if not ended:
        if before is not None:
            s, y = theta - before[0], g - before[1]
            if np.dot(s, y) > 1e-10 * math.sqrt(np.dot(s, s) * np.dot(y, y)):
                pairs = (pairs + [(s, y)])[-10:]
        before = theta, g
        d = -g
        if pairs:
            weights = []
            for s, y in reversed(pairs):
                weights.append(np.dot(s, d) / np.dot(s, y))
                d = d - weights[-1] * y
            s, y = pairs[-1]
            d = d * (np.dot(s, y) / np.dot(y, y))
            for (s, y), weight in zip(pairs, reversed(weights)):
                d = d + (weight - np.dot(y, d) / np.dot(s, y)) * s
            lr = 1.0
        slope, shortest = np.dot(g, d), lr * 2.0 ** -60
        for _ in range(400):
            trial = theta + lr * d
            if lr < shortest or (trial == theta).all():
                lr = 0.0
                break
            if J(trial) <= value + 1e-4 * lr * slope:
                theta = trial
                break
            lr = lr * 0.5
        else:
            lr = 0.0
        if lr == 0:
            pairs = []
    print(t, lr, value, norm, *point, sep=",")
    if ended:
        break
