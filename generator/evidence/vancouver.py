"""A reference in words, as the National Library of Medicine prints it (NLM/Vancouver, citation-sequence).

`format_reference` gives the plain text (escape it!) of one CSL-JSON record, without the leading number, as
`nlm-citation-sequence.csl` has it; a test compares every record of the site with citeproc-js. Identifiers and
address are left to `links`, so that a page can make them links. Nothing raises on a missing or odd field.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import quote, unquote, urlsplit

Record = Mapping[str, object]

SERIALS = frozenset({"article-journal", "article-magazine", "article-newspaper", "periodical", "post-weblog"})
PARTS_OF_BOOKS = frozenset({"chapter", "paper-conference", "entry-dictionary", "entry-encyclopedia"})
AUTHORS_SHOWN = 6  # a seventh author turns all but the first six into "et al."
AUTHORS_IN_SHORT = 2  # a third author turns all but the first into "et al." where a work is named in short
YEAR, MONTH, DAY = 1, 2, 3  # how exactly a date is printed: that many of its parts

_MONTH_NAMES = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MONTHS = {str(number): name for number, name in enumerate(_MONTH_NAMES, 1)}
_RICH_TEXT = re.compile(r"<(i|b|sc|sub|sup)>(.{0,300}?)</\1>")  # the mark-up that CSL allows in a title
_QUOTATION = re.compile(r"""(?<!\w)(["'])(?=\S)(.{1,300}?)(?<=\S)\1(?!\w)""")  # bounded, so never slow
_SENTENCE_END = re.compile(r"[.?!](?:’?”)?$")
_CLOSING_QUOTES = re.compile(r"(?:’?”)?$")
_PAGE_RANGE = re.compile(r"\b([A-Za-z]*)(\d+)\s*[-–]\s*([A-Za-z]*)(\d+)\b")
_NOT_ACCENTS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "\u0131": "i", "æ": "ae", "œ": "oe"})  # to NFKD


@dataclass(frozen=True)
class Link:
    """A place where a work can be found: doi, pubmed, pmc or web; `text` is the identifier or the host."""

    label_key: str
    text: str
    url: str


def format_reference(record: Record) -> str:
    """The reference as plain text; it ends as a sentence does: a full stop, or the title's own ? or !."""
    parts = [
        _authors(record),
        _title(record),
        "" if _words(record, "container-title") else _edition(record),
        _container(record),
        _imprint(record),
        "" if _type(record) in SERIALS else _joined(" ", ["p.", _pages(record)], least=2),
        _words(record, "title") if _is_page_of_site(record) else "",
        _joined(": ", ["Report no.", _words(record, "number")], least=2) if _type(record) == "report" else "",
    ]
    return " ".join(_closed(part) for part in parts if part) or "[Untitled]."


def links(record: Record) -> tuple[Link, ...]:
    """Where the work can be found: DOI, PubMed, PubMed Central, then its address if that leads elsewhere."""
    doi, pmid, pmcid = _doi(record), _digits(record, "PMID"), _digits(record, "PMCID")
    url = quote(_plain(record, "URL"), safe="!#$%&'()*+,/:;=?@[]~", errors="replace")
    host = "" if _same_place(url, doi, pmid, pmcid) else _web_host(url)
    places = (
        Link("doi", doi, "https://doi.org/" + quote(doi, safe="/:;().,-_", errors="replace")),
        Link("pubmed", pmid, f"https://pubmed.ncbi.nlm.nih.gov/{pmid}/"),
        Link("pmc", pmcid and f"PMC{pmcid}", f"https://pmc.ncbi.nlm.nih.gov/articles/PMC{pmcid}/"),
        Link("web", host, url),
    )
    return tuple(place for place in places if place.text)


def year(record: Record) -> str | None:
    """The year of publication, or None where the record gives none."""
    written = re.search(r"(?<![0-9])[0-9]{4}(?![0-9])", _written(record, "issued", YEAR))
    return written[0] if written else None


def sort_key(record: Record) -> tuple[str, ...]:
    """First author (without one, the title), year, title; case, accents and brackets do not count."""
    people = _people(record, "author") or _people(record, "editor")
    title = _plain(record, "title")
    return _folded(people[0] if people else title), year(record) or "", _folded(title)


def byline(record: Record) -> str:
    """The family names of the authors (else of the editors) in short: two, or the first and 'et al.'"""
    for role in ("author", "editor"):
        people = record.get(role)
        names = [_family(person) for person in people] if isinstance(people, list) else []
        names = [name for name in names if name]
        if names:
            return f"{names[0]} et al." if len(names) > AUTHORS_IN_SHORT else ", ".join(names)
    return ""


def _authors(record: Record) -> str:
    """Authors; without any, the editors take their place and are called so."""
    return _listed(_people(record, "author")) or _with_role(record, "editor")


