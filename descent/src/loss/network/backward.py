def backward(theta, features, delta):
    """The gradient, from the slopes of J by the z of the last layer."""
    z = sums(theta, features)
    parts = []
    for at, (W, b) in reversed(list(enumerate(unpacked(theta)))):
        a = phi(z[at - 1]) if at > 0 else features
        parts = [(delta @ a.T).ravel(), delta.sum(axis=1)] + parts
        if at > 0:
            delta = (W.T @ delta) * dphi(z[at - 1])
    return np.concatenate(parts)
