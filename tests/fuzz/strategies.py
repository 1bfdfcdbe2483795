"""Inputs that are nearly right, made from the schemas: all fields that there are, now and then with an odd value."""

import json
from collections.abc import Callable

from hypothesis import strategies as st

from generator.evidence.references import READ
from generator.sources.bodymaps import Outline
from generator.sources.datafiles import CLAIM, RECORD_FILES
from generator.sources.kinds import KINDS
from generator.sources.schema import Group, Items
from generator.sources.siteyaml import SITE
from generator.sources.values import (
    Address,
    Choice,
    Contact,
    Date,
    Identifier,
    Inline,
    Language,
    Number,
    PagePath,
    ReferenceKey,
    Text,
    Type,
    WebAddress,
    Whole,
)
from tests.fuzz.mutations import ODD, mutated
from tests.fuzz.of_texts import ARTICLES, CHANGED
from tests.fuzz.small_site import FILES, RECORDS
from tests.fuzz.targets import TARGETS
from tests.helpers import MARKDOWN, YAML

_Texts = st.SearchStrategy[str]
_Plain = st.SearchStrategy[object]

_SENTENCES = [
    "A virus.",
    "Rest helps.",
    "It cures.",
    "See [rest](../care/rest.md) [@lee].",
    "[@nobody]",
    "é 😀",
    "a: b",
]
_OF_TYPE: dict[type[Type], list[object]] = {
    Date: ["2026-11-01", "2027-11-01", "2020-02-29"],
    Identifier: ["team", "rest-shortens", "home", "basics", "virus", "a-1"],
    ReferenceKey: ["smith2001", "lee", "@lee"],
    PagePath: ["care/rest.md", "alike/flu.md", "ask/why.md", "honey.md"],
    Address: ["/old/", "/old/page.html/"],
    WebAddress: ["https://example.org/", "http://x.y/a?b#c"],
    Contact: ["mailto:a@b.c", "tel:+1", "https://x.y"],
    Language: ["en", "de", "en-GB"],
    Text: [*_SENTENCES[:3], "team", "J00", "S", "2.16.840", "orphan-page", "10.1000/gone"],
    Inline: [*_SENTENCES],
    Outline: ["M1 2L30 40Z"],
    Number: [0, 1, -2.5, 33.3, 100],
}


def _rarely(good: _Plain, odd: _Plain, one_of: int = 20) -> _Plain:
    return st.integers(1, one_of).flatmap(lambda number: odd if number == one_of else good)


def value_of(kind: Type) -> _Plain:
    """A value of a type; one in twenty is of none."""
    odd = st.sampled_from(ODD) | st.none() | st.integers() | st.text(max_size=5) | st.lists(st.just("a"), max_size=2)
    return _rarely(_good(kind), odd)


def _good(kind: Type) -> _Plain:
    if isinstance(kind, Group):
        needed = {one.key: value_of(one.type) for one in kind.fields if one.required}
        others = {one.key: value_of(one.type) for one in kind.fields if not one.required}
        whole = st.fixed_dictionaries(needed, optional=others)
        return _rarely(whole, st.fixed_dictionaries({}, optional={**needed, **others}), 40)
    if isinstance(kind, Items):
        return st.lists(value_of(kind.of), min_size=kind.least, max_size=min(kind.most, kind.least + 2))
    if isinstance(kind, Choice):
        return st.sampled_from(kind.of)
    if isinstance(kind, Whole):
        return st.integers(kind.least, min(kind.most, kind.least + 200))
    return st.sampled_from(_OF_TYPE[type(kind)])


def _fields(values: object) -> str:
    """A group of fields, one on each line."""
    if not isinstance(values, dict):
        return f"{json.dumps(values)}\n"
    return "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in values.items())


def _record(values: object) -> str:
    return "- " + _fields(values).replace("\n", "\n  ").rstrip(" ")


def _records_of(kind: Group) -> _Texts:
    return st.lists(value_of(kind), min_size=1, max_size=2).map(lambda some: "".join(map(_record, some)))


