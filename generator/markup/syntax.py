"""The grammar of what is found in a text before Markdown sees it, and where in a text it can begin at all."""

import re
from collections.abc import Iterator

_DESTINATION = r"<[^>\n]*>|[^\s()<>]*(?:\((?:[^\s()]|\([^\s()]*\))*\)[^\s()]*)*"

PARTS = re.compile(
    r"""
      (?P<fence> ^(?P<mark>`{3,}|~{3,})[ \t]*(?P<language>[^\n`]*)\n (?P<code>(?:[^\n]*\n)*?) (?P=mark)[`~]*[ \t]*$ )
    | (?P<open_fence> ^(?:`{3,}|~{3,})[^\n]*$ )
    | (?P<inner_fence> ^(?P<inner_line>[ \t>*+-]+(?P<inner_mark>`{3,}|~{3,})[^\n`]*)$
        (?:\n(?:[^\n]*\n)*?[ \t>]*(?P=inner_mark)[ \t]*$)? )
    | (?P<comment> <!--.*?--> )
    | (?P<escape> \\[\\`*_{}\[\]()>\#+.!<@|-] )
    | (?P<span> (?<!`)(?P<ticks>`+)(?!`)(?:(?!\n[ \t]*\n).)+?(?<!`)(?P=ticks)(?!`) )
    | (?P<auto> <(?P<auto_to>[A-Za-z][A-Za-z0-9+.-]*:[^<>\s]*)> )
    | (?P<entity> &\#(?:[0-9]+|[xX][0-9a-fA-F]+);? )
    | (?P<html> </?(?P<tag>[A-Za-z][A-Za-z0-9-]*)(?P<attributes>(?:\s[^<>]*)?)/?> )
    | (?P<image> !\[(?P<alt>[^\]\n]*)\]\(\s*(?P<image_to>DESTINATION) )
    | (?P<cite> \[(?P<cited>[^\[\]\n]*(?<![\w.])@\w[^\[\]]*|[ ]*@[^\[\]\n]*)\](?!\() )
    | (?P<open_cite> \[@\w[\w:.-]*(?![^\[\]]*\]\() )
    | (?P<bare> (?<![\w@.\[/])@[A-Za-z][\w-]* )
    | (?P<note_text> ^[ ]{0,3}\[\^(?P<note_name>[^\]\n]+)\]: )
    | (?P<note_use> \[\^(?P<used_note>[^\]\n]+)\] )
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
    | (?P<rule> ^[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)+\|?[ \t]*$ )
    | (?P<list> \{:?[ \t]*(?P<listed>[^}=\n]*=[^}\n]*)\} )
    """.replace("DESTINATION", _DESTINATION),
    re.VERBOSE | re.MULTILINE | re.DOTALL,
)
_SIGN = re.compile(r"[\\`<&!\[\]@{>\n](?:(?<![\n>])|(?=[~ \t>*+:#=|-]))")
"""With one of these a part begins; or where a line does or behind a `>`, with one of the others."""


def parts(text: str) -> Iterator[re.Match[str]]:
    """Give what `PARTS.finditer` gives. It would try every part at every character; few characters begin one."""
    end = 0
    first = PARTS.match(text)
    if first:
        end = first.end()
        yield first
    for sign in _SIGN.finditer(text):
        at = sign.end() if sign[0] in "\n>" else sign.start()
        if at >= end and (match := PARTS.match(text, at)):
            end = match.end()
            yield match
