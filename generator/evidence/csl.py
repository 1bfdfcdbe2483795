"""The fields of a work's record in CSL-JSON, as text. Nothing raises on a missing or odd field: such a one is empty."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping

Record = Mapping[str, object]
"""One work in CSL-JSON, as Zotero, JabRef and Pandoc write it."""

AUTHORS_IN_SHORT = 2
"""A third author turns all but the first into "et al." where a work is named in short."""
YEAR, MONTH, DAY = 1, 2, 3
"""How exactly a date is printed: that many of its parts."""

_MONTH_NAMES = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MONTHS = {str(number): name for number, name in enumerate(_MONTH_NAMES, 1)}
_RICH_TEXT = re.compile(r"<(i|b|sc|sub|sup)>(.{0,300}?)</\1>")
"""The mark-up that CSL allows in a title."""
_QUOTATION = re.compile(r"""(?<!\w)(["'])(?=\S)(.{1,300}?)(?<=\S)\1(?!\w)""")
"""A text in quotation marks, of a length that keeps the search fast."""
_NOT_ACCENTS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "\u0131": "i", "æ": "ae", "œ": "oe"})
"""Letters that Unicode's decomposition (NFKD) leaves as they are, though readers look for them without their marks."""


def plain(record: Record, key: str) -> str:
    """A field's text with single spaces; '' for what is missing or is no text."""
    value = record.get(key)
    if type(value) is int and value.bit_length() <= 64:
        return str(value)
    return " ".join(value.split()) if isinstance(value, str) else ""


def words(record: Record, key: str) -> str:
    """A field as it is printed: without CSL's mark-up, with typographic quotation marks."""
    return _quoted(_RICH_TEXT.sub(r"\2", plain(record, key)))


def type_of(record: Record) -> str:
    """The CSL type; an unknown one gets the layout of those that are not named here."""
    return plain(record, "type")


def title(record: Record) -> str:
    """The work's own title, as the reference shows it."""
    return words(record, "title")


def byline(record: Record) -> str:
    """The family names of the authors (else of the editors) in short: two, or the first and 'et al.'"""
    families = _named(record, "author", _family) or _named(record, "editor", _family)
    return f"{families[0]} et al." if len(families) > AUTHORS_IN_SHORT else ", ".join(families)


def year(record: Record) -> str | None:
    """The year of publication, or None where the record gives none."""
    found = re.search(r"(?<![0-9])[0-9]{4}(?![0-9])", date(record, "issued", YEAR))
    return found[0] if found else None


def sort_key(record: Record) -> tuple[str, ...]:
    """First author (without one, the title), year, title; case, accents and brackets do not count."""
    people, own = names(record, "author") or names(record, "editor"), plain(record, "title")
    return _folded(people[0] if people else own), year(record) or "", _folded(own)


def names(record: Record, role: str) -> list[str]:
    """The names in one role (`author`, `editor`), in the order of the record."""
    return _named(record, role, _person)


def _named(record: Record, role: str, name_of: Callable[[object], str]) -> list[str]:
    people = record.get(role)
    return list(filter(None, map(name_of, people))) if isinstance(people, list) else []


def _person(person: object) -> str:
    """'van Tulder MW', 'King ML Jr', 'Montaigne M de'; a literal name stays as it is."""
    if not isinstance(person, Mapping):
        return ""
    family = _family(person)
    if words(person, "literal") or not any(words(person, one) for one in ("non-dropping-particle", "family")):
        return family
    after = [words(person, "dropping-particle"), words(person, "suffix").rstrip(".")]
    return joined(" ", [family, _initials(words(person, "given")), *after])


def _family(person: object) -> str:
    """'van Tulder'; of a body its whole name, and of somebody with one name that name."""
    if not isinstance(person, Mapping):
        return ""
    family = joined(" ", [words(person, "non-dropping-particle"), words(person, "family")])
    return words(person, "literal") or family or words(person, "given")


def _initials(given: str) -> str:
    """Initials without full stops or hyphens (Jean-Claude: JC); 'AB' is taken to be initials already."""
    found = re.findall(r"[^\W\d_]+(?:’[^\W\d_]+)*", given)
    return "".join(name if name.isupper() and len(name) == 2 else name[0].upper() for name in found) or given


def date(record: Record, key: str, exact: int) -> str:
    """'2018 Jun 9', '2018 Jun–Aug', or a date that the record only has in words; `exact` is one of YEAR, MONTH, DAY."""
    given = record.get(key)
    if not isinstance(given, Mapping):
        return words(record, key)
    dates = given.get("date-parts")
    ends = [_parts(end)[:exact] for end in dates[:2]] if isinstance(dates, list) else []
    if not any(ends):
        return words(given, "literal") or words(given, "raw")
    first, last = ends[0], ends[-1]
    later = [word for n, word in enumerate(last, 1) if last[:n] != first[:n]]
    return joined("–", [" ".join(first), " ".join(later)])


def _parts(date: object) -> list[str]:
    """Year, short month, day, as far as they are numbers; numbers may be written as text."""
    parts: list[str] = []
    for name, given in zip(("year", "month", "day"), date if isinstance(date, list) else [], strict=False):
        number = plain({name: given}, name).lstrip("0")
        part = _MONTHS.get(number, "") if name == "month" else number
        if not number.isdecimal() or not part:
            break
        parts.append(part)
    return parts


def _quoted(text: str, depth: int = 0) -> str:
    """Straight quotation marks made typographic: double, single within; other ' are apostrophes."""
    opening, closing = ("“”", "‘’")[depth % 2]
    text = _QUOTATION.sub(lambda found: opening + _quoted(found[2], depth + 1) + closing, text)
    return text.replace("'", "’")


def joined(separator: str, parts: Iterable[str], least: int = 1) -> str:
    """Those parts that there are, if there are enough of them to say something."""
    there = [part for part in parts if part]
    return separator.join(there) if len(there) >= least else ""


def _folded(text: str) -> str:
    """Text for sorting: lower case, no accents, nothing before the first letter or digit."""
    letters = unicodedata.normalize("NFKD", text.casefold().translate(_NOT_ACCENTS))
    return re.sub(r"^\W+", "", "".join(letter for letter in letters if not unicodedata.combining(letter)))
