"""What pages say to machines is what they show, in the words of schema.org, as its own types accept them."""

import json
import re
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from tests.needs import need
from tests.outside.graphs import Graph, Node, graph_of, nodes, strings
from tests.outside.pages import NOT_FOUND, all_pages
from tests.sitekit import REPOSITORY

TSC = REPOSITORY / "node_modules" / "typescript" / "bin" / "tsc"
TYPES = REPOSITORY / "node_modules" / "schema-dts"
ADDRESSES = ("@id", "url", "item", "license", "sameAs")
DAYS = ("dateModified", "expires", "lastReviewed")
WORDS_OF_THE_VOCABULARY = ("@type", "inLanguage")


def hidden(graph: Graph) -> list[str]:
    """What a graph says in words or dates that the page does not show."""
    shown = even(graph.text)

    def is_shown(field: str, text: str) -> bool:
        if field in DAYS:
            return text in graph.days
        if field == "sameAs":
            return text in graph.links
        return field in (*ADDRESSES, *WORDS_OF_THE_VOCABULARY) or even(text) in shown

    return [f"{field}: {text}" for field, text in strings(list(graph.nodes)) if not is_shown(field, text)]


def even(text: str) -> str:
    """A text without capitals, and without the full stop that a reference sets within a title's last quote."""
    return text.casefold().replace(".”", "”")


def graphs(site: Path) -> dict[str, Graph]:
    return {page.path: graph_of(site / page.path) for page in all_pages(site)}


def base_of(site: Path) -> str:
    return str(graph_of(site / "index.html").nodes[0]["url"])


def test_every_page_says_what_it_is(built_site: Path) -> None:
    for path, graph in graphs(built_site).items():
        first = graph.nodes[0]
        assert first["@type"] in ("MedicalWebPage", "FAQPage", "WebPage"), path
        assert {"@id", "url", "name", "inLanguage", "isPartOf", "publisher", "license"} <= set(first), path


def test_nothing_is_told_to_machines_alone(built_site: Path) -> None:
    found = {path: texts for path, graph in graphs(built_site).items() if (texts := hidden(graph))}
    assert found == {}


def test_a_text_that_the_page_does_not_show_is_noticed(built_site: Path) -> None:
    page = graph_of(built_site / "index.html")
    node = {**page.nodes[0], "description": "It is gone in a week.", "lastReviewed": "2020-01-01"}
    told = Graph((node,), page.text, page.links, page.days)
    assert hidden(told) == ["description: It is gone in a week.", "lastReviewed: 2020-01-01"]


def test_an_id_means_one_thing_on_all_pages(built_site: Path) -> None:
    """Apart from the pages' own lists, whoever joins all graphs finds no name, type or address that contradicts."""
    said: dict[tuple[str, str], set[str]] = {}
    for graph in graphs(built_site).values():
        for node in nodes(list(graph.nodes)):
            for field in ("@type", "name", "url", "text"):
                if "@id" in node and field in node:
                    said.setdefault((node["@id"], field), set()).add(node[field])
    assert {key: texts for key, texts in said.items() if len(texts) > 1} == {}


def test_every_id_that_is_named_is_explained_on_some_page(built_site: Path) -> None:
    every = [node for graph in graphs(built_site).values() for node in nodes(list(graph.nodes))]
    named = {node["@id"] for node in every if set(node) == {"@id"}}
    explained = {node["@id"] for node in every if {"@id", "@type"} <= set(node)}
    assert named
    assert named - explained == set()


def test_every_address_of_the_site_is_a_page(built_site: Path) -> None:
    base = base_of(built_site)
    pages = {f"{base}{page.url}" for page in all_pages(built_site)}
    for path, graph in graphs(built_site).items():
        own = [text for field, text in strings(list(graph.nodes)) if field in ADDRESSES and text.startswith(base)]
        assert {one.partition("#")[0] for one in own} <= pages, path


def test_the_condition_has_its_differences_and_treatments(built_site: Path) -> None:
    (home,) = [one for one in graph_of(built_site / "index.html").nodes if one["@type"] == "MedicalCondition"]
    assert home["differentialDiagnosis"]
    assert home["possibleTreatment"]
    (table,) = [
        one
        for one in graph_of(built_site / "symptoms/look-alikes-side-by-side/index.html").nodes
        if one["@type"] == "MedicalCondition"
    ]
    assert table["@id"] == home["@id"]
    assert len(table["differentialDiagnosis"]) == len(home["differentialDiagnosis"])
    for one in table["differentialDiagnosis"]:
        assert one["@type"] == "DDxElement"
        assert one["diagnosis"]["name"]
        assert one["distinguishingSign"]["name"]


