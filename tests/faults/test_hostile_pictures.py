"""268 hostile pictures: each is read or refused with one sentence, in little time and memory."""

from __future__ import annotations

import itertools
import os
import zlib
from pathlib import Path

import pytest

from desktop.session import pictures as window
from perception import picture
from perception.types import UserError
from tests.faults import pictures
from tests.faults.conftest import Record, Tries
from tests.faults.reading_child import Reader, lost_or_slow
from tests.test_bad_input import refused


@pytest.mark.parametrize("kind", ["picture", "window"])
def test_hostile_pictures(tmp_path: Path, tries: Tries, record: Record, kind: str) -> None:
    count = tries(75, 268)
    paths = pictures.special(tmp_path)
    for name, data in itertools.islice(pictures.files(), count - len(paths)):
        (tmp_path / name).write_bytes(data)
        paths.append(tmp_path / name)
    reader = Reader(kind)
    told = {str(path): reader.read(path) for path in paths}
    reader.close()
    lost = {name: what for name, what in told.items() if lost_or_slow(what)}
    refusals = sum("said" in what for what in told.values())
    said = f"{refusals} refused with a sentence each, {count - refusals} read; no hang, no crash"
    said = f"{said}; but {lost}" if lost else said
    where = {"picture": "by `candor ask --look`", "window": "by the window"}[kind]
    record(f"hostile picture files, read {where}", len(told), len(lost), said)
    assert count / 4 < refusals < count


def test_the_command_refuses_with_one_sentence(
    tmp_path: Path, tries: Tries, record: Record
) -> None:
    pictures.special(tmp_path)
    strange = os.fsdecode(b"\xff\x1b]0;x\x07.png")
    (tmp_path / strange).unlink()
    names = ("fifo.png", strange, "to-zero.png", "folder.png", "to-itself.png", "x" * 300)
    for name in names[: tries(2, 6)]:
        err = refused("ask", "hi", "--look", str(tmp_path / name))
        assert any(
            words in err
            for words in ("is not read", "is not a file", "no picture", "cannot be read")
        )
    record("hostile names through `candor ask --look`", tries(2, 6), 0, "one sentence each")


def test_one_limit_everywhere(qapp: object, tmp_path: Path) -> None:
    """The command line takes no picture that the window refuses, and the reverse."""
    heavy = tmp_path / "heavy.png"
    with heavy.open("wb") as stream:
        stream.truncate(picture.MOST_BYTES + 1)
    for read in (picture.read_file, window.read_picture):
        with pytest.raises(UserError, match="50 MB"):
            read(heavy)
    side = round(picture.MOST_PIXELS**0.5)
    wide = pictures.png(side + 1, side, zlib.compress(b""))
    just = pictures.png(side, side, zlib.compress(b""))
    with pytest.raises(UserError, match="100 megapixels"):
        window.check_picture(wide, "wide")
    with pytest.raises(UserError, match="100 million pixels"):
        picture.decode(wide, 0.0)
    window.check_picture(just, "just")
    with pytest.raises(UserError, match="damaged"):
        picture.decode(just, 0.0)
