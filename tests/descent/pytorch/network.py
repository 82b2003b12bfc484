"""Networks against PyTorch: the same losses, and the same gradients layer by layer.

For each link in links.txt the command line writes the initial weights of its network and,
for every step, the loss and the gradient. Here the network is built in PyTorch in double
precision, begins with those weights, and takes the same steps by PyTorch's autograd and
optimizers; both have to agree at every step.

    python tests/descent/pytorch/network.py            compares
    python tests/descent/pytorch/network.py --write    compares and writes reference.json

What is written are PyTorch's numbers, at a few steps, for machines without PyTorch:
tests/descent/pytorch/mod.rs compares the program with them. Whole trajectories of networks with a
few parameters go to tests/descent/golden/networks.json.
"""

import json
import pathlib
import subprocess
import sys

import torch

HERE = pathlib.Path(__file__).parent
# As a share of the largest number of a layer; near a minimum, where all is cancelled but
# rounding, of a millionth of what it was at first.
TOLERANCE = 1e-9

GOLDEN = {
    "network-wave-width4-sgd-lr0.2": (
        "#v=1&loss=network,data=wave,width=4&steps=60&run=sgd,lr=0.2"
    ),
    "network-circles-width3-gelu-he-l2-adam-lr0.02": (
        "#v=1&loss=network,data=circles,width=3,activation=gelu,init=he,l2=0.01"
        "&steps=60&run=adam,lr=0.02"
    ),
}

ACTIVATIONS = {
    "linear": torch.nn.Identity,
    "sigmoid": torch.nn.Sigmoid,
    "tanh": torch.nn.Tanh,
    "relu": torch.nn.ReLU,
    "leaky_relu": torch.nn.LeakyReLU,
    "gelu": torch.nn.GELU,
}


def printed(link):
    """What the command line makes of the link."""
    command = ["cargo", "run", "--quiet", "--release", "--example", "trajectory", "--"]
    run = subprocess.run([*command, link, "--weights"], stdout=subprocess.PIPE, check=True)
    return json.loads(run.stdout)


def numbers(found):
    return torch.tensor(found, dtype=torch.float64)  # whole ones, too


def network(found):
    """The network with its initial weights."""
    modules = []
    has_bias = found["loss"]["bias"] == 1
    for place, layer in enumerate(found["initial"]):
        weights = numbers(layer["weights"])
        if place > 0:
            modules.append(ACTIVATIONS[found["loss"]["activation"]]())
        outputs, inputs = weights.shape
        linear = torch.nn.Linear(inputs, outputs, bias=has_bias)
        linear.weight.data = weights
        if has_bias:
            linear.bias.data = numbers(layer["biases"])
        modules.append(linear)
    return torch.nn.Sequential(*modules)


def optimizer(run, parameters):
    kinds = {
        "sgd": lambda: torch.optim.SGD(parameters, lr=run["lr"]),
        "momentum": lambda: torch.optim.SGD(
            parameters, lr=run["lr"], momentum=run["momentum"]
        ),
        "adam": lambda: torch.optim.Adam(
            parameters, lr=run["lr"], betas=(run["beta1"], run["beta2"]), eps=run["eps"]
        ),
    }
    return kinds[run["key"]]()


def layers(model):
    return [module for module in model if isinstance(module, torch.nn.Linear)]


def loss_of(found, model, rows):
    """J over the samples with these numbers."""
    *features, target = (numbers(column) for column in found["samples"])
    z = model(torch.stack(features, dim=1)[rows])[:, 0]
    # A curve has one feature and no classes.
    if found["loss"]["error"] == "cross_entropy" and len(features) == 2:
        loss = torch.nn.functional.binary_cross_entropy_with_logits(z, target[rows])
    else:
        loss = 0.5 * torch.nn.functional.mse_loss(z, target[rows])
    for layer in layers(model):
        loss = loss + found["loss"]["l2"] / 2 * (layer.weight**2).sum()
        loss = loss + found["loss"]["l1"] * layer.weight.abs().sum()
    return loss