def test_having_no_treatment_and_what_nobody_tested_are_no_possible_treatments(built_site: Path) -> None:
    nodes_of_home = graph_of(built_site / "index.html").nodes
    named = {one["@id"] for node in nodes_of_home for one in node.get("possibleTreatment", ())}
    base = base_of(built_site)
    assert f"{base}treatments/surgery/#treatment" in named
    assert not named & {f"{base}treatments/{one}/#treatment" for one in ("no-treatment", "opioids", "not-advised")}


def test_only_lists_of_questions_with_their_answers_are_faq_pages(built_site: Path) -> None:
    for path, graph in graphs(built_site).items():
        asked = [one for one in graph.nodes if one["@type"] == "Question"]
        assert (graph.nodes[0]["@type"] == "FAQPage") == (len(asked) > 1), path
        assert all(one["acceptedAnswer"]["text"] for one in asked), path


def test_a_page_that_nobody_reviewed_does_not_say_that_it_was(built_site: Path) -> None:
    for path, graph in graphs(built_site).items():
        reviewed = "not yet checked by a clinician" not in graph.text
        assert ("lastReviewed" in graph.nodes[0]) == reviewed, path
        assert ("reviewedBy" in graph.nodes[0]) == reviewed, path


def test_every_page_has_a_card_for_sharing(built_site: Path) -> None:
    for page in all_pages(built_site):
        text = (built_site / page.path).read_text(encoding="utf-8")
        for name in ("type", "title", "description", "url", "site_name", "locale"):
            assert text.count(f'<meta property="og:{name}" content="') == 1, (page.path, name)


def shape(value: Any) -> Any:
    """What is left of structured data when one text is as good as another: its fields and types."""
    if isinstance(value, dict):
        return {key: inner if key == "@type" else shape(inner) for key, inner in sorted(value.items())}
    if isinstance(value, list):
        kinds = {json.dumps(shape(inner), sort_keys=True) for inner in value}
        return [json.loads(one) for one in sorted(kinds)]
    return "text" if isinstance(value, str) else value


def by_shape(found: Iterable[Node]) -> list[Node]:
    """One node of each shape; checking two hundred pages that differ in their words alone takes minutes."""
    return list({json.dumps(shape(node), sort_keys=True): node for node in found}.values())


def complaints(found: Iterable[Node], folder: Path) -> str:
    """What TypeScript says of nodes that are given the types of their names in schema-dts."""
    named = [f"const n{number}: {node['@type']} = {json.dumps(node)};" for number, node in enumerate(found)]
    types = sorted({node["@type"] for node in found})
    uses = f"export {{ {', '.join(f'n{number}' for number in range(len(named)))} }};"
    source = [f"import type {{ {', '.join(types)} }} from 'schema-dts';", *named, uses]
    (folder / "graph.ts").write_text("\n".join(source), encoding="utf-8")
    (folder / "node_modules").symlink_to(REPOSITORY / "node_modules")
    command = ["node", str(TSC), "--noEmit", "--strict", "--skipLibCheck", "--moduleResolution", "bundler"]
    command += ["--module", "esnext", "--target", "es2022", "graph.ts"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False).stdout


@pytest.fixture(scope="module")
def _needs_types() -> None:
    need("Node.js", shutil.which("node") is not None, "apt-get install nodejs npm")
    need("typescript and schema-dts", TSC.is_file() and TYPES.is_dir(), "npm ci --ignore-scripts")


@pytest.mark.usefixtures("_needs_types")
def test_every_graph_keeps_to_the_types_of_the_vocabulary(built_site: Path, tmp_path: Path) -> None:
    every = [node for graph in graphs(built_site).values() for node in graph.nodes]
    chosen = by_shape(every)
    assert {"MedicalWebPage", "MedicalCondition", "MedicalTherapy", "DefinedTermSet", "Question", "FAQPage"} <= {
        one["@type"] for one in chosen
    }
    assert complaints(chosen, tmp_path) == ""


@pytest.mark.usefixtures("_needs_types")
@pytest.mark.parametrize(
    ("field", "value"),
    [
        pytest.param("lastReviewd", "2026-11-21", id="a field that does not exist"),
        pytest.param("lastReviewed", {"@type": "Person", "name": "A"}, id="a value of the wrong type"),
        pytest.param("about", {"@type": "MedicalTherapy", "differentialDiagnosis": []}, id="a field of another type"),
    ],
)
def test_a_bad_graph_is_rejected(built_site: Path, tmp_path: Path, field: str, value: object) -> None:
    page = graph_of(built_site / "index.html").nodes[0]
    assert re.search(r"error TS2\d\d\d: ", complaints([{**page, field: value}], tmp_path))


def test_the_page_for_what_is_not_there_has_a_graph_of_its_own(built_site: Path) -> None:
    assert graph_of(built_site / NOT_FOUND).nodes[0]["@type"] == "WebPage"
