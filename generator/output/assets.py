"""Files that are copied: our own static files under names that change with their bytes, and the pictures in use."""

from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath

from generator.disk.folders import STATIC
from generator.output.outputs import Output
from generator.site.filling import media_url
from generator.site.joined import Site
from generator.sources.files import SourceFile

WORKER = "sw.js"
"""The file below static/ that keeps its name and lies at the root: a worker rules what lies below its address."""


def static_urls(files: Iterable[SourceFile]) -> dict[str, str]:
    """Give the address of each static file by its path below static/; a change of bytes changes the address."""
    urls = {}
    for file in files:
        inner = PurePosixPath(file.path).relative_to(STATIC)
        urls[str(inner)] = f"/assets/{inner.stem}.{file.digest[:10]}{inner.suffix}"
        if str(inner) == WORKER:
            urls[WORKER] = f"/{WORKER}"
    return urls


def static_outputs(files: Iterable[SourceFile], urls: Mapping[str, str]) -> list[Output]:
    """Copy all static files."""
    return [
        Output(urls[file.path.removeprefix(f"{STATIC}/")].removeprefix("/"), file.data, file.path) for file in files
    ]


def picture_outputs(site: Site) -> list[Output]:
    """Copy the pictures that published pages show."""
    catalogue = site.catalogue
    if not catalogue.images:
        return []
    used = sorted({path for name in catalogue.documents for path in site.linked[name].images.values()})
    return [Output(media_url(path).removeprefix("/"), catalogue.images[path].data, path) for path in used]
