def shuffled(count, seed):
    """Numbers below count, each epoch in another order (Fisher and Yates)."""
    bits = generator(seed)
    epoch = list(range(count))
    while True:
        for i in range(count - 1, 0, -1):
            j = (next(bits) * (i + 1)) >> 64
            epoch[i], epoch[j] = epoch[j], epoch[i]
        yield epoch
