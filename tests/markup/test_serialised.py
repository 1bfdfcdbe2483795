"""A tree becomes the same HTML as by the library's serialiser, whatever stands in it."""

from typing import Any
from xml.etree.ElementTree import Comment, Element, QName, SubElement

from hypothesis import given
from hypothesis import strategies as st
from markdown.serializers import to_html_string
from markdown.util import AtomicString

from generator.markup.serialised import serialised

TEXTS: st.SearchStrategy[Any] = st.none() | st.text("a&<>\"';x#3amp \n", max_size=8)
TAGS: st.SearchStrategy[Any] = st.sampled_from(["p", "div", "br", "hr", "script", "h1", "BR", "Img", "style", Comment])
NAMES: st.SearchStrategy[Any] = st.sampled_from(["href", "class", "hidden", "checked", QName("x"), QName("{y}z")])
VALUES: st.SearchStrategy[Any] = (
    TEXTS | st.sampled_from(["hidden", "checked", "href"]) | st.builds(AtomicString, st.text())
)


def element(tag: Any, text: Any, tail: Any, attributes: list[tuple[Any, Any]], inner: list[Element]) -> Element:
    made = Element("p")
    made.tag, made.text, made.tail = tag, text, tail
    for name, value in attributes:
        made.set(name, value)
    made.extend(inner)
    return made


ATTRIBUTES = st.lists(st.tuples(NAMES, VALUES), max_size=2, unique_by=lambda one: str(one[0]))
TREES = st.recursive(
    st.builds(element, TAGS, TEXTS, TEXTS, ATTRIBUTES, st.just([])),
    lambda inner: st.builds(element, TAGS | st.none(), TEXTS, TEXTS, ATTRIBUTES, st.lists(inner, max_size=3)),
    max_leaves=8,
)


def by_library(root: Element) -> str:
    try:
        return to_html_string(root)
    except TypeError as fault:  # it cannot sort or write some values either
        return str(fault)


@given(TREES)
def test_every_tree_is_written_as_the_library_writes_it(root: Element) -> None:
    assert serialised(root, by_library) == by_library(root)


def test_a_tree_that_is_too_deep_to_be_walked_is_left_to_the_library() -> None:
    root = inner = Element("div")
    for _ in range(5_000):
        inner = SubElement(inner, "div")
    assert serialised(root, to_html_string) == to_html_string(root)
