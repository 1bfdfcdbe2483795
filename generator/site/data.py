"""All records of the data files, typed and by their ids: what pages, checks and files for machines are made from."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from generator.evidence.body_maps import BodyMap
from generator.evidence.checked_claims import CheckedClaim
from generator.evidence.claims import Claim
from generator.evidence.disagreements import Disagreement
from generator.evidence.glossary import Term
from generator.evidence.medical_codes import MedicalCode
from generator.evidence.names import Name, Synonym
from generator.evidence.people import Person
from generator.evidence.red_flags import Country, RedFlag
from generator.evidence.references import Reference
from generator.evidence.standards import Item
from generator.markup.prose import Passage


@dataclass(frozen=True)
class Data:
    """All records of the data files.

    `prose` is the running text of the files of records, by path; `retracted` gives the notice of each reference that
    was taken back. `unread` names the data, and the paths of other files, that could not be read: what they hold is not
    known.
    """

    references: Mapping[str, Reference]
    claims: Mapping[str, Claim]
    terms: tuple[Term, ...]
    red_flags: tuple[RedFlag, ...]
    countries: tuple[Country, ...]
    disagreements: Mapping[str, Disagreement]
    checked_claims: tuple[CheckedClaim, ...]
    standards: tuple[Item, ...]
    retracted: Mapping[str, str]
    maps: tuple[BodyMap, ...]
    names: tuple[Name, ...]
    synonyms: tuple[Synonym, ...]
    people: Mapping[str, Person]
    codes: tuple[MedicalCode, ...]
    prose: Mapping[str, tuple[Passage, ...]]
    unread: frozenset[str] = frozenset()

    def flags_on(self, topics: Collection[str]) -> list[RedFlag]:
        """The red flags of some topics, or all where none is named, in the order of their file."""
        return [one for one in self.red_flags if not topics or not set(topics).isdisjoint(one.topics)]

    def checked_claims_on(self, topics: Collection[str]) -> list[CheckedClaim]:
        """The checked claims of some topics, or all where none is named, in the order of their file."""
        return [one for one in self.checked_claims if not topics or not set(topics).isdisjoint(one.topics)]

    def disagreements_named(self, names: Collection[str]) -> list[Disagreement]:
        """The disagreements with some ids or topics, or all where none is named, in the order of their file."""
        every = self.disagreements.values()
        return [one for one in every if not names or not set(names).isdisjoint((one.id, *one.topics))]
