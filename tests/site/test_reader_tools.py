"""The map of the body, the two columns and the list to tick: what stands in them, in which order, and what never."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator import pipeline
from generator.evidence.body_maps import FINGER, ROOM
from generator.markup.slots import BlockSlot
from generator.site import articles, reader_tools
from generator.site.blocks import block
from generator.site.filling import PageText
from generator.stages.options import Options
from tests.helpers import COMMON, KEY_POINTS, article, joined, make_site
from tests.sitekit import REPOSITORY, TODAY

PAGE = "content/help/page.md"
ALIKE = (
    "feels: Alike feels [@b]\nmoves: Alike moves\nhurts: Alike hurts\nwhere: Alike sits\nchanges: Alike changes\n"
    "tells_apart: Alike apart\nwho_looks: Alike looks\nurgency: soon\nurgency_note: Alike note [@a]\n"
)
COMPARED = (
    "compared: {name: A cold, feels: Own feels, moves: Own moves, hurts: Own hurts, where: Own sits, "
    'changes: Own changes, who_looks: Own looks, urgency: routine, urgency_note: "Own note [@b]"}\n'
)
FLAGS = """\
- {id: pale, sign: Pale, may_mean: Air, level: soon, action: Ask., topics: [skin], sources: [a]}
- {id: blue, sign: Blue, may_mean: Air, level: emergency, action: Call., topics: [skin, lips], sources: [b]}
"""
MAP = """\
- id: face
  title: A face
  describes: A face from the front.
  signs: [lips]
  view: [10, 0, 100, 100]
  drawing:
    - {part: outline, path: M10 0H60}
    - {part: dot, sides: both, path: M20 20h1}
  landmarks:
    - {name: Ear, x: 12, y: 5, leader: M12 5L20 9}
    - {name: Chin, x: 100, y: 5, leader: M90 5L20 9}
  regions:
    - id: nose
      name: The nose
      spots: [{x: 60, y: 50, wide: 20, high: 30}]
      note: A cold <sits> here.
      pages: [alike/flu.md, help/page.md]
      sources: [a]
    - id: nowhere
      name: Nowhere
      note: Not drawn.
      pages: [help/page.md]
      sources: [b]
