"""Maps of the body: what a record says stands on the drawing, where a finger hits it and nobody misses it."""

import pytest

from generator.evidence.body_maps import BodyMap, Landmark, Shape, Spot, read_body_map
from generator.problems.problem import Problem
from generator.sources.bodymaps import BODY_MAP
from generator.sources.records import read_records
from tests.helpers import at, file, records

TEXT = """\
- id: face
  title: A face
  describes: A face from the front.
  signs: [lips]
  view: [10, 5, 640, 320]
  drawing:
    - {part: outline, path: M10 0H60}
    - {part: dot, sides: both, path: M20 20h1}
  landmarks: [{name: Ear, x: 12, y: 6, leader: M12 5L20 9}]
  regions:
    - id: nose
      name: The nose
      spots: [{x: 60, y: 50, wide: 98, high: 200}]
      note: A cold sits here.
      pages: [alike/flu.md, help/page.md]
      sources: [a, b]
    - {id: ear, name: The ear, note: Not drawn., pages: [help/page.md], sources: [b]}
"""
SPOT = "{x: 60, y: 50, wide: 98, high: 200}"


def read(text: str) -> tuple[BodyMap, list[Problem]]:
    found, problems = read_body_map(records(text, BODY_MAP)[0])
    assert found is not None
    return found, problems


def with_spot(spot: str) -> tuple[str, list[tuple[str, str]]]:
    """The text with this spot; the code of each problem, and what stands at its place."""
    assert TEXT.count(SPOT) == 1
    text = TEXT.replace(SPOT, spot)
    return text, [(one.code, at(text, one.span)) for one in read(text)[1]]


def test_a_map_is_read_with_all_that_its_record_says() -> None:
    found, problems = read(TEXT)
    assert problems == []
    assert (found.id, found.title, found.describes) == ("face", "A face", "A face from the front.")
    assert (found.view, found.mirror) == ((10, 5, 640, 320), 660)
    assert [(topic, at(TEXT, span)) for topic, span in found.signs] == [("lips", "lips")]
    assert found.shapes == (Shape("outline", "M10 0H60", False), Shape("dot", "M20 20h1", True))
    assert found.landmarks == (Landmark("Ear", 12, 6, "M12 5L20 9"),)
    assert at(TEXT, found.span) == "face"


def test_each_place_has_its_words_its_spots_and_its_pages_and_one_need_not_be_drawn() -> None:
    nose, ear = read(TEXT)[0].regions
    assert (nose.id, nose.name, nose.note, nose.spots) == (
        "nose",
        "The nose",
        "A cold sits here.",
        (Spot(60, 50, 98, 200),),
    )
    assert [(page, at(TEXT, span)) for page, span in nose.pages] == [
        (one, one) for one in ("alike/flu.md", "help/page.md")
    ]
    assert [(key, at(TEXT, span), span.line) for key, span in nose.sources] == [("a", "a", 16), ("b", "b", 16)]
    assert (ear.name, ear.spots) == ("The ear", ())


@pytest.mark.parametrize("size", ["wide: 97, high: 200", "wide: 200, high: 97"])
def test_a_spot_is_as_wide_and_as_high_as_a_finger_on_the_narrowest_phone(size: str) -> None:
    """Such a phone leaves 288 pixels, and a finger needs 44 of them: of 640 units in a view that is 97.8."""
    spot = f"{{x: 60, y: 50, {size}}}"
    text, problems = with_spot(spot)
    assert problems == [("small-target", spot)]
    assert read(text)[1][0].hint == "make it at least 98 wide and high"


@pytest.mark.parametrize("place", ["x: 10, y: 5", "x: 650, y: 325", "x: 10, y: 325"])
def test_a_spot_may_stand_on_the_edge_of_the_drawing(place: str) -> None:
    assert with_spot(f"{{{place}, wide: 98, high: 98}}")[1] == []


@pytest.mark.parametrize("place", ["x: 9, y: 50", "x: 651, y: 50", "x: 60, y: 4", "x: 60, y: 326"])
def test_a_spot_that_nobody_sees_is_told_with_what_can_be_seen(place: str) -> None:
    spot = f"{{{place}, wide: 98, high: 98}}"
    text, problems = with_spot(spot)
    assert problems == [("outside-map", spot)]
    assert read(text)[1][0].hint == "x from 10 to 650, y from 5 to 325"


def test_two_places_of_one_name_would_have_one_address() -> None:
    text = TEXT.replace("{id: ear,", "{id: nose,")
    (problem,) = read(text)[1]
    assert (problem.code, problem.span.line, problem.related[0][1].line) == ("duplicate-id", 17, 11)


def test_nothing_is_drawn_without_a_whole_view() -> None:
    found, problems = read_records(file(TEXT.replace("[10, 5, 640, 320]", "[10, 5, wide, 320]")), BODY_MAP)
    assert [one.code for one in problems] == ["bad-number"]
    assert read_body_map(found[0]) == (None, [])
