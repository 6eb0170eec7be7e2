"""On every page and in every dialog a screen reader meets things in the order of the screen."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QWidget

from desktop.window.main import Window
from tests.desktop.pages import DIALOGS, PAGES, close_dialogs
from tests.desktop.reading import out_of_order
from tests.desktop.window_script import Script


@pytest.fixture(autouse=True)
def accessible() -> Iterator[None]:
    """As if a screen reader ran."""
    QAccessible.setActive(True)
    yield
    QAccessible.setActive(False)


def _faults(whole: QWidget) -> list[str]:
    for _ in range(6):
        QApplication.processEvents()
    face = QAccessible.queryAccessibleInterface(whole)
    assert face is not None
    return list(out_of_order(face))


@pytest.mark.parametrize("page", PAGES)
def test_of_a_page(window: Window, script: Script, page: str) -> None:
    assert _faults(PAGES[page](window, script)) == []


def test_of_the_dialogs(window: Window, script: Script) -> None:
    found = dict[str, list[str]]()
    for name, opened in DIALOGS.items():
        dialog = opened(window, script)
        dialog.show()
        if faults := _faults(dialog):
            found[name] = faults
        close_dialogs(window)
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert found == {}
