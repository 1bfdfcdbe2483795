"""After any edits, what is made with all that was kept is what a build from nothing makes: every byte, every problem.

EDITS=500 tries more than the usual number; EDITS_SEED=7 tries others.
"""

import os
import random
import shutil
from pathlib import Path

import pytest

from generator import cli
from generator.cache.cache import Cache
from generator.output.layout import MANIFEST
from generator.pipeline import Build, build
from generator.problems.problem import Problem
from generator.runtime.means import Means
from generator.runtime.workers import Workers
from generator.sources import known
from generator.stages.options import Options
from tests.edits import EDITS, restored, state
from tests.sitekit import TODAY, copy_site, site_of, tree

STEPS = int(os.environ.get("EDITS", "60"))
SEED = int(os.environ.get("EDITS_SEED", "20261121"))
DAYS = (TODAY, TODAY, TODAY, "2026-11-22", "2027-12-01")
FLAGS = ((), (), ("--compress",), ("--epub",), ("--strict-review",), ("--relative",))
OPTIONS = (*[Options(today=TODAY)] * 5, *(Options(today=day) for day in DAYS), Options(today=TODAY, drafts=True))
SELDOM = (Options(today=TODAY, compress=True), Options(today=TODAY, epub=True), Options(today=TODAY, portable=True))


def told(done: Build) -> tuple[tuple[Problem, ...], set[tuple[str, bytes, str]]]:
    files = (*done.finished.outputs, *(done.finished.aside or ())) if done.finished else ()
    return done.problems, {(one.path, one.body, one.made_from) for one in files}


def edited(root: Path, dice: random.Random, done: list[str]) -> None:
    for _ in range(dice.choice([1, 1, 1, 2, 5])):
        name = dice.choice(list(EDITS))
        done.append(f"{name}: {EDITS[name](root, dice)}")


def damaged(folder: Path, dice: random.Random, done: list[str]) -> bool:
    """Do something to a file that a build has made, if there is one; give whether that was done.

    What says whose the files of a site are stays: without it, a build leaves them alone.
    """
    found = [one for one in sorted(folder.rglob("*")) if one.is_file() and one.name not in ("turn", MANIFEST)]
    if not found:
        return False
    path = dice.choice(found)
    data = path.read_bytes()
    what = dice.choice(["gone", "cut off", "flipped", "another"])
    done.append(f"{path.name}: {what}")
    if what == "gone":
        path.unlink()
    elif what == "cut off":
        path.write_bytes(data[: dice.randrange(len(data) + 1)])
    elif what == "flipped" and data:
        at = dice.randrange(len(data))
        path.write_bytes(data[:at] + bytes([data[at] ^ 1 << dice.randrange(8)]) + data[at + 1 :])
    else:
        path.write_bytes(b"of somebody else")
    return True


def test_after_any_edits_what_was_kept_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(known, "FRESH", 0)  # so that files are known although they were touched just now
    root = copy_site("hiccups", tmp_path)
    dice = random.Random(SEED)  # noqa: S311  it chooses edits
    monkeypatch.setattr("generator.runtime.copies.FEWEST", 2)  # so that workers share what there is
    monkeypatch.setattr("generator.cache.batches.BATCH", dice.choice([3, 64]))
    monkeypatch.setattr("generator.cache.seen._MANY", dice.choice([2, 100]))
    done: list[str] = []
    good = 0
    is_damaged = False  # what is damaged may be asked for much later
    before = state(root)
    for _ in range(STEPS):
        edited(root, dice, done)
        options = dice.choice(SELDOM if dice.random() < 0.05 else OPTIONS)
        if dice.random() < 0.05:
            shutil.rmtree(root / ".cache", ignore_errors=True)
            is_damaged = False
        if dice.random() < 0.05:
            is_damaged = damaged(root / ".cache", dice, done) or is_damaged
        cache = Cache(root / ".cache" / "made.sqlite", 1)
        with Workers(2) as workers:
            kept = told(build(root, options, means=Means(cache, dice.choice([None, None, workers]))))
        cache.close()
        assert is_damaged or not cache.note, (cache.note, done[-12:])
        anew = told(build(root, options))
        assert kept[0] == anew[0], done[-12:]
        assert sorted(one[0] for one in kept[1] ^ anew[1]) == [], done[-12:]
        if anew[1]:
            good += 1
            before = state(root)
        else:
            restored(root, before)
    assert good > STEPS / 3, "most of the edits make a site"


def test_after_any_edits_and_damages_the_site_in_place_is_the_one_from_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """By the command: so it may find that there is nothing to do, and publishes over what stands there."""
    root = copy_site("hiccups", tmp_path)
    dice = random.Random(SEED + 1)  # noqa: S311  it chooses edits
    monkeypatch.setattr("generator.cache.batches.BATCH", dice.choice([3, 64]))
    done: list[str] = []
    good = 0
    before = state(root)
    day, flags = TODAY, ()
    for _ in range(STEPS):
        if dice.random() < 0.8:
            edited(root, dice, done)
        if dice.random() < 0.2:
            day, flags = dice.choice(DAYS), dice.choice(FLAGS)  # type: ignore[assignment]
            done.append(f"{day} {flags}")
        site = root / ("_relative" if "--relative" in flags else "_site")
        for folder in (site, root / ".cache"):
            if dice.random() < 0.15:
                damaged(folder, dice, done)
        if dice.random() < 0.05:
            shutil.rmtree(dice.choice([site, root / ".cache", root / "_site.hosting"]), ignore_errors=True)
        stood = tree(site)
        capsys.readouterr()
        code = cli.main(["--root", str(root), "--today", day, "--no-search", "--jobs", "1", *flags])
        said = capsys.readouterr()
        assert "Traceback" not in said.err, (said.err, done[-12:])
        portable = "--relative" in flags
        wanted = Options(
            today=day,
            compress="--compress" in flags,
            epub="--epub" in flags,
            strict_review="--strict-review" in flags,
            portable=portable,
            for_host=not portable,
        )
        anew = build(root, wanted)
        assert code == (0 if anew.is_good else 1), (said.err, done[-12:])
        if not anew.is_good:
            assert tree(site) == stood, done[-12:]
            restored(root, before)
            continue
        good += 1
        before = state(root)
        found = {path: body for path, body in tree(site).items() if path != MANIFEST}
        expected = {one.path: one.body for one in anew.outputs}
        assert sorted(path for path in found | expected if found.get(path) != expected.get(path)) == [], done[-12:]
        aside = {one.path: one.body for one in site_of(anew).aside or ()}
        beside = {path: body for path, body in tree(root / "_site.hosting").items() if path != MANIFEST}
        assert portable or beside == aside, done[-12:]
    assert good > STEPS / 3, "most of the edits make a site"
