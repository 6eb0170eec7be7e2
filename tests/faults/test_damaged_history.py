"""Damaged histories: each opens, or is refused in one sentence, and what is readable is kept."""

from __future__ import annotations

import random
import shutil
import sqlite3
import struct
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from agent.memory.feedback import FeedbackStore
from agent.memory.history import History
from agent.types import Ended
from perception.messages import notice
from perception.types import Evidence, UserError, Where
from safety.codes import SafetyCode
from safety.types import Explanation
from tests.faults.conftest import Record, Tries

_WHY = Explanation.of_notes(notice(SafetyCode.NOTHING_CHANGED))
_PAGE = 4096
_TURNS = 80

Damage = Callable[[bytearray, random.Random], None]


def _flips(data: bytearray, dice: random.Random) -> None:
    for _ in range(dice.choice((1, 5, 50))):
        data[dice.randrange(len(data))] ^= 1 << dice.randrange(8)


def _zeroed(data: bytearray, dice: random.Random) -> None:
    for _ in range(dice.choice((1, 3))):
        start = dice.randrange(len(data) // _PAGE) * _PAGE
        data[start : start + _PAGE] = bytes(_PAGE)


def _noise(data: bytearray, dice: random.Random) -> None:
    start = dice.randrange(len(data) // _PAGE) * _PAGE
    data[start : start + _PAGE] = dice.randbytes(_PAGE)


def _cut(data: bytearray, dice: random.Random) -> None:
    del data[dice.randrange(len(data)) :]


def _head(data: bytearray, dice: random.Random) -> None:
    start = dice.randrange(100)
    data[start : start + dice.randrange(1, 100)] = dice.randbytes(dice.randrange(1, 100))


def _swapped(data: bytearray, dice: random.Random) -> None:
    one, two = (dice.randrange(len(data) // _PAGE) * _PAGE for _ in range(2))
    first, second = data[one : one + _PAGE], data[two : two + _PAGE]
    data[one : one + _PAGE], data[two : two + _PAGE] = second, first


def _pointers(data: bytearray, dice: random.Random) -> None:
    """A leaf of a table whose cells point into nowhere."""
    starts = [at for at in range(0, len(data), _PAGE) if data[at] == 0x0D]
    start = dice.choice(starts or [0])
    struct.pack_into(">8H", data, start + 8, *(dice.randrange(65536) for _ in range(8)))


def _grown(data: bytearray, dice: random.Random) -> None:
    data += dice.randbytes(dice.randrange(1, 3 * _PAGE))


_KINDS: dict[str, Damage] = {
    "bits flipped": _flips,
    "pages zeroed": _zeroed,
    "a page of noise": _noise,
    "cut off": _cut,
    "a wrong head": _head,
    "pages swapped": _swapped,
    "wild pointers": _pointers,
    "noise at the end": _grown,
}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A history of eight chats, with pictures and marks, and a log that is not written back."""
    folder = tmp_path_factory.mktemp("whole")
    history = History(folder / "history.db")
    dice = random.Random(0)
    for number in range(_TURNS):
        if number % 10 == 0:
            chat = history.new_chat()
        evidence = (Evidence(1, "text", "seen " * dice.randrange(400), Where("picture"), 0.9),)
        pictures = [dice.randbytes(dice.randrange(12000))] if number % 4 == 0 else []
        history.begin(f"turn{number}", chat, f"question {number} " + "word " * 20, pictures)
        history.ground(f"turn{number}", "| seen " * dice.randrange(300), evidence)
        history.end(f"turn{number}", f"answer {number}", Ended.DONE, _WHY)
        if number == _TURNS - 10:
            with closing(sqlite3.connect(folder / "history.db")) as db:
                db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    FeedbackStore(folder / "history.db").mark("turn3", good=True, may_train=True)
    copy = tmp_path_factory.mktemp("copy")
    for path in folder.iterdir():
        shutil.copy(path, copy / path.name)
    history.close()
    (copy / "history.db-shm").unlink(missing_ok=True)
    return copy


def _use(file: Path) -> tuple[set[str], bool]:
    """Everything that the window and the mind do with a history; the turns, and what was told."""
    history = History(file)
    try:
        history.end_open()
        ids = {turn.id for chat in history.chats() for turn in history.turns(chat.id)}
        history.search("question word")
        for id_ in ids:
            history.pictures(id_)
        FeedbackStore(file).given()
        chat = history.new_chat()
        history.begin("after", chat, "does it go on?")
        history.end("after", "It does.", Ended.DONE, _WHY)
        assert [turn.reply for turn in history.turns(chat)] == ["It does."]
        return ids, history.take_saved() is not None
    finally:
        history.close()


def _bad_pages(whole: bytes, damaged: bytes) -> int:
    """How many pages are not what they were."""
    places = range(0, max(len(whole), len(damaged)), _PAGE)
    return sum(whole[at : at + _PAGE] != damaged[at : at + _PAGE] for at in places)


def test_damaged_histories(tmp_path: Path, whole: Path, tries: Tries, record: Record) -> None:
    many = tries(40, 320)
    lost, refused, saved, sound = 0, 0, 0, 0
    kinds = list(_KINDS.items())
    for number in range(many):
        dice = random.Random(number)
        folder = tmp_path / str(number)
        shutil.copytree(whole, folder)
        name, damage = kinds[number % len(kinds)]
        target = folder / ("history.db-wal" if dice.random() < 0.15 else "history.db")
        data = bytearray(before := target.read_bytes())
        damage(data, dice)
        target.write_bytes(data)
        try:
            try:
                ids, told = _use(folder / "history.db")
            except UserError as error:
                assert "recovered" in error.message, (number, name, error.message)
                ids, told = _use(folder / "history.db")
        except UserError as error:
            assert error.message.count("\n") == 0 and error.hint
            refused += 1
        else:
            saved, sound = saved + told, sound + (not told)
            in_log = target.suffix == ".db-wal"
            spoilt = 15 if in_log else _bad_pages(before, bytes(data)) * 14
            lost += not len(ids) >= _TURNS - spoilt
            if told:
                assert list(folder.glob("history.db.damaged-*")), (number, name)
        shutil.rmtree(folder)
    said = f"{saved} saved with a sentence, {sound} sound as they were, {refused} refused"
    record("damaged history", many, lost, said)
