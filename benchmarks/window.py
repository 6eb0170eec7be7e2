"""Does the window stay smooth, and how soon is it there?

A 16 ms timer runs while a long answer streams into the real window and, beside it, the real mind
and ears load their models; the worst gap between two ticks is what a person would feel. The
yardstick is one text view that is given the whole answer again at each sentence. Start to first
paint is measured from before the interpreter starts, without models. The same is felt where a chat
of 5,000 messages is opened, grows, and where 20,000 lines are pasted. Nothing is read from FILE.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.table import Table

from benchmarks.parts.window_gaps import Gaps, gaps
from benchmarks.parts.window_load import long_chat, many_lines
from desktop.cli.terminal_text import console
from perception.leftovers import owned_prefix

if TYPE_CHECKING:
    from desktop.window.main import Window

_SENTENCES, _STARTS, _ONCE = 250, 5, 60
_PARTS = (
    "Water boils at a lower temperature where the air is thin, as on a mountain. ",
    "That is why an egg needs more time there, and a **pressure cooker** saves some.\n\n",
    "1. Fill the pot.\n2. Close the lid.\n3. Wait until the valve rises.\n\n",
    "```python\nfor minute in range(10):\n    print(minute)\n```\n\n",
)
_START = """
import sys, time
from desktop import app
def drawn(window, do):
    from PySide6.QtCore import QTimer
    def say():
        print(time.clock_gettime(time.CLOCK_MONOTONIC), flush=True)
        window.close()
    real(window, say)
real, app.after_first_paint = app.after_first_paint, drawn
sys.exit(app.run_window())
"""


def run_bench(files: Sequence[Path], as_json: bool, limit: int = 0) -> int:
    """Print the table, or one JSON object. `limit` is the number of sentences."""
    if sys.platform.startswith("linux") and not os.environ.get("DISPLAY"):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    starts = [_first_paint() for _ in range(_STARTS)]
    rows, megabytes = _streamed(limit or _SENTENCES)
    result = {
        "first_paint_s": {"median": statistics.median(starts), "all": starts},
        "gaps_ms": [asdict(row) for row in rows],
        "window_mb": megabytes,
    }
    if as_json:
        print(json.dumps(result))
    else:
        _print(rows, result)
    return 0


def _first_paint() -> float:
    """Seconds from before the start of the interpreter to the first paint."""
    with tempfile.TemporaryDirectory(prefix=owned_prefix()) as home:
        began = time.clock_gettime(time.CLOCK_MONOTONIC)
        told = subprocess.run(
            [sys.executable, "-c", _START],
            env={**os.environ, "CANDOR_HOME": home},
            capture_output=True,
            check=True,
        )
    return float(told.stdout.split()[0]) - began


def _streamed(sentences: int) -> tuple[list[Gaps], float]:
    import psutil  # type: ignore[import-untyped]
    from PySide6.QtWidgets import QApplication

    from agent.memory.history import History
    from agent.settings import Settings
    from desktop import theme
    from desktop.session.children import Children
    from desktop.window.main import Window

    app = QApplication.instance()
    app = app if isinstance(app, QApplication) else QApplication(["candor"])
    theme.apply(app, Settings(theme="light"))
    with tempfile.TemporaryDirectory(prefix=owned_prefix()) as folder:
        place = Path(folder)
        history = History(place / "history.db")
        files = (place / "settings.toml", place / "window.json")
        silent, loading = Children(place / "logs"), Children(place / "logs")
        window = Window(Settings(theme="light"), *files, lambda: history, silent)
        window.show()
        rows = [gaps("idle", lambda index: None, 50)]
        rows.append(gaps("an answer streams", _answer(window), sentences))
        loading.start()
        both = "an answer streams, models load"
        rows.append(gaps(both, _answer(window), sentences))
        loading.close()
        rows.append(gaps("a chat of 5,000 messages is opened", long_chat(window, history), _ONCE))
        rows.append(gaps("an answer streams in it", _answer(window), sentences))
        rows.append(gaps("all of it is loaded, as to find words", _whole(window), _ONCE))
        rows.append(gaps("an answer streams in the whole of it", _answer(window), sentences))
        rows.append(gaps("20,000 lines are pasted", many_lines(window), _ONCE))
        rows.append(gaps("yardstick: all drawn again", _yardstick(), sentences))
        megabytes = psutil.Process().memory_info().rss / 2**20
        window.close()
        history.close()
    return rows, megabytes


def _answer(window: Window) -> Callable[[int], None]:
    from agent.commands import Say
    from agent.events import Asked, Sentence
    from agent.types import new_turn
    from safety.types import Action, Explanation, Verdict

    why = Explanation.of_notes()
    chat = window.session.chat or 1
    say = Say(new_turn(), chat, "Tell me a lot.")
    window.session.transcript.begin(say)
    window.arrivals.handle_event(Asked(say.turn, chat, say.text, None, (), None))

    def add(index: int) -> None:
        text = _PARTS[index % len(_PARTS)]
        window.arrivals.handle_event(
            Sentence(say.turn, index, text, Verdict(Action.ALLOW, text, why), (), 1.0)
        )

    return add


def _whole(window: Window) -> Callable[[int], None]:

    def load(index: int) -> None:
        if index == _ONCE // 2:
            window.actions_.load_all()

    return load


def _yardstick() -> Callable[[int], None]:
    from PySide6.QtWidgets import QTextBrowser

    view, given = QTextBrowser(), list[str]()
    view.resize(572, 620)
    view.show()

    def add(index: int) -> None:
        given.append(_PARTS[index % len(_PARTS)])
        view.setMarkdown("".join(given))

    return add


def _print(rows: Sequence[Gaps], result: dict[str, Any]) -> None:
    yardstick = rows[-1].worst
    table = Table("while", "median", "p99", "worst", "over 50", "work", "to yardstick")
    table.title = "Gaps of a 16 ms timer in the window, ms; work: the most it computed in one"
    for row in rows:
        shown = (f"{row.median:.1f}", f"{row.p99:.1f}", f"{row.worst:.1f}", str(row.over_50))
        table.add_row(row.what, *shown, f"{row.work:.1f}", f"{row.worst / yardstick:.2f}")
    console().print(table)
    starts = result["first_paint_s"]
    console().print(f"start to first paint: {starts['median']:.2f} s (median of {_STARTS})")
    console().print(f"memory of the window: {result['window_mb']:.0f} MB")
