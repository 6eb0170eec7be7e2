"""Bytes, speeds and times as people read them."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLocale

_MINUTE = 60
_SOON = 10


def size(count: float) -> str:
    """Bytes with a unit, decimal like on the box of a disk."""
    kind = QLocale.DataSizeFormat.DataSizeSIFormat
    return QLocale().formattedDataSize(round(count), 0 if count < 1e9 else 1, kind)


def speed(count: float) -> str:
    """Bytes a second."""
    return QCoreApplication.translate("Amounts", "%1/s").replace("%1", size(count))


def time_left(seconds: float) -> str:
    """How long something still takes, no more exact than it is known."""
    translate = QCoreApplication.translate
    if seconds < _SOON:
        return translate("Amounts", "a few seconds left")
    if seconds < _MINUTE:
        return translate("Amounts", "less than a minute left")
    minutes = round(seconds / _MINUTE)
    if minutes == 1:
        return translate("Amounts", "about a minute left")
    return translate("Amounts", "about %1 minutes left").replace("%1", str(minutes))
