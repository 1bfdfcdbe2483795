"""Body maps: a drawing with places that lead to pages. All words and shapes come from `body-map.yaml`."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from generator.problems.problem import Problem, Span
from generator.sources.records import Record

ROOM = 288
"""The pixels that a phone of 320 pixels leaves for a drawing."""
FINGER = 44
"""The pixels that a finger hits for sure."""

Placed = tuple[tuple[str, Span], ...]
"""Texts, each with the place where it is written."""


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
    """Make a map from its record; none where the record is so wrong that nothing can be drawn."""
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
            Shape(_text(one, "part"), _text(one, "path"), one.get("sides") == "both")
            for one in record.groups("drawing")
        ),
        landmarks=tuple(
            Landmark(_text(one, "name"), _number(one, "x"), _number(one, "y"), _text(one, "leader"))
            for one in record.groups("landmarks")
        ),
        regions=tuple(_region(one, f"regions.{index}", record) for index, one in enumerate(record.groups("regions"))),
        span=record.at("id"),
    )
    return found, _same_ids(found, record) + _spots(found, record)


def _region(one: Mapping[str, Any], place: str, record: Record) -> Region:
    return Region(
        id=_text(one, "id"),
        name=_text(one, "name"),
        note=_text(one, "note"),
        spots=tuple(
            Spot(_number(spot, "x"), _number(spot, "y"), _number(spot, "wide"), _number(spot, "high"))
            for spot in one.get("spots") or ()
        ),
        pages=_placed(one, "pages", place, record),
        sources=_placed(one, "sources", place, record),
    )


def _same_ids(found: BodyMap, record: Record) -> list[Problem]:
    """Find places that share an id: they would share an address on the page."""
    first: dict[str, Span] = {}
    problems = []
    for index, region in enumerate(found.regions):
        span = record.at(f"regions.{index}.id")
        if region.id and region.id in first:
            related = (("given first here", first[region.id]),)
            problems.append(Problem("duplicate-id", f'"{region.id}" is given twice', span, related=related))
        first.setdefault(region.id, span)
    return problems


def _spots(found: BodyMap, record: Record) -> list[Problem]:
    """Find places that a finger would miss on a phone, and those that nobody sees."""
    left, top, width, height = found.view
    least = -(-FINGER * width // ROOM)
    problems = []
    for number, region in enumerate(found.regions):
        for index, spot in enumerate(region.spots):
            span = record.at(f"regions.{number}.spots.{index}")
            if min(spot.wide, spot.high) < least:
                message = f'a spot of "{region.id}" is too small for a finger on a phone'
                problems.append(Problem("small-target", message, span, f"make it at least {least} wide and high"))
            if not (left <= spot.x <= left + width and top <= spot.y <= top + height):
                message = f'a spot of "{region.id}" lies outside the drawing'
                hint = f"x from {left} to {left + width}, y from {top} to {top + height}"
                problems.append(Problem("outside-map", message, span, hint))
    return problems


def _placed(one: Mapping[str, Any], key: str, place: str, record: Record) -> Placed:
    return tuple((str(text), record.at(f"{place}.{key}.{index}")) for index, text in enumerate(one.get(key) or ()))


def _text(one: Mapping[str, Any], key: str) -> str:
    return str(one.get(key) or "")


def _number(one: Mapping[str, Any], key: str) -> int:
    value = one.get(key)
    return value if isinstance(value, int) else 0
