# Polynomial regression: Damped Newton
# Descent Lab: #v=1&loss=polynomial_regression,degree=5,basis=chebyshev,l2=0.1&steps=5&stop_grad=0.001&run=newton
import numpy as np


inputs = np.array(
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
targets = np.array(
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


def J(theta):
    width = inputs.max() - inputs.min()
    t = (2 * inputs - inputs.max() - inputs.min()) / width
    angles = np.arccos(np.clip(t, -1, 1))
    features = np.stack([np.cos(k * angles) for k in range(5 + 1)])
    residuals = theta @ features - targets
    weights = theta[1:]
    return (residuals * residuals).mean() / 2 + 0.1 / 2 * (weights @ weights)


def dJ(theta):
    width = inputs.max() - inputs.min()
    t = (2 * inputs - inputs.max() - inputs.min()) / width
    angles = np.arccos(np.clip(t, -1, 1))
    features = np.stack([np.cos(k * angles) for k in range(5 + 1)])
    residuals = theta @ features - targets
    penalised = np.append(0.0, np.ones(5))
    return (features @ residuals) / len(residuals) + 0.1 * penalised * theta


def hessian(theta):
    width = inputs.max() - inputs.min()
    t = (2 * inputs - inputs.max() - inputs.min()) / width
    angles = np.arccos(np.clip(t, -1, 1))
    features = np.stack([np.cos(k * angles) for k in range(5 + 1)])
    residuals = theta @ features - targets
    penalised = np.append(0.0, np.ones(5))
    H = (features @ features.T) / len(residuals) + 0.1 * np.diag(penalised)
    return H


theta = np.array([0, 0, 0, 0, 0, 0], dtype=float)

print("step,lr,loss,grad_norm,w0,w1,w2,w3,w4,w5")
for t in range(6):
    lr = 0.1
    value, g = J(theta), dJ(theta)
    norm = np.linalg.norm(g)
    point = theta
    if t == 0:
        bound = 1e12 * max(1, abs(value), norm, abs(theta).max())
        bound = min(bound, 1.7976931348623157e308)
    ended = not all(abs(n) <= bound for n in (value, *theta, *g))
    ended = ended or t == 5 or norm <= 0.001
    if not ended:
        H = hessian(theta)
        d = -g
        try:
            pivots = np.diag(np.linalg.cholesky(H)) ** 2
            is_definite = (pivots > 1e-14 * np.diag(H)).all()
        except np.linalg.LinAlgError:
            is_definite = False
        if is_definite:
            d = np.linalg.solve(H, d)
        else:
            sizes, axes = np.linalg.eigh(H)
            sizes = np.abs(sizes)
            if sizes.max() > 0:
                sizes = np.maximum(sizes, 1e-8 * sizes.max())
                d = axes @ ((axes.T @ d) / sizes)
        lr = 1.0
        slope, shortest = np.dot(g, d), lr * 2.0 ** -60
        for _ in range(400):
            trial = theta + lr * d
            if lr < shortest or (trial == theta).all():
                lr = 0.0
                break
            if J(trial) <= value + 1e-4 * lr * slope:
                theta = trial
                break
            lr = lr * 0.5
        else:
            lr = 0.0
    print(t, lr, value, norm, *point, sep=",")
    if ended:
        break
