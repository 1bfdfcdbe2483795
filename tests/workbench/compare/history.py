"""A small site in a repository of git, and a change that holds one of each kind of difference."""

import os
import shutil
import subprocess
from pathlib import Path

from tests.needs import need
from tests.sitekit import change, copy_site

AS_NOBODY = {
    **os.environ,
    "GIT_AUTHOR_NAME": "Tester",
    "GIT_AUTHOR_EMAIL": "tester@example.org",
    "GIT_AUTHOR_DATE": "2026-11-01T12:00:00Z",
    "GIT_COMMITTER_NAME": "Tester",
    "GIT_COMMITTER_EMAIL": "tester@example.org",
    "GIT_COMMITTER_DATE": "2026-11-01T12:00:00Z",
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": os.devnull,
}
"""Commits that are the same on every machine, whatever git is set to there."""

FLAGS = """\
- id: two-days
  sign: hiccups that go on for more than 48 hours
  may_mean: something else that a doctor should look for
  level: soon
  action: See your doctor.
  mentions: [more than 48 hours]
  topics: [home]
  sources: [hullhiccup]
- id: chest-pain
  sign: hiccups with pain in the chest
  may_mean: a problem with the heart
  level: emergency
  action: Call the emergency number now.
  topics: [home, chest]
  sources: [hullhiccup]
- id: no-sleep
  sign: hiccups that keep you awake all night
  may_mean: something that a doctor can treat
  level: routine
  action: Ask your doctor at the next visit.
  topics: [home]
  sources: [mayohiccups]
- id: stroke
  sign: hiccups with a weak arm
  may_mean: a stroke
  level: emergency
  action: Call the emergency number now.
  topics: [home]
  sources: [mayohiccups]
"""

CLAIM = """\
- id: sugar
  intervention: a spoon of sugar
  comparator: nothing
  population: 40 adults with hiccups
  applies_to: condition
  outcome: the time that hiccups last
  follow_up: 1 day
  effect: {direction: less}
  events: {of: people who stopped within an hour, intervention: [12, 20], comparator: [8, 20]}
  design: randomised-trial
  certainty: very-low
  because:
    - {lowers: risk-of-bias, by: 2, why: nobody was blinded}
    - {lowers: imprecision, why: few people}
  finding: More of those who took sugar stopped within an hour.
  participants: 40
  studies: 1
  sources: [{ref: mayohiccups, locator: table 1}]
  searched: 2026-11-01
"""

ARTICLE = """\
---
title: {title}
summary: {summary}
status: published
updated: 2026-11-01
evidence_searched: 2026-11-01
review: {{due: 2027-11-01}}
authors: [testers]
key_points:
  - The sound comes from the vocal cords [@mayohiccups].
  - Most hiccups stop on their own [@hullhiccup].
  - See a doctor when they last more than 48 hours [@hullhiccup].
---

{body}
"""

SOUND = """\
The vocal cords close and make the sound [@mayohiccups]. Nobody chooses to make it [@mayohiccups].

> [!CAUTION]
> Call the emergency number if you cannot breathe [@hullhiccup].

::claim{sugar}
"""

MORE = """\
 {
  "id": "oldbook",
  "type": "book",
  "title": "Hiccups of old",
  "issued": {"date-parts": [[1950]]},
  "DOI": "10.1000/old",
  "custom": {"read": "title"}
 },
"""


def git(root: Path, *arguments: str) -> str:
    """Run git in a folder."""
    need("git", shutil.which("git") is not None, "apt-get install git")
    ran = subprocess.run(["git", *arguments], cwd=root, env=AS_NOBODY, capture_output=True, text=True, check=True)
    return ran.stdout.strip()


def commit(root: Path) -> str:
    """Keep all content as a commit, in a new repository if there is none; give its name."""
    if not (root / ".git").exists():
        git(root, "init", "--quiet", "--initial-branch=main")
    git(root, "add", "--", "site.yaml", "content")
    git(root, "commit", "--quiet", "--message", "content")
    return git(root, "rev-parse", "HEAD")


