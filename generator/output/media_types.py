"""What each file of a site is, as a browser must be told; it is never left to guess."""

from pathlib import PurePosixPath

from generator.output.outputs import Output

TYPES = {
    "html": "text/html",
    "css": "text/css",
    "js": "text/javascript",
    "mjs": "text/javascript",
    "txt": "text/plain",
    "md": "text/markdown",
    "xml": "application/xml",
    "json": "application/json",
    "jsonld": "application/ld+json",
    "webmanifest": "application/manifest+json",
    "wasm": "application/wasm",
    "svg": "image/svg+xml",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "webp": "image/webp",
    "avif": "image/avif",
    "ico": "image/vnd.microsoft.icon",
    "woff2": "font/woff2",
    "pdf": "application/pdf",
    "epub": "application/epub+zip",
}
_ATOM = b"http://www.w3.org/2005/Atom"


def type_of(path: str) -> str:
    """Give the type of a file by its ending: the same on every machine, whatever that says of types itself."""
    return TYPES.get(PurePosixPath(path).suffix.removeprefix(".").lower(), "application/octet-stream")


def media_type(output: Output) -> str:
    """Give the type of a file by its ending; texts are UTF-8."""
    found = "application/atom+xml" if is_feed(output) else type_of(output.path)
    return f"{found}; charset=utf-8" if found.startswith("text/") else found


def is_feed(output: Output) -> bool:
    """Whether a file of XML is a feed."""
    return output.path.endswith(".xml") and _ATOM in output.body[:500]
