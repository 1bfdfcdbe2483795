"""One article as it was parsed, knowing no other file: its fields, its text as HTML with slots, what is wrong in it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from generator.cache.seen import ARTICLE, DAYS, note
from generator.markup.face import Entry, Rest
from generator.markup.headings import Heading
from generator.markup.prose import Passage
from generator.markup.slots import Fragment, Slot
from generator.problems.problem import Span


@dataclass(frozen=True)
class Inside:
    """What only the page itself shows: no other page is made from it.

    `live` are the numbers of the slots whose tokens are still there: not those in code.
    """

    body: Fragment
    slots: tuple[Slot, ...]
    live: frozenset[int]
    spans: Mapping[str, Span]


Prose = tuple[Passage, ...]
"""The running text of an article, passage by passage: what the checks of texts read."""


@dataclass(frozen=True)
class Document(Entry):
    """One article. What is not looked at in every build is fetched when it is asked for; looking at more than its face
    is noted."""

    rest: Callable[[], Rest] = field(compare=False)
    fetch_inside: Callable[[], Inside] = field(compare=False)
    fetch_prose: Callable[[], Prose] = field(compare=False)

    def inside(self) -> Inside:
        """What is inside it."""
        note(ARTICLE, self.path)
        return self.fetch_inside()

    @property
    def headings(self) -> tuple[Heading, ...]:
        """The headings of its text."""
        note(ARTICLE, self.path)
        return self.rest().headings

    @property
    def meta(self) -> Mapping[str, object]:
        """Its fields without the days."""
        return self.rest().meta

    @property
    def body(self) -> Fragment:
        """Its text."""
        return self.inside().body

    @property
    def slots(self) -> tuple[Slot, ...]:
        """What its fields and its text ask of other files, in their order."""
        return self.inside().slots

    @property
    def live(self) -> frozenset[int]:
        """The numbers of the slots whose tokens are still there: not those in code."""
        return self.inside().live

    @property
    def prose(self) -> Prose:
        """Its running text, passage by passage."""
        note(ARTICLE, self.path)
        return self.fetch_prose()

    @property
    def spans(self) -> Mapping[str, Span]:
        """The place of each value of its front matter, by the dotted path of the field."""
        return self.inside().spans

    @property
    def is_index(self) -> bool:
        """Whether it is the front page of its section."""
        return self.id.endswith("index") and self.id == (f"{self.section}/index" if self.section else "index")

    def day(self, key: str) -> str:
        """Give a field that is a day, such as `2026-11-21`; empty where it is not given."""
        note(DAYS, self.path)
        return self.updated if key == "updated" else self.searched if key == "evidence_searched" else ""

    @property
    def review(self) -> Mapping[str, object]:
        """When it was checked and by whom, and when it must be looked at again; empty where nothing is said."""
        note(DAYS, self.path)
        value = self.rest().dates.get("review")
        return value if isinstance(value, Mapping) else {}

    def text(self, key: str) -> str:
        """Give a field that is plain text, empty where it is not given."""
        value = self.meta.get(key)
        return value if isinstance(value, str) else ""

    def texts(self, key: str) -> tuple[str, ...]:
        """Give a field that is a list of plain texts."""
        return texts_of(self.meta.get(key))

    def fragment(self, key: str) -> Fragment:
        """Give a field that is one line of Markdown."""
        value = self.meta.get(key)
        return value if isinstance(value, Fragment) else Fragment("")

    def fragments(self, key: str) -> tuple[Fragment, ...]:
        """Give a field that is a list of lines of Markdown."""
        value = self.meta.get(key)
        return tuple(one for one in value if isinstance(one, Fragment)) if isinstance(value, tuple) else ()

    @property
    def review_due(self) -> str:
        """The day on which the page must be looked at again."""
        note(DAYS, self.path)
        return self.due


def texts_of(value: object) -> tuple[str, ...]:
    """Give the texts of a field that is a list of them; none where it is something else."""
    return tuple(one for one in value if isinstance(one, str)) if isinstance(value, tuple) else ()
