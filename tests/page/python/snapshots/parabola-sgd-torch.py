# Parabola: Gradient descent
# Descent Lab: #v=1&loss=parabola&steps=20&run=sgd,lr=0.4
import torch


def loss(theta):
    x = theta[0]
    return 1 * x * x


torch.set_default_dtype(torch.float64)
lr = 0.4
theta = torch.tensor([2.5], dtype=float, requires_grad=True)
optimizer = torch.optim.SGD([theta], lr=lr)

print("step,lr,loss,grad_norm,x")
for t in range(21):
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
