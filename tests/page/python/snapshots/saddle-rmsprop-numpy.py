# Saddle: RMSprop
# Descent Lab: #v=1&loss=saddle&precision=f32&run=rmsprop,lr=0.05,schedule=exponential
import numpy as np


def rounded(x):
    """The numbers of x in float32, the nearest, ties to even."""
    x = np.asarray(x, dtype=float)
    return x.astype(np.float32).astype(float).view(Rounded)


class Rounded(np.ndarray):
    """An array that rounds the result of every operation."""

    def __array_ufunc__(self, ufunc, method, *inputs, **options):
        inputs = [np.asarray(x) for x in inputs]
        return rounded(getattr(ufunc, method)(*inputs, **options))


def J(theta):
    x, y = theta
    y2 = y * y
    return 0.5 * (x * x) + y2 * (0.25 * y2 - 0.5)


def dJ(theta):
    x, y = theta
    y2 = y * y
    return np.array([x, y * (y2 - 1)])


def schedule(lr, t):
    return lr * 0.95 ** t


theta = rounded([1.5, 0.001])
v = np.zeros_like(theta)

print("step,lr,loss,grad_norm,x,y")
for t in range(201):
    lr = schedule(0.05, t)
    value, g = J(theta), dJ(theta)
    norm = np.linalg.norm(g)
    print(t, lr, value, norm, *theta, sep=",")
    if t == 0:
        bound = 1e12 * max(1, abs(value), norm, abs(theta).max())
        bound = min(bound, 1.7976931348623157e308)
    if not all(abs(n) <= bound for n in (value, *theta, *g)):
        break  # diverged
    g = rounded(g)
    v = 0.99 * v + (1 - 0.99) * (g * g)
    theta = theta - lr * g / (np.sqrt(v) + 1e-8)
