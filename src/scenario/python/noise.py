def normals(seed):
    """N(0, 1): SplitMix64 seeds xoshiro256++, Box and Muller do the rest."""
    mask = 2**64 - 1

    def rotate(n, by):
        return ((n << by) | (n >> (64 - by))) & mask

    state = []
    for i in range(1, 5):
        z = (seed + i * 0x9E3779B97F4A7C15) & mask
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & mask
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & mask
        state.append(z ^ (z >> 31))

    def uniform():
        a, b, c, d = state
        shifted = (b << 17) & mask
        state[:] = a ^ b ^ d, a ^ b ^ c, a ^ c ^ shifted, rotate(b ^ d, 45)
        bits = (rotate((a + d) & mask, 23) + a) & mask
        return (bits >> 11) / 2**53

    while True:
        radius = math.sqrt(-2 * math.log(1 - uniform()))
        angle = 2 * math.pi * uniform()
        yield radius * math.cos(angle)
        yield radius * math.sin(angle)