def site_before(folder: Path) -> Path:
    """Make the site as it was."""
    root = copy_site("hiccups", folder)
    (root / "content/red-flags.yaml").write_text(FLAGS, encoding="utf-8")
    (root / "content/claims/sugar.yaml").write_text(CLAIM, encoding="utf-8")
    change(root, "content/references.json", "[\n {", f"[\n{MORE} {{")
    for name, body in (
        ("sound", SOUND),
        ("animals", "Cats have hiccups too, and nobody has counted how many of them do [@mayohiccups; @oldbook]."),
        ("babies", "Babies have hiccups before they are born [@mayohiccups]. They do no harm [@mayohiccups]."),
        ("history", "People have always had hiccups [@oldbook]. They told tales of them [@oldbook]."),
    ):
        text = ARTICLE.format(title=f"All about {name}", summary=f"What is known of {name}.", body=body)
        (root / f"content/what/{name}.md").write_text(text, encoding="utf-8")
    return root


def make_one_of_each_change(root: Path) -> None:
    """Change one thing of each kind."""
    flags = "content/red-flags.yaml"
    change(root, flags, "level: soon\n  action: See your doctor.", "level: routine\n  action: See your doctor.")
    change(root, flags, "  mentions: [more than 48 hours]\n", "")
    change(root, flags, "topics: [home, chest]", "topics: [chest]")
    change(
        root, flags, "level: routine\n  action: Ask your doctor at the next visit.", "level: soon\n  action: Ask soon."
    )
    change(root, flags, FLAGS[FLAGS.index("- id: stroke") :], "")
    with (root / flags).open("a", encoding="utf-8") as file:
        file.write(FLAGS[FLAGS.index("- id: stroke") :].replace("stroke", "fever").replace("a weak arm", "a fever"))
    change(root, "content/lookalikes/long-hiccups.md", "urgency: soon", "urgency: routine")
    sound = "content/what/sound.md"
    change(root, sound, "[!CAUTION]", "[!NOTE]")
    change(root, sound, "Nobody chooses to make it", "Nobody wants to make this sound, and hardly anybody ever does")
    (root / "content/what/animals.md").unlink()
    (root / "content/what/babies.md").rename(root / "content/what/children.md")
    (root / "content/what/history.md").rename(root / "content/what/past.md")
    change(root, "content/what/past.md", "authors:", "redirect_from: [/what/history/]\nauthors:")
    new = ARTICLE.format(title="Tea", summary="What tea does.", body="Tea has not been tested [@hullhiccup].")
    (root / "content/what/tea.md").write_text(new, encoding="utf-8")
    change(root, "content/what/hiccups.md", "title: What a hiccup is", "title: What a hiccup really is")
    change(root, "content/what/hiccups.md", "updated: 2026-11-21", "updated: 2026-11-20")
    claim = "content/claims/sugar.yaml"
    change(root, claim, "certainty: very-low", "certainty: low")
    change(root, claim, "by: 2, why: nobody", "why: nobody")
    change(root, claim, "intervention: [12, 20]", "intervention: [15, 20]")
    change(root, claim, "ref: mayohiccups, locator: table 1", "ref: hullhiccup")
    (root / "content/claims/waiting.yaml").unlink()
    change(root, "content/options/waiting.md", "benefits: [waiting]", "benefits: [pause]")
    pause = CLAIM.replace("id: sugar", "id: pause").replace("a spoon of sugar", "holding the breath")
    (root / "content/claims/pause.yaml").write_text(pause, encoding="utf-8")
    references = "content/references.json"
    change(root, references, '"title": "Hiccups"', '"title": "Hiccups and their causes"')
    change(root, references, "[\n {", f"[\n{MORE.replace('oldbook', 'newbook').replace('/old', '/new')} {{")
    notice = '- {doi: "10.1000/old", notice: "Retracted in 2026, as seen on the page of the book."}\n'
    (root / "content/retractions.yaml").write_text(notice, encoding="utf-8")
    glossary = "content/glossary.yaml"
    change(root, glossary, "between the chest and the belly that moves", "below the lungs that moves")
    with (root / glossary).open("a", encoding="utf-8") as file:
        file.write(
            "- {id: cords, term: vocal cords, forms: [], definition: folds in the throat, sources: [mayohiccups]}\n"
        )
    change(root, "site.yaml", "tagline: What hiccups are and", "tagline: What they are and")


def copied(root: Path, folder: Path) -> Path:
    """Copy a site into a folder of its own, without its history."""
    target = folder / "copied"
    shutil.copytree(root, target, ignore=shutil.ignore_patterns(".git"))
    return target
