"""Social cards: what a card says, in which colours, where its ink is, and that it is the same on every machine."""

import hashlib
import io
import os
import sqlite3
import subprocess
import sys
import zlib
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from generator import pipeline
from generator.cache.cache import Cache
from generator.cache.packing import packed
from generator.output.cards import drawing
from generator.output.cards.cards import Cards
from generator.output.cards.drawing import BAND, FOOT, SQUARE, draw, palette
from generator.output.cards.look import SIZE, Look, read_look
from generator.output.outputs import Output
from generator.site.machines.identity import Card
from generator.site.pages import Page, with_known
from generator.sources.files import read_tree, source_file
from generator.stages.options import Options
from tests.helpers import elements, file, make_site
from tests.sitekit import REPOSITORY, copy_site
from tests.test_contrast import contrast

STATIC = read_tree(REPOSITORY, "static", 10**6)[0]
FOUND = read_look(STATIC)
assert FOUND is not None
LOOK: Look = FOUND

SHORT = Card("Rest", "Treatments", "Colds", False)
URGENT = Card("When to get help", "", "Colds", True)
LONGEST = Card(
    "I have had a cold since the beginning of the winter before last, and now my voice has gone as well. "
    "Could it be the flu?",
    "Questions and answers",
    "Colds",
    False,
)
"""As long as a question may be."""
CARDS = [
    SHORT,
    URGENT,
    LONGEST,
    replace(SHORT, title="Pseudopseudohypoparathyroidism and radiofrequency"),
    replace(SHORT, label="What people ask most when they have had a cold for a long time, and what we can answer"),
    replace(SHORT, site="A site of which the name is as long as a name may be at most"),
]

PRINT_DIGESTS = """
import hashlib, sys
from tests.output.cards.test_cards import CARDS, LOOK, draw
order = CARDS if sys.argv[1] == "forward" else CARDS[::-1]
print(sorted(hashlib.sha256(draw(card, LOOK)).hexdigest() for card in order))
"""


def opened(card: Card, look: Look = LOOK) -> Image.Image:
    """A card as a program reads it."""
    with Image.open(io.BytesIO(draw(card, look))) as picture:
        picture.load()
        return picture


def ink(picture: Image.Image, top: int = BAND, bottom: int = FOOT) -> tuple[int, int, int, int] | None:
    """The box of all that is not ground between two rows: left, top, right, bottom."""
    box = picture.crop((0, top, SIZE[0], bottom)).point([0, *[255] * 255], "L").getbbox()
    return (box[0], box[1] + top, box[2], box[3] + top) if box else None


def at(picture: Image.Image, place: tuple[int, int]) -> tuple[int, ...]:
    """The colour of a pixel."""
    colour = picture.convert("RGB").getpixel(place)
    assert isinstance(colour, tuple)
    return tuple(int(part) for part in colour)


def code(colour: tuple[int, ...]) -> str:
    return "#" + bytes(colour).hex()


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.title[:20])
def test_a_card_is_a_small_picture_of_few_colours(card: Card) -> None:
    body = draw(card, LOOK)
    picture = opened(card)
    assert (picture.size, picture.mode) == ((1200, 630), "P")
    assert body[24] == 4, "bits of a pixel"
    assert len(body) <= 15_000


