"""The bill of materials fits CycloneDX, and holds what is installed, to the digest, and nothing else."""

import copy
import hashlib
import json
import subprocess
import sys
from typing import Any

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from supply.bill import LOCKS, Unlisted, bill, bill_of
from supply.licences import Listed
from supply.lock import Package, read_lock
from tests.sitekit import REPOSITORY


def complaint(text: str) -> object:
    """What CycloneDX's own validator finds wrong; it brings the schema."""
    return JsonStrictValidator(SchemaVersion.V1_6).validate_str(text)


@pytest.fixture(params=LOCKS)
def lock(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_it_fits_the_schema(lock: str) -> None:
    assert complaint(bill_of(REPOSITORY, lock)) is None


def broken(found: dict[str, Any], what: str) -> dict[str, Any]:
    worse = copy.deepcopy(found)
    first = worse["components"][0]
    match what:
        case "a licence that SPDX does not know":
            first["licenses"] = [{"license": {"id": "Free for all"}}]
        case "a digest that is too short":
            first["externalReferences"][0]["hashes"][0]["content"] = "abc"
        case "a component without a name":
            del first["name"]
        case "a field that is not there":
            first["author-of-it"] = "somebody"
    return worse


@pytest.mark.parametrize(
    "what",
    [
        "a licence that SPDX does not know",
        "a digest that is too short",
        "a component without a name",
        "a field that is not there",
    ],
)
def test_what_does_not_fit_is_noticed(what: str) -> None:
    found = json.loads(bill_of(REPOSITORY, "requirements.lock"))
    assert complaint(json.dumps(broken(found, what))) is not None


def libraries(found: dict[str, Any]) -> dict[tuple[str, str], set[str]]:
    """The digests of each release that a bill names."""
    return {
        (one["name"], one["version"]): {
            digest["content"] for place in one["externalReferences"] for digest in place["hashes"]
        }
        for one in found["components"]
        if one["type"] == "library"
    }


def test_it_holds_every_locked_package_with_its_digests_and_nothing_else(lock: str) -> None:
    found = json.loads(bill_of(REPOSITORY, lock))
    packages = read_lock((REPOSITORY / lock).read_text(encoding="utf-8"))
    assert libraries(found) == {(one.name, one.version): set(one.hashes) for one in packages}
    assert all(one["licenses"] for one in found["components"])
    assert {one["type"] for one in found["components"]} == {"library", "file"}


def test_it_holds_the_font_with_its_own_digest() -> None:
    (font,) = [
        one for one in json.loads(bill_of(REPOSITORY, "requirements.lock"))["components"] if one["type"] == "file"
    ]
    data = (REPOSITORY / font["description"]).read_bytes()
    assert font["hashes"] == [{"alg": "SHA-256", "content": hashlib.sha256(data).hexdigest()}]
    assert font["licenses"] == [{"license": {"id": "OFL-1.1"}}]


def test_whatever_refers_to_a_component_finds_it(lock: str) -> None:
    found = json.loads(bill_of(REPOSITORY, lock))
    names = [found["metadata"]["component"]["bom-ref"], *(one["bom-ref"] for one in found["components"])]
    assert len(names) == len(set(names))
    for one in found["dependencies"]:
        assert {one["ref"], *one["dependsOn"]} <= set(names)


def test_the_command_prints_it_and_the_same_each_time_and_names_no_host() -> None:
    command = [sys.executable, "-m", "supply"]
    first, again = (subprocess.run(command, cwd=REPOSITORY, capture_output=True, check=True).stdout for _ in range(2))
    assert first == again == bill_of(REPOSITORY, "requirements.lock").encode()
    found = json.loads(first)
    assert "://" not in json.dumps({key: value for key, value in found.items() if key != "$schema"})
    assert not {"serialNumber", "timestamp"} & {*found, *found["metadata"]}


def test_a_package_whose_licence_nobody_looked_up_is_not_passed_over() -> None:
    project = {"name": "x", "version": "1", "description": "x", "license": "MIT", "dependencies": ["new>=1"]}
    with pytest.raises(Unlisted, match="new"):
        bill([Package("new", "1", "", ("a" * 64,))], Listed({}, ()), project, "", {})
