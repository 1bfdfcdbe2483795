"""What records name: works on which they rest, and articles to which they lead."""

import re
from collections.abc import Iterable, Mapping

from generator.disk.folders import CONTENT
from generator.evidence.references import Reference
from generator.problems.likeness import suggest
from generator.problems.problem import Problem, Span
from generator.site.catalogue import REFERENCES, Catalogue, path_of
from generator.site.data import Data
from generator.site.near_paths import near

_DOI = re.compile(r"10\.[0-9]{4,9}/.+")


def check_records(catalogue: Catalogue) -> list[Problem]:
    """Find what records name that is not there, and retracted works on which they rest."""
    sources = [problem for key, span in _sources(catalogue.data) for problem in check_source(key, span, catalogue)]
    return sources + _check_pages(catalogue)


def check_source(key: str, span: Span, catalogue: Catalogue) -> list[Problem]:
    """Find out whether a work on which something rests is known, and has not been retracted."""
    data = catalogue.data
    if key in data.retracted:
        message = f'"{key}" has been retracted: {data.retracted[key]}'
        return [Problem("retracted", message, span, "take out what rests on it, and the citation")]
    if key in data.references or REFERENCES in data.unread:
        return []
    return [Problem("unknown-citation", f'no reference is called "{key}"', span, _meant(key, data.references))]


def _meant(key: str, known: Mapping[str, Reference]) -> str:
    """Say which key was meant; a DOI is none, but it tells the work."""
    doi = _DOI.search(key)
    if not doi:
        return suggest(key, known)
    address = f"/{doi[0].casefold()}"
    for one in known.values():
        if any(link.url.casefold().endswith(address) for link in one.links):
            return f'this is a DOI; the key of that work is "{one.key}"'
    return 'this is a DOI: add the work to references.json, and write here what stands there as its "id"'


def _sources(data: Data) -> Iterable[tuple[str, Span]]:
    """The works on which records rest, each with the place where it is named."""
    yield from ((source.key, source.span) for claim in data.claims.values() for source in claim.sources)
    positions = (side for one in data.disagreements.values() for side in one.positions)
    regions = (region for one in data.maps for region in one.regions)
    cited = (data.red_flags, data.terms, data.names, data.countries, data.checked_claims, data.standards)
    for records in (*cited, positions, regions):
        yield from (pair for one in records for pair in one.sources)


def _check_pages(catalogue: Catalogue) -> list[Problem]:
    """Check the articles to which names, codes and the condition of site.yaml lead."""
    problems = []
    condition = (catalogue.config.condition,) if catalogue.config.condition else ()
    for one in (*catalogue.data.names, *catalogue.data.codes, *condition):
        path = path_of(one.page)
        if one.page and path not in catalogue.documents and path not in catalogue.hidden:
            pages = [path.removeprefix(f"{CONTENT}/") for path in catalogue.documents]
            problems.append(Problem("unknown-page", f'no page "{one.page}"', one.span, near(one.page, pages)))
    return problems
