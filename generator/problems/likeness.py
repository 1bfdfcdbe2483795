"""Which of the names that are known look like a mistyped one.

Among few names each is compared. Among very many, those alone that share most pairs of letters with it: to tell a
thousand broken links of a site of ten thousand pages would otherwise take hours.
"""

from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

CUTOFF = 0.6
"""How alike two names must be, from 0 to 1, for one to be proposed in place of the other."""
_FEW = 300
_TRIED = 100
"""Of very many names, how many are compared."""


class Names:
    """Names that are known, ready to be asked."""

    def __init__(self, known: Iterable[str]) -> None:
        self.folded = {one.casefold(): one for one in sorted(set(known), reverse=True)}
        self.by_pair: dict[tuple[str, int], list[str]] = {}
        if len(self.folded) > _FEW:
            for one in self.folded:
                for pair in _pairs(one):
                    self.by_pair.setdefault(pair, []).append(one)

    def alike(self, name: str, count: int) -> list[tuple[str, float]]:
        """Give at most `count` names that look like this one, each with how alike they are, best first.

        A name that differs in capitals alone is the one that was meant.
        """
        import difflib  # where all names are known, nobody asks

        wanted = name.casefold()
        if wanted in self.folded:
            return [(self.folded[wanted], 1.0)]
        close = difflib.get_close_matches(wanted, self._worth_comparing(wanted), n=count, cutoff=CUTOFF)
        return [(self.folded[one], difflib.SequenceMatcher(None, one, wanted).ratio()) for one in close]

    def _worth_comparing(self, wanted: str) -> list[str]:
        if not self.by_pair:
            return list(self.folded)
        shared: Counter[str] = Counter()
        for pair in _pairs(wanted):
            shared.update(self.by_pair.get(pair, ()))
        return [one for one, _ in shared.most_common(_TRIED)]


def _pairs(name: str) -> set[tuple[str, int]]:
    """The pairs of letters of a name, its edges counted as letters; one that comes again is another pair."""
    seen: Counter[str] = Counter()
    found = set()
    for one, other in zip(f"\0{name}", f"{name}\0", strict=True):
        seen[one + other] += 1
        found.add((one + other, seen[one + other]))
    return found


@lru_cache(maxsize=64)
def names(known: tuple[str, ...]) -> Names:
    """Give names ready to be asked; for the same ones they are made ready once."""
    return Names(known)
