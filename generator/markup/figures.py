"""Pictures: one alone in its paragraph is a figure, and its title is the caption."""

from xml.etree.ElementTree import Element, SubElement


def make_figures(root: Element) -> None:
    """Turn a paragraph that holds one picture and nothing else into a figure."""
    for paragraph in root.iter("p"):
        alone = len(paragraph) == 1 and paragraph[0].tag == "img"
        if alone and not (paragraph.text or "").strip() and not (paragraph[0].tail or "").strip():
            paragraph.tag = "figure"
            title = paragraph[0].attrib.pop("title", None)
            if title:
                SubElement(paragraph, "figcaption").text = title
