"""Characters that no source may hold: those that nobody sees, and those that show a text in another order than it has.

What a reviewer sees must be what readers get. So each such character is a problem at its place, but for where a script
or an emoji cannot be written without it. Sources: Unicode Standard Annex 9 and Technical Standard 55 (bidirectional
text in source files), Annex 29 and Standard 51 (joiners, variation selectors, flags of tags).
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from html.entities import html5

REPLACEMENT = "\ufffd"
_RESERVED = (
    "\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufeff\ufffe\uffff\U000f0000-\U0010ffff"
) + "".join(f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(1, 15))
"""Control characters, halves of characters, private use (a slot's token is made of it), and what is no character."""
_BIDI = "\u202a-\u202e\u2066-\u2069"
"""What embeds, overrides and isolates: it holds to the end of its line, and can show any text as another."""
_MARKS = "\u200e\u200f\u061c"
_JOINERS = "\u200c\u200d"
_BREAK = "\u200b"
_SOFT_HYPHEN = "\u00ad"
_SELECTORS = "\u180b-\u180d\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef"
_TAGS = "\U000e0000-\U000e007f"
_BLANK = (
    "\u034f\u115f\u1160\u17b4\u17b5\u180e\u2060-\u2065\u206a-\u206f\u2800\u3164\uffa0\ufff0-\ufffb"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0080-\U000e00ff\U000e01f0-\U000e0fff"
)
"""What shows nothing, or an empty place, and has no use in a text of today."""

_SUSPECT = re.compile(f"[{_RESERVED}{_BIDI}{_MARKS}{_JOINERS}{_BREAK}{_SOFT_HYPHEN}{_SELECTORS}{_TAGS}{_BLANK}]")
_SUSPECT_OF_ASCII = re.compile("[\x00-\x08\x0b-\x1f\x7f]")
_IS_RESERVED = re.compile(f"[{_RESERVED}]")
_IS_BIDI = re.compile(f"[{_BIDI}{_MARKS}]")
_IS_SELECTOR = re.compile(f"[{_SELECTORS}]")
_FLAGS = re.compile(
    "\U0001f3f4(?:"
    + "|".join("".join(chr(0xE0000 + ord(letter)) for letter in place) for place in ("gbeng", "gbsct", "gbwls"))
    + ")\U000e007f"
)
"""The flags of England, Scotland and Wales: the only ones of which Unicode recommends the tags."""
_WITHOUT_SPACES = re.compile("[\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u19e0-\u19ff\uaa60-\uaa7f]")
"""Thai, Lao, Tibetan, Burmese, Khmer: their words stand without spaces, and where a line may end is told by U+200B."""
_JOINED_SCRIPTS = 0x0590
"""From here on in Unicode letters join, or may: none of Latin, Greek, Cyrillic or Armenian does."""
_NEAR = 8
"""As many characters before and after one tell whether it has its place: a flag of tags has seven."""
_NUMBERED = re.compile("&#(?:[0-9]+|[xX][0-9a-fA-F]+);?")


@dataclass(frozen=True)
class Refused:
    """One stretch of a text that must not be there: where it begins, how long it is, and what is wrong with it."""

    start: int
    length: int
    code: str
    message: str
    hint: str


def refused(text: str) -> list[Refused]:
    """Find the characters that a text may not hold; several of a kind in a row are one find."""
    found: list[Refused] = []
    lines = _Lines(text)
    for match in (_SUSPECT_OF_ASCII if text.isascii() else _SUSPECT).finditer(text):
        at, sign = match.start(), match[0]
        code = _code_of(sign)
        if _has_its_place(sign, text[max(0, at - _NEAR) : at], text[at + 1 : at + 1 + _NEAR], at, lines):
            continue
        last = found[-1] if found else None
        if last and last.code == code and last.start + last.length == at and code != "reserved-character":
            length = last.length + 1
            message = f"{length} invisible characters ({_name(text[last.start])} and others) stand here"
            found[-1] = Refused(last.start, length, code, message, last.hint)
        else:
            found.append(Refused(at, 1, code, _message(sign, code), _HINTS[code]))
    return found


def holds_refused(text: str) -> bool:
    """Whether a text, read from an escape, holds a character that a file may not hold."""
    return bool(_SUSPECT_OF_ASCII.search(text) if text.isascii() else _SUSPECT.search(text) and refused(text))


def without_refused(text: str, found: list[Refused]) -> str:
    """Put U+FFFD for what was found, one for one, so that every column stays."""
    pieces, end = [], 0
    for one in found:
        pieces += [text[end : one.start], REPLACEMENT * one.length]
        end = one.start + one.length
    return "".join([*pieces, text[end:]])


def entities(text: str) -> Iterator[tuple[int, int, Refused]]:
    """Find the character references that stand for what a text may not hold: where each begins and ends, and what is
    wrong with the character in that very place."""
    lines = _Lines(text)
    for match in ENTITY.finditer(text):
        start, end = match.span()
        signs = unescape(match[0]) or "\0"  # it gives nothing for what is no character
        for at, sign in enumerate(signs):
            before = text[max(0, start - _NEAR) : start] + signs[:at]
            after = signs[at + 1 :] + text[end : end + _NEAR]
            if _SUSPECT.match(sign) and not _has_its_place(sign, before, after, start, lines):
                code = _code_of(sign)
                message = f"{match[0]} stands for an invisible character ({_name(sign)})"
                yield start, end, Refused(start, end - start, code, message, _HINTS[code])
                break


class _Lines:
    """Tells whether the line of an offset holds a letter that is written from right to left. Offsets rise."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.end = -1
        self.is_leftward = False

    def are_leftward(self, at: int) -> bool:
        if at > self.end:
            start = self.text.rfind("\n", 0, at) + 1
            end = self.text.find("\n", at)
            self.end = end if end >= 0 else len(self.text)
            signs = set(self.text[start : self.end])
            self.is_leftward = any(unicodedata.bidirectional(one) in ("R", "AL") and one not in _MARKS for one in signs)
        return self.is_leftward


def _code_of(sign: str) -> str:
    if _IS_RESERVED.match(sign):
        return "reserved-character"
    return "bidi-control" if _IS_BIDI.match(sign) else "invisible-character"


_HINTS = {
    "reserved-character": "delete it",
    "bidi-control": "delete it; right-to-left text needs none, and a page in it says so by `language`",
    "invisible-character": "delete it",
}


def _message(sign: str, code: str) -> str:
    if code == "reserved-character":
        return f"an invisible character ({_name(sign)}) stands here"
    if sign in _MARKS:
        return f"a mark of direction ({_name(sign)}) stands in a line without right-to-left letters"
    if code == "bidi-control":
        return f"an invisible character ({_name(sign)}) changes the order in which this line is shown"
    return f"an invisible character ({_name(sign)}, {unicodedata.name(sign, 'without a name').lower()}) stands here"


def _name(sign: str) -> str:
    return f"U+{ord(sign):04X}"


def _has_its_place(sign: str, before: str, after: str, at: int, lines: _Lines) -> bool:
    """Whether a script or an emoji needs the character between what stands before and after it."""
    last, following = before[-1:], after[:1]
    if sign in _MARKS:
        return lines.are_leftward(at)
    if sign in _JOINERS:
        return _joins_letters(last, following) or (sign == "\u200d" and _joins_emoji(last, following))
    if sign == _BREAK:
        return bool(_WITHOUT_SPACES.match(last) and _WITHOUT_SPACES.match(following))
    if sign == _SOFT_HYPHEN:
        return last.isalpha() and following.isalpha()
    if _IS_SELECTOR.match(sign):
        if last.isascii():  # of ASCII, keycaps alone are chosen so
            return bool(last) and last in "0123456789#*" and sign == "\ufe0f" and following == "\u20e3"
        return not (last.isspace() or _SUSPECT.match(last))
    is_tag = "\U000e0000" <= sign <= "\U000e007f"
    near = before[-_NEAR:]
    return is_tag and any(one.start() < len(near) < one.end() for one in _FLAGS.finditer(f"{near}{sign}{after}"))


def _joins_letters(before: str, after: str) -> bool:
    both = before and after and ord(before) >= _JOINED_SCRIPTS and ord(after) >= _JOINED_SCRIPTS
    return bool(both) and all(
        unicodedata.category(one)[0] in "LM" and not _SUSPECT.match(one) for one in before + after
    )


def _joins_emoji(before: str, after: str) -> bool:
    """Between two pictures, of which the first may have its selector or the colour of a skin."""
    is_picture = bool(before) and (unicodedata.category(before) in ("So", "Sk") or before == "\ufe0f")
    return is_picture and not before.isascii() and bool(after) and unicodedata.category(after) == "So"


_NAMED = sorted((name for name, value in html5.items() if _SUSPECT.search(value)), key=lambda name: (-len(name), name))
"""The names that HTML has for such characters, such as `rlm;` and `ZeroWidthSpace;`."""
ENTITY = re.compile(f"{_NUMBERED.pattern}|&(?:{'|'.join(_NAMED)})")
"""A character reference that is looked at: by number, or by a name of one of these characters."""
