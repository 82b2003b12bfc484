# Booth bowl: Adam
# Descent Lab: #v=1&loss=booth&steps=50&run=adam,lr=0.3,schedule=reduce_on_plateau,warmup=5,constrain=norm,constrain_at=2.5
import torch


def loss(theta):
    x, y = theta
    p = x + 2 * y - 7
    q = 2 * x + y - 5
    return p * p + q * q


torch.set_default_dtype(torch.float64)
theta = torch.tensor([-6, 4], dtype=float, requires_grad=True)
optimizer = torch.optim.Adam([theta], lr=0.3, betas=(0.9, 0.999), eps=1e-8)
scheduler = torch.optim.lr_scheduler.ReduceLROnPlateau(
    optimizer,
    factor=0.1,
    patience=10,
    threshold=0.0001,
    cooldown=0,
    min_lr=0,
)

print("step,lr,loss,grad_norm,x,y")
for t in range(51):
    optimizer.zero_grad()
    value = loss(theta)
    value.backward()
    g = theta.grad
    norm = torch.linalg.norm(g)
    if t > 5:
        scheduler.step(value)
    else:
        optimizer.param_groups[0]["lr"] = 0.3 * min(1, (t + 1) / 5)
    lr = optimizer.param_groups[0]["lr"]
    print(t, lr, value.item(), norm.item(), *theta.tolist(), sep=",")
    if t == 0:
        bound = 1e12 * max(1, abs(value), norm, abs(theta).max())
        bound = min(bound, 1.7976931348623157e308)
    if not all(abs(n) <= bound for n in (value, *theta, *g)):
        break  # diverged
    optimizer.step()
    with torch.no_grad():
        n = torch.sqrt((theta * theta).sum())
        if n > 2.5:
            theta[...] = theta * (2.5 / n)
