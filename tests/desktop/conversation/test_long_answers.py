"""What the window does with more than it can draw at one go, and with foreign text in labels."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QTextDocument
from pytestqt.qtbot import QtBot

from agent.memory.history import History
from agent.types import Ended, new_turn
from desktop.conversation.correction import Correction
from desktop.conversation.text.code_view import CodeView
from desktop.conversation.text.rich_text import write_markdown
from desktop.conversation.text.table_dialog import TableDialog
from desktop.widgets.labels import label
from desktop.widgets.plain_text import (
    clean,
    on_button,
    short,
    tip,
)
from desktop.window.main import Window
from tests.desktop.window_script import NOTHING, Script
from tests.desktop.windowing import (
    ask,
    button,
    newest,
    texts,
)

TABLE = "| a | b |\n|---|---|\n" + "".join(f"| {n} | **{n * n}** |\n" for n in range(300))


def test_a_very_long_answer_says_that_it_goes_on_and_shows_more_at_a_wish(
    qtbot: QtBot, window: Window, script: Script
) -> None:
    ask(window, "Go on")
    paragraphs = [f"Paragraph {n} of the answer. " * 20 + "\n\n" for n in range(100)]
    script.answer(["".join(paragraphs)])
    view = newest(window)
    more = button(view, "Show more")
    qtbot.waitUntil(more.isVisible)
    assert "Paragraph 30 " in texts(view)
    assert "Paragraph 99 " not in texts(view)
    more.click()
    more.click()
    qtbot.waitUntil(lambda: "Paragraph 99 " in texts(view))
    assert not more.isVisible()
    assert more not in view.stops()


def test_a_large_table_is_text_until_it_is_wanted_as_a_table(
    qtbot: QtBot, window: Window, script: Script
) -> None:
    ask(window, "Squares")
    script.answer([f"Here:\n\n{TABLE}\nDone."])
    code = newest(window).findChild(CodeView)
    assert code is not None
    shows = button(code, "Show as a table")
    assert shows in newest(window).stops()
    shows.click()
    dialog = code.findChild(TableDialog)
    assert dialog is not None
    model = dialog.view.model()
    assert (model.rowCount(), model.columnCount()) == (300, 2)
    assert model.index(12, 1).data() == "144"
    assert model.headerData(1, Qt.Orientation.Horizontal) == "b"
    dialog.reject()


@pytest.mark.parametrize(
    ("markdown", "shown"),
    [
        ("![a](/dev/zero)", "![a](/dev/zero)"),
        ("![a](https://example.org/a.png)", "a"),
        ("[a](file:///etc/passwd) <b>b</b>", "[a](file:///etc/passwd) <b>b</b>"),
        ("a  \nb\nc &amp; \\*d\\*", "a\nb c & *d*"),
        ("3. three\n4. four", "three\nfour"),
        (">" * 40 + " deep", "Too much markup, so shown as it is:\n" + ">" * 40 + " deep"),
    ],
)
def test_markdown_as_a_document(qapp: object, markdown: str, shown: str) -> None:
    document = QTextDocument()
    write_markdown(document, markdown)
    assert document.toPlainText() == shown


def test_only_the_web_and_mail_are_links(qapp: object) -> None:
    document = QTextDocument()
    write_markdown(document, "[a](https://a.b) [c](mailto:d@e.f) [g](javascript:h) [i](/j)")
    html = document.toHtml()
    assert 'href="https://a.b"' in html
    assert 'href="mailto:d@e.f"' in html
    assert html.count("href") == 2


def test_foreign_text_is_plain_and_short_wherever_it_is_shown(qapp: object) -> None:
    assert clean("a\0b\rc\r\nd\u202ee\u2029f") == "a\ufffdb\nc\nd\ufffde\nf"
    assert clean("\u2067" * 200 + "a") == "a"
    assert len(short("a " * 50_000)) < 4100
    assert short("a" * 200, 300).count("\u200b") == 2
    assert "<img" not in tip("<img src='/dev/zero'>")
    assert on_button("R&D") == "R&&D"
    assert label("<b>bold</b>").textFormat() is Qt.TextFormat.PlainText


def test_a_chat_of_long_answers_opens_at_its_end_and_scrolls_to_its_beginning(
    qtbot: QtBot, window: Window, history: History
) -> None:
    chat = history.new_chat()
    for number in range(12):
        turn = new_turn()
        history.begin(turn, chat, f"Question {number}", (), None)
        history.end(turn, f"Answer {number} goes on. " * 600, Ended.DONE, NOTHING)
    window.actions_.open_chat(chat)
    transcript = window.parts.conversation.transcript
    bar = transcript.verticalScrollBar()
    turns = list(window.session.transcript)
    assert transcript.view_of(turns[-1].id) is not None
    assert transcript.view_of(turns[0].id) is None
    qtbot.waitUntil(lambda: bar.value() == bar.maximum() > 0)

    def at_first() -> bool:
        bar.setValue(0)
        return transcript.view_of(turns[0].id) is not None

    qtbot.waitUntil(at_first)
    transcript.go_down()
    qtbot.waitUntil(lambda: bar.value() == bar.maximum())
    assert transcript.view_of(turns[-1].id) is not None


def test_what_is_pasted_into_a_correction_is_cut(qtbot: QtBot) -> None:
    correction = Correction("a" * 10_000)
    qtbot.addWidget(correction)
    assert len(correction.text.toPlainText()) == 6000
    correction.text.clear()
    QGuiApplication.clipboard().setText("b" * 100_000)
    correction.text.paste()
    assert correction.text.toPlainText() == "b" * 6000
