"""What the slots of one document point at."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated

from generator.codec import Way, decoder, encoder
from generator.problems import Problem


@dataclass(frozen=True)
class Target:
    """Where a link leads: an address from the site's root, or outside; and a text for a link that has none."""

    url: str
    title: str
    external: bool = False


class Later(Mapping[int, Target]):
    """Targets that were kept, made of plain data when somebody first asks: only the document's own page does."""

    def __init__(self, plain: object) -> None:
        self._plain = plain

    @cached_property
    def _found(self) -> Mapping[int, Target]:
        found: Mapping[int, Target] = decoder(_TARGETS)(self._plain)
        return found

    def __getitem__(self, number: int) -> Target:
        return self._found[number]

    def __iter__(self) -> Iterator[int]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)


_TARGETS = Mapping[int, Target]


@dataclass(frozen=True)
class Linked:
    """What the slots of one document point at, by the slots' numbers."""

    targets: Annotated[Mapping[int, Target], Way(encoder(_TARGETS), Later)]
    images: Mapping[int, str]
    pages: tuple[str, ...]
    related: tuple[str, ...]
    cited: tuple[str, ...]
    claims: tuple[str, ...]
    problems: tuple[Problem, ...]
