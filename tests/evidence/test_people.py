"""People: each is read with all that the record says."""

from generator.evidence.people import Person, read_person
from generator.sources.datafiles import PERSON
from tests.helpers import records

ANNA = """\
- id: anna
  name: Anna Berg
  kind: person
  roles: [author, reviewer]
  about: She writes.
  interests: None.
  github: aberg
  looks_after: [program, findings]
"""


def test_a_person_is_read_with_roles_interests_and_what_they_look_after() -> None:
    found = read_person(records(ANNA, PERSON)[0])
    everything = "anna", "Anna Berg", "person", ("author", "reviewer"), "She writes.", "None."
    assert found == Person(*everything, "aberg", ("program", "findings"))
