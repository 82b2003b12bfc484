def initial_parameters():
    """{words}."""
    draws = normals({init_seed})
    parts = []
    for inputs, outputs in LAYERS:
        count = inputs * outputs
        W = np.array([next(draws) for i in range(count)])
        {shape}
        parts += [W.ravel(), np.zeros(outputs)]
    return np.concatenate(parts)
