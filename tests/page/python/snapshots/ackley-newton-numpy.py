# Ackley funnel: Damped Newton
# Descent Lab: #v=1&loss=ackley&start=0.2,0.1&steps=3&run=newton
import math

import numpy as np


def J(theta):
    x, y = theta
    tau = 2 * math.pi
    rho = np.linalg.norm(theta) / math.sqrt(2)
    cone = -20 * np.exp(-0.2 * rho)
    waves = -np.exp(0.5 * (np.cos(tau * x) + np.cos(tau * y)))
    return cone + 20 + (waves + math.e)


def dJ(theta):
    x, y = theta
    tau = 2 * math.pi
    rho = np.linalg.norm(theta) / math.sqrt(2)
    cone = -20 * np.exp(-0.2 * rho)
    waves = -np.exp(0.5 * (np.cos(tau * x) + np.cos(tau * y)))
    pull = -0.1 * cone / rho if rho > 0 else 0
    sx = math.pi * np.sin(tau * x)
    sy = math.pi * np.sin(tau * y)
    return np.array([pull * x - waves * sx, pull * y - waves * sy])


def hessian(theta):
    x, y = theta
    tau = 2 * math.pi
    rho = np.linalg.norm(theta) / math.sqrt(2)
    cone = -20 * np.exp(-0.2 * rho)
    waves = -np.exp(0.5 * (np.cos(tau * x) + np.cos(tau * y)))
    pull = -0.1 * cone / rho if rho > 0 else 0
    bend = -pull * (0.2 + 1 / rho) / (2 * rho) if rho > 0 else 0
    sx = math.pi * np.sin(tau * x)
    sy = math.pi * np.sin(tau * y)
    cx = tau * math.pi * np.cos(tau * x)
    cy = tau * math.pi * np.cos(tau * y)
    xx = pull + bend * x * x + waves * (sx * sx - cx)
    xy = bend * x * y + waves * sx * sy
    yy = pull + bend * y * y + waves * (sy * sy - cy)
    return np.array([[xx, xy], [xy, yy]])


theta = np.array([0.2, 0.1], dtype=float)

print("step,lr,loss,grad_norm,x,y")
for t in range(4):
    lr = 0.1
    value, g = J(theta), dJ(theta)
    norm = np.linalg.norm(g)
    point = theta
    if t == 0:
        bound = 1e12 * max(1, abs(value), norm, abs(theta).max())
        bound = min(bound, 1.7976931348623157e308)
    ended = not all(abs(n) <= bound for n in (value, *theta, *g))
    ended = ended or t == 3
    if not ended:
        H = hessian(theta)
        d = -g
        try:
            pivots = np.diag(np.linalg.cholesky(H)) ** 2
            is_definite = (pivots > 1e-14 * np.diag(H)).all()
        except np.linalg.LinAlgError:
            is_definite = False
        if is_definite:
            d = np.linalg.solve(H, d)
        else:
            sizes, axes = np.linalg.eigh(H)
            sizes = np.abs(sizes)
            if sizes.max() > 0:
                sizes = np.maximum(sizes, 1e-8 * sizes.max())
                d = axes @ ((axes.T @ d) / sizes)
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
    print(t, lr, value, norm, *point, sep=",")
    if ended:
        break
