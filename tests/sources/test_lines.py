"""Lines of files as they are shown beside a problem: counted as a reader counts them, and never more than there are."""

from pathlib import Path

from generator.sources.lines import Lines
from tests.helpers import write


def test_a_line_is_found_by_its_number_however_lines_end(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"\xef\xbb\xbfone\r\ntwo\rthree\n\nf\xff\n")
    lines = Lines(tmp_path)
    found = [lines.line_of("a.md", number) for number in range(-1, 8)]
    assert found == [None, None, "one", "two", "three", None, "f\ufffd", None, None]


def test_a_file_that_is_not_there_has_no_lines(tmp_path: Path) -> None:
    write(tmp_path, {"a.md": "one"})
    lines = Lines(tmp_path)
    assert [lines.line_of(path, 1) for path in ("a.md", "b.md", "../a.md")] == ["one", None, None]
