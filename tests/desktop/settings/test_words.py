"""The user's words in the settings: shown, added, removed, and never lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot

from agent.settings import Settings
from agent.speech.vocabulary import Entry, load, save
from desktop import theme
from desktop.settings.vocabulary import Words
from tests.desktop import reading


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "words.toml"
    save([Entry("1", "Siobhan", "Shivon", "Shivawn", "2026-01-01T00:00:00+00:00")], file)
    return file


@pytest.fixture
def words(qapp: QApplication, qtbot: QtBot, file: Path) -> Words:
    theme.apply(qapp, Settings())
    made = Words(file)
    qtbot.addWidget(made)
    made.show()
    return made


def _shown(words: Words) -> list[str]:
    QApplication.processEvents()
    return reading.words(words)


def _remove(words: Words, word: str) -> None:
    buttons = words.findChildren(QToolButton)
    next(b for b in buttons if b.accessibleName() == f"Remove {word}").click()


def test_words_are_shown_with_what_was_heard_and_how_they_are_said(words: Words) -> None:
    assert "Siobhan" in _shown(words)
    assert "not Shivon, said like Shivawn" in _shown(words)
    assert reading.nameless(words) == []
    assert reading.too_small(words) == []


def test_a_word_is_added_with_the_keyboard_alone(words: Words, file: Path, qtbot: QtBot) -> None:
    words.word.setFocus()
    with qtbot.assertNotEmitted(words.changed):
        QTest.keyClick(words.word, Qt.Key.Key_Return)
    QTest.keyClicks(words.word, " Kubernetes ")
    QTest.keyClicks(words.instead, "cuban eddies")
    with qtbot.waitSignal(words.changed):
        QTest.keyClick(words.instead, Qt.Key.Key_Return)
    new = load(file)[-1]
    assert (new.word, new.instead_of, new.said_as) == ("Kubernetes", "cuban eddies", "")
    assert new.id
    assert words.word.text() == ""
    assert "Kubernetes" in _shown(words)


def test_a_word_is_removed(words: Words, file: Path, qtbot: QtBot) -> None:
    with qtbot.waitSignal(words.changed):
        _remove(words, "Siobhan")
    assert load(file) == ()
    assert any("None yet" in text for text in _shown(words))


def test_what_another_learned_meanwhile_is_kept(words: Words, file: Path) -> None:
    save([*load(file), Entry("2", "Niamh")], file)
    words.show_list()
    assert "Niamh" in _shown(words)
    save([*load(file), Entry("3", "Aoife")], file)
    _remove(words, "Siobhan")
    assert [entry.word for entry in load(file)] == ["Niamh", "Aoife"]


def test_a_damaged_file_is_said_and_not_written_over(words: Words, file: Path) -> None:
    file.write_text("[[entry]\n")
    words.show_list()
    assert any("cannot be read" in text for text in _shown(words))
    words.word.setText("New")
    QTest.keyClick(words.word, Qt.Key.Key_Return)
    assert file.read_text() == "[[entry]\n"
    assert words.word.text() == "New"
