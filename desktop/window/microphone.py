"""How the user talks: what the settings and the mute key say, told to the ears and explained."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QKeySequence

from agent.settings import Settings, limits, models_folder
from desktop.session.promise import words_stay
from desktop.voice.mode_button import mode_meaning, mode_name
from desktop.voice.talk_labels import (
    invitation,
    mode_of,
    wake_name,
)
from desktop.window.actions import Actions
from desktop.window.layout import WindowLayout
from desktop.window.presence import Presence
from perception.audio.ipc.messages import (
    ChooseDevices,
    Listen,
    Mode,
    Mute,
    ToEars,
)


class Microphone(QObject):
    """Keeps ears and window in step with the settings. `announced` carries what is to be said.

    `explained` are the modes of an open microphone whose meaning the user was told once.
    """

    announced = Signal(str)
    mute_changed = Signal(bool)

    def __init__(
        self,
        parts: WindowLayout,
        actions: Actions,
        presence: Presence,
        tell_ears: Callable[[ToEars], None],
        explained: Iterable[str],
    ) -> None:
        super().__init__(parts.conversation)
        self._parts, self._actions, self._presence = parts, actions, presence
        self._tell_ears = tell_ears
        self.explained = set(explained)
        self.muted = self._resting = False
        self._mode: Mode | None = None
        self._sent: dict[type, ToEars] = {}
        composer = parts.conversation.composer
        composer.mode.chosen.connect(self.choose)
        composer.mode.mute_wanted.connect(self.mute)
        composer.mute.wanted.connect(self.mute)
        composer.talk.refused.connect(self._refuse)
        parts.facts.follow(lambda facts: self._explain_again())

    @property
    def remembered(self) -> tuple[tuple[str, ...], bool]:
        """What is kept until the next start: the modes explained, and whether it is muted."""
        return tuple(sorted(self.explained)), self.muted and not self._resting

    def begin(self, muted: bool, remember: Callable[[], None]) -> None:
        """Before the first `follow`: stay muted, so that nothing is heard in between."""
        if muted:
            self.mute(True)
        self.mute_changed.connect(lambda _on: remember())

    def follow(self, settings: Settings) -> None:
        """Do as the settings say."""
        mode, word = mode_of(settings), wake_name(settings.wake_word)
        least, most = limits("patience")
        patience = min(most, max(least, settings.patience))
        self._send(ChooseDevices(settings.microphone, settings.speaker))
        self._send(Listen(mode, settings.wake_word, patience, str(models_folder())))
        composer = self._parts.conversation.composer
        composer.mode.set_mode(mode, word)
        composer.mute.set_mode(mode)
        composer.mute.set_key(settings.mute_key)
        composer.talk.set_key(settings.hold_key)
        composer.text.setPlaceholderText(invitation(mode, settings.hold_key, word))
        before, self._mode = self._mode, mode
        self._presence.expect(mode, word, muted=self.muted)
        if before is not None and before is not mode:
            self._changed(mode, word, settings.mute_key)
        elif before is None and mode.hands_free:
            self.announced.emit(f"{mode_name(mode)}. {mode_meaning(mode, word)}")

    def choose(self, mode: Mode) -> None:
        """Talk in another way from now on."""
        self._actions.apply(replace(self._actions.settings, talk_mode=str(mode)))

    def mute(self, on: bool) -> None:
        """Hear nothing, or hear again."""
        self._show_muted(on)
        muted, heard = self.tr("Microphone muted."), self.tr("Microphone no longer muted.")
        self.announced.emit(muted if on else heard)

    def rest(self, on: bool) -> None:
        """Hear nothing while no window is seen, and hear again with the window."""
        if on and not self.muted:
            self._resting = True
            self.mute(True)
        elif not on and self._resting:
            self._resting = False
            self.mute(False)

    def follow_mute(self, on: bool) -> None:
        """It was muted in another window, or no longer."""
        if on != self.muted:
            self._show_muted(on)

    def _show_muted(self, on: bool) -> None:
        self.muted = on
        self._resting = self._resting and on
        composer = self._parts.conversation.composer
        if on and composer.talk.live:
            composer.talk.discard()
        self._send(Mute(on))
        composer.mute.set_muted(on)
        composer.mode.set_muted(on)
        settings = self._actions.settings
        word = wake_name(settings.wake_word)
        self._presence.expect(mode_of(settings), word, muted=on)
        if not on and self._parts.conversation.noticed == self._refusal:
            self._parts.conversation.clear_notice()
        self.mute_changed.emit(on)

    def toggle_mute(self) -> None:
        """The other way round."""
        self.mute(not self.muted)

    def _send(self, message: ToEars) -> None:
        if self._sent.get(type(message)) != message:
            self._sent[type(message)] = message
            self._tell_ears(message)

    def _changed(self, mode: Mode, word: str, mute_key: str) -> None:
        """Say what the new mode means, and once what an open microphone does."""
        self._actions.bring()
        self.announced.emit(f"{mode_name(mode)}. {mode_meaning(mode, word)}")
        if not mode.hands_free or mode in self.explained:
            return
        self.explained.add(str(mode))
        self._explain(mode, word, mute_key)

    def _explain_again(self) -> None:
        """What was explained is said anew where it is still shown and no longer the truth."""
        if self._mode is not None and self._parts.conversation.noticed == self._opened:
            settings = self._actions.settings
            self._explain(self._mode, wake_name(settings.wake_word), settings.mute_key)

    def _explain(self, mode: Mode, word: str, mute_key: str) -> None:
        key = QKeySequence(mute_key).toString(QKeySequence.SequenceFormat.NativeText)
        self._parts.conversation.notice(
            self._opened,
            self._privacy(mode, key, word),
            [
                (self.tr("Mute now"), lambda: self.mute(True)),
                (self.tr("Back to hold to talk"), lambda: self.choose(Mode.HOLD)),
            ],
        )

    def _privacy(self, mode: Mode, key: str, word: str) -> str:
        if mode is Mode.WAKE:
            does = self.tr("Candor waits for “{word}” and takes nothing else in.")
        else:
            does = self.tr(
                "Candor answers whoever speaks, without a button. What was not said to Candor is "
                "forgotten within two minutes."
            )
        mutes = self.tr("{key} mutes the microphone at any time.")
        stays = words_stay(self._parts.facts.now)
        return " ".join(filter(None, (does.format(word=word), stays, mutes.format(key=key))))

    @property
    def _opened(self) -> str:
        return self.tr("From now on the microphone stays open while this window is.")

    @property
    def _refusal(self) -> str:
        return self.tr("The microphone is muted.")

    def _refuse(self) -> None:
        key = self._actions.settings.mute_key
        key = QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
        hint = self.tr("Unmute it to talk ({key}).").format(key=key)
        unmute = (self.tr("Unmute"), lambda: self.mute(False))
        self._parts.conversation.notice(self._refusal, hint, [unmute])
        self.announced.emit(f"{self._refusal} {hint}")
