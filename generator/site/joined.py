"""The joined site: the catalogue, what every document links to, and who links to whom."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from generator.cache.cache import NOTHING_KEPT, Cache
from generator.cache.seen import BACKLINKS, DAYS, LINKS, Noted, noting
from generator.cache.traces import Traces
from generator.evidence.claims import Claim
from generator.evidence.glossary import Matcher, matchers
from generator.markup.document import Document
from generator.problems.problem import Problem
from generator.site.catalogue import Catalogue, fill_in, path_of
from generator.site.linker import link_in_time
from generator.site.links import Linked
from generator.site.words import Words


@dataclass(frozen=True, eq=False)
class Site:
    """All that the pages are made from. `today` is the day of the build, such as 2026-11-21; `words` are by language.

    A `portable` site is read from a folder: each link names a file, and there is no server and no worker.
    """

    catalogue: Catalogue
    linked: Mapping[str, Linked]
    """What each article points at, by its path; looking at one is noted."""
    link_digests: Mapping[str, bytes]
    """What tells what each article points at from anything else, by its path."""
    words: Mapping[str, Words]
    today: str
    portable: bool
    facts: bytes
    """The digest of all that is here, but for what must be looked at in single articles."""
    cache: Cache
    """Where it is kept what was found."""

    @cached_property
    def matchers(self) -> Mapping[str, Matcher]:
        """What finds the glossary's terms in a text, by language."""
        return matchers(self.catalogue.data.terms)

    @cached_property
    def backlinks(self) -> Noted[tuple[str, ...]]:
        """The documents that link to each document, in a text or as related."""
        found: dict[str, dict[str, None]] = {path: {} for path in self.catalogue.documents}
        with noting():  # this looks at all of them, whoever asks for one
            for path in sorted(self.linked):
                for target in (*self.linked[path].pages, *self.linked[path].related):
                    if path in self.catalogue.documents and target != path:
                        found[target][path] = None
        return Noted(BACKLINKS, {path: tuple(sources) for path, sources in found.items()})

    @cached_property
    def names(self) -> Mapping[str, tuple[str, ...]]:
        """The names by which readers look for each page, by its address."""
        found: dict[str, dict[str, None]] = {}
        documents = self.catalogue.documents
        pairs = [(path_of(one.page), one.name) for one in self.catalogue.data.names]
        pairs += [(path, alias) for path, document in documents.items() for alias in document.aliases]
        for path, name in pairs:
            if path in documents:
                found.setdefault(self.catalogue.url_of(documents[path]), {})[name] = None
        return {url: tuple(names) for url, names in found.items()}

    @cached_property
    def claims_from(self) -> Mapping[str, tuple[Claim, ...]]:
        """The findings that rest on each work, by the work's key."""
        found: dict[str, dict[str, Claim]] = {}
        for claim in self.catalogue.data.claims.values():
            for source in claim.sources:
                found.setdefault(source.key, {})[claim.id] = claim
        return {key: tuple(claims.values()) for key, claims in found.items()}

    @cached_property
    def traces(self) -> Traces:
        """What compares what was looked at with what there is."""
        return Traces(self.digests)

    def digests(self, what: str) -> Mapping[str, str]:
        """The digests of what can be looked at of documents (`cache/seen.py`), by path; none of what is not there."""
        if what == LINKS:
            return {path: one.hex() for path, one in self.link_digests.items()}
        if what == BACKLINKS:
            return {path: _digest("\0".join(sources)) for path, sources in self.backlinks.known.items()}
        every = (*self.catalogue.documents.values(), *self.catalogue.hidden.values())
        return {one.path: one.days_digest if what == DAYS else one.digest for one in every}

    def with_newer(self, document: Document) -> tuple["Site", tuple[Problem, ...]]:
        """The site with a shown article as it was read anew, and what its links and names do wrong.

        The other articles are not linked again: what they show of this one's headings is as it was.
        """
        old, before = self.catalogue.documents[document.path], self.linked[document.path]
        catalogue = self.catalogue.with_newer(document)
        after = link_in_time(document, catalogue)
        linked = {**self.linked, document.path: after}
        site = replace(self, catalogue=catalogue, linked=linked, facts=b"", cache=NOTHING_KEPT)
        names = {"matchers", "claims_from"}
        names |= {"names"} if old.aliases == document.aliases else set()
        names |= {"backlinks"} if (before.pages, before.related) == (after.pages, after.related) else set()
        fill_in(site, {name: value for name, value in vars(self).items() if name in names})
        return site, after.problems

    def claims_of(self, document: Document) -> list[Claim]:
        """The findings that a document names, in its fields and in its text."""
        known = self.catalogue.data.claims
        return [known[name] for name in self.linked[document.path].claims if name in known]

    def questions_about(self, document: Document) -> list[Document]:
        """The questions that name a page as related."""
        asked = [self.catalogue.documents[path] for path in self.backlinks[document.path]]
        named = [one for one in asked if one.kind == "question" and document.kind != "question"]
        return [one for one in named if document.path in self.linked[one.path].related]


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
