"""What the build can look at on a page for a standard. Each check says in one line what it looks at, and no more.

A check gives whether the page has it; None where the item does not concern such a page. None of them judges: what needs
judgement has no check. Those of `READ_ENGLISH` know words of English, and cannot tell in other languages.
"""

import re
from collections.abc import Callable, Mapping
from functools import wraps

from generator.evidence.readability import measure, word_count
from generator.markup.document import Document
from generator.site.blocks.findings import page_denominator
from generator.site.grades import grade
from generator.site.joined import Site
from generator.site.standards.on_page import (
    GRIDS,
    SHORT_VERSION,
    all_cited,
    boxes,
    denominators,
    flags_shown,
    linked,
    list_lengths,
    paragraphs,
    said,
    shows_all,
    tables,
    told,
    works,
)
from generator.sources.kinds import UNTREATED

Check = Callable[[Document, Site], bool | None]
"""Whether a page has what is asked; None where the item does not concern it."""

_LONGEST_LIST = 7  # CDC Clear Communication Index, item 8
_ACTIVE = 80  # of 100 sentences: by the guide of PEMAT, what holds so often holds throughout
_VERY_SHORT = 2  # paragraphs, by the guide of PEMAT
_IN_A_ROW, _AT_ONCE = 3, 150  # paragraphs and words that may stand together: our own limits

_VERB = (
    r"(?:call|ring|phone|dial|ask|tell|go (?:to|back)|get (?:help|an?|urgent)|see (?:an?|your)|speak to|take|do not"
    r"|don't|never|keep|stop|wait|write down)\b"
)
_ACT = re.compile(rf"\W*{_VERB}|(?:if|when|for|after|with)\b[^.?!]*,\s+{_VERB}", re.IGNORECASE)
_REACH = re.compile(r"\b(?:call|ring|phone|dial|go to|see (?:an?|your)|ask for|speak to)\b", re.IGNORECASE)
_YOU = re.compile(r"\byou(?:r|rs|rself)?\b", re.IGNORECASE)
_NOT_KNOWN = re.compile(
    r"\b(?:we do not (?:yet )?know|(?:is|are|was|were) (?:still )?not (?:known|clear|certain|settled)|unknown|uncertain"
    r"|unclear|unsettled|no(?:body| one) (?:knows|can be sure|has (?:tested|studied|compared|counted|measured|shown))"
    r"|(?:has|have) not been (?:tested|studied|compared|counted|measured|shown)|low certainty"
    r"|certainty is (?:very )?low|(?:found|is|are|was|were) no (?:study|studies|trials?|evidence|figures|reports?)"
    r"|disagree|do(?:es)? not agree|(?:sources|leaflets|guidelines|lists|results) differ)\b",
    re.IGNORECASE,
)


def _on_evidence(check: Check) -> Check:
    """Leave out pages that make no medical statements: those without a day on which the evidence was searched."""

    @wraps(check)
    def only(document: Document, site: Site) -> bool | None:
        concerned = document.kind != "page" or bool(document.day("evidence_searched"))
        return check(document, site) if concerned else None

    return only


def _authors(document: Document, site: Site) -> bool:
    """Every author is a person with a name, of whom people.yaml says who they are; a team does not count."""
    people = [site.catalogue.data.people.get(name) for name in document.texts("authors")]
    return bool(people) and all(bool(one and one.kind == "person" and one.name and one.about) for one in people)


def _dates(document: Document, site: Site) -> bool:
    """It has the day of its last change and of the last search, if it rests on one, and its review is not overdue."""
    days = ["updated", *(["evidence_searched"] if document.kind != "page" else [])]
    return all(document.day(day) for day in days) and document.review_due >= site.today


@_on_evidence
def _sources(document: Document, site: Site) -> bool:
    """It cites a work, and is of a kind of which the build refuses paragraphs and list items without a source."""
    return bool(works(document, site)) and document.kind in site.catalogue.config.cited_kinds


