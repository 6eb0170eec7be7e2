"""The user's words in the settings: shown, added and removed by the mind, which alone writes."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot

from agent.commands import ForgetWord, LearnWord
from agent.events import WordList
from agent.settings import Settings
from agent.speech.vocabulary import Entry
from desktop import theme
from desktop.settings.vocabulary import VocabularyEditor
from perception.messages import plain
from tests.desktop import reading

_SIOBHAN = Entry("1", "Siobhan", "Shivon", "Shivawn", "2026-01-01T00:00:00+00:00")


@pytest.fixture
def words(qapp: QApplication, qtbot: QtBot) -> VocabularyEditor:
    theme.apply(qapp, Settings())
    made = VocabularyEditor()
    qtbot.addWidget(made)
    made.show_list(WordList((_SIOBHAN,)))
    made.show()
    return made


def _shown(words: VocabularyEditor) -> list[str]:
    QApplication.processEvents()
    return reading.words(words)


def _remove(words: VocabularyEditor, word: str) -> None:
    buttons = words.findChildren(QToolButton)
    next(b for b in buttons if b.accessibleName() == f"Remove {word}").click()


def test_words_are_shown_with_what_was_heard_and_how_they_are_said(words: VocabularyEditor) -> None:
    assert "Siobhan" in _shown(words)
    assert "not Shivon, said like Shivawn" in _shown(words)
    assert reading.nameless(words) == []
    assert reading.too_small(words) == []


def test_a_word_is_added_with_the_keyboard_alone(words: VocabularyEditor, qtbot: QtBot) -> None:
    asked: list[object] = []
    words.wanted.connect(asked.append)
    words.word.setFocus()
    QTest.keyClick(words.word, Qt.Key.Key_Return)
    assert asked == []
    QTest.keyClicks(words.word, " Kubernetes ")
    QTest.keyClicks(words.instead, "cuban eddies")
    QTest.keyClick(words.instead, Qt.Key.Key_Return)
    QTest.keyClick(words.instead, Qt.Key.Key_Return)
    assert asked == [LearnWord("Kubernetes", "cuban eddies", "")]
    assert words.word.text() == " Kubernetes "
    words.show_list(WordList((_SIOBHAN, Entry("2", "Kubernetes", "cuban eddies"))))
    assert words.word.text() == ""
    assert "Kubernetes" in _shown(words)


def test_a_word_is_removed(words: VocabularyEditor, qtbot: QtBot) -> None:
    with qtbot.waitSignal(words.wanted) as wanted:
        _remove(words, "Siobhan")
    assert wanted.args == [ForgetWord("1")]
    words.show_list(WordList(()))
    assert any("None yet" in text for text in _shown(words))


def test_what_the_mind_cannot_do_is_said_and_the_words_stay(words: VocabularyEditor) -> None:
    words.word.setText("New")
    QTest.keyClick(words.word, Qt.Key.Key_Return)
    words.show_list(WordList((), plain("The word list cannot be read.", "Mend that line.")))
    assert "The word list cannot be read. Mend that line." in _shown(words)
    assert not any("None yet" in text for text in _shown(words))
    assert words.word.text() == "New"
