"""The window's words in the user's language. `update.py` collects and compiles them.

They lie as `window.ts` and `window.qm` in the folder of each language (`perception.languages`).
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from perception.languages import ENGLISH, folders, languages

_NAME = "candorTranslator"
_LANGUAGE = "candorLanguage"


def choose(language: str, preferred: list[str]) -> str:
    """The language to use: the named one, else the first of the user's that there is."""
    for wanted in (language, *preferred):
        code = wanted.replace("_", "-").split("-")[0].lower()
        if code in languages():
            return code
    return ENGLISH


def language() -> str:
    """The language that was installed; English before."""
    app = QCoreApplication.instance()
    return str((app and app.property(_LANGUAGE)) or ENGLISH)


def install(app: QCoreApplication, language: str = "") -> str:
    """Speak `language` from now on (empty: the system's); returns the one chosen.

    Widgets that stand already keep their words.
    """
    for old in app.findChildren(QTranslator, _NAME):
        app.removeTranslator(old)
        old.deleteLater()
    code = choose(language, QLocale.system().uiLanguages())
    app.setProperty(_LANGUAGE, code)
    locale = languages()[code].locale
    QLocale.setDefault(QLocale(locale) if language else QLocale.system())
    qt = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    for name, folder in ((f"qtbase_{locale}", qt), ("window", str(folders()[code]))):
        translator = QTranslator(app)
        translator.setObjectName(_NAME)
        if translator.load(name, folder):
            app.installTranslator(translator)
    return code
