def rounded(x):
    """The numbers of x in {format}, the nearest, ties to even."""
    x = np.asarray(x, dtype=float)
    {lines}


class Rounded(np.ndarray):
    """An array that rounds the result of every operation."""

    def __array_ufunc__(self, ufunc, method, *inputs, **options):
        inputs = [np.asarray(x) for x in inputs]
        return rounded(getattr(ufunc, method)(*inputs, **options))
