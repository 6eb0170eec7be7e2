"""Words that stand in several languages at once, whichever is installed."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP, QTranslator

from perception.languages import ENGLISH, folders, languages

_CONTEXT = "Kiosk"
HELLO = str(QT_TRANSLATE_NOOP("Kiosk", "Hello! How can I help?"))
BEGIN = str(QT_TRANSLATE_NOOP("Kiosk", "Touch the screen to begin"))


def in_each(text: str, codes: tuple[str, ...]) -> list[str]:
    """The text in each of these languages, in their order."""
    return [_translated(text, code) for code in codes]


def spoken_languages(wanted: tuple[str, ...]) -> tuple[str, ...]:
    """The languages of a profile that the window has; all there are where it names none."""
    known = languages()
    return tuple(code for code in wanted or tuple(known) if code in known) or (ENGLISH,)


def own_name(code: str) -> str:
    """What a language calls itself."""
    return languages()[code].name


def _translated(text: str, code: str) -> str:
    translator = QTranslator()
    if not translator.load("window", str(folders()[code])):
        return text
    return translator.translate(_CONTEXT, text) or text
