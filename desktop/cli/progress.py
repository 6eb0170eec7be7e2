"""A progress bar in the terminal, and plain lines where there is none."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import (
    BarColumn,
    DownloadColumn,
    Progress,
    TextColumn,
    TimeRemainingColumn,
    TransferSpeedColumn,
)

from desktop.cli.terminal_text import one_line, unmarked

if TYPE_CHECKING:
    from agent.models.transfer import TransferProgress as Step

_QUIET = 10.0
"""Seconds between two lines where standard error is no terminal, as in a log."""


class TransferBar:
    """Shows the steps of a transfer: bytes, speed, time left. A context manager."""

    def __init__(self) -> None:
        self._console = Console(file=unmarked(sys.stderr), soft_wrap=True)
        self._bar = Progress(
            TextColumn("{task.description}", markup=False),
            BarColumn(bar_width=None),
            DownloadColumn(),
            TransferSpeedColumn(),
            TimeRemainingColumn(),
            console=self._console,
            transient=True,
            disable=not self._console.is_terminal,
            redirect_stdout=False,  # They would reach the terminal as they are.
            redirect_stderr=False,
        )
        self._task = self._bar.add_task("", total=None)
        self._stage = ""
        self._said = time.monotonic()

    def __enter__(self) -> TransferBar:
        self._bar.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._bar.stop()

    def show(self, step: Step) -> None:
        """Show one step; its note becomes a line of its own."""
        if step.note:
            self._console.print(one_line(step.note), markup=False, highlight=False)
        if not self._console.is_terminal:
            self._plain(step)
            return
        if step.stage != self._stage:
            self._stage = step.stage
            self._bar.reset(self._task)
        text = one_line(f"{step.stage} {step.model}".strip())
        self._bar.update(
            self._task, description=text, completed=step.done, total=step.total or None
        )

    def _plain(self, step: Step) -> None:
        now = time.monotonic()
        if step.stage != "fetching" or now - self._said < _QUIET or not step.total:
            return
        self._said = now
        left = f", {step.seconds_left:.0f} s left" if step.seconds_left else ""
        print(
            f"{step.done / 1e6:.0f} of {step.total / 1e6:.0f} MB, "
            f"{step.speed / 1e6:.1f} MB/s{left} ({step.model})",
            file=sys.stderr,
            flush=True,
        )
