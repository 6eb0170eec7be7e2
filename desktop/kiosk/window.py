"""The window that fills the screen and stays: it cannot be closed, moved, covered or left."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QColor, QGuiApplication, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop import theme
from desktop.kiosk.keyboard import KeyboardDock, OnScreenKeyboard
from desktop.kiosk.pages.buttons import large_button
from desktop.kiosk.words import own_name
from desktop.widgets import icons
from desktop.widgets.labels import label

GUARD_MS = 500


def standing_flags() -> Qt.WindowType:
    """Full screen without a frame; on X11 out of the window manager's reach, and so of its keys."""
    flags = Qt.WindowType.Window | Qt.WindowType.FramelessWindowHint
    flags |= Qt.WindowType.WindowStaysOnTopHint
    if QGuiApplication.platformName() == "xcb":
        flags |= Qt.WindowType.X11BypassWindowManagerHint
    return flags


class Shade(QWidget):
    """Darkens what lies below it, and lets every touch through."""

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self._over, self.light = over, 1.0
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def show_light(self, light: float) -> None:
        """How much of the light comes through."""
        self.light = light
        self.setVisible(light < 1)
        self.setGeometry(self._over.rect())
        self.raise_()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        QPainter(self).fillRect(self.rect(), QColor.fromRgbF(0.0, 0.0, 0.0, 1 - self.light))


class KioskWindow(QWidget):
    """Shows one page, and below it the languages and, while it ends, the countdown.

    `language_chosen` carries a code.
    """

    language_chosen = Signal(str)

    def __init__(
        self, languages: tuple[str, ...], keyboard: OnScreenKeyboard | None = None
    ) -> None:
        super().__init__(None, standing_flags())
        self.setProperty("kind", "page")
        self.setWindowTitle("Candor")
        self.setWindowIcon(icons.app_icon())
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self._may_close = self._resting = False
        self._stack = QStackedWidget()
        self.countdown = label("", "heading")
        self.countdown.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.countdown.hide()
        self._keyboard = keyboard
        bar = QHBoxLayout()
        bar.addStretch()
        self.languages = {
            code: large_button(own_name(code), partial(self.language_chosen.emit, code))
            for code in languages
        }
        for button in self.languages.values():
            button.setVisible(len(languages) > 1)
            bar.addWidget(button)
        bar.addStretch()
        column = QVBoxLayout(self)
        pages = self._stack if keyboard is None else KeyboardDock(self._stack, keyboard)
        column.addWidget(pages, 1)
        column.addWidget(self.countdown)
        column.addLayout(bar)
        self._shade = Shade(self)
        self._guard = QTimer(self, interval=GUARD_MS)
        self._guard.timeout.connect(self.stand)

    @property
    def page(self) -> QWidget | None:
        """What is shown."""
        return self._stack.currentWidget()

    def show_page(self, page: QWidget, *, types: bool = False) -> None:
        """Show another page, and let go of the one before; `types` where one types in it."""
        before = self._stack.currentWidget()
        self._stack.addWidget(page)
        self._stack.setCurrentWidget(page)
        if before is not None:
            self._stack.removeWidget(before)
            before.deleteLater()
        if self._keyboard is not None and not types:
            self._keyboard.set_field(None)
        page.setFocus()

    def show_language(self, code: str) -> None:
        """The language that is spoken now."""
        if self._keyboard is not None:
            self._keyboard.set_language(code)
        for each, button in self.languages.items():
            theme.set_kind(button, "primary" if each == code else "")

    def show_countdown(self, text: str) -> None:
        """Words about the end that is near; empty for none."""
        self.countdown.setText(text)
        self.countdown.setVisible(bool(text))

    def show_light(self, light: float) -> None:
        """How bright the pages are, from 0.1 to 1."""
        self._shade.show_light(light)

    def open(self) -> None:
        """Fill the screen, from now on."""
        self.setGeometry(self.screen().geometry())
        if QGuiApplication.platformName() == "xcb":
            self.show()
        else:
            self.showFullScreen()
        self.stand()
        self._guard.start()

    def stand(self) -> None:
        """Be in front, over the whole screen, with the keyboard; looked at every `GUARD_MS`."""
        if self._resting:
            self._hold(QApplication.activeModalWidget())
            return
        if self.isMinimized() or not self.isVisible():
            self.showFullScreen()
        whole = self.screen().geometry()
        if self.geometry() != whole:
            self.setGeometry(whole)
        self._hold(self)

    def rest(self, on: bool) -> None:
        """Let a dialog of the admin be in front, or no longer."""
        self._resting = on
        if on:
            # What the window manager shows stands below a window that is none of its own.
            self.lower()
        handle = self.windowHandle()
        if on and handle is not None:
            handle.setKeyboardGrabEnabled(False)

    def _hold(self, widget: QWidget | None) -> None:
        """Put a window in front, and let it alone have the keyboard."""
        if widget is None:
            return
        widget.raise_()
        widget.activateWindow()
        handle = widget.windowHandle()
        if handle is not None and QGuiApplication.platformName() != "offscreen":
            # While it is grabbed, no key of the window manager works. It is refused while another
            # holds it, so it is asked for again.
            handle.setKeyboardGrabEnabled(True)

    def leave(self) -> None:
        """The admin, or the system, ends the kiosk."""
        self._may_close = True
        self._guard.stop()
        self.rest(True)
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802
        """Nobody else closes it."""
        event.setAccepted(self._may_close)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Come back at once from being minimised or left."""
        super().changeEvent(event)
        kinds = (QEvent.Type.WindowStateChange, QEvent.Type.ActivationChange)
        if event.type() in kinds and self._guard.isActive():
            QTimer.singleShot(0, self, self.stand)
