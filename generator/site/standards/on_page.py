"""What stands on a page, found by rule: boxes, lists, shares, tables, what it cites, shows and links to."""

import re
from collections.abc import Iterator
from itertools import groupby

from generator.evidence.checked_claims import worst_first
from generator.evidence.red_flags import RedFlag, most_urgent_first
from generator.markup.directives import SIGNS
from generator.markup.document import Document
from generator.markup.prose import Passage, sentences
from generator.markup.slots import TOKEN
from generator.site.joined import Site
from generator.sources.kinds import LEVELS

URGENT = LEVELS[:3]
"""The levels of callouts that say how fast to get help."""
GRIDS = (("options", "treatment"), ("compare", "differential-diagnosis"))
"""The blocks that show pages of a kind side by side, and the kind."""
SHORT_VERSION = ("key_points", "short_answer")
"""Fields that say in short what the page says."""
_RUNNING = ("paragraph", "item", "field")
_TITLES = ("title", "question", "summary")
_LISTS = ("key_points", "harms", "unknown")
_COLUMNS, _COLUMN_WORDS, _ROW_WORDS = 4, 4, 6
_YEARS = ("1900", "2100")
_SHARE = re.compile(
    r"(?<![\d.,])(?P<some>\d[\d,]*(?:\.\d+)?)"
    r"(?:\s+(?:(?:out\s+)?of(?:\s+(?:the|these|those|its|every))?|(?P<within>in)(?:\s+every)?)\s+(?P<all>\d[\d,]*)"
    r"|\s*(?P<hundredths>%|per ?cent\b))"
)
_TABLE = re.compile(r"<table[ >].*?</table>", re.DOTALL)
_CELL = re.compile(r"<t[hd][^>]*>(.*?)</t[hd]>", re.DOTALL)
_ROW_HEAD = re.compile(r'<th scope="row">(.*?)</th>', re.DOTALL)
_TAG = re.compile(r"<[^>]*>")


def flags_shown(document: Document, site: Site) -> list[list[RedFlag]]:
    """Give the red flags that blocks show: a list for each block and level."""
    found = []
    for name, topics in _signs(document, site):
        if name in SIGNS:
            found += [some for _, some in most_urgent_first(site.catalogue.data.flags_on(topics))]
    return found


def _signs(document: Document, site: Site) -> list[tuple[str, tuple[str, ...]]]:
    """Give the blocks of a page, with the signs that stand above its maps of the body as blocks of their own."""
    found = []
    for name, names in document.blocks:
        found.append((name, names))
        if name == "body-map":
            maps = [one for one in site.catalogue.data.maps if not names or one.id in names]
            found += [("red-flags", tuple(topic for topic, _ in one.signs)) for one in maps]
    return found


def works(document: Document, site: Site) -> set[str]:
    """Give the keys of the works that a page cites in its text, and of all that stand behind what its blocks show."""
    data = site.catalogue.data
    placed = [pair for some in flags_shown(document, site) for flag in some for pair in flag.sources]
    names = {name for name, _ in document.blocks}
    if names & {*SIGNS, "body-map"}:
        placed += [pair for country in data.countries for pair in country.sources]
    if "body-map" in names:
        placed += [pair for one in data.maps for region in one.regions for pair in region.sources]
    if "disagreements" in names:
        placed += [pair for one in data.disagreements.values() for side in one.positions for pair in side.sources]
    if "checked-claims" in names:
        placed += [pair for one in data.checked_claims for pair in one.sources]
    kinds = {kind for block, kind in GRIDS if shows_all(document, site, block, kind)}
    kinds |= {"treatment"} if "found" in names else set()
    taken = {name for block, of in document.blocks if block == "points" for name in of}
    shown = (document, *(d for d in site.catalogue.documents.values() if d.kind in kinds or d.id in taken))
    found = {key for key, _ in placed} | {key for one in shown for key in site.linked[one.path].cited}
    return found | {source.key for one in shown for claim in site.claims_of(one) for source in claim.sources}


def linked(document: Document, site: Site) -> list[Document]:
    """Give the other pages to which a page links, in its text or to be read next."""
    paths = dict.fromkeys((*site.linked[document.path].pages, *site.linked[document.path].related))
    return [site.catalogue.documents[path] for path in paths if path in site.catalogue.documents]


