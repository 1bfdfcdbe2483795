"""The first words of a new article: a draft that can be built, with every field explained, made from the schema."""

import datetime
import posixpath
import re
import textwrap
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from generator.disk.folders import CONTENT
from generator.markup.document import Document
from generator.sources.kinds import KINDS, OPEN
from generator.sources.schema import Field, Group, Items
from generator.sources.values import Address, Choice, Date, Identifier, Inline, Language, PagePath, Text, Type, Whole

_WIDTH = 110
_YEAR = datetime.timedelta(days=365)
_WORD = re.compile(r"[^\W\d_]{4,}")
_MOST_RELATED = 5
CHOOSE = "CHOOSE"
"""What stands above a value that stands there ready and may be wrong."""
_ASKED = f"{OPEN}: write here, and name after each statement the source that it rests on."


@dataclass(frozen=True)
class Ready:
    """What the site already has that a new article can name: an author and a topic by id, paths of pages; a day."""

    today: str
    author: str = ""
    topic: str = ""
    related: tuple[str, ...] = ()

    def for_list(self, key: str) -> list[str]:
        """What a list of ids, addresses or paths can begin with."""
        return {"authors": [self.author] if self.author else [], "related": list(self.related)}.get(key, [])


def slug(title: str) -> str:
    """Give the name of a file for a title: `Can I use heat?` is `can-i-use-heat`; empty where nothing is left."""
    plain = unicodedata.normalize("NFKD", title.casefold().replace("'", "").replace("\u2019", ""))
    ascii_only = "".join(one for one in plain if not unicodedata.combining(one))
    return "-".join(re.findall(r"[a-z0-9]+", ascii_only))


def starter(kind: str, title: str, headings: Iterable[str], ready: Ready) -> str:
    """Write the file. `headings` are those that pages of this kind have; pages that may be related stand ready."""
    schema = KINDS[kind].schema
    lines: list[str] = []
    for field in schema.fields:
        lines += _comment(field)
        value = quoted(title) if field.key == KINDS[kind].title else _value(field, ready)
        if field.required:
            lines += _written(field.key, value)
        else:
            lines += [f"# {line}" for line in _written(field.key, value)]
    sections = [f"## {heading}\n\n{_ASKED}\n" for heading in headings]
    return "\n".join(["---", *lines, "---", "", *(sections or [_ASKED + "\n"])])


def usual_headings(documents: Iterable[Document], kind: str) -> list[str]:
    """Give the headings that at least half of the pages of a kind have, and two of them, in their usual order."""
    found = [[one.text for one in page.headings if one.level == 2] for page in documents if page.kind == kind]
    counts = Counter(heading for page in found for heading in set(page))
    places = {heading: [page.index(heading) for page in found if heading in page] for heading in counts}
    usual = [heading for heading, count in counts.items() if count > 1 and 2 * count >= len(found)]
    return sorted(usual, key=lambda heading: (sum(places[heading]) / len(places[heading]), heading))


def related(title: str, path: str, documents: Mapping[str, Document]) -> list[tuple[str, str]]:
    """Give the pages whose titles and other words are nearest to a title: the path from the new file, and the title."""
    wanted = _words(title)
    words = {name: _words(" ".join((one.title, *one.aliases))) for name, one in documents.items()}
    uses = Counter(word for found in words.values() for word in found)
    points = {name: sum(1 / uses[word] for word in wanted & found) for name, found in words.items()}
    best = sorted((name for name in points if points[name]), key=lambda name: (-points[name], name))
    folder = posixpath.dirname(path)
    return [(posixpath.relpath(name, folder), documents[name].title) for name in best[:_MOST_RELATED]]


def same_name(title: str, documents: Mapping[str, Document]) -> str:
    """Give the path of a page that has this title, or gives it as another word for itself; else nothing."""
    for path, one in documents.items():
        if title.casefold().strip(" ?") in {text.casefold().strip(" ?") for text in (one.title, *one.aliases)}:
            return path.removeprefix(f"{CONTENT}/")
    return ""


def _words(text: str) -> frozenset[str]:
    return frozenset(word.casefold() for word in _WORD.findall(text))


def _comment(field: Field) -> list[str]:
    needed = "" if field.required else " Take the # away to use it."
    asked = f"{CHOOSE}: {field.help}" if field.required and _is_chosen(field) else field.help
    text = f"{asked[:1].upper()}{asked[1:]}{_limits(field.type)}.{needed}"
    return [f"# {line}" for line in textwrap.wrap(text, _WIDTH)]


def _is_chosen(field: Field) -> bool:
    """Whether what stands there ready is one of several values, of which only the writer knows the right one."""
    return field.key != "status" and (isinstance(field.type, Choice) or field.key in ("topic", "evidence_searched"))


def _limits(kind: Type) -> str:
    if isinstance(kind, Choice):
        return f" (one of: {', '.join(kind.of)})"
    if isinstance(kind, Text | Inline):
        cited = ", citations not counted" if isinstance(kind, Inline) else ""
        return f" (at most {kind.most} characters{cited})"
    if isinstance(kind, Items):
        return f" ({kind.least} to {kind.most} entries)" if kind.most < 10_000 else ""
    return ""


def _value(field: Field, ready: Ready) -> object:
    """A value that fits the type: text for a single one, a list or a mapping for others."""
    return _of(field.type, field.key, field.help, ready)


def _of(kind: Type, key: str, help_text: str, ready: Ready) -> object:
    if isinstance(kind, Group):
        return {one.key: _of(one.type, one.key, one.help, ready) for one in kind.fields if one.required}
    if isinstance(kind, Items):
        if isinstance(kind.of, Identifier | Address | PagePath):
            return ready.for_list(key)
        return [_of(kind.of, key, help_text, ready) for _ in range(max(kind.least, 1))]
    return _single(kind, key, help_text, ready)


def _single(kind: Type, key: str, help_text: str, ready: Ready) -> str:
    if isinstance(kind, Date):
        later = datetime.date.fromisoformat(ready.today) + _YEAR
        return later.isoformat() if key == "due" else ready.today
    if isinstance(kind, Choice):
        first = next((one for one in ("draft", "no") if one in kind.of), kind.of[0])  # nothing is claimed unseen
        return quoted(first) if first in ("yes", "no") else first
    if isinstance(kind, Whole):
        return str(max(kind.least, 1))
    if isinstance(kind, Identifier):
        return ready.topic if key == "topic" and ready.topic else "id"
    if isinstance(kind, Language):
        return "en"
    asked = f"{OPEN}: {help_text}"
    most = kind.most if isinstance(kind, Text | Inline) else _WIDTH
    return quoted(asked if len(asked) <= most else f"{OPEN}: write it here")


def _written(key: str, value: object) -> list[str]:
    if isinstance(value, dict):
        return [f"{key}: {{{', '.join(f'{name}: {one}' for name, one in value.items())}}}"]
    if isinstance(value, list):
        flat = not value or not str(value[0]).startswith('"')
        return [f"{key}: [{', '.join(value)}]"] if flat else [f"{key}:", *(f"  - {one}" for one in value)]
    return [f"{key}: {value}"]


def quoted(text: str) -> str:
    """Write a text for YAML, so that nothing in it is taken for anything else."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
