"""Writes plateaus.json beside it: trajectories of runs whose rate PyTorch's
ReduceLROnPlateau sets, and of runs whose parameters are projected after each step, in the
form of trajectories.json.

Made with PyTorch 2 in double precision: python3 tests/descent/golden/plateaus.py
"""

import json
from pathlib import Path

import torch

torch.set_default_dtype(torch.float64)
HERE = Path(__file__).parent


def quadratic(theta):
    x, y = theta
    return 0.5 * (x * x + 20 * y * y)


def booth(theta):
    x, y = theta
    return (x + 2 * y - 7) ** 2 + (2 * x + y - 5) ** 2


def himmelblau(theta):
    x, y = theta
    return (x * x + y - 11) ** 2 + (x + y * y - 7) ** 2


def rosenbrock(theta):
    x, y = theta
    return (1 - x) ** 2 + 100 * (y - x * x) ** 2


def four_points(theta):
    x = torch.tensor([1.0, 2.0, 3.0, 4.0])
    w, b = theta
    r = w * x + b - x
    return (r * r).mean() / 2


def box(c):
    return lambda theta: theta.clamp_(-c, c)


def ball(c):
    def project(theta):
        n = theta.norm()
        if n > c:
            theta.mul_(c / n)

    return project


def trajectory(
    name, link, loss, start, make, steps, plateau=None, warmup=0, clip=None, project=None
):
    theta = torch.tensor(start, requires_grad=True)
    optimizer = make([theta])
    base = optimizer.param_groups[0]["lr"]
    scheduler = None
    if plateau is not None:
        scheduler = torch.optim.lr_scheduler.ReduceLROnPlateau(optimizer, **plateau)
    rows = []
    for t in range(steps + 1):
        optimizer.zero_grad()
        value = loss(theta)
        value.backward()
        if t <= warmup:
            share = min(1.0, (t + 1) / warmup) if warmup else 1.0
            optimizer.param_groups[0]["lr"] = base * share
        elif scheduler is not None:
            scheduler.step(value.item())
        lr = optimizer.param_groups[0]["lr"]
        rows.append([t, lr, value.item(), theta.grad.norm().item(), *theta.tolist()])
        if clip is not None:
            ball(clip)(theta.grad)  # clip_grad_norm_ without its epsilon
        optimizer.step()
        if project is not None:
            with torch.no_grad():
                project(theta)
    if plateau is not None:
        assert len({row[1] for row in rows[warmup:]}) >= 3, f"{name}: too few reductions"
    return {
        "name": name,
        "link": link,
        "columns": ["step", "lr", "loss", "grad_norm", "x", "y"],
        "rows": rows,
    }


def sgd(lr, momentum=0.0):
    return lambda p: torch.optim.SGD(p, lr=lr, momentum=momentum)


def adam(lr):
    return lambda p: torch.optim.Adam(p, lr=lr)


def main():
    every = [
        trajectory(
            "quadratic-kappa20-adam-lr0.5-plateau-patience3",
            "#v=1&loss=quadratic,kappa=20&start=-8,2.5&steps=150"
            "&run=adam,lr=0.5,schedule=reduce_on_plateau,factor=0.5,patience=3",
            quadratic, [-8.0, 2.5], adam(0.5), 150,
            {"factor": 0.5, "patience": 3},
        ),
        trajectory(
            "himmelblau-sgd-lr0.03-plateau-cooldown4-min_lr0.025-warmup10",
            "#v=1&loss=himmelblau&start=0,0&steps=80"
            "&run=sgd,lr=0.03,schedule=reduce_on_plateau,factor=0.9,patience=5,cooldown=4,"
            "min_lr=0.025,warmup=10",
            himmelblau, [0.0, 0.0], sgd(0.03), 80,
            {"factor": 0.9, "patience": 5, "cooldown": 4, "min_lr": 0.025}, 10,
        ),
        trajectory(
            "linear_regression-datafour_points-sgd-lr0.02-plateau-threshold0.1",
            "#v=1&loss=linear_regression,data=four_points&start=3,-2&steps=400"
            "&run=sgd,lr=0.02,schedule=reduce_on_plateau,factor=0.5,threshold=0.1",
            four_points, [3.0, -2.0], sgd(0.02), 400,
            {"factor": 0.5, "threshold": 0.1},
        ),
        trajectory(
            "quadratic-kappa20-momentum-lr0.08-plateau-patience0-threshold0",
            "#v=1&loss=quadratic,kappa=20&start=-8,2.5&steps=120&run=momentum,lr=0.08,"
            "schedule=reduce_on_plateau,factor=0.9,patience=0,threshold=0",
            quadratic, [-8.0, 2.5], sgd(0.08, 0.9), 120,
            {"factor": 0.9, "patience": 0, "threshold": 0.0},
        ),
        trajectory(
            "booth-sgd-lr0.05-constrainvalue-constrain_at2",
            "#v=1&loss=booth&start=-6,4&steps=60&run=sgd,lr=0.05,constrain=value,constrain_at=2",
            booth, [-6.0, 4.0], sgd(0.05), 60, project=box(2.0),
        ),
        trajectory(
            "booth-sgd-lr0.05-constrainnorm-constrain_at2",
            "#v=1&loss=booth&start=-6,4&steps=60&run=sgd,lr=0.05,constrain=norm,constrain_at=2",
            booth, [-6.0, 4.0], sgd(0.05), 60, project=ball(2.0),
        ),
        trajectory(
            "booth-adam-lr0.3-clipnorm-constrainnorm-constrain_at2.5",
            "#v=1&loss=booth&start=-6,4&steps=100"
            "&run=adam,lr=0.3,clip=norm,clip_at=3,constrain=norm,constrain_at=2.5",
            booth, [-6.0, 4.0], adam(0.3), 100, clip=3.0, project=ball(2.5),
        ),
        trajectory(
            "rosenbrock-momentum-lr0.0005-constrainvalue-constrain_at0.5",
            "#v=1&loss=rosenbrock&start=-1.2,1&steps=200"
            "&run=momentum,lr=0.0005,constrain=value,constrain_at=0.5",
            rosenbrock, [-1.2, 1.0], sgd(0.0005, 0.9), 200, project=box(0.5),
        ),
        trajectory(
            "linear_regression-datafour_points-sgd-lr0.05-constrainnorm-constrain_at0.7",
            "#v=1&loss=linear_regression,data=four_points&start=0,0&steps=80"
            "&run=sgd,lr=0.05,constrain=norm,constrain_at=0.7",
            four_points, [0.0, 0.0], sgd(0.05), 80, project=ball(0.7),
        ),
    ]
    lines = ",\n".join(json.dumps(entry) for entry in every)
    (HERE / "plateaus.json").write_text(f"[\n{lines}\n]\n", encoding="utf-8")


main()
