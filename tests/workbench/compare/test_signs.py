"""A sign that is lowered, removed or shown in fewer places cannot go unnoticed."""

from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from generator.evidence.red_flags import RedFlag
from generator.markup.parser import Settings, parse
from generator.sources.files import source_file
from generator.sources.kinds import LEVELS
from generator.workbench.compare.differences import compare
from generator.workbench.compare.markdown import as_markdown
from generator.workbench.compare.report import ERROR, Report
from generator.workbench.compare.snapshot import Snapshot
from generator.workbench.compare.web import as_html
from tests.helpers import moderate
from tests.workbench.compare.history import ARTICLE

WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1, max_size=60)


def with_flags(snapshot: Snapshot, flags: tuple[RedFlag, ...]) -> Snapshot:
    """The same site with other red flags; its pages stay, so that nothing but the record gives the change away."""
    return replace(snapshot, data=replace(snapshot.data, red_flags=flags))


def assert_loud(report: Report, name: str) -> None:
    first = report.sections[0]
    assert first.title == "Signs that need help"
    loud = [one for one in first.entries if one.mark == ERROR]
    assert [one for one in loud if name in [piece.text for piece in one.line]], first
    assert first.entries[: len(loud)] == tuple(loud), "errors stand first"
    shown = as_markdown(report)
    section = shown[shown.index("### ") :].split("\n### ")[0]
    assert section.startswith("### Signs that need help\n\n> [!CAUTION]\n> - ⛔ **")
    assert f"`{name}`" in section
    assert f"<code>{name}</code>" in as_html(report)


flags_strategy = st.lists(
    st.builds(
        RedFlag,
        id=st.from_regex(r"[a-z]{1,8}(-[a-z0-9]{1,5})?", fullmatch=True),
        sign=WORDS,
        may_mean=WORDS,
        level=st.sampled_from(LEVELS),
        action=WORDS,
        mentions=st.just(()),
        topics=st.lists(st.sampled_from(["home", "back", "card"]), min_size=1, unique=True).map(tuple),
        sources=st.just(()),
    ),
    min_size=1,
    max_size=6,
    unique_by=lambda one: one.id,
).filter(lambda flags: len({one.sign for one in flags}) == len(flags))


@moderate
@given(st.data(), flags_strategy)
def test_no_flag_is_removed_unnoticed(before: Snapshot, data: st.DataObject, flags: list[RedFlag]) -> None:
    gone = data.draw(st.sampled_from(flags))
    left = tuple(one for one in flags if one != gone)
    report = compare(with_flags(before, tuple(flags)), with_flags(before, left))
    assert_loud(report, gone.id)


@moderate
@given(st.data(), flags_strategy, WORDS, st.booleans())
def test_no_flag_is_lowered_unnoticed_whatever_else_changes_in_it(
    before: Snapshot, data: st.DataObject, flags: list[RedFlag], words: str, is_renamed: bool
) -> None:
    urgent = [n for n, one in enumerate(flags) if one.level != LEVELS[-1]]
    assume(urgent)
    at = data.draw(st.sampled_from(urgent))
    level = data.draw(st.sampled_from(LEVELS[LEVELS.index(flags[at].level) + 1 :]))
    low = replace(flags[at], level=level, action=words)
    low = replace(low, id="another-name-0") if is_renamed else replace(low, sign=words)
    changed = (*flags[:at], low, *flags[at + 1 :])
    order = data.draw(st.permutations(changed))
    report = compare(with_flags(before, tuple(flags)), with_flags(before, tuple(order)))
    assert_loud(report, flags[at].id)


@moderate
@given(st.data(), flags_strategy)
def test_no_flag_loses_a_topic_unnoticed(before: Snapshot, data: st.DataObject, flags: list[RedFlag]) -> None:
    at = data.draw(st.sampled_from(range(len(flags))))
    topic = data.draw(st.sampled_from(flags[at].topics))
    less = replace(flags[at], topics=tuple(one for one in flags[at].topics if one != topic))
    report = compare(with_flags(before, tuple(flags)), with_flags(before, (*flags[:at], less, *flags[at + 1 :])))
    assert_loud(report, flags[at].id)


