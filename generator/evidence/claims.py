"""Findings as records, and the sentence that follows from one: its verb can never be surer than its certainty.

The wording is GRADE's for informative statements (GRADE guideline 26, J Clin Epidemiol 2020): high "reduces",
moderate "probably reduces", low "may reduce", very low "we do not know whether". The words themselves stand in the
language files of the templates.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from generator.problems import Problem, Span
from generator.sources.records import Record

_WITHOUT_CONTROLS = "very-low"


@dataclass(frozen=True)
class Source:
    """Where a finding is reported: a reference and the place in it."""

    key: str
    locator: str
    span: Span


@dataclass(frozen=True)
class Claim:
    """One finding. `direction` and `size` are the effect on the outcome; counts are (events, people)."""

    id: str
    intervention: str
    comparator: str
    population: str
    applies_to: str
    outcome: str
    follow_up: str
    direction: str
    size: str
    certainty: str
    because: tuple[str, ...]
    finding: str
    participants: int
    studies: int
    events: tuple[tuple[int, int], ...]
    sources: tuple[Source, ...]
    searched: str
    span: Span


def read_claim(record: Record) -> tuple[Claim, list[Problem]]:
    """Make a finding from its record, with what cannot be true in it."""
    effect = record.group("effect")
    claim = Claim(
        id=record.text("id"),
        intervention=record.text("intervention"),
        comparator=record.text("comparator"),
        population=record.text("population"),
        applies_to=record.text("applies_to"),
        outcome=record.text("outcome"),
        follow_up=record.text("follow_up"),
        direction=str(effect.get("direction") or "unclear"),
        size=str(effect.get("size") or ""),
        certainty=record.text("certainty"),
        because=record.texts("because"),
        finding=record.text("finding"),
        participants=record.number("participants"),
        studies=record.number("studies"),
        events=_events(record.group("events")),
        sources=_sources(record),
        searched=record.text("searched"),
        span=record.at("id"),
    )
    return claim, _check(claim, record)


def sentence(claim: Claim, words: Mapping[str, str]) -> str:
    """Say a finding in the words that its certainty allows."""
    pattern = words[f"claim_{claim.certainty.replace('-', '_')}_{claim.direction.replace('-', '_')}"]
    versus = words["claim_compared"].format(comparator=claim.comparator) if claim.comparator else ""
    slightly = words["claim_size_small"] if claim.size == "small" else ""
    text = pattern.format(intervention=claim.intervention, outcome=claim.outcome, compared=versus, slightly=slightly)
    return text[:1].upper() + text[1:]


def _events(group: Mapping[str, object]) -> tuple[tuple[int, int], ...]:
    arms = (group.get("intervention"), group.get("comparator"))
    return tuple((arm[0], arm[1]) for arm in arms if isinstance(arm, tuple) and len(arm) == 2)


def _sources(record: Record) -> tuple[Source, ...]:
    found = []
    for index, one in enumerate(record.items("sources")):
        if isinstance(one, dict) and one.get("ref"):
            span = record.at(f"sources.{index}.ref")
            found.append(Source(str(one["ref"]), str(one.get("locator") or ""), span))
    return tuple(found)


def _check(claim: Claim, record: Record) -> list[Problem]:
    problems = []
    if claim.certainty and claim.certainty != _WITHOUT_CONTROLS and "comparator" not in record.spans:
        message = f'a finding that is compared with nothing is rated "{claim.certainty}"'
        hint = 'rate it very-low, or name in "comparator" what it was compared with'
        problems.append(Problem("uncontrolled-certainty", message, record.at("certainty"), hint))
    for arm in ("intervention", "comparator"):
        for events, people in _events({"intervention": record.group("events").get(arm)}):
            if events > people:
                message = f"{events} of {people} people is impossible"
                hint = "write [how many, of how many], as the source gives them"
                problems.append(Problem("impossible-numbers", message, record.at(f"events.{arm}"), hint))
    people = sum(arm[1] for arm in claim.events)
    if claim.participants and people > claim.participants:
        message = f"the counts name {people} people, but {claim.participants} took part"
        hint = 'correct the counts or "participants" from the source'
        problems.append(Problem("impossible-numbers", message, record.at("events"), hint))
    return problems
