"""Edits of the site about hiccups, chosen by dice: of every sort of file that a site is made of."""

import os
import random
import re
from collections.abc import Callable
from pathlib import Path

WORDS = ("sudden", "short", "stop", "minutes", "doctor", "diaphragm", "Vagus", "hiccup", "rest")
Edit = Callable[[Path, random.Random], str]
"""Changes a file of a site, as dice choose; says what was done."""


def articles(root: Path) -> list[Path]:
    """The articles of a site, in order."""
    return sorted((root / "content").rglob("*.md"))


def some(root: Path, dice: random.Random, inner: bool = True) -> Path:
    """Some article; where it is to be `inner`, no front page."""
    found = [one for one in articles(root) if one.name != "index.md" or not inner]
    return dice.choice(found)


def change(path: Path, pattern: str, new: str) -> str:
    """Put something else in place of what first fits a pattern, if anything does."""
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(pattern, lambda _: new, text, count=1, flags=re.MULTILINE), encoding="utf-8")
    return f"{path.name}: {new!r}"


def end(path: Path, words: str) -> str:
    """Have a file end with some words more."""
    path.write_text(path.read_text(encoding="utf-8").rstrip() + f"\n\n{words}\n", encoding="utf-8")
    return f"{path.name} ends with {words!r}"


def link(root: Path, dice: random.Random) -> str:
    path, other = some(root, dice, inner=False), some(root, dice, inner=False)
    place = os.path.relpath(other, path.parent)
    heading = dice.choice(["", "", "#what-moves", "#what-makes-the-sound"])
    return end(path, f"See [{dice.choice(['', 'this'])}]({place}{heading}) [@hullhiccup].")


def related(root: Path, dice: random.Random) -> str:
    path, other = some(root, dice), some(root, dice)
    text = path.read_text(encoding="utf-8")
    line = f"related: [{os.path.relpath(other, path.parent)}]\n"
    text = re.sub(r"^related: .*\n", "", text, flags=re.MULTILINE)
    path.write_text(text.replace("status:", f"{line}status:", 1), encoding="utf-8")
    return f"{path.name}: {line}"


