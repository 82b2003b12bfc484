# Neural network: Adam
# Descent Lab: #v=1&loss=network,data=wave,depth=6,activation=gelu,init=orthogonal,bias=0,l2=0.01&steps=20&run=adam,lr=0.01
import math

import numpy as np


def generator(seed):
    """Whole numbers below 2**64: xoshiro256++, seeded by SplitMix64."""
    mask = 2**64 - 1

    def rotate(n, by):
        return ((n << by) | (n >> (64 - by))) & mask

    state = []
    for i in range(1, 5):
        z = (seed + i * 0x9E3779B97F4A7C15) & mask
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & mask
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & mask
        state.append(z ^ (z >> 31))

    while True:
        a, b, c, d = state
        shifted = (b << 17) & mask
        state = [a ^ b ^ d, a ^ b ^ c, a ^ c ^ shifted, rotate(b ^ d, 45)]
        yield (rotate((a + d) & mask, 23) + a) & mask


def normals(seed):
    """N(0, 1) by Box and Muller."""
    bits = generator(seed)
    while True:
        radius = math.sqrt(-2 * math.log(1 - (next(bits) >> 11) / 2**53))
        angle = 2 * math.pi * (next(bits) >> 11) / 2**53
        yield radius * math.cos(angle)
        yield radius * math.sin(angle)


inputs = np.array(
    [
        0.3245752680314067, 0.3596172076473553, 0.49527006868383106,
        0.8572473990158933, 0.2948856726612019, 0.3145220396170373,
        0.1042226113528032, 0.06578927666912215, 0.6260700719003438,
        0.32712033342723834, 0.27699470037369867, 0.04034298845201878,
        0.434321034724804, 0.1358392782202501, 0.9097044001808896,
        0.25024289164727653, 0.3526219339294627, 0.8734964708331905,
        0.5120480001687998, 0.7117641892728376, 0.5640302476263331,
        0.34527161166264164, 0.03334580879216775, 0.21426391913831322,
        0.24505138322087716, 0.5866675491779392, 0.7911238197945717,
        0.025287334926893834, 0.7296772370675393, 0.3082059858395557,
        0.6093775431021714, 0.0131138323181762, 0.922941922391467,
        0.41256005697153, 0.7052928234497597, 0.8102792785252465,
        0.8142149906926275, 0.7623509137817968, 0.6610549548383224,
        0.6416542481026111, 0.6429817322301943, 0.6544846052534818,
        0.16133340920134576, 0.6128918852857277, 0.20790022927691498,
        0.5653105433934531, 0.4027418469879759, 0.9482316864339692,
        0.4994085755497566, 0.6994621984124235, 0.845641192110986,
        0.2037552145096876, 0.8727748225619012, 0.12770323050916388,
        0.15119590319588094, 0.6345666350669978, 0.21066043047991367,
        0.05563394112182729, 0.2151024496148124, 0.8862270354699568,
        0.877692495717752, 0.7075746445979503, 0.5757998616829135,
        0.21523170198259134, 0.5741062020710664, 0.14603072087488933,
        0.7394874591822825, 0.7616768451344826, 0.9840806642072537,
        0.15417586113387782, 0.10284660696673409, 0.12556517198654693,
        0.14911716043609868, 0.9243025944510533, 0.7338831741309259,
        0.918288164917274, 0.7529278649409509, 0.8033501456010474,
        0.48482146291871453, 0.5658229605770253, 0.31659859426479864,
        0.32245423908382553, 0.06118930908454956, 0.8056552186113065,
        0.5278149391803989, 0.19381707019617078, 0.4656672053393326,
        0.11559304445295082, 0.19744957649105688, 0.5662417686910836,
        0.9757833360329515, 0.5625155360095736, 0.23176153784569054,
        0.10219824381511755, 0.1440783473342785, 0.9951351486210985,
        0.826524964549077, 0.3518265605013937, 0.6606862226979991,
        0.7280350042774094,
    ],
    dtype=float,
)
targets = np.array(
    [
        1.0766757022219553, 0.6388648821467957, -0.0481563269334397,
        -0.2616433425490128, 0.6623324602586986, 1.1295321892163237,
        0.09211605169072601, 0.4452112204994494, -0.4960324931471275,
        0.6031759565762671, 0.8439852427805414, 0.07121382246431676,
        0.9305350769848137, 0.9582892635877726, -0.6289907598813524,
        1.1744824170941226, 1.0383669213654623, -0.36296158490770547,
        0.13991413730784147, -0.8703032393471278, -0.5381739490443048,
        0.7478725562947938, 0.26433912301736046, 0.722809572019729,
        0.9982872658836761, -0.5988013913602397, -0.8129667510281479,
        0.08021707690178902, -1.1361984135830479, 1.0736843166383485,
        -0.39228110782479375, -0.43497679198734773, -0.30085248562722217,
        0.31985717399247193, -0.813264647509602, -0.6492243542228973,
        -1.2088487244139245, -1.0120538123312328, -1.00049441230292,
        -0.8824059364790531, -0.7489625917399861, -0.7863853920037079,
        1.0193752635375515, -0.7738923868406645, 0.7765181378282027,
        -0.07463707470506631, 0.3377216002800635, -0.15422217967607516,
        0.0403584768846422, -0.8355912591616574, -0.8695065710173451,
        0.9975984628518024, -0.6810786990083428, 0.5208727737955149,
        0.5714586170250411, -0.6412564142478201, 1.2130967816747615,
        0.14267855164973342, 1.584539287839918, -0.6777715109421861,
        -0.7865778653649441, -0.8423537079337053, -0.536524747120571,
        1.2670866621902632, -0.40438507805890306, 0.5874627990736345,
        -1.3651663265012064, -1.0939450146534953, -0.09232933741494795,
        0.713284433222094, 0.7954980393586084, 0.6717293454194299,
        0.7062164057299171, -0.7279535370755601, -0.9550619695262078,
        -0.5600018980247478, -0.9172443516900473, -1.1895451285439687,
        0.2517940244674104, -0.2774040875444989, 0.4715074830816077,
        0.7458417299505753, 0.40847196103811756, -1.086927230118592,
        -0.23713014291271167, 0.9615181593040532, 0.19590690595641835,
        0.5758452537305448, 0.5633272600611167, -0.24915231505851912,
        -0.10421974326559048, -0.38135863228938793, 0.9428409884214465,
        0.574888649134064, 0.9711450220562536, -0.03191990858254324,
        -0.9157169288188642, 1.093420201036544, -1.0832752685414082,
        -1.0579130396649494,
    ],
    dtype=float,
)
inputs = inputs - inputs.mean()
inputs = inputs / (inputs * inputs).mean() ** 0.5
targets = targets - targets.mean()
targets = targets / (targets * targets).mean() ** 0.5


