"""What changed in what readers are told of when to get help. Nothing here is ever quiet.

A sign that was removed, lowered or is shown in fewer places is an error until somebody accepts it by its name: a red
flag by its id, the lines of a page's own boxes, or its urgency, by the page's path, such as `treatments/injection`.
"""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from generator.evidence.red_flags import RedFlag
from generator.site.standards.on_page import boxes
from generator.sources.kinds import LEVELS
from generator.workbench.compare.pairs import Pairs
from generator.workbench.compare.report import (
    ACCEPTED,
    ERROR,
    GONE,
    PLAIN,
    WARNING,
    Entry,
    Line,
    Piece,
    code,
    listed,
    same,
    strong,
)
from generator.workbench.compare.snapshot import Snapshot
from generator.workbench.compare.visible import tidy
from generator.workbench.compare.wording import word_changes

_KEPT = 0.6
"""The share of a line's words that a line has, at least, of which it is said that it became that."""
_WORD = re.compile(r"\w+")
_WORDS = (("sign", "sign"), ("action", "what to do"), ("may_mean", "what it may mean"))
_LISTS = (("mentions", "words by which texts name it"), ("search", "words of the search"), ("sources", "sources"))


def sign_changes(before: Snapshot, after: Snapshot, pairs: Pairs, accepted: frozenset[str]) -> tuple[Entry, ...]:
    """Give every change of a sign, those that must be accepted first."""
    found = [
        *_flags(before, after, pairs, accepted),
        *_urgencies(pairs, accepted),
        *_boxes(pairs, accepted),
        *_countries(before, after),
    ]
    order = {ERROR: 0, ACCEPTED: 1, WARNING: 2}
    return tuple(sorted(found, key=lambda one: order.get(one.mark, 3)))


def _flags(before: Snapshot, after: Snapshot, pairs: Pairs, accepted: frozenset[str]) -> Iterator[Entry]:
    old, new = before.data.red_flags, after.data.red_flags
    partners = _partners(old, new)
    for flag in old:
        partner = partners.get(flag.id)
        if partner is None:
            shown = tuple(url for url, view in before.pages.items() if flag.id in view.signs)
            where = ((same("It was shown on "), *listed(shown), same(".")),) if shown else ()
            yield _loud("REMOVED", flag.id, _told(flag), accepted, where)
        else:
            yield from _flag(flag, partner, _where(flag, partner, before, after, pairs), accepted)
    for flag in new:
        if flag.id not in {one.id for one in partners.values()}:
            yield Entry((strong("ADDED"), same(" "), code(flag.id), *_told(flag)), WARNING)


def _partners(old: Sequence[RedFlag], new: Sequence[RedFlag]) -> dict[str, RedFlag]:
    """Give the new record of each old one, by the old id: that of the same id, else one of the same words."""
    by_id = {one.id: one for one in new}
    found = {one.id: by_id[one.id] for one in old if one.id in by_id}
    taken = set(found)
    for one in old:
        renamed = next((other for other in new if other.id not in taken and other.sign == one.sign), None)
        if one.id not in found and renamed:
            found[one.id] = renamed
            taken.add(renamed.id)
    return found


def _where(old: RedFlag, new: RedFlag, before: Snapshot, after: Snapshot, pairs: Pairs) -> tuple[str, ...]:
    """Give the pages that no longer show a sign: those that are still there, and all where none is left."""
    dark = [one.after.url for one in pairs.both if old.id in one.before.signs and new.id not in one.after.signs]
    if after.is_made and not any(new.id in view.signs for view in after.pages.values()):
        dark = [url for url, view in before.pages.items() if old.id in view.signs]
    return tuple(dark)


def _flag(old: RedFlag, new: RedFlag, dark: tuple[str, ...], accepted: frozenset[str]) -> Iterator[Entry]:
    more: list[Line] = []
    heads = []
    if _is_lower(old.level, new.level):
        heads.append("LOWERED")
        more.append((same("How fast: from "), code(old.level), same(" to "), code(new.level), same(".")))
    lost = tuple(one for one in old.topics if one not in new.topics)
    if lost or dark:
        heads.append("SHOWN IN FEWER PLACES")
        more += [(same("Topics lost: "), *listed(lost), same("."))] if lost else []
        more += [(same("No longer on "), *listed(dark), same("."))] if dark else []
    is_error = bool(heads)
    if _is_lower(new.level, old.level):
        heads.append("RAISED")
        more.append((same("How fast: from "), code(old.level), same(" to "), code(new.level), same(".")))
    gained = tuple(one for one in new.topics if one not in old.topics)
    more += [(same("Topics added: "), *listed(gained), same("."))] if gained else []
    for key, label in _LISTS:
        more += _list_change(label, _names(old, key), _names(new, key))
    quotes = tuple(
        (strong(f"{label}:"), same(" "), *word_changes(getattr(old, key), getattr(new, key), whole=True))
        for key, label in _WORDS
        if getattr(old, key) != getattr(new, key)
    )
    heads += ["WORDS CHANGED"] if quotes else []
    if is_error:
        yield _loud(", ".join(heads), old.id, _told(new), accepted, tuple(more), quotes)
    elif more or quotes or old.id != new.id:
        renamed: Line = (same(" is now called "), code(new.id)) if old.id != new.id else ()
        head = strong(", ".join(heads) or "CHANGED")
        is_quiet = not heads and set(_names(old, "mentions")) <= set(_names(new, "mentions"))
        mark = PLAIN if is_quiet else WARNING
        yield Entry((head, same(" "), code(old.id), *renamed, *_told(new)), mark, tuple(more), quotes)


