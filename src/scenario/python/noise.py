def normals(seed):
    """N(0, 1) by Box and Muller."""
    bits = generator(seed)
    while True:
        radius = math.sqrt(-2 * math.log(1 - (next(bits) >> 11) / 2**53))
        angle = 2 * math.pi * (next(bits) >> 11) / 2**53
        yield radius * math.cos(angle)
        yield radius * math.sin(angle)
