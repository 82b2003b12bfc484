# Rosenbrock valley: Adam
# Descent Lab: #v=1&loss=rosenbrock&run=adam,lr=0.02,schedule=cosine,warmup=10
import math

import torch


def loss(theta):
    x, y = theta
    p = 1 - x
    q = y - x * x
    return p * p + 100 * (q * q)


def schedule(lr, t):
    if t < 10:
        return lr * (t + 1) / 10
    t -= 10
    return 0 + (lr - 0) * ((1 + math.cos(math.pi * (min(t, 200) / 200))) / 2)


torch.set_default_dtype(torch.float64)
theta = torch.tensor([-1.2, 1], dtype=float, requires_grad=True)
optimizer = torch.optim.Adam([theta], lr=0.02, betas=(0.9, 0.999), eps=1e-8)

print("step,lr,loss,grad_norm,x,y")
for t in range(201):
    lr = schedule(0.02, t)
    optimizer.param_groups[0]["lr"] = lr
    optimizer.zero_grad()
    value = loss(theta)
    value.backward()
    g = theta.grad
    norm = torch.linalg.norm(g)
    print(t, lr, value.item(), norm.item(), *theta.tolist(), sep=",")
    if t == 0:
        bound = 1e12 * max(1, abs(value), norm, abs(theta).max())
        bound = min(bound, 1.7976931348623157e308)
    if not all(abs(n) <= bound for n in (value, *theta, *g)):
        break  # diverged
    optimizer.step()