def _names(flag: RedFlag, key: str) -> tuple[str, ...]:
    value = getattr(flag, key)
    return tuple(one[0] for one in value) if key == "sources" else tuple(value)


def _list_change(label: str, old: tuple[str, ...], new: tuple[str, ...]) -> list[Line]:
    gone = tuple(one for one in old if one not in new)
    come = tuple(one for one in new if one not in old)
    lines: list[Line] = [(same(f"{label} lost: ".capitalize()), *listed(gone), same("."))] if gone else []
    return [*lines, (same(f"{label} added: ".capitalize()), *listed(come), same("."))] if come else lines


def _told(flag: RedFlag) -> Line:
    return (same(f": “{flag.sign}” ("), code(flag.level), same(f"). {flag.action}"))


def _loud(
    head: str, name: str, told: Line, accepted: frozenset[str], more: tuple[Line, ...], quotes: tuple[Line, ...] = ()
) -> Entry:
    """An error, unless somebody has accepted it by its name; then it still stands among the first."""
    if name in accepted:
        return Entry((strong(f"{head}, accepted"), same(" "), code(name), *told), ACCEPTED, more, quotes)
    way = (same("If this is meant, accept it by its name: "), code(f"--accept-lowered {name}"), same("."))
    return Entry((strong(head), same(" "), code(name), *told), ERROR, (*more, way), quotes)


def _is_lower(before: str, after: str) -> bool:
    """Whether a level is less urgent than it was."""
    return before in LEVELS and (after not in LEVELS or LEVELS.index(after) > LEVELS.index(before))


def _urgencies(pairs: Pairs, accepted: frozenset[str]) -> Iterator[Entry]:
    """How soon a look-alike needs looking at."""
    for pair in pairs.both:
        old, new = pair.before.document, pair.after.document
        before, after = (one.text("urgency") if one else "" for one in (old, new))
        if old and before and before != after:
            told: Line = (same(f": how soon “{pair.before.title}” needs looking at, from "), code(before), same(" to "))
            told = (*told, code(after or "nothing"), same("."))
            if _is_lower(before, after):
                yield _loud("LOWERED", old.id, told, accepted, ())
            else:
                yield Entry((strong("RAISED"), same(" "), code(old.id), *told), WARNING)


def _boxes(pairs: Pairs, accepted: frozenset[str]) -> Iterator[Entry]:
    """The lines of the boxes in the texts that say how fast to get help."""
    for pair in pairs.both:
        old, new = pair.before.document, pair.after.document
        if old is None or new is None or old.prose == new.prose:
            continue
        there = [(one.level, tidy(one.text)) for one in new.prose if one.kind != "field"]
        lowered, removed, other = [], [], []
        for level, text in ((one.level, tidy(one.text)) for box in boxes(old) for one in box):
            if (level, text) in there:
                continue
            found = _nearest(level, text, there)
            if found is None:
                removed.append((code(level), same(": "), Piece(GONE, text)))
            elif _is_lower(level, found[0]):
                way = (code(level), same(" to "), code(found[0] if found[0] in LEVELS else "no box"), same(": "))
                lowered.append((*way, *word_changes(text, found[1], whole=True)))
            else:
                other.append((code(found[0]), same(": "), *word_changes(text, found[1], whole=True)))
        told = (same(f", lines of its boxes: “{pair.after.title}”"),)
        if lowered or removed:
            head = " AND ".join(["LOWERED"] * bool(lowered) + ["REMOVED"] * bool(removed))
            yield _loud(head, old.id, told, accepted, (), (*lowered, *removed))
        if other:
            yield Entry((strong("WORDS CHANGED"), same(" "), code(old.id), *told), WARNING, (), tuple(other))


def _nearest(level: str, text: str, there: Sequence[tuple[str, str]]) -> tuple[str, str] | None:
    """Give the line that an old one became, if there is one: the same words first, then those as urgent as it was."""

    def rank(one: tuple[str, str]) -> tuple[bool, bool, float]:
        return one[1] == text, not _is_lower(level, one[0]), _kept(text, one[1])

    return max((one for one in there if _kept(text, one[1]) >= _KEPT), key=rank, default=None)


def _kept(text: str, other: str) -> float:
    """What share of the words of a text another has, in the same order."""
    words = _WORD.findall(text.casefold())
    match = SequenceMatcher(None, words, _WORD.findall(other.casefold()), autojunk=False)
    return sum(one.size for one in match.get_matching_blocks()) / max(len(words), 1)


def _countries(before: Snapshot, after: Snapshot) -> Iterator[Entry]:
    """What to do in each country."""
    old = {one.id: one for one in before.data.countries}
    new = {one.id: one for one in after.data.countries}
    for name, country in old.items():
        if name not in new:
            yield Entry((strong("COUNTRY REMOVED"), same(" "), code(name), same(f": {country.name}")), WARNING)
            continue
        quotes = tuple(
            (strong(f"{level}:"), same(" "), *word_changes(country.at(level), new[name].at(level), whole=True))
            for level in LEVELS
            if country.at(level) != new[name].at(level)
        )
        if quotes:
            yield Entry((strong("ADVICE CHANGED"), same(f" in {country.name}")), WARNING, (), quotes)
    for name, country in new.items():
        if name not in old:
            yield Entry((strong("COUNTRY ADDED"), same(" "), code(name), same(f": {country.name}")))
