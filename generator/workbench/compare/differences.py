"""All differences between two states of a site, as one report: the loudest first, the texts themselves last."""

from collections.abc import Iterable

from generator.workbench.compare import pages, records
from generator.workbench.compare.pairs import pairs_of
from generator.workbench.compare.report import ERROR, WARNING, Entry, Line, Report, Section, code, counted, same, strong
from generator.workbench.compare.signs import sign_changes
from generator.workbench.compare.snapshot import Snapshot, without_html

_RECORDS = " cannot be made by this program, so records, addresses, signs and dates are compared, and no texts."


def compare(before: Snapshot, after: Snapshot, accepted: Iterable[str] = ()) -> Report:
    """Say what differs for readers. `accepted` names the signs that may be lowered or removed."""
    notes = _unmade(before, after)
    if not (before.is_made and after.is_made):
        before, after = without_html(before), without_html(after)
    pairs = pairs_of(before, after)
    texts = pages.text_changes(pairs)
    signs = sign_changes(before, after, pairs, frozenset(accepted))
    lost = pages.lost_addresses(after, pairs)
    listed = pages.page_list(before, after, pairs)
    citations = pages.citation_entries(pairs)
    claims = records.claim_changes(before, after)
    grades, harder, easier = pages.grade_entries(pairs)
    problems, new, mended = records.problem_changes(before, after)
    dates = pages.date_entries(pairs, texts, after)
    weights = pages.weight_entries(pairs.both)
    moved = sum(pair.has_moved for pair in pairs.both)
    lowered = sum(one.mark == ERROR for one in signs)
    sections = (
        Section("Signs that need help", counted(lowered_or_removed=lowered, changed=len(signs) - lowered), signs),
        Section("Addresses", counted(lost=len(lost)), lost),
        Section(
            "Pages",
            counted(
                added=len(pairs.added),
                removed=len(pairs.removed),
                moved=moved,
                other_changes=len(listed) - len(pairs.added) - len(pairs.removed) - moved,
            ),
            listed,
        ),
        _section("Findings", claims),
        _section("References", records.reference_changes(before, after)),
        Section("Citations", counted(pages_with_other_sources=len(citations)), citations),
        Section("Problems", counted(new=new, mended=mended), problems),
        _section("Dates", dates),
        Section("Reading grade", counted(harder=harder, easier=easier), grades),
        _section("Glossary", records.term_changes(before, after)),
        _section("People", records.people_changes(before, after)),
        _section("Page weight", weights),
        _section("Links and the rest", pages.silent_changes(pairs, texts)),
        Section("Words", counted(pages_with_other_words=len(texts)), pages.text_entries(texts, after.pages)),
    )
    return Report(before.name, tuple(one for one in sections if one.entries), notes)


def _section(title: str, entries: tuple[Entry, ...]) -> Section:
    warned = sum(one.mark in (ERROR, WARNING) for one in entries)
    return Section(title, counted(changed=len(entries), to_look_at=warned), entries)


def _unmade(before: Snapshot, after: Snapshot) -> tuple[Entry, ...]:
    """Say why pages could not be compared."""
    found = []
    if not after.is_made:
        line = (
            strong("The site cannot be made"),
            same(", so records, addresses, signs and dates are compared, and no texts: "),
        )
        found.append(Entry((*line, code("python build.py check"), same(" says why.")), ERROR))
    errors = [one for one in before.problems if one.is_error]
    if errors:
        said = " has errors as this program reads it; a page that cannot be read there counts as added here."
        more: list[Line] = [(code(one.span.path), same(f": {one.message}")) for one in errors[:3]]
        more += [(same(f"And {len(errors) - 3} more."),)] if len(errors) > 3 else []
        found.append(Entry((strong("The base"), same(said if before.is_made else _RECORDS)), WARNING, tuple(more)))
    return tuple(found)
