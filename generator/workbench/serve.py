"""Show the site while somebody writes: build, serve on this machine alone, build again on every change."""

from pathlib import Path

from livereload import Server

from generator.output.publish import Published
from generator.pipeline import Build, Options, build, put_in_place
from generator.problems import Problem

_WATCHED = ("content", "templates", "static", "site.yaml")
HOST = "127.0.0.1"


def serve(root: Path, port: int) -> None:
    """Serve the site of a folder until interrupted. While something is broken the last good site stays."""
    target = root.resolve() / "_site"
    rebuild(root, target)
    server = Server()
    for name in _WATCHED:
        server.watch(str(root / name), lambda: report(*rebuild(root, target)))
    print(f"http://{HOST}:{port}/ shows the site; press Ctrl+C to stop")
    server.serve(root=str(target), host=HOST, port=port, open_url_delay=None)


def rebuild(root: Path, target: Path) -> tuple[Build, Published | None]:
    """Build once and publish what is good."""
    done = build(root, Options(for_host=False, search=True))
    published = put_in_place(done, target, root.resolve() / ".cache" / "publish") if done.is_good else None
    return done, published


def report(done: Build, published: Published | None) -> None:
    """Say in a few lines what a change did."""
    errors: list[Problem] = [problem for problem in done.problems if problem.is_error]
    for problem in errors:
        span = problem.span
        print(f"{span.path}:{span.line}:{span.column}: error[{problem.code}] {problem.message}")
    if published:
        print(f"built: {len(published.written)} written, {len(published.removed)} removed")
    else:
        print(f"{len(errors)} errors; the last good site stays")
