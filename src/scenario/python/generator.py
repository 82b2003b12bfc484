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
