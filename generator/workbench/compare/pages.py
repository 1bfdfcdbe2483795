"""What changed on the pages: which there are, where they are, what they say, what they cite, how hard they read."""

import gzip
import html
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import urljoin

from generator.markup.document import Document
from generator.workbench.compare.pairs import Pair, Pairs
from generator.workbench.compare.report import (
    ERROR,
    GONE,
    NEW,
    PLAIN,
    WARNING,
    Entry,
    Line,
    Piece,
    code,
    listed,
    same,
    strong,
)
from generator.workbench.compare.snapshot import Snapshot, View
from generator.workbench.compare.visible import Block, main_of, visible
from generator.workbench.compare.wording import Change, changes, word_changes

RECORDS = ("references.html", "glossary.html")
"""Pages made of records that the report tells of one by one."""
_HREF = re.compile(r'<a [^>]*?href="([^"#]+)(?:#[^"]*)?"')
_LISTS = re.compile(
    r'<nav.*?</nav>|<section class="(?:references|about-page)".*?</section>|<span class="term-note".*?</span>',
    re.DOTALL,
)
_SHARE, _BYTES = 0.05, 1024


def lost_addresses(after: Snapshot, pairs: Pairs) -> tuple[Entry, ...]:
    """Give the addresses that lead nowhere now, and what would lead on from each."""
    targets = {pair.before.url: pair.after for pair in pairs.both}
    found = []
    for url, view in pairs.lost:
        line: Line = (strong("LOST"), same(" "), code(url), same(f" leads nowhere now; it led to “{view.title}” ("))
        target = targets.get(view.url)
        hint: Line = (same("Name it in "), code("redirect_from"), same(" of the page that readers should find there."))
        if target and target.url != url:
            hint = (same(f"“{target.title}” seems to be that page: write "), code(f"redirect_from: [{url}]"))
            hint = (*hint, same(" in "), code(target.path), same("."))
        elif url in after.pages:
            continue
        found.append(Entry((*line, code(view.path), same(").")), ERROR, (hint,)))
    return tuple(found)


def page_list(before: Snapshot, after: Snapshot, pairs: Pairs) -> tuple[Entry, ...]:
    """Give the pages that were added, removed, moved or got another title, and what changed in the site's own name."""
    found = list(_identity(before, after))
    for view in pairs.added:
        found.append(Entry((strong("Added"), same(f" “{view.title}” "), code(view.url), same(f": {view.summary}"))))
    for view in pairs.removed:
        target = after.redirects.get(view.url)
        leads: Line = (same("; its address leads to "), code(target)) if target else ()
        found.append(Entry((strong("Removed"), same(f" “{view.title}” "), code(view.url), *leads, same("."))))
    for pair in pairs.both:
        if pair.has_moved:
            way: Line = (code(pair.before.url), same(" to "), code(pair.after.url), same("."))
            found.append(Entry((strong("Moved"), same(f" “{pair.after.title}” from "), *way)))
    for pair in pairs.both:
        if pair.before.title != pair.after.title:
            quote = word_changes(pair.before.title, pair.after.title, whole=True)
            found.append(Entry((strong("Retitled"), same(" "), code(pair.after.url)), PLAIN, (), (quote,)))
    return tuple(found)


def _identity(before: Snapshot, after: Snapshot) -> Iterator[Entry]:
    for key in ("title", "tagline", "url", "language", "licence", "licence_url", "corrections_url"):
        old, new = getattr(before.config, key), getattr(after.config, key)
        if old != new:
            line = (
                strong("The site's"),
                same(" "),
                code(key),
                same(": "),
                Piece(GONE, old),
                same(" "),
                Piece(NEW, new),
            )
            yield Entry(line, WARNING if key == "url" else PLAIN)


def text_changes(pairs: Pairs) -> dict[str, tuple[Change, ...]]:
    """Give what changed in the text of each page, by its address now."""
    found = {}
    for pair in pairs.both:
        if pair.after.template in RECORDS or _reads_same(pair):
            continue
        changed = changes(_blocks(pair.before), _blocks(pair.after))
        if changed:
            found[pair.after.url] = changed
    return found


def _reads_same(pair: Pair) -> bool:
    old, new = pair.before, pair.after
    return old.html == new.html or (old.summary == new.summary and main_of(old.html) == main_of(new.html))


def _blocks(view: View) -> tuple[Block, ...]:
    return (Block(view.summary, "Summary"), *visible(main_of(view.html)))


def text_entries(texts: Mapping[str, tuple[Change, ...]], pages: Mapping[str, View]) -> tuple[Entry, ...]:
    """Give the changes of the texts: those that several pages share once, then those of each page alone."""
    where: dict[Change, list[str]] = {}
    for url, changed in texts.items():
        for one in dict.fromkeys(changed):
            where.setdefault(one, []).append(url)
    shared: dict[tuple[str, ...], list[Line]] = {}
    for one, urls in where.items():
        if len(urls) > 1:
            shared.setdefault(tuple(urls), []).append(_quote(one))
    found = [
        Entry((strong(f"On {len(urls)} pages"), same(": "), *listed(urls)), PLAIN, (), tuple(quotes))
        for urls, quotes in shared.items()
    ]
    for url, changed in texts.items():
        quotes = [_quote(one) for one in changed if len(where[one]) == 1]
        if quotes:
            found.append(Entry((strong(pages[url].title), same(" "), code(url)), PLAIN, (), tuple(quotes)))
    return tuple(found)


def _quote(change: Change) -> Line:
    return (strong(f"{change.heading}:"), same(" "), *change.pieces) if change.heading else change.pieces


