"""What the slots of one document point at."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, partial

from generator.cache.codec import as_json, decoder, encoder, from_json, made_of
from generator.cache.remembering import Form
from generator.cache.seen import noting
from generator.markup.document import Document
from generator.problems.problem import Problem
from generator.sources.limits import was_stopped


@dataclass(frozen=True)
class Target:
    """Where a link leads: an address from the site's root, or outside; and a text for a link that has none."""

    url: str
    title: str
    external: bool = False


class Later(Mapping[int, Target]):
    """Targets that are found again when somebody asks: only the document's own page does, and only if it changes."""

    def __init__(self, find: Callable[[], "Linked"]) -> None:
        self._find = find

    @cached_property
    def _found(self) -> Mapping[int, Target]:
        with noting():  # what they are found from is known: who asks has looked at the links themselves
            return self._find().targets

    def __getitem__(self, number: int) -> Target:
        return self._found[number]

    def __iter__(self) -> Iterator[int]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)


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


def form_of_links(find: Callable[[Document], Linked]) -> Form[Document, Linked]:
    """How it is kept: without its targets, which are as many bytes as all else, and which `find` finds again."""
    write, read = encoder(Ways), decoder(Ways)
    return Form(
        write=lambda linked: as_json(write(linked)),
        read=lambda data, document: made_of(Linked, read(from_json(data)), targets=Later(partial(find, document))),
        sign=lambda linked: as_json(encoder(Linked)(linked)),
        is_whole=lambda linked: not was_stopped(linked.problems),
    )
