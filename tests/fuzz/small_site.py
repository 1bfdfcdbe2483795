"""A site of a few files, none of which is on a disk, with one of each kind; targets change one of them and build."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from unittest import mock

from generator.output.assets import static_urls
from generator.problems.problem import Problem
from generator.site.joined import Site
from generator.sources.files import SourceFile, read_tree, source_file
from generator.stages import intake
from generator.stages.checking import check_site
from generator.stages.joining import join_all
from generator.stages.options import Options
from generator.stages.parsing import parse_all
from tests.helpers import CLAIM_TEXT, COMMON, DEFAULT, KEY_POINTS, REPOSITORY, SITE
from tests.sitekit import TODAY

_DIFFERENTIAL = """\
feels: Hot. [@smith2001]
moves: No.
hurts: A little.
where: In the [nose](../care/rest.md).
changes: It goes.
tells_apart: A test.
who_looks: A nurse.
urgency: soon
urgency_note: Ring if you cannot breathe.
"""

FILES: dict[str, str] = {
    **DEFAULT,
    "site.yaml": SITE
    + """\
condition: {name: Cold, in_text: a cold, page: care/rest.md}
wording: {promise: [cures], treatments: [honey], negations: [not], medical_endings: [itis], plain_words: [NHS],
  no_source_needed: [we looked], emergency: [ambulance], today: [today], soon: [soon], routine: [some day]}
