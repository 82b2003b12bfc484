def unpacked(theta):
    """W and b of each layer, in PyTorch's order."""
    at = 0
    for inputs, outputs in LAYERS:
        W = theta[at : at + inputs * outputs].reshape(outputs, inputs)
        at += inputs * outputs
        b = theta[at : at + outputs]
        at += outputs
        yield W, b


def sums(theta, a):
    """z of each layer; samples stand side by side."""
    z = []
    for W, b in unpacked(theta):
        z.append(W @ a + b[:, None])
        a = phi(z[-1])
    return z
