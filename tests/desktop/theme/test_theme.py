"""One place for colours and sizes, and widgets that follow it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtGui import QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from agent.settings import Settings
from desktop import theme
from desktop.theme import palette
from tests.desktop import reading

DESKTOP = Path(theme.__file__).parents[1]
SOURCES = sorted(DESKTOP.glob("*.py"))
QSS = (DESKTOP / "theme.qss").read_text(encoding="utf-8")
SIZED = re.compile(
    r"set(Spacing|ContentsMargins|Fixed\w+|(Minimum|Maximum)(Width|Height|Size)|PixelSize"
    r"|PointSizeF?|IconSize|HorizontalSpacing|VerticalSpacing)$|^(resize|addSpacing|QSize|QMargins)$"
)


def literal_sizes(tree: ast.AST) -> Iterator[str]:
    for call in ast.walk(tree):
        if not isinstance(call, ast.Call):
            continue
        named = call.func
        name = named.attr if isinstance(named, ast.Attribute) else getattr(named, "id", "")
        if SIZED.search(name):
            for value in (*call.args, *(word.value for word in call.keywords)):
                if isinstance(value, ast.Constant) and value.value not in (0, -1, 1):
                    yield f"line {call.lineno}: {name}({value.value!r})"


def literal_colours(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            if re.search(r"#[0-9a-fA-F]{6}\b|\b\d+(px|pt)\b|\brgba?\(", node.value):
                yield f"line {node.lineno}: {node.value!r}"
        elif isinstance(node, ast.Attribute) and node.attr in ("red", "blue", "black", "white"):
            yield f"line {node.lineno}: {node.attr}"


@pytest.mark.parametrize("file", SOURCES, ids=lambda file: file.name)
def test_nothing_else_names_a_colour_or_a_size(file: Path) -> None:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    assert list(literal_sizes(tree)) == []
    if file.name != "palette.py":
        assert list(literal_colours(tree)) == []


def test_the_linter_sees_what_it_should() -> None:
    tree = ast.parse("row.setSpacing(7); QSize(3, w); x = 'color: #FF0000'; y = 'width: 12px'")
    assert len(list(literal_sizes(tree))) == 2
    assert len(list(literal_colours(tree))) == 2


def test_the_stylesheet_names_no_colour() -> None:
    rules = re.sub(r"/\*.*?\*/", "", QSS, flags=re.S)
    assert re.findall(r":\s*#[0-9a-fA-F]{3,8}|rgba?\(|\b(?:black|white|red|gray)\b", rules) == []


@pytest.mark.parametrize("file", SOURCES, ids=lambda file: file.name)
def test_every_kind_that_is_used_is_in_the_stylesheet(file: Path) -> None:
    used = re.findall(r'setProperty\("kind", "([a-z]+)"\)', file.read_text(encoding="utf-8"))
    assert [kind for kind in used if f'kind="{kind}"' not in QSS] == []


@pytest.mark.parametrize("name", ["light", "dark", "contrast", "system"])
def test_a_theme_dresses_the_application(qapp: QApplication, name: str) -> None:
    made = theme.apply(qapp, Settings(theme=name, text_scale=1.5))
    assert theme.current() == made
    assert made.scale == 1.5
    window = qapp.palette().color(QPalette.ColorRole.Window).name().upper()
    assert window == made.tokens.surface
    assert "$" not in qapp.styleSheet()
    assert "font-size: 22px" in qapp.styleSheet()


def test_choosing_follows_the_system_only_when_asked() -> None:
    assert palette.choose("system", True, False) is palette.DARK
    assert palette.choose("system", False, True) is palette.CONTRAST_LIGHT
    assert palette.choose("light", True, True) is palette.LIGHT
    assert palette.choose("dark", False, False) is palette.DARK
    assert palette.choose("contrast", True, False) is palette.CONTRAST_DARK


@pytest.mark.parametrize(("asked", "given"), [(0.2, 1.0), (1.3, 1.3), (9.0, 2.0)])
def test_text_scale_stays_within_reason(qapp: QApplication, asked: float, given: float) -> None:
    assert theme.apply(qapp, Settings(text_scale=asked)).scale == given


def test_everything_to_press_is_large_enough(qapp: QApplication, qtbot: QtBot) -> None:
    theme.apply(qapp, Settings())
    whole = QWidget()
    qtbot.addWidget(whole)
    column = QVBoxLayout(whole)
    for kind in ("", "primary", "quiet", "small", "chip", "danger", "fold", "row"):
        button = QPushButton("x")
        button.setProperty("kind", kind)
        column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
    whole.show()
    assert reading.too_small(whole) == []


def test_a_ring_shows_where_the_keyboard_is(qapp: QApplication, qtbot: QtBot) -> None:
    theme.apply(qapp, Settings(theme="light"))
    whole = QWidget()
    qtbot.addWidget(whole)
    column = QVBoxLayout(whole)
    first, second, field = QPushButton("one"), QPushButton("two"), QLineEdit()
    for part in (first, second, field):
        column.addWidget(part)
    whole.show()
    whole.activateWindow()
    qtbot.waitUntil(whole.isActiveWindow)
    column.setSpacing(theme.gap(4))
    window = whole.windowHandle()

    def ringed(widget: QWidget) -> bool:
        image = whole.grab().toImage()
        corner = widget.mapTo(whole, QPoint(widget.width() // 2, -theme.STROKE))
        return image.pixelColor(corner) == theme.color("accent")

    def press(key: Qt.Key) -> None:
        QTest.keyClick(window, key)

    field.setFocus()
    press(Qt.Key.Key_Tab)
    qtbot.waitUntil(lambda: ringed(first))
    press(Qt.Key.Key_Tab)
    qtbot.waitUntil(lambda: ringed(second) and not ringed(first))
    second.move(second.x() + theme.gap(2), second.y() + theme.gap(1))
    qtbot.waitUntil(lambda: ringed(second))
    press(Qt.Key.Key_Tab)
    qtbot.waitUntil(lambda: field.hasFocus() and not ringed(second))
    QTest.mouseClick(window, Qt.MouseButton.LeftButton, pos=first.geometry().center())
    qtbot.waitUntil(lambda: first.hasFocus() and not ringed(first))
    press(Qt.Key.Key_Tab)
    qtbot.waitUntil(lambda: ringed(second))
    second.setParent(None)
    second.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    press(Qt.Key.Key_Tab)
    assert not ringed(field)
