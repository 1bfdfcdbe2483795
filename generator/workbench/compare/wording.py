"""What changed in a text, word by word."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from generator.workbench.compare.report import GONE, NEW, SAME, Line, Piece
from generator.workbench.compare.visible import Block

_ALIKE = 0.4
"""How alike two paragraphs are, at least, of which one is shown as the other with changes."""
_CONTEXT = 8
"""Unchanged words that are shown on each side of a change."""
_SHORTEST = 2
"""Unchanged words between two changes that are fewer than these are shown as changed too."""


@dataclass(frozen=True)
class Change:
    """One changed block: the heading it stands below, and its words with what went and what came."""

    heading: str
    pieces: Line


def changes(before: Sequence[Block], after: Sequence[Block]) -> tuple[Change, ...]:
    """Give every block that differs, in order."""
    found: list[Change] = []
    old, new = [one.text for one in before], [one.text for one in after]
    for way, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if way != "equal":
            found += _region(before[i:j], after[k:m])
    return tuple(_moved(found))


def _moved(found: Sequence[Change]) -> list[Change]:
    """Tell of a block that only changed its place below its heading once, as that."""
    whole = {kind: {(one.heading, one.pieces[0].text) for one in found if _is_whole(one, kind)} for kind in (GONE, NEW)}
    both = whole[GONE] & whole[NEW]
    kept: list[Change] = []
    for one in found:
        if len(one.pieces) > 1 or (one.heading, one.pieces[0].text) not in both:
            kept.append(one)
        elif _is_whole(one, NEW):
            kept.append(Change(one.heading, (Piece(SAME, f"moved: “{one.pieces[0].text}”"),)))
    return kept


def _is_whole(change: Change, kind: str) -> bool:
    return len(change.pieces) == 1 and change.pieces[0].kind == kind


def word_changes(before: str, after: str, whole: bool = False) -> Line:
    """Give one text with the words that went and came; long unchanged stretches are cut unless it is to be `whole`."""
    a, b = before.split(), after.split()
    codes = SequenceMatcher(None, a, b, autojunk=False).get_opcodes()
    runs = _joined([(way, a[i:j], b[k:m]) for way, i, j, k, m in codes])
    pieces: list[Piece] = []
    for number, (kind, old, new) in enumerate(runs):
        if kind == "equal":
            last = number == len(runs) - 1
            pieces.append(Piece(SAME, " ".join(old if whole else _cut(old, number == 0, last))))
        else:
            pieces += [Piece(GONE, " ".join(old))] if old else []
            pieces += [Piece(NEW, " ".join(new))] if new else []
    return _spaced(pieces)


def _region(before: Sequence[Block], after: Sequence[Block]) -> list[Change]:
    """Give a stretch of blocks in which each old one is shown with the new one that it became, if there is one."""
    found: list[Change] = []
    start = 0
    for old in before:
        at = next((n for n in range(start, len(after)) if _are_alike(old.text, after[n].text)), None)
        if at is None:
            found.append(Change(old.heading, (Piece(GONE, old.text),)))
            continue
        found += [Change(one.heading, (Piece(NEW, one.text),)) for one in after[start:at]]
        found.append(Change(after[at].heading, word_changes(old.text, after[at].text)))
        start = at + 1
    return [*found, *(Change(one.heading, (Piece(NEW, one.text),)) for one in after[start:])]


def _are_alike(before: str, after: str) -> bool:
    match = SequenceMatcher(None, before.split(), after.split(), autojunk=False)
    return match.real_quick_ratio() >= _ALIKE and match.quick_ratio() >= _ALIKE and match.ratio() >= _ALIKE


Run = tuple[str, list[str], list[str]]


def _joined(runs: list[Run]) -> list[Run]:
    """Join changes between which there is hardly a word."""
    found: list[Run] = []
    for number, (kind, old, new) in enumerate(runs):
        is_inner = 0 < number < len(runs) - 1
        if kind == "equal" and not (is_inner and len(old) < _SHORTEST):
            found.append((kind, old, new))
        elif found and found[-1][0] != "equal":
            found[-1] = ("replace", found[-1][1] + old, found[-1][2] + new)
        else:
            found.append(("replace", old, new))
    return found


def _cut(words: list[str], first: bool, last: bool) -> list[str]:
    """Leave out the middle of a long unchanged stretch, or the side on which nothing changes."""
    head = 0 if first else _CONTEXT
    tail = 0 if last else _CONTEXT
    if len(words) <= head + tail + _SHORTEST:
        return words
    return [*words[:head], "…", *(words[-tail:] if tail else [])]


def _spaced(pieces: list[Piece]) -> Line:
    """Put the spaces that stand between words into unchanged pieces, so that no marked one begins or ends with one."""
    found: list[Piece] = []
    for number, one in enumerate(pieces):
        if number:
            found.append(Piece(SAME, " "))
        found.append(one)
    merged: list[Piece] = []
    for one in found:
        if merged and merged[-1].kind == one.kind == SAME:
            merged[-1] = Piece(SAME, merged[-1].text + one.text)
        else:
            merged.append(one)
    return tuple(merged)
