"""What a visit leaves is found by the prover, and a visit that was forgotten leaves nothing."""

from __future__ import annotations

import random
import sqlite3
import string
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from benchmarks.parts.plain_search import in_files, in_memory
from benchmarks.parts.visit_process import PICTURE, VisitProcess, picture
from desktop.kiosk.forgetting.pieces import MOST, PieceKind, Pieces
from desktop.kiosk.forgetting.prover import SearchedPlaces, Spot, search
from desktop.kiosk.forgetting.receipt import Receipt, check_receipt
from desktop.kiosk.forgetting.secret import VisitKey
from desktop.kiosk.forgetting.visit import Visit, forget_leftovers
from perception.types import UserError
from safety.audit.log import Audit
from safety.audit.verification import verify

linux = pytest.mark.skipif(sys.platform != "linux", reason="memory is searched on Linux alone")
_CHINESE = "今天下午我想预约牙科医生看左边的牙齿请问有空吗谢谢您的帮助"
_WAYS = ("str", "utf-8", "utf-16-le", "bytearray", "list")


def words(seed: int, length: int = 24) -> str:
    """A text that nobody else has; every third is Chinese."""
    letters = _CHINESE if seed % 3 == 2 else f"{string.ascii_letters}{string.digits} "
    return "".join(random.Random(seed).choices(letters, k=length))


def found(data: str | object, places: SearchedPlaces) -> set[Spot]:
    """Where the pieces of one thing are found."""
    pieces = Pieces(VisitKey())
    pieces.add(PieceKind.TYPED, data)  # type: ignore[arg-type]
    return set(search(pieces, places).found)


@pytest.fixture
def leaking() -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "-m", "tests.desktop.kiosk.leaking"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        yield process
        process.kill()


def tell(process: subprocess.Popen[bytes], data: bytes) -> bytes:
    """Write, and read the line that answers."""
    assert process.stdin and process.stdout
    process.stdin.write(data)
    process.stdin.flush()
    return process.stdout.readline()


@linux
def test_leaks_into_another_process_are_found(leaking: subprocess.Popen[bytes]) -> None:
    texts = [words(seed) for seed in range(25)]
    lines = [f"{_WAYS[at % 5]}\t{text}" for at, text in enumerate(texts)]
    lines += [f"picture\t{seed}" for seed in range(5)]
    assert tell(leaking, "\n".join([*lines, "ready\n"]).encode()) == b"ready\n"
    places = SearchedPlaces({"mind": leaking.pid}, ())
    assert all(found(text, places) == {Spot.MEMORY} for text in texts)
    assert all(found(picture(seed), places) == {Spot.MEMORY} for seed in range(5))
    assert not any(found(words(seed), places) for seed in range(100, 105))
    assert not found(picture(100), places)


