"""What the evidence asks of the whole site: reviews in time, and a treatment-free option to compare with."""

import datetime
from collections.abc import Iterator

from generator.problems.likeness import suggest
from generator.problems.problem import Problem
from generator.site.joined import Site
from generator.site.standards.checks import CHECKS
from generator.sources.kinds import UNTREATED


def check_evidence(site: Site, strict_review: bool) -> list[Problem]:
    """Check what no single record can show; `strict_review` makes a review that is overdue an error."""
    return [
        *_yet_to_come(site),
        *_overdue(site, "review-overdue" if strict_review else "review-due"),
        *_untreated(site),
        *_future_sources(site),
        *_unknown_checks(site),
    ]


def _overdue(site: Site, code: str) -> Iterator[Problem]:
    for document in site.catalogue.documents.values():
        if document.due and document.due < site.today:
            message = f"the review was due on {document.due}"
            hint = "look at the page and its evidence again, then set the next day"
            yield Problem(code, message, document.spans["review.due"], hint)


def _yet_to_come(site: Site) -> Iterator[Problem]:
    """Find what is said to have happened on a day that has not come: tomorrow may be today on the other side of the
    earth."""
    last = (datetime.date.fromisoformat(site.today) + datetime.timedelta(days=1)).isoformat()
    for document in site.catalogue.documents.values():
        if document.latest <= last:
            continue
        checked = document.review.get("on")
        days = {"updated": document.day("updated"), "evidence_searched": document.day("evidence_searched")}
        for key, day in {**days, "review.on": str(checked or "")}.items():
            if day > last:
                message = f'"{key.removeprefix("review.")}" says {day}, a day that is yet to come'
                hint = f"write the day on which it was done; today is {site.today}"
                yield Problem("date-order", message, document.spans[key], hint)


def _untreated(site: Site) -> Iterator[Problem]:
    """Find languages whose treatments have nothing to be compared with. A category that is wrong is its own problem."""
    for language in site.catalogue.languages:
        treatments = [one for one in site.catalogue.in_language(language) if one.kind == "treatment"]
        categories = {one.text("category") for one in treatments}
        if categories and not categories & {UNTREATED, ""}:
            message = f"no treatment is of the category `{UNTREATED}`, so there is nothing to compare the others with"
            yield Problem("no-untreated-option", message, treatments[0].spans["category"])


def _unknown_checks(site: Site) -> Iterator[Problem]:
    for item in site.catalogue.data.standards:
        if item.check and item.check not in CHECKS:
            hint = suggest(item.check, CHECKS) or "known: " + ", ".join(CHECKS)
            yield Problem("unknown-check", f'no check is called "{item.check}"', item.span, hint)


def _future_sources(site: Site) -> Iterator[Problem]:
    """A source that came out after the evidence was searched cannot have been found."""
    references = site.catalogue.data.references
    for claim in site.catalogue.data.claims.values():
        for source in claim.sources:
            year = references[source.key].year if source.key in references else ""
            if year.isdigit() and claim.searched and year > claim.searched[:4]:
                message = f'"{source.key}" is of {year}, but the evidence was searched on {claim.searched}'
                yield Problem("date-order", message, source.span, "correct `searched`, or the reference")