LAYERS = [(1, 16)] + 4 * [(16, 16)] + [(16, 1)]  # inputs, outputs


def phi(z):
    below = (1 + np.vectorize(math.erf)(z / 2**0.5)) / 2
    return z * below


def unpacked(theta):
    """W of each layer, in PyTorch's order."""
    at = 0
    for inputs, outputs in LAYERS:
        W = theta[at : at + inputs * outputs].reshape(outputs, inputs)
        at += inputs * outputs
        yield W


def sums(theta, a):
    """z of each layer; samples stand side by side."""
    z = []
    for W in unpacked(theta):
        z.append(W @ a)
        a = phi(z[-1])
    return z


def dphi(z):
    below = (1 + np.vectorize(math.erf)(z / 2**0.5)) / 2
    return below + z * np.exp(-z * z / 2) / (2 * np.pi) ** 0.5


def backward(theta, features, delta):
    """The gradient, from the slopes of J by the z of the last layer."""
    z = sums(theta, features)
    parts = []
    for at, W in reversed(list(enumerate(unpacked(theta)))):
        a = phi(z[at - 1]) if at > 0 else features
        parts = [(delta @ a.T).ravel()] + parts
        if at > 0:
            delta = (W.T @ delta) * dphi(z[at - 1])
    return np.concatenate(parts)


def J(theta):
    features = np.stack([inputs])
    z = sums(theta, features)[-1][0]
    losses = (z - targets) ** 2 / 2
    weights = theta
    return losses.mean() + 0.01 / 2 * (weights @ weights)


def dJ(theta):
    features = np.stack([inputs])
    z = sums(theta, features)[-1][0]
    delta = (z - targets)[None] / len(z)
    weights = theta
    return backward(theta, features, delta) + 0.01 * weights


def initial_parameters():
    """Orthogonal."""
    draws = normals(0)
    parts = []
    for inputs, outputs in LAYERS:
        count = inputs * outputs
        W = np.array([next(draws) for i in range(count)])
        W = W.reshape(outputs, inputs)
        Q, R = np.linalg.qr(W.T if outputs < inputs else W)
        Q = Q * np.sign(np.diag(R))  # no axis is favoured
        W = 1 * (Q.T if outputs < inputs else Q)
        parts += [W.ravel()]
    return np.concatenate(parts)


lr = 0.01
theta = np.array(initial_parameters(), dtype=float)
m = np.zeros_like(theta)
v = np.zeros_like(theta)

print("step,lr,loss,grad_norm")
for t in range(21):
    value, g = J(theta), dJ(theta)
    norm = np.linalg.norm(g)
    print(t, lr, value, norm, sep=",")
    if t == 0:
        bound = 1e12 * max(1, abs(value), norm, abs(theta).max())
        bound = min(bound, 1.7976931348623157e308)
    if not all(np.abs(n).max() <= bound for n in (value, theta, g)):
        break  # diverged
    m = 0.9 * m + (1 - 0.9) * g
    v = 0.999 * v + (1 - 0.999) * (g * g)
    correction = math.sqrt(1 - 0.999 ** (t + 1))
    rate = lr / (1 - 0.9 ** (t + 1)) * correction
    theta = theta - rate * m / (np.sqrt(v) + 1e-8 * correction)