@_on_evidence
def _source_years(document: Document, site: Site) -> bool:
    """It has the days of its last change and search, and cites works of which each gives its year."""
    known = site.catalogue.data.references
    cited = [known[key] for key in works(document, site) if key in known]
    has_days = bool(document.day("updated") and document.day("evidence_searched"))
    return has_days and bool(cited) and all(one.year for one in cited)


@_on_evidence
def _uncertainty(document: Document, site: Site) -> bool:
    """It has a field of what is not known, a finding of very low certainty, disagreements, or words that say so."""
    if document.fragments("unknown") or any(name == "disagreements" for name, _ in document.blocks):
        return True
    if any(claim.certainty == "very-low" for claim in site.claims_of(document)):
        return True
    return any(_NOT_KNOWN.search(one) for one in said(document))


@_on_evidence
def _known_and_unknown(document: Document, site: Site) -> bool:
    """It cites a work, and it says what is not known, as the check of that finds it."""
    return bool(works(document, site)) and bool(_uncertainty(document, site))


def _how_it_works(document: Document, site: Site) -> bool | None:
    """The page of a treatment has a field of how it is thought to help, with a source."""
    return all_cited(document, "how_it_works") if document.kind == "treatment" else None


def _benefits(document: Document, site: Site) -> bool | None:
    """The page of a treatment shows findings, or says that it was not studied."""
    if document.kind != "treatment":
        return None
    return bool(site.claims_of(document)) or document.text("tested") == "no"


def _harms(document: Document, site: Site) -> bool | None:
    """The page of a treatment lists harms, each with a source."""
    return all_cited(document, "harms") if document.kind == "treatment" else None


def _no_treatment(document: Document, site: Site) -> bool | None:
    """A page on treatment is the one on having none, links to it, or shows the grid, in which it always stands."""
    if shows_all(document, site, "options", "treatment"):
        return True
    near = (document, *linked(document, site))
    return any(one.text("category") == UNTREATED for one in near) if document.kind == "treatment" else None


def _other_choices(document: Document, site: Site) -> bool | None:
    """A page on treatment links to the page of another treatment, or shows the grid of treatments."""
    if shows_all(document, site, "options", "treatment"):
        return True
    near = linked(document, site)
    return any(one.kind == "treatment" for one in near) if document.kind == "treatment" else None


@_on_evidence
def _summary(document: Document, site: Site) -> bool:
    """It has key points or a short answer, which the templates put into a box with a heading of its own."""
    return any(one.field in SHORT_VERSION for one in document.prose)


@_on_evidence
def _visual_cues(document: Document, site: Site) -> bool:
    """It has a box: key points, a short answer, a callout, or red flags."""
    return bool(_summary(document, site) or flags_shown(document, site) or any(one.level for one in document.prose))


@_on_evidence
def _action(document: Document, site: Site) -> bool:
    """It has a callout that says how fast to get help, red flags, or a sentence that tells the reader to act."""
    told_fast = bool(flags_shown(document, site) or boxes(document))
    return told_fast or any(_ACT.match(one) for one in said(document))


@_on_evidence
def _directions(document: Document, site: Site) -> bool | None:
    """Where it tells the reader to act: a callout, a red flag or a sentence says how fast and whom to call or see."""
    if not _action(document, site):
        return None
    words = [
        word for level, some in site.catalogue.config.wording.levels.items() if level != "routine" for word in some
    ]
    fast = re.compile("|".join(rf"(?<!\w){re.escape(word)}(?!\w)" for word in words) or r"(?!)", re.IGNORECASE)
    found = [flag.action for some in flags_shown(document, site) for flag in some]
    found += [text for box in boxes(document) for one in box for text in told(one)]
    found += [one for one in said(document) if fast.search(one)]
    return any(_REACH.search(one) for one in found)


