# Three-hump camel: Barzilai–Borwein
# Descent Lab: #v=1&loss=three_hump_camel&steps=9&run=barzilai_borwein,lr=0.01
import numpy as np
import torch


def loss(theta):
    x, y = theta
    x2 = x * x
    return x2 * (2 + x2 * (x2 / 6 - 1.05)) + x * y + y * y


def J(theta):
    return loss(torch.tensor(theta)).item()


def dJ(theta):
    theta = torch.tensor(theta, requires_grad=True)
    loss(theta).backward()
    return theta.grad.numpy()


theta = np.array([-1.6, 1.2], dtype=float)
before = None

print("step,lr,loss,grad_norm,x,y")
for t in range(10):
    lr = 0.01
    value, g = J(theta), dJ(theta)
    norm = np.linalg.norm(g)
    point = theta
    if t == 0:
        bound = 1e12 * max(1, abs(value), norm, abs(theta).max())
        bound = min(bound, 1.7976931348623157e308)
    ended = not all(abs(n) <= bound for n in (value, *theta, *g))
    ended = ended or t == 9
    if not ended:
        if before is not None:
            s, y = theta - before[0], g - before[1]
            curved = np.dot(s, y)
            t_long = np.dot(s, s) / curved if curved > 0 else 0.0
            if 1e-10 <= t_long <= 1e10:
                lr = t_long
        before = theta, g
        theta = theta - lr * g
    print(t, lr, value, norm, *point, sep=",")
    if ended:
        break
