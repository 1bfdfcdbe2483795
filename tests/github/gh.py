"""A stand-in for GitHub's own command `gh api`: it notes what it is asked, and answers from a file.

Usage: `gh.py api [--method METHOD] [--paginate] [--silent] [--jq FILTER] [-F name=@file] [-f name=value] ENDPOINT`.
The folder in GH_STAND_IN holds `answers.json` (by method and endpoint); each call adds a line to `asked.jsonl` in it.
What --jq asks is done by jq itself, as gh does.
"""

import json
import os
import subprocess
import sys
from pathlib import Path


def main(arguments: list[str]) -> int:
    """Answer one call; an endpoint without an answer fails, as GitHub would."""
    folder = Path(os.environ["GH_STAND_IN"])
    assert arguments.pop(0) == "api"
    assert os.environ["GH_TOKEN"], "gh wants a token"
    method, endpoint, wanted, fields = "GET", "", "", {}
    while arguments:
        one = arguments.pop(0)
        if one == "--method":
            method = arguments.pop(0)
        elif one == "--jq":
            wanted = arguments.pop(0)
        elif one in ("-f", "-F"):
            name, _, value = arguments.pop(0).partition("=")
            is_file = one == "-F" and value.startswith("@")
            fields[name] = Path(value[1:]).read_text(encoding="utf-8") if is_file else value
        elif one not in ("--paginate", "--silent"):
            assert not endpoint, one
            endpoint = one
    with (folder / "asked.jsonl").open("a", encoding="utf-8") as log:
        log.write(json.dumps({"method": method, "endpoint": endpoint, "fields": fields}) + "\n")
    answers = json.loads((folder / "answers.json").read_text(encoding="utf-8"))
    answer = answers.get(f"{method} {endpoint}")
    if answer is None:
        print("gh: Not Found (HTTP 404)", file=sys.stderr)
        return 1
    if wanted:
        return subprocess.run(["jq", "-r", wanted], input=json.dumps(answer), text=True, check=False).returncode
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
