"""Callouts in GitHub's alert syntax. In health pages three of the five say how fast to get help."""

from xml.etree.ElementTree import Element

from generator.markup.slots import TOKEN, CalloutSlot, Slot, token

CALLOUTS = {
    "NOTE": "note",
    "TIP": "tip",
    "IMPORTANT": "soon",
    "WARNING": "today",
    "CAUTION": "emergency",
}
"""The level of each callout, by the name that GitHub gives it."""


def make_callouts(root: Element, slots: tuple[Slot, ...]) -> None:
    """Turn every quote that begins with a callout's token into a callout with a label to be filled."""
    labels = {token(n): slot for n, slot in enumerate(slots) if isinstance(slot, CalloutSlot)}
    for quote in root.iter("blockquote"):
        if len(quote) and quote[0].tag == "p" and quote[0].text:
            first = quote[0].text.lstrip()
            mark = TOKEN.match(first)
            if mark and mark[0] in labels:
                _convert(quote, mark[0], first[mark.end() :].lstrip(), labels[mark[0]].level)


def _convert(quote: Element, mark: str, rest: str, level: str) -> None:
    quote.tag = "div"
    quote.set("class", f"callout callout-{level}")
    quote.set("role", "note")
    paragraph = quote[0]
    paragraph.text = rest
    if not rest and not len(paragraph):
        quote.remove(paragraph)
    label = Element("p", {"class": "callout-label"})
    label.text = mark
    label.tail = "\n"
    quote.insert(0, label)
