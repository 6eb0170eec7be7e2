"""The windows beside the window: the settings, and what was said lately. One of each at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from agent.commands import EraseRecent, ListWords, Reload, ShowRecent
from agent.events import Learned, Recent, WordList
from agent.settings import data_folder
from desktop import i18n
from desktop.i18n.messages import sentences
from desktop.session.sharing.channel import Processes
from desktop.window.actions import Actions
from perception.audio.ipc.messages import (
    Devices,
    Level,
    Recorded,
    Tried,
    Trouble,
    TryDevices,
)

if TYPE_CHECKING:
    from desktop.conversation.chats.recent import RecentPanel
    from desktop.settings.dialog import SettingsDialog
    from desktop.setup.models_dialog import ModelsDialog
    from desktop.training.dialog import TrainingDialog


class Dialogs(QObject):
    """Opens them, and brings them what ears and mind tell.

    `fetching` says that a model is fetched from the network, or no longer.
    """

    fetching = Signal(bool)

    def __init__(self, parent: QWidget, actions: Actions, children: Processes) -> None:
        super().__init__(parent)
        self._over, self._actions, self._children = parent, actions, children
        self._devices = Devices((), (), "", "")
        self._muted = False
        self.preferences: SettingsDialog | None = None
        self.recent: RecentPanel | None = None
        self.train: TrainingDialog | None = None
        self.models: ModelsDialog | None = None

    def open_preferences(self, page: str = "") -> None:
        """Let the user change the settings; on the page of this title where one is given."""
        from desktop.settings.dialog import SettingsDialog

        if self.preferences is None and self._actions.around.bring_dialog("preferences"):
            return
        if self.preferences is None:
            dialog = SettingsDialog(self._actions.settings, self._devices, self._over)
            dialog.changed.connect(self._actions.apply)
            dialog.changed.connect(lambda _: self._show_key_problem())
            dialog.trial.wanted.connect(lambda: self._children.tell_ears(TryDevices()))
            dialog.words.wanted.connect(self._children.tell_mind)
            dialog.models_wanted.connect(self.open_models)
            dialog.privacy.private_wanted.connect(self._open_private)
            dialog.privacy.deleted.connect(self._actions.forget_all)
            dialog.appeals.taken_back.connect(self._actions.withdraw_appeal)
            dialog.trial.set_muted(self._muted)
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.finished.connect(self._preferences_gone)
            self.preferences = dialog
            self._show_key_problem()
            self._children.tell_mind(ListWords())
        if page:
            self.preferences.show_page(page)
        bring(self.preferences)

    def open_recent(self) -> None:
        """Show what was said and seen in the last two minutes."""
        from desktop.conversation.chats.recent import RecentPanel

        if self.recent is None and self._actions.around.bring_dialog("recent"):
            return
        if self.recent is None:
            self.recent = RecentPanel(self._over)
            self._actions.facts.follow(self.recent.show_facts)
            self.recent.wanted.connect(lambda: self._children.tell_mind(ShowRecent()))
            self.recent.erased.connect(lambda: self._children.tell_mind(EraseRecent()))
            self.recent.speak_asked.connect(self._actions.speak)
        bring(self.recent)

    def open_train(self) -> None:
        """Teach the models, and see what was taught; it goes on while it is closed."""
        from desktop.training.dialog import TrainingDialog

        if self.train is None and self._actions.around.bring_dialog("train"):
            return
        if self.train is None:
            spoken = self._actions.settings.spoken_languages
            language = spoken[0] if spoken else i18n.choose("", QLocale().uiLanguages())
            self.train = TrainingDialog(data_folder(), language, self._over)
            self.train.changed.connect(lambda: self._children.tell_mind(Reload()))
            self.train.examples.source.given.taken_back.connect(self._actions.forget_mark)
            self.train.voice.to_ears.connect(self._children.tell_ears)
            self.train.voice.set_muted(self._muted)
        bring(self.train)

    def open_models(self) -> None:
        """See, fetch and choose models; a download goes on while the page is closed."""
        from desktop.setup.models_dialog import ModelsDialog

        if self.models is None and self._actions.around.bring_dialog("models"):
            return
        if self.models is None:
            self.models = ModelsDialog(self._actions.settings, self._over)
            self.models.chosen.connect(self._actions.choose_model)
            self.models.fetching.connect(self.fetching)
            self._actions.settings_changed.connect(self.models.set_settings)
        bring(self.models)

    def close_work(self) -> None:
        """The window is closed."""
        if self.models is not None:
            self.models.stop()
        if self.train is not None:
            self.train.close_work()

    def set_muted(self, muted: bool) -> None:
        """Whether the microphone is muted."""
        self._muted = muted
        if self.preferences is not None:
            self.preferences.trial.set_muted(muted)
        if self.train is not None:
            self.train.voice.set_muted(muted)

    def show_appeals(self) -> None:
        """A decision was called wrong, or no longer."""
        if self.preferences is not None:
            self.preferences.appeals.refresh()

    def handle_event(
        self,
        event: Devices | Level | Tried | Trouble | Recent | Learned | Recorded | WordList,
    ) -> None:
        """Bring an event to the one that shows it."""
        if self.train is not None:
            self.train.voice.take_sound(event)
        preferences = self.preferences
        match event:
            case Devices():
                self._devices = event
                if preferences is not None:
                    preferences.set_devices(event)
            case Level(peak=peak) if preferences is not None:
                preferences.trial.show_level(peak)
            case Tried() if preferences is not None:
                preferences.trial.show_result(event)
            case Trouble(told) if preferences is not None:
                preferences.trial.fail(*sentences(told))
            case Learned() if preferences is not None:
                self._children.tell_mind(ListWords())
            case WordList() if preferences is not None:
                preferences.words.show_list(event)
            case Recent() if self.recent is not None:
                self.recent.show_recent(event)

    def _open_private(self) -> None:
        if self.preferences is not None:
            self.preferences.accept()
        self._actions.open_private()

    def _show_key_problem(self) -> None:
        if self.preferences is not None:
            self.preferences.show_key_problem(self._actions.around.key_problem())

    def _preferences_gone(self) -> None:
        self.preferences = None


def bring(dialog: QWidget) -> None:
    """Show it in front."""
    dialog.show()
    dialog.raise_()
    dialog.activateWindow()
