"""What the fields of an article name: findings, people, a topic. What they name that is not there is a problem."""

from collections.abc import Iterator

from generator.markup.document import Document
from generator.problems.likeness import suggest
from generator.problems.problem import Problem
from generator.site.catalogue import Catalogue

_MOST_NAMED = 12
"""How many people are named where none is like what was written."""


def check_fields(document: Document, catalogue: Catalogue) -> list[Problem]:
    """Find what the fields of an article name that is not there. Of data that could not be read nothing is known."""
    return [*_findings(document, catalogue), *_people(document, catalogue), *_topic(document, catalogue)]


def _findings(document: Document, catalogue: Catalogue) -> Iterator[Problem]:
    data = catalogue.data
    for index, claim in enumerate(document.texts("benefits")):
        if claim not in data.claims and "claims" not in data.unread:
            hint = suggest(claim, data.claims) or "write it in a file of content/claims/, or take its id out"
            span = document.spans[f"benefits.{index}"]
            yield Problem("unknown-finding", f'no finding is called "{claim}"', span, hint)


def _people(document: Document, catalogue: Catalogue) -> Iterator[Problem]:
    """Find authors and reviewers who are not known, or not as what they are named."""
    data = catalogue.data
    reviewer = document.review.get("by")
    people = [(person, f"authors.{index}", "author") for index, person in enumerate(document.texts("authors"))]
    people += [(str(reviewer), "review.by", "reviewer")] if reviewer else []
    for person, place, role in people:
        found = data.people.get(person)
        if found is None and "people" not in data.unread:
            hint = suggest(person, data.people) or "known: " + (", ".join(sorted(data.people)[:_MOST_NAMED]) or "none")
            yield Problem("unknown-person", f'"{person}" is not in people.yaml', document.spans[place], hint)
        elif found and found.roles and role not in found.roles:
            message = f'"{person}" is no {role} in people.yaml'
            hint = "a page that no clinician has checked says so: leave `by` and `on` out" if role == "reviewer" else ""
            yield Problem("wrong-role", message, document.spans[place], hint)


def _topic(document: Document, catalogue: Catalogue) -> Iterator[Problem]:
    topics = [one.id for one in catalogue.config.topics]
    topic = document.text("topic")
    if topic and topic not in topics:
        hint = suggest(topic, topics) or "known: " + ", ".join(topics)
        yield Problem("unknown-topic", f'no topic is called "{topic}"', document.spans["topic"], hint)
