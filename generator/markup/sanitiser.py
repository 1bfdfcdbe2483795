"""The allow-list through which all HTML of a text passes, whether an editor wrote it or Markdown made it."""

import re
from functools import cache

import nh3

from generator.markup.slots import TOKEN

_ANYWHERE = {"id", "class", "lang", "dir", "title"}
_ATTRIBUTES: dict[str, set[str]] = {
    "a": {"href"},
    "img": {"src", "alt"},
    "th": {"scope", "colspan", "rowspan"},
    "td": {"colspan", "rowspan", "data-label"},
    "ol": {"start"},
    "div": {"role"},
    "time": {"datetime"},
}
_TAGS = set(
    """
    a abbr b blockquote br caption cite code col colgroup dd del dfn div dl dt em figcaption figure
    h1 h2 h3 h4 h5 h6 hr i img ins kbd li ol p pre q s samp small span strong sub sup
    table tbody td tfoot th thead time tr u ul var
    """.split()
)
_OWN_ANCHOR = re.compile(r"#fn(ref)?\d*:[^\s\"'<>]+")
_OUTSIDE = re.compile(r"(https?://|mailto:|tel:)", re.IGNORECASE)


def allows(tag: str, attribute: str = "") -> bool:
    """Whether a tag, or an attribute of it, stays; used to report what would be removed."""
    if tag not in _TAGS:
        return False
    return not attribute or attribute in _ANYWHERE or attribute in _ATTRIBUTES.get(tag, set())


def sanitise(html: str) -> str:
    """Give HTML that holds allowed tags, attributes and addresses, and nothing else."""
    return _cleaner().clean(html)


@cache
def _cleaner() -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=_TAGS,
        attributes={"*": _ANYWHERE, **_ATTRIBUTES},
        attribute_filter=_filter,
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel=None,
        strip_comments=True,
    )


def _filter(tag: str, attribute: str, value: str) -> str | None:
    if attribute == "href":
        good = TOKEN.fullmatch(value) or _OWN_ANCHOR.fullmatch(value) or _OUTSIDE.match(value)
        return value if good else None
    if attribute == "src":
        return value if TOKEN.fullmatch(value) else None
    if attribute == "role":
        return value if value == "note" else None
    if attribute in ("id", "class"):
        return value if TOKEN.search(value) is None else None
    return value
