"""The runner, with this generator alone and few pages; what is measured is that it measures."""

import signal
import sys
import threading
import time
from pathlib import Path

import pytest

from benchmarks import figures, measure, sites
from benchmarks.__main__ import main
from benchmarks.corpus.texts import MARK
from benchmarks.generators import GENERATORS
from benchmarks.rounds import BUILDS, prepare
from benchmarks.serving import save_until_served

PAGES = 20
EATS = "import time\nfill = bytearray(60_000_000)\ntime.sleep(1)\n"
STARTS_ANOTHER = (
    f"import subprocess, sys\nfill = bytearray(60_000_000)\nsubprocess.run([sys.executable, '-c', {EATS!r}])\n"
)


@pytest.fixture
def site(tmp_path: Path) -> sites.Site:
    return sites.make(tmp_path, GENERATORS["ours"], PAGES)


def built(site: sites.Site) -> sites.Site:
    """Write pages as a generator would that does all right."""
    mark, foot = MARK, sites.FOOT
    for path in (site.probe.output, site.probe.other):
        page = site.folder / site.generator.output / path
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(" ".join([*site.probe.needles, mark, foot]), encoding="utf-8")
    return site


def test_one_command_measures_every_phase_and_finds_the_pages_right(tmp_path: Path) -> None:
    given = ["run", "--work", str(tmp_path), "--pages", str(PAGES), "--rounds", "1", "--only", "ours"]
    assert main([*given, "--phases", *BUILDS]) == 0
    runs = figures.read(tmp_path / "results.jsonl")
    assert [(run.phase, run.wrong) for run in runs] == [(phase, "") for phase in BUILDS]
    assert all(run.wall > 0 and run.cpu > 0 and run.pss > 1 and run.rss >= run.pss for run in runs)
    assert "### 20 pages: cold build" in (tmp_path / "report.md").read_text(encoding="utf-8")
    assert (tmp_path / "cost.svg").is_file()


def test_the_preview_is_timed_from_save_to_page(site: sites.Site, tmp_path: Path) -> None:
    command = site.generator.find(tmp_path)
    assert command is not None
    done = save_until_served(site, command, tmp_path / "log", calm=0.1)
    assert done.wrong == ""
    assert done.wall > 0
    assert done.pss > 1


def test_a_site_is_made_once_and_again_when_it_is_asked_for_another(site: sites.Site, tmp_path: Path) -> None:
    sites.edit_body(site)
    assert sites.current_mark(sites.make(tmp_path, site.generator, PAGES)) == "mark-000001"
    assert sites.current_mark(sites.make(tmp_path, site.generator, PAGES, seed=21)) == MARK


def test_pages_that_are_right_are_right(site: sites.Site) -> None:
    assert sites.wrong(built(site)) == ""


@pytest.mark.parametrize("phase", ["edit", "template"])
def test_pages_that_were_not_built_again_are_wrong(site: sites.Site, phase: str) -> None:
    built(site)
    prepare(site, phase)
    assert "lacks" in sites.wrong(site)


def test_no_page_or_too_few_are_wrong(site: sites.Site) -> None:
    assert "there is no" in sites.wrong(site)
    assert sites.wrong(built(site), count_pages=True) == "2 pages of 20"


def test_a_link_that_leads_to_a_source_is_wrong(site: sites.Site) -> None:
    page = built(site).folder / site.generator.output / site.probe.other
    page.write_text(page.read_text(encoding="utf-8") + '<a href="../ferns/one.md">', encoding="utf-8")
    assert "one.md" in sites.wrong(site)


def test_the_memory_of_all_processes_counts(tmp_path: Path) -> None:
    alone = measure.run((sys.executable, "-c", EATS), tmp_path, tmp_path / "log")
    both = measure.run((sys.executable, "-c", STARTS_ANOTHER), tmp_path, tmp_path / "log")
    assert alone.code == both.code == 0
    assert 57 < alone.pss < 100
    assert both.pss > alone.pss + 50


def test_a_command_that_takes_too_long_is_ended(tmp_path: Path) -> None:
    done = measure.run((sys.executable, "-c", "import time; time.sleep(60)"), tmp_path, tmp_path / "log", limit=0.3)
    assert done.code == -9


def test_an_interrupt_ends_what_was_started(tmp_path: Path) -> None:
    own = threading.main_thread().ident
    assert own is not None
    said = tmp_path / "log"
    command = (sys.executable, "-uc", "import os, time; print(os.getpid()); time.sleep(60)")

    def interrupt() -> None:
        while not (said.is_file() and said.read_text(encoding="utf-8").endswith("\n")):
            time.sleep(0.01)
        signal.pthread_kill(own, signal.SIGINT)

    threading.Thread(target=interrupt, daemon=True).start()
    with pytest.raises(KeyboardInterrupt):
        measure.run(command, tmp_path, said)
    process = int(said.read_text(encoding="utf-8"))
    assert not Path(f"/proc/{process}").exists()


def test_python_keeps_what_it_compiles(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    log = tmp_path / "log"
    measure.run((sys.executable, "-c", "import sys; print(sys.dont_write_bytecode)"), tmp_path, log)
    assert log.read_text(encoding="utf-8") == "False\n"


def test_what_a_command_says_is_kept(tmp_path: Path) -> None:
    measure.run((sys.executable, "-c", "print('said')"), tmp_path, tmp_path / "log")
    assert (tmp_path / "log").read_text(encoding="utf-8") == "said\n"