def title(record: Record) -> str:
    """The work's own title, as the reference shows it."""
    return _words(record, "title")


def _title(record: Record) -> str:
    """Title with its kind and [Internet]; a page is listed under its site (Citing Medicine, ch. 25)."""
    of_site = _is_page_of_site(record)
    title = _words(record, "container-title" if of_site else "title")
    within = _type(record) in PARTS_OF_BOOKS or (_words(record, "container-title") and not of_site)
    marks = [_words(record, "genre"), "Internet" if _words(record, "URL") and not within else ""]
    return _joined(" ", [title, *(f"[{mark}]" for mark in marks if mark)])


def _container(record: Record) -> str:
    """What the work stands in: journal, book with its editors, meeting; else which volume it is."""
    editors = _with_role(record, "editor") if _people(record, "author") else ""
    container = _joined(". ", [editors, _container_title(record)])
    return f"In: {container}" if container and _type(record) in PARTS_OF_BOOKS else container


def _container_title(record: Record) -> str:
    """Journal or book, with [Internet] where its address is all there is to find it by."""
    kind, name = _type(record), _words(record, "container-title")
    if name and kind != "webpage":
        if kind == "article-journal":
            name = (_words(record, "container-title-short") or name).replace(".", "")
        online = "[Internet]" if _words(record, "URL") and not _is_identified_article(record) else ""
        return _joined(". ", [_joined(" ", [name, online]), _edition(record)])
    if kind == "speech":
        return _words(record, "event")
    return "" if kind in SERIALS else _joined(" ", ["Vol.", _words(record, "volume")], least=2)


def _imprint(record: Record) -> str:
    """Publisher; date;volume(issue):pages. Publishers of journals are not named."""
    if _type(record) in SERIALS:
        volume = f"{_words(record, 'volume')}({_words(record, 'issue')})".removesuffix("()").replace("-", "–")
        where = _joined(":", [volume, _words(record, "number") or _pages(record)])
        return _joined(";", [_date(record), where])
    publisher = _joined(": ", [_words(record, "publisher-place"), _words(record, "publisher")])
    where = _words(record, "event-place") if _type(record) == "speech" else ""
    return _joined("; ", [publisher, _date(record), where])


def _date(record: Record) -> str:
    """When it was published and when we looked at it; how exactly depends on the kind of work."""
    kind = _type(record)
    exact = DAY if kind in SERIALS or kind == "speech" else MONTH if kind == "report" else YEAR
    looked_up = _words(record, "URL") and not _is_identified_article(record)
    cited = _joined(" ", ["cited", _written(record, "accessed", DAY)], least=2) if looked_up else ""
    return _joined(" ", [_written(record, "issued", exact), f"[{cited}]" if cited else ""])


def _edition(record: Record) -> str:
    """2nd ed.; wording that is not a number stays as it is."""
    edition = _words(record, "edition")
    if edition.isdecimal():
        teen = edition[-2:] in {"11", "12", "13"}
        edition += "th" if teen else {"1": "st", "2": "nd", "3": "rd"}.get(edition[-1], "th")
    return f"{edition} ed." if re.fullmatch(r"\d+(st|nd|rd|th)", edition) else edition


def _people(record: Record, role: str) -> list[str]:
    """The names in one role, in the order of the record."""
    people = record.get(role)
    names = [_person(person) for person in people] if isinstance(people, list) else []
    return [name for name in names if name]


def _person(person: object) -> str:
    """'van Tulder MW', 'King ML Jr', 'Montaigne M de'; a literal name stays as it is."""
    if not isinstance(person, Mapping):
        return ""
    family = _family(person)
    if _words(person, "literal") or not any(_words(person, one) for one in ("non-dropping-particle", "family")):
        return family
    after = [_words(person, "dropping-particle"), _words(person, "suffix").rstrip(".")]
    return _joined(" ", [family, _initials(_words(person, "given")), *after])


def _family(person: object) -> str:
    """'van Tulder'; of a body its whole name, and of somebody with one name that name."""
    if not isinstance(person, Mapping):
        return ""
    family = _joined(" ", [_words(person, "non-dropping-particle"), _words(person, "family")])
    return _words(person, "literal") or family or _words(person, "given")


def _initials(given: str) -> str:
    """Initials without full stops or hyphens (Jean-Claude: JC); 'AB' is taken to be initials already."""
    names = re.findall(r"[^\W\d_]+(?:’[^\W\d_]+)*", given)
    return "".join(name if name.isupper() and len(name) == 2 else name[0].upper() for name in names) or given


def _listed(people: list[str]) -> str:
    """The first six, and 'et al.' if there are more."""
    return ", ".join([*people[:AUTHORS_SHOWN], "et al."] if len(people) > AUTHORS_SHOWN else people)


def _with_role(record: Record, role: str) -> str:
    """'Kryger MH, Dement WC, editors'."""
    people = _people(record, role)
    return _joined(", ", [_listed(people), f"{role}s" if len(people) > 1 else role], least=2)


