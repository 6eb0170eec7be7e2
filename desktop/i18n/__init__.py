"""The window's words in the user's language. `update.py` collects and compiles them."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

FOLDER = Path(__file__).parent
LANGUAGES = ("en", "zh")
_NAME = "candorTranslator"
_LANGUAGE = "candorLanguage"


def choose(language: str, preferred: list[str]) -> str:
    """The language to use: the named one, else the first of the user's that there is."""
    for wanted in (language, *preferred):
        code = wanted.replace("_", "-").split("-")[0].lower()
        if code in LANGUAGES:
            return code
    return LANGUAGES[0]


def language() -> str:
    """The language that was installed; English before."""
    app = QCoreApplication.instance()
    return str((app and app.property(_LANGUAGE)) or LANGUAGES[0])


def install(app: QCoreApplication, language: str = "") -> str:
    """Speak `language` from now on (empty: the system's); returns the one chosen.

    Widgets that stand already keep their words.
    """
    for old in app.findChildren(QTranslator, _NAME):
        app.removeTranslator(old)
        old.deleteLater()
    code = choose(language, QLocale.system().uiLanguages())
    app.setProperty(_LANGUAGE, code)
    locale = QLocale("zh_CN" if code == "zh" else "en")
    QLocale.setDefault(locale if language else QLocale.system())
    if code == "zh":
        qt = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        for name, folder in (("qtbase_zh_CN", qt), ("candor_zh", str(FOLDER))):
            translator = QTranslator(app)
            translator.setObjectName(_NAME)
            if translator.load(name, folder):
                app.installTranslator(translator)
    return code
