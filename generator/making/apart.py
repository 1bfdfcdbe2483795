"""Pages made in copies of the process that wants them: what came of each comes back, with what is to be kept of it."""

from collections.abc import Callable
from dataclasses import replace

from generator.cache.cache import Cache, Gathered
from generator.cache.packing import unpacked
from generator.making.fresh import FreshPages
from generator.making.wanted import Done, Wanted
from generator.markup.kept import hold_few
from generator.runtime.sharing import timed


def apart(fresh: FreshPages) -> Callable[[Wanted], Done]:
    """Give what makes a page in a copy of this process."""

    def make(wanted: Wanted) -> Done:
        hold_few()
        done = fresh.begin(wanted)
        if not isinstance(done, Done):
            ((rendered, spent),) = timed(fresh.render, [done.page])
            done = replace(fresh.end(done, rendered), spent=spent)
        if done.made.reading:
            _ = done.made.reading.digests  # found here, they travel with it
        return done

    return make


def brought_back(done: Done, gathered: Gathered, cache: Cache) -> Done:
    """Keep what a copy of this process would keep of a page that it has made; bytes that cannot be kept are held."""
    if cache.add(gathered):
        return done
    rows = {row[0]: row[-1] for row in gathered.rows}
    lost = {one.digest: unpacked(rows[one.key]) or b"" for one in done.made.files if one.key in rows}
    return replace(done, unkept={**done.unkept, **lost})
