"""What texts may not say: a promise near a treatment, a statement without a source, a sign made less urgent."""

from itertools import chain, combinations
from pathlib import Path

import pytest

from generator.checks.texts import check_records, check_text
from generator.problems.problem import Problem
from generator.site.joined import Site
from generator.sources.kinds import LEVELS
from tests.helpers import DEFAULT, SITE, Files, article, at, joined, make_site

WORDING = """\
wording:
  promise: [cures, works, safe, "the best", risk-free]
  treatments: [injection, heat pad]
  negations: ["no", not, nobody, whether]
  no_source_needed: [this site, we wrote]
  emergency: ["999"]
  today: [today, same day]
  soon: [soon]
  routine: [no hurry, no same day visit]
cited_kinds: [article]
"""
PAGE, CARE = "content/help/page.md", "content/care/rest.md"
FLAGS = """\
- {id: numb, sign: Numb legs, may_mean: Nerves, level: emergency, action: Call 999., topics: [a],
   sources: [smith2001], mentions: [numb legs, numbness]}
- {id: hot, sign: Heat, may_mean: Pus, level: soon, action: Ask., topics: [a],
   sources: [smith2001], mentions: [hot lump]}
- {id: pale, sign: Pale, may_mean: Blood, level: emergency, action: Call., topics: [a], sources: [smith2001]}
"""


def found(root: Path, files: Files, path: str) -> list[tuple[str, str]]:
    """The code of each problem in a file, and what stands at its place."""
    made = make_site(root, {"site.yaml": SITE + WORDING, **files})
    site, problems = joined(made)
    assert [one for one in problems if one.is_error] == []
    text = (root / path).read_text(encoding="utf-8")
    every = check_all(site)
    assert {one.span.path for one in every} <= {path}
    return [(one.code, at(text, one.span)) for one in every]


def check_all(site: Site) -> list[Problem]:
    """What is wrong with all texts, of articles and of records."""
    of_articles = [problem for one in site.catalogue.documents.values() for problem in check_text(one, site)]
    return of_articles + check_records(site)


def promises(root: Path, body: str, files: Files | None = None) -> list[str]:
    """The words in an article's text that promise too much."""
    text = article(f"\n{body}\n")
    other = SITE + WORDING.replace("cited_kinds: [article]\n", "")
    problems = found(root, {PAGE: text, "site.yaml": other, **(files or {})}, PAGE)
    assert {code for code, _ in problems} <= {"promise-word"}
    return [words for _, words in problems]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("An injection cures it.", ["cures"]),
        ("It cures, an injection.", ["cures"]),
        ("INJECTION: no.\n\nThe Injection Works.", ["Works"]),
        ("A heat pad is the\nbest [@smith2001], and *safe*.", ["the\nbest", "safe"]),
        ("A heat\npad is risk-free.", ["risk-free"]),
        ("## Why an injection works", ["works"]),
        ("- an injection\n- an injection cures", ["cures"]),
        ("Table: an injection works\n\n| injection | it cures |\n|---|---|\n| a | b |", ["works", "cures"]),
        ("> [!TIP]\n> An injection works.", ["works"]),
        ("term\n: an injection that works", ["works"]),
        ("An injection works, not rest.", ["works"]),
        ("Nobody says so, but an injection works.", ["works"]),
        ("It is not known; an injection works.", ["works"]),
        ("We do not know. An injection works.", ["works"]),
        ("An injection “helps” and works.", ["works"]),
        ("Rest cures a cold.", ["cures"]),
        ("The answer is no. An injection cures it.", ["cures"]),
        ("Not one two three four five six seven eight nine ten eleven twelve and injection cures it.", ["cures"]),
    ],
)
def test_a_word_of_promise_near_a_treatment_is_refused_where_it_stands(
    tmp_path: Path, body: str, words: list[str]
) -> None:
    assert promises(tmp_path, body) == words


@pytest.mark.parametrize(
    "body",
    [
        "The pump works.",
        "An injection is given. The pump works.",
        "The pump works: an injection is given.",
        "An injection workshop for safety is unsafe.",
        "An injection is not safe.",
        "Nobody knows whether an injection works.",
        "No injection cures it.",
        "Is an injection safe?",
        "An injection, it is said, “cures all”.",
        'An injection "works", they say.',
        "An injection ‘works’, they say.",
        "> An injection cures all.",
        "```\nAn injection cures all.\n```",
        "An injection `cures` it.",
        "## An injection\n\nIt cures.",
        "An injection, they say, “cures it. It is safe.” So they say.",
    ],
)
def test_denials_questions_quotes_and_other_things_are_no_promise(tmp_path: Path, body: str) -> None:
    assert promises(tmp_path, body) == []


