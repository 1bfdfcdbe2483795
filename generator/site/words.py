"""The words of the interface: one YAML file for each language, so that another language is content and not code."""

import json
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from string import Formatter

from generator.cache.cache import NOTHING_KEPT, Cache, key_of
from generator.cache.keeping import digest_of_files, kept_whole
from generator.problems.problem import Problem, Span
from generator.sources.datafiles import CERTAINTIES
from generator.sources.decoding import decode
from generator.sources.files import SourceFile
from generator.sources.kinds import LEVELS
from generator.sources.yamltree import Mapping as Node
from generator.sources.yamltree import Scalar, read_yaml

Word = str | dict[str, str]
"""One text, or a text for each plural form of its language (`one`, `other`, ...)."""
Words = Mapping[str, Word]

_OF_WIDER = {"applies_wider": "applies_wider_of", "found_elsewhere": "found_elsewhere_of"}
"""Words for a wider group, each with its form for where site.yaml says what that group has."""
GAPS: Mapping[str, tuple[str, ...]] = {
    "claim_compared": ("comparator",),
    "claim_size_small": (),
    **{
        f"claim_{certainty}_{direction}".replace("-", "_"): ("intervention", "outcome", "compared", "slightly")
        for certainty in CERTAINTIES
        for direction in ("less", "more", "no-difference", "unclear")
    },
    "code_answer": ("title", "system", "code"),
    "code_not_exact_broader": ("system", "code", "condition"),
    "code_not_exact_related": ("system", "code", "condition"),
    **dict.fromkeys(_OF_WIDER.values(), ("wider",)),
    "draft_title": ("title",),
    "licence": ("licence",),
    "link_to_part": ("title",),
    **{f"level_{level}": () for level in LEVELS},
}
"""The words that the program itself asks for, and the gaps that it fills in each. All others are the templates'."""
_READ = tuple[Mapping[str, Words], tuple[Problem, ...]]


def read_words(
    files: list[SourceFile], languages: tuple[str, ...], cache: Cache = NOTHING_KEPT
) -> tuple[Mapping[str, Words], list[Problem]]:
    """Give the words of each language of the site, and the words that one file has and another lacks."""
    key = key_of(digest_of_files(*files), json.dumps(languages).encode())
    words, problems = kept_whole("words", _READ, key, lambda: _words(files, languages), cache)
    return words, list(problems)


def _words(files: list[SourceFile], languages: tuple[str, ...]) -> tuple[Mapping[str, Words], tuple[Problem, ...]]:
    texts: dict[str, dict[str, Word]] = {}
    problems: list[Problem] = []
    for file in files:
        words, found = _read(file)
        problems += found
        texts[PurePosixPath(file.path).stem.lower()] = words
    everything = set(GAPS).union(*texts.values())
    for file in files:
        words = texts[PurePosixPath(file.path).stem.lower()]
        for one in sorted(everything - set(words)) if words else ():
            hint = "add it; every page asks for it" if one in GAPS else "add it; another language file has it"
            problems.append(Problem("missing-word", f'"{one}" is missing', Span(file.path), hint))
    chosen: dict[str, Words] = {}
    for language in languages:
        name = next((one for one in (language.lower(), language.lower().split("-")[0]) if one in texts), None)
        if name is None:
            path = f"templates/words/{language.split('-')[0].lower()}.yaml"
            hint = f"write this file, or take `language: {language}` out of the pages that say so"
            problems.append(Problem("missing-word", f'there are no words for "{language}"', Span(path), hint))
        else:
            chosen[language] = texts[name]
    return chosen, tuple(problems)


def of_wider(words: Mapping[str, Words], wider: str) -> Mapping[str, Words]:
    """The same words, with the name of what a wider group has; without one they stay as they are."""
    if not wider:
        return words
    return {language: {**some, **_named(some, wider)} for language, some in words.items()}


def _named(words: Words, wider: str) -> dict[str, Word]:
    return {one: plain(words, form).format(wider=wider) for one, form in _OF_WIDER.items()}


def plain(words: Words, key: str) -> str:
    """Give a word that has no plural."""
    word = words.get(key)
    return word if isinstance(word, str) else key


def _read(file: SourceFile) -> tuple[dict[str, Word], list[Problem]]:
    text, problems = decode(file)
    node, found = read_yaml(text, file.path) if text else (None, [])
    problems += found
    words: dict[str, Word] = {}
    if isinstance(node, Node):
        for key, value in node.entries:
            if key.text in words:
                problems.append(Problem("duplicate-key", f'"{key.text}" is given twice', key.span))
            if isinstance(value, Scalar):
                words[key.text] = value.text
                problems += _unfilled(key.text, value) if key.text in GAPS else ()
            elif key.text in GAPS:
                words[key.text] = ""
                problems.append(Problem("wrong-type", f'"{key.text}" has no plural: it is one text', value.span))
            elif isinstance(value, Node):
                words[key.text] = {k.text: v.text for k, v in value.entries if isinstance(v, Scalar)}
            else:
                problems.append(Problem("wrong-type", f'"{key.text}" is a list', value.span))
    elif node is not None:
        problems.append(Problem("wrong-type", "the file must hold lines `name: word`", node.span))
    elif not problems:
        problems.append(Problem("empty-file", "the file has only comments", Span(file.path)))
    return words, problems


def _unfilled(key: str, value: Scalar) -> Iterator[Problem]:
    """Find the gaps of a word that nothing fills."""
    gaps = GAPS[key]
    hint = "its gaps: " + (", ".join(f"{{{one}}}" for one in gaps) or "none")
    try:
        found = list(Formatter().parse(value.text))
    except ValueError:
        said = f'"{key}" has a curly bracket that begins or ends no gap'
        yield Problem("bad-choice", said, value.span, f"{hint}; one that is text is written twice")
        return
    for _, name, form, conversion in found:
        if name is not None and (name not in gaps or form or conversion):
            yield Problem("bad-choice", f'nothing fills "{{{name}}}" in "{key}"', value.span, hint)
