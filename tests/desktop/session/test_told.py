"""What mind and ears say is known to the window, word for word, and shown in its language."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from agent.types import Failed, Phase, State
from desktop import i18n
from desktop.session import messages
from perception.audio.ipc.messages import Trouble
from perception.messages import plain

ROOT = Path(messages.__file__).parents[2]


@pytest.fixture
def chinese(qapp: QApplication) -> Iterator[None]:
    i18n.install(qapp, "zh")
    yield
    i18n.install(qapp, "en")


def _said(file: Path) -> Iterator[str]:
    """All strings of a source; what is filled in is `%1`."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
        elif isinstance(node, ast.JoinedStr):
            parts = [part.value if isinstance(part, ast.Constant) else "%1" for part in node.values]
            yield "".join(str(part) for part in parts)


def test_every_sentence_of_the_table_is_said_by_mind_or_ears() -> None:
    files = [*(ROOT / "agent").rglob("*.py"), *(ROOT / "perception").rglob("*.py")]
    said = {text for file in files for text in _said(file)}
    assert [text for text in messages.SENTENCES if text not in said] == []


def test_what_the_conversation_says_itself_is_in_the_table() -> None:
    source = ast.parse((ROOT / "agent" / "conversation.py").read_text(encoding="utf-8"))
    given = [
        text.value
        for node in ast.walk(source)
        if isinstance(node, ast.Call) and ast.unparse(node.func) in ("State", "Failed", "UserError")
        for text in node.args
        if isinstance(text, ast.Constant) and text.value
    ]
    assert given
    assert [text for text in given if text not in messages.SENTENCES] == []


def test_events_come_in_the_language_of_the_window(chinese: None) -> None:
    failed = Failed("t", plain("Something broke: KeyError.", "Please try again."))
    assert messages.event_in_language(failed) == Failed(
        "t", plain("出了问题：KeyError。", "请再试一次。")
    )
    lost = messages.event_in_language(Trouble(plain("The microphone “USB” gives no sound.", "")))
    assert isinstance(lost, Trouble) and "“USB”" in lost.message and lost.message.isprintable()
    assert not re.search("[a-z]", lost.message)
    loading = messages.event_in_language(State(Phase.LOADING, "", plain("Loading the models")))
    assert loading == State(Phase.LOADING, "", plain("正在加载模型"))


def test_sentences_that_are_joined_are_known_one_by_one(chinese: None) -> None:
    both = "Nothing was changed. The answer was cut: the model began to repeat itself."
    assert messages.in_language(both) == "没有更改任何内容。 回答被截断：模型开始重复。"


def test_what_is_unknown_stays_as_it_is(chinese: None) -> None:
    assert messages.in_language("Pi is 3.14. Really.") == "Pi is 3.14. Really."
