"""Body maps: a drawing with places that lead to pages. All words and shapes come from `body-map.yaml`.

Lengths are in units of the drawing, of which its view says how many it shows.
"""

from dataclasses import dataclass

from generator.problems.problem import Problem, Span
from generator.sources.records import Placed, Record, same_ids

ROOM = 288
"""The pixels of CSS that a phone 320 of them wide leaves for a drawing."""
FINGER = 44
"""The pixels of CSS that a finger hits for sure (WCAG 2.2, success criterion 2.5.5)."""


@dataclass(frozen=True)
class Shape:
    """One shape of the drawing; `both` says that it is drawn again on the other side."""

    part: str
    path: str
    both: bool


@dataclass(frozen=True)
class Landmark:
    """A name beside the drawing and the line that leads from it."""

    name: str
    x: int
    y: int
    leader: str


@dataclass(frozen=True)
class Spot:
    """A place on the drawing: its middle, its width and its height."""

    x: int
    y: int
    wide: int
    high: int


@dataclass(frozen=True)
class Region:
    """A place in words, where it is drawn, and the pages to read."""

    id: str
    name: str
    note: str
    spots: tuple[Spot, ...]
    pages: Placed
    sources: Placed


@dataclass(frozen=True)
class BodyMap:
    """One drawing. `view` is its left, top, width and height; `signs` are topics of red flags."""

    id: str
    title: str
    describes: str
    view: tuple[int, ...]
    signs: Placed
    shapes: tuple[Shape, ...]
    landmarks: tuple[Landmark, ...]
    regions: tuple[Region, ...]
    span: Span

    @property
    def mirror(self) -> int:
        """What the mirror image is moved by: twice the middle of the view."""
        return 2 * self.view[0] + self.view[2]


def read_body_map(record: Record) -> tuple[BodyMap | None, list[Problem]]:
    """Make a map from its record, with what is wrong in it; none where it is so wrong that nothing can be drawn."""
    view = tuple(one for one in record.items("view") if isinstance(one, int))
    if len(view) != 4:
        return None, []
    found = BodyMap(
        id=record.text("id"),
        title=record.text("title"),
        describes=record.text("describes"),
        view=view,
        signs=record.placed("signs"),
        shapes=tuple(
            Shape(one.text("part"), one.text("path"), one.text("sides") == "both") for one in record.groups("drawing")
        ),
        landmarks=tuple(
            Landmark(one.text("name"), one.number("x"), one.number("y"), one.text("leader"))
            for one in record.groups("landmarks")
        ),
        regions=tuple(map(_region, record.groups("regions"))),
        span=record.at("id"),
    )
    return found, same_ids(record.groups("regions")) + _check_spots(found, record)


def _region(region: Record) -> Region:
    return Region(
        id=region.text("id"),
        name=region.text("name"),
        note=region.text("note"),
        spots=tuple(
            Spot(one.number("x"), one.number("y"), one.number("wide"), one.number("high"))
            for one in region.groups("spots")
        ),
        pages=region.placed("pages"),
        sources=region.placed("sources"),
    )


def _check_spots(found: BodyMap, record: Record) -> list[Problem]:
    """Find places that a finger would miss on a phone, and those that nobody sees."""
    left, top, width, height = found.view
    least = -(-FINGER * width // ROOM)
    problems = []
    for region, written in zip(found.regions, record.groups("regions"), strict=True):
        for spot, place in zip(region.spots, written.groups("spots"), strict=True):
            if min(spot.wide, spot.high) < least:
                message = f'a spot of "{region.id}" is too small for a finger on a phone'
                problems.append(Problem("small-target", message, place.span, f"make it at least {least} wide and high"))
            if not (left <= spot.x <= left + width and top <= spot.y <= top + height):
                message = f'a spot of "{region.id}" lies outside the drawing'
                hint = f"x from {left} to {left + width}, y from {top} to {top + height}"
                problems.append(Problem("outside-map", message, place.span, hint))
    return problems
