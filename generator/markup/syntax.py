"""The grammar of what is found in a text before Markdown sees it, and where in a text it can begin at all."""

import re
from collections.abc import Iterator

from generator.sources.characters import ENTITY

_DESTINATION = r"<[^>\n]*>|[^\s()<>]*(?:\((?:[^\s()]|\([^\s()]*\))*\)[^\s()]*)*"

PARTS = re.compile(
    r"""
      (?P<fence> ^(?P<mark>`{3,}+|~{3,}+)[ \t]*(?P<language>[^\n`]*)\n (?P<code>(?:[^\n]*\n)*?) (?P=mark)[`~]*[ \t]*$ )
    | (?P<open_fence> ^(?:`{3,}|~{3,})[^\n]*$ )
    | (?P<inner_fence> ^(?P<inner_line>[ \t>*+-]+(?P<inner_mark>`{3,}|~{3,})[^\n`]*)$
        (?:\n(?:[^\n]*\n)*?[ \t>]*(?P=inner_mark)[ \t]*$)? )
    | (?P<comment> <!--.*?--> )
    | (?P<escape> \\[\\`*_{}\[\]()>\#+.!<@|-] )
    | (?P<span> (?<!`)(?P<ticks>`+)(?!`)(?:(?!\n[ \t]*\n).)+?(?<!`)(?P=ticks)(?!`) )
    | (?P<auto> <(?P<auto_to>[A-Za-z][A-Za-z0-9+.-]*:[^<>\s]*)> )
    | (?P<entity> ENTITY )
    | (?P<html> </?(?P<tag>[A-Za-z][A-Za-z0-9-]*)(?P<attributes>(?:\s[^<>]*)?)/?> )
    | (?P<image> !\[(?P<alt>[^\]\n]{0,1000})\]\(\s*(?P<image_to>DESTINATION) )
    | (?P<cite> \[(?P<cited>(?>[^\[\]\n]*?(?<![\w.])@\w)[^\[\]]*+|[ ]*@[^\[\]\n]*+)\](?!\() )
    | (?P<open_cite> \[@\w[\w:.-]*+(?![^\[\]]*\]\() )
    | (?P<bare> (?<![\w@.\[/])@[A-Za-z][\w-]* )
    | (?P<note_text> ^[ ]{0,3}\[\^(?P<note_name>[^\]\n]{1,300})\]: )
    | (?P<note_use> \[\^(?P<used_note>[^\]\n]{1,300})\] )
    | (?P<definition> ^[ ]{0,3}\[(?P<label>[^\]\^\n][^\]\n]*)\]:[ \t]*(?P<defined>DESTINATION) )
    | (?P<quoted_definition> ^[ \t]*(?:>[ \t]?)+\[[^\]^!@\n][^\]\n]*\]:[ \t] )
    | (?P<labelled> (?<!!)\[(?P<shown>[^\[\]\n]+)\]\[(?P<used_label>[^\[\]\n]*)\] )
    | (?P<keys> \[(?P<keyed>[A-Za-z][\w-]*(?:[ ]*[;,][ ]*[A-Za-z][\w-]*)*)\](?![(\[:]|[ \t]+\() )
    | (?P<parted> \][ \t]+\((?P<parted_to>(?:https?:|www\.|\.{0,2}/)[^\s()]*|[^\s()]+\.(?:md|html))(?:\#[^\s()]*)?\) )
    | (?P<link> \]\(\s*(?P<link_to>DESTINATION) )
    | (?P<block> ^::[^\n]*$ )
    | (?P<inner_block> ^[ \t>*+-]+::[a-z-]+(?:\{[^}\n]*\})?[ \t]*$ )
    | (?P<callout> (?<=>)[ \t]*\[!(?P<alert>[A-Za-z]+)\](?P<beside>[^\n]*)$ )
    | (?P<hashes> ^\#{1,6}(?!\#) )
    | (?P<underline> (?<=\S\n)(?:=+|-{2,})[ \t]*$ )
    | (?P<rule> ^[ \t]*+(?:\|[ \t]*+)?:?-++:?[ \t]*+(?:\|[ \t]*+:?-++:?[ \t]*+)++\|?[ \t]*+$ )
    | (?P<list> \{:?[ \t]*+(?P<listed>[^}=\n]{0,300}=[^}\n]{0,1000})\} )
    """.replace("DESTINATION", _DESTINATION).replace("ENTITY", ENTITY.pattern.replace("#", r"\#")),
    re.VERBOSE | re.MULTILINE | re.DOTALL,
)
"""Every kind of part by its name, in the order in which they are tried at a place."""
ATTRIBUTE = re.compile(r"""([^\s"'<>/=]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'=<>`]+))?""")
"""One attribute of a tag: its name, and its value with the quotes around it."""
_SIGN = re.compile(r"[\\`<&!\[\]@{>\n](?:(?<![\n>])|(?=[~ \t>*+:#=|-]))")
"""With one of these a part begins; or where a line does or behind a `>`, with one of the others."""
_OPEN_FENCE = re.compile(r"(?P<open_fence>^(?:`{3,}|~{3,})[^\n]*$)", re.MULTILINE)
_INNER_FENCE = re.compile(
    r"(?P<inner_fence>^(?P<inner_line>[ \t>*+-]+(?P<inner_mark>`{3,}|~{3,})[^\n`]*)$)", re.MULTILINE
)
_FENCE = re.compile(r"^`{3}", re.MULTILINE)
_TICKS = re.compile(r"`+|\n(?=[ \t]*\n)")
_MARK = re.compile(r"(?P<inner>(?:^[ \t>*+-]+)?)(?P<mark>`{3,}|~{3,})", re.MULTILINE)


