"""All that is fuzzed, by name: functions of bytes, which fail where a promise is broken, and what they begin with."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from zlib import crc32

from tests.fuzz import of_data, of_rows, of_texts
from tests.fuzz.of_texts import ARTICLES
from tests.fuzz.promises import in_time
from tests.fuzz.small_site import FILES, RECORDS, WORDS, text_of


@dataclass(frozen=True)
class Target:
    """Something that is fuzzed: what looks at an input, inputs that are good, and how many bytes one has at most.

    `share` is that of the inputs that are asked for: what looks at a whole site takes long for each.
    """

    look: Callable[[bytes], object]
    seeds: Callable[[], Iterable[bytes]] = tuple
    most: int = 4_096
    share: float = 1.0


def tried(name: str, data: bytes, twice: bool | None = None) -> None:
    """Try an input on a target; some inputs are tried twice, since the same bytes must give the same."""
    look = TARGETS[name].look
    with in_time():
        found = look(data)
        if crc32(data) % 8 == 0 if twice is None else twice:
            assert look(data) == found, "the same bytes came to something else"


def _whole(*paths: str) -> Callable[[], list[bytes]]:
    return lambda: [text_of(path) for path in paths]


def _named(*paths: str) -> Callable[[], list[bytes]]:
    return lambda: [f"{path}\n".encode() + text_of(path) for path in paths]


def _below() -> list[bytes]:
    return [FILES[path].partition("---\n\n")[2].encode() for path in ARTICLES]


TARGETS: Mapping[str, Target] = {
    "front-matter": Target(of_texts.front_matter, _whole(*ARTICLES), share=0.5),
    "markdown": Target(of_texts.markdown, _below, share=0.2),
    "citations": Target(of_texts.citations, most=400),
    "blocks": Target(of_texts.blocks, most=1_000),
    "code": Target(of_texts.code, most=2_000),
    "references": Target(of_data.references, _whole("content/references.json")),
    "claims": Target(of_data.claims, _whole("content/claims/rest.yaml")),
    "records": Target(of_data.records, _named(*RECORDS)),
    "config": Target(of_data.config, _whole("site.yaml")),
    "words": Target(of_data.words, _whole(WORDS), 24_000, share=0.02),
    "joined": Target(of_data.joined, _named(*FILES), share=0.1),
    "site": Target(of_data.site, _named(*FILES), share=0.05),
    "kept": Target(of_rows.kept, of_rows.rows),
}
