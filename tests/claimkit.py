"""Findings for tests: any that can be, and the same as records of YAML."""

import json

from hypothesis import strategies as st

from generator.evidence.claims import Averages, Claim, Counted, Estimate, Reason, Source
from generator.evidence.frequencies import Frequency
from generator.problems.problem import Span
from generator.sources.datafiles import CERTAINTIES, DOMAINS, STARTS
from tests.helpers import english

WORDS = {key: word for key, word in english().items() if isinstance(word, str)}
DIRECTIONS = ("less", "more", "no-difference", "unclear")
SIZES = ("", "small", "moderate", "large")
GROUPS = ("condition", "related", "wider")


def claim(
    certainty: str = "low",
    direction: str = "less",
    intervention: str = "rest",
    comparator: str = "work",
    outcome: str = "pain",
) -> Claim:
    """A finding of which only the sentence matters."""
    return Claim(
        id="x", intervention=intervention, comparator=comparator, population="adults", applies_to="condition",
        outcome=outcome, follow_up="2 weeks", direction=direction, size="", design="randomised-trial",
        certainty=certainty, because=(Reason("few people", "imprecision", 2),), finding="Found.", estimate=None,
        averages=None, counted=None, participants=0, studies=0, sources=(), searched="2026-11-01", span=Span("f"),
    )  # fmt: skip


_TRICKY = [
    "{outcome}",
    "{",
    "}}",
    "may",
    "probably",
    "We do not know",
    "is not clear",
    "certainly cures",
    "<b>",
    "&",
    "é",
]
TEXTS = st.text(st.characters(codec="utf-8"), min_size=1, max_size=30) | st.lists(
    st.sampled_from(_TRICKY), min_size=1, max_size=4
).map(" ".join)
NUMBERS = st.floats(-1e6, 1e6)


@st.composite
def _frequencies(draw: st.DrawFn) -> Frequency:
    people = draw(st.integers(1, 200) | st.integers(1, 10**6))
    return Frequency(draw(st.integers(0, people)), people, counted=draw(st.booleans()))


@st.composite
def _estimates(draw: st.DrawFn) -> Estimate:
    low, value, high = sorted(draw(st.tuples(NUMBERS, NUMBERS, NUMBERS)))
    return Estimate(value, draw(st.sampled_from([None, (low, high)])), draw(TEXTS))


CLAIMS = st.builds(
    Claim,
    id=st.just("x"),
    intervention=TEXTS,
    comparator=st.just("") | TEXTS,
    population=TEXTS,
    applies_to=st.sampled_from(GROUPS),
    outcome=TEXTS,
    follow_up=TEXTS,
    direction=st.sampled_from(DIRECTIONS),
    size=st.sampled_from(SIZES),
    design=st.sampled_from(list(STARTS)),
    certainty=st.sampled_from(CERTAINTIES),
    because=st.lists(
        st.builds(Reason, TEXTS, st.sampled_from(["", *DOMAINS]), st.sampled_from([1, 2])), min_size=1, max_size=4
    ).map(tuple),
    finding=TEXTS,
    estimate=st.none() | _estimates(),
    averages=st.none() | st.builds(Averages, NUMBERS, st.none() | NUMBERS, TEXTS),
    counted=st.none() | st.builds(Counted, TEXTS, _frequencies(), st.none() | _frequencies()),
    participants=st.integers(0, 10**6),
    studies=st.integers(0, 99),
    sources=st.lists(
        st.builds(Source, st.just("smith2001"), st.sampled_from(["", "table 2"]), st.just(Span("f"))), max_size=2
    ).map(tuple),
    searched=st.just("2026-11-01"),
    span=st.just(Span("f")),
)
"""Every finding that the types allow, whether or not a check would refuse it."""


@st.composite
def records(draw: st.DrawFn) -> str:
    """A record of a finding as YAML: well formed, but its rating and its numbers may contradict each other."""
    reason = st.fixed_dictionaries(
        {"why": st.just("few people")},
        optional={"lowers": st.sampled_from(DOMAINS), "by": st.sampled_from([1, 2])},
    )
    count = st.tuples(st.integers(0, 30), st.integers(0, 30)).map(list)
    number = st.integers(-50, 50).map(lambda tenths: tenths / 10)
    made = st.fixed_dictionaries(
        {
            "id": st.just("rest-shortens"),
            "intervention": st.just("rest"),
            "population": st.just("adults"),
            "applies_to": st.sampled_from(GROUPS),
            "outcome": st.just("pain"),
            "follow_up": st.just("2 weeks"),
            "effect": st.fixed_dictionaries(
                {"direction": st.sampled_from(DIRECTIONS)}, optional={"size": st.sampled_from(SIZES[1:])}
            ),
            "design": st.sampled_from(list(STARTS)),
            "certainty": st.sampled_from(CERTAINTIES),
            "because": st.lists(reason, min_size=1, max_size=4),
            "finding": st.just("Less pain."),
            "sources": st.just([{"ref": "smith2001"}]),
            "searched": st.just("2026-11-01"),
        },
        optional={
            "comparator": st.just("work"),
            "participants": st.integers(1, 60),
            "studies": st.integers(1, 60),
            "estimate": st.fixed_dictionaries(
                {"unit": st.just("points")}, optional={"value": number, "low": number, "high": number}
            ),
            "averages": st.fixed_dictionaries(
                {"unit": st.just("points"), "intervention": number}, optional={"comparator": number}
            ),
            "events": st.fixed_dictionaries(
                {"of": st.just("people"), "intervention": count}, optional={"comparator": count}
            ),
            "rates": st.fixed_dictionaries(
                {"of": st.just("people"), "intervention": st.integers(0, 100)},
                optional={"comparator": st.integers(0, 100)},
            ),
        },
    )
    return f"- {json.dumps(draw(made))}\n"
