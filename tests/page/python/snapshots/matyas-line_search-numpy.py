# Matyas trough: Line search
# Descent Lab: #v=1&loss=matyas&steps=9&stop_grad=0.01&run=line_search,lr=5,schedule=exponential
import numpy as np


def J(theta):
    x, y = theta
    d = x - y
    s = x + y
    return 0.25 * (d * d) + 0.01 * (s * s)


def dJ(theta):
    x, y = theta
    return np.array([0.52 * x - 0.48 * y, 0.52 * y - 0.48 * x])


def schedule(lr, t):
    return lr * 0.95 ** t


theta = np.array([-8, 5], dtype=float)

print("step,lr,loss,grad_norm,x,y")
for t in range(10):
    lr = schedule(5, t)
    value, g = J(theta), dJ(theta)
    norm = np.linalg.norm(g)
    point = theta
    if t == 0:
        bound = 1e12 * max(1, abs(value), norm, abs(theta).max())
        bound = min(bound, 1.7976931348623157e308)
    ended = not all(abs(n) <= bound for n in (value, *theta, *g))
    ended = ended or t == 9 or norm <= 0.01
    if not ended:
        d = -g
        slope, shortest = np.dot(g, d), lr * 2.0 ** -60
        for _ in range(400):
            trial = theta + lr * d
            if lr < shortest or (trial == theta).all():
                lr = 0.0
                break
            if J(trial) <= value + 0.0001 * lr * slope:
                theta = trial
                break
            lr = lr * 0.5
        else:
            lr = 0.0
    print(t, lr, value, norm, *point, sep=",")
    if ended:
        break