def copied(root: Path, dice: random.Random) -> str:
    path = some(root, dice)
    copy = path.with_name(f"copy-{dice.randint(1, 5)}.md")
    text = re.sub(r"^redirect_from: .*\n", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    copy.write_text(text, encoding="utf-8")
    return f"{path.name} copied to {copy.name}"


def a_copy(root: Path, dice: random.Random) -> Path | None:
    """One of the copies that edits have made, if there is one."""
    copies = [one for one in articles(root) if one.name.startswith("copy-")]
    return dice.choice(copies) if copies else None


def deleted(root: Path, dice: random.Random) -> str:
    copy = a_copy(root, dice)
    if copy is None:
        return "nothing"
    copy.unlink()
    return f"{copy.name} deleted"


def lost(root: Path, dice: random.Random) -> str:
    path = some(root, dice, inner=False)
    path.unlink()
    return f"{path.name} lost, whoever leads to it"


def renamed(root: Path, dice: random.Random) -> str:
    copy = a_copy(root, dice)
    if copy is None:
        return "nothing"
    copy.rename(copy.with_name(f"copy-{dice.randint(1, 9)}.md"))
    return f"{copy.name} renamed"


def moved(root: Path, dice: random.Random) -> str:
    """Give an article another name, and have all that lead to it do so again; its old address leads to the new one."""
    path = some(root, dice)
    new = path.with_name(f"at-{dice.randint(1, 99)}.md")
    if new.exists():
        return "nothing"
    for one in [*articles(root), *(root / "content").rglob("*.yaml")]:
        text = one.read_text(encoding="utf-8")
        if path.name in text:
            one.write_text(text.replace(path.name, new.name), encoding="utf-8")
    path.rename(new)
    if dice.random() < 0.5:
        change(new, r"^redirect_from: .*\n", "")
        change(new, r"^status:", f"redirect_from: [/{path.parent.name}/{path.stem}/]\nstatus:")
    return f"{path.name} moved to {new.name}"


def block(root: Path, dice: random.Random) -> str:
    names = ["red-flags", "options", "compare", "points{what/hiccups}", "urgency", "references", "checklist"]
    names += ["known-names{what/hiccups}", "claim{waiting}", "found", "question-sheet{ask/how-long}"]
    return end(dice.choice([some(root, dice), root / "content/index.md"]), f"::{dice.choice(names)}")


def template(root: Path, dice: random.Random) -> str:
    path = dice.choice(sorted((root / "templates").rglob("*.html")))
    path.write_text(path.read_text(encoding="utf-8") + f"{{# {dice.random()} #}}", encoding="utf-8")
    return path.name


def feed(root: Path, dice: random.Random) -> str:
    return change(root / "templates/feeds/robots.txt", r"\A", f"# {dice.random()}\n")


def picture(root: Path, dice: random.Random) -> str:
    path = root / "content/what/pipe.svg"
    if path.exists() and dice.random() < 0.3:
        path.unlink()
        return "the picture is gone"
    size = dice.randint(10, 99)
    path.write_text(f'<svg xmlns="http://www.w3.org/2000/svg" width="{size}" height="9"></svg>\n', encoding="utf-8")
    article = dice.choice(sorted(path.parent.glob("*.md")))
    return end(article, '![A pipe](pipe.svg "A pipe")') if dice.random() < 0.5 else f"a picture of {size}"


def asset(root: Path, dice: random.Random) -> str:
    name = f"static/{dice.choice(['css', 'js', 'img', 'more'])}/x{dice.randint(1, 3)}"
    found = sorted(root.glob("static/*/x*"))
    if found and dice.random() < 0.5:
        path = dice.choice(found)
        if dice.random() < 0.5:
            path.unlink()
            return f"{path.name} deleted"
        path.rename(path.with_name(f"y{path.name}"))
        return f"{path.name} renamed"
    path = root / (name + dice.choice([".css", ".js", ".txt"]))
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"/* {dice.random()} */\n", encoding="utf-8")
    return str(path)


RECORDS = {
    "synonyms.yaml": "- {{typed: [hic, {word}y], means: hiccup}}\n",
    "disagreements.yaml": (
        "- id: one\n  question: Is it {word}?\n  positions:\n    - {{view: Yes., sources: [hullhiccup]}}\n"
        "    - {{view: No., sources: [mayohiccups]}}\n  settles: A {word} study.\n  topics: [what]\n"
    ),
    "checked-claims.yaml": (
        "- {{id: one, said: It is {word}., verdict: unsupported, instead: It is not., topics: [what], "
        "sources: [hullhiccup]}}\n"
    ),
    "codes.yaml": (
        "- {{system: Made up, oid: 2.16.840.1.113883.6.90, code: X{number}, label: The {word} thing, "
        "relation: broader, page: what/hiccups.md, seen: In a dream}}\n"
    ),
    "standards.yaml": (
        '- {{id: one-1, standard: One, item: "1", asks: "It is {word}.", check: dates, sources: [hullhiccup]}}\n'
    ),
    "countries.yaml": (
        "- {{id: us, name: United States, emergency: Call 911, today: Ring a {word} today, soon: Book a visit, "
        "routine: Book a visit, sources: [hullhiccup]}}\n"
    ),
    "retractions.yaml": "- {{doi: 10.1000/x{number}, notice: It was {word}}}\n",
    "accepted.yaml": (
        "- {{code: uncited, path: content/what/hiccups.md, reason: It is {word}, until: 2027-0{number}-01}}\n"
    ),
    "grades.json": '{{"content/what/hiccups.md": 2{number}.5}}\n',
    "body-map.yaml": (
        "- id: back\n  title: The {word} back\n  describes: A back.\n  signs: [home]\n  view: [0, 0, 320, 300]\n"
        '  drawing: [{{part: body, sides: both, path: "M159 38H249V322H159Z"}}]\n'
        "  regions: [{{id: low, name: Low, spots: [[160, 100, 2{number}, 20]], note: Here., pages: [what/hiccups.md], "
        "sources: [hullhiccup]}}]\n"
    ),
    "claims/more.yaml": (
        "- {{id: more, intervention: sugar, population: people with hiccups, applies_to: condition, "
        "outcome: the time that hiccups last, follow_up: not clear, effect: {{direction: unclear}}, "
        "design: case-report, certainty: very-low, because: [{{lowers: risk-of-bias, why: {word}}}], "
        "finding: A {word} finding., sources: [{{ref: hullhiccup}}], searched: 2026-11-0{number}}}\n"
    ),
}
"""Records of each sort that the site has none of."""