def _written(record: Record, key: str, exact: int) -> str:
    """'2018 Jun 9', '2018 Jun–Aug', or a date that the record only has in words."""
    date = record.get(key)
    if not isinstance(date, Mapping):
        return _words(record, key)
    dates = date.get("date-parts")
    ends = [_day_words(end)[:exact] for end in dates[:2]] if isinstance(dates, list) else []
    if not any(ends):
        return _words(date, "literal") or _words(date, "raw")
    first, last = ends[0], ends[-1]
    later = [word for n, word in enumerate(last, 1) if last[:n] != first[:n]]
    return _joined("–", [" ".join(first), " ".join(later)])


def _day_words(date: object) -> list[str]:
    """Year, short month, day, as far as they are numbers; numbers may be written as text."""
    words: list[str] = []
    for name, part in zip(("year", "month", "day"), date if isinstance(date, list) else [], strict=False):
        number = _plain({name: part}, name).lstrip("0")
        word = _MONTHS.get(number, "") if name == "month" else number
        if not number.isdecimal() or not word:
            break
        words.append(word)
    return words


def _pages(record: Record) -> str:
    """Pages with only the digits that change: 833-837 becomes 833–7."""
    return _PAGE_RANGE.sub(_short_range, _words(record, "page"))


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
    return _type(record) == "article-journal" and any(_words(record, key) for key in ("DOI", "PMID", "PMCID"))


def _is_page_of_site(record: Record) -> bool:
    """A web page whose site is named too."""
    return _type(record) == "webpage" and bool(_words(record, "container-title"))


def _doi(record: Record) -> str:
    """The bare DOI, whichever way it was written; '' if it is none."""
    doi = re.sub(r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", "", _plain(record, "DOI"), flags=re.IGNORECASE)
    return doi if re.fullmatch(r"10\.[0-9]{4,9}/\S+", doi) else ""


def _digits(record: Record, key: str) -> str:
    """The number of a PMID or PMCID; '' if it is none."""
    number = re.fullmatch(r"(?:PMC)?([0-9]{1,12})", _plain(record, key))
    return number[1] if number else ""


def _web_host(url: str) -> str:
    """The host of a web address without www; '' for whatever is not http or https."""
    try:
        address = urlsplit(url)
    except ValueError:
        return ""
    return (address.hostname or "").removeprefix("www.") if address.scheme in {"http", "https"} else ""


def _same_place(url: str, doi: str, pmid: str, pmcid: str) -> bool:
    """Whether the address is the very page that an identifier leads to; a table within that page is not."""
    page = re.sub(r"/(?:full|abstract)$", "", unquote(url).rstrip("/")).casefold()
    by_doi = bool(doi) and page.endswith((f"/{doi}".casefold(), f"={doi}".casefold()))
    by_pmid = bool(pmid) and page.endswith(f"pubmed.ncbi.nlm.nih.gov/{pmid}")
    return by_doi or by_pmid or (bool(pmcid) and page.endswith(f"/articles/pmc{pmcid}"))


def _plain(record: Record, key: str) -> str:
    """A field's text with single spaces; '' for what is missing or is no text."""
    value = record.get(key)
    if type(value) is int and value.bit_length() <= 64:
        return str(value)
    return " ".join(value.split()) if isinstance(value, str) else ""


def _words(record: Record, key: str) -> str:
    """A field as it is printed: without CSL's mark-up, with typographic quotation marks."""
    return _quoted(_RICH_TEXT.sub(r"\2", _plain(record, key)))


def _quoted(text: str, depth: int = 0) -> str:
    """Straight quotation marks made typographic: double, single within; other ' are apostrophes."""
    opening, closing = ("“”", "‘’")[depth % 2]
    text = _QUOTATION.sub(lambda found: opening + _quoted(found[2], depth + 1) + closing, text)
    return text.replace("'", "’")


def _closed(part: str) -> str:
    """A part with its full stop: none after . ? !, and within quotation marks at its end."""
    return part if _SENTENCE_END.search(part) else _CLOSING_QUOTES.sub(r".\g<0>", part, count=1)


def _type(record: Record) -> str:
    """The CSL type; an unknown one gets the layout of those that are not named here."""
    return _plain(record, "type")


def _joined(separator: str, parts: Iterable[str], least: int = 1) -> str:
    """Those parts that there are, if there are enough of them to say something."""
    there = [part for part in parts if part]
    return separator.join(there) if len(there) >= least else ""


def _folded(text: str) -> str:
    """Text for sorting: lower case, no accents, nothing before the first letter or digit."""
    letters = unicodedata.normalize("NFKD", text.casefold().translate(_NOT_ACCENTS))
    return re.sub(r"^\W+", "", "".join(letter for letter in letters if not unicodedata.combining(letter)))
