"""A made-up site that uses what this generator is for: sources, findings, terms, warning signs, four kinds of article.

Of 10 pages 4 are articles, 2 each treatments, questions and look-alikes. References, findings and terms grow with them.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from benchmarks.corpus import wordlists as words
from benchmarks.corpus.dialects import PEOPLE, common, relative
from benchmarks.corpus.records import (
    DAY,
    Records,
    claim_of,
    claims_file,
    glossary_file,
    records,
    red_flags_file,
    references_file,
    site_file,
)
from benchmarks.corpus.texts import MARK, SEED, Article, Writer, articles, capital

_FOLDERS = ("articles", "treatments", "articles", "questions", "look-alikes") * 2
TOPICS = words.SECTIONS
_CALLOUTS = ("NOTE", "TIP")


@dataclass(frozen=True)
class _Page:
    """One page that is being written: what it is about and what it may name."""

    article: Article
    every: Sequence[Article]
    records: Records
    writer: Writer

    def cite(self) -> str:
        """A citation of one work, or now and then of two with a place in the second."""
        chance = self.writer.chance
        one, two = chance.sample(self.records.references, 2)
        return f"[@{one}; @{two}, table 2]" if chance.random() < 0.2 else f"[@{one}]"

    def cited(self, count: int) -> str:
        """A paragraph with a term of the glossary, in which a source is named at the end of each sentence."""
        chance = self.writer.chance
        said = [f"{one[:-1]} {self.cite()}." for one in self.writer.sentences(count)]
        term = chance.choice(self.records.terms)
        return " ".join([*said, f"This is often seen together with {term} {self.cite()}."])

    def line(self, text: str) -> str:
        """One sentence with its source."""
        return f"{self.writer.fill(text).rstrip('.')} {self.cite()}."

    def link(self) -> str:
        """A link to another page."""
        other = self.writer.chance.choice([one for one in self.every if one is not self.article])
        return f"[{other.title}]({relative(self.article, other)})"


def files(count: int, seed: int = SEED) -> Iterator[tuple[str, str]]:
    """Every file of the site but its templates, by its path."""
    every = pages(count, seed)
    known = records(every, seed)
    yield "site.yaml", site_file(TOPICS)
    yield "content/people.yaml", PEOPLE
    yield "content/references.json", references_file(known, seed)
    yield "content/glossary.yaml", glossary_file(known)
    yield "content/red-flags.yaml", red_flags_file(known)
    for name, text in claims_file(known, every, seed):
        yield f"content/claims/{name}", text
    for one in every:
        yield f"content/{one.path}", _text(one, every, known, seed)
    yield "content/index.md", _front(every, known, "Garden library", "home")
    yield "content/help/index.md", _front(every, known, "When to ask for help", "all")


def pages(count: int, seed: int = SEED) -> tuple[Article, ...]:
    """The articles of the plain corpus, each in the section of its kind."""
    return tuple(replace(one, section=_FOLDERS[one.number % 10]) for one in articles(count, seed))


def probed(count: int, seed: int = SEED) -> tuple[Article, Article]:
    """The article that a benchmark edits, and another one."""
    every = [one for one in pages(count, seed) if one.section == "articles"]
    return every[len(every) // 2], every[len(every) // 3]


def _text(one: Article, every: Sequence[Article], known: Records, seed: int) -> str:
    page = _Page(one, every, known, Writer(one, seed))
    fields = {"title": json.dumps(one.title), **common(DAY, one.summary), "evidence_searched": DAY}
    fields |= {"authors": "[writers]", "related": f"[{relative(one, every[one.number - 1])}]"}
    own = {"treatments": _treatment, "questions": _question, "look-alikes": _look_alike}.get(one.section)
    if own is not _question:
        fields["key_points"] = _quoted([page.line(text) for text in words.STEPS[:3]])
    if own:
        fields |= own(page)
    if own is _question:
        fields["question"] = json.dumps(f"{fields.pop('title')[1:-1]}?", ensure_ascii=False)
    return f"{_front_matter(fields)}\n{_body(page)}"


def _treatment(page: _Page) -> dict[str, str]:
    line = page.line
    categories = ("self-care", "hands-on", "medicine", "device")
    first = page.article.number < len(_FOLDERS) // 2  # with what happens without treatment the others are compared
    return {
        "category": "no-treatment" if first else page.writer.chance.choice(categories),
        "tested": '"yes"',
        "who_gives": json.dumps(line("{Helper} gives it")),
        "how_it_works": json.dumps(line("It is thought to ease {sign}")),
        "what_it_is_like": json.dumps(line("It takes {time}")),
        "benefits": f"[{claim_of(page.article)}]",
        "harms": _quoted([line("Some saw {sign} after it")]),
        "unknown": _quoted([line("Nobody knows what it does after {time}")]),
    }


def _question(page: _Page) -> dict[str, str]:
    topic = TOPICS[page.article.number % len(TOPICS)]
    return {"topic": topic, "short_answer": json.dumps(page.line("It is mostly {cause}, and it lasts {time}"))}


def _look_alike(page: _Page) -> dict[str, str]:
    told = {
        "feels": "It feels like {sign}",
        "moves": "It moves like {sign}",
        "hurts": "It shows as {sign}",
        "where": "It sits where there is {cause}",
        "changes": "It changes within {time}",
        "tells_apart": "What tells it apart is {test}",
        "who_looks": "{Helper} looks at it",
        "urgency_note": "Ask sooner when {sign} lasts {time}",
    }
    fields = {name: json.dumps(page.line(text), ensure_ascii=False) for name, text in told.items()}
    return {**fields, "urgency": "routine"}


def _body(page: _Page) -> str:
    chance, one = page.writer.chance, page.article
    flags = f"::red-flags{{{TOPICS[one.number % len(TOPICS)]}}}" if one.number % 10 == 0 else ""
    finding = f"::claim{{{chance.choice(page.records.claims)}}}" if page.records.claims else ""
    blocks = [
        f"**{capital(one.trouble)}** raises the same questions in every garden {page.cite()}. {page.cited(3)}",
        flags,
        "## Overview",
        page.cited(3),
        f"You may also want to read {page.link()} before you decide. {page.cited(2)}",
        f"> [!{chance.choice(_CALLOUTS)}]\n> {page.line('Write down when {sign} began.')}",
        "## Signs",
        f"Growers, as of {MARK}, commonly report {page.cite()}:",
        "\n".join(f"- {page.line(text)}" for text in chance.sample(words.ITEMS, 5)),
        page.cited(2),
        "## Causes and what adds to them",
        page.cited(1),
        "### Everyday causes",
        page.cited(2),
        "### Causes in the soil",
        page.cited(3),
        "## Tests",
        page.cited(2),
        f"Table: tests, what they are for and how long they take {page.cite()}",
        "\n".join(_rows(page)),
        "## Care",
        page.cited(2),
        finding,
        "### First steps",
        "\n".join(f"{number}. {page.line(text)}" for number, text in enumerate(words.STEPS, 1)),
        "## Related reading",
        "\n".join(f"- {page.link()}" for _ in range(3)),
    ]
    return "\n\n".join(one for one in blocks if one) + "\n"


def _rows(page: _Page) -> Iterator[str]:
    yield "| Test | Why it is done | Wait |"
    yield "| --- | --- | ---: |"
    for test in page.writer.chance.sample(words.TESTS, 4):
        reason = page.writer.fill("to look for a reason for {sign}")
        yield f"| {capital(test)} | {reason} {page.cite()} | {page.writer.chance.randint(1, 21)} days |"


def _front(every: Sequence[Article], known: Records, title: str, topic: str) -> str:
    """A page that leads to others: the home page, and that on when to ask for help."""
    cite = f"[@{known.references[0]}]"
    points = [f"{text} {cite}." for text in ("One sentence", "Another sentence", "A third sentence")]
    fields = {"title": title, **common(DAY, words.MADE_UP), "evidence_searched": DAY, "key_points": _quoted(points)}
    start = "../" if topic == "all" else ""
    latest = "".join(f"- [{one.title}]({start}{one.path})\n" for one in every[:20])
    block = "::red-flags" if topic == "all" else "::red-flags{home}"
    return f"{_front_matter(fields)}\nThis is made up {cite}.\n\n{block}\n\n{latest}"


def _front_matter(fields: dict[str, str]) -> str:
    return "".join(["---\n", *(f"{key}: {value}\n" for key, value in fields.items()), "---\n"])


def _quoted(texts: list[str]) -> str:
    return json.dumps(texts, ensure_ascii=False)
