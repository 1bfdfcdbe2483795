"""A long search for inputs that break a promise, led by what the program does with them (atheris).

    python -m tests.fuzz TARGET|all --runs N

One that does is written to the folder `--found`; put it into `corpus/TARGET/` with a name that says what it shows. The
same seed, number of runs and inputs are the same search again.
"""

import argparse
import os
import random
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import atheris

with atheris.instrument_imports(include=["generator"]):
    from tests.fuzz.targets import TARGETS, tried
from tests.fuzz.corpus import kept
from tests.fuzz.mutations import mutated

_OWN = 0.7
"""The share of changes that know the dialects; the others are those of libFuzzer."""


def main() -> int:
    """Search as the command line says; the exit code is 1 where something was found."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("target", choices=[*TARGETS, "all"])
    parser.add_argument(
        "--runs",
        type=int,
        default=10_000,
        help="how many inputs of a quick target; slow ones get a share (default: 10000)",
    )
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--found", type=Path, default=Path("found"), help="where inputs go that break a promise")
    parser.add_argument("--grown", type=Path, help="a folder that keeps what reached something new, for the next time")
    options = parser.parse_args()
    names = [*TARGETS] if options.target == "all" else [options.target]
    return min(1, sum(_search(name, options) for name in names))


def _search(name: str, options: argparse.Namespace) -> bool:
    """Search one target in a copy of this process, as libFuzzer ends the one that it runs in."""
    with TemporaryDirectory() as folder:
        grown = options.grown / name if options.grown else Path(folder)
        grown.mkdir(parents=True, exist_ok=True)
        for number, data in enumerate([*TARGETS[name].seeds(), *kept(name).values()]):
            (grown / f"seed-{number:03}").write_bytes(data)
        print(f"== {name}: {_runs(name, options)} inputs", flush=True)
        sys.stderr.flush()
        child = os.fork()
        if child == 0:
            _fuzz(name, grown, options)
        _, status = os.waitpid(child, 0)
    return status != 0


def _runs(name: str, options: argparse.Namespace) -> int:
    return max(1, int(options.runs * TARGETS[name].share))


def _fuzz(name: str, grown: Path, options: argparse.Namespace) -> None:
    most = TARGETS[name].most
    options.found.mkdir(parents=True, exist_ok=True)

    def change(data: bytes, size: int, seed: int) -> bytes:
        if random.Random(seed).random() < _OWN:  # noqa: S311  it chooses inputs
            return mutated(data, seed, min(size, most))
        changed: bytes = atheris.Mutate(data, len(data) + 32)
        return changed[:size]

    flags = [
        f"-runs={_runs(name, options)}",
        f"-seed={options.seed}",
        f"-max_len={most}",
        f"-artifact_prefix={options.found}/{name}-",
    ]
    flags += ["-print_final_stats=1", "-rss_limit_mb=4096", "-timeout=600", "-len_control=0"]
    atheris.Setup([sys.argv[0], *flags, str(grown)], lambda data: tried(name, data), custom_mutator=change)
    atheris.Fuzz()


if __name__ == "__main__":
    sys.exit(main())
