"""How the user's turns begin and end, and in which languages."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QCoreApplication, QLocale
from PySide6.QtWidgets import QWidget

from agent.settings import Settings, limits
from desktop.settings.form import Form
from desktop.settings.page import PageParts, SettingsPage
from desktop.voice.mode_button import mode_name
from perception.audio.ipc.messages import Mode
from perception.audio.wake import wake_words

_LEAST = 0.25


def _fields(parts: PageParts) -> Iterator[QWidget]:
    form = parts.form
    translate = QCoreApplication.translate
    modes = [(str(mode), mode_name(mode)) for mode in Mode]
    yield form.pick("talk_mode", translate("Settings", "How you talk"), modes)
    yield form.pick(
        "wake_word",
        translate("Settings", "Wake word"),
        tuple(wake_words().items()),
        translate("Settings", "Begin with it, then say what you want to know."),
    )
    press = translate("Settings", "Click the field, then press a key.")
    yield form.key("hold_key", translate("Settings", "Key to talk"), press)
    yield form.key("mute_key", translate("Settings", "Key to mute the microphone"), press)
    yield form.amount(
        "patience",
        translate("Settings", "Wait before answering"),
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


def _follow(form: Form, settings: Settings) -> None:
    form.fields["wake_word"].setVisible(settings.talk_mode == "wake")


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


def _title() -> str:
    return QCoreApplication.translate("Settings", "Talking")


PAGE = SettingsPage(20, "mic", _title, _fields, _follow)
