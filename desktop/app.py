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
    from PySide6.QtWidgets import QApplication

    from agent.memory.history import History
    from desktop.session.children import Children
    from desktop.session.instance import Wish
    from desktop.window.main import Window
    from desktop.window.window_set import WindowSet

_BREATH_MS = 500


def run_window(words: Sequence[str] = (), *, quick: bool = False) -> int:
    """Open the window, or with `quick` the bar for a quick question, and stay until it is closed.

    Returns the exit code. Where Candor runs already, that one comes up, and this one is done.
    UserError where there is no display, no place for data, or a Candor that does not answer.
    """
    check_display(os.environ)
    try:
        from PySide6.QtWidgets import QApplication

        from desktop.session.instance import Wish, lock_or_ask
    except ImportError as error:
        raise UserError(DesktopCode.QT_NOT_LOADED, reason=error) from error
    settings_file = user_settings.config_folder() / "settings.toml"
    told: list[UserError] = []
    settings = user_settings.load(settings_file, told.append)
    data = user_settings.data_folder()
    wish = Wish.QUICK if quick else Wish.OPEN
    lock = lock_or_ask(data, wish)
    if lock is None:
        return 0
    app = QApplication([sys.argv[0], *words])
    app.setApplicationName("candor")
    app.setApplicationDisplayName("Candor")
    app.setDesktopFileName("candor")
    try:
        return _show(app, settings, (settings_file, data), told, wish)
    finally:
        lock.unlock()


def _show(
    app: QApplication,
    settings: user_settings.Settings,
    places: tuple[Path, Path],
    told: Sequence[UserError],
    wish: Wish,
) -> int:
    from desktop import i18n, theme
    from desktop.session.children import Children
    from desktop.session.instance import OtherStarts, Wish
    from desktop.session.sharing.router import Router
    from desktop.window.quick.access import QuickAccess
    from desktop.window.window_set import WindowSet

    i18n.install(app, settings.interface_language)
    theme.apply(app, settings)
    app.setQuitOnLastWindowClosed(False)
    settings_file, data = places
    children = Children(data / "logs")
    history = LazyHistory(data / "history.db")
    router = Router(children)
    files = (settings_file, data / "window.json")
    windows = WindowSet(settings, files, history, router, functools.partial(theme.apply, app))
    access = QuickAccess(windows, router, history)
    starts = OtherStarts(data)
    starts.wished.connect(access.obey)
    for end in (starts.close, access.close, app.quit):
        windows.ended.connect(end)
    window = windows.make()
    quit_on_signals(app, windows.quit)

    def begin() -> None:
        _begin(windows, children, history, told)
        access.follow(settings)

    if wish is Wish.QUICK:
        window.rest()
        begin()
        access.ask()
    else:
        after_first_paint(window, begin)
        window.show()
    try:
        return app.exec()
    finally:
        children.close()
        history.close()


def _begin(
    windows: WindowSet, children: Children, history: LazyHistory, told: Sequence[UserError]
) -> None:
    from desktop.window.retention import Retention

    window = windows.front
    window.begin()
    retention = Retention(lambda: windows.windows, history)
    windows.settings_changed.connect(retention.follow)
    retention.begin()
    for error in told:
        window.arrivals.handle_event(Failed("", error.notice))
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


def quit_on_signals(app: QApplication, end: Callable[[], None]) -> None:
    """Call `end` where the system asks the program to end."""
    from PySide6.QtCore import QTimer

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: end())
    # Python runs its handlers only between its own instructions: give it some.
    breath = QTimer(app)
    breath.timeout.connect(lambda: None)
    breath.start(_BREATH_MS)
