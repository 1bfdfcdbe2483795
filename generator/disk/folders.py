"""The names of a site's files and folders, for those who look before anything heavy is imported too."""

from pathlib import Path

SITE = "site.yaml"
"""The file that says what the site is."""
CONTENT, TEMPLATES, STATIC = "content", "templates", "static"
"""The folders of a site: what editors write, how pages look, files that are copied."""
CACHE = ".cache"
"""The folder of a site in which builds keep what they can make again, and put together the next site."""


def beside(target: Path) -> Path:
    """Where what is for the hosts of a site stands: in a folder beside the site's, named after it."""
    return target.with_name(f"{target.name}.hosting")


def leads_out(root: Path, folder: Path) -> bool:
    """Whether a folder of a site is, or is in, a link of the file system that leads out of the site."""
    return not folder.resolve().is_relative_to(root.resolve())
