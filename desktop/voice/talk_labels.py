"""What the button to talk says: one look for each mode and each state of the floor."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QKeySequence

from agent.settings import Settings
from perception.audio.ipc.messages import Mode, TurnPhase, TurnState
from perception.audio.wake import wake_words

"""Seconds of silence more than usual that a user can ask for."""
HEARD = (TurnPhase.USER, TurnPhase.MAYBE_FINISHED)


@dataclass(frozen=True, slots=True)
class TalkButtonState:
    """The state of the talk button: `on` by hand, `latched` by a tap, its key, the wake word."""

    on: bool = False
    latched: bool = False
    key: str = ""
    word: str = ""


@dataclass(frozen=True, slots=True)
class TalkButtonLabel:
    """The label, icon and hint of the talk button."""

    text: str
    icon: str
    hint: str
    live: bool = False
    """Whether the microphone takes in the user's words now."""


def face(floor: TurnState, wish: TalkButtonState) -> TalkButtonLabel:
    """The button as it is now."""
    if floor.muted:
        return _muted()
    if wish.on:
        return _on(wish)
    if floor.mode.hands_free:
        return _hands_free(floor, wish)
    return _by_hand(floor.mode, wish)


def _muted() -> TalkButtonLabel:
    translate = QCoreApplication.translate
    hint = translate("Talk", "The microphone is muted. Unmute it to talk.")
    return TalkButtonLabel(translate("Talk", "Not listening"), "mic-off", hint)


def _on(wish: TalkButtonState) -> TalkButtonLabel:
    translate = QCoreApplication.translate
    if wish.latched:
        hint = translate("Talk", "Listening. Tap to send, Escape to discard ({key})")
        return TalkButtonLabel(
            translate("Talk", "Tap to send"), "square", hint.format(key=wish.key), True
        )
    hint = translate("Talk", "Listening. Let go to send, Escape to discard ({key})")
    return TalkButtonLabel(
        translate("Talk", "Let go to send"), "mic", hint.format(key=wish.key), True
    )


def _by_hand(mode: Mode, wish: TalkButtonState) -> TalkButtonLabel:
    translate = QCoreApplication.translate
    if mode is Mode.TAP:
        hint = translate("Talk", "Tap to begin, and tap again to send ({key})")
    else:
        hint = translate("Talk", "Hold to talk, or tap to begin and end ({key})")
    return TalkButtonLabel(translate("Talk", "Talk"), "mic", hint.format(key=wish.key))


def _hands_free(floor: TurnState, wish: TalkButtonState) -> TalkButtonLabel:
    translate = QCoreApplication.translate
    send = translate("Talk", "Press to send at once, Escape to discard ({key})")
    cut_in = translate("Talk", "Press to interrupt and talk ({key})")
    begin = translate("Talk", "Just speak; or press to begin by hand ({key})")
    without = translate("Talk", "Press to talk without the wake word ({key})")
    looks = {
        TurnPhase.WAITING: (_say(wish.word), "ear", without),
        TurnPhase.LISTENING: (translate("Talk", "Listening"), "ear", begin),
        TurnPhase.USER: (translate("Talk", "Hearing you"), "mic", send),
        TurnPhase.MAYBE_FINISHED: (translate("Talk", "Finished?"), "ellipsis", send),
        TurnPhase.THINKING: (translate("Talk", "Thinking"), "cpu", cut_in),
        TurnPhase.SPEAKING: (translate("Talk", "Speaking"), "volume-2", cut_in),
        TurnPhase.INTERRUPTED: (translate("Talk", "Interrupted"), "pause", begin),
    }
    text, icon, hint = looks.get(floor.phase, (translate("Talk", "Talk"), "mic", begin))
    return TalkButtonLabel(text, icon, hint.format(key=wish.key), floor.phase in HEARD)


def _say(word: str) -> str:
    return QCoreApplication.translate("Talk", "Say “{word}”").format(word=word)


def faces(mode: Mode, word: str) -> list[TalkButtonLabel]:
    """All looks of an open microphone: the button is as wide as the widest, and stands still."""
    phases = (phase for phase in TurnPhase if phase is not TurnPhase.WAITING or mode is Mode.WAKE)
    return [face(TurnState(phase, mode, False), TalkButtonState(word=word)) for phase in phases]


def invitation(mode: Mode, key: str, word: str) -> str:
    """What the empty question says of typing and talking."""
    translate = QCoreApplication.translate
    shown = QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
    if mode is Mode.OPEN:
        return translate("Talk", "Ask anything, or just speak")
    if mode is Mode.WAKE:
        return translate("Talk", "Ask anything, or say “{word}”").format(word=word)
    if not shown:
        return translate("Talk", "Ask anything")
    if mode is Mode.TAP:
        return translate("Talk", "Ask anything, or tap {key} to talk").format(key=shown)
    return translate("Talk", "Ask anything, or hold {key} to talk").format(key=shown)


def mode_of(settings: Settings) -> Mode:
    """The mode that the settings name; hold to talk where they name none that there is."""
    return Mode(settings.talk_mode) if settings.talk_mode in set(Mode) else Mode.HOLD


def wake_name(word: str) -> str:
    """How a wake word is said; the word itself where it is none that there is."""
    return wake_words().get(word, word)
