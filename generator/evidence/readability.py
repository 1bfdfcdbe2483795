"""How hard a text is to read: the Flesch-Kincaid grade, long sentences, the passive voice.

Grade = 0.39 words per sentence + 11.8 syllables per word - 15.59 (Kincaid et al. 1975, Navy report 8-75). A word has
as many syllables as groups of sounded vowels, or as the parts into which pyphen's dictionary divides it, whichever is
more. Against the CMU dictionary of pronunciation that is 0.2 of 100 syllables too many over the words of this site;
either of the two alone is too low, and pyphen alone makes grades about 0.6 too good.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyphen

LANGUAGES = ("en",)
"""Languages that the formula was made for."""
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_VOWELS = re.compile("[aeiouy]+")
_SILENT = re.compile(r"[^aeiouyl]e$|[^aeiouydt]ed$|[^aeiouysxzcg]es$")
_BE = "am|is|are|was|were|be|been|being|gets|get|got"
_IRREGULAR = (
    "born|bought|broken|brought|built|caught|chosen|cut|done|drawn|driven|eaten|fallen|felt|found|forgotten|given|"
    "grown|heard|held|hidden|hit|hurt|kept|known|laid|led|left|lost|made|meant|met|paid|put|read|said|seen|sent|set|"
    "shown|shut|spent|split|spread|stuck|struck|sworn|taken|taught|told|thought|thrown|torn|understood|worn|written"
)
_BETWEEN = r"(?:\w+ly\s+|not\s+|also\s+|often\s+|then\s+)*"
_PASSIVE = re.compile(rf"\b(?:{_BE})\s+{_BETWEEN}(?:\w{{2,}}(?<!e)ed|{_IRREGULAR})\b", re.IGNORECASE)


@dataclass(frozen=True)
class Measure:
    """What a text comes to: counts of sentences, words, syllables and sentences in the passive voice."""

    sentences: int = 0
    words: int = 0
    syllables: int = 0
    passive: int = 0

    @property
    def grade(self) -> float:
        """The grade of a school in the United States; 0 where there is no text."""
        if not self.words or not self.sentences:
            return 0.0
        return 0.39 * self.words / self.sentences + 11.8 * self.syllables / self.words - 15.59


def measure(sentence: str) -> Measure:
    """Measure one sentence."""
    words = _WORD.findall(sentence)
    if not words:
        return Measure()
    return Measure(1, len(words), sum(map(_syllables, map(str.casefold, words))), _passive(sentence))


def total(measures: Iterable[Measure]) -> Measure:
    """Add several measures."""
    sentences = words = syllables = passive = 0
    for one in measures:
        sentences += one.sentences
        words += one.words
        syllables += one.syllables
        passive += one.passive
    return Measure(sentences, words, syllables, passive)


def word_count(text: str) -> int:
    """How many words a text has, numbers not counted."""
    return len(_WORD.findall(text))


def _passive(text: str) -> int:
    return int(_PASSIVE.search(text) is not None)


@lru_cache(maxsize=50_000)
def _syllables(word: str) -> int:
    groups = len(_VOWELS.findall(word)) - (_SILENT.search(word) is not None)
    return max(1, groups, len(_dictionary().positions(word)) + 1)


@lru_cache(maxsize=1)
def _dictionary() -> "pyphen.Pyphen":
    """American patterns divide by sound, British ones by origin: only the former come near to syllables."""
    import pyphen  # not before a word is measured: many sites have no limit for reading

    return pyphen.Pyphen(lang="en_US")
