"""What the program says keeps to one word for each thing: the table of words in CONTRIBUTING.md."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import yaml

from generator.problems.codes import CODES
from generator.workbench.tables import all_tables

ROOT = Path(__file__).resolve().parents[2]
SENTENCE = re.compile(r"""[\w\s.,:;'"()/%@\[\]!?…“”-]+""")
"""What is no HTML, no pattern and no command."""
NAMED = re.compile(r"`[^`]*`")
"""What stands in code is named as it is, such as a field of another format."""
LIBRARY = {"generator/checks/pictures.py", "generator/output/hosts/nginx.py"}
"""Modules whose texts are names of SVG, or a host's own commands."""


def refused() -> list[str]:
    """The words of the last column that have no sense of their own, which would stand behind them in brackets."""
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| .* \| (.*) \|$", text.partition("\n## Words\n")[2].partition("\n## ")[0], re.MULTILINE)[2:]
    cells = [re.sub(r"[^,]*\([^)]*\)", "", row) for row in rows]
    return [word.strip() for cell in cells for word in cell.split(",") if word.strip()]


def said(tree: ast.Module) -> Iterator[str]:
    """All texts of a module of more than one word, but its docstrings."""
    docstrings = {id(one.value) for one in ast.walk(tree) if isinstance(one, ast.Expr)}
    for one in ast.walk(tree):
        if isinstance(one, ast.Constant) and isinstance(one.value, str) and id(one) not in docstrings:
            text = NAMED.sub("", one.value)
            if " " in text.strip() and SENTENCE.fullmatch(text):
                yield text


def test_words_that_mean_something_of_ours_are_refused() -> None:
    assert {"post", "artefact", "image", "URL", "stored", "phase", "generate"} <= {*refused()}
    assert not {"page", "row", "fault", "statement", "the cache", ""} & {*refused()}


def test_all_that_the_program_says_uses_the_words_of_the_table() -> None:
    texts = {str(path.relative_to(ROOT)): path.read_text("utf-8") for path in (ROOT / "generator").rglob("*.py")}
    every = [(path, one) for path, text in texts.items() if path not in LIBRARY for one in said(ast.parse(text))]
    every += [(code, NAMED.sub("", f"{code} {one.meaning} {one.fix}")) for code, one in CODES.items()]
    every += [(name, NAMED.sub("", table)) for name, table in all_tables().items() if name != "codes"]
    interface = yaml.safe_load((ROOT / "templates" / "words" / "en.yaml").read_text(encoding="utf-8"))
    every += [("en.yaml", str(one)) for one in interface.values()]
    word = re.compile(rf"\b(?:{'|'.join(map(re.escape, refused()))})(?:e?s|d|ing)?\b", re.IGNORECASE)
    assert len(every) > 1000
    assert sorted((path, found[0], text) for path, text in every if (found := word.search(text))) == []
