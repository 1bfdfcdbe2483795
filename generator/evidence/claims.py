"""Findings as records, and the sentence that follows from one: its verb can never be surer than its certainty.

The wording is GRADE's for informative statements (GRADE guideline 26, J Clin Epidemiol 2020): high "reduces",
moderate "probably reduces", low "may reduce", very low "we do not know whether". The words themselves stand in the
language files of the templates.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from generator.evidence.frequencies import HUNDRED, Frequency
from generator.problems.problem import Problem, Span
from generator.sources.datafiles import CERTAINTIES, STARTS
from generator.sources.records import Record

_LOWEST = CERTAINTIES[-1]
_ARMS = ("intervention", "comparator")


@dataclass(frozen=True)
class Source:
    """Where a finding is reported: a reference and the place in it."""

    key: str
    locator: str
    span: Span


@dataclass(frozen=True)
class Reason:
    """Why a finding is not rated higher; `lowers` is GRADE's reason or empty, `by` the steps that it lowers."""

    why: str
    lowers: str
    by: int


@dataclass(frozen=True)
class Estimate:
    """A best estimate with its 95% interval, or without one, in `unit`."""

    value: float
    interval: tuple[float, float] | None
    unit: str


@dataclass(frozen=True)
class Averages:
    """The average of those treated and, where there were any, of those compared, in `unit`."""

    intervention: float
    comparator: float | None
    unit: str


@dataclass(frozen=True)
class Counted:
    """What was counted (`people who got better`), in those treated and in those compared."""

    of: str
    intervention: Frequency
    comparator: Frequency | None


@dataclass(frozen=True)
class Claim:
    """One finding. `direction` and `size` are the effect on the outcome; `searched` is a day, such as `2026-11-21`."""

    id: str
    intervention: str
    comparator: str
    population: str
    applies_to: str
    outcome: str
    follow_up: str
    direction: str
    size: str
    design: str
    certainty: str
    because: tuple[Reason, ...]
    finding: str
    estimate: Estimate | None
    averages: Averages | None
    counted: Counted | None
    participants: int
    studies: int
    sources: tuple[Source, ...]
    searched: str
    span: Span


def read_claim(record: Record) -> tuple[Claim, list[Problem]]:
    """Make a finding from its record, and find what cannot be true in it."""
    effect = record.group("effect")
    claim = Claim(
        id=record.text("id"),
        intervention=record.text("intervention"),
        comparator=record.text("comparator"),
        population=record.text("population"),
        applies_to=record.text("applies_to"),
        outcome=record.text("outcome"),
        follow_up=record.text("follow_up"),
        direction=effect.text("direction") or "unclear",
        size=effect.text("size"),
        design=record.text("design"),
        certainty=record.text("certainty"),
        because=tuple(
            Reason(one.text("why"), one.text("lowers"), one.number("by") or 1) for one in record.groups("because")
        ),
        finding=record.text("finding"),
        estimate=_estimate(record.group("estimate")),
        averages=_averages(record.group("averages")),
        counted=_counts(record.group("events")) or _shares(record.group("rates")),
        participants=record.number("participants"),
        studies=record.number("studies"),
        sources=tuple(
            Source(one.text("ref"), one.text("locator"), one.at("ref"))
            for one in record.groups("sources")
            if one.text("ref")
        ),
        searched=record.text("searched"),
        span=record.at("id"),
    )
    numbers = (*_check_counts(claim, record), *_check_estimate(claim, record), *_check_comparison(record))
    return claim, [*_check_rating(claim, record), *numbers]


def sentence(claim: Claim, words: Mapping[str, str]) -> str:
    """Say a finding in the words that its certainty allows; `words` are those of the interface, by their keys."""
    pattern = words[f"claim_{claim.certainty.replace('-', '_')}_{claim.direction.replace('-', '_')}"]
    versus = words["claim_compared"].format(comparator=claim.comparator) if claim.comparator else ""
    slightly = words["claim_size_small"] if claim.size == "small" else ""
    text = pattern.format(intervention=claim.intervention, outcome=claim.outcome, compared=versus, slightly=slightly)
    return text[:1].upper() + text[1:]


def _estimate(group: Record) -> Estimate | None:
    value, low, high = map(group.decimal, ("value", "low", "high"))
    if value is None:
        return None
    return Estimate(value, None if low is None or high is None else (low, high), group.text("unit"))


def _averages(group: Record) -> Averages | None:
    treated, compared = map(group.decimal, _ARMS)
    return None if treated is None else Averages(treated, compared, group.text("unit"))


def _counts(group: Record) -> Counted | None:
    treated, compared = (_pair(group.values.get(arm)) for arm in _ARMS)
    return Counted(group.text("of"), treated, compared) if treated else None


def _pair(value: object) -> Frequency | None:
    if isinstance(value, tuple) and len(value) == 2 and 0 <= value[0] <= value[1] and value[1] > 0:
        return Frequency(value[0], value[1], counted=True)
    return None


