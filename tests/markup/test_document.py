"""Looking at more of an article than its face is noted, so that a page that did so is put together again with it."""

from collections.abc import Callable

import pytest

from generator.cache.seen import ARTICLE, DAYS, noting
from generator.markup.document import Document
from tests.helpers import DEFAULT, document

PATH = "content/care/rest.md"


@pytest.mark.parametrize(
    ("look", "noted"),
    [
        (lambda one: one.inside(), [ARTICLE]),
        (lambda one: one.headings, [ARTICLE]),
        (lambda one: one.body, [ARTICLE]),
        (lambda one: one.slots, [ARTICLE]),
        (lambda one: one.live, [ARTICLE]),
        (lambda one: one.spans, [ARTICLE]),
        (lambda one: one.prose, [ARTICLE]),
        (lambda one: one.day("updated"), [DAYS]),
        (lambda one: one.review, [DAYS]),
        (lambda one: one.review_due, [DAYS]),
        (lambda one: (one.title, one.blocks, one.is_index, one.text("category"), one.fragments("harms")), []),
    ],
)
def test_what_is_looked_at_is_noted_and_the_face_is_free(look: Callable[[Document], object], noted: list[str]) -> None:
    one = document(DEFAULT[PATH], PATH)
    with noting() as seen:
        look(one)
    assert list(seen) == [(what, PATH) for what in noted]
