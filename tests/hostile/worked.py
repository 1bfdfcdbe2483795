"""Read huge texts as far as our own grammar goes, each and a quarter of it, and print what that took.

Run as a program of its own, with limits that the system keeps: `python worked.py ID...`; without an id, all of them.
What Python-Markdown makes of them is another matter: some of its patterns take time that grows with the square of such
a text, and for that a page has a limit of time.
"""

import json
import resource
import sys
import time

from generator.markup.locate import in_body
from generator.markup.passages import Marks, passages
from generator.markup.scan import scan
from generator.sources.decoding import decode
from generator.sources.files import source_file
from tests.hostile.payloads import payloads

PART = 4
_SECONDS = 60
"""Of processor time, for each text."""
_BYTES = 2 * 1024**3


def spent(text: str) -> float:
    """Seconds of processor time that it takes to decode a text, to find in it all that it asks for, and to cut it."""
    start = time.process_time()
    decoded, _ = decode(source_file("content/help/big.md", text.encode("utf-8", "surrogatepass")))
    scanned = scan(decoded or "", in_body("content/help/big.md", decoded or "", 1))
    passages(scanned.prose, 1, Marks((), (), (), ()))
    return time.process_time() - start


def main(wanted: list[str]) -> None:
    """Print one line of JSON for each text."""
    resource.setrlimit(resource.RLIMIT_AS, (_BYTES, _BYTES))
    spent("Warm up: *a* [b](c.md) `d`.")
    for payload in payloads():
        if not payload.rule or payload.at != "body" or (wanted and payload.id not in wanted):
            continue
        used = int(time.process_time())
        resource.setrlimit(resource.RLIMIT_CPU, (used + _SECONDS, resource.RLIM_INFINITY))
        print(json.dumps({"id": payload.id}), flush=True)
        part, whole = spent(payload.scaled(PART)), spent(payload.text)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        print(json.dumps({"id": payload.id, "part": part, "whole": whole, "peak": peak}), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
