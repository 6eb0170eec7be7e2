"""The settings of talking and of sound."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QCoreApplication, QLocale
from PySide6.QtWidgets import QWidget

from agent.settings import limits
from desktop.settings.fields import Choice, field
from desktop.settings.form import Form
from desktop.settings.microphone_trial import DeviceTrial
from desktop.voice.mode_button import mode_name
from desktop.widgets.slider import percent
from perception.audio.ipc.messages import Devices, Mode
from perception.audio.wake import wake_words

_LEAST = 0.25


def talking(form: Form) -> Iterator[QWidget]:
    """How the user's turns begin and end, and in which languages."""
    translate = QCoreApplication.translate
    modes = [(str(mode), mode_name(mode)) for mode in Mode]
    yield form.pick("talk_mode", translate("Settings", "How you talk"), modes)
    yield form.pick(
        "wake_word",
        translate("Settings", "Wake word"),
        tuple(wake_words().items()),
        translate("Settings", "Begin with it, then say what you want to know."),
    )
    press = translate("Settings", "Press the field, then the key.")
    yield form.key("hold_key", translate("Settings", "Key to talk"), press)
    yield form.key("mute_key", translate("Settings", "Key to mute the microphone"), press)
    yield form.amount(
        "patience",
        translate("Settings", "Patience while you speak"),
        (*limits("patience"), 0.5),
        _seconds,
        _patience,
    )
    yield form.ticks(
        "spoken_languages",
        translate("Settings", "Languages that you speak"),
        languages(),
        translate("Settings", "With none ticked, any language is taken. One is heard fastest."),
    )


def sound(form: Form, devices: Devices, trial: DeviceTrial) -> Iterator[QWidget]:
    """Candor's voice, captions, and the devices."""
    translate = QCoreApplication.translate
    yield form.tick("speak_answers", translate("Settings", "Read answers aloud"))
    yield form.amount(
        "speech_rate",
        translate("Settings", "Speed of the voice"),
        (*limits("speech_rate"), 0.1),
        percent,
    )
    yield form.amount(
        "speech_pitch",
        translate("Settings", "Pitch of the voice"),
        (*limits("speech_pitch"), 1.0),
        _semitones,
    )
    yield form.tick(
        "captions",
        translate("Settings", "Captions"),
        translate("Settings", "Shows what Candor and you are saying, in large letters."),
    )
    names = (translate("Settings", "Microphone"), translate("Settings", "Speaker"))
    yield form.pick("microphone", names[0], _devices(devices.microphones))
    yield form.pick("speaker", names[1], _devices(devices.speakers))
    yield field(translate("Settings", "Microphone and speaker"), trial)
    yield form.tick(
        "show_timings",
        translate("Settings", "Times of the last answer"),
        translate("Settings", "Shows in the panel on the right how long each step took."),
    )


def offer_devices(form: Form, devices: Devices, microphone: str, speaker: str) -> None:
    """Show which microphones and speakers there are now."""
    offers = (
        ("microphone", devices.microphones, microphone),
        ("speaker", devices.speakers, speaker),
    )
    for setting, found, chosen in offers:
        control = form.controls[setting]
        if isinstance(control, Choice):
            control.offer(_devices(found), chosen)


def _devices(found: Sequence[str]) -> list[tuple[str, str]]:
    standard = QCoreApplication.translate("Settings", "As the system")
    return [("", standard), *((name, name) for name in found)]


def _seconds(value: float) -> str:
    translate = QCoreApplication.translate
    if value < _LEAST:
        return translate("Settings", "as usual")
    return translate("Settings", "{n} s more").format(n=f"{value:.1f}")


def _patience(value: float) -> str:
    translate = QCoreApplication.translate
    if value < _LEAST:
        return translate("Settings", "Answers as soon as you seem to have finished.")
    if value <= 1.0:
        return translate("Settings", "Leaves you a moment to think in the middle of a sentence.")
    if value <= 2.5:
        return translate("Settings", "For slow speech, and for pauses to search for words.")
    return translate("Settings", "For stuttering and long pauses. Answers come later.")


def _semitones(value: float) -> str:
    translate = QCoreApplication.translate
    if abs(value) < 0.5:
        return translate("Settings", "as it is")
    higher, lower = translate("Settings", "{n} higher"), translate("Settings", "{n} lower")
    return (higher if value > 0 else lower).format(n=f"{abs(value):.0f}")


_HEARD = (
    "af am ar as az ba be bg bn bo br bs ca cs cy da de el en es et eu fa fi fo fr gl gu ha haw "
    "he hi hr ht hu hy id is it ja jw ka kk km kn ko la lb ln lo lt lv mg mi mk ml mn mr ms mt my "
    "ne nl nn no oc pa pl ps pt ro ru sa sd si sk sl sn so sq sr su sv sw ta te tg th tk tl tr tt "
    "uk ur uz vi yi yo zh"
)
"""Whisper's languages by its codes (https://github.com/openai/whisper, tokenizer.py)."""

_OLD_CODES = {"jw": "jv", "no": "nb", "tl": "fil"}
_PLAIN = {"en": "English", "es": "español", "pt": "português", "zh": "中文"}
_UNKNOWN = {"ht": "Kreyòl ayisyen", "la": "Latina"}


def languages() -> list[tuple[str, str]]:
    """Each code with the language's name in itself and in English, in the order of the names."""
    return sorted(
        ((code, _name(code)) for code in _HEARD.split()), key=lambda pair: pair[1].lower()
    )


def _name(code: str) -> str:
    locale = QLocale(_OLD_CODES.get(code, code))
    english = QLocale.languageToString(locale.language())
    if code in _UNKNOWN or locale.language() == QLocale.Language.C:
        return _UNKNOWN.get(code, code)
    own = _PLAIN.get(code, locale.nativeLanguageName()) or english
    # Georgian capitals are for headlines alone.
    own = own if code == "ka" else own[:1].upper() + own[1:]
    return own if own.lower() == english.lower() else f"{own} ({english})"
