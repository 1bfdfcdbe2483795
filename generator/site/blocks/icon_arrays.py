"""Pictures of how many of 100 people: ten rows of ten dots, as the outline of two paths."""

_SIDE = 10


def dots(first: int, last: int) -> str:
    """Give a path with a dot for each person from `first` up to, not with, `last`, in a square of 100 by 100.

    A dot is a line of no length, which round line ends make visible.
    """
    path: list[str] = []
    for number in range(first, last):
        row, column = divmod(number, _SIDE)
        path.append(f"M{5 + 10 * column} {5 + 10 * row}h0" if number == first or not column else "m10 0h0")
    return "".join(path)
