"""Starts the window: first something to see, then the children and what takes time."""

from __future__ import annotations

import functools
import gc
import logging
import os
import signal
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from agent import settings as user_settings
from agent.events import Failed
from desktop.codes import DesktopCode
from desktop.window.display import check_display
from perception.types import UserError

if TYPE_CHECKING:
    from PySide6.QtCore import QLockFile
    from PySide6.QtWidgets import QApplication

    from agent.memory.history import History
    from desktop.session.children import Children
    from desktop.window.main import Window

_BREATH_MS = 500


def run_window(words: Sequence[str] = ()) -> int:
    """Open the window and stay until it is closed; returns the exit code.

    UserError where there is no display, no place for data, or a Candor already.
    """
    check_display(os.environ)
    try:
        from PySide6.QtWidgets import QApplication
    except ImportError as error:
        raise UserError(DesktopCode.QT_NOT_LOADED, reason=error) from error
    settings_file = user_settings.config_folder() / "settings.toml"
    told: list[UserError] = []
    settings = user_settings.load(settings_file, told.append)
    data = user_settings.data_folder()
    lock = only_one(data)
    app = QApplication([sys.argv[0], *words])
    app.setApplicationName("candor")
    app.setApplicationDisplayName("Candor")
    app.setDesktopFileName("candor")
    try:
        return _show(app, settings, settings_file, data, told)
    finally:
        lock.unlock()


def only_one(data: Path) -> QLockFile:
    """The lock that keeps a second window from the same data; UserError when there is one."""
    from PySide6.QtCore import QLockFile

    try:
        data.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError(
            DesktopCode.DATA_FOLDER_NOT_MADE, folder=data, reason=error.strerror
        ) from error
    lock = QLockFile(str(data / "candor.lock"))
    lock.setStaleLockTime(0)
    if lock.tryLock(0):
        return lock
    if lock.error() == QLockFile.LockError.LockFailedError:
        raise UserError(DesktopCode.ALREADY_OPEN)
    raise UserError(DesktopCode.DATA_FOLDER_NOT_WRITABLE, folder=data)


def _show(
    app: QApplication,
    settings: user_settings.Settings,
    settings_file: Path,
    data: Path,
    told: Sequence[UserError],
) -> int:
    from desktop import i18n, theme
    from desktop.session.children import Children
    from desktop.window.main import Window

    i18n.install(app, settings.interface_language)
    theme.apply(app, settings)
    children = Children(data / "logs")
    history = LazyHistory(data / "history.db")
    window = Window(settings, settings_file, data / "window.json", history, children)
    window.actions_.settings_changed.connect(functools.partial(theme.apply, app))
    window.closing.connect(app.quit)
    after_first_paint(window, functools.partial(_begin, window, children, history, told))
    window.show()
    _quit_on_signals(app)
    try:
        return app.exec()
    finally:
        children.close()
        history.close()


def _begin(
    window: Window, children: Children, history: LazyHistory, told: Sequence[UserError]
) -> None:
    from desktop.window.retention import Retention

    window.begin()
    retention = Retention(window, history)
    window.actions_.settings_changed.connect(retention.follow)
    retention.begin()
    for error in told:
        window.handle_event(Failed("", error.notice))
    try:
        children.ask_left(history())
    except UserError as error:
        # The window has told it: it read the chats before.
        logging.getLogger("candor.processes").warning("unsent questions wait: %s", error)
    # What stands now stays: the collector need not walk through it while an answer streams.
    gc.freeze()


class LazyHistory:
    """Opens the history at its first use, after the first paint."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._history: History | None = None

    def __call__(self) -> History:
        """The history."""
        if self._history is None:
            from agent.memory.history import History

            self._history = History(self._file)
        return self._history

    def close(self) -> None:
        """Let go of it, and remove for good what was deleted."""
        if self._history is not None:
            self._history.purge()
            self._history.close()


def after_first_paint(window: Window, do: Callable[[], None]) -> None:
    """Call `do` once the window has been drawn."""
    from PySide6.QtCore import QEvent, QObject, QTimer

    class Watch(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
            if event.type() == QEvent.Type.Paint:
                window.removeEventFilter(self)
                QTimer.singleShot(0, window, do)
            return False

    window.installEventFilter(Watch(window))


def _quit_on_signals(app: QApplication) -> None:
    from PySide6.QtCore import QTimer

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: app.quit())
    # Python runs its handlers only between its own instructions: give it some.
    breath = QTimer(app)
    breath.timeout.connect(lambda: None)
    breath.start(_BREATH_MS)
