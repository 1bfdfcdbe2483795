"""All articles and records, joined to one site."""

from collections.abc import Sequence
from functools import partial

from generator.cache.cache import NOTHING_KEPT, Cache, key_of
from generator.cache.keeping import kept_each
from generator.cache.seen import LINKS, Noted
from generator.markup.document import Document
from generator.problems.problem import Problem
from generator.site.facts import facts_for_links, facts_for_site
from generator.site.filing import build_catalogue
from generator.site.joined import Site
from generator.site.linker import check_links, link_in_time
from generator.site.links import form_of_links
from generator.site.record_links import check_records
from generator.site.words import of_wider, read_words
from generator.stages.data import read_data
from generator.stages.intake import Sources


def join_all(
    sources: Sources,
    documents: Sequence[Document],
    today: str,
    portable: bool = False,
    drafts: bool = False,
    cache: Cache = NOTHING_KEPT,
) -> tuple[Site, list[Problem]]:
    """Join all articles and records to one site as it is on a day (such as 2026-11-21), with all that is wrong in any
    of them. `portable` says whether it is read from a folder, without a server; `drafts`, whether it shows those too.
    """
    problems = [problem for document in documents for problem in document.problems]
    data, found = read_data(sources, cache)
    problems += found
    catalogue, found = build_catalogue(sources.config, documents, sources.images, data, drafts)
    problems += found
    words, found = read_words(list(sources.words), catalogue.languages, cache)
    problems += found
    words = of_wider(words, sources.config.condition.wider if sources.config.condition else "")
    every = (*catalogue.documents.values(), *catalogue.hidden.values())
    find = partial(link_in_time, catalogue=catalogue)
    links = kept_each("links", form_of_links(find), find, every, facts_for_links(catalogue, sources.facts), cache)
    problems += check_links(links.found, catalogue)
    problems += check_records(catalogue)
    site = Site(
        catalogue=catalogue,
        linked=Noted(LINKS, links.found),
        link_digests=links.digests,
        words=words,
        today=today,
        portable=portable,
        facts=key_of(facts_for_site(catalogue, sources.facts), f"{today} {portable}".encode()),
        cache=cache,
    )
    return site, problems
