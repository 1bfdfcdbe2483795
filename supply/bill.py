"""The bill of materials of a build, in CycloneDX 1.6: what a lock file installs, and files of others that stand here.

It is made when somebody asks, of the lock file, of THIRD-PARTY.md and of the files themselves, so it is never out of
date. The same files give the same bytes: it names no day and no machine.
"""

import hashlib
import json
import re
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from supply.licences import FILE, Bundled, Listed, read_listed
from supply.lock import Package, read_lock

LOCKS = {
    "requirements.lock": "",
    "requirements-pdf.lock": "pdf",
    "requirements-cluster.lock": "cluster",
}
"""The lock files of those who build, each with the extra of pyproject.toml that it adds; the first is in all others."""

Data = dict[str, Any]


class Unlisted(LookupError):
    """A package of which THIRD-PARTY.md does not say the licence."""


def bill_of(root: Path, lock: str) -> str:
    """Give the bill of materials of what one lock file installs, as JSON."""
    packages = read_lock((root / lock).read_text(encoding="utf-8"), lock)
    listed = read_listed((root / FILE).read_text(encoding="utf-8"))
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    files = {one.path: (root / one.path).read_bytes() for one in listed.files}
    return json.dumps(bill(packages, listed, project, LOCKS[lock], files), indent=2, ensure_ascii=False) + "\n"


def bill(
    packages: Iterable[Package], listed: Listed, project: Mapping[str, Any], extra: str, files: Mapping[str, bytes]
) -> Data:
    """The same as data; `files` are the bytes of the files of others by their path."""
    own = f"pkg:generic/{project['name']}@{project['version']}"
    locked = {one.name: one for one in packages}
    wanted = sorted(locked[one].purl for one in asked_for(project, extra))
    bundled = [_file(one, files[one.path]) for one in listed.files]
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": own,
                "name": project["name"],
                "version": project["version"],
                "description": project["description"],
                "licenses": _licences(project["license"]),
            }
        },
        "components": [*(_library(one, listed) for one in locked.values()), *bundled],
        "dependencies": [{"ref": own, "dependsOn": [*wanted, *(one["bom-ref"] for one in bundled)]}],
    }


def asked_for(project: Mapping[str, Any], extra: str = "") -> list[str]:
    """The packages that pyproject.toml names itself, for every build and for one extra."""
    texts = [*project["dependencies"], *(project["optional-dependencies"][extra] if extra else ())]
    return [re.sub(r"[-_.]+", "-", re.split(r"[^\w.-]", text, maxsplit=1)[0]).lower() for text in texts]


def _library(one: Package, listed: Listed) -> Data:
    licence = listed.licence_of(one.name)
    if licence is None:
        raise Unlisted(f"{FILE} does not say under which licence {one.name} is")
    files = {
        "type": "distribution",
        "url": one.purl,
        "comment": "the files that a release consists of, one for each kind of machine; no other is installed",
        "hashes": [{"alg": "SHA-256", "content": digest} for digest in one.hashes],
    }
    found: Data = {
        "type": "library",
        "bom-ref": one.purl,
        "name": one.name,
        "version": one.version,
        "licenses": _licences(licence),
        "purl": one.purl,
        "externalReferences": [files],
    }
    if one.marker:
        found["properties"] = [{"name": "installed-where", "value": one.marker}]
    return found


def _file(one: Bundled, data: bytes) -> Data:
    return {
        "type": "file",
        "bom-ref": one.path,
        "name": one.name,
        "version": one.version,
        "description": one.path,
        "hashes": [{"alg": "SHA-256", "content": hashlib.sha256(data).hexdigest()}],
        "licenses": _licences(one.licence),
    }


def _licences(licence: str) -> list[Data]:
    return [{"expression": licence}] if " " in licence else [{"license": {"id": licence}}]