def test_the_caption_of_a_picture_is_read_for_promises_and_needs_no_source(tmp_path: Path) -> None:
    text = article('\n![a boat](boat.svg "An injection cures it")\n')
    assert found(tmp_path, {PAGE: text, "content/help/boat.svg": "<svg/>"}, PAGE) == [("promise-word", "cures")]


def test_on_the_page_of_a_treatment_every_sentence_is_near_one(tmp_path: Path) -> None:
    text = (
        DEFAULT[CARE]
        .replace("Little.", "It cures. It is not safe.")
        .replace("how_it_works: Not", "how_it_works: It works. Not")
    )
    assert found(tmp_path, {CARE: text}, CARE) == [("promise-word", "works"), ("promise-word", "cures")]


def test_the_names_of_treatment_pages_are_words_for_treatments(tmp_path: Path) -> None:
    other = DEFAULT[CARE].replace(
        "title: Rest\n", "title: Lying down for long\nnav_title: Lying down\naliases: [bed rest]\n"
    )
    assert promises(tmp_path, "Rest cures. Lying down cures. Bed rest cures.", {CARE: other}) == ["cures", "cures"]


def test_fields_are_read_for_promises_too(tmp_path: Path) -> None:
    text = article("\n", title="An injection works").replace("Two.", "An injection is safe.")
    text = text.replace("One sentence.", "An injection cures.")
    problems = found(tmp_path, {PAGE: text}, PAGE)
    assert sorted(words for code, words in problems if code == "promise-word") == ["cures", "safe", "works"]


RECORDS = {
    "red-flags.yaml": "- {id: a, sign: S, may_mean: TEXT, level: soon, action: A., topics: [a], sources: [smith2001]}",
    "glossary.yaml": "- {id: a, term: A, definition: TEXT, sources: [smith2001]}",
    "people.yaml": "- {id: team, name: T, kind: team, roles: [author], about: TEXT, interests: None.}",
    "checked-claims.yaml": ("- {id: a, said: S., verdict: unsafe, instead: TEXT, topics: [a], sources: [smith2001]}"),
    "disagreements.yaml": (
        "- {id: a, question: Q?, settles: S., topics: [a],"
        " positions: [{view: TEXT, sources: [smith2001]}, {view: V., sources: [smith2001]}]}"
    ),
}


@pytest.mark.parametrize("name", RECORDS)
def test_the_running_text_of_records_is_read_for_promises_too(tmp_path: Path, name: str) -> None:
    path = f"content/{name}"
    text = RECORDS[name].replace("TEXT", "An injection cures it") + "\n"
    assert found(tmp_path, {path: text}, path) == [("promise-word", "cures")]
    assert found(tmp_path, {path: text.replace("An", "Nobody says that an")}, path) == []


def test_what_others_say_is_quoted_in_a_record_and_no_promise_of_ours(tmp_path: Path) -> None:
    path = "content/checked-claims.yaml"
    text = RECORDS["checked-claims.yaml"].replace("S.", "An injection cures it.").replace("TEXT", "We do not know.")
    assert found(tmp_path, {path: text + "\n"}, path) == []


def uncited(root: Path, body: str) -> list[str]:
    """What has no citation in the text of an article."""
    problems = found(root, {PAGE: article(f"\n{body}\n")}, PAGE)
    assert {code for code, _ in problems} <= {"uncited-paragraph"}
    return [words for _, words in problems]


POINTER, LONG = (f"[see](index.md) {' '.join(['word'] * count)}" for count in (25, 40))


@pytest.mark.parametrize(
    ("body", "starts"),
    [
        ("Here are four words.", ["Here are four words."]),
        ("Here are four\nwords in two lines.", ["Here are four"]),
        ("Here are four words.\n\nHere are more words [@smith2001].", ["Here are four words."]),
        (
            "- here are four words\n- cited [@smith2001]\n- once more four words",
            ["here are four words", "once more four words"],
        ),
        ("There are some such:\n\n- here are four words", ["here are four words"]),
        ("There are some [@smith2001].\n\n- here are four words", ["here are four words"]),
        ("Some [@smith2001]:\n\n- here are four words\n\nbetween\n\n- four words once more", ["four words once more"]),
        ("> [!NOTE]\n> Here are four words.", ["Here are four words."]),
        ("term\n: here are four words", ["here are four words"]),
        (LONG, [LONG]),
        ("Table: what it shows us\n\n| a | b |\n|---|---|\n| here are four | words |", ["Table: what it shows us"]),
        (
            "Far [@smith2001].\n\nOn.\n\nTable: what it shows us\n\n| a |\n|---|\n| b |\n\nHere.\n\nAnd [@smith2001].",
            ["Table: what it shows us"],
        ),
        ("One [^n] note.\n\n[^n]: Here are four words.", ["Here are four words."]),
    ],
)
def test_a_statement_without_a_source_is_refused_where_it_begins(tmp_path: Path, body: str, starts: list[str]) -> None:
    assert uncited(tmp_path, body) == starts


