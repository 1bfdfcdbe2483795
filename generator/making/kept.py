"""What is kept of pages: found again by what they were made from, and got when somebody asks for it.

The cache is asked twice. First by the articles and the facts of the site: a page is not even put together when all that
it looked at last is the same. Then by its inputs and its template with all that this uses: by what the page is made
from, and nothing else.
"""

import json
from collections.abc import Iterator, Sequence
from functools import partial

from generator.cache.batches import Batch, Batches, RowPlace
from generator.cache.cache import Cache, key_of
from generator.cache.codec import Unfit, decoder, from_json
from generator.cache.program import program_digest
from generator.cache.traces import Traces
from generator.making.digests import Templates, as_bytes
from generator.making.recipe import Recipe
from generator.making.rendering import Made, Rendered, Stored
from generator.making.settled import Settled
from generator.making.wanted import Done, Origin, Wanted
from generator.output.outputs import LazyOutput, Output, is_of
from generator.output.reader import read
from generator.output.reading import KeptReading, Reading, ReadingDigests
from generator.site.pages import Known, Plan


class KeptPages:
    """Finds what is kept of the pages of a recipe, and keeps what is made of them now."""

    def __init__(self, recipe: Recipe, cache: Cache) -> None:
        self.templates = Templates(recipe.templates)
        self.traces = Traces(recipe.now)
        self._recipe = recipe
        self._cache = cache
        self._batches = Batches[Settled]("settled pages", Settled, recipe.facts, cache)
        self._batch: Batch[Settled] | None = None
        self._is_batch_whole = False

    def wanted(self, plans: Sequence[Plan]) -> Iterator[Wanted]:
        """Give each planned page with what is kept of it. What it is given of others is asked for in its turn."""
        for plan, place in zip(plans, self._batches.rows([plan.name for plan in plans]), strict=True):
            given, row = _digest_of_given(plan), place.row
            is_same = row is not None and row.given == given and self.traces.hold(row.trace)
            yield Wanted(plan, place, given, row if is_same else None)

    def settled(self, wanted: Wanted) -> Done | None:
        """Give a page that need not be put together: all that it looked at is the same, and its bytes are there."""
        row = wanted.kept
        if row is None:
            return None
        if row.templates == self.templates.digest(row.known.template) and self._has_bytes(wanted.place, row):
            return Done(row.known, Made(row.file, self._reading(row, wanted.plan), row.markdown, ()))
        return self.made_from(row.known, Origin(row.inputs, row.given, row.trace))

    def made_from(self, known: Known, origin: Origin) -> Done | None:
        """Give a page that was made from inputs of the same digest, by templates that are the same."""
        made = self._made(known, origin.inputs)
        if made is None or not self._cache.has(one.key for one in made.files):
            return None
        return Done(known, made, origin=origin)

    def settle(self, wanted: Wanted) -> None:
        """Keep what came of a page, if that is new. It is called once for each, in the order of their plans."""
        done = wanted.done
        made, origin = done.made, done.origin
        if origin and made.file and not done.unkept:
            templates = self.templates.digest(done.known.template)
            digests = made.reading.digests if made.reading else None
            told = origin.inputs, origin.given, origin.trace, templates
            wanted.place.put(Settled(done.known, *told, made.file, digests, made.markdown))
        wanted.place.close()

    def keep(self, known: Known, origin: Origin | None, rendered: Rendered) -> Done:
        """Give a page that was rendered, and keep what came of it. One without an origin is never kept."""
        made: Made = decoder(Made)(from_json(rendered.made))
        bodies = dict(zip(made.files, (rendered.file, rendered.markdown), strict=False))
        is_kept = False
        if made.file and origin:
            kept = {one.key: body for one, body in bodies.items()}
            is_kept = self._cache.put({self._key(known, origin.inputs): rendered.made, **kept})
        unkept = {} if is_kept else {one.digest: body for one, body in bodies.items()}
        return Done(known, made, unkept, origin, is_rendered=True)

    def output(self, path: str, stored: Stored, wanted: Wanted) -> Output:
        """Give one of the files of a page: its bytes are those at hand, or got from the cache, or made once more."""
        made_from, unkept = wanted.done.known.made_from, wanted.done.unkept
        if stored.digest in unkept:
            return Output(path, unkept[stored.digest], made_from)
        return LazyOutput(path, made_from, stored.digest, stored.size, *self._ways_to(stored, wanted.plan))

    def _ways_to(self, stored: Stored, plan: Plan) -> tuple[partial[bytes | None], ...]:
        return partial(self._bytes, stored.key), partial(self._made_again, stored, plan)

    def _bytes(self, key: bytes) -> bytes | None:
        return self._cache.get([key]).get(key)

    def _made_again(self, stored: Stored, plan: Plan) -> bytes | None:
        """The bytes of a file as they are made anew, if they are what they were; then they are kept."""
        rendered = self._recipe.make(plan)
        for body in (rendered.file, rendered.markdown):
            if is_of(body, stored.digest):
                self._cache.put({stored.key: body})
                return body
        return None

    def _reading(self, row: Settled, plan: Plan) -> Reading | None:
        """The reading of a page, fetched when its digests are not enough any more."""
        if row.digests is None:
            return None
        return KeptReading(row.digests, partial(self._read_again, row, row.digests, plan))

    def _read_again(self, row: Settled, digests: ReadingDigests, plan: Plan) -> Reading:
        made = self._made(row.known, row.inputs)
        if made and made.reading and made.reading.digests == digests:
            return made.reading
        file = LazyOutput(row.known.output, "", row.file.digest, row.file.size, *self._ways_to(row.file, plan))
        return read(file.body)

    def _made(self, known: Known, inputs: str) -> Made | None:
        return _read(self._bytes(self._key(known, inputs)))

    def _has_bytes(self, place: RowPlace[Settled], row: Settled) -> bool:
        """Whether the bytes of a page are kept. The first page of a batch stands for all, if its own are: what is too
        much is dropped in order."""
        if place.batch is not self._batch:
            first = place.batch.rows[0]
            self._batch = place.batch
            self._is_batch_whole = first is not None and self._cache.has(first.bodies)
        return self._is_batch_whole or self._cache.has(row.bodies)

    def _key(self, known: Known, inputs: str) -> bytes:
        """The key of what comes of a page whose inputs have that digest."""
        place = json.dumps([known.template, known.output, known.url, known.made_from, known.listed])
        used = self.templates.digest(known.template)
        return key_of(b"page made", program_digest(), used.encode(), as_bytes(place), inputs.encode())


def _digest_of_given(plan: Plan) -> str:
    """The digest of what a plan is given of other pages."""
    return key_of(as_bytes(repr(plan.given()))).hex() if plan.given else ""


def _read(data: bytes | None) -> Made | None:
    try:
        made: Made | None = decoder(Made)(from_json(data)) if data is not None else None
    except Unfit:
        return None
    return made
