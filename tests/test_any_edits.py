"""After any edits, what is made with all that was kept is what a build from nothing makes: every byte, every problem.

EDITS=500 tries more than the usual number; EDITS_SEED=7 tries others.
"""

import os
import random
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.cache import Cache
from generator.pipeline import Build, Means, Options, build
from generator.problems import Problem
from generator.sources import known
from generator.workers import Workers
from tests.sitekit import TODAY, copy_site

STEPS = int(os.environ.get("EDITS", "60"))
SEED = int(os.environ.get("EDITS_SEED", "20261121"))
OPTIONS = (Options(today=TODAY), Options(today=TODAY), Options(today="2027-12-01"), Options(today=TODAY, drafts=True))
WORDS = ("sudden", "short", "stop", "minutes", "doctor", "diaphragm", "Vagus", "hiccup", "rest")
Edit = Callable[[Path, random.Random], str]


def articles(root: Path) -> list[Path]:
    return sorted((root / "content").rglob("*.md"))


def some(root: Path, dice: random.Random, inner: bool = True) -> Path:
    found = [one for one in articles(root) if one.name != "index.md" or not inner]
    return dice.choice(found)


def change(path: Path, pattern: str, new: str) -> str:
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(pattern, lambda _: new, text, count=1, flags=re.MULTILINE), encoding="utf-8")
    return f"{path.name}: {new!r}"


def end(path: Path, words: str) -> str:
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


def deleted(root: Path, dice: random.Random) -> str:
    copies = [one for one in articles(root) if one.name.startswith("copy-")]
    for one in dice.sample(copies, min(1, len(copies))):
        one.unlink()
        return f"{one.name} deleted"
    return "nothing"


def renamed(root: Path, dice: random.Random) -> str:
    copies = [one for one in articles(root) if one.name.startswith("copy-")]
    for one in dice.sample(copies, min(1, len(copies))):
        one.rename(one.with_name(f"copy-{dice.randint(1, 9)}.md"))
        return f"{one.name} renamed"
    return "nothing"


def block(root: Path, dice: random.Random) -> str:
    names = ["red-flags", "options", "compare", "points{what/hiccups}", "urgency", "references", "checklist"]
    names += ["known-names{what/hiccups}", "claim{waiting}", "found", "question-sheet{ask/how-long}"]
    return end(dice.choice([root / "content/what/hiccups.md", root / "content/index.md"]), f"::{dice.choice(names)}")


def template(root: Path, dice: random.Random) -> str:
    path = dice.choice(sorted((root / "templates").rglob("*.html")))
    path.write_text(path.read_text(encoding="utf-8") + f"{{# {dice.random()} #}}", encoding="utf-8")
    return path.name


EDITS: dict[str, Edit] = {
    "a text": lambda root, dice: end(some(root, dice, inner=False), f"A {dice.choice(WORDS)} word [@mayohiccups]."),
    "a word": lambda root, dice: change(some(root, dice), dice.choice(WORDS), dice.choice(WORDS)),
    "a heading": lambda root, dice: end(some(root, dice), f"## How {dice.choice(WORDS)}?\n\nSo [@hullhiccup]."),
    "a title": lambda root, dice: change(
        some(root, dice), r"^title: .*", f"title: {dice.choice(WORDS)} {dice.random()}"
    ),
    "a summary": lambda root, dice: change(some(root, dice), r"^summary: .*", f"summary: It is {dice.choice(WORDS)}."),
    "a day": lambda root, dice: change(some(root, dice), r"^updated: .*", f"updated: 2026-11-{dice.randint(1, 21):02}"),
    "a search": lambda root, dice: change(
        some(root, dice), r"^evidence_searched: .*", f"evidence_searched: 2026-11-{dice.randint(1, 21):02}"
    ),
    "a review": lambda root, dice: change(
        some(root, dice), r"^review: .*", f"review: {{due: 2027-11-{dice.randint(1, 28):02}}}"
    ),
    "a point": lambda root, dice: change(
        some(root, dice), r"^  - .*\.$", f"  - It is {dice.choice(WORDS)} [@hullhiccup]."
    ),
    "a status": lambda root, dice: change(
        some(root, dice), r"^status: .*", f"status: {dice.choice(['draft', 'published', 'published'])}"
    ),
    "other names": lambda root, dice: change(
        some(root, dice), r"^status:", f"aliases: [{dice.choice(WORDS)}x]\nstatus:"
    ),
    "an order": lambda root, dice: change(some(root, dice), r"^status:", f"order: {dice.randint(1, 9)}\nstatus:"),
    "a link": link,
    "related pages": related,
    "a copy": copied,
    "a deletion": deleted,
    "a new name": renamed,
    "a block": block,
    "a template": template,
    "a definition": lambda root, dice: change(
        root / "content/glossary.yaml", r"definition: [^,}\n]*", f"definition: a {dice.choice(WORDS)} thing"
    ),
    "a sign": lambda root, dice: change(
        root / "content/red-flags.yaml", r"may_mean: [^,}\n]*", f"may_mean: A {dice.choice(WORDS)} thing"
    ),
    "the tagline": lambda root, dice: change(
        root / "site.yaml", r"^tagline: .*", f"tagline: About {dice.choice(WORDS)}"
    ),
    "a style": lambda root, dice: end(
        root / "static/css/site.css", f"/* {dice.random()} */ .x {{ top: {dice.random()}px; }}"
    ),
    "a word of the page": lambda root, dice: change(
        root / "templates/words/en.yaml", r"^home: .*", f"home: {dice.choice(['Home', 'Start', 'Front page'])}"
    ),
}


def state(root: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in root.rglob("*") if path.is_file() and ".cache" not in path.parts}


def restored(root: Path, before: dict[Path, bytes]) -> None:
    for path in set(state(root)) - set(before):
        path.unlink()
    for path, data in before.items():
        if not path.is_file() or path.read_bytes() != data:
            path.write_bytes(data)


def told(done: Build) -> tuple[tuple[Problem, ...], set[tuple[str, bytes, str]]]:
    return done.problems, {(one.path, one.body, one.made_from) for one in (*done.outputs, *(done.aside or ()))}


def test_after_any_edits_what_was_kept_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(known, "FRESH", 0)  # so that files are known although they were touched just now
    root = copy_site("hiccups", tmp_path)
    dice = random.Random(SEED)  # noqa: S311  it chooses edits
    monkeypatch.setattr("generator.together.FEWEST", 2)  # so that workers share what there is
    monkeypatch.setattr("generator.shelves.PIECE", dice.choice([3, 64]))
    monkeypatch.setattr("generator.markup.seen._MANY", dice.choice([2, 100]))
    done: list[str] = []
    good = 0
    before = state(root)
    for _ in range(STEPS):
        for _ in range(dice.choice([1, 1, 1, 2, 5])):
            name = dice.choice(list(EDITS))
            done.append(f"{name}: {EDITS[name](root, dice)}")
        options = dice.choice(OPTIONS)
        cache = Cache(root / ".cache" / "made.sqlite", 1)
        with Workers(2) as workers:
            kept = told(build(root, options, means=Means(cache, dice.choice([None, None, workers]))))
        cache.close()
        anew = told(build(root, options))
        assert kept[0] == anew[0], done[-12:]
        assert sorted(one[0] for one in kept[1] ^ anew[1]) == [], done[-12:]
        if anew[1]:
            good += 1
            before = state(root)
        else:
            restored(root, before)
    assert good > STEPS / 3, "most of the edits make a site"
