"""The pages of the settings, found by their files in `desktop/settings/pages`.

An installed package adds one by an entry point of the group `candor.settings_page`. A page that
cannot be imported is logged and left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache

from PySide6.QtWidgets import QLabel, QWidget

from agent.settings import Settings
from desktop.settings.appeal_list import AppealList
from desktop.settings.form import Form
from desktop.settings.memory_page import Memory
from desktop.settings.microphone_trial import DeviceTrial
from desktop.settings.privacy_controls import PrivacyControls
from desktop.settings.vocabulary import VocabularyEditor
from perception.audio.ipc.messages import Devices
from perception.discovery import declared


@dataclass(frozen=True, slots=True)
class PageParts:
    """What the fields of a page are made from."""

    form: Form
    """Makes a field that is bound to the setting of a name."""
    devices: Devices
    trial: DeviceTrial
    words: VocabularyEditor
    memory: Memory
    open_models: Callable[[], None]
    """Opens the Models page."""
    privacy: PrivacyControls
    key_problem: QLabel
    """What is wrong with the key for a quick question."""
    appeals: AppealList


@dataclass(frozen=True, slots=True)
class SettingsPage:
    """A page of the settings."""

    order: int
    """Pages with a lower one stand above; Candor's own are 10, 20, 30 ..."""
    icon: str
    """A name of desktop/icons."""
    title: Callable[[], str]
    """Its name in the user's language."""
    fields: Callable[[PageParts], Iterable[QWidget]]
    """What stands on it, from above."""
    follow: Callable[[Form, Settings], None] = lambda form, settings: None
    """Shows what only matters with these settings; called after each change."""


@cache
def settings_pages() -> tuple[SettingsPage, ...]:
    """All pages in the order in which they are shown."""
    found = declared("desktop.settings.pages", "PAGE", "candor.settings_page", SettingsPage)
    ordered = sorted(found, key=lambda each: (each[1].order, each[0].where))
    return tuple(page for _, page in ordered)
