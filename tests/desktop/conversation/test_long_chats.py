"""From where on the beginning of a long chat is not read: said once, in window and terminal."""

from __future__ import annotations

import io

from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from agent.codes import AgentCode
from agent.events import Reply
from agent.types import Ended
from desktop.cli.ask import as_text
from desktop.conversation.answer import AnswerView
from desktop.session.chat import ShownTurn, TurnActivity
from desktop.session.pose import Pose
from perception.messages import notice
from safety.types import Explanation

UNREAD = notice(AgentCode.CHAT_BEGINNING_UNREAD, until="My dog is called Biscuit")
AGAIN = notice(AgentCode.CHAT_FOUND_BY_SEARCH, until="My dog is called Biscuit")


def _why(*notes: object) -> Explanation:
    return Explanation("", (), (), "", "", notes)  # type: ignore[arg-type]


def test_the_window_says_it_under_that_answer(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    view = AnswerView(parent)
    parent.show()
    for notes, told in (((UNREAD,), True), ((AGAIN,), False), ((), False)):
        turn = ShownTurn("1", 1, "Hi", reply="Hello.", ended=Ended.DONE, why=_why(*notes))
        view.show_turn(turn, TurnActivity(Pose.THINKING, ""))
        said = [one.text() for one in view.findChildren(QLabel) if not one.isHidden()]
        assert any("no longer read word for word" in text for text in said) is told


def test_the_terminal_says_it_behind_that_answer() -> None:
    notes = io.StringIO()
    show = as_text(io.StringIO(), notes)
    show(Reply("1", "Hello.", Ended.DONE, _why(UNREAD), {}))
    show(Reply("2", "Hello.", Ended.DONE, _why(AGAIN), {}))
    assert notes.getvalue().count("no longer read word for word") == 1
    assert "My dog is called Biscuit" in notes.getvalue()
