"""What the search of a language knows besides the index of the pages: signs that go first, synonyms, known words."""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from generator.cache.cache import NOTHING_KEPT, Cache, key_of
from generator.cache.program import program_digest
from generator.evidence.red_flags import most_urgent_first
from generator.markup.document import Document
from generator.site.catalogue import NAMES
from generator.site.joined import Site
from generator.site.recalled import in_each
from generator.site.words import Word, plain

Data = dict[str, Any]

_WORD = re.compile(r"[^\W\d_]{4,}")
"""Words that are looked at for slips; shorter ones are too like each other."""
_ANY_WORD = re.compile(r"[^\W_]+")


def guide(language: str, site: Site, cache: Cache = NOTHING_KEPT) -> Data:
    """Give the guide of a language as plain data. Addresses are relative to the site's root.

    The words of `vocabulary` are proposed for slips; those of `known` are no slips, and are never proposed. Words by
    which readers tell of a sign, or which stand for others, need not be in our texts.
    """
    words = site.words[language]
    right = _words_of_documents(site.catalogue.in_language(language), cache)
    right |= {word for text in _other_texts(language, site) for word in _words(text)}
    data = site.catalogue.data
    others = [one.name for one in data.names if one.kind == "misspelling"]
    others += [one.sort_key[0] for one in data.references.values()]  # its first author
    known = {word for text in others for word in _words(text)}
    return {
        "words": {key.removeprefix("search_"): word for key, word in words.items() if key.startswith("search_")},
        "skip": plain(words, "search_skip").split(),
        "names": site.catalogue.page_url(NAMES, language).removeprefix("/"),
        "help": urgent[1].removeprefix("/") if (urgent := site.catalogue.urgent(language)) else "",
        "signs": _signs(words, site) if language == site.catalogue.config.language else [],
        "synonyms": [[[*one.typed], one.means] for one in data.synonyms if one.language == language],
        "vocabulary": " ".join(sorted(right)),
        "known": " ".join(sorted(known - right)),
    }


def searched_words(language: str, site: Site) -> frozenset[str]:
    """Give all words of a language's texts."""
    every = (text for document in site.catalogue.in_language(language) for text in _texts(document))
    return words_in((*every, *_other_texts(language, site)))


def which_are_searched(words: frozenset[str], language: str, site: Site) -> frozenset[str]:
    """Give those of some words that the texts of a language have. An article that is as it was is not read for them
    again, so long as they are the same."""

    def in_document(document: Document, _site: Site) -> tuple[str, ...]:
        return tuple(sorted(words & words_in(_texts(document))))

    what = "which are searched " + " ".join(sorted(words))
    found = in_each(what, tuple[str, ...], in_document, site.catalogue.in_language(language), site)
    others = words & words_in(_other_texts(language, site))
    return others.union(*found.values())


def words_in(texts: Iterable[str]) -> frozenset[str]:
    """Give all words of some texts as they are compared, without case."""
    return frozenset(word.casefold() for text in texts for word in _ANY_WORD.findall(text))


def _words_of_documents(documents: list[Document], cache: Cache) -> set[str]:
    """All words of documents that are looked at for slips. A document that is as it was is not read for them again."""
    base = key_of(b"words", program_digest())
    keys = [key_of(base, json.dumps([one.path, one.kind, one.language, one.digest]).encode()) for one in documents]
    kept = cache.get(keys)
    found: set[str] = set()
    for key, one in zip(keys, documents, strict=True):
        if key in kept:
            found.update(kept[key].decode().split())
            continue
        words = {word for text in _texts(one) for word in _words(text)}
        cache.put({key: " ".join(sorted(words)).encode()})
        found |= words
    return found


def _signs(words: Any, site: Site) -> list[Data]:
    """The signs that have words to find them by, the most urgent first."""
    return [
        {
            "level": level,
            "title": _text(words[f"level_{level}"]),
            "sign": flag.sign,
            "action": flag.action,
            "words": [*flag.search, *flag.mentions],
        }
        for level, flags in most_urgent_first(list(site.catalogue.data.red_flags))
        for flag in flags
        if flag.search or flag.mentions
    ]


def _texts(document: Document) -> Iterator[str]:
    """What readers can search for in a document: its title, its names and the text itself."""
    yield from (document.title, document.summary, *document.aliases)
    yield from (passage.text for passage in document.prose)


def _other_texts(language: str, site: Site) -> Iterator[str]:
    """What else readers can search for: names, terms and signs."""
    catalogue = site.catalogue
    yield from (one.name for one in catalogue.data.names if one.kind != "misspelling")
    yield from (text for one in catalogue.data.terms if one.language == language for text in (one.term, *one.forms))
    if language == catalogue.config.language:
        yield from (text for one in catalogue.data.red_flags for text in (one.sign, *one.mentions))


def _words(text: str) -> list[str]:
    return [one.casefold() for one in _WORD.findall(text)]


def _text(word: Word) -> str:
    return word if isinstance(word, str) else word["other"]
