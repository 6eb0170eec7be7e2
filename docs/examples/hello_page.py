"""A page of the settings in one file: a button that greets.

Put it into `desktop/settings/pages/`, or install it as a package of its own with this in
pyproject.toml:

    [project.entry-points."candor.settings_page"]
    hello = "hello_page:PAGE"

Words that go into Candor itself are written as `QCoreApplication.translate("Settings", "...")`, and
translated with `python -m desktop.i18n.update`.
"""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtWidgets import QPushButton, QWidget

from desktop.settings.fields import field
from desktop.settings.page import PageParts, SettingsPage
from desktop.widgets.labels import label


def _fields(parts: PageParts) -> Iterator[QWidget]:
    """What stands on the page. `parts.form.tick("captions", ...)` would bind a switch to that
    setting of `agent/settings.py`.
    """
    answer = label("This page is one file.")
    button = QPushButton("Say hello")
    button.clicked.connect(lambda: answer.setText("Hello."))
    yield field("A greeting", button, "Nothing is saved.")
    yield answer


PAGE = SettingsPage(order=80, icon="sun", title=lambda: "Hello", fields=_fields)
