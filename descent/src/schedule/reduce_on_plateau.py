class ReduceOnPlateau:
    """A rate reduced when the loss stops improving, as in PyTorch."""

    def __init__(self, lr):
        self.lr, self.best, self.bad, self.rest = lr, math.inf, 0, 0

    def step(self, loss):
        if loss < self.best * (1 - {threshold}):
            self.best, self.bad = loss, 0
        else:
            self.bad += 1
        if self.rest > 0:
            self.rest, self.bad = self.rest - 1, 0
        if self.bad > {patience}:
            lr = max(self.lr * {factor}, {min_lr})
            if self.lr - lr > 1e-8:
                self.lr = lr
            self.rest, self.bad = {cooldown}, 0
