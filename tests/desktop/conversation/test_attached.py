"""Long texts are attached: pasted, dropped, put back, sent, shown, found, and never cut."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot

from agent.attached_text import MOST_LETTERS, MOST_TEXTS, AttachedText
from agent.commands import Say
from agent.events import Asked
from agent.memory.history import History
from agent.settings import Settings
from desktop import theme
from desktop.conversation.attached.chip import TextChip
from desktop.conversation.attached.viewer import TextViewer
from desktop.conversation.chats.rows import found
from desktop.conversation.composer import Composer
from desktop.conversation.evidence_chip import chip_text
from desktop.session.unsent_texts import UnsentTexts
from desktop.window.main import Window
from perception.fusion import ATTACHED
from perception.types import Evidence, Where
from tests.desktop.window_script import Script
from tests.desktop.windowing import composer_of, open_chat, press, transcript_of

MINUTES = "Minutes of May\n" + "".join(f"Item {n}: nothing new.\n" for n in range(60))
TEXT = AttachedText("Minutes of May", MINUTES + "The treasurer is Olga.\n")


@pytest.fixture
def composer(qtbot: QtBot, qapp: QApplication) -> Iterator[Composer]:
    theme.apply(qapp, Settings(theme="light"))
    composer = Composer()
    composer.resize(560, 240)
    qtbot.addWidget(composer)
    composer.show()
    composer.focus_text()
    yield composer


def _paste(composer: Composer, text: str) -> None:
    data = QMimeData()
    data.setText(text)
    composer.text.insertFromMimeData(data)


def _undo(composer: Composer) -> None:
    QTest.keyClick(composer.text, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)


def _button(composer: Composer, name: str) -> QToolButton:
    every = composer.findChildren(QToolButton)
    return next(b for b in every if b.accessibleName().startswith(name) and not b.isHidden())


@pytest.mark.parametrize("text", [MINUTES, "word " * 401])
def test_a_long_paste_becomes_a_chip_that_says_what_it_is(composer: Composer, text: str) -> None:
    QTest.keyClicks(composer.text, "Who came?")
    _paste(composer, text)
    [attached] = composer.texts
    assert (composer.draft, attached.text) == ("Who came?", text)
    [chip] = composer.findChildren(TextChip)
    assert attached.title[:20] in chip.accessibleName()
    assert f"{attached.words:,} words" in chip.accessibleName()
    assert (f"{attached.lines} lines" in chip.accessibleName()) == (attached.lines > 1)


def test_a_short_paste_is_typed_and_a_long_one_is_told(composer: Composer) -> None:
    told = list[str]()
    composer.announced.connect(told.append)
    _paste(composer, "word " * 100)
    assert composer.texts == () and composer.draft == "word " * 100 and told == []
    _paste(composer, MINUTES)
    assert "Attached: Minutes of May" in told[0]


def test_undo_right_after_puts_it_into_the_field(composer: Composer) -> None:
    _paste(composer, MINUTES)
    _undo(composer)
    assert composer.texts == () and composer.draft == MINUTES
    _undo(composer)
    assert composer.draft == ""


def test_undo_after_more_was_typed_undoes_that(composer: Composer) -> None:
    _paste(composer, MINUTES)
    QTest.keyClicks(composer.text, "a")
    _undo(composer)
    assert composer.draft == "" and len(composer.texts) == 1


def test_what_is_too_long_for_the_field_stays_attached_and_says_why(composer: Composer) -> None:
    _paste(composer, "word " * 5000)
    _button(composer, "Put it in the field").click()
    assert len(composer.texts) == 1 and "25,000" in composer.noted


def test_it_is_removed_read_and_sent(qtbot: QtBot, composer: Composer) -> None:
    sent, opened = list[object](), list[AttachedText]()
    composer.sent.connect(lambda *all_: sent.append(all_))
    composer.text_opened.connect(opened.append)
    _paste(composer, MINUTES)
    _paste(composer, MINUTES.upper())
    _button(composer, "Remove this text").click()
    [attached] = composer.texts
    assert attached.text == MINUTES.upper()
    QApplication.processEvents()
    [chip] = [chip for chip in composer.findChildren(TextChip) if chip.isVisible()]
    chip.click()
    assert opened == [attached]
    assert composer.stops()[0] is chip
    QTest.keyClick(composer.text, Qt.Key.Key_Return)
    assert sent == [("", (), (attached,))] and composer.texts == ()


def test_too_many_and_too_long_are_refused_in_a_sentence(composer: Composer) -> None:
    told = list[str]()
    composer.trouble.connect(lambda message, hint: told.append(message))
    for number in range(MOST_TEXTS + 1):
        _paste(composer, f"{number} {MINUTES}")
    assert len(composer.texts) == MOST_TEXTS and str(MOST_TEXTS) in told[0]
    composer.set_draft("")
    _paste(composer, "x" * (MOST_LETTERS + 1))
    assert composer.texts == () and "too long" in told[1]


def test_text_files_are_dropped_beside_pictures(composer: Composer, tmp_path: Path) -> None:
    told = list[str]()
    composer.trouble.connect(lambda message, hint: told.append(message))
    drop, names = QMimeData(), ("notes.md", "odd.unknown", "binary.bin", "broken.txt")
    for name, data in zip(names, (b"# Notes", "ünder".encode(), b"\0\1", b"\0"), strict=True):
        (tmp_path / name).write_bytes(data)
    drop.setUrls([QUrl.fromLocalFile(str(tmp_path / name)) for name in names])
    composer.text.insertFromMimeData(drop)
    assert [text.title for text in composer.texts] == ["notes.md", "odd.unknown"]
    assert [("binary.bin" in told[0]), ("broken.txt" in told[1])] == [True, True]


def test_a_paste_of_20000_lines_is_laid_out_nowhere(composer: Composer) -> None:
    text = "".join(f"line {n} of a very long log with some words in it\n" for n in range(20_000))
    began = time.process_time()
    _paste(composer, text)
    QApplication.processEvents()
    took = time.process_time() - began
    assert composer.texts[0].text == text and composer.draft == ""
    plain = time.process_time()
    text.upper().lower().split()
    # Against work on the same text, for machines differ.
    assert took < 60 * max(time.process_time() - plain, 0.005)


def _asked(window: Window, script: Script, words: str, answer: str) -> str:
    composer = composer_of(window)
    composer.set_draft(words, texts=[TEXT])
    composer.send()
    script.answer([answer])
    turn = transcript_of(window).newest
    assert turn is not None
    return turn.id


def test_it_is_on_the_question_and_kept_and_asked_again_with_it(
    window: Window, script: Script
) -> None:
    turn = _asked(window, script, "Who?", "Olga.")
    says = [command for command in script.mind if isinstance(command, Say)]
    assert says[-1].texts == (TEXT,)
    view = window.parts.conversation.transcript.view_of(turn)
    assert view is not None
    [chip] = view.question.findChildren(TextChip)
    assert "Minutes of May" in chip.accessibleName()
    window.session.again(turn)
    says = [command for command in script.mind if isinstance(command, Say)]
    assert says[-1].texts == (TEXT,) and says[-1].replaces == turn


def test_edit_brings_it_back_into_the_composer(window: Window, script: Script) -> None:
    turn = _asked(window, script, "Who?", "Olga.")
    window.actions_.edit(turn)
    assert composer_of(window).texts == (TEXT,) and composer_of(window).draft == "Who?"


def test_a_citation_opens_the_text_with_the_passage_marked(
    qtbot: QtBot, window: Window, script: Script
) -> None:
    turn = _asked(window, script, "Who?", "Olga.")
    begin = TEXT.text.index("The treasurer")
    words = TEXT.text[begin:]
    item = Evidence(
        2, ATTACHED, words, Where(TEXT.title, page=3, span=(begin, len(TEXT.text))), 1.0
    )
    assert chip_text(item) == "[2] your text: Minutes of May"
    window.actions_.show_passage(turn, item)
    [viewer] = window.findChildren(TextViewer)
    assert viewer.marked.strip() == "The treasurer is Olga."
    viewer.reject()


def test_find_reaches_attached_texts_and_what_is_folded(
    qtbot: QtBot, window: Window, script: Script
) -> None:
    long = "\n\n".join(f"Paragraph {n} tells of bread and of its crust." for n in range(900))
    turn = _asked(window, script, "Who is the treasurer?", long + "\n\nThe treasurer bakes.\n")
    press(window, "find")
    bar = window.search.bar
    QTest.keyClicks(bar.field, "treasurer")
    qtbot.waitUntil(lambda: window.search.ready, timeout=20_000)
    assert bar.counted == "1 of 3"
    window.search.step(1)
    view = window.parts.conversation.transcript.view_of(turn)
    assert view is not None
    qtbot.waitUntil(lambda: view.question.excerpt is not None)
    excerpt = view.question.excerpt
    assert excerpt is not None and "The treasurer is Olga." in excerpt.toPlainText()
    assert [each.cursor.selectedText() for each in excerpt.extraSelections()] == ["treasurer"]
    window.search.step(1)
    qtbot.waitUntil(lambda: view.question.excerpt is None)
    qtbot.waitUntil(lambda: _marked_in_answer(window, turn) == ["treasurer"], timeout=20_000)


def _marked_in_answer(window: Window, turn: str) -> list[str]:
    view = window.parts.conversation.transcript.view_of(turn)
    assert view is not None
    texts = [stop for stop in view.stops() if stop is not view.question.words]
    return [
        each.cursor.selectedText()
        for text in texts
        if hasattr(text, "extraSelections")
        for each in text.extraSelections()
    ]


def test_a_reopened_chat_has_it(window: Window, script: Script, history: History) -> None:
    chat = history.new_chat("Club")
    history.begin("t1", chat, "Who?", texts=(TEXT,))
    open_chat(window, chat)
    view = window.parts.conversation.transcript.view_of("t1")
    assert view is not None and view.turn.texts == (TEXT,)


def test_a_spoken_turn_takes_it(window: Window, script: Script, history: History) -> None:
    composer = composer_of(window)
    composer.set_draft("", texts=[TEXT])
    chat = history.new_chat()
    history.begin("t1", chat, "Who?", texts=(TEXT,))
    from perception.types import Transcript

    heard = Transcript("Who?", "en", 0.9, (), True)
    script.tell(Asked("t1", chat, "Who?", heard, (), None, None, 0, 1))
    assert composer.texts == ()
    turn = transcript_of(window).get("t1")
    assert turn is not None and turn.texts == (TEXT,)


def test_unsent_it_waits_in_its_chat_and_for_the_next_start(
    window: Window, script: Script, history: History, tmp_path: Path
) -> None:
    chat = history.new_chat("Club")
    composer = composer_of(window)
    composer.set_draft("Who", texts=[TEXT])
    open_chat(window, chat)
    assert list(composer.texts) == []
    open_chat(window, None)
    assert list(composer.texts) == [TEXT] and composer.draft == "Who"
    window.remember()
    assert UnsentTexts(tmp_path / "unsent").of("new") == (TEXT,)
    composer.send()
    assert UnsentTexts(tmp_path / "unsent").of("new") == ()


def test_a_damaged_file_of_unsent_texts_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "new.texts").write_bytes(b"\xc1")
    unsent = UnsentTexts(tmp_path)
    assert unsent.of("new") == () and unsent.of("../new") == ()


def test_a_search_of_all_chats_shows_the_words_of_the_text(history: History) -> None:
    history.begin("t1", history.new_chat("Club"), "Who?", texts=(TEXT,))
    [row] = found(history, "treasurer olga")
    assert row.turn == "t1" and row.excerpt is not None
    assert "treasurer is Olga" in row.excerpt.text
