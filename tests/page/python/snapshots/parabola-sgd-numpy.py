# Parabola: Gradient descent
# Descent Lab: #v=1&loss=parabola&steps=20&run=sgd,lr=0.4
import numpy as np


def J(theta):
    x = theta[0]
    return 1 * x * x


def dJ(theta):
    x = theta[0]
    return np.array([2 * 1 * x])


lr = 0.4
theta = np.array([2.5], dtype=float)

print("step,lr,loss,grad_norm,x")
for t in range(21):
    value, g = J(theta), dJ(theta)
    norm = np.linalg.norm(g)
    print(t, lr, value, norm, *theta, sep=",")
    if t == 0:
        bound = 1e12 * max(1, abs(value), norm, abs(theta).max())
        bound = min(bound, 1.7976931348623157e308)
    if not all(abs(n) <= bound for n in (value, *theta, *g)):
        break  # diverged
    theta = theta - lr * g