def shows_all(document: Document, site: Site, block: str, kind: str) -> bool:
    """Whether a page shows a block, or is the front page of the section that shows it where no other page does."""
    if any(name == block for name, _ in document.blocks):
        return True
    section = site.catalogue.config.section(document.section)
    is_front = document.is_index and section is not None and section.kind == kind
    others = site.catalogue.in_language(document.language)
    return is_front and not any((block, ()) in one.blocks for one in others)


def running(document: Document) -> list[Passage]:
    """Give the running text: paragraphs, list items and fields, without titles and quotes of others."""
    return [one for one in document.prose if one.kind in _RUNNING and not one.quoted and one.field not in _TITLES]


def said(document: Document) -> list[str]:
    """Give every sentence of the running text that does not ask."""
    return [text for one in running(document) for text in told(one)]


def told(passage: Passage) -> list[str]:
    """Give every sentence of a passage that does not ask."""
    return [one.text for one in sentences(passage.text) if not one.is_question]


def boxes(document: Document) -> list[list[Passage]]:
    """Give the callouts that say how fast to get help, passage by passage."""
    body = [one for one in document.prose if one.kind != "field"]
    return [list(some) for level, some in groupby(body, key=lambda one: one.level) if level in URGENT]


def all_cited(document: Document, field: str) -> bool:
    """Whether a field is there, and all that stands in it has a source."""
    found = [one.cited for one in document.prose if one.field == field]
    return bool(found) and all(found)


def paragraphs(document: Document) -> list[list[Passage]]:
    """Give the paragraphs that stand in a row, with no heading, list, table or box between them."""
    body = [one for one in document.prose if one.kind != "field"]
    plain = groupby(body, key=lambda one: one.kind == "paragraph" and not one.level and not one.quoted)
    return [list(some) for is_plain, some in plain if is_plain]


def list_lengths(document: Document, site: Site) -> list[int]:
    """Give the entries of each list: fields, lists in the text level by level, red flags, claims that go round."""
    found = [len(document.fragments(field)) for field in _LISTS if document.fragments(field)]
    items = [one for one in document.prose if one.kind == "item"]
    for _, some in groupby(items, key=lambda one: one.part):
        found += _by_level([one.column for one in some])
    found += map(len, flags_shown(document, site))
    for name, topics in document.blocks:
        if name == "checked-claims":
            found += [len(some) for _, some in worst_first(site.catalogue.data.checked_claims_on(topics))]
    return found


def _by_level(columns: list[int]) -> Iterator[int]:
    """Give the length of each list from the columns at which its entries begin; `10.` begins one later than `9.`."""
    open_lists: list[tuple[int, int]] = []
    for column in columns:
        while open_lists and column < open_lists[-1][0] - 1:
            yield open_lists.pop()[1]
        if open_lists and column <= open_lists[-1][0] + 1:
            start, count = open_lists.pop()
            open_lists.append((start, count + 1))
        else:
            open_lists.append((column, 1))
    yield from (count for _, count in open_lists)


def denominators(document: Document, site: Site) -> set[str]:
    """Give what the shares of the text and of its findings' reports are of: `100` in `52 of 100`, `%` in `52 per cent`.

    The number is no share in `3 in 1991`, which is a year, and in `4.8 of 10`, which is a place on a scale.
    """
    texts = [one.text for one in document.prose] + [claim.finding for claim in site.claims_of(document)]
    found = set()
    for match in (match for text in texts for match in _SHARE.finditer(text)):
        whole = (match["all"] or "%").replace(",", "")
        is_year = match["within"] and len(whole) == len(_YEARS[0]) and _YEARS[0] <= whole <= _YEARS[1]
        is_point = "." in match["some"] and whole != "%"
        if not (is_year or is_point):
            found.add(whole)
    return found


def tables(document: Document) -> list[bool]:
    """Tell of each table of the text whether it is simple: few columns, and short headings."""
    return [_is_simple(*one.partition("</thead>")[::2]) for one in _TABLE.findall(document.body.html)]


def _is_simple(head: str, body: str) -> bool:
    columns = [_words(one) for one in _CELL.findall(head)]
    rows = [_words(one) for one in _ROW_HEAD.findall(body)]
    return len(columns) <= _COLUMNS and max(columns, default=0) <= _COLUMN_WORDS and max(rows, default=0) <= _ROW_WORDS


def _words(cell: str) -> int:
    """How many words a cell has; a number is one, a citation is none."""
    return len([one for one in _TAG.sub("", TOKEN.sub("", cell)).split() if any(sign.isalnum() for sign in one)])