def records(root: Path, dice: random.Random) -> str:
    name = dice.choice(list(RECORDS))
    path = root / "content" / name
    if path.exists() and dice.random() < 0.3:
        path.unlink()
        return f"{name} deleted"
    text = RECORDS[name].format(word=dice.choice(WORDS), number=dice.randint(1, 9))
    path.write_text(text, encoding="utf-8")
    return f"{name}: {text}"


def named(root: Path, dice: random.Random) -> str:
    name = f"hic{dice.randint(1, 99)}"
    page = some(root, dice).relative_to(root / "content").as_posix()
    return end(root / "content/names.yaml", f"- {{name: {name}, kind: lay, language: en, page: {page}}}")


SETTINGS = {
    "title": ["title: Hiccups", "title: All on hiccups"],
    "url": ["url: https://example.org/hiccups/", "url: https://example.org/", "url: https://example.com/h/"],
    "licence": ["licence: CC BY 4.0", "licence: CC0"],
    "hosting": ["", "hosting: [nginx]", "hosting: [netlify, nginx]", "hosting: [github-pages]"],
    "corrections_url": ["", "corrections_url: https://example.org/new"],
    "limits": [
        "limits: {file_size: 200000, contents_from: 3}",
        "limits: {file_size: 200000, contents_from: 1, page_weight: 20000}",
        "limits: {file_size: 300000, contents_from: 9}",
    ],
    "reading": ["", "reading: [{kind: article, grade: 3, sentence: 9, passive: 10}]"],
    "cited_kinds": ["", "cited_kinds: [article]"],
    "condition": ["", "condition: {name: Hiccups, in_text: hiccups, page: what/hiccups.md}"],
    "security": ["", 'security: {contact: "mailto:a@example.org", expires: 2027-01-01}'],
    "wording": ["", "wording: {promise: [sudden], treatments: [rest]}"],
}
"""Lines of site.yaml, of which each may stand there."""


