"""Types into a field as a keyboard does: by key and input method events, so that Undo works."""

from __future__ import annotations

from typing import TypeGuard

from PySide6.QtCore import QCoreApplication, QEvent, QRect, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QTextCharFormat
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QTextEdit, QWidget

from desktop.kiosk.keyboard.layouts import Action, Page

Field = QLineEdit | QPlainTextEdit | QTextEdit
KEYS = {
    Action.DELETE: Qt.Key.Key_Backspace,
    Action.ENTER: Qt.Key.Key_Return,
    Action.LEFT: Qt.Key.Key_Left,
    Action.RIGHT: Qt.Key.Key_Right,
    Action.UP: Qt.Key.Key_Up,
    Action.DOWN: Qt.Key.Key_Down,
}
_TEXTS = {Action.DELETE: "\b", Action.ENTER: "\r"}
_HINT = Qt.InputMethodHint
_NUMBERS = _HINT.ImhDigitsOnly | _HINT.ImhFormattedNumbersOnly | _HINT.ImhDialableCharactersOnly
_LATIN = _HINT.ImhHiddenText | _HINT.ImhLatinOnly | _HINT.ImhUrlCharactersOnly


def editable(widget: object) -> TypeGuard[Field]:
    """Whether it is a field that can be typed into now."""
    fields = (QLineEdit, QPlainTextEdit, QTextEdit)
    return isinstance(widget, fields) and widget.isEnabled() and not widget.isReadOnly()


def first_page(field: QWidget) -> Page:
    """The page that a field of this kind wants first."""
    hints = field.inputMethodHints()
    if hints & _HINT.ImhEmailCharactersOnly:
        return Page.EMAIL
    return Page.SYMBOLS if hints & _NUMBERS else Page.LETTERS


def latin_only(field: QWidget) -> bool:
    """Whether nothing may be composed in it: a password, an address."""
    return bool(field.inputMethodHints() & (_LATIN | _HINT.ImhEmailCharactersOnly | _NUMBERS))


def type_text(field: QWidget, text: str) -> None:
    """Type what a Latin keyboard has key by key, and hand over the rest as an input method does."""
    if not text.isascii():
        commit(field, text)
        return
    for letter in text:
        shift = Qt.KeyboardModifier.ShiftModifier
        held = shift if letter.isupper() else Qt.KeyboardModifier.NoModifier
        _press(field, ord(letter.upper()), held, letter)


def press(field: QWidget, action: Action) -> None:
    """Press a key that types no letter."""
    _press(field, KEYS[action], Qt.KeyboardModifier.NoModifier, _TEXTS.get(action, ""))


def compose(field: QWidget, typed: str) -> None:
    """Show what is being composed at the caret, underlined; empty takes it away."""
    form = QTextCharFormat()
    form.setFontUnderline(True)
    kinds = QInputMethodEvent.AttributeType
    marks = [
        QInputMethodEvent.Attribute(kinds.TextFormat, 0, len(typed), form),
        QInputMethodEvent.Attribute(kinds.Cursor, len(typed), 1, None),
    ]
    QCoreApplication.sendEvent(field, QInputMethodEvent(typed, marks if typed else []))


def commit(field: QWidget, text: str) -> None:
    """Put composed text in; it stands in for the selection, and is undone as one."""
    event = QInputMethodEvent("", [])
    event.setCommitString(text)
    QCoreApplication.sendEvent(field, event)


def caret(field: QWidget) -> QRect:
    """Where the caret is, in the field's coordinates."""
    where = field.inputMethodQuery(Qt.InputMethodQuery.ImCursorRectangle)
    return QRect(where.toRect()) if hasattr(where, "toRect") else QRect(where)


def _press(field: QWidget, key: int, held: Qt.KeyboardModifier, text: str) -> None:
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QCoreApplication.sendEvent(field, QKeyEvent(kind, key, held, text))
