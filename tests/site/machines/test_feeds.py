"""Feeds: all changes in two formats, and those of medical pages alone."""

import json
import re
from pathlib import Path

from lxml import etree

ATOM = "{http://www.w3.org/2005/Atom}"


def entries(file: Path) -> list[str]:
    return [str(one.text) for one in etree.parse(file).findall(f"{ATOM}entry/{ATOM}id")]


def test_both_formats_list_the_same_pages_in_the_same_order(built_site: Path) -> None:
    found = json.loads((built_site / "feed.json").read_text(encoding="utf-8"))
    assert [one["id"] for one in found["items"]] == entries(built_site / "feed.xml")


def test_the_json_feed_has_what_its_format_asks_for(built_site: Path) -> None:
    found = json.loads((built_site / "feed.json").read_text(encoding="utf-8"))
    assert found["version"] == "https://jsonfeed.org/version/1.1"
    assert found["feed_url"] == f"{found['home_page_url']}feed.json"
    for one in found["items"]:
        assert one["id"] == one["url"]
        assert one["title"]
        assert one["content_text"]
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT00:00:00Z", one["date_modified"])


def test_pages_about_the_site_are_not_in_the_feed_of_medical_changes(built_site: Path) -> None:
    every, medical = entries(built_site / "feed.xml"), entries(built_site / "medical.xml")
    assert [one for one in every if one not in medical] == [one for one in every if "/about/" in one]
    assert len(medical) < len(every)


def test_each_feed_has_an_id_and_an_address_of_its_own(built_site: Path) -> None:
    trees = [etree.parse(built_site / name) for name in ("feed.xml", "medical.xml")]
    every, medical = [tree.findtext(f"{ATOM}id") for tree in trees]
    home = json.loads((built_site / "feed.json").read_text(encoding="utf-8"))["home_page_url"]
    selves = [tree.find(f"{ATOM}link[@rel='self']").get("href").rpartition("/")[2] for tree in trees]
    assert (every, medical) == (home, f"{home}medical.xml")
    assert selves == ["feed.xml", "medical.xml"]


def test_every_page_leads_to_the_feeds(built_site: Path) -> None:
    text = (built_site / "treatments" / "index.html").read_text(encoding="utf-8")
    for name in ("feed.xml", "medical.xml", "feed.json"):
        assert f'href="../{name}"' in text