@linux
def test_what_a_process_holds_that_never_met_the_visitor_is_no_leak(
    leaking: subprocess.Popen[bytes], tmp_path: Path
) -> None:
    said = words(1)
    assert tell(leaking, f"str\t{said}\nready\n".encode()) == b"ready\n"
    with subprocess.Popen(
        [sys.executable, "-m", "tests.desktop.kiosk.leaking"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as fresh:
        assert tell(fresh, f"str\t{said}\nready\n".encode()) == b"ready\n"
        both = {"window": leaking.pid, "mind": fresh.pid}
        new = frozenset({fresh.pid})
        assert found(said, SearchedPlaces(both, ())) == {Spot.MEMORY}
        assert found(said, SearchedPlaces(both, (), fresh=new)) == set()
        (tmp_path / "kept").write_text(said, "utf-8")
        places = SearchedPlaces(both, ((Spot.DATA, tmp_path),), fresh=new)
        assert found(said, places) == {Spot.DATA}
        fresh.kill()


@pytest.mark.parametrize("way", ["file", "deleted row", "journal", "temporary", "log"])
def test_leaks_into_files_are_found(tmp_path: Path, way: str) -> None:
    spot = {"temporary": Spot.TEMPORARY, "log": Spot.LOGS}.get(way, Spot.DATA)
    texts = [words(seed) for seed in range(4)]
    file = tmp_path / way / "file.db"
    file.parent.mkdir()
    with closing(sqlite3.connect(file)) as db:
        if way in ("deleted row", "journal"):
            db.execute("PRAGMA secure_delete=OFF")
            db.execute(f"PRAGMA journal_mode={'WAL' if way == 'journal' else 'DELETE'}")
            db.execute("CREATE TABLE t(text)")
            db.executemany("INSERT INTO t VALUES (?)", [(text,) for text in texts])
            db.commit()
            db.execute("DELETE FROM t")
            db.commit()
        else:
            file.write_bytes(b"x" * 5001 + "\n".join(texts).encode("utf-8"))
        places = SearchedPlaces({}, ((spot, tmp_path),))
        assert all(found(text, places) == {spot} for text in texts)
        assert not found(words(50), places)
        assert not found(texts[0], SearchedPlaces({}, ((spot, tmp_path),), (file.parent,)))


def test_a_piece_is_found_at_every_place_of_a_large_file(tmp_path: Path) -> None:
    text, edge = words(1, 12), 4 << 20
    for place in (0, 1, 2, 3, edge - 130, *range(edge - 13, edge + 2), (9 << 20) - 12):
        data = bytearray(9 << 20)
        data[place : place + 12] = text.encode()
        (tmp_path / "file").write_bytes(data)
        assert found(text, SearchedPlaces({}, ((Spot.DATA, tmp_path),))), place


def test_no_more_than_so_many_pieces_are_kept_of_each_kind() -> None:
    pieces = Pieces(VisitKey(), public=["We are open from nine to five."])
    assert len(pieces.chosen()) == 0
    pieces.add(PieceKind.ANSWERED, "We are open from nine to five.")
    assert len(pieces.chosen()) == 0
    for seed in range(100):
        pieces.add(PieceKind.ANSWERED, words(seed, 200))
    pieces.add(PieceKind.TYPED, words(7, 36))
    assert len(pieces.chosen()) == MOST
    pieces.destroy()
    assert len(pieces.chosen()) == 0


@linux
def test_a_forgotten_visit_leaves_nothing_and_its_receipt_is_in_the_chain(tmp_path: Path) -> None:
    texts = [words(seed) for seed in range(9)]
    with VisitProcess(tmp_path) as visit:
        for text in texts:
            assert visit.tell_text(text.encode()) == ["noted"]
        assert visit.tell_text(PICTURE + b"7") == ["noted"]
        letters, pieces, leaks, *_ = visit.tell_text(b"\n")
        left = in_memory(visit.pid, [text[at : at + 12] for text in texts for at in (0, 12)])
        visit.kill()
    assert (left, int(leaks), int(pieces)) == (set(), 0, 26)
    assert in_files(tmp_path, texts) == set()
    assert list((tmp_path / "visit").iterdir()) == []
    receipt = check_receipt(tmp_path / "audit.jsonl", letters)
    assert receipt is not None and receipt.pieces == 26
    assert verify(tmp_path / "audit.jsonl").broken == 0
    assert check_receipt(tmp_path / "audit.jsonl", "abcdefgh") is None


def test_a_killed_visit_is_forgotten_at_the_next_start(tmp_path: Path) -> None:
    with VisitProcess(tmp_path) as visit:
        assert visit.tell_text(words(3).encode()) == ["noted"]
        (mark,) = (tmp_path / "visit").iterdir()
        assert forget_leftovers(tmp_path, Audit(None), {}) == ()
        visit.kill()
    assert mark.read_bytes() == b""
    assert in_files(tmp_path, [words(3)]) == set()
    cleared = list[str]()
    audit = Audit(tmp_path / "audit.jsonl")
    (receipt,) = forget_leftovers(tmp_path, audit, {"chat": lambda: cleared.append("chat")})
    assert (cleared, receipt.interrupted, mark.exists()) == (["chat"], True, False)
    assert check_receipt(tmp_path / "audit.jsonl", receipt.hash) == receipt
    assert forget_leftovers(tmp_path, audit, {}) == ()


def test_what_could_not_be_cleared_or_logged_is_never_claimed(tmp_path: Path) -> None:
    visit = Visit.begin(tmp_path / "data", Audit(tmp_path / "audit.jsonl"))
    receipt = visit.forget(dict, {"clipboard": lambda: 1 / 0}, lambda: SearchedPlaces({}, ()))
    assert receipt.failed == ("clipboard",) and not receipt.clean
    assert "Not all could be cleared" in receipt.line("en")
    (tmp_path / "file").write_text("x", encoding="utf-8")
    visit = Visit.begin(tmp_path / "data", Audit(tmp_path / "file" / "audit.jsonl"))
    with pytest.raises(UserError):
        visit.forget(dict, {}, lambda: SearchedPlaces({}, ()))
    assert len(list((tmp_path / "data" / "visit").iterdir())) == 1


def test_the_line_says_what_was_found_and_what_was_not_searched() -> None:
    receipt = Receipt(1_795_970_636, 41, 3_100_000_000, {}, nonce=5)
    english, chinese = receipt.line("en"), receipt.line("zh")
    assert receipt.clean and "41" in english and "3.1 GB" in english and receipt.hash in english
    assert receipt.hash in chinese and english != chinese
    found = {Spot.MEMORY: 2, Spot.LOGS: 1}
    leaked = Receipt(receipt.at, 41, receipt.size, found, (Spot.DEVICES,), nonce=5)
    assert "memory, the logs" in leaked.line("en") and "none found" not in leaked.line("en")
    assert "memory of devices" in leaked.line("en")
    assert leaked.hash != receipt.hash
    assert not leaked.clean
