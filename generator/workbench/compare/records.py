"""What changed in the records: findings, references, retractions, terms, people, and the problems of the build."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial

from generator.evidence.claims import Claim, Counted
from generator.evidence.frequencies import Frequency
from generator.evidence.references import Reference
from generator.problems.problem import Problem
from generator.site.findings import finding_anchor
from generator.sources.datafiles import CERTAINTIES
from generator.workbench.compare.report import (
    ERROR,
    GONE,
    NEW,
    PLAIN,
    WARNING,
    Entry,
    Line,
    Piece,
    code,
    listed,
    same,
    strong,
)
from generator.workbench.compare.snapshot import Snapshot
from generator.workbench.compare.wording import word_changes

_FINDING = re.compile(rf'id="{finding_anchor("")}([^"]+)"')


def _frequency(one: Frequency | None) -> str:
    return f"{one.some} of {one.people}" if one else "no number"


def _counted(one: Counted | None) -> str:
    return f"{_frequency(one.intervention)} against {_frequency(one.comparator)} ({one.of})" if one else "none"


def _estimate(claim: Claim) -> str:
    one = claim.estimate
    if one is None:
        return "none"
    interval = f" ({one.interval[0]:g} to {one.interval[1]:g})" if one.interval else ""
    return f"{one.value:g}{interval} {one.unit}".strip()


def _averages(claim: Claim) -> str:
    one = claim.averages
    if one is None:
        return "none"
    compared = f" against {one.comparator:g}" if one.comparator is not None else ""
    return f"{one.intervention:g}{compared} {one.unit}".strip()


def _plainly(key: str, claim: Claim) -> str:
    return str(getattr(claim, key) or "none")


_VALUES: tuple[tuple[str, Callable[[Claim], str]], ...] = (
    ("certainty", partial(_plainly, "certainty")),
    ("direction", partial(_plainly, "direction")),
    ("size", partial(_plainly, "size")),
    ("design", partial(_plainly, "design")),
    ("counts", lambda claim: _counted(claim.counted)),
    ("estimate", _estimate),
    ("averages", _averages),
    ("participants", partial(_plainly, "participants")),
    ("studies", partial(_plainly, "studies")),
    ("sources", lambda claim: "; ".join(" ".join((one.key, one.locator)).strip() for one in claim.sources) or "none"),
    ("applies to", partial(_plainly, "applies_to")),
    ("searched", partial(_plainly, "searched")),
)
"""What a finding says in numbers and choices: shown as it was and as it is."""
_TEXTS: tuple[tuple[str, Callable[[Claim], str]], ...] = (
    ("what was done", lambda claim: claim.intervention),
    ("compared with", lambda claim: claim.comparator),
    ("who was studied", lambda claim: claim.population),
    ("outcome", lambda claim: claim.outcome),
    ("follow-up", lambda claim: claim.follow_up),
    ("reported", lambda claim: claim.finding),
    ("why not rated higher", lambda claim: "; ".join(f"{one.why} [{one.lowers} {one.by}]" for one in claim.because)),
)
"""What a finding says in words: shown word by word."""


def claim_changes(before: Snapshot, after: Snapshot) -> tuple[Entry, ...]:
    """Give the findings that were added, removed or changed, with the pages that show them."""
    return tuple(sorted(_claims(before, after), key=lambda one: one.mark != WARNING))


def _claims(before: Snapshot, after: Snapshot) -> Iterator[Entry]:
    old, new = before.data.claims, after.data.claims
    was_shown, is_shown = _shown(before), _shown(after)
    for name, claim in old.items():
        if name not in new:
            where = _on(was_shown.get(name, ()), "It was shown on ")
            yield Entry(
                (strong("REMOVED"), same(" "), code(name), same(f": {before.sentences.get(name, '')}")), PLAIN, where
            )
        else:
            yield from _claim(
                claim, new[name], (before.sentences.get(name, ""), after.sentences.get(name, "")), is_shown
            )
    for name in new:
        if name not in old:
            where = _on(is_shown.get(name, ()), "Shown on ")
            head = (strong("ADDED"), same(" "), code(name), same(f": {after.sentences.get(name, '')}"))
            yield Entry(head, PLAIN, where)


def _claim(old: Claim, new: Claim, sentences: tuple[str, str], is_shown: dict[str, tuple[str, ...]]) -> Iterator[Entry]:
    more: list[Line] = []
    for label, value in _VALUES:
        if value(old) != value(new):
            more.append((same(f"{label}: "), Piece(GONE, value(old)), same(" "), Piece(NEW, value(new))))
    for label, text in _TEXTS:
        if text(old) != text(new):
            more.append((same(f"{label}: "), *word_changes(text(old), text(new))))
    if not more:
        return
    heads = []
    if old.certainty != new.certainty and {old.certainty, new.certainty} <= set(CERTAINTIES):
        is_surer = CERTAINTIES.index(new.certainty) < CERTAINTIES.index(old.certainty)
        heads.append("SURER" if is_surer else "LESS SURE")
    heads += ["OTHER DIRECTION"] if old.direction != new.direction else []
    numbers = [label for label, value in _VALUES[4:9] if value(old) != value(new)]
    heads += ["OTHER NUMBERS"] if numbers else []
    mark = WARNING if {"SURER", "OTHER DIRECTION"} & set(heads) else PLAIN
    quotes = ((strong("Readers read:"), same(" "), *word_changes(*sentences)),) if sentences[0] != sentences[1] else ()
    more += _on(is_shown.get(new.id, ()), "Shown on ")
    yield Entry((strong(", ".join(heads) or "CHANGED"), same(" "), code(new.id)), mark, tuple(more), quotes)


def _shown(snapshot: Snapshot) -> dict[str, tuple[str, ...]]:
    """The pages that show each finding in full."""
    found: dict[str, list[str]] = {}
    for url, view in snapshot.pages.items():
        for name in _FINDING.findall(view.html):
            found.setdefault(name, []).append(url)
    return {name: tuple(urls) for name, urls in found.items()}


def _on(urls: tuple[str, ...], said: str) -> tuple[Line, ...]:
    return ((same(said), *listed(urls), same(".")),) if urls else ()


def reference_changes(before: Snapshot, after: Snapshot) -> tuple[Entry, ...]:
    """Give the retractions that came or went, and the references that were added, removed or changed."""
    return (*_retractions(before, after), *_references(before, after))


def _retractions(before: Snapshot, after: Snapshot) -> Iterator[Entry]:
    old, new = before.data.retracted, after.data.retracted
    for key in sorted({*old, *new}):
        if key not in old:
            urls = tuple(url for url, view in after.pages.items() if key in view.cited)
            more = _on(urls, "Cited on ")
            yield Entry((strong("RETRACTED"), same(" "), code(key), same(f": {new[key]}")), WARNING, more)
        elif key not in new and key in after.data.references:
            yield Entry((strong("NO LONGER CALLED RETRACTED"), same(" "), code(key)), WARNING)


def _references(before: Snapshot, after: Snapshot) -> Iterator[Entry]:
    old, new = before.data.references, after.data.references
    for key, work in old.items():
        if key not in new:
            yield Entry((strong("Removed"), same(" "), code(key), same(f": {work.text}")))
        elif _work(work) != _work(new[key]):
            quotes: list[Line] = []
            for (label, was), (_, now) in zip(_work(work), _work(new[key]), strict=True):
                if was != now:
                    quotes.append((strong(f"{label}:"), same(" "), *word_changes(was, now)))
            yield Entry((strong("Changed"), same(" "), code(key)), PLAIN, (), tuple(quotes))
    for key, work in new.items():
        if key not in old:
            yield Entry((strong("Added"), same(" "), code(key), same(f" (read: {work.read}): {work.text}")))


def _work(work: Reference) -> tuple[tuple[str, str], ...]:
    links = " ".join(f"{one.label_key} {one.url}" for one in work.links)
    return (("reference", work.text), ("links", links), ("read", work.read), ("note", work.note))


def term_changes(before: Snapshot, after: Snapshot) -> tuple[Entry, ...]:
    """Give the terms of the glossary that were added, removed or changed."""
    old = {(one.language, one.id): one for one in before.data.terms}
    new = {(one.language, one.id): one for one in after.data.terms}
    found = []
    for key, term in old.items():
        if key not in new:
            found.append(Entry((strong("Removed"), same(f" {term.term}: {term.definition}"))))
            continue
        pairs = [("term", term.term, new[key].term), ("meaning", term.definition, new[key].definition)]
        pairs.append(("forms", ", ".join(term.forms), ", ".join(new[key].forms)))
        quotes = tuple((strong(f"{n}:"), same(" "), *word_changes(a, b)) for n, a, b in pairs if a != b)
        found += [Entry((strong("Changed"), same(f" {term.term}")), PLAIN, (), quotes)] if quotes else []
    for key, term in new.items():
        found += [Entry((strong("Added"), same(f" {term.term}: {term.definition}")))] if key not in old else []
    return tuple(found)


def people_changes(before: Snapshot, after: Snapshot) -> tuple[Entry, ...]:
    """Give the authors and reviewers who were added, removed or are described in other words."""
    old, new = before.data.people, after.data.people
    found = [Entry((strong("Removed"), same(f" {old[name].name}"))) for name in old if name not in new]
    for name, person in new.items():
        if name not in old:
            said = f" {person.name}: {person.about} {person.interests}"
            found.append(Entry((strong("Added"), same(said))))
            continue
        keys = ("name", "about", "interests")
        pairs = [(key, getattr(old[name], key), getattr(person, key)) for key in keys]
        pairs.append(("roles", ", ".join(old[name].roles), ", ".join(person.roles)))
        quotes = tuple((strong(f"{key}:"), same(" "), *word_changes(a, b)) for key, a, b in pairs if a != b)
        found += [Entry((strong("Changed"), same(f" {person.name}")), PLAIN, (), quotes)] if quotes else []
    return tuple(found)


def problem_changes(before: Snapshot, after: Snapshot) -> tuple[tuple[Entry, ...], int, int]:
    """Give the problems of the build that are new and those that are mended, and how many they are."""
    old, new = (Counter(map(_problem, one.problems)) for one in (before, after))
    come, gone = new - old, old - new
    found = []
    for one, count in sorted(come.items()):
        found.append(Entry(_problem_line(f"New {one[0]}", one, count), ERROR if one[0] == "error" else WARNING))
    for one, count in sorted(gone.items()):
        found.append(Entry(_problem_line("Mended", one, count)))
    return tuple(found), come.total(), gone.total()


def _problem_line(head: str, one: tuple[str, str, str, str], count: int) -> Line:
    _, name, message, path = one
    often = f", {count} times" if count > 1 else ""
    return (strong(head), same(" "), code(name), same(f" {message} ("), code(path), same(f"{often})"))


def _problem(one: Problem) -> tuple[str, str, str, str]:
    """What makes a problem the same one, wherever in its file it stands."""
    return one.severity, one.code, one.message, one.span.path
