"""A document goes into bytes and comes out of them as it was, without being parsed again."""

from functools import partial
from typing import NoReturn

from generator.markup.document import Document
from generator.markup.kept import as_bytes, from_bytes, inside_from, prose_from
from generator.markup.slots import Fragment
from tests.helpers import COMMON, KEY_POINTS, TREATMENT, document


def test_what_is_read_of_its_bytes_is_the_document_with_all_its_fields() -> None:
    text = f"---\ntitle: Rest\n{COMMON}{KEY_POINTS}{TREATMENT}---\n\n## What *it* does\n\nLittle [@a].\n\n::options\n"
    before = document(text)
    outside, inside, prose = as_bytes(before)

    def never() -> NoReturn:
        raise AssertionError("it was parsed again")

    after = from_bytes(outside, partial(inside_from, inside), partial(prose_from, prose), never)
    assert after == before
    assert after.rest() == before.rest()
    assert (after.inside(), after.prose) == (before.inside(), before.prose)
    assert after.fragments("key_points") == (Fragment("One."), Fragment("Two."), Fragment("Three."))


def test_what_cannot_be_read_of_its_bytes_is_that_of_the_document_made_again() -> None:
    before = document(f"---\ntitle: Rest\n{COMMON}{KEY_POINTS}{TREATMENT}---\n\nLittle.\n")
    outside, inside, prose = as_bytes(before)
    broken = outside.replace(b'"fields"', b'"feilds"')
    made: list[Document] = []

    def again() -> Document:
        made.append(before)
        return before

    after = from_bytes(broken, partial(inside_from, inside), partial(prose_from, prose), again)
    assert made == []
    assert [after.rest(), after.rest()] == [before.rest()] * 2
    assert made == [before]
