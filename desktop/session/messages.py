"""What mind and ears say, in the user's language."""

from __future__ import annotations

import re
from dataclasses import replace

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from agent.types import Failed, State, WordList
from desktop.session.children import GaveUp
from perception.audio.ipc.messages import Trouble

_KNOWN = (
    QT_TRANSLATE_NOOP("Mind", "Loading the models"),
    QT_TRANSLATE_NOOP("Mind", "Checking the model files: %1"),
    QT_TRANSLATE_NOOP("Mind", "Trying the model"),
    QT_TRANSLATE_NOOP("Mind", "Nothing was changed."),
    QT_TRANSLATE_NOOP("Mind", "The answer was cut: it had reached its longest length."),
    QT_TRANSLATE_NOOP("Mind", "The answer was cut: the model began to repeat itself."),
    QT_TRANSLATE_NOOP("Mind", "I heard no words."),
    QT_TRANSLATE_NOOP("Mind", "Something broke: %1."),
    QT_TRANSLATE_NOOP("Mind", "Please try again."),
    QT_TRANSLATE_NOOP("Mind", "The history in %1 is locked by another program."),
    QT_TRANSLATE_NOOP("Mind", "Close the other program that uses it, then try again."),
    QT_TRANSLATE_NOOP("Mind", "The history in %1 cannot be written: the disk is full."),
    QT_TRANSLATE_NOOP("Mind", "Free some space, then try again."),
    QT_TRANSLATE_NOOP("Mind", "The history in %1 was deleted or moved while Candor ran."),
    QT_TRANSLATE_NOOP("Mind", "Put it back, or start Candor again to begin a new one."),
    QT_TRANSLATE_NOOP("Mind", "The history in %1 was written by a newer Candor."),
    QT_TRANSLATE_NOOP("Mind", "Update Candor, or name another folder with CANDOR_HOME."),
    QT_TRANSLATE_NOOP("Mind", "Candor was closed before it could answer."),
    QT_TRANSLATE_NOOP("Mind", "Ask again."),
    QT_TRANSLATE_NOOP("Mind", "The voice failed."),
    QT_TRANSLATE_NOOP("Mind", "The answer is on the screen."),
    QT_TRANSLATE_NOOP("Mind", "The camera stopped: %1."),
    QT_TRANSLATE_NOOP("Mind", "Switch it on again."),
    QT_TRANSLATE_NOOP("Mind", "The camera %1 cannot be opened."),
    QT_TRANSLATE_NOOP(
        "Mind", "Check that it is plugged in, that no other program uses it and that this one may."
    ),
    QT_TRANSLATE_NOOP("Mind", "The camera %1 sends no more pictures."),
    QT_TRANSLATE_NOOP("Mind", "Check its plug or network; it is tried again by itself."),
    QT_TRANSLATE_NOOP("Mind", "That was too short to hear."),
    QT_TRANSLATE_NOOP("Mind", "Hold the button for as long as you speak."),
    QT_TRANSLATE_NOOP("Mind", "The microphone gave only silence."),
    QT_TRANSLATE_NOOP("Mind", "Candor's mind is not there at the moment."),
    QT_TRANSLATE_NOOP("Mind", "What you said is kept, and is answered as soon as it is back."),
    QT_TRANSLATE_NOOP("Mind", "Much of what you said still waits to be answered."),
    QT_TRANSLATE_NOOP("Mind", "Wait until Candor's mind is back, or type."),
    QT_TRANSLATE_NOOP("Mind", "No microphone was found."),
    QT_TRANSLATE_NOOP(
        "Mind", "Connect one, or choose it in the system's sound settings. Typing works as ever."
    ),
    QT_TRANSLATE_NOOP("Mind", "%1 Until then, hold the button or its key while you speak."),
    QT_TRANSLATE_NOOP("Mind", "The model file %1 is missing."),
    QT_TRANSLATE_NOOP("Mind", "Run: candor models verify, then candor models get."),
    QT_TRANSLATE_NOOP("Mind", "The wake word cannot be used on this computer: %1."),
    QT_TRANSLATE_NOOP("Mind", "Choose the open microphone, or hold a key to talk."),
    QT_TRANSLATE_NOOP("Mind", "Mend that line, or delete the file to start with an empty list."),
    QT_TRANSLATE_NOOP("Mind", "The words cannot be saved: %1."),
    QT_TRANSLATE_NOOP("Mind", "Free some space, or make the folder of the settings writable."),
    QT_TRANSLATE_NOOP("Mind", "No speaker was found."),
    QT_TRANSLATE_NOOP(
        "Mind",
        "Connect one, or choose it in the system's sound settings. The answers are shown as ever.",
    ),
    QT_TRANSLATE_NOOP("Mind", "The microphone “%1” was disconnected."),
    QT_TRANSLATE_NOOP(
        "Mind",
        "What you said so far is kept. Connect it again or choose another in Settings; or type.",
    ),
    QT_TRANSLATE_NOOP("Mind", "The microphone “%1” gives no sound."),
    QT_TRANSLATE_NOOP(
        "Mind",
        "Check that it is switched on and not muted, or choose another in Settings; or type.",
    ),
    QT_TRANSLATE_NOOP(
        "Mind", "The rest of the answer is shown. Connect it again, or choose another in Settings."
    ),
)
SENTENCES = tuple(str(sentence) for sentence in _KNOWN)
"""What users meet daily; `%1` stands for a name. Rarer sentences are shown in English."""

_NAMED = [
    (source, re.compile(re.escape(source).replace("%1", "(.+?)")))
    for source in SENTENCES
    if "%1" in source
]


def in_language(text: str) -> str:
    """What was said in the user's language, sentence by sentence; English where none is known."""
    whole = _one(text)
    if whole != text:
        return whole
    return " ".join(_one(sentence) for sentence in re.split(r"(?<=\.) ", text))


def event_in_language(event: object) -> object:
    """The event, with the words that it brings to the window in the user's language."""
    match event:
        case Failed(_, message, hint) | Trouble(message, hint):
            return replace(event, message=in_language(message), hint=in_language(hint))
        case WordList(_, message, hint):
            return replace(event, message=in_language(message), hint=in_language(hint))
        case State(note=note) if note:
            return replace(event, note=in_language(note))
        case GaveUp(message=message, hint=hint):
            return replace(event, message=in_language(message), hint=in_language(hint))
    return event


def _one(text: str) -> str:
    for source, pattern in _NAMED:
        if found := pattern.fullmatch(text):
            inside = in_language(found[1])
            return QCoreApplication.translate("Mind", source).replace("%1", inside)
    return QCoreApplication.translate("Mind", text)
