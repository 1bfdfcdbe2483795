"""What the slots of one document point at."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from generator.codec import SEAM, as_json, decoder, encoder, from_json, made_of
from generator.problems import Problem
from generator.remembering import Form


@dataclass(frozen=True)
class Target:
    """Where a link leads: an address from the site's root, or outside; and a text for a link that has none."""

    url: str
    title: str
    external: bool = False


class Later(Mapping[int, Target]):
    """Targets that were kept, read when somebody first asks: only the document's own page does."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    @cached_property
    def _found(self) -> Mapping[int, Target]:
        found: Mapping[int, Target] = decoder(_TARGETS)(from_json(self._data))
        return found

    def __getitem__(self, number: int) -> Target:
        return self._found[number]

    def __iter__(self) -> Iterator[int]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)


_TARGETS = Mapping[int, Target]


@dataclass(frozen=True)
class Ways:
    """What the whole site asks of the links of one document: where they lead, and what is wrong with them.

    `images` are by the slots' numbers.
    """

    images: Mapping[int, str]
    pages: tuple[str, ...]
    related: tuple[str, ...]
    cited: tuple[str, ...]
    claims: tuple[str, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Linked(Ways):
    """What the slots of one document point at; `targets` are by the slots' numbers."""

    targets: Mapping[int, Target]


def _write(linked: Linked) -> bytes:
    return SEAM.join((as_json(encoder(Ways)(linked)), as_json(encoder(_TARGETS)(linked.targets))))


def _read(data: bytes) -> Linked:
    ways, _, targets = data.partition(SEAM)
    found: Ways = decoder(Ways)(from_json(ways))
    return made_of(Linked, found, targets=Later(targets))


FORM = Form(_write, _read)
"""How it is kept."""
