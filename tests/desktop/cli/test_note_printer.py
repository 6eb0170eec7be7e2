"""What takes long is said once in the terminal, though it is tried again."""

from __future__ import annotations

import pytest

from desktop.cli.output import note_printer
from perception.messages import plain


def test_the_same_line_is_printed_once(capsys: pytest.CaptureFixture[str]) -> None:
    say = note_printer()
    for text in ("Trying the model", "Checking the model files: 10%", "Trying the model"):
        say(plain(text))
    assert capsys.readouterr().err == "Trying the model\nChecking the model files: 10%\n"
