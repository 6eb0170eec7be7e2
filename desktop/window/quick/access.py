"""What brings Candor up from elsewhere: the tray, the key, the quick bar, another start."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal

from agent.events import Asked
from agent.memory.history import PRIVATE, History
from agent.settings import Settings
from desktop.session.instance import Wish
from desktop.session.sharing.router import Router
from desktop.window.main import Window
from desktop.window.quick.bar import QuickBar
from desktop.window.quick.global_key import GlobalKey, KeyState, key_problem
from desktop.window.quick.tray import Tray
from desktop.window.window_set import WindowSet, raise_window


class QuickAccess(QObject):
    """Joins them with the windows. `ended` comes when nothing is left that can be seen."""

    ended = Signal()

    def __init__(self, windows: WindowSet, router: Router, history: Callable[[], History]) -> None:
        super().__init__()
        self._windows, self._router, self._history = windows, router, history
        self._bar: QuickBar | None = None
        self.tray, self.key = Tray(), GlobalKey()
        self.tray.ask_wanted.connect(self.ask)
        self.tray.open_wanted.connect(windows.raise_front)
        self.tray.mute_wanted.connect(self._mute)
        self.tray.private_wanted.connect(self._open_private)
        self.tray.quit_wanted.connect(windows.quit)
        self.key.pressed.connect(self.ask)
        self.key.changed.connect(self._tell_key)
        windows.hides_last = lambda: self.tray.shown
        windows.key_problem = lambda: " ".join(key_problem(self.key.state, self.key.keys))
        windows.chat_taken.connect(self._let_go)
        windows.muted.connect(self.tray.set_muted)
        windows.settings_changed.connect(self.follow)

    @property
    def bar(self) -> QuickBar:
        """The bar, made at its first use."""
        if self._bar is None:
            bar = self._bar = QuickBar(self._history, self._router.open())
            bar.open_wanted.connect(self.open_in_window)
            bar.hidden.connect(self._end_where_nothing_is_left)
            bar.channel.arrived.connect(self._list_chat)
        return self._bar

    def follow(self, settings: Settings) -> None:
        """Show the tray and take the key that the settings name."""
        self.tray.set_wanted(settings.keep_in_tray)
        self.key.set_keys(settings.quick_key)
        if self._bar is not None:
            self._bar.redress()

    def obey(self, wish: Wish) -> None:
        """Another start asks for this."""
        if wish is Wish.QUICK:
            self.ask()
        else:
            self._windows.raise_front()

    def ask(self) -> None:
        """Show the bar; the window where there are no models yet to answer."""
        if self._router.started:
            self.bar.bring()
        else:
            self._windows.raise_front()

    def open_in_window(self) -> None:
        """Go on with the bar's chat in a window: an unused one, else another."""
        bar, front = self.bar, self._windows.front
        window = front if _unused(front) else self._windows.open_new()
        if not _unused(window):  # there are as many windows as there may be
            raise_window(window)
            return
        self._router.hand_over(bar.channel, self._windows.channel_of(window))
        window.go_on_with(bar.session)
        bar.clear()
        bar.hide()
        raise_window(window)

    def close(self) -> None:
        """The program ends."""
        self.key.close()
        self.tray.set_wanted(False)
        if self._bar is not None:
            self._bar.hide()

    def _mute(self, on: bool) -> None:
        self._windows.front.microphone.mute(on)

    def _list_chat(self, event: object) -> None:
        if isinstance(event, Asked):
            for window in self._windows.windows:
                window.parts.chats.reload()

    def _let_go(self, chat: int) -> None:
        if self._bar is not None:
            self._bar.let_go_of(chat)

    def _open_private(self) -> None:
        front = self._windows.front
        raise_window(front)
        if front.session.chat != PRIVATE:
            front.actions_.open_private()

    def _end_where_nothing_is_left(self) -> None:
        seen = self.tray.shown or any(window.isVisible() for window in self._windows.windows)
        if not seen:
            QTimer.singleShot(0, self, self._windows.quit)

    def _tell_key(self, state: KeyState) -> None:
        message, hint = key_problem(state, self.key.keys)
        front = self._windows.front
        if not message:
            return
        page = QCoreApplication.translate("Settings", "Quick questions")
        choose = QCoreApplication.translate("QuickKey", "Choose another key…")
        ways = [(choose, lambda: front.dialogs.open_preferences(page))]
        front.parts.conversation.notice(message, hint, ways, failure=True)
        front.announce(f"{message} {hint}")


def _unused(window: Window) -> bool:
    """Whether a window stands at a new chat with nothing in it."""
    empty = window.session.chat is None and not len(window.session.transcript)
    composer = window.parts.conversation.composer
    return empty and not composer.draft.strip() and not composer.attached
