# Beale: AdaMax
# Descent Lab: #v=1&loss=beale&steps=50&run=adamax,lr=0.02,schedule=inverse_time
import torch


def loss(theta):
    x, y = theta
    a = y - 1
    b = y * y - 1
    c = y * y * y - 1
    p = 1.5 + x * a
    q = 2.25 + x * b
    r = 2.625 + x * c
    return p * p + q * q + r * r


def schedule(lr, t):
    return lr / (1 + 0.05 * t)


torch.set_default_dtype(torch.float64)
theta = torch.tensor([1, 1], dtype=float, requires_grad=True)
optimizer = torch.optim.Adamax([theta], lr=0.02, betas=(0.9, 0.999), eps=1e-8)

print("step,lr,loss,grad_norm,x,y")
for t in range(51):
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
