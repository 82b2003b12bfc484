def weights_of(theta):
    """theta with 0 for the biases, which are not penalised."""
    pairs = [(W.ravel(), 0 * b) for W, b in unpacked(theta)]
    return np.concatenate([part for pair in pairs for part in pair])
