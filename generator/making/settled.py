"""What is kept of each page as it was put together last, and by what it is known that it would be the same again."""

from dataclasses import dataclass

from generator.cache.traces import Trace
from generator.making.rendering import Stored
from generator.output.reading import ReadingDigests
from generator.site.pages import Known


@dataclass(frozen=True)
class Settled:
    """What a page was when it was put together last: what is known of it, the digests of its inputs and of what it was
    given of other pages, and what it looked at.

    And what came of it with the templates of that digest: its file, what tells what that holds, its text as Markdown.
    """

    known: Known
    inputs: str
    given: str
    trace: Trace
    templates: str
    file: Stored
    digests: ReadingDigests | None
    markdown: Stored | None

    @property
    def bodies(self) -> list[bytes]:
        """The keys of the bytes of its files."""
        return [one.key for one in (self.file, self.markdown) if one]
