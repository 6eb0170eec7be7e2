"""All windows of the program: opened, brought to the front, kept for the next start, closed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QPoint, QTimer, Signal
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from agent.events import Asked
from agent.memory.history import History
from agent.settings import Settings
from desktop import theme
from desktop.session.sharing.channel import Channel
from desktop.session.sharing.router import Router
from desktop.window.around import Around
from desktop.window.dialogs import bring
from desktop.window.main import Window
from desktop.window.state import OtherWindow, keep_on_screen, recall

_MOST = 12


class WindowSet(QObject):
    """`ended` comes when no window is left, `settings_changed` after any window changed them.

    `chat_taken` carries a chat that a window is about to show, `muted` whether the microphone is.
    `hides_last` says whether closing the last window only hides it, `key_problem` what is wrong
    with the key for a quick question.
    """

    ended = Signal()
    settings_changed = Signal(object)
    chat_taken = Signal(int)
    muted = Signal(bool)

    def __init__(
        self,
        settings: Settings,
        files: tuple[Path, Path],
        history: Callable[[], History],
        router: Router,
        dress: Callable[[Settings], object],
    ) -> None:
        super().__init__()
        self.settings = settings
        self._settings_file, self._memory_file = files
        self._history, self._router, self._dress = history, router, dress
        self._channels = dict[Window, Channel]()
        self._drafts: dict[str, str] | None = None
        self._left = recall(self._memory_file).others
        self._at_quit: tuple[OtherWindow, ...] | None = None
        self.hides_last: Callable[[], bool] = lambda: False
        self.key_problem: Callable[[], str] = str
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.screenRemoved.connect(lambda _: QTimer.singleShot(0, self, self._stay_on_screen))

    @property
    def windows(self) -> tuple[Window, ...]:
        """All windows, the one that was used last at the end."""
        return tuple(self._channels)

    @property
    def front(self) -> Window:
        """The window that was used last."""
        return self.windows[-1]

    def make(self) -> Window:
        """Another window, which is not shown yet."""
        channel = self._router.open()
        taken = {window.session.number for window in self.windows}
        number = next(n for n in range(len(taken) + 1) if n not in taken)
        window = Window(
            self.settings,
            self._settings_file,
            self._memory_file,
            self._history,
            channel,
            around=self._around(number, lambda: window),
        )
        self._drafts = window.session.drafts
        self._channels[window] = channel
        window.microphone.mute_changed.connect(self.muted)
        channel.muted.connect(window.microphone.follow_mute)
        channel.camera.connect(window.actions_.show_camera)
        window.actions_.settings_changed.connect(self._take_settings)
        window.activated.connect(lambda: self._to_front(window))
        window.begun.connect(self.restore)
        window.closing.connect(lambda: self._closed(window))
        window.parts.chats.changed.connect(lambda: self._follow_chats(window))
        window.parts.chats.pins_changed.connect(lambda: self._follow_pins(window))
        channel.arrived.connect(lambda event: self._follow_event(window, event))
        return window

    def open_new(self, chat: int | None = None, geometry: bytes = b"") -> Window:
        """Show another window; the one in front where mind and ears do not run yet."""
        if not self._router.started or len(self._channels) >= _MOST:
            self.raise_front()
            return self.front
        before = self.front
        window = self.make()
        if not (geometry and window.restoreGeometry(geometry)):
            window.setGeometry(before.geometry())
            window.move(before.pos() + QPoint(theme.gap(8), theme.gap(8)))
        window.show()
        window.join()
        self._router.catch_up(self._channels[window])
        if chat is not None:
            window.actions_.open_chat(chat)
        bring(window)
        return window

    def restore(self) -> None:
        """Open the further windows of the last time, now that mind and ears run."""
        left, self._left = self._left, ()
        first = self.front
        known = {chat.id for chat in self._history().chats()} if left else set[int]()
        for other in left:
            self.open_new(other.chat if other.chat in known else None, other.geometry)
        if left:
            bring(first)

    def raise_front(self) -> None:
        """Bring the window that was used last to the front, from wherever it is."""
        raise_window(self.front)

    def channel_of(self, window: Window) -> Channel:
        """The line of a window."""
        return self._channels[window]

    def quit(self) -> None:
        """Close all windows; they come again at the next start."""
        if self._at_quit is not None or not self._channels:
            return
        *others, front = self.windows
        self._at_quit = tuple(other.other for other in others)
        for window in (*others, front):
            window.close()

    def _around(self, number: int, this: Callable[[], Window]) -> Around:
        return Around(
            number=number,
            drafts=self._drafts,
            new_window=self.open_new,
            quit=self.quit,
            bring_chat=lambda chat: self._bring_chat(this(), chat),
            bring_dialog=lambda name: self._bring_dialog(this(), name),
            stays=self._stays,
            key_problem=self._tell_key_problem,
            others=lambda: self._others(this()),
        )

    def _others(self, window: Window) -> tuple[OtherWindow, ...]:
        if self._at_quit is not None:
            return self._at_quit
        return (*self._left, *(each.other for each in self.windows if each is not window))

    def _stays(self) -> bool:
        app = QApplication.instance()
        leaving = isinstance(app, QApplication) and app.isSavingSession()
        last = len(self._channels) == 1 and self._at_quit is None
        return last and not leaving and self.hides_last()

    def _tell_key_problem(self) -> str:
        return self.key_problem()

    def _bring_chat(self, asking: Window, chat: int) -> bool:
        for window in self.windows:
            if window is not asking and window.session.chat == chat:
                raise_window(window)
                return True
        self.chat_taken.emit(chat)
        return False

    def _bring_dialog(self, asking: Window, name: str) -> bool:
        for window in self.windows:
            dialog = getattr(window.dialogs, name)
            if window is not asking and isinstance(dialog, QDialog):
                bring(dialog)
                return True
        return False

    def _to_front(self, window: Window) -> None:
        if window in self._channels:
            self._channels[window] = self._channels.pop(window)
            self._router.set_front(self._channels[window])

    def _closed(self, window: Window) -> None:
        channel = self._channels.pop(window)
        if not self._channels:
            self.ended.emit()
            return
        self._router.set_front(self._channels[self.front])
        self._router.close(channel)
        window.deleteLater()
        if self._at_quit is None:
            self.front.remember()

    def _take_settings(self, settings: Settings) -> None:
        if settings == self.settings:
            return
        self.settings = settings
        self._dress(settings)
        for window in self.windows:
            window.actions_.adopt(settings)
        self.settings_changed.emit(settings)

    def _follow_event(self, window: Window, event: object) -> None:
        """A chat that another window began is in the list here too."""
        if isinstance(event, Asked):
            for other in self.windows:
                if other is not window:
                    other.parts.chats.reload()

    def _follow_chats(self, changed: Window) -> None:
        """Chats were renamed, deleted or brought back in a window."""
        known = {chat.id for chat in changed.parts.chats.known()}
        for window in self.windows:
            if window is changed:
                continue
            window.parts.chats.reload()
            chat = window.session.chat
            if chat is not None and chat not in known and not window.session.private:
                window.actions_.open_chat(None)

    def _follow_pins(self, changed: Window) -> None:
        for window in self.windows:
            if window is not changed:
                window.parts.chats.pinned = changed.parts.chats.pinned
                window.parts.chats.reload()

    def _stay_on_screen(self) -> None:
        for window in self.windows:
            if window.isVisible():
                keep_on_screen(window)


def raise_window(window: QWidget) -> None:
    """Show a window that may be hidden or minimised, and give it the focus."""
    if window.isMinimized():
        window.showNormal()
    bring(window)
