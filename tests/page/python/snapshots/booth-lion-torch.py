# Booth bowl: Lion
# Descent Lab: #v=1&loss=booth&steps=50&run=lion,lr=0.02
import numpy as np
import torch


def loss(theta):
    x, y = theta
    p = x + 2 * y - 7
    q = 2 * x + y - 5
    return p * p + q * q


def J(theta):
    return loss(torch.tensor(theta)).item()


def dJ(theta):
    theta = torch.tensor(theta, requires_grad=True)
    loss(theta).backward()
    return theta.grad.numpy()


lr = 0.02
theta = np.array([-6, 4], dtype=float)
m = np.zeros_like(theta)

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
    u = np.sign(0.9 * m + (1 - 0.9) * g)
    theta = theta * (1 - lr * 0)
    theta = theta - lr * u
    m = 0.99 * m + (1 - 0.99) * g
