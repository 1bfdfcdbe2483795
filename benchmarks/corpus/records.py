"""The made-up data files of the rich corpus: references, glossary, findings, warning signs, and its site.yaml."""

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from benchmarks.corpus import wordlists as words
from benchmarks.corpus.texts import Article

DAY = "2026-01-01"
_SYLLABLES = ("ba", "co", "di", "fe", "gu", "ka", "li", "mo", "nu", "pe", "ri", "so", "ta", "ve", "xi", "zo")
_LEVELS = ("emergency", "today", "soon", "routine")
_PER_FILE = 50


@dataclass(frozen=True)
class Records:
    """The names of all that articles may refer to."""

    references: tuple[str, ...]
    terms: tuple[str, ...]
    claims: tuple[str, ...]


def records(every: Sequence[Article], seed: int) -> Records:
    """Of each thing as many as so many articles need: one reference for 4 pages, one term for 50."""
    count = len(every)
    chance = random.Random(f"{seed}/records/{count}")  # noqa: S311 - made-up text is no secret
    names: dict[str, None] = {}
    while len(names) < 20 + count // 50:
        names["".join(chance.choice(_SYLLABLES) for _ in range(4)) + "rosis"] = None
    return Records(
        references=tuple(f"work{number}" for number in range(12 + count // 4)),
        terms=tuple(names),
        claims=tuple(claim_of(one) for one in every if one.section == "treatments"),
    )


def claim_of(article: Article) -> str:
    """The id of the finding on a treatment."""
    return f"finding-{article.number}"


def references_file(known: Records, seed: int) -> str:
    """All works as CSL-JSON."""
    chance = random.Random(f"{seed}/references")  # noqa: S311
    return json.dumps([_reference(key, number, chance) for number, key in enumerate(known.references)], indent=1)


def _reference(key: str, number: int, chance: random.Random) -> dict[str, object]:
    people = [
        {"family": "".join(chance.sample(_SYLLABLES, 3)).capitalize(), "given": "A B"}
        for _ in range(chance.randint(1, 6))
    ]
    subject = f"{chance.choice(words.QUALITIES)} {chance.choice(words.TROUBLES)}"
    return {
        "id": key,
        "type": "article-journal",
        "title": f"Made-up trial {number} of {chance.choice(words.CARES)} for {subject}",
        "author": people,
        "container-title": "Journal of Made-up Gardens",
        "issued": {"date-parts": [[chance.randint(1980, 2025)]]},
        "volume": str(chance.randint(1, 90)),
        "page": f"{100 + number}-{104 + number}",
        "DOI": f"10.5555/made-up.{number}",
        "custom": {"read": chance.choice(("full-text", "abstract"))},
    }


def glossary_file(known: Records) -> str:
    """All terms, each explained."""
    return "".join(
        f"- id: {term}\n  term: {term}\n  definition: a made-up word for something in a garden, number {number}\n"
        f"  sources: [{known.references[number % len(known.references)]}]\n"
        for number, term in enumerate(known.terms)
    )


def red_flags_file(known: Records) -> str:
    """Two signs for each topic and one for the home page."""
    signs = [(f"{topic}-{level}", topic, level) for topic in words.SECTIONS for level in ("today", "soon")]
    return "".join(
        f"- id: {name}\n  sign: a made-up sign of {topic} that is called {name}\n  may_mean: something made up\n"
        f"  level: {level}\n  action: Ask a gardener.\n  topics: [{topic}]\n  sources: [{known.references[0]}]\n"
        for name, topic, level in [*signs, ("front", "home", "soon")]
    )


def claims_file(known: Records, every: Sequence[Article], seed: int) -> Iterator[tuple[str, str]]:
    """All findings, in files of some dozens."""
    chance = random.Random(f"{seed}/claims")  # noqa: S311
    treatments = [one for one in every if one.section == "treatments"]
    for start in range(0, len(treatments), _PER_FILE):
        part = treatments[start : start + _PER_FILE]
        yield f"part-{start // _PER_FILE}.yaml", "".join(_claim(one, known, chance) for one in part)


def _claim(one: Article, known: Records, chance: random.Random) -> str:
    people = chance.randint(30, 200)
    treated, compared = chance.randint(5, people), chance.randint(5, people)
    return f"""\
- id: {claim_of(one)}
  intervention: {chance.choice(words.CARES)} number {one.number}
  comparator: doing nothing
  population: gardens with {one.trouble}
  applies_to: condition
  outcome: {chance.choice(words.SIGNS)}
  follow_up: {chance.choice(words.TIMES)}
  effect: {{direction: less, size: small}}
  events: {{of: plants that grew, intervention: [{treated}, {people}], comparator: [{compared}, {people}]}}
  design: randomised-trial
  certainty: low
  because: [{{lowers: imprecision, by: 2, why: few plants}}]
  finding: Of {people} plants {treated} grew with it and {compared} without.
  participants: {2 * people}
  studies: 1
  sources: [{{ref: {chance.choice(known.references)}, locator: table 2}}]
  searched: {DAY}
"""


def site_file(topics: Sequence[str]) -> str:
    """The site.yaml of the rich corpus, with the checks of the texts switched on."""
    listed = "\n".join(
        f"  - {{id: {topic}, title: Questions on {topic}, summary: Questions on {topic}.}}" for topic in topics
    )
    kinds = ("article", "treatment", "differential-diagnosis", "question")
    reading = "\n".join(f"  - {{kind: {kind}, grade: 30, sentence: 80, passive: 100}}" for kind in kinds)
    return f"""\
title: Garden library
tagline: Made-up text for measuring programs
url: https://example.org/garden/
language: en
licence: none
licence_url: https://example.org/licence
urgent_section: help
sections:
  - {{folder: help, kind: article, title: When to ask for help, nav_title: Help, summary: Signs., menu: main}}
  - {{folder: articles, kind: article, title: Articles, summary: Articles., menu: main}}
  - {{folder: treatments, kind: treatment, title: Treatments, summary: Treatments., menu: main}}
  - {{folder: look-alikes, kind: differential-diagnosis, title: Look-alikes, summary: Look-alikes., menu: main}}
  - {{folder: questions, kind: question, title: Questions, summary: Questions., menu: main}}
topics:
{listed}
wording:
  promise: [cure, cures, miracle, guaranteed]
  treatments: [treatment, spray, feed, watering]
  negations: ["no", not, never, nobody]
  no_source_needed: [this site, this page]
  medical_endings: [itis, rosis]
  plain_words: [GP]
  emergency: [at once, ambulance]
  today: [today, same day]
  soon: [soon, within days]
  routine: [routine, not urgent]
cited_kinds: [article, treatment, differential-diagnosis, question]
reading:
{reading}
limits: {{file_size: 100000000, contents_from: 4}}
"""
