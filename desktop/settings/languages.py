"""The languages that can be heard, each under its own name."""

from __future__ import annotations

from PySide6.QtCore import QLocale

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