_ARTICLES = st.sampled_from(list(KINDS.values())).flatmap(
    lambda kind: st.tuples(value_of(kind.schema).map(_fields), MARKDOWN).map(
        lambda two: f"---\n{two[0]}---\n\n{two[1]}"
    )
)
_PEOPLE = st.lists(
    st.dictionaries(
        st.sampled_from("family given literal suffix dropping-particle non-dropping-particle".split()),
        st.sampled_from(["van", "Lee", "A B", "J.-P.", "ß", "\ud800", "", "o’N", 3, None]),
    ),
    max_size=8,
)
_DAYS = st.fixed_dictionaries(
    {
        "date-parts": st.lists(
            st.lists(st.sampled_from([2009, "2009", 3, "03", 0, -1, 13, 10**30, None, "٣"]), max_size=4), max_size=3
        )
    }
)
_WORK = st.fixed_dictionaries(
    {
        "id": st.sampled_from(["smith2001", "lee", "Lee", "a.b", "lee-2", "\ud800", "", 3]),
        "type": st.sampled_from(["book", "chapter", "article-journal", "webpage", "report", "speech", "x", "\x00"]),
        "title": st.sampled_from(["A 'b' \"c\" <i>d</i>", "\ud800", "\ue0000\ue001", "\x1b[2J", "'" * 40, "?", 3]),
        "custom": st.fixed_dictionaries({"read": st.sampled_from([*READ, "skimmed", None])}),
    },
    optional={
        **dict.fromkeys(("author", "editor"), _PEOPLE),
        **dict.fromkeys(("issued", "accessed"), _DAYS | st.sampled_from(ODD)),
        **dict.fromkeys(
            "container-title container-title-short publisher volume issue page number edition genre event DOI PMID "
            "PMCID URL note publisher-place event-place".split(),
            st.sampled_from([*ODD, "833-837", "A1–A9", "10.1000/x", "PMC12", "https://x.y/z", 12, 1.5, float("nan")]),
        ),
    },
)
_WORKS = st.lists(_WORK, min_size=1, max_size=3).map(json.dumps)
_CITATIONS = st.lists(
    st.sampled_from(["@lee", "@smith2001", "@x", ";", ",", " ", "table 2", "\n", "@", "[", "]", "é"])
).map("".join)
_LANGUAGES = ["python", "html", "yaml", "json", "c", "bash", "diff", "console", "markdown", "xml", "php", "nope", ""]


def _chosen(name: str) -> Callable[[str], str]:
    return lambda text: f"{name}\n{text}"


_RECORDS = st.sampled_from(list(RECORD_FILES.items())).flatmap(lambda one: _records_of(one[1]).map(_chosen(one[0])))
_NEARLY: dict[str, _Texts] = {
    "front-matter": _ARTICLES,
    "markdown": MARKDOWN,
    "citations": _CITATIONS,
    "blocks": MARKDOWN,
    "references": _WORKS,
    "claims": _records_of(CLAIM),
    "records": _RECORDS,
    "config": value_of(SITE).map(_fields),
    "words": YAML,
    "kept": st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=3),
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(["html", "fields"]), inner),
    ).map(json.dumps),
    "code": st.tuples(st.sampled_from(_LANGUAGES), st.text()).map("\n".join),
    "joined": _RECORDS | _ARTICLES.map(_chosen(CHANGED)) | value_of(SITE).map(_fields).map(_chosen("site.yaml")),
    "site": _ARTICLES.map(_chosen(CHANGED)) | value_of(SITE).map(_fields).map(_chosen("site.yaml")),
}
assert _NEARLY.keys() == TARGETS.keys()
assert {*RECORDS, *ARTICLES} < FILES.keys()


def inputs(name: str) -> st.SearchStrategy[bytes]:
    """Inputs of a target: what is nearly right, or a seed, as it is or changed a few times."""
    made = _NEARLY[name].map(lambda text: text.encode("utf-8", "surrogatepass"))
    seed = st.sampled_from([b"", *TARGETS[name].seeds()])
    changed = st.tuples(made | seed, st.integers(0, 2**32)).map(lambda two: mutated(*two, TARGETS[name].most))
    return made | changed
