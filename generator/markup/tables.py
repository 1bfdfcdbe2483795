"""Tables that can be read by ear and on a phone: with a caption, scoped headers, and each cell's header at hand."""

from xml.etree.ElementTree import Element

CAPTION = "Table:"
"""How the paragraph before a table begins that is its caption."""


def make_tables(root: Element) -> None:
    """Give every table its caption (the paragraph before it), its scopes and its cells' labels."""
    for parent in [one for one in root.iter() if len(one)]:
        before = None
        for child in list(parent):
            if child.tag == "table":
                _scope(child)
                if before is not None and before.tag == "p" and (before.text or "").startswith(CAPTION):
                    _caption(child, before)
                    parent.remove(before)
            before = child


def _caption(table: Element, paragraph: Element) -> None:
    caption = Element("caption")
    caption.text = (paragraph.text or "")[len(CAPTION) :].lstrip()
    caption.extend(list(paragraph))
    caption.tail = "\n"
    table.insert(0, caption)


def _scope(table: Element) -> None:
    labels = []
    for header in table.iterfind("thead/tr/th"):
        labels.append("".join(header.itertext()).strip())
        header.set("scope", "col")
        if not labels[-1]:
            header.tag = "td"
            del header.attrib["scope"]
    for row in table.iterfind("tbody/tr"):
        for index, cell in enumerate(row):
            if index == 0:
                cell.tag = "th"
                cell.set("scope", "row")
            elif index < len(labels) and labels[index]:
                cell.set("data-label", labels[index])