"""
FILES = {
    "content/references.json": (
        '[{"id": "a", "type": "book", "title": "A", "custom": {"read": "page"}},'
        ' {"id": "b", "type": "book", "title": "B", "custom": {"read": "page"}}]'
    ),
    "content/red-flags.yaml": FLAGS,
    "content/body-map.yaml": MAP,
    "content/alike/flu.md": f"---\ntitle: Influenza\nnav_title: Flu\n{COMMON}{KEY_POINTS}{ALIKE}---\n\nWords.\n",
}


def blocks(root: Path, *lines: str, more: str = "") -> tuple[list[dict[str, Any]], PageText]:
    """The data of each block of a page, and the page."""
    body = "\n\n".join(lines)
    site, problems = joined(make_site(root, {**FILES, PAGE: article(f"\n{body}\n", more=more)}))
    assert [one for one in problems if one.is_error] == []
    page = PageText(site, "/help/page/", "en")
    document = site.catalogue.documents[PAGE]
    return [block(one, page) for one in page.body(document) if isinstance(one, BlockSlot)], page


def test_the_signs_stand_above_the_map_and_are_cited_before_it(tmp_path: Path) -> None:
    (data,), page = blocks(tmp_path, "::body-map")
    (drawn,) = data["maps"]
    assert [(one["level"], [flag["action"] for flag in one["flags"]]) for one in drawn["signs"]] == [
        ("emergency", ["Call."])
    ]
    assert [one["key"] for one in page.references()] == ["b", "a"]


def test_every_place_leads_to_its_pages_and_one_that_cannot_be_drawn_stands_in_the_list(tmp_path: Path) -> None:
    (data,), _ = blocks(tmp_path, "::body-map{face}")
    nose, nowhere = data["maps"][0]["regions"]
    assert [(one["title"], one["href"], one["urgency"]) for one in nose["pages"]] == [
        ("Influenza", "../../alike/flu/", "soon"),
        ("Page", "./", ""),
    ]
    assert (nose["number"], nose["anchor"], nose["note_html"]) == (1, "face-nose", "A cold &lt;sits&gt; here.")
    assert nose["spots"] == [{"x": 60, "y": 50, "rx": 10, "ry": 15}]
    assert (nowhere["number"], nowhere["spots"]) == (2, [])


def test_a_drawing_is_mirrored_at_the_middle_of_its_view(tmp_path: Path) -> None:
    (data,), _ = blocks(tmp_path, "::body-map")
    drawn = data["maps"][0]
    assert (drawn["mirror"], drawn["view"]) == (120, "10 0 100 100")
    assert [one["both"] for one in drawn["shapes"]] == [False, True]
    assert [one["ends"] for one in drawn["landmarks"]] == [False, True]


@pytest.mark.parametrize(
    ("line", "ids"),
    [
        ("::checklist", [("emergency", ["blue"]), ("soon", ["pale"])]),
        ("::checklist{lips}", [("emergency", ["blue"])]),
        ("::checklist{skin, lips}", [("emergency", ["blue"]), ("soon", ["pale"])]),
    ],
)
def test_signs_to_tick_are_those_of_the_topics_each_once_the_most_urgent_first(
    tmp_path: Path, line: str, ids: list[tuple[str, list[str]]]
) -> None:
    (data,), _ = blocks(tmp_path, line)
    assert [(one["level"], [flag["id"] for flag in one["flags"]]) for one in data["levels"]] == ids
    assert all(flag["action"] and flag["sources_html"] for one in data["levels"] for flag in one["flags"])


def test_the_sites_own_condition_stands_above_its_look_alikes(tmp_path: Path) -> None:
    (data,), _ = blocks(tmp_path, "::compare", more=COMPARED)
    assert (data["own"]["title"], data["own"]["urgency"], data["own"]["feels_html"]) == (
        "A cold",
        "routine",
        "Own feels",
    )
    assert [one["name"] for one in data["rows"]] == ["Flu"]


def test_without_a_page_that_compares_there_is_no_row_and_no_second_column(tmp_path: Path) -> None:
    (data,), page = blocks(tmp_path, "::compare")
    assert data["own"] is None
    flu = page.site.catalogue.documents["content/alike/flu.md"]
    _, _, inputs = articles.article(flu, page.site, {})
    assert inputs["beside"] is None
    assert inputs["look_alike"]["feels_html"].startswith("Alike feels")


def test_a_look_alike_stands_beside_it_row_by_row_how_urgent_first(tmp_path: Path) -> None:
    _, page = blocks(tmp_path, "Text.", more=COMPARED)
    flu = page.site.catalogue.documents["content/alike/flu.md"]
    text = PageText(page.site, "/alike/flu/", "en")
    pair = reader_tools.beside_own(flu, text)
    assert pair is not None
    assert [one["key"] for one in pair["rows"]][:2] == ["urgency_note", "feels"]
    assert [one["key"] for one in text.references()] == ["a", "b"]
    assert (pair["title"], pair["own"]["href"], pair["urgency"]) == ("Flu", "../../help/page/", "soon")


def test_a_page_that_compares_gives_every_cell(tmp_path: Path) -> None:
    less = COMPARED.replace("hurts: Own hurts, ", "")
    _, problems = joined(make_site(tmp_path, {**FILES, PAGE: article("\nText.\n", more=less)}))
    assert [(one.code, '"hurts"' in one.message) for one in problems] == [("missing-field", True)]


@pytest.mark.parametrize("d", ["M0 0", "m1.5,2a3 4 0 1 0 7 0Z"])
def test_the_paths_of_svg_are_accepted(tmp_path: Path, d: str) -> None:
    site, problems = joined(make_site(tmp_path, {**FILES, "content/body-map.yaml": MAP.replace("M10 0H60", f'"{d}"')}))
    assert problems == []
    assert site.catalogue.data.maps[0].shapes[0].path == d


@pytest.mark.parametrize("d", ["10 20", "M0 0'/><script>", "url(#x)", 'M0"', "M1e5 2;", "M0 0\\n</svg>"])
def test_what_could_end_the_attribute_is_refused(tmp_path: Path, d: str) -> None:
    text = MAP.replace("M10 0H60", f"'{d}'" if "'" not in d else f'"{d}"')
    _, problems = joined(make_site(tmp_path, {**FILES, "content/body-map.yaml": text}))
    assert [one.code for one in problems] == ["bad-path"]


def test_a_map_without_a_view_is_one_problem_and_no_crash(tmp_path: Path) -> None:
    text = MAP.replace("  view: [10, 0, 100, 100]\n", "")
    root = make_site(tmp_path, {**FILES, "content/body-map.yaml": text, PAGE: article("\n::body-map\n")})
    problems = pipeline.build(root, Options(today=TODAY)).problems
    assert "missing-field" in {one.code for one in problems}


REAL = yaml.safe_load((REPOSITORY / "content/body-map.yaml").read_text(encoding="utf-8"))
SVG = (REPOSITORY / "content/differential-diagnoses/where-lumps-sit.svg").read_text(encoding="utf-8")


def test_the_map_of_this_site_is_the_drawing_of_its_picture() -> None:
    """Both show the same body, so that a reader meets one: curves are the same, and ellipses have the same middle."""
    for shape in REAL[0]["drawing"]:
        ellipse = re.fullmatch(r"M([\d.]+) (\d+)a([\d.]+) ([\d.]+) 0 1 0 .*", shape["path"])
        if ellipse and shape["part"] == "bone":
            left, y, rx, ry = ellipse.groups()
            assert f'cx="{float(left) + float(rx):g}" cy="{y}" rx="{rx}" ry="{ry}"' in SVG
        elif shape["part"] != "dot":
            assert f'd="{shape["path"]}"' in SVG, shape["path"]


def test_no_two_places_of_this_site_share_ground_where_a_finger_aims() -> None:
    spots = [(region["id"], spot) for region in REAL[0]["regions"] for spot in region.get("spots", [])]
    reach = FINGER / 2 * REAL[0]["view"][2] / ROOM
    for name, one in spots:
        for other, two in spots:
            if name != other:
                far = ((one["x"] - two["x"]) ** 2 + (one["y"] - two["y"]) ** 2) ** 0.5
                assert far >= 2 * reach, (name, other)