@moderate
@given(flags_strategy)
def test_the_same_flags_are_no_change(before: Snapshot, flags: list[RedFlag]) -> None:
    one = with_flags(before, tuple(flags))
    assert compare(one, with_flags(before, tuple(reversed(flags)))).is_empty


def test_a_sign_that_a_page_no_longer_shows_is_an_error_though_its_record_stays(before: Snapshot) -> None:
    home = before.pages["/"]
    pages = {**before.pages, "/": replace(home, signs=home.signs - {"stroke"})}
    assert_loud(compare(before, replace(before, pages=pages)), "stroke")


def test_a_sign_whose_only_page_is_gone_is_an_error(before: Snapshot) -> None:
    keep = {url: replace(one, signs=frozenset()) for url, one in before.pages.items()}
    old = {**keep, "/what/sound/": replace(keep["/what/sound/"], signs=frozenset({"stroke"}))}
    new = {url: one for url, one in keep.items() if url != "/what/sound/"}
    assert_loud(compare(replace(before, pages=old), replace(before, pages=new)), "stroke")


def test_a_raised_level_is_told_and_no_error(before: Snapshot) -> None:
    flags = before.data.red_flags
    raised = tuple(replace(one, level="emergency") if one.id == "no-sleep" else one for one in flags)
    report = compare(before, with_flags(before, raised))
    assert report.errors == 0
    assert report.sections[0].entries[0].line[0].text == "RAISED"


BOX = """\
> [!CAUTION]
> **Call the emergency number if:**
>
> - you cannot breathe [@hullhiccup]
> - your arm is weak [@mayohiccups]

> [!WARNING]
> See a doctor today if the pain is bad [@hullhiccup].
"""


def with_box(snapshot: Snapshot, box: str) -> Snapshot:
    """The same site with another text on one page."""
    view = snapshot.pages["/what/babies/"]
    article = ARTICLE.format(title=view.title, summary=view.summary, body=box)
    document = parse(source_file(view.path, article.encode()), Settings("en-US", (("what", "article"),)))
    return replace(snapshot, pages={**snapshot.pages, view.url: replace(view, document=document)})


@pytest.mark.parametrize(
    ("old", "new", "head"),
    [
        ("> - your arm is weak [@mayohiccups]\n", "", "REMOVED"),
        ("[!CAUTION]", "[!WARNING]", "LOWERED"),
        ("[!CAUTION]", "[!NOTE]", "LOWERED"),
        ("[!WARNING]\n> See a doctor today if", "[!IMPORTANT]\n> See a doctor if", "LOWERED"),
        (BOX[BOX.index("\n> [!WARNING]") :], "", "REMOVED"),
        (BOX[: BOX.index("\n> [!WARNING]")], "It is fine.\n", "REMOVED"),
        (BOX, BOX.replace("> - your arm is weak [@mayohiccups]\n", "") + "> Or if your arm is weak.\n", "LOWERED"),
    ],
)
def test_no_line_of_a_box_is_lowered_or_removed_unnoticed(before: Snapshot, old: str, new: str, head: str) -> None:
    assert old in BOX
    report = compare(with_box(before, BOX), with_box(before, BOX.replace(old, new)))
    assert_loud(report, "what/babies")
    assert report.sections[0].entries[0].line[0].text == head


@pytest.mark.parametrize(
    ("old", "new", "head"),
    [
        ("you cannot breathe", "you cannot breathe, or hardly", "WORDS CHANGED"),
        ("[!WARNING]", "[!CAUTION]", "WORDS CHANGED"),
        ("> - you cannot", "> - your lips are blue\n> - you cannot", ""),
    ],
)
def test_a_line_that_is_reworded_or_raised_is_told_and_no_error(
    before: Snapshot, old: str, new: str, head: str
) -> None:
    report = compare(with_box(before, BOX), with_box(before, BOX.replace(old, new)))
    assert report.errors == 0
    assert [one.line[0].text for section in report.sections for one in section.entries if section.title[0] == "S"] == (
        [head] if head else []
    )