def setting(root: Path, dice: random.Random) -> str:
    name = dice.choice(list(SETTINGS))
    line = dice.choice(SETTINGS[name])
    path = root / "site.yaml"
    text = re.sub(rf"^{name}: .*\n", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    path.write_text(text + (f"{line}\n" if line else ""), encoding="utf-8")
    return f"{name}: {line}"


def of_article(pattern: str, new: Callable[[random.Random], str]) -> Edit:
    """An edit of some article, though never of a front page."""
    return lambda root, dice: change(some(root, dice), pattern, new(dice))


def of_file(name: str, pattern: str, new: Callable[[random.Random], str]) -> Edit:
    """An edit of one file."""
    return lambda root, dice: change(root / name, pattern, new(dice))


def word(text: str) -> Callable[[random.Random], str]:
    """A text with some word in its gap."""
    return lambda dice: text.format(dice.choice(WORDS))


def one_of(text: str, *choices: str) -> Callable[[random.Random], str]:
    """A text with one of these in its gap."""
    return lambda dice: text.format(dice.choice(choices))


def day(text: str, last: int = 21) -> Callable[[random.Random], str]:
    """A text with a day of a month, until the last, in its gap."""
    return lambda dice: text.format(dice.randint(1, last))


_WORKS, _FINDINGS, _SIGNS = "content/references.json", "content/claims/waiting.yaml", "content/red-flags.yaml"

EDITS: dict[str, Edit] = {
    "a text": lambda root, dice: end(some(root, dice, inner=False), f"A {dice.choice(WORDS)} word [@mayohiccups]."),
    "a word": lambda root, dice: change(some(root, dice), dice.choice(WORDS), dice.choice(WORDS)),
    "a heading": lambda root, dice: end(some(root, dice), f"## How {dice.choice(WORDS)}?\n\nSo [@hullhiccup]."),
    "a title": of_article(r"^title: .*", lambda dice: f"title: {dice.choice(WORDS)} {dice.random()}"),
    "a summary": of_article(r"^summary: .*", word("summary: It is {}.")),
    "a day": of_article(r"^updated: .*", day("updated: 2026-11-{:02}")),
    "a search": of_article(r"^evidence_searched: .*", day("evidence_searched: 2026-11-{:02}")),
    "a review": of_article(r"^review: .*", day("review: {{due: 2027-11-{:02}}}", 28)),
    "a point": of_article(r"^  - .*\.$", word("  - It is {} [@hullhiccup].")),
    "a status": of_article(r"^status: .*", one_of("status: {}", "draft", "published", "published")),
    "other names": of_article(r"^status:", word("aliases: [{}x]\nstatus:")),
    "an order": of_article(r"^status:", lambda dice: f"order: {dice.randint(1, 9)}\nstatus:"),
    "a link": link,
    "related pages": related,
    "a copy": copied,
    "a deletion": deleted,
    "a loss": lost,
    "a new name": renamed,
    "a new address": moved,
    "a block": block,
    "a template": template,
    "a feed": feed,
    "a picture": picture,
    "an asset": asset,
    "records": records,
    "other records": records,
    "a setting": setting,
    "a definition": of_file("content/glossary.yaml", r"definition: [^,}\n]*", word("definition: a {} thing")),
    "a sign": of_file(_SIGNS, r"may_mean: [^,}\n]*", word("may_mean: A {} thing")),
    "how fast to get help": of_file(_SIGNS, r"level: [^,}\n]*", one_of("level: {}", "soon", "today", "emergency")),
    "a name": named,
    "who writes": of_file("content/people.yaml", r"interests: .*", word("interests: A {} one.")),
    "a work": of_file(
        _WORKS, r'"title": ".*"', lambda dice: f'"title": "On the {dice.choice(WORDS)} {dice.randint(1, 9)}"'
    ),
    "how a work was read": of_file(_WORKS, r'"read": "\w+"', one_of('"read": "{}"', "page", "abstract", "title")),
    "a finding": of_file(_FINDINGS, r"finding: .*", word("finding: It is {}.")),
    "how sure it is": of_file(_FINDINGS, r"applies_to: .*", one_of("applies_to: {}", "condition", "related")),
    "the tagline": of_file("site.yaml", r"^tagline: .*", word("tagline: About {}")),
    "a style": lambda root, dice: end(
        root / "static/css/site.css", f"/* {dice.random()} */ .x {{ top: {dice.random()}px; }}"
    ),
    "a word of the page": of_file(
        "templates/words/en.yaml", r"^home: .*", one_of("home: {}", "Home", "Start", "Front page")
    ),
}


MADE = ("_site", "_site.hosting", "_relative", ".cache")
"""What builds make in a site's folder."""


def state(root: Path) -> dict[Path, bytes]:
    """All that a site is made of."""
    every = (path for path in root.rglob("*") if path.relative_to(root).parts[0] not in MADE)
    return {path: path.read_bytes() for path in every if path.is_file()}


def restored(root: Path, before: dict[Path, bytes]) -> None:
    """Have a site be as it was."""
    for path in set(state(root)) - set(before):
        path.unlink()
    for path, data in before.items():
        if not path.is_file() or path.read_bytes() != data:
            path.write_bytes(data)
