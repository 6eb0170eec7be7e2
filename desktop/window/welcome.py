"""Offers the first minute once, and brings its tests what ears and mind tell."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from agent.events import Preview
from desktop.i18n.messages import sentences
from desktop.window.actions import Actions
from desktop.window.layout import WindowLayout
from perception.audio.ipc.messages import Level, ToEars, Tried, Trouble, TryDevices

if TYPE_CHECKING:
    from desktop.setup.first_minute import FirstMinute


class Welcome(QObject):
    """`welcomed` is whether it was offered before. It is a note, so that nothing is in the way."""

    def __init__(
        self,
        parent: QWidget,
        parts: WindowLayout,
        actions: Actions,
        tell_ears: Callable[[ToEars], None],
        *,
        welcomed: bool,
    ) -> None:
        super().__init__(parent)
        self._over, self._parts, self._actions = parent, parts, actions
        self._tell_ears = tell_ears
        self.welcomed = welcomed
        self.dialog: FirstMinute | None = None
        self._words = self.tr("New here? Three things to try, in a minute.")

    @property
    def noted(self) -> bool:
        """Whether the offer stands there now."""
        return self._parts.conversation.noticed == self._words

    def offer(self) -> None:
        """Offer it, the first time."""
        middle = self._parts.conversation
        if self.welcomed or middle.noticed:
            return
        self.welcomed = True
        middle.notice(
            self._words,
            "",
            [
                (self.tr("Show me"), self.open_steps),
                (self.tr("No, thanks"), middle.clear_notice),
            ],
        )

    def open_steps(self) -> None:
        """Open the three steps."""
        from desktop.setup.first_minute import FirstMinute

        self._parts.conversation.clear_notice()
        if self.dialog is None:
            aloud = self._actions.settings.speak_answers
            dialog = self.dialog = FirstMinute(aloud=aloud, parent=self._over)
            dialog.trial.set_muted(self._parts.conversation.composer.mute.isChecked())
            dialog.trial.wanted.connect(lambda: self._tell_ears(TryDevices()))
            dialog.camera_wanted.connect(self._actions.look)
            dialog.aloud_wanted.connect(self._read_aloud)
            dialog.asked.connect(self._actions.ask)
            dialog.finished.connect(self._closed)
        self.dialog.show()
        self.dialog.raise_()
        self.dialog.activateWindow()

    def follow(self, event: object) -> None:
        """What ears and mind tell, while it is open."""
        if self.dialog is None:
            return
        match event:
            case Level(peak=peak):
                self.dialog.trial.show_level(peak)
            case Tried():
                self.dialog.trial.show_result(event)
            case Trouble(told):
                self.dialog.trial.fail(*sentences(told))
            case Preview():
                self.dialog.show_preview(event)

    def _read_aloud(self, on: bool) -> None:
        self._actions.apply(replace(self._actions.settings, speak_answers=on))

    def _closed(self) -> None:
        dialog, self.dialog = self.dialog, None
        if dialog is not None:
            dialog.deleteLater()
        self._parts.conversation.composer.focus_text()