def gradients(model):
    none = torch.zeros(0)
    return [
        {
            "weights": layer.weight.grad.clone(),
            "biases": none if layer.bias is None else layer.bias.grad.clone(),
        }
        for layer in layers(model)
    ]


def assert_near(found, expected, first, what):
    found, expected = numbers(found), torch.as_tensor(expected)
    assert found.shape == expected.shape, what
    if not expected.numel():
        return 0.0
    size = max(expected.abs().max(), 1e-6 * torch.as_tensor(first).abs().max(), 1e-18)
    error = (found - expected).abs().max() / size
    assert error <= TOLERANCE, f"{what}: {error}"
    return float(error)


def compared(link, batch):
    """PyTorch's steps, compared with those printed."""
    found = printed(link)
    steps, worst, first = [], 0.0, None
    model = network(found)
    samples = len(found["samples"][0])
    descent = optimizer(found["runs"][0]["run"], model.parameters())
    for step in found["runs"][0]["steps"]:
        t = step["step"]
        descent.zero_grad()
        loss = loss_of(found, model, slice(None))
        loss.backward()
        slopes = gradients(model)
        first = first or (loss.item(), slopes)
        what = f"{link}, loss {t}"
        worst = max(worst, assert_near(step["loss"], loss.item(), first[0], what))
        for place, (ours, theirs) in enumerate(zip(step["gradient"], slopes)):
            for part in ["weights", "biases"]:
                what = f"{link}, step {t}, {part} of layer {place + 1}"
                near = assert_near(ours[part], theirs[part], first[1][place][part], what)
                worst = max(worst, near)
        steps.append((t, loss.item(), slopes))
        if batch is not None:
            descent.zero_grad()
            # An epoch ends with what is left of it, as with DataLoader(drop_last=False).
            begin = batch * (t % -(-samples // batch))
            loss_of(found, model, slice(begin, min(begin + batch, samples))).backward()
        descent.step()
    print(f"{worst:.1e}  {link}")
    return steps


def summary(slopes):
    """A gradient in a few numbers: its length, its first and its last component."""
    flat = slopes.flatten().tolist()
    return [torch.linalg.norm(slopes).item(), flat[0], flat[-1]] if flat else []


def golden(name, link):
    """Every fifth step with all parameters, in the form of golden/trajectories.json."""
    found = printed(link)
    run = found["runs"][0]
    model = network(found)
    descent = optimizer(run["run"], model.parameters())
    rows = []
    for t in range(len(run["steps"])):
        descent.zero_grad()
        loss = loss_of(found, model, slice(None))
        loss.backward()
        flat = torch.nn.utils.parameters_to_vector(model.parameters())
        slopes = torch.cat([p.grad.flatten() for p in model.parameters()])
        if t % 5 == 0:
            norm = torch.linalg.norm(slopes).item()
            rows.append([t, run["run"]["lr"], loss.item(), norm, *flat.tolist()])
        descent.step()
    weights = [f"w{at}" for at in range(len(rows[0]) - 4)]
    columns = ["step", "lr", "loss", "grad_norm", *weights]
    return {"name": name, "link": link, "columns": columns, "rows": rows}


def written(path, entries):
    lines = ",\n".join(json.dumps(entry) for entry in entries)
    path.write_text(f"[\n{lines}\n]\n")


def main():
    torch.set_default_dtype(torch.float64)
    reference = []
    for link in (HERE / "links.txt").read_text().split():
        size = link.split("&batch=")[1].split("&")[0] if "&batch=" in link else None
        steps = compared(link, int(size) if size else None)
        shown = sorted({0, 1, len(steps) // 2, len(steps) - 1})
        reference.append(
            {
                "link": link,
                "steps": [
                    {
                        "step": steps[at][0],
                        "loss": steps[at][1],
                        "layers": [
                            {part: summary(layer[part]) for part in layer}
                            for layer in steps[at][2]
                        ],
                    }
                    for at in shown
                ],
            }
        )
    if "--write" in sys.argv:
        written(HERE / "reference.json", reference)
        entries = [golden(*entry) for entry in GOLDEN.items()]
        written(HERE.parent / "golden" / "networks.json", entries)


if __name__ == "__main__":
    main()
