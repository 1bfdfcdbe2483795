"""Glossary terms, and the marking of each at its first use in a text."""

import html
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from generator.problems.problem import Span
from generator.sources.records import Record

_PIECES = re.compile(r'(<[^<>"]*(?:"[^"]*"[^<>"]*)*>)')
_SHORT = 24
"""Characters up to which a term stays on one line with the brackets and stops around it, even on a small phone."""
_STOPS = re.compile(r"[).,;:]*")
_NOT_IN = re.compile(r"<(/?)(a|button|h[1-6]|caption|figcaption|code|pre|th|dfn)(?![a-z0-9])")
"""The tags of elements in which no term is explained."""


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
    return Term(
        id=record.text("id"),
        term=record.text("term"),
        forms=record.texts("forms"),
        definition=record.text("definition"),
        language=record.text("language") or language,
        sources=record.placed("sources"),
        span=record.at("term"),
    )


class Matcher:
    """Finds the terms of one language in a text."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self.by_form: dict[str, Term] = {}
        for term in terms:
            for form in filter(None, (term.term, *term.forms)):  # of a record that is wrong, a part may lack
                self.by_form.setdefault(form if form.isupper() else form.casefold(), term)
        self._pattern = _any_form({_lower(form) for form in self.by_form})

    def find(self, text: str) -> Iterator[tuple[int, int, Term]]:
        """Give every term in a plain text with its place; acronyms only in capitals."""
        for match in self._pattern.finditer(_lower(text)):
            found = text[match.start() : match.end()]
            term = self.by_form.get(found) or self.by_form.get(found.casefold())
            if term:
                yield match.start(), match.end(), term

    def hide(self, text: str) -> str:
        """Put a short word for each term, padded so that all else stays in its place."""
        pieces, end = [], 0
        for start, stop, _ in self.find(text):
            pieces += [text[end:start], "it".ljust(stop - start)]
            end = stop
        return "".join([*pieces, text[end:]])


def _lower(text: str) -> str:
    """Text in small letters, of the same length: a letter that would become two stays as it is."""
    small = text.lower()
    return small if len(small) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def _any_form(forms: Iterable[str]) -> re.Pattern[str]:
    """Find any of these, the longest first; grouped by their first letter, which makes it some thirty times faster."""
    by_letter: dict[str, list[str]] = {}
    for form in sorted(forms, key=lambda one: (-len(one), one)):
        by_letter.setdefault(form[0], []).append(form[1:])
    groups = (f"{re.escape(letter)}(?:{'|'.join(map(re.escape, rest))})" for letter, rest in sorted(by_letter.items()))
    return re.compile(rf"(?<![\w-])(?:{'|'.join(groups) or '(?!)'})(?![\w-])")


def mark_terms(text: str, matcher: Matcher, explain: Callable[[Term, str], str], used: dict[str, None]) -> str:
    """Explain each term that is not yet in `used` at its first place in running HTML text, and add it there."""
    within: list[str] = []
    pieces = _PIECES.split(text)
    for index, piece in enumerate(pieces):
        if index % 2:
            tag = _NOT_IN.match(piece)
            if tag and not tag[1]:
                within.append(tag[2])
            elif tag and within and within[-1] == tag[2]:
                within.pop()
        elif not within and piece.strip():
            pieces[index] = _marked(piece, matcher, explain, used)
    return "".join(pieces)


def _marked(piece: str, matcher: Matcher, explain: Callable[[Term, str], str], used: dict[str, None]) -> str:
    """Explain terms in text between two tags. A short one stays on one line with the brackets and stops around it."""
    plain = html.unescape(piece) if "&" in piece else piece
    found = [one for one in matcher.find(plain) if one[2].id not in used]
    if not found:
        return piece
    is_ours = _escape(plain) == piece
    escape = _escape if is_ours else str  # what is escaped in another way than ours is taken as it stands
    if not is_ours:
        plain, found = piece, list(matcher.find(piece))
    out, end = [], 0
    for start, stop, term in found:
        if term.id in used:
            continue
        used[term.id] = None
        first = start - 1 if start > end and plain[start - 1] == "(" else start
        stops = _STOPS.match(plain, stop)
        last = stops.end() if stops else stop
        marked = f"{plain[first:start]}{explain(term, escape(plain[start:stop]))}{plain[stop:last]}"
        together = last - first > stop - start and stop - start <= _SHORT
        out += [escape(plain[end:first]), f'<span class="nobr">{marked}</span>' if together else marked]
        end = last
    return "".join([*out, escape(plain[end:])])


def _escape(text: str) -> str:
    return html.escape(text, quote=False)


def matchers(terms: Iterable[Term]) -> Mapping[str, Matcher]:
    """Make one matcher for each language."""
    every = tuple(terms)
    languages = sorted({term.language for term in every})
    return {language: Matcher(one for one in every if one.language == language) for language in languages}
