"""Tab goes through the window as one reads it, also through what came later."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from PySide6.QtWidgets import QWidget


def chain(stops: Iterable[QWidget]) -> None:
    """Let Tab visit these widgets in this order."""
    for before, after in pairwise(stops):
        QWidget.setTabOrder(before, after)