def silent_changes(pairs: Pairs, texts: Mapping[str, tuple[Change, ...]]) -> tuple[Entry, ...]:
    """Give the links that came and went, and the pages that differ in nothing that the report tells elsewhere."""
    found, rest = [], []
    moved = {pair.before.url: pair.after.url for pair in pairs.both}
    for pair in pairs.both:
        if pair.before.html == pair.after.html:
            continue
        old = Counter(moved.get(one, one) for one in _links(pair.before))
        new = Counter(_links(pair.after))
        gone, come = tuple(sorted(old - new)), tuple(sorted(new - old))
        if gone or come:
            more: list[Line] = [(same("Links gone: "), *listed(gone), same("."))] if gone else []
            more += [(same("New links: "), *listed(come), same("."))] if come else []
            found.append(Entry((strong(pair.after.title), same(" "), code(pair.after.url)), PLAIN, tuple(more)))
        elif pair.after.url not in texts:
            rest.append(pair.after.url)
    if rest:
        line = (
            strong(f"{len(rest)} more pages"),
            same(" differ in menus, lists of pages or sources, pictures or data: "),
        )
        found.append(Entry((*line, *listed(tuple(rest)))))
    return tuple(found)


def _links(view: View) -> list[str]:
    """Where a page's text leads, without lists of pages and sources."""
    if view.template in RECORDS:
        return []
    return [urljoin(view.url, html.unescape(one)) for one in _HREF.findall(_LISTS.sub("", main_of(view.html)))]


def citation_entries(pairs: Pairs) -> tuple[Entry, ...]:
    """Give the sources that came and went on each page."""
    found = []
    for pair in pairs.both:
        if pair.after.template in RECORDS:
            continue
        gone = tuple(one for one in pair.before.cited if one not in pair.after.cited)
        come = tuple(one for one in pair.after.cited if one not in pair.before.cited)
        more: list[Line] = [(same("No longer cited: "), *listed(gone), same("."))] if gone else []
        more += [(same("Newly cited: "), *listed(come), same("."))] if come else []
        if more:
            found.append(Entry((strong(pair.after.title), same(" "), code(pair.after.url)), PLAIN, tuple(more)))
    return tuple(found)


def date_entries(pairs: Pairs, texts: Mapping[str, tuple[Change, ...]], after: Snapshot) -> tuple[Entry, ...]:
    """Give the days that changed, and the pages whose text changed while their day stayed."""
    found: list[Entry] = []
    groups: dict[tuple[str, str, str], list[str]] = {}
    for pair in pairs.both:
        old, new = pair.before.document, pair.after.document
        if old is None or new is None:
            continue
        for (label, was), (_, now) in zip(_days(old), _days(new), strict=True):
            if was != now:
                groups.setdefault((label, was, now), []).append(pair.after.url)
        stays = old.day("updated") == new.day("updated") != after.today
        if stays and pair.after.url in texts and _says_other(old, new):
            line: Line = (
                same("The text of "),
                code(new.path),
                same(" changed, and "),
                code("updated"),
                same(" is still "),
            )
            found.append(Entry((strong("NOT DATED"), same(" "), *line, same(f"{new.day('updated')}.")), WARNING))
    for (label, was, now), urls in groups.items():
        is_odd = (label == "updated" and now < was) or (label == "reviewed" and not now)
        line = (strong(label), same(" "), Piece(GONE, was or "none"), same(" "), Piece(NEW, now or "none"), same(": "))
        found.append(Entry((*line, *listed(tuple(urls))), WARNING if is_odd else PLAIN))
    return tuple(found)


def _days(document: Document) -> tuple[tuple[str, str], ...]:
    reviewed = " ".join(str(document.review.get(key) or "") for key in ("by", "on")).strip()
    searched = document.day("evidence_searched")
    return (
        ("updated", document.day("updated")),
        ("evidence_searched", searched),
        ("review due", document.review_due),
        ("reviewed", reviewed),
        ("authors", ", ".join(document.texts("authors"))),
    )


def _says_other(old: Document, new: Document) -> bool:
    """Whether an article's own words changed, and not only what is made around them."""
    return [one.text for one in old.prose] != [one.text for one in new.prose] or old.body.html != new.body.html


def grade_entries(pairs: Pairs) -> tuple[tuple[Entry, ...], int, int]:
    """Give the reading grades that changed, the pages that got harder first, and how many are harder and easier."""
    moved = []
    for pair in pairs.both:
        old, new = pair.before.grade, pair.after.grade
        if old is not None and new is not None and old != new:
            moved.append((old - new, pair, f" from {old:.1f} to {new:.1f}"))
    moved.sort(key=lambda one: (one[0], one[1].after.url))
    found = [
        Entry((strong("Harder" if gain < 0 else "Easier"), same(" "), code(pair.after.url), same(f"{said}.")))
        for gain, pair, said in moved
    ]
    harder = sum(gain < 0 for gain, _, _ in moved)
    return tuple(found), harder, len(moved) - harder


def weight_entries(pairs: Iterable[Pair]) -> tuple[Entry, ...]:
    """Give the pages that became much heavier or lighter, packed as they are sent."""
    moved = []
    for pair in pairs:
        if pair.before.html == pair.after.html:
            continue
        old, new = (len(gzip.compress(one.html.encode("utf-8"), 6, mtime=0)) for one in (pair.before, pair.after))
        if abs(new - old) > min(_BYTES, old * _SHARE):
            moved.append((old - new, pair.after.url, f" from {old / 1000:.1f} to {new / 1000:.1f} kB"))
    return tuple(
        Entry((strong("Heavier" if gain < 0 else "Lighter"), same(" "), code(url), same(f"{said}.")))
        for gain, url, said in sorted(moved)
    )
