"""What stands on a key, and what a screen reader calls it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from desktop.kiosk.keyboard.layouts import CHINESE, Action, Key, Page

ICONS = {
    Action.SHIFT: "arrow-big-up",
    Action.DELETE: "delete",
    Action.ENTER: "corner-down-left",
    Action.LEFT: "chevron-left",
    Action.RIGHT: "chevron-right",
    Action.UP: "chevron-up",
    Action.DOWN: "chevron-down",
    Action.HIDE: "keyboard",
}


_TURNS = {Page.SYMBOLS: "123", Page.MORE: "#+=", Page.EMAIL: "@"}


def face(key: Key, language: str, shifted: bool) -> str:
    """The words on a key; empty where it has an icon."""
    if key.page is not None:
        return _TURNS.get(key.page, "拼音" if language == CHINESE else "ABC")
    if key.action is Action.LANGUAGE:
        return "EN" if language == CHINESE else "中"
    if key.text == " ":
        return QCoreApplication.translate("Keyboard", "Space")
    return key.text.upper() if shifted and key.letter else key.text


def spoken(key: Key, shifted: bool = False) -> str:
    """The accessible name of a key."""
    if key.action is not None:
        return _actions()[key.action]
    if key.page is not None:
        return _pages()[key.page]
    if key.letter:
        capital = QCoreApplication.translate("Keyboard", "capital {letter}")
        return capital.format(letter=key.text.upper()) if shifted else key.text
    return _signs().get(key.text, key.text)


def _actions() -> dict[Action, str]:
    translate = QCoreApplication.translate
    return {
        Action.SHIFT: translate("Keyboard", "Shift"),
        Action.DELETE: translate("Keyboard", "Delete"),
        Action.ENTER: translate("Keyboard", "Enter"),
        Action.LEFT: translate("Keyboard", "Left"),
        Action.RIGHT: translate("Keyboard", "Right"),
        Action.UP: translate("Keyboard", "Up"),
        Action.DOWN: translate("Keyboard", "Down"),
        Action.LANGUAGE: translate("Keyboard", "Next language"),
        Action.HIDE: translate("Keyboard", "Hide the keyboard"),
    }


def _pages() -> dict[Page, str]:
    translate = QCoreApplication.translate
    return {
        Page.LETTERS: translate("Keyboard", "Letters"),
        Page.SYMBOLS: translate("Keyboard", "Digits and signs"),
        Page.MORE: translate("Keyboard", "More signs"),
        Page.EMAIL: translate("Keyboard", "E-mail address"),
    }


def _signs() -> dict[str, str]:
    translate = QCoreApplication.translate
    comma, stop = translate("Keyboard", "comma"), translate("Keyboard", "full stop")
    question = translate("Keyboard", "question mark")
    exclamation = translate("Keyboard", "exclamation mark")
    colon, semicolon = translate("Keyboard", "colon"), translate("Keyboard", "semicolon")
    return {
        " ": translate("Keyboard", "Space"),
        ",": comma,
        "，": comma,
        ".": stop,
        "。": stop,
        "?": question,
        "？": question,
        "!": exclamation,
        "！": exclamation,
        ":": colon,
        "：": colon,
        ";": semicolon,
        "；": semicolon,
        "'": translate("Keyboard", "apostrophe"),
        '"': translate("Keyboard", "quotation mark"),
        "-": translate("Keyboard", "hyphen"),
        "_": translate("Keyboard", "underscore"),
        "@": translate("Keyboard", "at sign"),
        "/": translate("Keyboard", "slash"),
    }