@pytest.mark.parametrize(
    "body",
    [
        "Only three words.",
        "Here are four words [@smith2001].",
        "Here are four words [@smith2001;\n@smith2001, table 2].",
        "Here are four words\n[@smith2001].",
        "There are some such:",
        "There are such [@smith2001]:\n\n- here are four words\n    - and four words within\n\n- and once more here",
        "On this site there are four words.",
        "This\nsite has four words.",
        POINTER,
        "> Here are four words, which somebody else said.",
        "## Here are four words",
        "```\nhere are four words\n```",
        "::red-flags\n\n<!-- here are four words -->",
        "Table: what it shows us [@smith2001]\n\n| a | b |\n|---|---|\n| here are four | words |",
        "Table: what it shows us\n\n| a | b |\n|---|---|\n| here are four | words [@smith2001] |",
        "Before it [@smith2001].\n\nTable: what it shows us\n\n| a |\n|---|\n| b |",
        "Table: what it shows us\n\n| a |\n|---|\n| b |\n\nAfter it [@smith2001].",
    ],
)
def test_what_is_cited_short_or_says_nothing_of_its_own_needs_no_source(tmp_path: Path, body: str) -> None:
    assert uncited(tmp_path, body) == []


def test_fields_need_a_source_and_titles_and_summaries_do_not(tmp_path: Path) -> None:
    text = article("\n", title="Here are four words").replace("One sentence.", "Here are four words.")
    text = text.replace("Two.", "Five words have no source.").replace("Three.", '"Five words have one [@smith2001]."')
    assert found(tmp_path, {PAGE: text}, PAGE) == [("uncited-paragraph", "Five words have no source.")]


def test_only_the_kinds_that_site_yaml_names_need_sources(tmp_path: Path) -> None:
    text = DEFAULT[CARE].replace("Little.", "Here are four words.")
    assert found(tmp_path, {CARE: text}, CARE) == []
    other = SITE + WORDING.replace("cited_kinds: [article]", "cited_kinds: [treatment]")
    assert found(tmp_path, {CARE: text, "site.yaml": other}, CARE) == [("uncited-paragraph", "Here are four words.")]


def test_where_site_yaml_names_no_words_nothing_is_read(tmp_path: Path) -> None:
    body = "\nAn injection cures all of it.\n\nNumbness is no hurry.\n"
    files = {PAGE: article(body), "site.yaml": SITE, "content/red-flags.yaml": FLAGS}
    assert found(tmp_path, files, PAGE) == []


def test_drafts_are_not_read(tmp_path: Path) -> None:
    text = article("\nAn injection cures all of it.\n").replace("status: published", "status: draft")
    assert found(tmp_path, {PAGE: text}, PAGE) == []


def softened(root: Path, body: str) -> list[str]:
    """The signs that the text of an article makes less urgent."""
    other = SITE + WORDING.replace("cited_kinds: [article]\n", "")
    problems = found(root, {PAGE: article(f"\n{body}\n"), "site.yaml": other, "content/red-flags.yaml": FLAGS}, PAGE)
    assert {code for code, _ in problems} <= {"softened-sign"}
    return [words for _, words in problems]


@pytest.mark.parametrize(
    ("body", "signs"),
    [
        ("With numb legs, ask soon.", ["numb legs"]),
        ("With Numb\nLegs, ask today.", ["Numb\nLegs"]),
        ("Ask on the same\nday: no. With numbness there is no hurry.", ["numbness"]),
        ("There is no hurry with a hot lump.", ["hot lump"]),
        ("- numbness: fine\n- numbness means soon", ["numbness"]),
        ("> [!WARNING]\n> You have numb legs.", ["numb legs"]),
        ("> [!IMPORTANT]\n> You have numb legs. You have a hot lump.", ["numb legs"]),
        ("> Numbness can be seen soon.", ["Numbness"]),
        ("A hot lump and numbness: no.\n\nA hot lump or numb legs, soon.", ["numb legs"]),
        ("Numbness means no same day visit: there is no hurry with numbness.", ["Numbness", "numbness"]),
        ("## A sign\nWith numb legs, ask soon.", ["numb legs"]),
        ("Ask soon, with:\n\n- numb legs\n- a hot lump", ["numb legs"]),
        ("Ask soon, with:\n- a hot lump\n- numbness", ["numbness"]),
        ("> [!CAUTION]\n> **Ask soon, with:**\n>\n> - numb legs", ["numb legs"]),
    ],
)
def test_a_text_that_makes_a_sign_less_urgent_is_refused_at_the_sign(
    tmp_path: Path, body: str, signs: list[str]
) -> None:
    assert softened(tmp_path, body) == signs