@_on_evidence
def _speaks_to_you(document: Document, site: Site) -> bool:
    """It tells the reader to act, and every callout that says how fast, and every red flag, says "you" or to act."""
    groups = [[text for one in box for text in told(one)] for box in boxes(document)]
    groups += [[flag.sign, *flag.action.split(". ")] for some in flags_shown(document, site) for flag in some]
    spoken = all(any(_YOU.search(one) or _ACT.match(one) for one in group) for group in groups)
    return bool(_action(document, site)) and spoken


@_on_evidence
def _active_points(document: Document, site: Site) -> bool:
    """It has key points or a short answer, and no passive is found in them, nor in a callout that says how fast."""
    passages = [one for one in document.prose if one.field in SHORT_VERSION]
    passages += [one for box in boxes(document) for one in box]
    passive = any(measure(text).passive for one in passages for text in told(one))
    return bool(_summary(document, site)) and not passive


@_on_evidence
def _active_text(document: Document, site: Site) -> bool | None:
    """In at least 80 of 100 sentences of its running text no passive is found."""
    found = grade(document, site)
    if found is None or not found.whole.sentences:
        return None
    return 100 * (found.whole.sentences - found.whole.passive) >= _ACTIVE * found.whole.sentences


@_on_evidence
def _lists(document: Document, site: Site) -> bool:
    """It has a list, such as its key points, and none has more than 7 entries at one level."""
    found = list_lengths(document, site)
    return bool(found) and max(found) <= _LONGEST_LIST


@_on_evidence
def _short_sections(document: Document, site: Site) -> bool | None:
    """No list has more than 7 entries, nor do more than 3 paragraphs of over 150 words stand in a row."""
    rows = paragraphs(document)
    if sum(map(len, rows)) <= _VERY_SHORT:
        return None
    long = any(len(row) > _IN_A_ROW and sum(word_count(one.text) for one in row) > _AT_ONCE for row in rows)
    return not long and max(list_lengths(document, site), default=0) <= _LONGEST_LIST


@_on_evidence
def _one_denominator(document: Document, site: Site) -> bool | None:
    """All shares that it writes as "n of m", "n in m" or per cent, or draws, are of the same number."""
    counted = [claim for claim in site.claims_of(document) if claim.counted]
    found = denominators(document, site)
    found |= {str(page_denominator(counted))} if counted else set()
    return len(found) == 1 if found else None


@_on_evidence
def _captions(document: Document, site: Site) -> bool | None:
    """Every picture of its text has a caption; those that are drawn of findings always have one."""
    pictures = document.body.html.count("<img")
    if pictures:
        return document.body.html.count("<figcaption") == pictures
    return True if any(claim.counted for claim in site.claims_of(document)) else None


@_on_evidence
def _simple_tables(document: Document, site: Site) -> bool | None:
    """Its tables have at most 4 columns, with headings of at most 4 words, and rows that begin with at most 6."""
    if any(shows_all(document, site, *one) for one in GRIDS):
        return False
    found = tables(document)
    return all(found) if found else None


CHECKS: Mapping[str, Check] = {
    "authors": _authors,
    "dates": _dates,
    "sources": _sources,
    "source-years": _source_years,
    "uncertainty": _uncertainty,
    "known-and-unknown": _known_and_unknown,
    "how-it-works": _how_it_works,
    "benefits": _benefits,
    "harms": _harms,
    "no-treatment": _no_treatment,
    "other-choices": _other_choices,
    "summary": _summary,
    "visual-cues": _visual_cues,
    "action": _action,
    "directions": _directions,
    "speaks-to-you": _speaks_to_you,
    "active-points": _active_points,
    "active-text": _active_text,
    "lists": _lists,
    "short-sections": _short_sections,
    "one-denominator": _one_denominator,
    "captions": _captions,
    "simple-tables": _simple_tables,
}
"""What the build can look at, by name."""

READ_ENGLISH = frozenset(
    "uncertainty known-and-unknown action directions speaks-to-you active-points active-text one-denominator".split()
)
"""Checks that know words of English; what they cannot read is for a person."""
