"""Advice about a picture in the user's language."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

ADVICE = (
    QT_TRANSLATE_NOOP(
        "Advice", "The picture is almost black: uncover the lens or switch on a light."
    ),
    QT_TRANSLATE_NOOP("Advice", "The picture is of one colour only: nothing can be made out."),
    QT_TRANSLATE_NOOP("Advice", "The picture is dark: add light, or turn towards it."),
    QT_TRANSLATE_NOOP("Advice", "The picture is blurred: hold still, and let the camera focus."),
    QT_TRANSLATE_NOOP("Advice", "The text is very small: come closer."),
    QT_TRANSLATE_NOOP("Advice", "The text is hard to read: hold it flat, near and still."),
    QT_TRANSLATE_NOOP("Advice", "Text is cut off at the left: move the camera that way."),
    QT_TRANSLATE_NOOP("Advice", "Text is cut off at the right: move the camera that way."),
    QT_TRANSLATE_NOOP("Advice", "Text is cut off at the top: move the camera that way."),
    QT_TRANSLATE_NOOP("Advice", "Text is cut off at the bottom: move the camera that way."),
)
"""What perception/seeing/quality.py says."""


def in_language(text: str) -> str:
    """The advice in the user's language; what is not in the list is shown as it is."""
    return QCoreApplication.translate("Advice", text)
