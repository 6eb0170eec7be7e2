"""The names of everyday things in the user's language."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

NAMES = (
    QT_TRANSLATE_NOOP("Things", "Bicycle"),
    QT_TRANSLATE_NOOP("Things", "Boot"),
    QT_TRANSLATE_NOOP("Things", "Laptop"),
    QT_TRANSLATE_NOOP("Things", "Person"),
    QT_TRANSLATE_NOOP("Things", "Chair"),
    QT_TRANSLATE_NOOP("Things", "Cattle"),
    QT_TRANSLATE_NOOP("Things", "Desk"),
    QT_TRANSLATE_NOOP("Things", "Cat"),
    QT_TRANSLATE_NOOP("Things", "Computer mouse"),
    QT_TRANSLATE_NOOP("Things", "Computer monitor"),
    QT_TRANSLATE_NOOP("Things", "Box"),
    QT_TRANSLATE_NOOP("Things", "Mug"),
    QT_TRANSLATE_NOOP("Things", "Coffee cup"),
    QT_TRANSLATE_NOOP("Things", "Stationary bicycle"),
    QT_TRANSLATE_NOOP("Things", "Table"),
    QT_TRANSLATE_NOOP("Things", "Bottle"),
    QT_TRANSLATE_NOOP("Things", "High heels"),
    QT_TRANSLATE_NOOP("Things", "Vehicle"),
    QT_TRANSLATE_NOOP("Things", "Footwear"),
    QT_TRANSLATE_NOOP("Things", "Dog"),
    QT_TRANSLATE_NOOP("Things", "Book"),
    QT_TRANSLATE_NOOP("Things", "Camera"),
    QT_TRANSLATE_NOOP("Things", "Car"),
)
"""What the object detector knows (perception/seeing/objects.txt)."""


def thing_name(label: str) -> str:
    """The name of a thing; a label that is not in the list is shown as it is."""
    name = label[:1].upper() + label[1:]
    translated = QCoreApplication.translate("Things", name)
    return translated if translated != name else label
