"""One text in Markdown becomes sanitised HTML with slots."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from generator.markup.callouts import make_callouts
from generator.markup.citations import Locate
from generator.markup.code import code_html
from generator.markup.figures import make_figures
from generator.markup.headings import Heading, anchor_headings
from generator.markup.misleading_links import check_links
from generator.markup.passages import Marks
from generator.markup.sanitiser import sanitise
from generator.markup.scan import scan, without_reserved
from generator.markup.slots import (
    TOKEN,
    BlockSlot,
    CalloutSlot,
    CitationSlot,
    CodeSlot,
    Fragment,
    Slot,
    holds_token,
    restore,
)
from generator.markup.tables import make_tables
from generator.problems.problem import Problem

if TYPE_CHECKING:
    from generator.markup.library import Plain

_TAG_OR_TOKEN = re.compile(f'<(?:/?code|[a-z0-9]+ )[^<>"]*(?:"[^"]*"[^<>"]*)*>|{TOKEN.pattern}')
"""A tag of code, a tag with attributes, a token: what else there is in sanitised HTML stays as it is."""
_ALONE = re.compile(f"<p>\\s*({TOKEN.pattern})\\s*</p>")
"""A paragraph that is one token: the token, and the number in it."""
_ADDRESS = re.compile(f'(?: href| src)="{TOKEN.pattern}"')
PLAIN = re.compile("(?:[^\\W\\d_]|\ue000)[\\w ,.;:?!'\"’‘“”()%/–—+=\ue000\ue001-]*(?<! )")
"""A line of words and tokens that begins with a letter or a token: Markdown has nothing to do, but for an `_`."""
_LEFT_OVER = re.compile("\x02[^\x02\x03]*\x03")
"""What Markdown puts for a piece and forgets, where pictures stand in the words of pictures. No source may hold it."""


@dataclass(frozen=True)
class Converted:
    """What one text became. The tokens in the HTML number the slots from `first_slot` on."""

    fragment: Fragment
    headings: tuple[Heading, ...]
    slots: tuple[Slot, ...]
    problems: tuple[Problem, ...]
    prose: str
    marks: Marks


def convert(text: str, locate: Locate, before: tuple[Slot, ...] = ()) -> Converted:
    """Convert a text; `before` are the slots that its document has already."""
    scanned = scan(text, locate, len(before))
    slots = (*before, *scanned.slots)
    clean, headings = _clean(scanned.tokens, slots)
    settled, misplaced = _settle(clean, slots)
    problems = (*scanned.problems, *misplaced, *check_links(settled, slots))
    return Converted(Fragment(settled), headings, scanned.slots, problems, scanned.prose, scanned.marks)


def convert_inline(text: str, locate: Locate, before: tuple[Slot, ...] = ()) -> Converted:
    """Convert one line; what only a whole text may hold is a problem."""
    converted = convert(text, locate, before)
    inner = converted.fragment.html.strip()
    line = inner.removeprefix("<p>").removesuffix("</p>")
    if inner == f"<p>{line}</p>" and "</p>" not in line:
        return replace(converted, fragment=Fragment(line))
    message = "only one line of text fits here, without blocks, lists or headings"
    hint = "write it as one sentence, without #, - or > before it"
    problem = Problem("bad-block", message, locate(0, len(text)), hint)
    return replace(converted, fragment=Fragment(""), headings=(), problems=(*converted.problems, problem))


def _clean(tokens: str, slots: tuple[Slot, ...]) -> tuple[str, tuple[Heading, ...]]:
    """Give the sanitised HTML of a text with tokens, and its headings."""
    if PLAIN.fullmatch(tokens) and "_" not in tokens:
        return f"<p>{tokens}</p>", ()
    from generator.markup.library import to_html  # where no text is new, Markdown need not be loaded

    headings: tuple[Heading, ...] = ()

    def finish(root: Element, plain: "Plain") -> None:
        nonlocal headings
        make_callouts(root, slots)
        make_tables(root)
        make_figures(root)
        headings = anchor_headings(root, lambda text: html.unescape(without_reserved(TOKEN.sub("", plain(text)))))

    return sanitise(without_reserved(_LEFT_OVER.sub("", to_html(tokens, finish)))), headings


def _settle(text: str, slots: tuple[Slot, ...]) -> tuple[str, list[Problem]]:
    """Fill code blocks, keep tokens that stand where they can be filled, and put back what was written elsewhere."""
    problems: list[Problem] = []
    text = _ALONE.sub(lambda match: _whole(match, slots), text)
    in_code = 0

    def settled(match: re.Match[str]) -> str:
        nonlocal in_code
        found = match.group()
        if found.startswith("<"):
            in_code += found.startswith("<code") - found.startswith("</code")
            return _settle_tag(found, slots) if holds_token(found) else found
        slot = slots[int(match.group(1))]
        if not in_code:
            if _can_be_filled(slot, match):
                return found
            problems.extend(_misplaced(slot))
        return html.escape(slot.raw)

    return _TAG_OR_TOKEN.sub(settled, text), problems


def _can_be_filled(slot: Slot, match: re.Match[str]) -> bool:
    """Whether a token stands where its slot belongs: a callout's in its label, a citation's anywhere in the text, any
    other on a line of its own."""
    if isinstance(slot, CalloutSlot):
        return match.string.endswith('"callout-label">', 0, match.start())
    alone = match.string.endswith("\n", 0, match.start()) and match.string.startswith("\n", match.end())
    return alone or isinstance(slot, CitationSlot)


def _misplaced(slot: Slot) -> Iterator[Problem]:
    if isinstance(slot, CalloutSlot):
        hint = "make it the first line of a quote, with an empty line before the quote"
        yield Problem("misplaced-callout", f"{slot.raw} does not begin a quote", slot.span, hint)
    elif isinstance(slot, BlockSlot):
        hint = "put an empty line before it and after it"
        yield Problem("bad-block", "a block stands alone in its paragraph", slot.span, hint)


def _whole(match: re.Match[str], slots: tuple[Slot, ...]) -> str:
    slot = slots[int(match[2])]
    if isinstance(slot, CodeSlot):
        return code_html(slot.code, slot.language)
    return f"\n{match[1]}\n" if isinstance(slot, BlockSlot) else match.group()


def _settle_tag(tag: str, slots: tuple[Slot, ...]) -> str:
    """Keep tokens that are a whole address; anywhere else in a tag they are text."""
    address = _ADDRESS.search(tag)
    if not address:
        return restore(tag, slots, html.escape)
    before, after = tag[: address.start()], tag[address.end() :]
    return restore(before, slots, html.escape) + address.group() + restore(after, slots, html.escape)
