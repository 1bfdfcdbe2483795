"""Glossary terms, and the marking of each at its first use in a text."""

import html
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from generator.problems import Span
from generator.sources.records import Record

_PIECES = re.compile(r'(<[^<>"]*(?:"[^"]*"[^<>"]*)*>)')
_SHORT = 24
"""Characters up to which a term stays on one line with the brackets and stops around it, even on a small phone."""
_TAG = re.compile(r"<(/?)([a-z0-9]+)")
_NOT_IN = {
    "a",
    "button",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "caption",
    "figcaption",
    "code",
    "pre",
    "th",
    "dfn",
}


@dataclass(frozen=True)
class Term:
    """One term with the forms in which it stands in texts."""

    id: str
    term: str
    forms: tuple[str, ...]
    definition: str
    language: str
    sources: tuple[tuple[str, Span], ...]
    span: Span


def read_term(record: Record, language: str) -> Term:
    """Make a term from its record; `language` is the site's."""
    keys = record.texts("sources")
    return Term(
        id=record.text("id"),
        term=record.text("term"),
        forms=record.texts("forms"),
        definition=record.text("definition"),
        language=record.text("language") or language,
        sources=tuple((key, record.at(f"sources.{index}")) for index, key in enumerate(keys)),
        span=record.at("term"),
    )


class Matcher:
    """Finds the terms of one language in a text."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self.by_form: dict[str, Term] = {}
        for term in terms:
            for form in (term.term, *term.forms):
                self.by_form.setdefault(form if form.isupper() else form.casefold(), term)
        forms = sorted(self.by_form, key=lambda form: (-len(form), form))
        choice = "|".join(re.escape(html.escape(form, quote=False)) for form in forms)
        found = rf"(\(?)(?<![\w-])({choice})(?![\w-])([).,;:]*)"
        self.pattern = re.compile(found, re.IGNORECASE) if forms else None

    def term_of(self, found: str) -> Term | None:
        """Give the term of a form that was found; acronyms only in capitals."""
        plain = html.unescape(found)
        return self.by_form.get(plain) or self.by_form.get(plain.casefold())


def mark_terms(text: str, matcher: Matcher, explain: Callable[[Term, str], str], used: dict[str, None]) -> str:
    """Explain each term that is not yet in `used` at its first place in running HTML text, and add it there."""
    if matcher.pattern is None:
        return text
    within: list[str] = []

    def explained(match: re.Match[str]) -> str:
        before, found, after = match.groups()
        term = matcher.term_of(found)
        if term is None or term.id in used:
            return match.group()
        used[term.id] = None
        marked = f"{before}{explain(term, found)}{after}"
        together = (before or after) and len(found) <= _SHORT
        return f'<span class="nobr">{marked}</span>' if together else marked

    pieces = _PIECES.split(text)
    for index, piece in enumerate(pieces):
        if index % 2:
            _step(piece, within)
        elif not within:
            pieces[index] = matcher.pattern.sub(explained, piece)
    return "".join(pieces)


def _step(tag: str, within: list[str]) -> None:
    match = _TAG.match(tag)
    if not match or match[2] not in _NOT_IN:
        return
    if match[1]:
        if within and within[-1] == match[2]:
            within.pop()
    else:
        within.append(match[2])


def matchers(terms: Iterable[Term]) -> Mapping[str, Matcher]:
    """Make one matcher for each language."""
    every = tuple(terms)
    languages = sorted({term.language for term in every})
    return {language: Matcher(one for one in every if one.language == language) for language in languages}
