"""Findings as records, and the sentence that follows from one: its verb can never be surer than its certainty.

The wording is GRADE's for informative statements (GRADE guideline 26, J Clin Epidemiol 2020): high "reduces",
moderate "probably reduces", low "may reduce", very low "we do not know whether". The words themselves stand in the
language files of the templates.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from generator.evidence.frequencies import Frequency
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
    """One finding. `direction` and `size` are the effect on the outcome; `searched` is a day."""

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
        design=record.text("design"),
        certainty=record.text("certainty"),
        because=tuple(
            Reason(str(one.get("why") or ""), str(one.get("lowers") or ""), _whole(one.get("by")) or 1)
            for one in record.groups("because")
        ),
        finding=record.text("finding"),
        estimate=_estimate(record.group("estimate")),
        averages=_averages(record.group("averages")),
        counted=_counts(record.group("events")) or _shares(record.group("rates")),
        participants=record.number("participants"),
        studies=record.number("studies"),
        sources=tuple(
            Source(str(one["ref"]), str(one.get("locator") or ""), record.at(f"sources.{index}.ref"))
            for index, one in enumerate(record.groups("sources"))
            if one.get("ref")
        ),
        searched=record.text("searched"),
        span=record.at("id"),
    )
    return claim, [*_check_rating(claim, record), *_check_numbers(claim, record)]


def sentence(claim: Claim, words: Mapping[str, str]) -> str:
    """Say a finding in the words that its certainty allows."""
    pattern = words[f"claim_{claim.certainty.replace('-', '_')}_{claim.direction.replace('-', '_')}"]
    versus = words["claim_compared"].format(comparator=claim.comparator) if claim.comparator else ""
    slightly = words["claim_size_small"] if claim.size == "small" else ""
    text = pattern.format(intervention=claim.intervention, outcome=claim.outcome, compared=versus, slightly=slightly)
    return text[:1].upper() + text[1:]


def _estimate(group: Mapping[str, object]) -> Estimate | None:
    value, low, high = (group.get(key) for key in ("value", "low", "high"))
    if not isinstance(value, float):
        return None
    interval = (low, high) if isinstance(low, float) and isinstance(high, float) else None
    return Estimate(value, interval, str(group.get("unit") or ""))


def _averages(group: Mapping[str, object]) -> Averages | None:
    treated, compared = (group.get(arm) for arm in _ARMS)
    if not isinstance(treated, float):
        return None
    return Averages(treated, compared if isinstance(compared, float) else None, str(group.get("unit") or ""))


def _counts(group: Mapping[str, object]) -> Counted | None:
    treated, compared = (_pair(group.get(arm)) for arm in _ARMS)
    return Counted(str(group.get("of") or ""), treated, compared) if treated else None


def _pair(value: object) -> Frequency | None:
    if isinstance(value, tuple) and len(value) == 2 and 0 <= value[0] <= value[1] and value[1] > 0:
        return Frequency(value[0], value[1], counted=True)
    return None


def _shares(group: Mapping[str, object]) -> Counted | None:
    treated, compared = (
        Frequency(value, 100, counted=False) if isinstance(value := group.get(arm), int) else None for arm in _ARMS
    )
    return Counted(str(group.get("of") or ""), treated, compared) if treated else None


def _whole(value: object) -> int:
    return value if isinstance(value, int) else 0


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
    idle = next((n for n, one in enumerate(record.groups("because")) if one.get("by") and not one.get("lowers")), None)
    if idle is not None:
        message = "a remark lowers the rating by nothing"
        hint = "say in `lowers` which of GRADE's reasons it is, or take `by` out"
        return [Problem("unexplained-rating", message, record.at(f"because.{idle}.by"), hint)]
    named = sum(reason.by for reason in claim.because if reason.lowers)
    if claim.design in ("case-series", "case-report"):
        steps = 1  # what has no comparison is named as such, however low it starts
    if named < steps or (named > steps and claim.certainty != _LOWEST):
        message = f"the rating is {steps} below where a {claim.design} starts, but its reasons lower it by {named}"
        hint = "give each reason in `because` its `lowers`, and `by: 2` where it counts for two steps"
        return [Problem("unexplained-rating", message, record.at("certainty"), hint)]
    return []


def _check_numbers(claim: Claim, record: Record) -> list[Problem]:
    found: list[Problem] = []

    def wrong(message: str, place: str, hint: str) -> None:
        found.append(Problem("impossible-numbers", message, record.at(place), hint))

    events, estimate = record.group("events"), record.group("estimate")
    arms = {arm: value for arm in _ARMS if isinstance(value := events.get(arm), tuple) and len(value) == 2}
    for arm, (some, people) in arms.items():
        if some > people or not people:
            hint = "write [how many, of how many], as the source gives them"
            wrong(f"{some} of {people} people is impossible", f"events.{arm}", hint)
    people = sum(value[1] for value in arms.values())
    if claim.participants and people > claim.participants:
        message = f"the counts name {people} people, but {claim.participants} took part"
        wrong(message, "events", 'correct the counts or "participants" from the source')
    if claim.participants and claim.studies > claim.participants:
        message = f"{claim.studies} studies cannot have {claim.participants} people"
        wrong(message, "studies", "correct one of the two from the source")
    value, low, high = (estimate.get(key) for key in ("value", "low", "high"))
    if estimate and value is None and "estimate.value" not in record.spans:
        wrong("an interval stands without its estimate", "estimate", 'add "value", or take the interval out')
    elif (low is None) != (high is None) and {"estimate.low", "estimate.high"} - set(record.spans):
        wrong("an interval has only one end", "estimate", 'give "low" and "high", or neither')
    elif isinstance(low, float) and isinstance(high, float) and isinstance(value, float) and not low <= value <= high:
        wrong(f"{value:g} does not lie between {low:g} and {high:g}", "estimate.value", "look at the source")
    if claim.size and claim.direction in ("unclear", "no-difference"):
        message = f'an effect whose direction is "{claim.direction}" has no size'
        wrong(message, "effect.size", 'take "size" out, or say which way it went')
    if "comparator" not in record.spans:
        for group in ("events", "rates", "averages"):
            if f"{group}.comparator" in record.spans:
                message = "numbers are compared, but the finding is compared with nothing"
                wrong(message, f"{group}.comparator", 'name in "comparator" what these people had')
    if {"events", "rates"} <= set(record.spans):
        wrong("both counts and shares are given", "rates", "keep the counts: the shares follow from them")
    return found
