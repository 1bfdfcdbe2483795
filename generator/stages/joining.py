"""All articles and records, joined to one site."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from generator.cache.cache import NOTHING_KEPT, Cache, key_of
from generator.cache.keeping import kept_each
from generator.markup.document import Document
from generator.problems.problem import Problem
from generator.site.facts import facts_for_links, facts_for_site
from generator.site.filing import build_catalogue
from generator.site.joined import Site, join
from generator.site.linker import link_in_time
from generator.site.links import form_of_links
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
    """Join all articles and records to one site as it is on a day, with all that is wrong in any of them."""
    problems = [problem for document in documents for problem in document.problems]
    data, found = read_data(sources, cache)
    problems += found
    catalogue, found = build_catalogue(sources.config, documents, sources.images, data, drafts)
    problems += found
    words, found = read_words(list(sources.words), catalogue.languages, cache)
    problems += found
    words = of_wider(words, sources.config.condition.wider if sources.config.condition else "")
    every = (*catalogue.documents.values(), *catalogue.hidden.values())
    facts = facts_for_links(catalogue, sources.facts)
    find = partial(link_in_time, catalogue=catalogue)
    links = kept_each("links", form_of_links(find), find, every, facts, cache)
    site, found = join(catalogue, links, words, today, portable)
    told = key_of(facts_for_site(catalogue, sources.facts), f"{today} {portable}".encode())
    return replace(site, facts=told, cache=cache), problems + found
