"""A link beside each heading by which its place can be copied.

It stands beside the heading, not in it: a list of headings that is read aloud holds the headings alone.
"""

import html
import re

_HEADING = re.compile(r'<h([23]) id="([^"]+)">(.*?)</h\1>', re.DOTALL)
_TAG = re.compile(r"<[^>]+>")


def with_heading_links(source: str, label: str) -> str:
    """Give HTML with a link after each heading of level two and three; `label` is its name, with a gap {title}."""

    def linked(match: re.Match[str]) -> str:
        title = html.unescape(_TAG.sub("", match[3])).strip()
        name = html.escape(label.format(title=title))
        link = f'<a class="anchor" href="#{match[2]}" aria-label="{name}"></a>'
        return f'<div class="headed headed-{match[1]}">{match[0]}{link}</div>'

    return _HEADING.sub(linked, source)
