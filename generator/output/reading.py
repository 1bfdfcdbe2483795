"""What one page of HTML tells the rest of the program: found in one reading (`reader.py`), and kept as plain data."""

from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import cached_property

from generator.cache.cache import key_of


@dataclass(frozen=True)
class Reading:
    """What one page holds, in the order in which it stands there; addresses are as they are written.

    `ids` has double ones too. `links` are all that leads or loads; `loads` is what the page loads by itself, without
    asking whether from here. `asks` are the addresses that a policy must allow, each with the directive that would;
    `inline` is code in the page itself, in words. `searched` is the digest of what the search sees of the page, and
    empty where the page is not to be found.
    """

    ids: tuple[str, ...] = ()
    main_headings: int = 0
    links: tuple[str, ...] = ()
    loads: tuple[str, ...] = ()
    asks: tuple[tuple[str, str], ...] = ()
    inline: tuple[str, ...] = ()
    searched: str = ""

    @cached_property
    def digests(self) -> "ReadingDigests":
        """What tells it from any other, in a few words."""
        return ReadingDigests(
            places=_digest(*self.ids),
            leads=_digest(str(self.main_headings), *self.links),
            loads=_digest(*self.loads),
            asks=_digest(*(one for pair in self.asks for one in pair), "", *self.inline),
            searched=self.searched,
        )


@dataclass(frozen=True)
class ReadingDigests:
    """The digests of what a page holds, apart as others ask for it: its places, main headings and links, what it loads,
    what it asks of a policy, what the search sees."""

    places: str
    leads: str
    loads: str
    asks: str
    searched: str


class KeptReading(Reading):
    """A reading of which the digests are known, and which is fetched when more of it is asked for."""

    def __init__(self, digests: ReadingDigests, fetch: Callable[[], Reading]) -> None:
        vars(self).update(digests=digests, fetch=fetch)

    @cached_property
    def whole(self) -> Reading:
        """All of it."""
        found: Reading = vars(self).pop("fetch")()
        return found

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Reading) and _fields_of(self) == _fields_of(other)

    __hash__ = Reading.__hash__


def _fetching(name: str) -> property:
    return property(lambda reading: getattr(reading.whole, name))


for _name in (one.name for one in fields(Reading)):
    setattr(KeptReading, _name, _fetching(_name))


def _fields_of(reading: Reading) -> tuple[object, ...]:
    return tuple(getattr(reading, one.name) for one in fields(Reading))


def _digest(*texts: str) -> str:
    return key_of("\0".join(texts).encode("utf-8", "surrogatepass")).hex()
