"""Findings as plain data: the sentence, the rating with its reasons, the numbers, who was studied, the sources."""

from collections.abc import Iterable
from typing import Any

from generator.evidence.claims import Averages, Claim, Counted, Estimate, sentence
from generator.evidence.frequencies import HUNDRED, Frequency, denominator, out_of
from generator.markup.document import Document
from generator.site.blocks.icon_arrays import dots
from generator.site.filling import PageText
from generator.site.words import Words
from generator.sources.datafiles import CERTAINTIES

Data = dict[str, Any]


def named_by(document: Document, page: PageText) -> list[Claim]:
    """The findings that a treatment names, in its order."""
    return by_id(document.texts("benefits"), page)


def by_id(names: Iterable[str], page: PageText) -> list[Claim]:
    """Findings by their ids; those that do not exist have been reported."""
    claims = page.site.catalogue.data.claims
    return [claims[name] for name in names if name in claims]


def finding(claim: Claim, page: PageText) -> Data:
    """One finding as plain data, filled in the order in which it is shown, as citations are numbered."""
    is_first = claim.id not in page.claims
    page.claims[claim.id] = None
    return {
        "id": claim.id,
        "anchor": finding_anchor(claim.id) if is_first else "",
        "sentence": claim_sentence(claim, page.words),
        "certainty": claim.certainty,
        "sources_html": page.cite((one.key, one.locator) for one in claim.sources),
        "because_html": [page.plain(reason.why) for reason in claim.because],
        "reported_html": page.plain(claim.finding),
        "numbers": numbers(claim, page),
        "population_html": page.plain(claim.population),
        "applies_to": claim.applies_to,
        "design": claim.design,
        "follow_up": claim.follow_up,
        "participants": claim.participants,
        "studies": claim.studies,
        "searched": claim.searched,
    }


def finding_anchor(name: str) -> str:
    """The id of a finding on a page that shows it."""
    return f"finding-{name}"


def brief(claims: list[Claim], page: PageText) -> Data | None:
    """The surest of some findings (the first of those), and how many more there are; None where nothing was studied."""
    if not claims:
        return None
    surest = min(claims, key=lambda one: CERTAINTIES.index(one.certainty))
    return {
        "sentence": claim_sentence(surest, page.words),
        "certainty": surest.certainty,
        "because_html": page.plain(surest.because[0].why) if surest.because else "",
        "sources_html": page.cite((one.key, one.locator) for one in surest.sources),
        "more": len(claims) - 1,
    }


def numbers(claim: Claim, page: PageText) -> Data:
    """The numbers of a finding in the denominator of the page, with what is needed to draw them."""
    return {
        "id": claim.id,
        "intervention": claim.intervention,
        "comparator": claim.comparator,
        "counted": _counted(claim.counted, page) if claim.counted else None,
        "averages": averages_data(claim.averages) if claim.averages else None,
        "estimate": estimate_data(claim.estimate) if claim.estimate else None,
    }


def claim_sentence(claim: Claim, words: Words) -> str:
    """The sentence of a finding in the language of some words."""
    return sentence(claim, {key: word for key, word in words.items() if isinstance(word, str)})


def _counted(counted: Counted, page: PageText) -> Data:
    people = page.denominator
    return {
        "of": counted.of,
        "people": people,
        "intervention": _arm(counted.intervention, people),
        "comparator": _arm(counted.comparator, people) if counted.comparator else None,
    }


def _arm(frequency: Frequency, people: int) -> Data:
    """One group: how many of the page's denominator, what the source counted, and the dots where there are 100."""
    shown = out_of(frequency, people)
    drawn = people == HUNDRED
    return {
        "shown": shown,
        "rest": people - shown,
        "some": frequency.some,
        "people": frequency.people,
        "is_count": frequency.counted and frequency.people != people,
        "filled": dots(0, shown) if drawn else "",
        "empty": dots(shown, HUNDRED) if drawn else "",
    }


def averages_data(averages: Averages) -> Data:
    """Averages as the source gives them."""
    return {"intervention": averages.intervention, "comparator": averages.comparator, "unit": averages.unit}


def estimate_data(estimate: Estimate) -> Data:
    """An estimate as the source gives it; the ends of its interval are None where it has none."""
    low, high = estimate.interval or (None, None)
    return {"value": estimate.value, "low": low, "high": high, "unit": estimate.unit}


def page_denominator(claims: Iterable[Claim]) -> int:
    """The one denominator of a page that shows these findings."""
    counted = [claim.counted for claim in claims if claim.counted]
    arms = [one.intervention for one in counted] + [one.comparator for one in counted if one.comparator]
    return denominator(arms)