def parts(text: str) -> Iterator[re.Match[str]]:
    """Give what `PARTS.finditer` gives. It would try every part at every character; few characters begin one.

    And it would read to the end of the text for each fence and each comment that is never closed, and to the end of its
    paragraph for each span of code, however many there are: here each is looked for once.
    """
    tried = _Tried(text)
    end = 0
    first = tried.match(0)
    if first:
        end = first.end()
        yield first
    for sign in _SIGN.finditer(text):
        at = sign.end() if sign[0] in "\n>" else sign.start()
        if at >= end and (match := tried.match(at)):
            end = match.end()
            yield match


class _Tried:
    """Looks for a part at a place, and remembers what is closed nowhere behind it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.last_comment = text.rfind("-->") if "<!--" in text else 0
        self.spans = _spans(text)
        self.open: set[tuple[bool, str]] = set()

    def match(self, at: int) -> re.Match[str] | None:
        """Give the part that begins at a place."""
        if self.text.startswith("`", at) and at not in self.spans and not _FENCE.match(self.text, at):
            return None
        if at > self.last_comment and self.text.startswith("<!--", at):
            return None
        fence = _MARK.match(self.text, at)
        if fence is None:
            return PARTS.match(self.text, at)
        kind = bool(fence["inner"]), fence["mark"]
        if kind in self.open:
            return (_INNER_FENCE if fence["inner"] else _OPEN_FENCE).match(self.text, at) or PARTS.match(self.text, at)
        found = PARTS.match(self.text, at)
        if found and _is_left_open(found, fence["mark"]):
            self.open.add(kind)
        return found


def _spans(text: str) -> frozenset[int]:
    """Where ticks stand that are closed, in their paragraph, by as many."""
    found: set[int] = set()
    open_at: dict[int, int] = {}
    for run in _TICKS.finditer(text):
        if run[0][0] == "\n":
            open_at.clear()
            continue
        count = len(run[0])
        if count in open_at:
            found.add(open_at[count])
        open_at[count] = run.start()
    return frozenset(found)


def _is_left_open(found: re.Match[str], mark: str) -> bool:
    """Whether a fence is closed nowhere. One with a backtick behind its mark is none, however it goes on."""
    if found.lastgroup == "open_fence":
        return "`" not in found.group()[len(mark) :]
    return found.lastgroup == "inner_fence" and found["inner_fence"] == found["inner_line"]
