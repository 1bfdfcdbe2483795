"""What editors need to complete and underline data files while somebody types."""

import json
from typing import Any

from generator.workbench.json_schemas import covered

FOLDER = "schemas"
"""Where the schemas stand, so that editors find them."""
SETTINGS = ".vscode/settings.json"
_MADE = ("**/_site", "**/_site.hosting", "**/_relative", "**/_zip", "**/.cache")
"""What builds make, and nobody wants to find or edit."""


def vscode_settings() -> dict[str, Any]:
    """Give the settings of VS Code for a site: which schema is for which files, and what to leave out of a search."""
    return {
        "yaml.schemas": {f"./{FOLDER}/{name}.json": pattern for name, pattern in covered().items()},
        "yaml.format.enable": False,
        "[markdown]": {"editor.wordWrap": "on"},
        "search.exclude": dict.fromkeys(_MADE, True),
        "files.watcherExclude": dict.fromkeys(_MADE, True),
    }


def as_bytes(data: dict[str, Any]) -> bytes:
    """Give data as a file of JSON that people may read."""
    return (json.dumps(data, indent=2) + "\n").encode()
