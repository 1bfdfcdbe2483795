"""The schema of `body-map.yaml`: drawings of the body with places that lead to pages."""

import re
from dataclasses import dataclass

from generator.sources.schema import Field, Group, Items
from generator.sources.values import Choice, Formed, Identifier, PagePath, ReferenceKey, Text, Whole

PARTS = ("body", "outline", "fold", "muscle", "bone", "rim", "dot")
"""How a shape of a drawing is painted."""

_PATH = re.compile(r"[Mm][MmLlHhVvCcSsQqTtAaZz0-9 .,-]*")


@dataclass(frozen=True)
class Outline(Formed):
    """The path of a shape, as the attribute `d` of an SVG path: its commands and numbers, and nothing that could end
    the attribute."""

    name = "path"
    code = "bad-path"
    called = "a path"
    hint = "write it like M10 20L30 40Z"

    def is_good(self, text: str) -> bool:
        return bool(_PATH.fullmatch(text))


_X = Field("x", Whole(), "how far from the left, in units of the drawing", required=True)
_Y = Field("y", Whole(), "how far from the top", required=True)
_SOURCES = Field("sources", Items(ReferenceKey(), 1), "ids of references", required=True)

_SHAPE = Group(
    (
        Field("part", Choice(PARTS), "how it is painted", required=True),
        Field("sides", Choice(("one", "both")), "`both` draws it again, mirrored at the middle"),
        Field("path", Outline(2000), "the path, as in SVG", required=True),
    )
)
_LANDMARK = Group(
    (
        Field("name", Text(40), "what can be felt or seen there", required=True),
        _X,
        _Y,
        Field("leader", Outline(200), "the line from the name to the place", required=True),
    )
)
_SPOT = Group(
    (
        _X,
        _Y,
        Field("wide", Whole(1), "how wide the place is", required=True),
        Field("high", Whole(1), "how high the place is", required=True),
    )
)
_REGION = Group(
    (
        Field("id", Identifier(), "a name for its address", required=True),
        Field("name", Text(80), "the place in everyday words", required=True),
        Field("spots", Items(_SPOT, 0, 4), "where it is on the drawing; none for what cannot be drawn"),
        Field("note", Text(400), "what to be careful about there, and what to do", required=True),
        Field("pages", Items(PagePath(), 1, 12), "the pages to read, from content/", required=True),
        _SOURCES,
    )
)

BODY_MAP = Group(
    (
        Field("id", Identifier(), "a name for it", required=True),
        Field("title", Text(80), "what the drawing shows", required=True),
        Field("describes", Text(300), "the drawing in words, for those who cannot see it", required=True),
        Field("signs", Items(Identifier(), 1), "topics of red flags that stand above it", required=True),
        Field("view", Items(Whole(), 4, 4), "[left, top, width, height] of the drawing", required=True),
        Field("drawing", Items(_SHAPE, 1, 60), "the shapes, the lowest first", required=True),
        Field("landmarks", Items(_LANDMARK, 0, 12), "names beside the drawing"),
        Field("regions", Items(_REGION, 1, 20), "the places", required=True),
    )
)
