"""How much memory does each process hold, at rest and in a turn?

Mind and ears are started as the window starts them; the window's own process is measured by the
bench `window`. Figures are resident set sizes; what is shared between processes counts in each.
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

import psutil  # type: ignore[import-untyped]
from rich.table import Table

from agent.commands import COMMANDS, Close, Say
from agent.events import EVENTS, Failed, Reply
from agent.types import new_turn
from desktop.cli.terminal_text import console
from perception.audio.ipc.link import meeting_place
from perception.leftovers import owned_prefix
from perception.types import UserError
from perception.wire import Codec, receive, write_frame

_SETTLE_S = 20.0
_QUESTION = "Explain in five sentences how a lighthouse works."


@dataclass(frozen=True, slots=True)
class Memory:
    """MB of one process."""

    process: str
    rest: float
    turn: float


def run_bench(files: Sequence[Path], as_json: bool, limit: int = 0) -> int:
    """Print the table, or one JSON object."""
    with tempfile.TemporaryDirectory(prefix=owned_prefix()) as folder:
        environment = {**os.environ, **meeting_place(Path(folder))}
        with (
            _started("perception.audio.process", environment) as ears,
            _started("agent.process", environment) as mind,
        ):
            rows = _measured(mind, ears)
    if as_json:
        print(json.dumps({row.process: {"rest_mb": row.rest, "turn_mb": row.turn} for row in rows}))
        return 0
    table = Table("process", "at rest, MB", "in a turn, MB", title="Resident memory")
    for row in rows:
        table.add_row(row.process, f"{row.rest:.0f}", f"{row.turn:.0f}")
    console().print(table)
    return 0


@contextlib.contextmanager
def _started(module: str, environment: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(
        [sys.executable, "-m", module],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
    )
    try:
        yield process
    finally:
        process.terminate()
        process.wait(10)
        for stream in (process.stdin, process.stdout):
            if stream:
                stream.close()


def _measured(mind: subprocess.Popen[bytes], ears: subprocess.Popen[bytes]) -> list[Memory]:
    processes = {"mind": psutil.Process(mind.pid), "ears": psutil.Process(ears.pid)}
    said = cast(BinaryIO, mind.stdin)
    time.sleep(_SETTLE_S)
    rest = {name: _mb(process) for name, process in processes.items()}
    highest = dict(rest)
    done = threading.Event()

    def watch() -> None:
        while not done.wait(0.1):
            for name, process in processes.items():
                highest[name] = max(highest[name], _mb(process))

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        turn = new_turn()
        write_frame(said, Codec(COMMANDS).encode(Say(turn, None, _QUESTION)))
        _until_reply(cast(BinaryIO, mind.stdout), turn)
    finally:
        done.set()
        watcher.join()
    write_frame(said, Codec(COMMANDS).encode(Close()))
    return [Memory(name, rest[name], highest[name]) for name in processes]


def _until_reply(stream: BinaryIO, turn: str) -> None:
    for event in receive(stream, Codec(EVENTS)):
        if isinstance(event, Failed):
            raise UserError.of(event.told)
        if isinstance(event, Reply) and event.turn == turn:
            return
    raise UserError.plain("The mind ended during the bench.", "Run it again with --verbose.")


def _mb(process: psutil.Process) -> float:
    return float(process.memory_info().rss) / 1e6