cited_kinds: [treatment]
reading: [{kind: article, grade: 20, sentence: 60, passive: 100}]
hosting: [nginx, netlify]
security: {contact: "mailto:us@example.org", expires: 2027-11-01}
""",
    "content/care/honey.md": f"---\ntitle: Honey\n{COMMON}{KEY_POINTS}"
    + DEFAULT["content/care/rest.md"].partition(KEY_POINTS)[2].replace("benefits: []", "benefits: [rest-shortens]"),
    "content/alike/flu.md": f"---\ntitle: Flu\n{COMMON}{KEY_POINTS}{_DIFFERENTIAL}---\n\n## Signs\n\nA virus. [@lee]\n",
    "content/ask/why.md": "---\nquestion: Why do I sneeze?\ntopic: basics\nshort_answer: A [cold](../care/rest.md)."
    f"\n{COMMON}---\n\nBy a virus.\n",
    "content/claims/rest.yaml": CLAIM_TEXT,
    "content/glossary.yaml": "- {id: virus, term: virus, forms: [viruses], definition: A germ, sources: [lee]}\n",
    "content/red-flags.yaml": "- {id: blue, sign: blue lips, may_mean: too little air, level: emergency, action: Call, "
    "mentions: [blue lips], search: [blue lips], topics: [home], sources: [lee]}\n",
    "content/countries.yaml": "- {id: xx, name: Here, emergency: Call, today: Ring, soon: Book, routine: Ask}\n",
    "content/names.yaml": "- {name: common cold, kind: lay, language: en, page: care/rest.md, sources: [lee]}\n",
    "content/synonyms.yaml": "- {typed: [sniffles, runny nose], means: virus}\n",
    "content/codes.yaml": "- {system: ICD-10, oid: 2.16.840, code: J00, label: Cold, relation: broader, "
    "page: care/rest.md, seen: A list}\n",
    "content/body-map.yaml": "- {id: face, title: The face, describes: A face, signs: [home], view: [0, 0, 320, 300],\n"
    '  drawing: [{part: body, sides: both, path: "M1 2L30 40Z"}],\n'
    '  landmarks: [{name: Nose, x: 5, y: 9, leader: "M1 2L3 4"}],\n'
    "  regions: [{id: nose, name: The nose, spots: [{x: 100, y: 100, wide: 60, high: 60}], note: It runs., "
    "pages: [alike/flu.md], sources: [lee]}]}\n",
    "content/retractions.yaml": "- {doi: 10.1000/gone, notice: Taken back.}\n",
    "content/standards.yaml": '- {id: s-1, standard: S, item: "1", asks: Who wrote it, check: authors}\n',
    "content/disagreements.yaml": "- {id: why, question: Why?, positions: [{view: So., sources: [lee]}, "
    "{view: Not so., sources: [smith2001]}], settles: A trial., topics: [basics]}\n",
    "content/checked-claims.yaml": "- {id: cures, said: Honey cures colds, verdict: unsupported, instead: It helps., "
    "topics: [basics], sources: [lee]}\n",
    "content/accepted.yaml": "- {code: orphan-page, path: content/care/honey.md, reason: New., until: 2027-01-01}\n",
    "content/grades.json": '{"content/care/rest.md": 3.5}\n',
    "content/references.json": """[
 {"id": "smith2001", "type": "book", "title": "Colds", "custom": {"read": "full-text"}},
 {"id": "lee", "type": "article-journal", "title": "Flu", "author": [{"family": "Lee", "given": "A B"}],
  "container-title": "J Flu", "issued": {"date-parts": [[2009, 3]]}, "volume": "3", "page": "833-837",
  "DOI": "10.1000/flu", "custom": {"read": "abstract"}}
]
""",
}
FILES["content/index.md"] += (
    "\n::red-flags\n\n::compare\n\n::body-map\n\n::checklist\n\n::options\n\n::claim{rest-shortens}\n\n"
    "::disagreements\n\n::checked-claims\n\n::codes\n\n::scorecard\n\n::diary{7}\n\n::question-sheet{ask/why}\n"
)
WORDS = "templates/words/en.yaml"
RECORDS = tuple(path for path in FILES if path.endswith((".yaml", ".json")) and path.startswith("content/"))
"""The data files."""

DONE = Options(today=TODAY)


@cache
def _templates() -> tuple[SourceFile, ...]:
    files, problems = read_tree(REPOSITORY, "templates", 10**6)
    assert problems == []
    return tuple(files)


@cache
def _static() -> tuple[SourceFile, ...]:
    """The static files, those of styles and scripts empty: to pack them takes longer than all else."""
    files, problems = read_tree(REPOSITORY, "static", 10**6)
    assert problems == []
    return tuple(source_file(one.path, b"\n") if one.path.endswith((".css", ".js")) else one for one in files)


@cache
def assets() -> Mapping[str, str]:
    """The addresses of the static files."""
    return static_urls(_static())


@cache
def _own() -> Mapping[str, SourceFile]:
    made = {path: source_file(path, text.encode()) for path, text in FILES.items()}
    return {**made, **{one.path: one for one in (*_templates(), *_static())}}


def text_of(path: str) -> bytes:
    """What a file of the site holds."""
    return _own()[path].data


def bytes_of(changed: Mapping[str, bytes]) -> dict[str, bytes]:
    """What all files of the site hold, after a change."""
    return {**{path: one.data for path, one in _own().items()}, **changed}


@contextmanager
def in_memory(changed: Mapping[str, bytes], is_whole: bool = True) -> Iterator[Path]:
    """Have a build of the folder that is given read the site from memory; `changed` are other bytes for some files.

    Without templates and static files it is not whole, and read much faster.
    """
    files = {path: one for path, one in _own().items() if is_whole or path in FILES or path == WORDS}
    files |= {path: source_file(path, data) for path, data in changed.items()}
    root = Path("/there-is-no-such-folder")

    def some(_root: Path, folder: str, *_rest: object) -> tuple[list[SourceFile], list[Problem]]:
        return [one for path, one in sorted(files.items()) if path.startswith(f"{folder}/")], []

    def one(_root: Path, name: str, *_rest: object) -> tuple[SourceFile | None, list[Problem]]:
        return files.get(name), []

    with mock.patch.object(intake, "read_tree", some), mock.patch.object(intake, "read_one", one):
        yield root


def joined_with(changed: Mapping[str, bytes]) -> tuple[intake.Sources | None, Site | None, list[Problem]]:
    """Read, link and check the site after a change, as a build does before it makes pages."""
    with in_memory(changed, is_whole=False) as root:
        sources, problems = intake.read(root)
    if sources is None:
        return None, None, problems
    documents = parse_all(sources).documents
    site, found = join_all(sources, documents, TODAY)
    problems += [*found, *check_site(site, sources)]
    return sources, site, problems


@cache
def whole() -> tuple[intake.Sources, Site]:
    """The site as it is, joined. Nothing is wrong with it."""
    sources, site, problems = joined_with({})
    assert sources is not None
    assert site is not None
    assert [one for one in problems if one.is_error] == []
    return sources, site


@cache
def templates() -> tuple[SourceFile, ...]:
    """The templates of this repository, without the words."""
    return tuple(one for one in _templates() if not one.path.startswith("templates/words/"))
