"""The words of the interface: one YAML file for each language, so that another language is content and not code."""

import json
from collections.abc import Mapping
from pathlib import PurePosixPath

from generator.cache import NOTHING_KEPT, Cache, key_of
from generator.problems import Problem, Span
from generator.remembering import digest_of_files, remembered_whole
from generator.sources.files import SourceFile, decode
from generator.sources.yamltree import Mapping as Node
from generator.sources.yamltree import Scalar, read_yaml

Word = str | dict[str, str]
"""One text, or a text for each plural form of its language (`one`, `other`, ...)."""
Words = Mapping[str, Word]
_READ = tuple[Mapping[str, Words], tuple[Problem, ...]]


def read_words(
    files: list[SourceFile], languages: tuple[str, ...], cache: Cache = NOTHING_KEPT
) -> tuple[Mapping[str, Words], list[Problem]]:
    """Give the words of each language of the site, and the words that one file has and another lacks."""
    key = key_of(digest_of_files(*files), json.dumps(languages).encode())
    words, problems = remembered_whole("words", _READ, key, lambda: _words(files, languages), cache)
    return words, list(problems)


def _words(files: list[SourceFile], languages: tuple[str, ...]) -> tuple[Mapping[str, Words], tuple[Problem, ...]]:
    texts: dict[str, dict[str, Word]] = {}
    problems: list[Problem] = []
    for file in files:
        words, found = _read(file)
        problems += found
        texts[PurePosixPath(file.path).stem.lower()] = words
    everything = set().union(*texts.values()) if texts else set()
    for file in files:
        words = texts[PurePosixPath(file.path).stem.lower()]
        for one in sorted(everything - set(words)) if words else ():
            hint = "add it; another language file has it"
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
            elif isinstance(value, Node):
                words[key.text] = {k.text: v.text for k, v in value.entries if isinstance(v, Scalar)}
            else:
                problems.append(Problem("wrong-type", f'"{key.text}" is a list', value.span))
    return words, problems