def _shares(group: Record) -> Counted | None:
    treated, compared = (
        Frequency(value, HUNDRED, counted=False) if isinstance(value := group.values.get(arm), int) else None
        for arm in _ARMS
    )
    return Counted(group.text("of"), treated, compared) if treated else None


def _check_rating(claim: Claim, record: Record) -> list[Problem]:
    """A rating is at most where its design starts, and each step below that has its reason."""
    if not claim.certainty or not claim.design:
        return []
    if claim.certainty != _LOWEST and "comparator" not in record.spans:
        message = f'a finding that is compared with nothing is rated "{claim.certainty}"'
        hint = 'rate it very-low, or name in "comparator" what it was compared with'
        return [Problem("uncontrolled-certainty", message, record.at("certainty"), hint)]
    start = STARTS[claim.design]
    steps = CERTAINTIES.index(claim.certainty) - CERTAINTIES.index(start)
    if steps < 0:
        message = f'a finding of a {claim.design} is rated "{claim.certainty}"'
        hint = f"GRADE starts a {claim.design} at {start}: rate it {start} or lower"
        return [Problem("uncontrolled-certainty", message, record.at("certainty"), hint)]
    idle = next((one for one in record.groups("because") if one.number("by") and not one.text("lowers")), None)
    if idle:
        message = "a remark lowers the rating by nothing"
        hint = "say in `lowers` which of GRADE's reasons it is, or take `by` out"
        return [Problem("unexplained-rating", message, idle.at("by"), hint)]
    named = sum(reason.by for reason in claim.because if reason.lowers)
    if claim.design in ("case-series", "case-report"):
        steps = 1  # what has no comparison is named as such, however low it starts
    if named < steps or (named > steps and claim.certainty != _LOWEST):
        message = f"the rating is {steps} below where a {claim.design} starts, but its reasons lower it by {named}"
        hint = "give each reason in `because` its `lowers`, and `by: 2` where it counts for two steps"
        return [Problem("unexplained-rating", message, record.at("certainty"), hint)]
    return []


def _check_counts(claim: Claim, record: Record) -> Iterator[Problem]:
    """No more people can have got better, be counted or be studied than took part."""
    events = record.group("events")
    arms = {arm: value for arm in _ARMS if isinstance(value := events.values.get(arm), tuple) and len(value) == 2}
    for arm, (some, people) in arms.items():
        if some > people or not people:
            hint = "write [how many, of how many], as the source gives them"
            yield _impossible(f"{some} of {people} people is impossible", events.at(arm), hint)
    people = sum(value[1] for value in arms.values())
    if claim.participants and people > claim.participants:
        message = f"the counts name {people} people, but {claim.participants} took part"
        yield _impossible(message, record.at("events"), 'correct the counts or "participants" from the source')
    if claim.participants and claim.studies > claim.participants:
        message = f"{claim.studies} studies cannot have {claim.participants} people"
        yield _impossible(message, record.at("studies"), "correct one of the two from the source")


def _check_estimate(claim: Claim, record: Record) -> Iterator[Problem]:
    """An interval has two ends and its estimate within, and an effect without a direction has no size."""
    estimate = record.group("estimate")
    value, low, high = map(estimate.decimal, ("value", "low", "high"))
    if estimate.values and "value" not in estimate.spans:
        hint = 'add "value", or take the interval out'
        yield _impossible("an interval stands without its estimate", record.at("estimate"), hint)
    elif (low is None) != (high is None) and {"low", "high"} - set(estimate.spans):
        yield _impossible("an interval has only one end", record.at("estimate"), 'give "low" and "high", or neither')
    elif value is not None and low is not None and high is not None and not low <= value <= high:
        message = f"{value:g} does not lie between {low:g} and {high:g}"
        yield _impossible(message, estimate.at("value"), "look at the source")
    if claim.size and claim.direction in ("unclear", "no-difference"):
        message = f'an effect whose direction is "{claim.direction}" has no size'
        yield _impossible(message, record.at("effect.size"), 'take "size" out, or say which way it went')


def _check_comparison(record: Record) -> Iterator[Problem]:
    """Numbers of others need others, and counts and shares may not tell the same twice."""
    for group in ("events", "rates", "averages") if "comparator" not in record.spans else ():
        if f"{group}.comparator" in record.spans:
            message = "numbers are compared, but the finding is compared with nothing"
            hint = 'name in "comparator" what these people had'
            yield _impossible(message, record.at(f"{group}.comparator"), hint)
    if {"events", "rates"} <= set(record.spans):
        hint = "keep the counts: the shares follow from them"
        yield _impossible("both counts and shares are given", record.at("rates"), hint)


def _impossible(message: str, span: Span, hint: str) -> Problem:
    return Problem("impossible-numbers", message, span, hint)
