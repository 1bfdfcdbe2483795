"""The words by which readers look for things: each is read with all that its record says."""

from generator.evidence.names import read_name, read_synonym
from generator.sources.datafiles import NAME, SYNONYM
from tests.helpers import at, records

COLD = "- {name: Erkältung, kind: other-language, language: de, page: help/page.md, note: A word., sources: [a]}\n"


def test_a_name_is_read_with_its_language_and_the_page_to_which_it_leads() -> None:
    found = read_name(records(COLD, NAME)[0])
    assert (found.name, found.kind, found.language) == ("Erkältung", "other-language", "de")
    assert (found.page, found.note, at(COLD, found.span)) == ("help/page.md", "A word.", "help/page.md")
    assert [(key, at(COLD, span)) for key, span in found.sources] == [("a", "a")]


def test_a_synonym_is_of_the_language_of_the_site_unless_it_says_another() -> None:
    text = "- {typed: [runny, nose], means: a cold}\n- {typed: [rhume], means: a cold, language: fr}\n"
    own, other = (read_synonym(one, "en") for one in records(text, SYNONYM))
    assert (own.typed, own.means, own.language, at(text, own.span)) == (("runny", "nose"), "a cold", "en", "a cold")
    assert other.language == "fr"
