"""The field of use, what is kept of ratings, and the user's own policy."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QCoreApplication, QLocale, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QPushButton, QWidget

from agent.profiles import profile
from agent.settings import config_folder
from desktop.settings.fields import Choice, field
from desktop.settings.page import PageParts, SettingsPage
from desktop.settings.policy.editor import PolicyEditor
from desktop.widgets import icons
from desktop.widgets.labels import label
from safety.helplines import region_of
from safety.policy_file import regions


def _fields(parts: PageParts) -> Iterator[QWidget]:
    translate = QCoreApplication.translate
    # The language of the titles; a translation of it says which one it is.
    code = translate("Settings", "en")
    titles = [(name, profile.title(name, code)) for name in profile.names()]
    yield parts.form.pick(
        "profile",
        translate("Settings", "Profile"),
        titles,
        translate("Settings", "Adds what matters in this field to the instructions."),
    )
    yield parts.form.pick(
        "region",
        translate("Settings", "Your region"),
        _regions(),
        translate("Settings", "Whom Candor names in an emergency, and what numbers."),
    )
    yield label(translate("Settings", "What is done about each kind of content"), "strong")
    editor = PolicyEditor(config_folder() / "policy.toml", _profile(parts).value)
    _profile(parts).chosen.connect(editor.set_profile)
    yield editor
    yield parts.form.tick(
        "keep_marks",
        translate("Settings", "Save my ratings, to learn from"),
        translate(
            "Settings", "Thumbs and corrections stay here, and are used only when you train."
        ),
    )
    folder = QPushButton(translate("Settings", "Open the folder"))
    folder.setIcon(icons.icon("folder"))
    folder.clicked.connect(_open_folder)
    rules = translate(
        "Settings", "A file policy.toml in this folder says what is different from the default."
    )
    yield field(translate("Settings", "Your own rules"), folder, rules)
    yield parts.appeals
    checked = translate(
        "Settings",
        "Every sentence is checked before you see or hear it. Press “Why?” below an answer to "
        "see which rules looked at it.",
    )
    yield label(checked, "caption")


def _profile(parts: PageParts) -> Choice:
    control = parts.form.controls["profile"]
    assert isinstance(control, Choice)
    return control


def _regions() -> list[tuple[str, str]]:
    """The regions whose numbers are known, each with its emergency number."""
    automatic = region_of("", "")
    system = QCoreApplication.translate("Settings", "System default")
    known = {code: lines.emergency for lines in regions() for code in lines.regions}
    rows = [(code, f"{_place(code)} ({known[code]})") for code in known if code.isalpha()]
    first = f"{system}: {_place(automatic)}" if automatic else system
    return [("", first), *sorted((row for row in rows if row[0] != "EU"), key=lambda row: row[1])]


def _place(code: str) -> str:
    return QLocale.territoryToString(QLocale.codeToTerritory(code))


def _open_folder() -> None:
    folder = config_folder()
    folder.mkdir(parents=True, exist_ok=True)
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))


def _title() -> str:
    return QCoreApplication.translate("Settings", "Safety")


PAGE = SettingsPage(70, "shield-check", _title, _fields)
