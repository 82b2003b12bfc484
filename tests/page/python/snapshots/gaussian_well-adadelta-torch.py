# Gaussian well: Adadelta
# Descent Lab: #v=1&loss=gaussian_well&stop_grad=0.01&run=adadelta,lr=1,warmup=5
import torch


def loss(theta):
    x, y = theta
    k = 1 / (1 * 1)
    e = -0.5 * k * (x * x + y * y)
    return 1 - torch.exp(e)


def schedule(lr, t):
    if t < 5:
        return lr * (t + 1) / 5
    return lr


torch.set_default_dtype(torch.float64)
theta = torch.tensor([3, 2], dtype=float, requires_grad=True)
optimizer = torch.optim.Adadelta([theta], lr=1, rho=0.9, eps=1e-6)

print("step,lr,loss,grad_norm,x,y")
for t in range(201):
    lr = schedule(1, t)
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
    if norm <= 0.01:
        break
    optimizer.step()
