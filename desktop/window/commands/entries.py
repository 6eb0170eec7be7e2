"""What the palette finds: actions that can be used now, pages of the settings, and chats."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QCoreApplication

from desktop.settings.page import settings_pages
from desktop.widgets.plain_text import short
from desktop.window.commands.fuzzy import fit
from desktop.window.commands.types import Targets, WindowAction, shown_key

_MOST = 60
_LONGEST = 100
translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class PaletteEntry:
    """One line of the palette. `others` are further words by which it is found."""

    title: str
    kind: str
    icon: str
    run: Callable[[], object]
    key: str = ""
    others: tuple[str, ...] = ()


def palette_entries(on: Targets, table: Sequence[WindowAction]) -> list[PaletteEntry]:
    """All that can be chosen now."""
    return [*_actions(on, table), *_choices(on), *_pages(on), *_chats(on)]


def fitting_entries(entries: Sequence[PaletteEntry], typed: str) -> list[PaletteEntry]:
    """Those that fit what is typed, the best first."""
    if not typed.strip():
        return list(entries[:_MOST])
    fits = [(fit(typed, entry.title, *entry.others), entry) for entry in entries]
    found = sorted((pair for pair in fits if pair[0] > 0), key=lambda pair: -pair[0])
    return [entry for _, entry in found[:_MOST]]


def _actions(on: Targets, table: Sequence[WindowAction]) -> Iterator[PaletteEntry]:
    for action in table:
        run = action.run
        if run is None or action.name == "palette" or not action.usable(on):
            continue
        keys = action.keys_with(on.actions.settings)
        key = shown_key(keys[0]) if keys else ""
        title = action.title.removesuffix("…")
        others = (action.english, f"{action.group.title} {title}")
        yield PaletteEntry(
            title,
            action.group.title,
            action.icon or "chevron-right",
            partial(run, on),
            key,
            others,
        )


def _choices(on: Targets) -> Iterator[PaletteEntry]:
    """The profiles, and the models that are here."""
    kind = translate("Palette", "Profile")
    for title, choose in on.parts.conversation.header.switch.profiles():
        yield PaletteEntry(title, kind, "user", choose, others=(f"{kind} {title}",))
    kind = translate("Palette", "Model")
    for title, choose in on.parts.conversation.header.switch.models():
        yield PaletteEntry(title, kind, "box", choose, others=(f"{kind} {title}",))


def _pages(on: Targets) -> Iterator[PaletteEntry]:
    kind = translate("Palette", "Settings")
    for page in settings_pages():
        title = page.title()
        yield PaletteEntry(
            title,
            kind,
            page.icon,
            partial(on.dialogs.open_preferences, title),
            others=(f"{kind} {title}",),
        )


def _chats(on: Targets) -> Iterator[PaletteEntry]:
    kind = translate("Palette", "Chat")
    for chat in on.parts.chats.known():
        title = short(chat.title, _LONGEST).replace("\n", " ") or translate("Palette", "New chat")
        yield PaletteEntry(title, kind, "message-circle", partial(on.actions.open_chat, chat.id))
