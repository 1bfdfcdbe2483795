"""The policy allows what is needed and nothing else; Google's evaluator finds nothing grave in it."""

import json
import shutil
import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.output.needs import Needs
from generator.output.policy import FEATURES, content_policy, security_headers
from tests.helpers import REPOSITORY, moderate
from tests.needs import need

EVALUATOR = REPOSITORY / "node_modules" / "csp_evaluator"
SCRIPT = """
const [folder, policy] = process.argv.slice(1);
const {CspParser} = require(folder + '/dist/parser.js');
const {CspEvaluator} = require(folder + '/dist/evaluator.js');
const found = new CspEvaluator(new CspParser(policy).csp).evaluate();
console.log(JSON.stringify(found.map(one => [one.severity, one.directive, one.description])));
"""
GRAVE = 30
"""The evaluator's number for what is of high or middling weight; the lower, the graver."""

DIRECTIVES = [
    "script-src",
    "style-src",
    "img-src",
    "font-src",
    "connect-src",
    "worker-src",
    "manifest-src",
    "media-src",
]
ALL = Needs(
    {
        **{name: frozenset({"'self'"}) for name in (*DIRECTIVES, "form-action")},
        "script-src": frozenset({"'wasm-unsafe-eval'", "'self'"}),
        "img-src": frozenset({"data:", "'self'"}),
    },
    frozenset({"clipboard-write"}),
)


def grave(policy: str) -> list[str]:
    """What the evaluator finds of weight, as directive and description."""
    need("Node.js", shutil.which("node") is not None, "apt-get install nodejs npm")
    need("csp_evaluator", EVALUATOR.is_dir(), "npm ci --ignore-scripts")
    command = ["node", "-e", SCRIPT, str(EVALUATOR), policy]
    result = subprocess.run(command, capture_output=True, text=True, check=True)
    return [f"{directive}: {text}" for severity, directive, text in json.loads(result.stdout) if severity <= GRAVE]


def directives(policy: str) -> dict[str, list[str]]:
    return {words[0]: words[1:] for one in policy.split("; ") if (words := one.split())}


def test_a_page_of_bare_text_is_allowed_nothing() -> None:
    assert content_policy(Needs({}, frozenset())) == (
        "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )


def test_what_is_needed_is_allowed_in_a_fixed_order() -> None:
    assert content_policy(ALL) == (
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; "
        "font-src 'self'; connect-src 'self'; media-src 'self'; manifest-src 'self'; worker-src 'self'; "
        "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    )


@moderate
@given(st.sets(st.sampled_from(DIRECTIVES)))
def test_a_kind_of_file_is_allowed_if_and_only_if_it_is_needed(needed: set[str]) -> None:
    policy = directives(content_policy(Needs({name: frozenset({"'self'"}) for name in needed}, frozenset())))
    assert set(policy) & set(DIRECTIVES) == needed
    assert "unsafe" not in str(policy)


def test_a_policy_within_a_page_holds_only_what_is_heeded_there() -> None:
    assert content_policy(ALL, in_page=True) == content_policy(ALL).removesuffix("; frame-ancestors 'none'")


def test_every_feature_is_off_but_those_that_a_script_uses() -> None:
    permissions = dict(security_headers(ALL))["Permissions-Policy"].split(", ")
    assert len(permissions) == len(FEATURES) > 25
    assert [one for one in permissions if not one.endswith("=()")] == ["clipboard-write=(self)"]


@pytest.mark.parametrize("needs", [ALL, Needs({}, frozenset())], ids=["all that can be needed", "nothing"])
def test_the_evaluator_finds_nothing_grave(needs: Needs) -> None:
    assert grave(content_policy(needs)) == []


@pytest.mark.parametrize(
    "worse",
    [
        ("script-src 'self'", "script-src 'self' 'unsafe-inline'"),
        ("script-src 'self'", "script-src https:"),
        ("script-src 'self'", "script-src 'self' data:"),
        ("script-src 'self'", "script-src *"),
    ],
)
def test_a_bad_policy_is_rejected(worse: tuple[str, str]) -> None:
    assert grave(content_policy(ALL).replace(*worse))
