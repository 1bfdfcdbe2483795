"""What may come out of the sanitiser, as a browser would read it; written from the rules, and not from the program."""

import re

from lxml import html as lxml_html

from generator.markup.slots import TOKEN
from tests.helpers import elements

TAGS = frozenset(
    """a abbr b blockquote br caption cite code col colgroup dd del dfn div dl dt em figcaption figure
    h1 h2 h3 h4 h5 h6 hr i img ins kbd li ol p pre q s samp small span strong sub sup
    table tbody td tfoot th thead time tr u ul var""".split()
)
ATTRIBUTES = frozenset(
    """id class lang dir title href src alt scope colspan rowspan data-label start role datetime tabindex""".split()
)
ADDRESS = re.compile(r"(https?://|mailto:|tel:|#fn)", re.IGNORECASE)
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
CODE_TABINDEX = ("pre", "tabindex", "0")
"""Written by the program itself, so that a wide block of code can be scrolled by keyboard."""


def faults(html: str) -> list[str]:
    """What a browser would find in the HTML that must not be there."""
    tree = lxml_html.fragment_fromstring(_NOT_XML.sub(" ", html), create_parent="div")
    seen = [(str(one.tag), {str(k): str(v) for k, v in one.attrib.items()}) for one in tree.iterdescendants()]
    found = []
    for tag, attributes in [*seen, *elements(html)]:
        found += [f"<{tag}>"] if tag not in TAGS else []
        for name, value in attributes.items():
            found += [f"{tag} {name}"] if name not in ATTRIBUTES or name.startswith("on") else []
            if name == "tabindex" and (tag, name, value) != CODE_TABINDEX:
                found.append(f"{tag} {name}={value}")
            if name in ("href", "src") and not (TOKEN.fullmatch(value) or (name == "href" and ADDRESS.match(value))):
                found.append(f"{tag} {name}={value}")
    return found
