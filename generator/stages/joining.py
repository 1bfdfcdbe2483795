"""All articles and records, joined to one site."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from generator.cache.cache import NOTHING_KEPT, Cache, key_of
from generator.cache.remembering import remembered
from generator.markup.document import Document
from generator.problems.problem import Problem
from generator.site.catalogue import build_catalogue, what_links_meet, what_site_meets
from generator.site.joined import Site, join
from generator.site.linker import link_in_time
from generator.site.links import form_of_links
from generator.site.words import read_words
from generator.stages.intake import Sources, read_data


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
    every = (*catalogue.documents.values(), *catalogue.hidden.values())
    facts = what_links_meet(catalogue, sources.facts)
    find = partial(link_in_time, catalogue=catalogue)
    links = remembered("links", form_of_links(find), find, every, facts, cache)
    site, found = join(catalogue, links, words, today, portable)
    told = key_of(what_site_meets(catalogue, sources.facts), f"{today} {portable}".encode())
    return replace(site, facts=told, cache=cache), problems + found
