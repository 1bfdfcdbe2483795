"""What the texts say: no promise near a treatment, no statement without a source, no sign made less urgent."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from generator.cache.seen import once
from generator.config import Wording
from generator.evidence.red_flags import RedFlag
from generator.markup.document import Document
from generator.markup.prose import Passage, Sentence, sentences
from generator.problems.problem import Problem
from generator.site.joined import Site
from generator.sources.kinds import LEVELS, OPEN

_QUOTED = re.compile(r"“[^”]{0,2000}”|\"[^\"]*\"|‘[^’]{0,2000}’(?!\w)")
_TURN = re.compile(r"\b(?:but|yet|however|although)\b|[;:]")
_NEAR = 12
"""Words within which a denial reaches a word of promise."""
_REACH = 1_000
"""Characters in which as many words stand in any case that is looked for."""
_FEW_WORDS = 4
_POINTER_WORDS = 32
"""Words up to which a paragraph with a link and without a citation only points to the page that has the sources."""


def check_text(document: Document, site: Site) -> list[Problem]:
    """Read the text of one article."""
    wording = site.catalogue.config.wording
    prose = document.prose
    problems: list[Problem] = []
    if wording.promise:
        is_about_one = document.kind == "treatment"
        problems += _promises(document.path, prose, wording, _treatment_words(site), is_about_one)
    if document.kind in site.catalogue.config.cited_kinds:
        problems += _uncited(document, wording)
    problems += _softened(document.path, prose, site.catalogue.data.red_flags, wording)
    return [*problems, *_unwritten(document)]


def check_records(site: Site) -> list[Problem]:
    """Read the texts of the records."""
    wording = site.catalogue.config.wording
    treatments = _treatment_words(site)
    problems: list[Problem] = []
    for path, passages in site.catalogue.data.prose.items():
        if wording.promise:
            problems += _promises(path, passages, wording, treatments)
        problems += _softened(path, passages, site.catalogue.data.red_flags, wording)
    return problems


@once
def _treatment_words(site: Site) -> tuple[str, ...]:
    """The words that mean a treatment: those of site.yaml, and the names of the treatments' own pages."""
    words = list(site.catalogue.config.wording.treatments)
    for document in site.catalogue.documents.values():
        if document.kind == "treatment":
            words += [document.nav_title, *document.aliases]
    return tuple(dict.fromkeys(word.casefold() for word in words))


def _promises(
    path: str, passages: Iterable[Passage], wording: Wording, treatments: tuple[str, ...], is_about_one: bool = False
) -> Iterator[Problem]:
    """Find words of promise in sentences that name a treatment; in all, where the whole text is about one."""
    for passage in passages:
        if passage.quoted:
            continue
        said = _QUOTED.sub(lambda match: " " * len(match[0]), passage.text)
        for sentence in sentences(passage.text):
            near = is_about_one or _any_word(treatments).search(sentence.text)
            if not near or sentence.is_question:
                continue
            for match in _any_word(wording.promise).finditer(said, sentence.start, sentence.end):
                start = max(sentence.start, match.start() - _REACH)
                if not _is_negated(said[start : match.start()], wording):
                    span = passage.span(path, match.start(), match.end())
                    hint = "let a finding say it, say that it is not shown, or quote what others say"
                    yield Problem("promise-word", f'"{match[0]}" promises more than is known', span, hint)


def _is_negated(before: str, wording: Wording) -> bool:
    """Whether a word of doubt or denial stands shortly before, in the same part of the sentence."""
    turns = [match.end() for match in _TURN.finditer(before)]
    near = " ".join((before[turns[-1] :] if turns else before).split()[-_NEAR:])
    return bool(_any_word(wording.negations).search(near))


def _uncited(document: Document, wording: Wording) -> Iterator[Problem]:
    """Find paragraphs, list items and fields without a citation. A table or a list may be cited beside it."""
    body = [one for one in document.prose if one.kind not in ("heading", "field", "figure")]
    lead: Passage | None = None
    for number, passage in enumerate(body):
        if number and body[number - 1].part < passage.part:
            lead = body[number - 1]
        if passage.cited or passage.quoted or _is_open(passage) or _needs_no_source(passage, wording):
            continue
        if passage.kind in ("row", "caption"):
            if passage.kind == "caption" and not _table_is_cited(body, number):
                yield _no_citation("this table", passage, document, wording)
        elif passage.kind == "item":
            if not (lead and lead.is_lead and lead.cited):
                yield _no_citation("this entry of a list", passage, document, wording)
        elif not passage.is_lead:
            yield _no_citation("this paragraph", passage, document, wording)
    for passage in document.prose:
        is_plain = passage.field in ("title", "question", "summary") or _is_open(passage)
        if passage.kind == "field" and not is_plain and not passage.cited and not _needs_no_source(passage, wording):
            yield _no_citation(f'"{passage.field}"', passage, document, wording)