@pytest.mark.parametrize(
    "body",
    [
        "With numb legs, call 999.",
        "With numb legs, ask soon or call 999.",
        "You have numb legs.",
        "You have numb legs. Ask soon.",
        "With a hot lump, ask soon. With a hot lump, ask today.",
        "With a numb leg or numbnesses, ask soon.",
        "You are pale. Pale people ask soon.",
        "> [!CAUTION]\n> You have numb legs.",
        "> [!WARNING]\n> With numb legs, call 999.",
        "> [!NOTE]\n> You have numb legs.",
        "> [!TIP]\n> You have numb legs.",
        "> [!WARNING]\n> You have a hot lump.",
        "> [!WARNING]\n> Ask today.\n\nYou have numb legs.",
        "Call 999, with:\n\n- numb legs",
        "Ask soon, with:\n\n- numb legs: call 999",
        "Ask soon, with:\n\n- a hot lump\n\nYou have numb legs.",
        "Ask soon.\n\n- numb legs",
    ],
)
def test_a_text_may_name_a_sign_or_call_it_as_urgent_or_more(tmp_path: Path, body: str) -> None:
    assert softened(tmp_path, body) == []


def test_a_field_may_not_make_a_sign_less_urgent(tmp_path: Path) -> None:
    text = article("\n").replace("Two.", "Numb legs can be seen soon.")
    problems = found(tmp_path, {PAGE: text, "content/red-flags.yaml": FLAGS}, PAGE)
    assert ("softened-sign", "Numb legs") in problems


CALLOUTS = {"": "", "NOTE": "", "TIP": "", "IMPORTANT": "soon", "WARNING": "today", "CAUTION": "emergency"}
SAID = {"emergency": "999", "today": "today", "soon": "soon", "routine": "no hurry"}


def test_for_every_level_of_a_sign_all_that_is_said_of_it_may_not_be_slower(tmp_path: Path) -> None:
    """All levels of a sign, all sets of levels that a sentence says, in every callout and in none."""
    flags = "".join(
        f"- {{id: {level}, sign: s, may_mean: m, level: {level}, action: a, topics: [a], sources: [smith2001],"
        f" mentions: [sign{number}]}}\n"
        for number, level in enumerate(LEVELS)
    )
    several = list(chain.from_iterable(combinations(LEVELS, count) for count in range(5)))
    body, expected = [], []
    for callout, around in CALLOUTS.items():
        for number, level in enumerate(LEVELS):
            for said in several:
                words = f"Sign{number} {' or '.join(SAID[one] for one in said)}."
                body.append(f"> [!{callout}]\n> {words}" if callout else words)
                heard = said or ((around,) if around else ())
                if heard and all(LEVELS.index(one) > LEVELS.index(level) for one in heard):
                    expected.append(f"Sign{number}")
    other = SITE + WORDING.replace("cited_kinds: [article]\n", "")
    text = article("\n" + "\n\n".join(body) + "\n")
    problems = found(tmp_path, {PAGE: text, "site.yaml": other, "content/red-flags.yaml": flags}, PAGE)
    assert problems == [("softened-sign", sign) for sign in expected]
    assert len(expected) > 40


def test_what_is_yet_to_be_written_is_one_problem_and_not_a_missing_source_as_well(tmp_path: Path) -> None:
    text = article("\nTODO: say what helps those who have it.\n").replace("Two.", "'TODO: say what it is like.'")
    assert found(tmp_path, {PAGE: text}, PAGE) == [("unwritten", "TODO")] * 2


def test_a_missing_source_is_told_with_the_words_by_which_a_sentence_needs_none(tmp_path: Path) -> None:
    made = make_site(tmp_path, {"site.yaml": SITE + WORDING, PAGE: article("\nThis is said without any source.\n")})
    (hint,) = {one.hint for one in check_all(joined(made)[0]) if one.code == "uncited-paragraph"}
    assert '"this site" or "we wrote"' in hint
