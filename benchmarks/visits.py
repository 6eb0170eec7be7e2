"""Does a kiosk forget its visitors, and does its prover see what is left?

Each visit is a process of its own in one data folder, started as the kiosk is. Texts that nobody
else has are typed, said and answered, and a picture is shown; a third of the visits is killed at a
random moment. An independent searcher, plain bytes in /proc/PID/mem and in the raw files, counts
what is left of the others. At the end a visit holds on to its texts on purpose: the share that the
prover finds. Linux alone; nothing is read from FILE.
"""

from __future__ import annotations

import json
import random
import statistics
import string
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from rich.table import Table

from benchmarks.parts.plain_search import in_files, in_memory
from benchmarks.parts.progress import told
from benchmarks.parts.visit_process import PICTURE, VisitProcess
from desktop.cli.terminal_text import console
from desktop.kiosk.forgetting.receipt import KIND
from perception.leftovers import owned_prefix
from perception.types import UserError
from safety.audit.entries import entries
from safety.audit.verification import verify

_VISITS, _TEXTS, _LEAKS, _LENGTH = 200, 6, 50, 12
_CHINESE = "今天下午我想预约牙科医生看左边的牙齿请问有空吗谢谢您的帮助"


@dataclass(frozen=True, slots=True)
class VisitFigures:
    """What came of all visits; `left` counts what the independent searcher found."""

    visits: int
    killed: int
    forgotten_at_next_start: int
    receipts: int
    marks_left: int
    looked_for: int
    left_in_memory: int
    left_in_files: int
    found_by_prover: int
    leaks: int
    leaks_found: int
    seconds_median: float
    seconds_longest: float
    gigabytes_a_second: float
    chain_whole: bool


@dataclass(frozen=True, slots=True)
class _Came:
    killed: bool
    forgotten_before: int
    texts: tuple[str, ...]
    left: int = 0
    found: int = 0
    size: int = 0
    seconds: float = 0.0


def run_bench(files: Sequence[Path], as_json: bool, limit: int = 0, seed: int = 0) -> int:
    """Print the table, or one JSON object; 1 where something was left or a receipt is missing."""
    if sys.platform != "linux":
        raise UserError.plain("This bench reads the memory of processes.", "Run it on Linux.")
    with tempfile.TemporaryDirectory(prefix=owned_prefix()) as name:
        folder = Path(name)
        visits = list(told(_visits(folder, limit or _VISITS, random.Random(seed))))
        figures = _figures(folder, visits, *_leaks(folder, random.Random(seed + 1)))
    if as_json:
        print(json.dumps(asdict(figures)))
    else:
        table = Table("", "", box=None, show_header=False)
        for key, value in asdict(figures).items():
            table.add_row(key.replace("_", " "), str(value))
        console().print(table)
    left = figures.left_in_memory + figures.left_in_files + figures.found_by_prover
    missing = figures.receipts < figures.visits or bool(figures.marks_left)
    return int(bool(left) or missing or not figures.chain_whole)


def _visits(folder: Path, count: int, chance: random.Random) -> Iterator[_Came]:
    for number in range(count):
        texts = tuple(_text(chance, each) for each in range(_TEXTS))
        with VisitProcess(folder) as visit:
            yield _one(visit, texts, chance, killed=number % 3 == 2)
            visit.kill()


def _one(
    visit: VisitProcess, texts: tuple[str, ...], chance: random.Random, *, killed: bool
) -> _Came:
    before = visit.interrupted
    for text in texts[: chance.randrange(_TEXTS + 1) if killed else None]:
        visit.tell_text(text.encode())
    if killed:
        if chance.random() < 0.5 and visit.stdin:  # While it forgets.
            visit.stdin.write(b"\n")
            visit.stdin.flush()
        time.sleep(chance.random() * 0.1)
        visit.kill()
        return _Came(True, before, texts)
    visit.tell_text(PICTURE + str(chance.randrange(1 << 30)).encode())
    _, _, found, size, seconds = visit.tell_text(b"\n")
    left = in_memory(visit.pid, [text[:_LENGTH] for text in texts])
    return _Came(False, before, texts, len(left), int(found), int(size), float(seconds))


def _leaks(folder: Path, chance: random.Random) -> tuple[int, int]:
    """Receipts of the visit that was killed last, and how many of the leaks were found."""
    with VisitProcess(folder, "hold") as visit:
        for number in range(_LEAKS):
            visit.tell_text(_text(chance, number)[:_LENGTH].encode())
        found = int(visit.tell_text(b"\n")[2])
        visit.kill()
    return visit.interrupted, found


def _text(chance: random.Random, number: int) -> str:
    letters = _CHINESE if number % 3 == 2 else f"{string.ascii_letters}{string.digits} "
    return "".join(chance.choices(letters, k=2 * _LENGTH))


def _figures(folder: Path, visits: list[_Came], last: int, leaks: int) -> VisitFigures:
    ended = [each for each in visits if not each.killed]
    texts = [text[:_LENGTH] for each in visits for text in each.texts]
    log = folder / "audit.jsonl"
    seconds = [each.seconds for each in ended] or [0.0]
    return VisitFigures(
        visits=len(visits),
        killed=len(visits) - len(ended),
        forgotten_at_next_start=sum(each.forgotten_before for each in visits) + last,
        receipts=sum(entry.kind == KIND for entry in entries(log)),
        marks_left=len(list((folder / "visit").iterdir())),
        looked_for=len(texts),
        left_in_memory=sum(each.left for each in ended),
        left_in_files=len(in_files(folder, texts)),
        found_by_prover=sum(each.found for each in ended),
        leaks=_LEAKS,
        leaks_found=leaks,
        seconds_median=round(statistics.median(seconds), 3),
        seconds_longest=round(max(seconds), 3),
        gigabytes_a_second=round(sum(e.size for e in ended) / 1e9 / (sum(seconds) or 1), 2),
        chain_whole=not verify(log).broken,
    )
