"""What came of each page when it was put together last, and by what it is known that it would be the same again."""

from dataclasses import dataclass

from generator.cache.cache import Cache, key_of
from generator.cache.shelves import Shelf
from generator.cache.traces import Trace
from generator.making.rendering import Stored
from generator.output.reading import Signs
from generator.site.pages import Known, Plan


@dataclass(frozen=True)
class Settled:
    """What a page was when it was put together last: what is known of it, the digests of its inputs and of what it was
    given of other pages, and what it looked at.

    And what came of it with the templates of that digest: its file, what tells what that holds, its words as Markdown.
    """

    known: Known
    inputs: str
    given: str
    trace: Trace
    templates: str
    file: Stored
    signs: Signs | None
    words: Stored | None

    @property
    def bodies(self) -> list[bytes]:
        """The keys of the bytes of its files."""
        return [one.key for one in (self.file, self.words) if one]


def shelf_of(facts: bytes, cache: Cache) -> Shelf[Settled]:
    """Give where all pages are kept that are put together from the same facts."""
    return Shelf("settled pages", Settled, facts, cache)


def given_to(plan: Plan) -> str:
    """The digest of what a plan is given of other pages."""
    return key_of(repr(plan.given()).encode("utf-8", "surrogatepass")).hex() if plan.given else ""
