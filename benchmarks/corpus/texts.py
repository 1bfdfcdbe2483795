"""Made-up articles: which there are, and the text of each. The same number and seed give the same words everywhere."""

import datetime
import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from benchmarks.corpus import wordlists as words

SEED = 20
MARK = "mark-000000"
"""A word in every article that a benchmark changes when it edits one."""
_FIRST_DAY = datetime.date(2015, 1, 5)
_DAYS = 4000
_PER_SECTION = len(words.QUALITIES) * 7 * len(words.TROUBLES) * len(words.FACETS)


@dataclass(frozen=True)
class Article:
    """One made-up article: where it stands and what it is called."""

    number: int
    section: str
    trouble: str
    title: str
    slug: str
    day: str
    summary: str

    @property
    def path(self) -> str:
        """Its file below the folder of the articles."""
        return f"{self.section}/{self.slug}.md"

    @property
    def url(self) -> str:
        """Its address below that of the site."""
        return f"{self.section}/{self.slug}/"


Link = Callable[[Article, Article], str]
"""How one article names another as the destination of a link."""


def articles(count: int, seed: int = SEED) -> tuple[Article, ...]:
    """Give so many articles, in turn in each section; no two have one title."""
    chance = random.Random(f"{seed}/articles/{count}")  # noqa: S311 - made-up text is no secret
    rows = -(-count // len(words.SECTIONS))
    picked = {section: chance.sample(range(_PER_SECTION), rows) for section in words.SECTIONS}
    return tuple(_article(number, picked, chance) for number in range(count))


def _article(number: int, picked: dict[str, list[int]], chance: random.Random) -> Article:
    section = words.SECTIONS[number % len(words.SECTIONS)]
    rest = picked[section][number // len(words.SECTIONS)]
    taken = []
    for choices in (words.QUALITIES, words.PARTS[section], words.TROUBLES, words.FACETS):
        rest, place = divmod(rest, len(choices))
        taken.append(choices[place])
    quality, part, trouble, facet = taken
    whole = f"{quality} {part} {trouble}"
    title = f"{capital(whole)}: {facet}"
    day = _FIRST_DAY + datetime.timedelta(days=chance.randrange(_DAYS))
    seen = chance.choice(("noticed", "checked", "looked after"))
    return Article(
        number=number,
        section=section,
        trouble=whole,
        title=title,
        slug=re.sub("[^a-z0-9]+", "-", title.lower()).strip("-"),
        day=day.isoformat(),
        summary=f"What {whole} is, how it is {seen}, and what helps {chance.choice(words.WHOSE)}.",
    )


def capital(text: str) -> str:
    """A text with a capital at its beginning."""
    return text[:1].upper() + text[1:]


class Writer:
    """Fills sentences for one article, by chance, but always the same."""

    def __init__(self, article: Article, seed: int) -> None:
        self.article = article
        self.chance = random.Random(f"{seed}/{article.slug}")  # noqa: S311
        self._waiting: list[str] = []

    def fill(self, text: str) -> str:
        """Fill the gaps of one sentence."""
        chance, choice = self.chance, self.chance.choice
        signs, cares = chance.sample(words.SIGNS, 2), chance.sample(words.CARES, 2)
        whose, helper = choice(words.WHOSE), choice(words.HELPERS)
        return text.format(
            trouble=self.article.trouble,
            Trouble=capital(self.article.trouble),
            sign=signs[0],
            sign2=signs[1],
            cause=choice(words.CAUSES),
            test=choice(words.TESTS),
            care=cares[0],
            care2=cares[1],
            Care=capital(cares[0]),
            whose=whose,
            Whose=capital(whose),
            helper=helper,
            Helper=capital(helper),
            time=choice(words.TIMES),
            often=choice(words.HOW_OFTEN),
            number=chance.randint(3, 60),
            dose=choice((5, 10, 25, 40, 250, 500)),
        )

    def sentences(self, count: int) -> list[str]:
        """So many sentences; none comes twice before all came once."""
        if len(self._waiting) < count:
            self._waiting = self.chance.sample(words.SENTENCES, len(words.SENTENCES))
        taken, self._waiting = self._waiting[:count], self._waiting[count:]
        return [self.fill(one) for one in taken]

    def paragraph(self, count: int) -> str:
        """So many sentences as one paragraph."""
        return " ".join(self.sentences(count))

    def others(self, every: Sequence[Article]) -> list[Article]:
        """The 4 to 8 other articles to which this one links."""
        wanted = min(self.chance.randint(4, 8), len(every) - 1)
        found: list[Article] = []
        while len(found) < wanted:
            one = self.chance.choice(every)
            if one is not self.article and one not in found:
                found.append(one)
        return found


def has_notes(article: Article) -> bool:
    """Whether an article has footnotes; the other half has reference links."""
    return article.number % 2 == 0


def has_code(article: Article) -> bool:
    """Whether an article shows a block of code: 1 of 20 does."""
    return article.number % 20 == 7


def body(article: Article, every: Sequence[Article], link: Link, seed: int = SEED) -> str:
    """The Markdown of one article. `every` are those that it may link to."""
    writer = Writer(article, seed)
    fill, say = writer.fill, writer.paragraph
    others = writer.others(every)
    notes = has_notes(article)
    noted = "See the summary.[^1]" if notes else "See the [national guidance][guide]."
    first, second = ((others * 2)[:2]) if others else (article, article)
    blocks = [
        f"**{capital(article.trouble)}** {writer.chance.choice(words.HOW_OFTEN)} raises the same few questions in every"
        f" garden. {say(3)}",
        "## Overview",
        f"{say(3)} {noted}",
        f"You may also want to read [{first.title}]({link(article, first)}) before you decide. {say(2)}",
        "## Signs",
        f"Growers, as of {MARK}, commonly report:",
        "\n".join(f"- {fill(one)}" for one in writer.chance.sample(words.ITEMS, 5)),
        say(2),
        "## Causes and what adds to them",
        say(1),
        "### Everyday causes",
        say(2),
        "### Causes in the soil",
        say(3),
        "## Tests",
        say(2),
        "Table: tests, what they are for and how long they take",
        _table(writer),
        "## Care",
        say(2),
        "### First steps",
        "\n".join(f"{number}. {fill(one)}" for number, one in enumerate(words.STEPS, 1)),
        "### Sprays",
        say(2),
        *(_code(writer) if has_code(article) else ()),
        "## When to ask for help",
        "> " + fill("Call for help if you see *strong* {sign}, {sign2} or a plant that is much worse after {time}."),
        f"{say(1)} Compare with [{second.title}]({link(article, second)}).",
        "## Related reading",
        "\n".join(f"- [{one.title}]({link(article, one)})" for one in others[2:] or [first]),
        *_ends(article, writer, notes),
    ]
    return "\n\n".join(blocks) + "\n"


def _table(writer: Writer) -> str:
    rows = [
        f"| {capital(test)} | {writer.fill('to look for a reason for {sign}')} | {writer.chance.randint(1, 21)} days |"
        for test in writer.chance.sample(words.TESTS, 4)
    ]
    return "\n".join(["| Test | Why it is done | Wait |", "| --- | --- | ---: |", *rows])


def _code(writer: Writer) -> tuple[str, str]:
    language, code = writer.chance.choice(words.CODES)
    text = code.format(number=writer.chance.randint(55, 120))
    return "The plan in a form for machines:", f"```{language}\n{text}\n```"


def _ends(article: Article, writer: Writer, notes: bool) -> tuple[str, ...]:
    chance, year = writer.chance, article.day[:4]
    if notes:
        return (
            f"Figures were made up for {year}.[^2]",
            f"[^1]: Summary of {chance.randint(3, 40)} trials in {chance.choice(words.WHOSE)}, none of them real.\n"
            f"[^2]: Review of {chance.choice(words.TESTS)} in gardens, {int(year) - 1}.",
        )
    return (
        "Sources: [national guidance][guide] and the [leaflet][leaf].",
        f'[guide]: https://example.org/guidance/{article.slug} "Guidance"\n'
        f"[leaf]: https://example.org/leaflets/{article.number}",
    )