def _table_is_cited(body: list[Passage], caption: int) -> bool:
    """Whether a row of the table, its caption, or the paragraph before or after it has a citation."""
    end = caption + 1
    while end < len(body) and body[end].kind == "row":
        end += 1
    return any(one.cited for one in body[max(caption - 1, 0) : end + 1])


def _needs_no_source(passage: Passage, wording: Wording) -> bool:
    words = passage.text.split()
    if len(words) < _FEW_WORDS or (passage.linked and len(words) <= _POINTER_WORDS):
        return True
    return bool(wording.no_source_needed and _any_word(wording.no_source_needed).search(" ".join(words)))


def _no_citation(what: str, passage: Passage, document: Document, wording: Wording) -> Problem:
    hint = "write [@key] where the statement stands"
    if wording.no_source_needed:
        ours = " or ".join(f'"{words}"' for words in wording.no_source_needed[:3])
        hint += f"; what only says what we did needs no source if it names {ours}"
    return Problem("uncited-paragraph", f"{what} has no citation", passage.span(document.path), hint)


def _is_open(passage: Passage) -> bool:
    """Whether somebody has yet to write it, which is a problem of its own."""
    return f"{OPEN}:" in passage.text


def _unwritten(document: Document) -> Iterator[Problem]:
    """Find what somebody has yet to write, as it stands in every new file."""
    for passage in document.prose:
        start = passage.text.find(f"{OPEN}:")
        if start >= 0:
            yield Problem(
                "unwritten", "this is yet to be written", passage.span(document.path, start, start + len(OPEN))
            )


def _softened(path: str, passages: Iterable[Passage], flags: Iterable[RedFlag], wording: Wording) -> Iterator[Problem]:
    """Find sentences, and callouts, that give a sign a lower level than its red flag has."""
    named = [flag for flag in flags if flag.mentions and flag.level]
    any_sign = _any_word(tuple(word for flag in named for word in flag.mentions))
    lead: Passage | None = None
    for passage in passages:
        if passage.kind != "item":
            lead = passage if passage.is_lead else None
        for sentence in sentences(passage.text) if any_sign.search(passage.text) else ():
            for flag in named:
                match = _any_word(flag.mentions).search(passage.text, sentence.start, sentence.end)
                if match and _is_softer(flag, passage, sentence, lead, wording):
                    span = passage.span(path, match.start(), match.end())
                    message = f'"{match[0]}" is less urgent here than "{flag.id}" in red-flags.yaml: {flag.level}'
                    yield Problem("softened-sign", message, span, f"say what to do: {flag.action}")


def _is_softer(flag: RedFlag, passage: Passage, sentence: Sentence, lead: Passage | None, wording: Wording) -> bool:
    """Whether all that is said of how fast, here, by the line above its list or by the callout around it, is slower
    than the flag's level."""
    limit = LEVELS.index(flag.level)
    said = {_level_of(match[0], wording) for match in _level_words(wording).finditer(sentence.text)}
    if lead is not None and passage is not lead and not _level_words(wording).search(passage.text):
        said = {_level_of(match[0], wording) for match in _level_words(wording).finditer(lead.text)}
    if passage.level in LEVELS and not said:
        said = {passage.level}
    return bool(said) and all(LEVELS.index(level) > limit for level in said)


def _level_words(wording: Wording) -> re.Pattern[str]:
    """Find any word that says how fast; of two that overlap, the longer: "not urgent" is not "urgent"."""
    return _any_word(tuple(word for words in wording.levels.values() for word in words))


def _level_of(found: str, wording: Wording) -> str:
    plain = " ".join(found.casefold().split())
    known = {level: {" ".join(word.casefold().split()) for word in wording.levels[level]} for level in LEVELS}
    return next(level for level in LEVELS if plain in known[level])


@lru_cache(maxsize=512)
def _any_word(words: tuple[str, ...]) -> re.Pattern[str]:
    """Find any of some words; none where there are none."""
    if not words:
        return re.compile(r"(?!)")
    choice = "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in sorted(words, key=len, reverse=True))
    return re.compile(rf"(?<![\w-])(?:{choice})(?![\w-])", re.IGNORECASE)
