"""The kinds of article and record: what each asks for, and that nothing is asked without saying why."""

from collections.abc import Iterator

import pytest

from generator.sources import datafiles, kinds, siteyaml
from generator.sources.datafiles import CERTAINTIES, CLAIM
from generator.sources.kinds import CATEGORIES, KINDS, LEVELS
from generator.sources.schema import Field, Group, Items
from generator.sources.values import Choice, Date
from tests.helpers import COMMON, DEFAULT, KEY_POINTS, TREATMENT, codes, document

GROUPS = {
    name: group for module in (datafiles, siteyaml) for name, group in vars(module).items() if isinstance(group, Group)
} | {kind.name: kind.schema for kind in KINDS.values()}


def every_field(group: Group) -> Iterator[Field]:
    for field in group.fields:
        yield field
        inner = field.type.of if isinstance(field.type, Items) else field.type
        if isinstance(inner, Group):
            yield from every_field(inner)


@pytest.mark.parametrize("name", GROUPS)
def test_every_field_says_what_it_is_for(name: str) -> None:
    assert [field.key for field in every_field(GROUPS[name]) if not field.help.strip()] == []


@pytest.mark.parametrize("name", GROUPS)
def test_no_field_is_named_twice(name: str) -> None:
    keys = [field.key for field in GROUPS[name].fields]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.name)
def test_every_article_must_say_its_title_summary_status_dates_authors_and_review(kind: kinds.Kind) -> None:
    required = {field.key for field in kind.schema.fields if field.required}
    assert {kind.title, "summary", "status", "updated", "review", "authors"} <= required


@pytest.mark.parametrize("name", ["home", "article", "differential-diagnosis", "treatment", "question"])
def test_every_article_about_health_must_say_when_evidence_was_searched(name: str) -> None:
    fields = {field.key: field for field in KINDS[name].schema.fields}
    assert fields["evidence_searched"].required
    assert isinstance(fields["evidence_searched"].type, Date)


def test_urgency_and_certainty_are_words_in_a_fixed_order() -> None:
    assert LEVELS == ("emergency", "today", "soon", "routine")
    assert CERTAINTIES == ("high", "moderate", "low", "very-low")
    assert "no-treatment" in CATEGORIES


def test_a_status_is_published_or_draft() -> None:
    status = next(field.type for field in KINDS["page"].schema.fields if field.key == "status")
    assert isinstance(status, Choice)
    assert status.of == ("published", "draft")


def test_a_finding_must_have_a_source_a_certainty_and_reasons() -> None:
    required = {field.key for field in CLAIM.fields if field.required}
    assert {"sources", "design", "certainty", "because", "effect", "population"} <= required


def test_an_article_with_all_its_fields_has_no_problem() -> None:
    assert document(DEFAULT["content/care/rest.md"]).problems == ()


@pytest.mark.parametrize("line", f"title: Rest\n{COMMON}{KEY_POINTS}{TREATMENT}".splitlines())
def test_each_field_of_a_treatment_that_is_left_out_is_missed(line: str) -> None:
    text = DEFAULT["content/care/rest.md"].replace(f"{line}\n", "", 1)
    found = document(text).problems
    assert codes(found) == ["missing-field"]
    assert f'"{line.split(":")[0]}"' in found[0].message
