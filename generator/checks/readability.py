"""How hard the pages are to read: the grade of each page and section, sentences too long, words not explained."""

import json
import math
import re
from collections.abc import Iterator, Mapping

from generator.config import Config, ReadingLimits
from generator.disk.folders import CONTENT
from generator.evidence.glossary import Matcher
from generator.evidence.readability import word_count
from generator.markup.document import Document
from generator.markup.prose import sentences
from generator.problems.problem import Problem, Span
from generator.site.grades import Grade, grade
from generator.site.joined import Site
from generator.sources.decoding import decode
from generator.sources.files import SourceFile
from generator.sources.kinds import OPEN

GRADES = f"{CONTENT}/grades.json"
_SECTION_WORDS = 80
"""Words from which the grade of a single section says something."""
_SECTION_MORE = 2.0
"""By how much a section may be above its page's limit."""
_SLACK = 0.05
_CAPITALS = re.compile(r"(?<![\w-])[A-Z]{2,}s?(?![\w-])")


def read_grades(file: SourceFile | None) -> tuple[dict[str, float], list[Problem]]:
    """Read the grades that the pages had, by path; a file that cannot be read is a problem, and no limit."""
    if file is None:
        return {}, []
    text, problems = decode(file)
    try:
        found = json.loads(text or "{}")
        kept = {str(path): float(value) for path, value in found.items()}
        if all(map(math.isfinite, kept.values())):
            return kept, problems
    except (ValueError, AttributeError, TypeError, OverflowError, RecursionError):
        pass
    if text is not None:
        hint = "make it anew with the command `grades`"
        problems.append(Problem("bad-json", "the grades cannot be read", Span(file.path), hint))
    return {}, problems


def check_readability(document: Document, site: Site, kept: Mapping[str, float]) -> list[Problem]:
    """Check one page against the limits of site.yaml, and against the grade that it had before."""
    config = site.catalogue.config
    limit = next((one for one in config.reading if one.kind == document.kind), None)
    found = grade(document, site) if limit else None
    if limit is None or found is None:
        return []
    return [
        *_check_page(found, limit, kept.get(document.path), document),
        *_long_sentences(document, limit),
        *_unexplained(document, config, site.matchers.get(document.language)),
    ]


def _check_page(found: Grade, limit: ReadingLimits, before: float | None, document: Document) -> Iterator[Problem]:
    reached = found.whole.grade
    title = next((one for one in document.prose if one.field in ("title", "question")), None)
    span = title.span(document.path) if title else Span(document.path)
    if reached > limit.grade + _SLACK:
        message = (
            f"the page has the reading grade {reached:.1f}; the limit of its kind ({limit.kind}) is {limit.grade:g}"
        )
        yield Problem("hard-to-read", message, span, _hardest(found))
    elif before is not None and reached > before + _SLACK:
        message = f"the page had the reading grade {before:.1f} and now has {reached:.1f}"
        yield Problem("harder-to-read", message, span, f"{_hardest(found)}; if it must be, raise it in {GRADES}")
    passive = round(100 * found.whole.passive / max(found.whole.sentences, 1))
    if passive > limit.passive:
        message = f"{passive} of 100 sentences are in the passive voice; at most {limit.passive} are allowed"
        yield Problem("passive-voice", message, span, "say who does what")
    for heading, section in found.sections:
        if section.words >= _SECTION_WORDS and section.grade > limit.grade + _SECTION_MORE + _SLACK:
            most = limit.grade + _SECTION_MORE
            message = f"this section has the reading grade {section.grade:.1f}; {most:g} is the limit"
            yield Problem("hard-to-read", message, heading.span(document.path), "use shorter sentences and words")


def _hardest(found: Grade) -> str:
    """Name the section where a mend would help most."""
    long = [(heading, one) for heading, one in found.sections if one.words >= _SECTION_WORDS]
    if not long:
        return "use shorter sentences and words"
    heading, one = max(long, key=lambda pair: pair[1].grade)
    return f'begin with "{" ".join(heading.text.split())}", which has {one.grade:.1f}'


def _long_sentences(document: Document, limit: ReadingLimits) -> Iterator[Problem]:
    for passage in document.prose:
        for sentence in sentences(passage.text) if passage.kind != "row" else ():
            words = word_count(sentence.text)
            if words > limit.sentence:
                span = passage.span(document.path, sentence.start, sentence.end)
                message = f"this sentence has {words} words; at most {limit.sentence} are easy to follow"
                yield Problem("long-sentence", message, span, "make two of it")


def _unexplained(document: Document, config: Config, matcher: Matcher | None) -> Iterator[Problem]:
    """Find medical words by their endings, and abbreviations, that neither the glossary nor site.yaml knows.

    In brackets, as in "a tough sheet (fascia)", a word is explained by those before it.
    """
    wording = config.wording
    if not wording.medical_endings:
        return
    endings = "|".join(re.escape(one) for one in sorted(wording.medical_endings, key=len, reverse=True))
    medical = re.compile(rf"(?<![\w-])[A-Za-z]\w+(?:{endings})s?(?![\w-])|{_CAPITALS.pattern}")
    known = {one.casefold() for one in (*wording.plain_words, OPEN)}
    seen: set[str] = set()
    for passage in document.prose:
        text = matcher.hide(passage.text) if matcher else passage.text
        for match in medical.finditer(text) if not passage.quoted else ():
            word = match[0].casefold()
            if word in known or word.removesuffix("s") in known or word in seen:
                continue
            seen.add(word)
            if _is_in_brackets(text, match.start()):
                continue
            span = passage.span(document.path, match.start(), match.end())
            hint = "put it into glossary.yaml, use an everyday word, or allow it in `plain_words` of site.yaml"
            yield Problem("unexplained-word", f'"{match[0]}" is not explained anywhere', span, hint)


def _is_in_brackets(text: str, place: int) -> bool:
    """Whether a word stands in round brackets: after the everyday words that explain it."""
    return text.rfind("(", 0, place) > text.rfind(")", 0, place)
