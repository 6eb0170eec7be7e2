"""Foreign text in a terminal: what would command it is shown as a mark, and never sent.

Answers, file names, evidence, captions, errors and training data are foreign. While a command runs
standard output and standard error are `Marked`, so that no print can forget it. That holds for a
pipe as well: newlines and text stay as they are, and a control becomes a mark, for what is piped is
often shown by a pager later. JSON loses nothing: `json_text` writes controls as its own escapes.
"""

from __future__ import annotations

import contextlib
import json
import re
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, TextIO, cast

import msgspec

from perception.types import UserError

if TYPE_CHECKING:
    from rich.console import Console

# C0 and C1 controls, line separators, marks and overrides of direction, halves of characters.
_CONTROLS = "\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f\ud800-\udfff"
_CONTROL = re.compile(f"[{_CONTROLS}]")
_CONTROL_OR_BREAK = re.compile(f"[\t\n{_CONTROLS}]")


def marked(text: str) -> str:
    """`text` with a visible mark for each control: ESC is `␛`, a right-to-left override ⟨U+202E⟩.

    Newlines and tabs stay.
    """
    return _CONTROL.sub(_mark, text.replace("\r\n", "\n"))


def one_line(text: str) -> str:
    """`marked`, with newlines and tabs marked too: for a name or a quote within a line."""
    return _CONTROL_OR_BREAK.sub(_mark, text)


def print_error(error: UserError) -> None:
    """On standard error: one line for what happened, one for what to do."""
    print(f"{one_line(error.message)}\n{one_line(error.hint)}", file=sys.stderr)


def json_text(value: object, indent: int | None = None) -> str:
    r"""A value, msgspec's and dataclasses too, as JSON, with each control as `\uXXXX`.

    Half a character, as in a file's name that is no text, is no JSON: it is marked.
    """
    separators = None if indent else (",", ":")
    plain = msgspec.to_builtins(value)
    text = json.dumps(plain, ensure_ascii=False, indent=indent, separators=separators)
    return _CONTROL.sub(_escape, text)


def _escape(found: re.Match[str]) -> str:
    code = ord(found[0])
    return _mark(found) if 0xD800 <= code <= 0xDFFF else f"\\u{code:04x}"


def _mark(found: re.Match[str]) -> str:
    code = ord(found[0])
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "␡"
    if 0xDC80 <= code <= 0xDCFF:  # A byte of a name that is no text.
        return f"⟨{code - 0xDC00:02X}⟩"
    return f"⟨U+{code:04X}⟩"


class Marked:
    """A text stream that marks what is written; all else is the stream's own."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream

    def write(self, text: str) -> int:
        """As a stream's: the number of characters taken."""
        self.stream.write(marked(text))
        return len(text)

    def writelines(self, lines: list[str]) -> None:
        """Each in turn."""
        for line in lines:
            self.write(line)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.stream, name)


def mark(stream: TextIO) -> TextIO:
    """The stream, marked."""
    return cast(TextIO, Marked(stream))


def unmarked(stream: TextIO) -> TextIO:
    """The stream below, for controls of our own: a bar, a status that is drawn over."""
    return stream.stream if isinstance(stream, Marked) else stream


@contextlib.contextmanager
def marked_output() -> Iterator[None]:
    """Standard output and standard error are marked within."""
    with contextlib.redirect_stdout(mark(sys.stdout)), contextlib.redirect_stderr(mark(sys.stderr)):
        yield


def console(stderr: bool = False, width: int | None = None) -> Console:
    """A rich console without controls and markup: its tables go through `Marked` like all else."""
    from rich.console import Console

    return Console(
        stderr=stderr,
        width=width,
        force_terminal=False,
        markup=False,
        emoji=False,
        highlight=False,
        soft_wrap=stderr,
    )
