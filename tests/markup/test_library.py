"""The tuned converter gives what the library gives as it comes, and the library is what the tuning takes it for."""

from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, SubElement

import markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown.blockprocessors import BlockProcessor
from markdown.inlinepatterns import InlineProcessor
from markdown.util import Registry

from generator.markup.library import BLOCK_SIGNS, FOR_LABELS, INLINE_SIGNS, SAME_SIGNS, Tuned, as_it_comes, tuned
from tests.helpers import MARKDOWN, TRICKY, moderate

PIECES = r"""
***t** u*|[e *g*](f)|[![q](r)](s)|<http://k\*l>|____|****|\*\*|`c``d`|[a [b] c](d)|*a **b** c*|***|
*a*|**b**|_c_|__d__|***|*|_|`e`|``|`|[f](g)|[f](g "h")|[i][j]|[j]|[j][]|![k](l)|![k][j]|![|[|]|(|)|<m:n>|<http://o.p>|
<q@r.s>|<|>|<b>|</b>|<div>|</div>|<p>|<!-- t -->|<!--|&amp;|&#65;|&|\*|\\|\|  |{.u}|{: #v w=x }|{|}|[^1]|[^2]|[j]: y|
[^1]: note|[^2]: more|[J]: <z> "t"|///Footnotes Go Here///|# |## |#|===|---|- - -|***|- |* |+ |1. |> |>|: |:|term|
2. |10. |words in a row|Words|| 1|a b|é|日本|"|'|!|    |  |   |-|--|~~~|```|<hr>|<br/>|<script>|</script>|<?|?>"""
TABLES = ["a | b\n--- | ---\n`c | d` | *e*\n", "| a |\n|:-:|\n| \\| |\n", "| a | b |\n|---|---|\n| {.c} | [f](g) |\n"]
SPACES = ["\n", "\n\n"] * 3 + ["\n    ", "  \n", "\n  \n", *" \t\r\x02\x03\x0c\xa0\u2028"]
_ALL = [*PIECES.strip().replace("|\n", "|").split("|"), *TABLES, "|", "||"]
DIALECT = st.lists(st.tuples(st.sampled_from(_ALL), st.sampled_from(["", *SPACES])), max_size=16).map(
    lambda pairs: "".join(piece for pair in pairs for piece in pair)
)


@pytest.fixture(scope="module")
def ours() -> Tuned:
    return tuned()


@pytest.fixture(scope="module")
def theirs() -> markdown.Markdown:
    return as_it_comes()


@moderate
@given(text=DIALECT | MARKDOWN | st.text())
def test_tuned_or_not_every_text_becomes_the_same(ours: Tuned, theirs: markdown.Markdown, text: str) -> None:
    assert ours.reset().convert(text) == theirs.reset().convert(text)


@pytest.mark.parametrize("case", TRICKY, ids=lambda path: path.stem)
def test_so_do_tricky_texts(ours: Tuned, theirs: markdown.Markdown, case: Path) -> None:
    text = case.read_text("utf-8")
    assert ours.reset().convert(text) == theirs.reset().convert(text)


def order(registry: Registry[Any], names: str) -> bool:
    """Whether these are the names of a registry's parts, all of them and in their order."""
    known = names.split()
    return [registry.get_index_for_name(name) for name in known] == list(range(len(registry)))


def test_the_library_has_the_parts_that_the_tuning_knows_in_their_order(theirs: markdown.Markdown) -> None:
    kinds = "empty indent defindent code table hashheader setextheader hr olist ulist deflist quote footnote reference"
    assert order(theirs.preprocessors, "normalize_whitespace html_block")
    assert order(theirs.parser.blockprocessors, f"{kinds} paragraph")
    assert order(theirs.inlinePatterns, " ".join(INLINE_SIGNS))
    assert order(theirs.treeprocessors, "footnote inline footnote-duplicate prettify attr_list unescape")
    assert order(theirs.postprocessors, "raw_html footnote amp_substitute")


def test_every_part_of_the_tuned_converter_stands_where_the_library_s_own_stood(
    ours: Tuned, theirs: markdown.Markdown
) -> None:
    kinds = [getattr(kind, "kind", kind) for kind in ours.parser.blockprocessors]
    assert order(ours.preprocessors, "normalize_whitespace html_block")
    assert [type(kind) for kind in kinds[2:]] == [type(kind) for kind in theirs.parser.blockprocessors]
    assert order(ours.inlinePatterns, " ".join(INLINE_SIGNS))
    assert order(ours.treeprocessors, "footnote inline footnote-duplicate prettify attr_list unescape finish")
    assert order(ours.postprocessors, "raw_html footnote amp_substitute")


@moderate
@given(text=DIALECT | st.text())
def test_no_inline_pattern_finds_anything_without_its_sign(theirs: markdown.Markdown, text: str) -> None:
    for name, sign in INLINE_SIGNS.items():
        without = text.replace(sign, "").replace(SAME_SIGNS.get(sign, sign), "")
        if sign not in without:
            assert not theirs.inlinePatterns[name].getCompiledRegExp().search(without), name


@moderate
@given(block=DIALECT | st.text())
def test_no_kind_of_block_takes_one_without_its_sign(theirs: markdown.Markdown, block: str) -> None:
    for name, signs in BLOCK_SIGNS.items():
        for sign in signs:
            block = block.replace(sign, "a")
        if not any(sign in block for sign in signs):
            assert not takes(theirs, name, block), name


@moderate
@given(lines=st.lists(st.sampled_from(["", "*", "**"]).flatmap(lambda stars: DIALECT.map(lambda a: f"{stars}a{a}"))))
def test_what_is_a_plain_paragraph_or_heading_is_nothing_else(
    ours: Tuned, theirs: markdown.Markdown, lines: list[str]
) -> None:
    block = "\n".join(line.replace("\n", " ") for line in lines)
    kinds = ["empty", "indent", "defindent", "code", "olist", "ulist", *BLOCK_SIGNS]
    paragraph, heading = list(ours.parser.blockprocessors)[:2]
    if paragraph.test(Element("div"), block):
        assert [name for name in kinds if takes(theirs, name, block)] == []
    if heading.test(Element("div"), f"## {block}"):
        assert [name for name in kinds[: kinds.index("hashheader")] if takes(theirs, name, f"## {block}")] == []


def takes(converter: markdown.Markdown, name: str, block: str) -> bool:
    """Whether a kind of block would do anything with one, be it in a text or in a list."""
    kind: BlockProcessor = converter.parser.blockprocessors[name]
    if name in ("footnote", "reference"):  # they are never asked, they try
        blocks = [block]
        return kind.run(Element("div"), blocks) is not False or blocks != [block]
    within = Element("div")
    SubElement(SubElement(within, "ul"), "li")
    return any(kind.test(parent, block) for parent in (Element("div"), Element("li"), within))


def test_no_inline_pattern_asks_for_what_stands_around_it_or_is_of_the_old_kind(theirs: markdown.Markdown) -> None:
    assert all(isinstance(one, InlineProcessor) and not one.ANCESTOR_EXCLUDES for one in theirs.inlinePatterns)


def test_labels_are_what_the_patterns_for_labels_ask_for(theirs: markdown.Markdown) -> None:
    theirs.reset()
    for name in FOR_LABELS:
        assert "references" in theirs.inlinePatterns[name].handleMatch.__code__.co_names
