"""The key that is held to talk, seen before any widget, and Space where nothing is typed."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QKeyCombination, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QScrollArea, QTextBrowser, QWidget

from desktop.voice.push_to_talk import TalkButton

# A held key repeats as up and down; under X with an input method Qt does not always say that it is
# a repetition. The pair comes within a few milliseconds, a finger is slower.
_REPEAT_MS = 50


class TalkKey(QObject):
    """Presses and releases the talk button with a key of the whole window."""

    def __init__(self, window: QWidget, talk: TalkButton) -> None:
        super().__init__(window)
        self._window, self._talk = window, talk
        self._wanted: QKeyCombination | None = None
        self._down: int | None = None
        self._up = QTimer(self, singleShot=True, interval=_REPEAT_MS)
        self._up.timeout.connect(self._let_up)

    def watch(self) -> None:
        """Listen from now on: the window is there. Its QWindow sees keys before any widget."""
        self._window.winId()
        handle = self._window.windowHandle()
        if handle is not None:
            handle.removeEventFilter(self)
            handle.installEventFilter(self)

    def let_go(self) -> None:
        """The window lost the keyboard: a key that comes up will not be seen."""
        self._up.stop()
        self._down = None
        self._talk.release_hold()

    def set_key(self, key: str) -> None:
        """Listen to this key, written as in `Ctrl+Space`; empty for none but Space."""
        sequence = QKeySequence(key)
        self._wanted = sequence[0] if sequence.count() else None  # type: ignore[index]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Part of QObject. What is taken here goes to no widget."""
        kind = event.type()
        if not isinstance(event, QKeyEvent):
            return False
        if kind == QEvent.Type.KeyPress:
            return self._pressed(event)
        return kind == QEvent.Type.KeyRelease and self._released(event)

    def _pressed(self, event: QKeyEvent) -> bool:
        if event.key() == self._down:
            self._up.stop()
            return True
        if event.isAutoRepeat() or not self._matches(event) or not self._here():
            return False
        self._down = event.key()
        self._talk.press()
        return True

    def _released(self, event: QKeyEvent) -> bool:
        if self._down is None or event.key() != self._down:
            return False
        if not event.isAutoRepeat():
            self._up.start()
        return True

    def _let_up(self) -> None:
        self._down = None
        self._talk.release()

    def _matches(self, event: QKeyEvent) -> bool:
        if self._wanted is not None and event.keyCombination() == self._wanted:
            return True
        plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        return plain and event.key() == Qt.Key.Key_Space and _nothing_typed()

    def _here(self) -> bool:
        return (
            self._talk.isEnabled()
            and self._talk.isVisible()
            and QApplication.activeModalWidget() is None
            and QApplication.activePopupWidget() is None
        )


def _nothing_typed() -> bool:
    focus = QApplication.focusWidget()
    return focus is None or isinstance(focus, (QScrollArea, QTextBrowser))