def test_the_same_card_is_the_same_bytes_in_another_order_time_zone_and_place(tmp_path: Path) -> None:
    printed = [
        subprocess.run(
            [sys.executable, "-c", PRINT_DIGESTS, order],
            cwd=tmp_path,
            env={**os.environ, "TZ": zone, "LC_ALL": "C", "PYTHONHASHSEED": seed, "PYTHONPATH": str(REPOSITORY)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for order, zone, seed in (("forward", "Pacific/Auckland", "1"), ("backward", "America/Lima", "2"))
    ]
    assert printed[0] == printed[1]


def test_another_library_for_compression_gives_the_same_bytes() -> None:
    """Pillow packs with one library and Python with another: for runs alone both come to the same."""
    for card in CARDS:
        body = draw(card, LOOK)
        start = body.index(b"IDAT")
        packed = body[start + 4 : start + 4 + int.from_bytes(body[start - 4 : start], "big")]
        by_python = zlib.compressobj(6, zlib.DEFLATED, 15, 9, zlib.Z_RLE)
        assert by_python.compress(zlib.decompress(packed)) + by_python.flush() == packed


def test_other_words_or_colours_are_another_picture() -> None:
    others = [SHORT, URGENT, replace(SHORT, title="Heat"), replace(SHORT, label="Care"), replace(SHORT, site="Coughs")]
    drawn = {draw(card, LOOK) for card in (*others, replace(SHORT, is_urgent=True))}
    assert len(drawn | {draw(SHORT, replace(LOOK, brand=(0, 0, 90)))}) == len(others) + 2


@pytest.mark.parametrize("card", [SHORT, URGENT])
def test_the_colours_are_those_of_the_tokens_and_an_urgent_card_has_the_urgent_one(card: Card) -> None:
    picture = opened(card)
    accent = LOOK.urgent if card.is_urgent else LOOK.brand
    assert at(picture, (2, 2)) == at(picture, (2, SIZE[1] - 2)) == accent
    assert at(picture, (2, SIZE[1] // 2)) == LOOK.ground


@pytest.mark.parametrize("is_urgent", [True, False])
def test_every_text_has_a_contrast_of_seven_to_one(is_urgent: bool) -> None:
    colours = [code(one) for one in palette(LOOK, is_urgent)]
    ground, ink_on_ground, accent, paper = colours[0], colours[3], colours[4], colours[8]
    assert contrast(ink_on_ground, ground) >= 7
    assert contrast(accent, ground) >= 7, "the label"
    assert contrast(paper, accent) >= 7, "the name on the band"
    assert len(colours) <= 16


@pytest.mark.parametrize("card", CARDS[:3], ids=lambda card: card.title[:20])
def test_all_words_are_left_when_a_card_is_cut_to_its_middle_square(card: Card) -> None:
    left, right = (SIZE[0] - SQUARE) // 2, (SIZE[0] + SQUARE) // 2
    box = ink(opened(card))
    assert box is not None
    assert left <= box[0] < box[2] <= right
    band = opened(card).crop((0, 0, SIZE[0], BAND))
    for beside in ((0, 0, left, BAND), (right, 0, SIZE[0], BAND)):
        assert len(band.crop(beside).getcolors() or []) == 1


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.title[:20])
def test_no_word_is_near_an_edge_so_that_two_to_one_cuts_none(card: Card) -> None:
    box = ink(opened(card))
    assert box is not None
    assert box[0] >= 50
    assert box[2] <= SIZE[0] - 50
    assert box[1] >= BAND + 10
    assert box[3] <= FOOT - 10


def test_a_short_title_stands_in_the_middle_in_large_type_with_its_section_below() -> None:
    picture = opened(SHORT)
    title, label = ink(picture, bottom=400), ink(picture, top=400)
    assert title == pytest.approx((497, 308, 705, 379), abs=8)
    assert label == pytest.approx((483, 437, 719, 468), abs=8)


def test_a_longer_title_has_smaller_type_and_more_lines() -> None:
    short, long = ink(opened(SHORT)), ink(opened(LONGEST))
    assert short is not None
    assert long is not None
    assert long[3] - long[1] > short[3] - short[1]


def test_the_logo_stands_on_the_band_in_the_colours_of_the_site() -> None:
    bare = opened(replace(SHORT, site="背"), replace(LOOK, logo=b""))
    logo = opened(replace(SHORT, site="背"))
    assert len(bare.crop((0, 0, SIZE[0], BAND)).getcolors() or []) == 1
    box = logo.crop((0, 0, SIZE[0], BAND)).point([0 if place == 4 else 255 for place in range(256)], "L").getbbox()
    assert box is not None
    assert (box[0] + box[2]) / 2 == pytest.approx(SIZE[0] / 2, abs=8)


@pytest.mark.parametrize("logo", [b"", b"no picture", b"\x89PNG\r\n\x1a\n", b"\x89PNG\r\n\x1a\n" + b"\0" * 40])
def test_a_logo_that_cannot_be_read_is_left_out(logo: bytes) -> None:
    assert opened(SHORT, replace(LOOK, logo=logo)).size == SIZE


def test_a_title_that_the_font_cannot_write_gives_way_to_the_section() -> None:
    assert draw(replace(SHORT, title="背中が痛い"), LOOK) == draw(replace(SHORT, title=""), LOOK)
    section, title = (
        ink(opened(replace(SHORT, title="背中"))),
        ink(opened(replace(SHORT, title="Treatments", label=""))),
    )
    assert section is not None
    assert section == title


def test_where_the_font_can_write_neither_there_is_the_card_of_the_site() -> None:
    site_card = draw(replace(SHORT, title="", label=""), LOOK)
    assert draw(replace(SHORT, title="背中", label="治療"), LOOK) == site_card
    assert ink(opened(replace(SHORT, title="背中", label="治療"))) is None
    assert opened(replace(SHORT, title="背中", label="治療", site="背")).size == SIZE


def test_a_site_without_the_colours_has_no_cards() -> None:
    sheet = ":root {\n  --page: #fff;\n  --text: #111;\n  --brand: #052;\n  --urgent: #800;\n"
    whole = read_look([file(sheet + "  --on-urgent: #fff;\n}", "static/css/tokens.css")])
    assert whole == Look((255, 255, 255), (17, 17, 17), (0, 85, 34), (136, 0, 0), (255, 255, 255))
    assert read_look([file(sheet + "}", "static/css/tokens.css")]) is None
    assert read_look([source_file("static/css/tokens.css", b"\xff")]) is None
    assert read_look([]) is None


def with_cards(pages: list[Page], look: Look | None, url: str) -> tuple[list[Page], list[Output]]:
    cards = Cards(look, url)
    return [cards.told(one) for one in pages], cards.outputs(with_known(one)[1] for one in pages)


def page(card: Card | None, url: str = "/a/") -> Page:
    return Page(url, "a/index.html", "a.html", {"page": {"card": None, "title": "A"}}, "content/a.md", card=card)


def test_a_page_is_told_the_address_of_its_card_which_changes_with_its_bytes() -> None:
    (first, other, again), outputs = with_cards(
        [page(SHORT), page(URGENT), page(SHORT, "/b/")], LOOK, "https://a.org/b/"
    )
    told = first.inputs["page"]["card"]
    assert told["url"].startswith("https://a.org/b/assets/card.")
    assert (told["width"], told["height"], told["alt"]) == (1200, 630, "Rest")
    assert told == again.inputs["page"]["card"] != other.inputs["page"]["card"]
    assert {one.path: one.body for one in outputs} == {
        told["url"].removeprefix("https://a.org/b/"): draw(SHORT, LOOK),
        other.inputs["page"]["card"]["url"].removeprefix("https://a.org/b/"): draw(URGENT, LOOK),
    }
    assert page(SHORT).inputs["page"]["card"] is None, "inputs are replaced, not changed"


def test_a_page_without_a_card_stays_as_it_is() -> None:
    assert with_cards([page(None)], LOOK, "https://a.org/") == ([page(None)], [])
    assert with_cards([page(SHORT)], None, "https://a.org/") == ([page(SHORT)], [])


def named(text: str) -> dict[str, str]:
    """What a page says of its card: contents by property."""
    metas = [values for tag, values in elements(text) if tag == "meta" and "og:image" in values.get("property", "")]
    return {values["property"].removeprefix("og:image").lstrip(":"): values["content"] for values in metas}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    done = pipeline.build(copy_site("hiccups", tmp_path_factory.mktemp("cards")))
    return {one.path: one.body for one in done.outputs}


def test_every_page_names_a_card_of_its_own_but_those_on_works_have_that_of_their_list(made: dict[str, bytes]) -> None:
    texts = {path: body.decode() for path, body in made.items() if path.endswith(".html")}
    cards = {path: found for path, text in texts.items() if (found := named(text))}
    works = {path for path in texts if path.startswith("references/") and path != "references/index.html"}
    assert set(texts) - set(cards) == {"404.html", "not-kept.html", "hiccough/index.html"}
    assert works
    for path, card in cards.items():
        assert card[""].removeprefix("https://example.org/hiccups/") in made, path
        assert (card["width"], card["height"], card["type"]) == ("1200", "630", "image/png")
        title = next(v["content"] for tag, v in elements(texts[path]) if v.get("property") == "og:title")
        assert card["alt"] == ("References" if path in works else title)
    assert len({card[""] for card in cards.values()}) == len(cards) - len(works)


def test_cards_are_kept_for_a_year_and_are_no_part_of_the_offline_copy(made: dict[str, bytes]) -> None:
    cards = [path for path in made if path.startswith("assets/card.")]
    assert cards
    assert all(path.encode() not in made["offline.json"] for path in cards)


def test_a_page_loads_no_card_by_itself(made: dict[str, bytes]) -> None:
    text = made["index.html"].decode()
    assert text.count("assets/card.") == 1


def test_a_portable_site_has_no_cards(tmp_path: Path) -> None:
    done = pipeline.build(copy_site("hiccups", tmp_path), Options(portable=True, for_host=False))
    assert done.is_good
    assert not [one.path for one in done.outputs if "card." in one.path]
    assert not [one.path for one in done.outputs if one.path.endswith(".html") and b"og:image" in one.body]


def test_a_site_without_static_files_is_built_without_cards(tmp_path: Path) -> None:
    done = pipeline.build(make_site(tmp_path))
    assert not [one.path for one in done.outputs if b"og:image" in one.body]


def test_a_server_that_builds_again_draws_only_what_has_changed(tmp_path: Path) -> None:
    root = copy_site("hiccups", tmp_path)
    pipeline.build(root)
    before = draw.cache_info().misses
    article = root / "content" / "options" / "waiting.md"
    article.write_text(article.read_text(encoding="utf-8").replace("title: ", "title: New ", 1), encoding="utf-8")
    pipeline.build(root)
    assert draw.cache_info().misses == before + 1


def test_a_card_that_was_drawn_before_is_neither_drawn_nor_looked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = []

    def noted(card: Card, look: Look) -> bytes:
        drawn.append(card.title)
        return draw(card, look)

    monkeypatch.setattr(drawing, "draw", noted)

    def made(path: Path | None) -> tuple[list[Output], int]:
        cache = Cache(path, 1)
        cards = Cards(LOOK, "https://a.org/", cache)
        found = cards.outputs(with_known(one)[1] for one in [page(SHORT), page(URGENT), page(SHORT, "/b/")])
        digests = [one.digest for one in found]
        bodies = [one.body for one in found]
        hits = cache.hits
        cache.close()
        assert bodies == [draw(card, LOOK) for card in (SHORT, URGENT)]
        assert digests == [hashlib.sha256(body).hexdigest() for body in bodies]
        return found, hits

    first, _ = made(tmp_path / "made")
    assert drawn == ["Rest", "When to get help"]
    again, hits = made(tmp_path / "made")
    assert (again, len(drawn)) == (first, 2)
    assert hits <= 4, "what is known of them, and the bytes that are asked for"
    assert made(None)[0] == first
    assert len(drawn) == 4, "without a store they are drawn once"


def test_a_kept_card_that_is_another_picture_is_drawn_again(tmp_path: Path) -> None:
    def made(cache: Cache) -> bytes:
        (found,) = Cards(LOOK, "https://a.org/", cache).outputs([with_known(page(SHORT))[1]])
        return found.body

    cache = Cache(tmp_path / "made", 1)
    good = made(cache)
    cache.close()
    with closing(sqlite3.connect(tmp_path / "made", isolation_level=None)) as base:
        keys = [key for key, body in base.execute("select key, body from made") if len(body) > len(good) // 2]
        assert len(keys) == 1
        base.executemany("insert or replace into made values (?, ?, ?, ?)", [packed(keys[0], bytes(len(good)), 1)])
    cache = Cache(tmp_path / "made", 1)
    assert made(cache) == good
    cache.close()
