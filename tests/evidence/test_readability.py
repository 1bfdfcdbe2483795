"""The grade of a text: words, sentences and syllables as people count them, with terms of the glossary left out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textstat import textstat

from generator.evidence.glossary import Matcher, Term
from generator.evidence.readability import Measure, measure, total, word_count
from generator.markup.prose import sentences
from generator.problems.problem import Span
from tests.helpers import moderate

PLAIN = {
    "Most people with a cold feel better in a week. Nobody knows how to make it shorter. You can rest, drink and wait. "
    "If you have trouble with breathing, ask a doctor on the same day.": 44,
    "The lower back has many layers of tissue. Under the skin lies fat, and under the fat lies a tough sheet. "
    "Sometimes a small piece of fat comes through a gap in the sheet. It can be felt as a lump that moves under the "
    "finger. Pressing it may hurt. Many people have such a lump and never notice it.": 74,
    "The doctor presses on the lump and asks whether it hurts. An injection of a numbing medicine follows, often with "
    "some steroid in it. The needle goes in several times. Most people feel pressure, and some feel a short, sharp "
    "pain. Nobody has compared it well with doing nothing, so we cannot tell how much of the relief it brings "
    "itself.": 86,
    "We looked for studies in two databases. We found eleven reports of single cases and one small trial. The trial "
    "did not say how people were chosen. Its authors measured pain before and after treatment, and they wrote that "
    "most people improved. Improvement without treatment is common, however, and nobody was left untreated for "
    "comparison.": 89,
    "The cat sat on the mat. The dog ran to the cat. The cat did not like the dog. So the cat ran up a tree. The dog "
    "sat down and was sad.": 33,
    "Randomised comparisons distinguish interventions from expectations. Observational investigations frequently "
    "overestimate effectiveness because participants differ systematically. Consequently, conservative interpretation "
    "remains appropriate. Independent replication strengthens conclusions considerably.": 92,
}
"""Texts, and how many syllables they have when they are read aloud, counted by a person."""


def measured(text: str) -> Measure:
    return total(measure(one.text) for one in sentences(text))


def grade(words: int, parts: int, syllables: float) -> float:
    """The formula of Kincaid and others, with nothing rounded."""
    return 0.39 * words / parts + 11.8 * syllables / words - 15.59


@pytest.mark.parametrize("text", PLAIN)
def test_the_grade_is_that_of_syllables_counted_by_a_person(text: str) -> None:
    found = measured(text)
    assert found.grade == pytest.approx(grade(found.words, found.sentences, PLAIN[text]), abs=0.5)
    assert found.syllables == pytest.approx(PLAIN[text], abs=1.5)


@pytest.mark.parametrize("text", PLAIN)
def test_words_and_sentences_are_those_of_textstat(text: str) -> None:
    found = measured(text)
    assert found.words == textstat.lexicon_count(text)
    assert found.sentences == textstat.sentence_count(text)


@pytest.mark.parametrize("text", PLAIN)
def test_no_text_looks_easier_than_to_textstat_whose_dictionary_misses_syllables(text: str) -> None:
    found = measured(text)
    parts = textstat.syllable_count(text)
    least = grade(textstat.lexicon_count(text), textstat.sentence_count(text), parts)
    assert least - 0.001 <= found.grade <= least + 0.08 * 11.8 * parts / found.words
    assert found.grade >= textstat.flesch_kincaid_grade(text) - 0.3


@pytest.mark.parametrize(
    ("word", "syllables"),
    [
        ("lump", 1), ("back", 1), ("moves", 1), ("walked", 1), ("I", 1), ("the", 1), ("scanned", 1),
        ("doctor", 2), ("people", 2), ("treated", 2), ("needle", 2), ("tissue", 2), ("without", 2), ("pressure", 2),
        ("injection", 3), ("medicine", 3), ("untreated", 3), ("nobody", 3), ("database", 3),
        ("comparison", 4), ("participants", 4), ("information", 4), ("examination", 5),
    ],
)  # fmt: skip
def test_everyday_words_have_the_syllables_that_one_hears(word: str, syllables: int) -> None:
    assert measure(word) == Measure(1, 1, syllables, 0)
    assert measure(word.capitalize()).syllables == syllables


def test_long_words_and_long_sentences_raise_the_grade_and_nothing_has_none() -> None:
    assert measured("The cat sat. The dog ran.").grade == pytest.approx(grade(6, 2, 6))
    assert measured("The cat sat and the dog ran.").grade > measured("The cat sat. And the dog ran.").grade
    assert measured("The animal sat.").grade > measured("The cat sat.").grade
    assert measured("").grade == measured("12 - 3 ...").grade == 0.0


def term(word: str, *forms: str) -> Term:
    return Term(word, word, forms, "what it means", "en", (), Span("glossary.yaml"))


def test_a_term_of_the_glossary_counts_as_one_short_word() -> None:
    text = "The (thoracolumbar fascia), or fasciae, is a sheet"
    hidden = Matcher([term("thoracolumbar fascia", "fasciae")]).hide(text)
    assert len(hidden) == len(text)
    assert measure(hidden) == measure("The it, or it, is a sheet")
    assert measure(hidden).grade < measure(text).grade


@moderate
@given(st.sampled_from(["fascia", "epidural lipomatosis", "Schmorl's node"]), st.sampled_from(["", "(", ") or "]))
def test_however_long_a_term_is_the_measure_is_the_same(word: str, around: str) -> None:
    for text in ("It has a {}. Cats sit.", "{}", "So {}, and {}!", "{}s"):
        hidden = Matcher([term(word)]).hide(text.format(*[around + word] * 2))
        assert (measured(hidden) == measured(text.format(*[f"{around}it"] * 2))) == (text != "{}s")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("one two", 2),
        ("14 of 100", 1),
        ("3.3 cm", 1),
        ("don't", 1),
        ("it’s well-known", 2),
        ("a_b", 2),
        ("", 0),
        ("– 5 –", 0),
    ],
)
def test_numbers_and_signs_are_no_words(text: str, words: int) -> None:
    assert word_count(text) == words


@pytest.mark.parametrize(
    ("sentence", "passive"),
    [
        ("The lump was measured.", 1),
        ("It is not often seen.", 1),
        ("They were wrongly told so.", 1),
        ("It got taken out and is now gone.", 1),
        ("The lump is red.", 0),
        ("We measured the lump.", 0),
        ("It has moved.", 0),
    ],
)
def test_the_passive_voice_is_known(sentence: str, passive: int) -> None:
    assert measure(sentence).passive == passive


TEXT = st.text(alphabet=st.characters(codec="utf-8"), max_size=60) | st.lists(
    st.sampled_from(next(iter(PLAIN)).split())
).map(" ".join)


@moderate
@given(st.lists(TEXT))
def test_any_text_is_measured_and_the_whole_is_the_sum_of_its_parts(texts: list[str]) -> None:
    found = [measure(one) for one in texts]
    for text, one in zip(texts, found, strict=True):
        assert one.words == word_count(text)
        assert one.sentences == (one.words > 0)
        assert one.syllables >= one.words
        assert one.passive <= one.sentences
    assert total(found) == total(reversed(found))
    assert total(found).words == sum(one.words for one in found)
    assert total([]) == Measure()
