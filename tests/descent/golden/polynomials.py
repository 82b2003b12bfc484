"""Writes polynomials.json beside it: trajectories of polynomial regression computed by
PyTorch, gradients by autograd, in the form of trajectories.json.

Made with PyTorch 2 in double precision: python3 tests/descent/golden/polynomials.py
"""

import csv
import json
from pathlib import Path

import torch

torch.set_default_dtype(torch.float64)
HERE = Path(__file__).parent


def columns(name, x, y):
    with open(HERE.parents[2] / "descent" / "data" / f"{name}.csv", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    pairs = []
    for row in rows:
        try:
            pairs.append((float(row[x]), float(row[y])))
        except ValueError:
            continue  # a measurement is missing
    return (torch.tensor(column) for column in zip(*pairs))


def standardized(column):
    return (column - column.mean()) / column.std(correction=0)


def powers(x, degree):
    return torch.stack([x**k for k in range(degree + 1)])


def chebyshev(x, degree):
    t = (2 * x - x.min() - x.max()) / (x.max() - x.min())
    found = [torch.ones_like(t), t]
    while len(found) <= degree:
        found.append(2 * t * found[-1] - found[-2])
    return torch.stack(found[: degree + 1])


def trajectory(
    name, link, features, y, error, penalty, make, steps, batch=None, start=None
):
    start = [0.0] * len(features) if start is None else start
    theta = torch.tensor(start, requires_grad=True)
    optimizer = make([theta])
    m = len(y)

    def loss(chosen=slice(None)):
        return error(theta @ features[:, chosen] - y[chosen]) + penalty(theta[1:])

    rows = []
    for t in range(steps + 1):
        optimizer.zero_grad()
        value = loss()
        value.backward()
        lr = optimizer.param_groups[0]["lr"]
        rows.append([t, lr, value.item(), theta.grad.norm().item(), *theta.tolist()])
        if batch is not None:
            optimizer.zero_grad()
            # An epoch ends with what is left of it, as with DataLoader(drop_last=False).
            first = batch * (t % -(-m // batch))
            loss(slice(first, first + batch)).backward()
        optimizer.step()
    names = [f"w{k}" for k in range(len(features))]
    return {
        "name": name,
        "link": link,
        "columns": ["step", "lr", "loss", "grad_norm", *names],
        "rows": rows,
    }


def main():
    flipper, mass = map(standardized, columns("penguins", "flipper_length_mm", "body_mass_g"))
    x, y = columns("line_3x2_seed0", "x", "y")
    half_mean = lambda r: (r * r).mean() / 2
    none = lambda w: 0.0 * w.sum()
    every = [
        trajectory(
            "polynomial_regression-penguins-degree3-sgd-lr0.05",
            "#v=1&loss=polynomial_regression,data=penguins,degree=3,held_out=0&steps=200&run=sgd,lr=0.05",
            powers(flipper, 3), mass, half_mean, none,
            lambda p: torch.optim.SGD(p, lr=0.05), 200,
        ),
        trajectory(
            "polynomial_regression-penguins-degree8-chebyshev-l1-l2-adam-lr0.05",
            "#v=1&loss=polynomial_regression,data=penguins,degree=8,basis=chebyshev,reduction=mean,l1=0.01,l2=0.1,held_out=0&start=0.5,-0.4,0.3,-0.2,0.1,0.2,-0.3,0.4,-0.5&steps=150&run=adam,lr=0.05",
            chebyshev(flipper, 8), mass, lambda r: (r * r).mean(),
            lambda w: 0.05 * (w * w).sum() + 0.01 * w.abs().sum(),
            # At 0 the slope by w0 is nothing but rounding, which Adam makes steps of.
            lambda p: torch.optim.Adam(p, lr=0.05), 150,
            start=[0.5, -0.4, 0.3, -0.2, 0.1, 0.2, -0.3, 0.4, -0.5],
        ),
        trajectory(
            "polynomial_regression-line_3x2_seed0-degree2-raw-huber-momentum-lr0.01",
            "#v=1&loss=polynomial_regression,data=line_3x2_seed0,degree=2,standardize=0,error=huber,delta=0.5,held_out=0&steps=100&run=momentum,lr=0.01",
            powers(x, 2), y, lambda r: torch.nn.functional.huber_loss(r, torch.zeros_like(r), delta=0.5), none,
            lambda p: torch.optim.SGD(p, lr=0.01, momentum=0.9), 100,
        ),
        trajectory(
            "polynomial_regression-penguins-degree4-sgd-lr0.002-batch16",
            "#v=1&loss=polynomial_regression,data=penguins,degree=4,held_out=0&steps=120&batch=16&order=sequential&run=sgd,lr=0.002",
            powers(flipper, 4), mass, half_mean, none,
            lambda p: torch.optim.SGD(p, lr=0.002), 120, batch=16,
        ),
    ]
    lines = ",\n".join(json.dumps(entry) for entry in every)
    (HERE / "polynomials.json").write_text(f"[\n{lines}\n]\n", encoding="utf-8")


main()
