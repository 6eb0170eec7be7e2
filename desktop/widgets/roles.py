"""What a widget is to a screen reader: a heading, a list, a part of the window, said once.

Qt takes these from classes of its own alone; a factory answers for the widgets that say it. Qt also
takes a tool tip, or the example in an empty field, for the description: one that only says the name
again would be read twice.
"""

from __future__ import annotations

import html
import re

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QApplication, QLabel, QWidget

_TAG = re.compile("<[^>]*>")
_NOTHING = " "
_ROLE = "candorRole"
_INSTALLED = "candorRoles"


def set_role(widget: QWidget, role: QAccessible.Role, name: str = "") -> None:
    """Be this to a screen reader, with this name."""
    widget.setProperty(_ROLE, int(role.value))
    if name:
        widget.setAccessibleName(name)


def heading(text: str) -> QLabel:
    """A label that is a heading. It says so before it has words: Qt asks with the first of them."""
    made = QLabel()
    made.setProperty("kind", "heading")
    set_role(made, QAccessible.Role.Heading, text)
    made.setText(text)
    return made


def install_roles(app: QApplication) -> None:
    """Let Qt ask for these roles; once an application."""
    if app.property(_INSTALLED) is None:
        app.setProperty(_INSTALLED, True)
        QAccessible.installFactory(_interface)


def _describe_once(widget: QWidget) -> None:
    """Leave of a tool tip what the name does not say: a key, or nothing."""
    tip = widget.toolTip() or str(widget.property("placeholderText") or "")
    shown = html.unescape(_TAG.sub("", tip)).strip()
    name = widget.accessibleName() or str(widget.property("text") or "").replace("&&", "&")
    if name and not widget.accessibleDescription() and shown.startswith(name):
        rest = shown[len(name) :].strip(" ().")
        # Not empty, for then Qt takes the tool tip.
        widget.setAccessibleDescription(rest or _NOTHING)


def _interface(_key: str, thing: QObject) -> QAccessibleInterface | None:
    if not isinstance(thing, QWidget):
        return None
    _describe_once(thing)
    role = thing.property(_ROLE)
    return QAccessibleWidget(thing, QAccessible.Role(role), "") if role is not None else None
