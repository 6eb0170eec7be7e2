"""Text files from the command line: `candor ask --file` and `/read` in `candor chat`."""

from __future__ import annotations

import io
import queue
import sys
from pathlib import Path
from typing import cast

import pytest

from agent.attached_text import MOST_TEXTS, AttachedText
from agent.conversation import Conversation
from agent.events import Event, Reply
from agent.turn.context import Question
from agent.types import Ended
from desktop.cli.chat import _ChatTerminal
from desktop.cli.main import main
from safety.types import Explanation


class _Mind:
    """Answers every question at once, and keeps it."""

    def __init__(self) -> None:
        self.asked = list[Question]()
        self.events: queue.SimpleQueue[Event] = queue.SimpleQueue()

    def ask(self, question: Question) -> None:
        self.asked.append(question)
        self.events.put(Reply(question.turn, "Yes.", Ended.DONE, Explanation.of_notes(), {}))

    def send(self, command: object) -> None:
        raise AssertionError(command)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (None, "cannot be read"),
        (b"\x89PNG\r\n\x1a\n\x00", "is not a text file"),
        (b"", "is empty"),
    ],
)
def test_ask_refuses_what_is_no_text_before_a_model_is_loaded(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], data: bytes | None, said: str
) -> None:
    file = tmp_path / "file.txt"
    if data is not None:
        file.write_bytes(data)
    assert main(["ask", "hi", "--file", str(file)]) == 1
    assert said in capsys.readouterr().err


def test_ask_refuses_more_files_than_a_question_takes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["ask", "hi", *["--file", str(tmp_path / "a.txt")] * (MOST_TEXTS + 1)]) == 1
    assert f"{MOST_TEXTS} texts are the most" in capsys.readouterr().err


def test_read_puts_a_file_on_the_next_question_and_on_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "minutes.txt"
    file.write_text("Olga is the treasurer.", "utf-8")
    typed = f"/read\n/read {tmp_path}\n/read {file}\nWho?\nAnd now?\n"
    monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
    mind = _Mind()
    assert _ChatTerminal(cast(Conversation, mind), mind.events, may_train=False).run_chat()
    expected = ((AttachedText("minutes.txt", "Olga is the treasurer."),), ())
    assert tuple(question.texts for question in mind.asked) == expected
    told = capsys.readouterr().err
    assert "needs the name" in told and "a folder" in told and "4 words" in told
