"""The on-screen keyboard types, scans, keeps the focus and never covers the field."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from agent.settings import Settings
from desktop import theme
from desktop.conversation.panel import ConversationPanel
from desktop.kiosk.keyboard import TWO_SWITCHES, KeyboardDock, OnScreenKeyboard, Scanning
from desktop.kiosk.keyboard.field_input import Field
from desktop.kiosk.keyboard.key_button import KeyButton
from desktop.kiosk.keyboard.layouts import Action, Page
from tests.desktop.lint import faults

LANGUAGES = ("en", "zh")


class Form(QWidget):
    """Three kinds of fields, far apart, and a button."""

    def __init__(self) -> None:
        super().__init__()
        self.line, self.plain, self.rich = QLineEdit(), QPlainTextEdit(), QTextEdit()
        self.button = QPushButton("Next")
        column = QVBoxLayout(self)
        for field in (self.line, self.plain, self.rich):
            column.addWidget(field)
            field.setMinimumHeight(60)
            column.addSpacing(150)
        column.addWidget(self.button)
        self.last = QLineEdit()
        column.addWidget(self.last)


@pytest.fixture
def form() -> Form:
    """What is filled in."""
    return Form()


@pytest.fixture
def dock(qtbot: QtBot, qapp: QApplication, form: Form) -> Iterator[KeyboardDock]:
    """The form with a keyboard, 1280 by 800, the first field focused."""
    theme.apply(qapp, Settings(theme="light"))
    dock = KeyboardDock(form, OnScreenKeyboard(LANGUAGES))
    qtbot.addWidget(dock)
    dock.resize(1280, 800)
    with qtbot.waitExposed(dock):
        dock.show()
    dock.activateWindow()
    form.line.setFocus()
    qtbot.waitUntil(dock.keyboard.isVisible)
    yield dock
    dock.keyboard.set_scanning(None)


def key(dock: KeyboardDock, named: str) -> KeyButton:
    """The key with this accessible name on the page that is shown."""
    rows = dock.keyboard.key_rows()
    return next(each for row in rows for each in row if each.accessibleName() == named)


def click(dock: KeyboardDock, *names: str) -> None:
    """Click keys one after the other."""
    for name in names:
        QTest.mouseClick(key(dock, name), Qt.MouseButton.LeftButton)


def text_of(field: Field) -> str:
    """What a field holds."""
    return field.text() if isinstance(field, QLineEdit) else field.toPlainText()


@pytest.mark.parametrize("which", ["line", "plain", "rich"])
@pytest.mark.parametrize("page", list(Page))
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_key_types_what_it_shows(
    dock: KeyboardDock, form: Form, language: str, page: Page, which: str
) -> None:
    field: Field = getattr(form, which)
    field.setFocus()
    dock.keyboard.set_language(language)
    dock.keyboard.show_page(page)
    typed = [each for row in dock.keyboard.key_rows() for each in row if each.key.text.strip()]
    composed = language == "zh" and page is Page.LETTERS
    for button in typed:
        field.clear()
        button.click()
        if composed and button.key.text.isascii():
            assert text_of(field) == ""
            dock.keyboard.press(_enter(dock).key)
        assert text_of(field) == button.key.text
        assert field.hasFocus()


def _enter(dock: KeyboardDock) -> KeyButton:
    return key(dock, "Enter")


def test_shift_types_one_capital_and_twice_locks(dock: KeyboardDock, form: Form) -> None:
    click(dock, "Shift", "capital H", "i", "Space", "Shift", "Shift")
    click(dock, "capital O", "capital K", "Capitals lock", "a")
    assert form.line.text() == "Hi OKa"


def test_the_selection_is_replaced_and_undo_brings_it_back(dock: KeyboardDock, form: Form) -> None:
    form.line.setText("one two")
    form.line.setSelection(0, 3)
    click(dock, "x")
    assert (form.line.text(), form.line.cursorPosition()) == ("x two", 1)
    form.line.undo()
    assert form.line.text() == "one two"
    click(dock, "Right", "Left", "Left", "Delete")
    assert len(form.line.text()) == 6


def test_delete_repeats_while_it_is_held(dock: KeyboardDock, form: Form, qtbot: QtBot) -> None:
    form.line.setText("a long text")
    button = key(dock, "Delete")
    button.setAutoRepeatDelay(5)
    button.setAutoRepeatInterval(5)
    QTest.mousePress(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: form.line.text() == "")
    QTest.mouseRelease(button, Qt.MouseButton.LeftButton)


def test_a_finger_types_and_leaves_the_focus(dock: KeyboardDock, form: Form, qtbot: QtBot) -> None:
    screen = QTest.createTouchDevice()
    button, touched = key(dock, "k"), dock.windowHandle()
    place = button.mapTo(dock, button.rect().center())
    down = QTest.touchEvent(touched, screen)
    down.press(0, place, touched)
    down.commit()
    up = QTest.touchEvent(touched, screen)
    up.release(0, place, touched)
    up.commit()
    qtbot.waitUntil(lambda: form.line.text() == "k")
    assert form.line.hasFocus()


def test_a_long_pinyin_leaves_room_for_candidates(dock: KeyboardDock, form: Form) -> None:
    dock.resize(800, 480)
    dock.keyboard.set_language("zh")
    for letter in "womenxiangkanzhanlan" * 2:
        dock.keyboard.press(key(dock, letter).key)
    assert dock.width() == 800
    click(dock, "我们想看展览我们想看展览")
    assert form.line.text() == "我们想看展览我们想看展览"


def test_enter_sends(dock: KeyboardDock, form: Form, qtbot: QtBot) -> None:
    with qtbot.waitSignal(form.line.returnPressed):
        click(dock, "Enter")


@pytest.mark.parametrize(("typed", "meant"), [("nihao", "你好"), ("zhongguo", "中国")])
@pytest.mark.parametrize("which", ["line", "plain", "rich"])
def test_pinyin_becomes_characters(
    dock: KeyboardDock, form: Form, typed: str, meant: str, which: str
) -> None:
    field: Field = getattr(form, which)
    field.setFocus()
    click(dock, "Next language", *typed)
    assert key(dock, meant).isVisible()
    click(dock, meant)
    assert text_of(field) == meant
    field.undo()
    assert text_of(field) == ""
    click(dock, *typed, "Space", "full stop")
    assert text_of(field) == f"{meant}。"


def test_pinyin_can_be_chosen_in_parts_and_taken_back(dock: KeyboardDock, form: Form) -> None:
    click(dock, "Next language", *"nihaox", "Delete")
    click(dock, "泥")
    assert form.line.text() == "泥"
    click(dock, "好")
    assert form.line.text() == "泥好"
    click(dock, *"ma", "Next language")
    assert form.line.text() == "泥好"


def test_a_password_is_not_composed(dock: KeyboardDock, form: Form) -> None:
    form.last.setEchoMode(QLineEdit.EchoMode.Password)
    dock.keyboard.set_language("zh")
    form.last.setFocus()
    click(dock, "a", "b")
    assert form.last.text() == "ab"


def test_a_field_for_mail_gets_its_page(dock: KeyboardDock, form: Form) -> None:
    form.last.setInputMethodHints(Qt.InputMethodHint.ImhEmailCharactersOnly)
    form.last.setFocus()
    assert dock.keyboard.page is Page.EMAIL
    click(dock, "a", "at sign", "b", ".com")
    assert form.last.text() == "a@b.com"


def scan(
    dock: KeyboardDock, name: str, step: Callable[[], None], press: Callable[[], None]
) -> None:
    """Choose a key by its row and its place."""
    rows = dock.keyboard.key_rows()
    row = next(n for n, each in enumerate(rows) if key(dock, name) in each)
    place = rows[row].index(key(dock, name))
    for _ in range(row):
        step()
    press()
    for _ in range(place):
        step()
    press()


def test_one_switch_types_a_word(dock: KeyboardDock, form: Form, qtbot: QtBot) -> None:
    keyboard, told = dock.keyboard, list[str]()
    keyboard.marked.connect(told.append)
    keyboard.set_scanning(Scanning(interval_ms=300))
    line = form.line

    def wait_for(names: str) -> Callable[[], None]:
        return lambda: qtbot.waitUntil(lambda: bool(told) and told[-1] == names, timeout=20_000)

    for letter in "we":
        wait_for("Row: q to p")()
        QTest.keyClick(line, Qt.Key.Key_Space)
        wait_for(letter)()
        QTest.keyClick(line, Qt.Key.Key_Space)
    assert line.text() == "we"
    assert line.hasFocus()


def test_two_switches_type_a_word_also_in_pinyin(dock: KeyboardDock, form: Form) -> None:
    line = form.line
    dock.keyboard.set_scanning(TWO_SWITCHES)

    def step() -> None:
        QTest.keyClick(line, Qt.Key.Key_Space)

    def choose() -> None:
        QTest.keyClick(line, Qt.Key.Key_Return)

    for name in "no":
        scan(dock, name, step, choose)
    assert line.text() == "no"
    scan(dock, "Next language", step, choose)
    for name in ("n", "i", "你"):
        scan(dock, name, step, choose)
    assert line.text() == "no你"
    dock.keyboard.set_scanning(None)
    step()
    assert line.text() == "no你 "


def test_a_row_that_is_not_chosen_from_is_left(dock: KeyboardDock, form: Form) -> None:
    told, life = list[str](), list[bool]()
    dock.keyboard.marked.connect(told.append)
    dock.keyboard.switched.connect(lambda: life.append(True))
    dock.keyboard.set_scanning(TWO_SWITCHES)
    QTest.keyClick(form.line, Qt.Key.Key_Return)
    for _ in range(20):
        QTest.keyClick(form.line, Qt.Key.Key_Space)
    assert told[0] == told[-1] == "Row: q to p"
    assert told.count("p") == 2
    assert len(life) == 21


@pytest.mark.parametrize("size", [(800, 480), (1280, 800)])
@pytest.mark.parametrize("which", ["line", "plain", "rich", "last"])
@pytest.mark.parametrize("page", [Page.LETTERS, Page.EMAIL])
def test_the_field_is_never_covered(
    *, dock: KeyboardDock, form: Form, qtbot: QtBot, size: tuple[int, int], which: str, page: Page
) -> None:
    dock.resize(*size)
    dock.keyboard.set_language("zh")
    field: QWidget = getattr(form, which)
    form.button.setFocus()
    field.setFocus()
    dock.keyboard.show_page(page)

    def is_clear() -> bool:
        where = QRect(field.mapTo(dock, QPoint()), field.size())
        return dock.rect().contains(where) and where.bottom() < dock.keyboard.y()

    qtbot.waitUntil(is_clear)
    assert dock.size().toTuple() == size
    least = 48 if size[1] == 800 else 40
    for button in (each for row in dock.keyboard.key_rows() for each in row):
        assert button.height() >= least and button.width() >= least, button.accessibleName()
        assert dock.rect().contains(QRect(button.mapTo(dock, QPoint()), button.size()))
        assert button.accessibleName()


def test_the_composer_is_seen_whole_with_its_buttons(qtbot: QtBot, qapp: QApplication) -> None:
    theme.apply(qapp, Settings(theme="dark"))
    panel = ConversationPanel(lambda _: (), lambda _: ())
    dock = KeyboardDock(panel, OnScreenKeyboard(["zh", "en"]))
    qtbot.addWidget(dock)
    dock.resize(800, 480)
    with qtbot.waitExposed(dock):
        dock.show()
    dock.activateWindow()
    panel.composer.focus_text()
    qtbot.waitUntil(dock.keyboard.isVisible)
    composer = panel.composer

    def is_clear() -> bool:
        bottom = composer.mapTo(dock, composer.rect().bottomLeft()).y()
        return bottom < dock.keyboard.y() and composer.mapTo(dock, QPoint()).y() >= 0

    qtbot.waitUntil(is_clear)
    with qtbot.waitSignal(composer.sent) as sent:
        click(dock, *"nihao", "你好", "Enter")
    assert sent.args is not None and sent.args[0] == "你好"


def test_the_keyboard_comes_and_goes_with_the_focus(
    dock: KeyboardDock, form: Form, qtbot: QtBot
) -> None:
    form.button.setFocus()
    qtbot.waitUntil(lambda: not dock.keyboard.isVisible())
    form.plain.setFocus()
    qtbot.waitUntil(dock.keyboard.isVisible)
    click(dock, "Hide the keyboard")
    assert not dock.keyboard.isVisible() and form.plain.hasFocus()
    QTest.mouseClick(form.plain.viewport(), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(dock.keyboard.isVisible)
    form.line.setReadOnly(True)
    form.line.setFocus()
    qtbot.waitUntil(lambda: not dock.keyboard.isVisible())


def test_physical_keys_choose_keys(dock: KeyboardDock, form: Form) -> None:
    keyboard = dock.keyboard
    keyboard.setFocus(Qt.FocusReason.TabFocusReason)
    assert keyboard.isVisible()
    for pressed in (Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Return, Qt.Key.Key_Return):
        QTest.keyClick(keyboard, pressed)
    assert form.line.text() in ("ss", "dd")
    QTest.keyClick(keyboard, Qt.Key.Key_Escape)
    assert form.line.hasFocus()


def test_physical_keys_reach_pages_and_candidates(dock: KeyboardDock, form: Form) -> None:
    keyboard, told = dock.keyboard, list[str]()
    keyboard.marked.connect(told.append)
    keyboard.setFocus(Qt.FocusReason.TabFocusReason)

    def go_to(name: str) -> None:
        rows = keyboard.key_rows()
        row = next(n for n, each in enumerate(rows) if key(dock, name) in each)
        for move, most in ((Qt.Key.Key_Down, row), (Qt.Key.Key_Right, 30)):
            for _ in range(most):
                if told[-1] != name:
                    QTest.keyClick(keyboard, move)
        QTest.keyClick(keyboard, Qt.Key.Key_Return)

    go_to("Digits and signs")
    go_to("2")
    keyboard.set_language("zh")
    keyboard.show_page(Page.LETTERS)
    for letter in "ni":
        keyboard.press(key(dock, letter).key)
    QTest.keyClick(keyboard, Qt.Key.Key_Up)
    go_to("你")
    assert form.line.text() == "2你"


@pytest.mark.parametrize("scale", [1.0, 2.0])
@pytest.mark.parametrize("name", ["light", "dark", "contrast"])
def test_no_key_is_cut(
    dock: KeyboardDock, qapp: QApplication, qtbot: QtBot, scale: float, name: str
) -> None:
    theme.apply(qapp, Settings(theme=name, text_scale=scale))
    dock.resize(800, 480)
    for language in LANGUAGES:
        dock.keyboard.set_language(language)
        for page in Page:
            dock.keyboard.show_page(page)
            dock.keyboard.fit(480)
            qtbot.wait(1)
            assert faults(dock.keyboard) == []
            assert dock.keyboard.height() < 300


def test_candidates_can_be_turned_while_scanning(dock: KeyboardDock, form: Form) -> None:
    dock.keyboard.set_language("zh")
    click(dock, "s", "h", "i")
    dock.keyboard.set_scanning(TWO_SWITCHES)
    first = dock.keyboard.key_rows()[0][0].accessibleName()
    click(dock, "More candidates")
    assert dock.keyboard.key_rows()[0][0].accessibleName() != first
    click(dock, "Earlier candidates")
    QTest.keyClick(form.line, Qt.Key.Key_Return)
    QTest.keyClick(form.line, Qt.Key.Key_Return)
    assert form.line.text() == first


def test_the_field_may_go_away(dock: KeyboardDock, form: Form, qtbot: QtBot) -> None:
    form.last.setFocus()
    form.last.deleteLater()
    qtbot.waitUntil(lambda: dock.keyboard.field is None or not dock.keyboard.isVisible())
    click_all = [each for row in dock.keyboard.key_rows() for each in row]
    for button in click_all:
        if button.key.action is not Action.HIDE and button.key.page is None:
            dock.keyboard.press(button.key)
    assert dock.keyboard.field is not form.last
