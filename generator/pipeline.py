"""The order of a build: read, parse, join, check, make, assemble, check again. Read this first."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from generator.cache.cache import NOTHING_KEPT, Cache
from generator.checks.accepted import FILE as ACCEPTED
from generator.checks.accepted import read_accepted, without_accepted
from generator.disk.folders import beside
from generator.making.reasons import Why
from generator.output.outputs import Output
from generator.output.publish import Published, publish
from generator.problems.faults import Refused, is_of_memory
from generator.problems.problem import Problem, told
from generator.runtime.day import present_day
from generator.runtime.means import ALONE, Means
from generator.site.joined import Site
from generator.sources.files import Changed
from generator.sources.limits import OVER_LIMIT
from generator.stages import intake
from generator.stages.assembling import assemble, for_hosts
from generator.stages.checking import check_assembled, check_site, check_uses
from generator.stages.joining import join_all
from generator.stages.making import addresses, make_pages, read_assets
from generator.stages.options import DEFAULT, Options, Progress, quiet
from generator.stages.parsing import parse_all


@dataclass(frozen=True, eq=False)
class Joined:
    """What the pages of a build were made from: so one of them can be made anew without the others."""

    sources: intake.Sources
    site: Site
    assets: Mapping[str, str]
    """The address of each static file."""


@dataclass(frozen=True)
class Finished:
    """A site without errors, as it may be published."""

    outputs: tuple[Output, ...]
    aside: tuple[Output, ...] | None = None
    """Configuration for hosts, which stands beside the site; None where the site is not for a host."""
    base_path: str = "/"
    """Where the site will be hosted, from slash to slash."""
    has_drafts: bool = False
    """Whether it shows drafts, so that it may never be published."""
    why: Mapping[str, Callable[[], Why]] = field(default_factory=dict, compare=False)
    """Why each page was made anew, or reused, by its address."""


@dataclass(frozen=True)
class Build:
    """What a build came to: its problems, what it did how often, and the site, unless there are errors."""

    problems: tuple[Problem, ...]
    parses: int = 0
    renders: int = 0
    bad_config: bool = False
    joined: Joined | None = field(default=None, compare=False, repr=False)
    """What its pages were made from; None where not even the settings could be read."""
    finished: Finished | None = None

    @property
    def is_good(self) -> bool:
        """Whether there is a site."""
        return self.finished is not None

    @property
    def outputs(self) -> tuple[Output, ...]:
        """The files of the site; none where there are errors."""
        return self.finished.outputs if self.finished else ()


def build(root: Path, options: Options = DEFAULT, progress: Progress = quiet, means: Means = ALONE) -> Build:
    """Make the whole site in memory from the files below `root`. Nothing is written there.

    What was kept may come from another machine, and hold whatever somebody has put there. So what fails with it is
    tried once more without it; a fault of the program shows itself again.

    Raises:
        OSError: If a file or a folder cannot be read.
        Changed: If a file changes while the site is built, and once more while it is built again.
        Lost: If a process that shared the work ended at what is named.
        Unusable: If those who were to share the work cannot.
    """
    try:
        return _build(root, options, progress, means, means.cache)
    except Changed:  # then they are all read at once, before anything is made of them
        return _build(root, options, progress, means, NOTHING_KEPT)
    except (OSError, Refused):
        raise
    except Exception as fault:
        if is_of_memory(fault) or not means.cache.hits:
            raise
        means.cache.give_up()
        done = _build(root, options, progress, means, NOTHING_KEPT)
        means.cache.note = f"what was kept is not what it should be ({type(fault).__name__}), and is made again"
        return done


def _build(root: Path, options: Options, progress: Progress, means: Means, known: Cache) -> Build:
    """Make the whole site. Files that are as `known` tells are read when they are needed."""
    cache, clock = means.cache, means.clock
    clock.begin("reading")
    sources, problems = intake.read(root, known)
    if sources is None:
        too_much = any(one.code == OVER_LIMIT for one in problems)
        return Build(told(problems), bad_config=not too_much)
    cache.allow_for(len(sources.articles))
    today = options.today or present_day()
    accepted, found = read_accepted(sources.records.get(ACCEPTED))
    problems += found

    clock.begin("parsing")
    parsed = parse_all(sources, progress, means)

    clock.begin("joining")
    site, found = join_all(sources, parsed.documents, today, options.portable, options.drafts, cache)
    problems += found

    clock.begin("checking")
    problems += check_site(site, sources, options.strict_review)
    assets, found = read_assets(sources.static)
    problems += found
    joined = Joined(sources, site, addresses(assets, options))
    if any(problem.is_error for problem in problems):
        problems = without_accepted(problems, accepted, today, is_whole=False)
        return Build(told(problems), parsed.parses, joined=joined)

    clock.begin("making")
    made = make_pages(site, sources, assets, options, progress, means)
    problems += made.problems
    clock.begin("checking")
    problems += check_uses(site, made.pages)

    done, found = assemble(site, made, options, progress, means)
    problems += found
    clock.begin("checking")
    problems += check_assembled(done, site, cache)
    problems = without_accepted(problems, accepted, today)
    build = Build(told(problems), parsed.parses, made.renders, joined=joined)
    if any(problem.is_error for problem in problems):
        return build

    clock.begin("hosting")
    ready = for_hosts(done, site, options, means)
    finished = Finished(ready.outputs, ready.aside, sources.config.base_path, options.drafts, made.why)
    return replace(build, finished=finished)


def put_in_place(site: Finished, target: Path, workspace: Path, with_spare: bool = False) -> Published:
    """Publish a site; what is for its hosts comes into a folder beside it, named after it.

    `with_spare` says whether the next build shall be a quick one even where no older site was replaced.

    Raises:
        ValueError: If it shows drafts.
        Unsafe, Gone, OSError: As `publish` does.
    """
    if site.has_drafts:
        raise ValueError("a site that shows drafts is never published")
    hosting = beside(target)
    if site.aside or (site.aside is not None and hosting.exists()):
        publish(site.aside, hosting, workspace / "hosting")
    return publish(site.outputs, target, workspace, with_spare)
