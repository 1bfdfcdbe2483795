"""Small changes of an input that leave it nearly right: each a function of its bytes and of dice alone."""

import random
import re
from collections.abc import Callable
from itertools import chain

from generator.markup.callouts import CALLOUTS
from generator.markup.directives import BLOCKS
from generator.sources.datafiles import CLAIM, RECORD_FILES
from generator.sources.kinds import KINDS
from generator.sources.schema import Group, Items
from generator.sources.siteyaml import SITE
from generator.sources.values import Choice, Type
from tests.helpers import MARKDOWN_PIECES, YAML_PIECES

Dice = random.Random
Mutation = Callable[[bytes, Dice], bytes]


def _words_of(schema: Type) -> set[str]:
    """The names of fields, and the words that they may hold."""
    if isinstance(schema, Group):
        return set(chain.from_iterable({one.key, *_words_of(one.type)} for one in schema.fields))
    if isinstance(schema, Items):
        return _words_of(schema.of)
    return set(schema.of) if isinstance(schema, Choice) else set()


_SCHEMAS = (SITE, CLAIM, *RECORD_FILES.values(), *(kind.schema for kind in KINDS.values()))
_FIELDS = sorted(set().union(*map(_words_of, _SCHEMAS)))
_CSL = """
id type title author editor family given literal suffix dropping-particle non-dropping-particle issued accessed event
date-parts raw container-title container-title-short publisher publisher-place volume issue page number edition genre
event-place DOI PMID PMCID URL note custom read article-journal webpage chapter report speech full-text abstract notes
""".split()

_ODD_WORDS = r"""
0000-00-00 9999-12-31 2026-02-30 0001-01-01 -1 0 00 -0 1e999 NaN Infinity -Infinity .inf 0x10 1_000 12:30 ² ٣ null ~
true [] {} "" '' [[]] [{}] [""] [null] [[[[[[[[[[[[[[ {a:{b:{c:{}}}} é ﬀ ß İ ŉ ǆ 😀 "\ud800" "\udc00\ud800" "\u0000"
"\n" "\r" "\ue0000\ue001" "\u001b[2J" &#xe000;0&#xe001; &#57344;0&#57345; %s {0} {title} ${x} https://[ https://a:b/
//x.y http://\x HTTPS://X https://x?a=1 mailto: tel: ../../x.md content/ a/b .. . / // /a/ /../ \ %2e%2e/ con - --
--- ... <<: # ' " | >
@a ` % en- en-GB zz x-klingon EN_us de-1996 smith2001 lee rest-shortens care/rest.md virus viruses rest.md
rest.md#what-it-does ../glossary.yaml#virus ../references.json#lee
""".split()
_ODD_TEXTS = """
| a;> a;&a b;*a b;!!str x;!t;? a;- - - a;# a; #a;{{ 7 * 7 }};{% x %};a: b;\x85;\u2028;\u202e;\u200b;\ufeff;\x00;\x1b[2J
e\u0301;\ue0000\ue001;\t;\r\n;\r;\u0662\u0660\u0662\u0666-01-01
""".strip("\n")
ODD = [
    *_ODD_WORDS,
    *re.split("[;\n](?!$)", _ODD_TEXTS),
    *("\n", "9" * 30, "9" * 5_000, "1." + "3" * 20, "a" * 400, "a " * 300, " " * 300),
]
"""Values that some program has tripped over."""

_TOKENS = [
    *map(str.encode, [*MARKDOWN_PIECES, *YAML_PIECES, *_FIELDS, *_CSL, *(f"{one}: " for one in _FIELDS)]),
    *(f"> [!{one}]\n> ".encode() for one in CALLOUTS),
    *(f"\n::{one}{{{two}}}\n".encode() for one in BLOCKS for two in ("", "home", "care/rest", "7,", "lee")),
]
_ODD = [one.encode() for one in ODD]
DICTIONARY = [*_TOKENS, *_ODD, b"\xed\xa0\x80", b"\xff", b"\xc3"]
"""All words of the dialects, and odd values."""

_VALUE = re.compile(rb'(?<=[:\[,{]) *("(?:[^"\\\n]|\\.)*"|[^\s,\[\]{}:"]+)')


def _with_token(data: bytes, dice: Dice) -> bytes:
    at = dice.randint(0, len(data))
    return data[:at] + dice.choice(DICTIONARY) + data[at:]


