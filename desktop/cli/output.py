"""Standard output for what was asked for, and nothing else."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable, Iterator
from typing import TextIO

from desktop.cli.terminal_text import mark
from perception.messages import Notice
from perception.types import UserError


@contextlib.contextmanager
def own_output() -> Iterator[TextIO]:
    """The real standard output, marked; a C library's prints go to standard error meanwhile."""
    sys.stdout.flush()
    own = os.dup(1)
    os.dup2(2, 1)
    try:
        with open(own, "w", encoding="utf-8", errors="replace", closefd=False) as out:
            yield mark(out)
    finally:
        os.dup2(own, 1)
        os.close(own)


def print_error(error: UserError) -> None:
    """Say on standard error what the user can act on, and go on."""
    print(f"{error.message}\n{error.hint}", file=sys.stderr)


def note_printer() -> Callable[[Notice], None]:
    """Says on standard error what takes long; the same line once, though it is tried again."""
    said = set[str]()

    def say(note: Notice) -> None:
        if (line := str(note)) not in said:
            said.add(line)
            print(line, file=sys.stderr, flush=True)

    return say


def drop_output() -> None:
    """Nobody reads standard output any more: let Python's own flush at the end succeed."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.close(nowhere)
