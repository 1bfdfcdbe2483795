"""A page, made anew: put together and looked for by its inputs, then rendered and kept."""

from dataclasses import dataclass, replace

from generator.cache.cache import Cache
from generator.cache.program import program_digest
from generator.making.digests import Digests, digest_of_all
from generator.making.kept import KeptPages
from generator.making.reasons import Basis, made_anew, made_before
from generator.making.recipe import Recipe
from generator.making.rendering import Rendered, put_together, stopped
from generator.making.wanted import Done, Origin, Wanted
from generator.site.pages import Known, Page


@dataclass(frozen=True)
class Ready:
    """A page that is ready to be rendered, and what it is made from, now and when it was made before.

    There is no origin and no basis of a page whose inputs are no plain data.
    """

    page: Page
    known: Known
    origin: Origin | None
    basis: Basis | None
    before: Basis | None


class FreshPages:
    """Makes the pages of a recipe anew, each in two steps: between them it is rendered, in whatever process."""

    def __init__(self, recipe: Recipe, kept: KeptPages, cache: Cache) -> None:
        self.render = recipe.render
        self._recipe = recipe
        self._kept = kept
        self._cache = cache
        self._digests = Digests()

    def begin(self, wanted: Wanted) -> Ready | Done:
        """Put a page together. It is done if it was made of the same before, or takes too long."""
        page, known, seen = put_together(wanted.plan, self._recipe.seconds)
        if page is None:
            return Done(known, stopped(known.made_from, known.url, self._recipe.seconds))
        page = self._recipe.finish(page)
        then = wanted.kept.inputs if wanted.kept else ""  # which are what they are now
        before = made_before(known.url, self._cache) if then else None
        inputs = before.inputs if before and then == digest_of_all(before.inputs) else self._digests.of(page.inputs)
        if not inputs:
            return Ready(page, known, None, None, None)
        origin = Origin(digest_of_all(inputs), wanted.given, self._kept.traces.of(seen))
        found = self._kept.made_from(known, origin) if origin.inputs != then else None
        if found:
            return found
        basis = Basis(program_digest().hex(), self._kept.templates.digests(page.template), inputs)
        return Ready(page, known, origin, basis, before or made_before(known.url, self._cache))

    def end(self, ready: Ready, rendered: Rendered) -> Done:
        """Keep a page that was rendered, and note why it had to be."""
        done = self._kept.keep(ready.known, ready.origin, rendered)
        if ready.basis is None:
            return done
        return replace(done, why=made_anew(ready.known.url, ready.before, ready.basis, self._cache))
