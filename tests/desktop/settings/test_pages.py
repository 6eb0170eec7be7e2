"""Pages are found by their files, and a broken one takes no other along."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QListWidget, QPushButton
from pytestqt.qtbot import QtBot

from agent.settings import Settings
from desktop import theme
from desktop.settings.dialog import SettingsDialog
from desktop.settings.page import settings_pages
from perception import discovery

EXAMPLES = Path(__file__).parents[3] / "docs" / "examples"
OWN = [
    "Appearance and language",
    "Talking",
    "Custom instructions",
    "Quick questions",
    "Words",
    "Memory",
    "Voice and sound",
    "Picture",
    "Model",
    "Privacy",
    "Safety",
]


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[list[str]]:
    """Entry points of `candor.settings_page`; modules may be written into `tmp_path`."""
    values = list[str]()

    def entry_points(group: str) -> Sequence[EntryPoint]:
        return [EntryPoint(value, value, group) for value in values]

    monkeypatch.setattr(discovery, "entry_points", entry_points)
    monkeypatch.syspath_prepend(str(EXAMPLES))
    monkeypatch.syspath_prepend(str(tmp_path))
    settings_pages.cache_clear()
    yield values
    settings_pages.cache_clear()


@pytest.fixture
def opened(qapp: QApplication, qtbot: QtBot) -> Callable[[], SettingsDialog]:
    """Open the settings."""
    theme.apply(qapp, Settings())

    def made() -> SettingsDialog:
        dialog = SettingsDialog(Settings())
        qtbot.addWidget(dialog)
        return dialog

    return made


def names(dialog: SettingsDialog) -> list[str]:
    listed = dialog.findChildren(QListWidget)[0]
    return [listed.item(row).text() for row in range(listed.count())]


def test_every_page_is_there_in_its_order(opened: Callable[[], SettingsDialog]) -> None:
    assert names(opened()) == OWN


def test_the_example_is_a_page_like_any_other(
    installed: list[str], opened: Callable[[], SettingsDialog]
) -> None:
    installed.append("hello_page:PAGE")
    dialog = opened()
    assert names(dialog) == [*OWN, "Hello"]
    [button] = [b for b in dialog.findChildren(QPushButton) if b.text() == "Say hello"]
    button.click()
    assert "Hello." in [shown.text() for shown in dialog.findChildren(QLabel)]


@pytest.mark.parametrize(
    "broken",
    [
        ("raise RuntimeError('no such page')", "cannot be imported"),
        ("PAGE = 'a page'", "it is no SettingsPage"),
        (
            "from desktop.settings.page import SettingsPage\n"
            "PAGE = SettingsPage(5, 'sun', lambda: 'Odd', lambda parts: [1 / 0])",
            "cannot be made",
        ),
    ],
)
def test_one_that_is_broken_is_left_out_and_named(
    installed: list[str],
    tmp_path: Path,
    opened: Callable[[], SettingsDialog],
    caplog: pytest.LogCaptureFixture,
    broken: tuple[str, str],
) -> None:
    text, said = broken
    module = "broken_page_" + said.replace(" ", "_")
    (tmp_path / f"{module}.py").write_text(text, encoding="utf-8")
    installed.append(f"{module}:PAGE")
    assert names(opened()) == OWN
    assert said in caplog.text
