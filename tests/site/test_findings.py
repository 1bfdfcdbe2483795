"""Findings on a page: the badge says the record's certainty, the sentence no more, and all numbers have one base."""

import html
import re
import shutil
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import pipeline
from generator.evidence.claims import Averages, Claim, Counted, Estimate, Reason, Source, sentence
from generator.evidence.frequencies import HUNDRED, Frequency, out_of
from generator.problems.problem import Span
from generator.site.filling import PageText
from generator.site.findings import brief, by_id, finding, finding_anchor, named_by, numbers, page_denominator
from generator.site.joined import Site
from generator.sources.datafiles import CERTAINTIES, STARTS
from generator.stages.options import Options
from tests.claimkit import CLAIMS, DIRECTIONS, WORDS, claim
from tests.helpers import CLAIM_TEXT, DEFAULT, REPOSITORY, elements, joined, make_site, moderate

CARE = "content/care/rest.md"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A small site whose treatment names two findings and one that is not there."""
    care = DEFAULT[CARE].replace("benefits: []", "benefits: [rest-sleeps, gone, rest-shortens]")
    claims = CLAIM_TEXT + CLAIM_TEXT.replace("rest-shortens", "rest-sleeps")
    found, _ = joined(make_site(tmp_path_factory.mktemp("findings"), {CARE: care, "content/claims/rest.yaml": claims}))
    return found


def page(site: Site, denominator: int = HUNDRED) -> PageText:
    return PageText(site, "/care/rest/", "en", denominator)


def test_the_findings_of_a_treatment_come_in_its_order_without_those_that_are_not_there(site: Site) -> None:
    assert [one.id for one in named_by(site.catalogue.documents[CARE], page(site))] == ["rest-sleeps", "rest-shortens"]
    assert [one.id for one in by_id(["rest-shortens", "gone"], page(site))] == ["rest-shortens"]


def test_a_finding_is_given_with_all_that_its_record_says(site: Site) -> None:
    (one,) = by_id(["rest-shortens"], page(site))
    data = finding(one, page(site))
    numbers = {"id": "rest-shortens", "intervention": "rest", "comparator": "work"}
    assert {key: value for key, value in data.items() if key != "sources_html"} == {
        "id": "rest-shortens",
        "anchor": "finding-rest-shortens",
        "sentence": "Rest may slightly reduce days in bed compared with work.",
        "certainty": "low",
        "because_html": ["few people"],
        "reported_html": "Fewer days in bed.",
        "numbers": {**numbers, "counted": None, "averages": None, "estimate": None},
        "population_html": "adults with a cold",
        "applies_to": "condition",
        "design": "randomised-trial",
        "follow_up": "2 weeks",
        "participants": 40,
        "studies": 1,
        "searched": "2026-11-01",
    }
    assert "#ref-smith2001" in data["sources_html"]
    assert "table 2" in data["sources_html"]


@moderate
@given(CLAIMS)
def test_the_badge_is_the_record_s_certainty_and_the_sentence_is_that_of_the_badge(site: Site, one: Claim) -> None:
    data = finding(one, page(site))
    assert data["certainty"] == one.certainty
    assert data["sentence"] == sentence(replace(one, certainty=data["certainty"]), WORDS)
    assert data["design"] == one.design
    assert len(data["because_html"]) == len(one.because)
    short = brief([one], page(site))
    assert short is not None
    assert (short["certainty"], short["sentence"]) == (data["certainty"], data["sentence"])


@moderate
@given(CLAIMS)
def test_the_texts_of_a_finding_are_text_and_never_html(site: Site, one: Claim) -> None:
    data = finding(one, page(site))
    for shown, text in (
        (data["reported_html"], one.finding),
        (data["population_html"], one.population),
        *zip(data["because_html"], (reason.why for reason in one.because), strict=True),
    ):
        assert elements(shown) == []
        assert html.unescape(shown) == html.unescape(html.escape(text, quote=False))


def test_only_the_first_of_two_equal_findings_on_a_page_can_be_linked_to(site: Site) -> None:
    one, shown = claim(), page(site)
    assert [finding(one, shown)["anchor"] for _ in range(2)] == [finding_anchor(one.id), ""]
    assert finding(one, page(site))["anchor"] == finding_anchor(one.id)


def test_works_are_numbered_in_the_order_in_which_findings_cite_them(site: Site) -> None:
    shown = page(site)
    finding(replace(claim(), sources=(Source("gone", "", Span("f")), Source("smith2001", "p. 3", Span("f")))), shown)
    assert [one["key"] for one in shown.references()] == ["smith2001"]


def test_in_brief_the_surest_finding_is_shown_the_first_of_them_and_the_others_are_counted(site: Site) -> None:
    some = [
        replace(claim(certainty, "less", outcome=outcome), because=(Reason(outcome, "", 1), Reason("more", "", 1)))
        for certainty, outcome in (("very-low", "a"), ("moderate", "b"), ("moderate", "c"), ("low", "d"))
    ]
    shown = brief(some, page(site))
    assert shown is not None
    assert (shown["sentence"], shown["certainty"]) == ("Rest probably reduces b compared with work.", "moderate")
    assert (shown["because_html"], shown["more"]) == ("b", 3)


def test_where_nothing_was_studied_there_is_nothing_in_brief(site: Site) -> None:
    assert brief([], page(site)) is None


@moderate
@given(st.lists(CLAIMS, min_size=1, max_size=5))
def test_in_brief_no_finding_is_surer_than_the_one_that_is_shown(site: Site, some: list[Claim]) -> None:
    shown = brief(some, page(site))
    assert shown is not None
    assert shown["certainty"] == min((one.certainty for one in some), key=CERTAINTIES.index)
    assert shown["sentence"] in {sentence(one, WORDS) for one in some if one.certainty == shown["certainty"]}
    assert shown["more"] == len(some) - 1


def test_numbers_are_shown_in_the_page_s_denominator_with_the_counts_of_the_source(site: Site) -> None:
    counted = Counted("people who slept", Frequency(3, 20, counted=True), Frequency(1, 3, counted=True))
    data = numbers(replace(claim(), counted=counted), page(site))["counted"]
    assert {key: data["intervention"][key] for key in ("shown", "rest", "some", "people", "is_count")} == {
        "shown": 15,
        "rest": 85,
        "some": 3,
        "people": 20,
        "is_count": True,
    }
    assert (data["of"], data["people"], data["comparator"]["shown"]) == ("people who slept", 100, 33)


@pytest.mark.parametrize(
    ("frequency", "people", "is_count"),
    [
        (Frequency(3, 20, counted=True), 100, True),
        (Frequency(3, 100, counted=True), 100, False),
        (Frequency(3, 100, counted=True), 1000, True),
        (Frequency(3, 100, counted=False), 1000, False),
    ],
)
def test_what_the_source_counted_is_told_where_it_is_not_what_is_shown(
    site: Site, frequency: Frequency, people: int, is_count: bool
) -> None:
    data = numbers(replace(claim(), counted=Counted("people", frequency, None)), page(site, people))["counted"]
    assert data["intervention"]["is_count"] is is_count
    assert data["comparator"] is None


def test_averages_and_estimates_are_given_as_the_source_has_them(site: Site) -> None:
    one = replace(claim(), averages=Averages(4.5, None, "days"), estimate=Estimate(-1.5, (-3.0, 0.5), "points"))
    data = numbers(one, page(site))
    assert data["averages"] == {"intervention": 4.5, "comparator": None, "unit": "days"}
    assert data["estimate"] == {"value": -1.5, "low": -3.0, "high": 0.5, "unit": "points"}
    alone = numbers(replace(one, estimate=Estimate(2.0, None, "points")), page(site))
    assert alone["estimate"] == {"value": 2.0, "low": None, "high": None, "unit": "points"}


@moderate
@given(st.lists(CLAIMS, max_size=4))
def test_all_numbers_of_a_page_are_of_the_same_number_of_people(site: Site, some: list[Claim]) -> None:
    people = page_denominator(some)
    shown = page(site, people)
    for one in some:
        data = numbers(one, shown)["counted"]
        if one.counted is None:
            assert data is None
            continue
        assert data["people"] == people
        for frequency, arm in (
            (one.counted.intervention, data["intervention"]),
            (one.counted.comparator, data["comparator"]),
        ):
            if frequency is None:
                assert arm is None
                continue
            assert arm["shown"] == out_of(frequency, people)
            assert arm["shown"] + arm["rest"] == people
            dots = (arm["filled"].count("h0"), arm["empty"].count("h0"))
            assert dots == ((arm["shown"], arm["rest"]) if people == HUNDRED else (0, 0))


def test_one_number_too_small_for_a_hundred_changes_all_whichever_group_it_is_in(site: Site) -> None:
    many, few = Frequency(30, 60, counted=True), Frequency(1, 900, counted=True)
    for arms in ((many, few), (few, many), (few, None)):
        some = [
            replace(claim(), counted=Counted("people", many, None)),
            replace(claim(), counted=Counted("people", *arms)),
        ]
        people = page_denominator(some)
        assert people == 1000
        first, second = (numbers(one, page(site, people))["counted"] for one in some)
        assert first["intervention"]["shown"] == 500
        assert 1 in [arm["shown"] for arm in (second["intervention"], second["comparator"]) if arm]


RATED = [(certainty, direction) for certainty in CERTAINTIES for direction in DIRECTIONS]
REASONS = {
    "high": "{why: few}",
    "moderate": "{lowers: imprecision, why: few}",
    "low": "{lowers: imprecision, by: 2, why: few}",
    "very-low": "{lowers: imprecision, by: 2, why: few}, {lowers: indirectness, why: others}",
}


@pytest.fixture(scope="module")
def rendered(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The built page of a treatment with a finding of every certainty and direction."""
    root = tmp_path_factory.mktemp("rendered")
    records = ""
    for certainty, direction in RATED:
        text = CLAIM_TEXT.replace("rest-shortens", f"{certainty}-{direction}")
        text = text.replace("{direction: less, size: small}", f"{{direction: {direction}}}")
        text = text.replace("certainty: low", f"certainty: {certainty}")
        records += re.sub("because: .*", f"because: [{REASONS[certainty]}]", text)
    names = ", ".join(f"{certainty}-{direction}" for certainty, direction in RATED)
    care = DEFAULT[CARE].replace("benefits: []", f"benefits: [{names}]")
    shutil.copytree(REPOSITORY / "static", root / "static")
    done = pipeline.build(
        make_site(root, {CARE: care, "content/claims/rest.yaml": records}), Options(today="2026-11-21")
    )
    assert [one for one in done.problems if one.is_error] == []
    return next(one.body.decode() for one in done.outputs if one.path == "care/rest/index.html")


@pytest.mark.parametrize(("certainty", "direction"), RATED)
def test_on_the_built_page_badge_and_sentence_stand_together(rendered: str, certainty: str, direction: str) -> None:
    start = rendered.index(f'id="finding-{certainty}-{direction}"')
    end = rendered.find('id="finding-', start + 4)
    part = rendered[start : end if end >= 0 else rendered.index("</dl>", start)]
    said = sentence(replace(claim(certainty, direction), outcome="days in bed"), WORDS)
    assert said in " ".join(part.split())
    badges = re.findall(r'class="certainty certainty-([\w-]+)">([^<]*)<', part)
    assert badges == [(certainty, WORDS[f"certainty_{certainty}"])]


def test_every_design_and_certainty_has_its_words() -> None:
    assert all(WORDS[f"design_{design}"] for design in STARTS)
    assert len({WORDS[f"certainty_{certainty}"] for certainty in CERTAINTIES}) == len(CERTAINTIES)
