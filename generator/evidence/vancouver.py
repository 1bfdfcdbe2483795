"""A reference in words, as the National Library of Medicine prints it (NLM/Vancouver, citation-sequence).

`format_reference` gives the plain text (escape it!) of one CSL-JSON record, without the leading number, as
`nlm-citation-sequence.csl` has it; a test compares every record of the site with citeproc-js. Identifiers and
address are left to `work_links`, so that a page can make them links.
"""

import re

from generator.evidence.csl import DAY, MONTH, YEAR, Record, date, joined, names, type_of, words

SERIALS = frozenset({"article-journal", "article-magazine", "article-newspaper", "periodical", "post-weblog"})
"""CSL types of works that stand in a journal or what is like one."""
PARTS_OF_BOOKS = frozenset({"chapter", "paper-conference", "entry-dictionary", "entry-encyclopedia"})
"""CSL types of works that stand in a book."""
AUTHORS_SHOWN = 6
"""How many authors are named; of more, the first six and "et al"."""

_SENTENCE_END = re.compile(r"[.?!](?:’?”)?$")
_CLOSING_QUOTES = re.compile(r"(?:’?”)?$")
_PAGE_RANGE = re.compile(r"\b([A-Za-z]*)(\d+)\s*[-–]\s*([A-Za-z]*)(\d+)\b")


def format_reference(record: Record) -> str:
    """The reference as plain text; it ends as a sentence does: a full stop, or the title's own ? or !."""
    parts = [
        _authors(record),
        _title(record),
        "" if words(record, "container-title") else _edition(record),
        _container(record),
        _imprint(record),
        "" if type_of(record) in SERIALS else joined(" ", ["p.", _pages(record)], least=2),
        words(record, "title") if _is_page_of_site(record) else "",
        joined(": ", ["Report no.", words(record, "number")], least=2) if type_of(record) == "report" else "",
    ]
    return " ".join(_closed(part) for part in parts if part) or "[Untitled]."


def _authors(record: Record) -> str:
    """Authors; without any, the editors take their place and are called so."""
    return _listed(names(record, "author")) or _with_role(record, "editor")


def _title(record: Record) -> str:
    """Title with its kind and [Internet]; a page is listed under its site (Citing Medicine, ch. 25)."""
    of_site = _is_page_of_site(record)
    title = words(record, "container-title" if of_site else "title")
    within = type_of(record) in PARTS_OF_BOOKS or (words(record, "container-title") and not of_site)
    marks = [words(record, "genre"), "Internet" if words(record, "URL") and not within else ""]
    return joined(" ", [title, *(f"[{mark}]" for mark in marks if mark)])


def _container(record: Record) -> str:
    """What the work stands in: journal, book with its editors, meeting; else which volume it is."""
    editors = _with_role(record, "editor") if names(record, "author") else ""
    container = joined(". ", [editors, _container_title(record)])
    return f"In: {container}" if container and type_of(record) in PARTS_OF_BOOKS else container


def _container_title(record: Record) -> str:
    """Journal or book, with [Internet] where its address is all there is to find it by."""
    kind, name = type_of(record), words(record, "container-title")
    if name and kind != "webpage":
        if kind == "article-journal":
            name = (words(record, "container-title-short") or name).replace(".", "")
        online = "[Internet]" if words(record, "URL") and not _is_identified_article(record) else ""
        return joined(". ", [joined(" ", [name, online]), _edition(record)])
    if kind == "speech":
        return words(record, "event")
    return "" if kind in SERIALS else joined(" ", ["Vol.", words(record, "volume")], least=2)


def _imprint(record: Record) -> str:
    """Publisher; date;volume(issue):pages. Publishers of journals are not named."""
    if type_of(record) in SERIALS:
        volume = f"{words(record, 'volume')}({words(record, 'issue')})".removesuffix("()").replace("-", "–")
        where = joined(":", [volume, words(record, "number") or _pages(record)])
        return joined(";", [_date(record), where])
    publisher = joined(": ", [words(record, "publisher-place"), words(record, "publisher")])
    where = words(record, "event-place") if type_of(record) == "speech" else ""
    return joined("; ", [publisher, _date(record), where])


def _date(record: Record) -> str:
    """When it was published and when we looked at it; how exactly depends on the kind of work."""
    kind = type_of(record)
    exact = DAY if kind in SERIALS or kind == "speech" else MONTH if kind == "report" else YEAR
    looked_up = words(record, "URL") and not _is_identified_article(record)
    cited = joined(" ", ["cited", date(record, "accessed", DAY)], least=2) if looked_up else ""
    return joined(" ", [date(record, "issued", exact), f"[{cited}]" if cited else ""])


def _edition(record: Record) -> str:
    """2nd ed.; wording that is not a number stays as it is."""
    edition = words(record, "edition")
    if edition.isdecimal():
        teen = edition[-2:] in {"11", "12", "13"}
        edition += "th" if teen else {"1": "st", "2": "nd", "3": "rd"}.get(edition[-1], "th")
    return f"{edition} ed." if re.fullmatch(r"\d+(st|nd|rd|th)", edition) else edition


def _listed(people: list[str]) -> str:
    """The first six, and 'et al.' if there are more."""
    return ", ".join([*people[:AUTHORS_SHOWN], "et al."] if len(people) > AUTHORS_SHOWN else people)


def _with_role(record: Record, role: str) -> str:
    """'Kryger MH, Dement WC, editors'."""
    people = names(record, role)
    return joined(", ", [_listed(people), f"{role}s" if len(people) > 1 else role], least=2)


def _pages(record: Record) -> str:
    """Pages with only the digits that change: 833-837 becomes 833–7."""
    return _PAGE_RANGE.sub(_short_range, words(record, "page"))


def _short_range(pages: re.Match[str]) -> str:
    """One range, shortened if both ends are numbered alike."""
    letters, first, letters_again, last = pages.groups()
    if letters_again not in {"", letters}:
        return f"{letters}{first}–{letters_again}{last}"
    if len(first) == len(last):
        last = last[next((n for n, digit in enumerate(last) if digit != first[n]), -1) :]
    return f"{letters}{first}–{last}"


def _is_identified_article(record: Record) -> bool:
    """An article that a database names; for these the style gives no address."""
    return type_of(record) == "article-journal" and any(words(record, key) for key in ("DOI", "PMID", "PMCID"))


def _is_page_of_site(record: Record) -> bool:
    """A web page whose site is named too."""
    return type_of(record) == "webpage" and bool(words(record, "container-title"))


def _closed(part: str) -> str:
    """A part with its full stop: none after . ? !, and within quotation marks at its end."""
    return part if _SENTENCE_END.search(part) else _CLOSING_QUOTES.sub(r".\g<0>", part, count=1)
