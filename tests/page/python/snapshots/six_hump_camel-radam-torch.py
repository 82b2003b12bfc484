# Six-hump camel: RAdam
# Descent Lab: #v=1&loss=six_hump_camel&steps=50&run=radam,lr=0.02,schedule=polynomial,warmup=3
import torch


def loss(theta):
    x, y = theta
    x2 = x * x
    y2 = y * y
    return x2 * (4 + x2 * (x2 / 3 - 2.1)) + x * y + y2 * (4 * y2 - 4)


def schedule(lr, t):
    if t < 3:
        return lr * (t + 1) / 3
    t -= 3
    return lr * (1 - min(t, 200) / 200) ** 1


torch.set_default_dtype(torch.float64)
theta = torch.tensor([1.5, -0.4], dtype=float, requires_grad=True)
optimizer = torch.optim.RAdam([theta], lr=0.02, betas=(0.9, 0.999), eps=1e-8)

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
