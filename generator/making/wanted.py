"""A page that is to be there, and what came of it: what the parts that make pages hand to each other."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from generator.cache.batches import RowPlace
from generator.cache.traces import Trace
from generator.making.reasons import Why
from generator.making.rendering import Made
from generator.making.settled import Settled
from generator.site.pages import Known, Plan


@dataclass(frozen=True)
class Origin:
    """What a page was put together from: the digests of its inputs and of what it was given of other pages, and what it
    looked at."""

    inputs: str
    given: str
    trace: Trace


@dataclass(frozen=True)
class Done:
    """A page that is there: made now, here or in a copy of this process, or found in the cache."""

    known: Known
    made: Made
    unkept: Mapping[str, bytes] = field(default_factory=dict)
    """The bytes of its files that the cache has not, by their digest."""
    origin: Origin | None = None
    """By what it can be told the next time; none where that is kept already, or it cannot be told."""
    is_rendered: bool = False
    why: Why | None = None
    """Why it was rendered; none where it was not, or where that cannot be told."""
    spent: int = 0
    """Nanoseconds of processor time that a copy of this process took to render it."""


@dataclass
class Wanted:
    """A page that is to be there: its plan, the digest of what it is given, and what is kept of it."""

    plan: Plan
    place: RowPlace[Settled]
    given: str
    kept: Settled | None
    """What it was, if all that it looked at is the same; it may have been made with other templates."""
    done: Done = field(init=False, repr=False)
    """What came of it, from the moment when it is there."""
