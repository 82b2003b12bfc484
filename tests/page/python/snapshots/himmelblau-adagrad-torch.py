# Himmelblau, four minima: AdaGrad
# Descent Lab: #v=1&loss=himmelblau&precision=f16&run=adagrad,lr=0.5,clip=value
import numpy as np
import torch


def rounded(x):
    """The numbers of x in float16, the nearest, ties to even."""
    x = np.asarray(x, dtype=float)
    return x.astype(np.float16).astype(float).view(Rounded)


class Rounded(np.ndarray):
    """An array that rounds the result of every operation."""

    def __array_ufunc__(self, ufunc, method, *inputs, **options):
        inputs = [np.asarray(x) for x in inputs]
        return rounded(getattr(ufunc, method)(*inputs, **options))


def loss(theta):
    x, y = theta
    p = x * x + y - 11
    q = x + y * y - 7
    return p * p + q * q


def J(theta):
    return loss(torch.tensor(theta)).item()


def dJ(theta):
    theta = torch.tensor(theta, requires_grad=True)
    loss(theta).backward()
    return theta.grad.numpy()


lr = 0.5
theta = rounded([0, 0])
s = np.zeros_like(theta)

print("step,lr,loss,grad_norm,x,y")
for t in range(201):
    value, g = J(theta), dJ(theta)
    norm = np.linalg.norm(g)
    print(t, lr, value, norm, *theta, sep=",")
    if t == 0:
        bound = 1e12 * max(1, abs(value), norm, abs(theta).max())
        bound = min(bound, 1.7976931348623157e308)
    if not all(abs(n) <= bound for n in (value, *theta, *g)):
        break  # diverged
    g = np.asarray(rounded(g))
    g = np.clip(g, -1, 1)
    g = rounded(g)
    s = s + g * g
    theta = theta - lr * g / (np.sqrt(s) + 1e-10)
