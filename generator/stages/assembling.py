"""All files of a site, put together: its pages, and what is made from them (the search, the policy, copies to keep)."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from generator.formats.optional import copies
from generator.formats.texts import index_output
from generator.output.hosts.hosting import Hosted, hosted, with_policy
from generator.output.needs import Needs, needs_of
from generator.output.offline import with_copy, without_copy
from generator.output.outputs import Output
from generator.output.reader import read_others
from generator.output.reading import Reading
from generator.output.search import search_outputs
from generator.problems.problem import Problem
from generator.runtime.means import Means
from generator.site.joined import Site
from generator.stages.making import Making
from generator.stages.options import Options, Progress


@dataclass(frozen=True)
class Assembled:
    """All files of a site. `readings` are what the HTML ones hold, `needs` is what they ask of a browser, and
    `is_whole` says whether all of them could be made."""

    outputs: tuple[Output, ...]
    readings: Mapping[str, Reading]
    needs: Needs
    is_whole: bool


def assemble(
    site: Site, made: Making, options: Options, progress: Progress, means: Means
) -> tuple[Assembled, list[Problem]]:
    """Put the files of a site together, with what is wrong with its index. Each part is timed as a stage of its own.

    Where a page or the index could not be made, there are no PDFs, no book and no list of texts: nothing of such a site
    is published.
    """
    config, cache, clock = site.catalogue.config, means.cache, means.clock
    pages, outputs = made.pages.pages, [*made.outputs]
    readings = read_others(made.readings, outputs)
    problems: list[Problem] = []
    if options.has_search and not made.problems:
        clock.begin("search")
        index, problems = search_outputs(pages, outputs, readings, site, partial(progress, "indexing"), cache)
        outputs += index
    is_whole = not (made.problems or problems)
    clock.begin("assembling")
    outputs += made.markdown
    needs = needs_of(outputs, readings, config.url, cache)
    if options.for_host:
        outputs = with_policy(outputs, needs, config, cache)
    outputs = without_copy(outputs) if options.portable else with_copy(outputs, readings, config.base_path, cache)
    clock.begin("PDF and book")
    if is_whole:
        outputs += copies(site, pages, outputs, options.pdf, options.epub, cache)
        outputs += [index_output(site, pages)]
    return Assembled(tuple(outputs), readings, needs, is_whole), problems


def for_hosts(done: Assembled, site: Site, options: Options, means: Means) -> Hosted:
    """Give the files of a site as they are published, with what the hosts named in site.yaml want."""
    if not options.for_host:
        return Hosted(done.outputs, None)
    config = site.catalogue.config
    compress = options.compress or config.compress
    return hosted(done.outputs, done.needs, config, site.catalogue.redirects, compress, means.cache)
