"""Archives are unpacked below their folder, and nowhere else."""

import io
import tarfile
from pathlib import Path

import pytest

from generator.sources.files import unpack


def archive(*members: tuple[str, bytes | str]) -> bytes:
    """A tar archive; a member that is given a text is a link to that path."""
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w") as tar:
        for name, held in members:
            member = tarfile.TarInfo(name)
            if isinstance(held, str):
                member.type, member.linkname = tarfile.SYMTYPE, held
                tar.addfile(member)
            else:
                member.size = len(held)
                tar.addfile(member, io.BytesIO(held))
    return made.getvalue()


def test_files_and_links_within_are_written_as_files(tmp_path: Path) -> None:
    unpack(archive(("content/a.md", b"text"), ("content/b.md", "a.md")), tmp_path)
    assert (tmp_path / "content/a.md").read_bytes() == b"text"
    assert (tmp_path / "content/b.md").read_bytes() == b"text"
    assert not (tmp_path / "content/b.md").is_symlink()


def test_nothing_is_written_or_read_outside(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("secret", encoding="utf-8")
    inner = tmp_path / "inner"
    inner.mkdir()
    bad = (("../out.md", b"x"), (str(tmp_path / "absolute.md"), b"x"), ("link.md", str(secret)), ("up.md", "../secret"))
    unpack(archive(*bad, ("good.md", b"good")), inner)
    assert sorted(one.name for one in tmp_path.rglob("*")) == ["good.md", "inner", "secret"]


@pytest.mark.parametrize("kind", [tarfile.DIRTYPE, tarfile.FIFOTYPE, tarfile.CHRTYPE])
def test_what_holds_no_bytes_is_left_out(tmp_path: Path, kind: bytes) -> None:
    data = io.BytesIO(archive(("a.md", b"text")))
    with tarfile.open(fileobj=data, mode="a") as tar:
        member = tarfile.TarInfo("odd")
        member.type = kind
        tar.addfile(member)
    unpack(data.getvalue(), tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["a.md"]
