def in_order(count):
    """Numbers below count, after the last the first again."""
    while True:
        yield from range(count)
