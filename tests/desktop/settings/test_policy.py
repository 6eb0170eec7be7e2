"""The policy in the settings: told in words, changed by choices, held where it is locked."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from agent.settings import Settings
from desktop import theme
from desktop.settings.dialog import SettingsDialog
from desktop.settings.fields import Choice
from desktop.settings.policy.editor import PolicyEditor
from desktop.settings.policy.words import name_of
from safety.categories import Category
from safety.guard import load_guard
from safety.types import Action, Circumstance
from tests.desktop import reading


class Place:
    """A user's policy file and an administrator's, with an editor of them."""

    def __init__(self, folder: Path, qtbot: QtBot) -> None:
        self.file, self.admin = folder / "policy.toml", folder / "admin.toml"
        self._qtbot = qtbot

    def open(self, profile: str = "everyday") -> PolicyEditor:
        editor = PolicyEditor(self.file, profile, admin=self.admin)
        self._qtbot.addWidget(editor)
        editor.show()
        return editor


@pytest.fixture
def place(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Place:
    theme.apply(qapp, Settings())
    return Place(tmp_path, qtbot)


def unfold(editor: PolicyEditor, category: Category) -> dict[str, Choice]:
    row = editor.rows[category]
    if not row.button.isChecked():
        row.button.click()
    return row.choices


def choose(editor: PolicyEditor, category: Category, field: str, value: str) -> None:
    choice = unfold(editor, category)[field]
    index = choice.findData(value)
    assert index >= 0, f"{value} is not offered"
    choice.setCurrentIndex(index)
    choice.activated.emit(index)


def offered(editor: PolicyEditor, category: Category, field: str) -> list[str]:
    choice = unfold(editor, category)[field]
    return [str(choice.itemData(index)) for index in range(choice.count())]


def test_every_category_is_told_in_words(place: Place) -> None:
    editor = place.open()
    for category, row in editor.rows.items():
        assert row.said.text().endswith("."), category
        assert name_of(category) in reading.words(editor)
        unfold(editor, category)
    assert "Requests are refused." in editor.rows[Category.WEAPONS].said.text()
    assert "hidden from a server" in editor.rows[Category.PRIVACY].said.text()
    assert reading.nameless(editor) == []


def test_a_choice_is_written_and_the_guard_follows_it(place: Place) -> None:
    editor = place.open()
    choose(editor, Category.PRIVACY, "out", "block")
    guard = load_guard(place.file, administrator=place.admin)
    out = Circumstance("out", (), "everyday", "", "en_GB")
    assert guard.judge("Mail ann@corp.org now.", out).action is Action.BLOCK
    assert "held back" in editor.rows[Category.PRIVACY].said.text()
    assert "Personal data · In answers: Hide → Hold back" in editor.different.text()


def test_reset_brings_the_default_back_and_keeps_what_else_is_in_the_file(place: Place) -> None:
    place.file.write_text(
        'version = 2  # mine\n[general.failed]\nen = "Oh."\n[categories.hate]\nin = "allow"\n',
        encoding="utf-8",
    )
    editor = place.open()
    assert "Hate · Requests: Refuse → Allow" in editor.different.text()
    editor.reset.click()
    assert "Nothing is different" in editor.different.text()
    assert not editor.reset.isEnabled()
    kept = place.file.read_text("utf-8")
    assert "# mine" in kept and 'en = "Oh."' in kept and "hate" not in kept


def test_a_profile_shows_and_changes_its_own(place: Place) -> None:
    editor = place.open()
    assert "with a note first" in editor.rows[Category.SEXUAL].said.text()
    editor.set_profile("school")
    assert "Requests are refused." in editor.rows[Category.SEXUAL].said.text()
    choose(editor, Category.SEXUAL, "in", "advise")
    assert "with a note first" in editor.rows[Category.SEXUAL].said.text()
    editor.set_profile("clinic")
    assert "Requests are refused." in editor.rows[Category.SEXUAL].said.text()
    assert "only from documents" in editor.rows[Category.ADVICE_HEALTH].said.text()


def test_what_the_administrator_locks_is_told_and_can_only_be_made_stricter(place: Place) -> None:
    place.admin.write_text(
        'version = 2\nlocked = ["harassment"]\n[categories.harassment]\nin = "advise"\n',
        encoding="utf-8",
    )
    editor = place.open()
    assert str(place.admin) in editor.rows[Category.HARASSMENT].lock.text()
    assert offered(editor, Category.HARASSMENT, "in") == ["block", "advise"]
    assert offered(editor, Category.HARASSMENT, "threshold") == ["strict", "normal"]
    assert offered(editor, Category.HATE, "in") == ["block", "advise", "allow"]
    choose(editor, Category.HARASSMENT, "in", "block")
    assert "Requests are refused." in editor.rows[Category.HARASSMENT].said.text()


def test_sexual_content_about_children_is_fixed_for_everybody(place: Place) -> None:
    editor = place.open("adult_home")
    assert offered(editor, Category.MINORS, "in") == ["block"]
    assert not unfold(editor, Category.MINORS)["in"].isEnabled()
    assert "for everybody" in editor.rows[Category.MINORS].lock.text()


def test_a_pin_keeps_the_rules_until_it_is_typed(place: Place) -> None:
    editor = place.open()
    choose(editor, Category.CYBER, "in", "advise")
    assert not editor.lock.button.isEnabled()
    QTest.keyClicks(editor.lock.pin, "2468")
    editor.lock.button.click()
    assert "2468" not in place.file.read_text("utf-8")
    editor.close()

    again = place.open()
    assert again.lock.locked and not again.reset.isEnabled()
    assert offered(again, Category.CYBER, "in") == ["block", "advise"]
    choose(again, Category.CYBER, "in", "block")
    QTest.keyClicks(again.lock.pin, "1111")
    QTest.keyClick(again.lock.pin, Qt.Key.Key_Return)
    assert "not the PIN" in again.lock.said.text() and again.lock.locked
    QTest.keyClicks(again.lock.pin, "2468")
    QTest.keyClick(again.lock.pin, Qt.Key.Key_Return)
    assert not again.lock.locked
    assert offered(again, Category.CYBER, "in") == ["block", "advise", "allow"]
    again.lock.button.click()
    assert "pin" not in place.file.read_text("utf-8")
    assert not place.open().lock.locked


def test_a_broken_file_is_told_and_not_written_over(place: Place) -> None:
    place.file.write_text('version = 2\n[categories.hate]\nin = "shrug"\n', encoding="utf-8")
    before = place.file.read_bytes()
    editor = place.open()
    assert editor.trouble.isVisible() and "line 3" in editor.trouble.text()
    choose(editor, Category.HATE, "in", "allow")
    assert "was not changed" in editor.trouble.text()
    assert place.file.read_bytes() == before


def test_the_page_holds_it_and_follows_the_profile(qapp: QApplication, qtbot: QtBot) -> None:
    theme.apply(qapp, Settings())
    dialog = SettingsDialog(Settings())
    qtbot.addWidget(dialog)
    dialog.show_page("Safety")
    (editor,) = dialog.findChildren(PolicyEditor)
    profile = dialog.controls["profile"]
    assert isinstance(profile, Choice)
    index = profile.findData("school")
    profile.setCurrentIndex(index)
    profile.activated.emit(index)
    assert "Requests are refused." in editor.rows[Category.SEXUAL].said.text()
