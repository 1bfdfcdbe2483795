"""Drawings (SVG) are documents to a browser: whoever opens one by its own address lets it do what a page may.

Each is held to a list of elements that draw, whatever host sends it with whatever headers.
"""

import re
from collections.abc import Iterable
from xml.parsers import expat

from generator.problems.problem import Problem
from generator.sources.characters import entities
from generator.sources.files import SourceFile, decode, place_of, point

_SVG = "http://www.w3.org/2000/svg"
_LINK = "http://www.w3.org/1999/xlink"
_XML = "http://www.w3.org/XML/1998/namespace"
_SAID_OF_IT = ("http://www.w3.org/1999/02/22-rdf-syntax-ns#", "http://creativecommons.org/ns#", "http://purl.org/dc/")
"""Vocabularies in which drawing programs say who made a drawing; nobody acts on them."""
_ELEMENTS = frozenset(
    """
    svg g defs desc title metadata style symbol use switch path rect circle ellipse line polyline polygon text tspan
    textPath image marker pattern clipPath mask linearGradient radialGradient stop filter
    feBlend feColorMatrix feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting feDisplacementMap
    feDistantLight feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur feMerge feMergeNode feMorphology
    feOffset fePointLight feSpecularLighting feSpotLight feTile feTurbulence
    """.split()
)
_STYLE_LOADS = re.compile(
    r"@import|\\|expression\s*\(|(?:url|image|image-set|src)\(\s*[\"']?(?!#|\s*[\"']?#)", re.IGNORECASE
)
"""What loads something in CSS, and the backslash, by which a word can be written so that it is not known again."""
_IN_ITSELF = re.compile(r"#[\w.:-]+")
_RASTER = re.compile(r"data:image/(?:png|jpeg|webp|gif);base64,[A-Za-z0-9+/=\s]*")
_LONGEST_SHOWN = 60
_MOST_DRAWN = 10_000
"""Copies that `use` may come to, copies of copies counted."""
_OF_CHARACTERS = ("reserved-character", "bidi-control", "invisible-character")
_PLAIN = "save it as plain SVG, without scripts, links, animations and what it would load"


def check_pictures(files: Iterable[SourceFile]) -> list[Problem]:
    """Find drawings that hold more than a drawing, each with line and column."""
    return [problem for file in files if file.path.lower().endswith(".svg") for problem in _Drawing(file).problems]


class _Enough(Exception):
    """Nothing below shall be read any more."""


class _Drawing:
    """Reads one drawing, with a parser that loads nothing and knows no entities but those of XML itself."""

    def __init__(self, file: SourceFile) -> None:
        self.path = file.path
        text, found = decode(file)
        self.problems = [one for one in found if one.code in _OF_CHARACTERS]
        for start, end, one in entities(text or ""):
            line, column = place_of(text or "", start)
            self.problems.append(Problem(one.code, one.message, point(file.path, line, column, end - start), one.hint))
        self.open: list[str] = []
        self.ids: list[str] = []
        self.uses: dict[str, list[str]] = {"": []}
        self.style: list[str] = []
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.text
        self.parser.ProcessingInstructionHandler = lambda target, _: self.add(
            f"an instruction (<?{target}) stands here"
        )
        self.parser.StartDoctypeDeclHandler = self.doctype
        try:
            self.parser.Parse(file.data, True)
        except _Enough:
            return
        except expat.ExpatError as fault:
            if not self.problems:
                self.add(f"this cannot be read as SVG: {expat.ErrorString(fault.code)}")
        if not self.problems and self.drawn("", set()) > _MOST_DRAWN:
            self.add(f"copies of copies come to more than {_MOST_DRAWN} elements")

    def add(self, message: str) -> None:
        """Note what is wrong at the place that is being read."""
        line, column = max(1, self.parser.CurrentLineNumber), self.parser.CurrentColumnNumber + 1
        self.problems.append(Problem("unsafe-picture", message, point(self.path, line, column), _PLAIN))

    def doctype(self, *_: object) -> None:
        """A document type may declare entities, and entities of entities without end."""
        self.add("a document type (<!DOCTYPE) stands here")
        raise _Enough

    def start(self, name: str, attributes: dict[str, str]) -> None:
        space, _, tag = name.rpartition(" ")
        if not self.open and name != f"{_SVG} svg":
            self.add("the outermost element is not <svg> of SVG")
        elif space != _SVG:
            if not space.startswith(_SAID_OF_IT):
                self.add(f"<{tag}> is no element of SVG")
        elif tag not in _ELEMENTS:
            self.add(f"<{tag}> may do more than draw")
        for key, value in attributes.items():
            self.attribute(tag, *key.rpartition(" ")[::2], value)
        self.open.append(tag)
        self.ids.append(attributes.get("id", ""))
        if attributes.get("id"):
            self.uses.setdefault(attributes["id"], [])
        if tag == "use":
            target = (attributes.get("href") or attributes.get(f"{_LINK} href") or "").removeprefix("#")
            for one in {"", *self.ids}:
                self.uses[one].append(target)

    def end(self, name: str) -> None:
        if self.open.pop() == "style":
            self.css("".join(self.style))
            self.style = []
        self.ids.pop()

    def text(self, text: str) -> None:
        if self.open and self.open[-1] == "style":
            self.style.append(text)

    def attribute(self, tag: str, space: str, name: str, value: str) -> None:
        """Look at one attribute; `space` is its namespace, if it has one."""
        small = name.lower()
        if small.startswith("on") and small.isalpha():
            self.add(f'the attribute "{name}" runs a script')
        elif small in ("href", "src", "base", "actuate") and space in ("", _LINK, _XML):
            inside = _IN_ITSELF.fullmatch(value) or (tag == "image" and _RASTER.fullmatch(value))
            if not inside:
                self.add(f'"{name}" leads out of the drawing, to "{value[:_LONGEST_SHOWN]}"')
        elif small == "style" or "(" in value:
            self.css(value)

    def css(self, text: str) -> None:
        """Look at a piece of a stylesheet."""
        loads = _STYLE_LOADS.search(re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL))
        if loads:
            self.add(f'the style may load something: "{loads[0].strip()}"')

    def drawn(self, name: str, above: set[str]) -> int:
        """How many copies an element comes to; more than the most, where copies go round in a ring."""
        if name in above or len(above) > 20:
            return _MOST_DRAWN + 1
        total = 1
        for target in self.uses.get(name, ()):
            total += self.drawn(target, {*above, name})
            if total > _MOST_DRAWN:
                break
        return total