def _with_odd_value(data: bytes, dice: Dice) -> bytes:
    """Another value in place of one, wherever YAML or JSON has values."""
    places = [*_VALUE.finditer(data)]
    if not places:
        return _with_token(data, dice)
    place = dice.choice(places)
    value = dice.choice(_ODD)
    quoted = place[1].startswith(b'"') and not value.startswith(b'"') and dice.random() < 0.7
    return data[: place.start(1)] + (b'"' + value + b'"' if quoted else value) + data[place.end(1) :]


def _with_value_of_another(data: bytes, dice: Dice) -> bytes:
    places = [*_VALUE.finditer(data)]
    if len(places) < 2:
        return _repeated(data, dice)
    one, other = dice.sample(places, 2)
    return data[: one.start(1)] + other[1] + data[one.end(1) :]


def _part(data: bytes, dice: Dice) -> tuple[int, int]:
    start = dice.randint(0, len(data))
    return start, min(len(data), start + int(dice.expovariate(1 / 12)) + 1)


def _repeated(data: bytes, dice: Dice) -> bytes:
    start, end = _part(data, dice)
    return data[:start] + data[start:end] * dice.choice([2, 2, 3, 9, 120]) + data[end:]


def _without_part(data: bytes, dice: Dice) -> bytes:
    start, end = _part(data, dice)
    return data[:start] + data[end:]


def _moved(data: bytes, dice: Dice) -> bytes:
    start, end = _part(data, dice)
    rest = data[:start] + data[end:]
    at = dice.randint(0, len(rest))
    return rest[:at] + data[start:end] + rest[at:]


def _nested(data: bytes, dice: Dice) -> bytes:
    start, end = _part(data, dice)
    before, after = dice.choice(_BRACKETS)
    depth = dice.choice([1, 1, 2, 13, 60])
    return data[:start] + before * depth + data[start:end] + after * depth + data[end:]


_BRACKETS = [
    *((b"[", b"]"), (b"{", b"}"), (b"{a: ", b"}"), (b'{"id": ', b"}"), (b"(", b")"), (b"*", b"*"), (b"**", b"**")),
    *((b"`", b"`"), (b"<b>", b"</b>"), (b"<div>\n", b"\n</div>"), (b"[", b"](x)"), (b"![", b"](x)"), (b'"', b'"')),
    *((b"'", b"'"), (b"<!--", b"-->"), (b"```\n", b"\n```\n"), (b"\n> ", b"\n"), (b"\n- ", b"\n"), (b"> ", b"")),
    *((b"- ", b""), (b"    ", b""), (b"[^", b"]"), (b"~~~", b"~~~")),
]


def _cut(data: bytes, dice: Dice) -> bytes:
    at = dice.randint(0, len(data))
    return data[:at] if dice.random() < 0.7 else data[at:]


def _flipped(data: bytes, dice: Dice) -> bytes:
    if not data:
        return bytes([dice.randrange(256)])
    at = dice.randrange(len(data))
    return data[:at] + bytes([dice.randrange(256)]) + data[at + 1 :]


def _with_lines_changed(data: bytes, dice: Dice) -> bytes:
    lines = data.split(b"\n")
    at, other = dice.randrange(len(lines)), dice.randrange(len(lines))
    what = dice.randrange(5)
    if what == 0:
        lines[at], lines[other] = lines[other], lines[at]
    elif what == 1:
        lines.insert(other, lines[at])
    elif what == 2:
        del lines[at]
    elif what == 3:
        lines[at] = b" " * dice.choice([1, 2, 4, 8]) + lines[at]
    else:
        lines[at] = lines[at].lstrip()
    return b"\n".join(lines)


_MUTATIONS: list[Mutation] = [
    *(_with_token, _with_token, _with_odd_value, _with_odd_value, _with_value_of_another, _repeated, _without_part),
    *(_moved, _nested, _cut, _flipped, _with_lines_changed, _with_lines_changed),
]


def mutated(data: bytes, seed: int, most: int) -> bytes:
    """Change an input once or a few times; it has `most` bytes at most."""
    dice = random.Random(seed)  # noqa: S311  it chooses inputs
    for _ in range(dice.choice([1, 1, 1, 2, 3, 5])):
        data = dice.choice(_MUTATIONS)(data, dice)[:most]
    return data
