"""The order in which a screen reader meets widgets: that of the screen.

Qt tells it the children of a widget in the order of their stack, which is the one in which they
were made. So they are raised in the order of their layout.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import cast

from PySide6.QtWidgets import QGridLayout, QLayout, QSplitter, QStackedWidget, QWidget


def read_in_order(whole: QWidget) -> None:
    """Bring everything below into the order of its layout; nothing moves where it is so."""
    for widget in (whole, *whole.findChildren(QWidget)):
        _order(widget)


def _order(widget: QWidget) -> None:
    if isinstance(widget, QStackedWidget):
        return
    if isinstance(widget, QSplitter):
        wanted = [widget.widget(place) for place in range(widget.count())]
    else:
        layout = widget.layout()
        wanted = list(_in(layout)) if layout is not None else []
    parts = [part for part in wanted if part is not None and part.parent() is widget]
    children = [c for c in widget.children() if isinstance(c, QWidget) and not c.isWindow()]
    if not parts or [child for child in children if child in parts] == parts:
        return
    # What is in no layout lies over the rest, and must stay there.
    for part in (*parts, *(child for child in children if child not in parts)):
        part.raise_()


def _in(layout: QLayout) -> Iterator[QWidget]:
    places: Iterable[int] = range(layout.count())
    if isinstance(layout, QGridLayout):
        places = sorted(places, key=lambda at: _cell(layout, at))
    for place in places:
        item = layout.itemAt(place)
        inside, widget = (item.layout(), item.widget()) if item is not None else (None, None)
        if widget is not None:
            yield widget
        elif inside is not None:
            yield from _in(inside)


def _cell(grid: QGridLayout, at: int) -> tuple[int, int]:
    row, column, *_ = cast("tuple[int, int, int, int]", grid.getItemPosition(at))
    return row, column
