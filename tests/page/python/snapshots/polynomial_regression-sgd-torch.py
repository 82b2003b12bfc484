# Polynomial regression: Gradient descent
# Descent Lab: #v=1&loss=polynomial_regression,l1=0.1&steps=50&run=sgd,lr=0.05
import torch


inputs = torch.tensor(
    [
        0.3245752680314067, 0.3596172076473553, 0.49527006868383106,
        0.8572473990158933, 0.2948856726612019, 0.1042226113528032,
        0.6260700719003438, 0.32712033342723834, 0.27699470037369867,
        0.04034298845201878, 0.434321034724804, 0.25024289164727653,
        0.3526219339294627, 0.8734964708331905, 0.5120480001687998,
        0.7117641892728376, 0.5640302476263331, 0.34527161166264164,
        0.03334580879216775, 0.21426391913831322, 0.7911238197945717,
    ],
    dtype=float,
)
targets = torch.tensor(
    [
        1.0766757022219553, 0.6388648821467957, -0.0481563269334397,
        -0.2616433425490128, 0.6623324602586986, 0.09211605169072601,
        -0.4960324931471275, 0.6031759565762671, 0.8439852427805414,
        0.07121382246431676, 0.9305350769848137, 1.1744824170941226,
        1.0383669213654623, -0.36296158490770547, 0.13991413730784147,
        -0.8703032393471278, -0.5381739490443048, 0.7478725562947938,
        0.26433912301736046, 0.722809572019729, -0.8129667510281479,
    ],
    dtype=float,
)
inputs = inputs - inputs.mean()
inputs = inputs / (inputs * inputs).mean() ** 0.5
targets = targets - targets.mean()
targets = targets / (targets * targets).mean() ** 0.5


def loss(theta):
    features = torch.stack([inputs ** k for k in range(3 + 1)])
    residuals = theta @ features - targets
    weights = theta[1:]
    return (residuals * residuals).mean() / 2 + 0.1 * torch.abs(weights).sum()


torch.set_default_dtype(torch.float64)
lr = 0.05
theta = torch.tensor([0, 0, 0, 0], dtype=float, requires_grad=True)
optimizer = torch.optim.SGD([theta], lr=lr)

print("step,lr,loss,grad_norm,w0,w1,w2,w3")
for t in range(51):
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
