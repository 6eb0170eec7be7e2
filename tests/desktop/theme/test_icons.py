"""Icons: there, tinted, crisp, and in step with the theme."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon, QImage
from PySide6.QtWidgets import QApplication

from agent.settings import Settings
from desktop import theme
from desktop.theme import glyphs
from desktop.widgets import icons

DESKTOP = Path(theme.__file__).parents[1]


def strongest(icon: QIcon, mode: QIcon.Mode = QIcon.Mode.Normal) -> QColor:
    """The most opaque colour of an icon."""
    image = icon.pixmap(QSize(48, 48), 1.0, mode).toImage()
    pixels = [image.pixelColor(x, y) for x in range(48) for y in range(48)]
    return max(pixels, key=lambda pixel: pixel.alpha())


@pytest.mark.parametrize("name", glyphs.names())
def test_every_icon_is_drawn_in_its_token(qapp: QApplication, name: str) -> None:
    theme.apply(qapp, Settings(theme="light"))
    pixel = strongest(icons.icon(name, "accent"))
    assert pixel.alpha() == 255
    assert pixel.rgb() == theme.color("accent").rgb()


def test_an_icon_follows_the_theme(qapp: QApplication) -> None:
    theme.apply(qapp, Settings(theme="light"))
    icon = icons.icon("mic")
    light = strongest(icon)
    theme.apply(qapp, Settings(theme="dark"))
    assert strongest(icon) == theme.color("ink") != light


def test_an_icon_dims_when_its_button_is_off(qapp: QApplication) -> None:
    theme.apply(qapp, Settings(theme="light"))
    assert strongest(icons.icon("mic"), QIcon.Mode.Disabled).alpha() < 255


def test_an_icon_is_drawn_anew_for_every_scale(qapp: QApplication) -> None:
    icon = icons.icon("camera")
    assert icon.pixmap(QSize(20, 20), 2.0).size() == QSize(40, 40)
    assert icon.pixmap(QSize(200, 200), 1.0).size() == QSize(200, 200)


def test_an_unknown_icon_is_an_error() -> None:
    with pytest.raises(FileNotFoundError):
        icons.icon("no-such-thing")


def test_the_window_names_only_icons_that_are_there() -> None:
    used = set()
    for file in DESKTOP.glob("*.py"):
        used |= set(re.findall(r'icons?\.icon\(\s*"([^"]+)"', file.read_text(encoding="utf-8")))
    assert used
    assert used <= set(glyphs.names())


def test_the_licence_lies_beside_the_icons() -> None:
    text = (glyphs.FOLDER / "LICENSE-lucide.txt").read_text(encoding="utf-8")
    assert "ISC License" in text
    assert "Lucide" in text


def test_the_program_has_a_picture(qapp: QApplication) -> None:
    image: QImage = icons.app_icon().pixmap(QSize(64, 64)).toImage()
    assert not image.isNull()
    assert image.pixelColor(32, 32).alpha() == 255


def test_no_icon_is_frozen_into_a_label() -> None:
    """A picture on a label keeps the colour of the theme it was made in; `Glyph` follows."""
    sources = Path(icons.__file__).parent.glob("*.py")
    frozen = re.compile(r"icons\.icon\([^)]*\)\.pixmap")
    assert [file.name for file in sources if frozen.search(file.read_text(encoding="utf-8"))] == []
