"""Traces: what was looked at when a value was made, and the digest that each had then.

A value whose trace still holds would be made the same again, so it need not be (a "verifying trace" in Mokhov, Mitchell
and Peyton Jones, "Build systems a la carte", 2018).
"""

from collections.abc import Callable, Mapping

from generator.cache.cache import key_of
from generator.cache.seen import EVERY, Seen, in_short

DigestsOf = Callable[[str], Mapping[str, str]]
"""Gives the digest of something (such as the days) of every document that has it, by path."""
Trace = tuple[str, ...]
"""Three texts for each thing that was looked at: what it was, the path of its document, and its digest."""


class Traces:
    """Takes traces, and compares them with what there is: `now` gives the digests of that."""

    def __init__(self, now: DigestsOf) -> None:
        self._now = now
        self._known: dict[str, Mapping[str, str]] = {}

    def of(self, seen: Seen) -> Trace:
        """Give the trace of what was looked at."""
        short = in_short(seen)
        return tuple(text for what, path in short for text in (what, path, self._digests(what).get(path, "")))

    def hold(self, trace: Trace) -> bool:
        """Whether all that was looked at is the same."""
        known, texts = self._known, iter(trace)
        for what, path, then in zip(texts, texts, texts, strict=False):
            digests = known[what] if what in known else self._digests(what)
            if digests.get(path, "") != then:
                return False
        return True

    def _digests(self, what: str) -> Mapping[str, str]:
        if what not in self._known:
            found = self._now(what)
            every = "\0".join(text for pair in found.items() for text in pair)
            self._known[what] = {**found, EVERY: key_of(every.encode("utf-8", "surrogatepass")).hex()}
        return self._known[what]
