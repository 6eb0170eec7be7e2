"""The actions on chats."""

from __future__ import annotations

from desktop.window.commands.types import (
    QT_TRANSLATE_NOOP,
    ActionGroup,
    Targets,
    WindowAction,
)


def _find_in_all(on: Targets) -> None:
    on.parts.panels.show_chats(True)
    on.parts.chats.start_search()


def _rename(on: Targets) -> None:
    on.parts.panels.show_chats(True)
    on.parts.chats.rename()


def _marked(on: Targets) -> bool:
    return on.parts.chats.marked is not None


CHAT_ACTIONS = (
    WindowAction(
        "new_chat",
        ActionGroup.CHATS,
        QT_TRANSLATE_NOOP("Actions", "New chat"),
        ("Ctrl+N",),
        lambda on: on.actions.open_chat(None),
        icon="plus",
        menu=True,
    ),
    WindowAction(
        "private_chat",
        ActionGroup.CHATS,
        QT_TRANSLATE_NOOP("Actions", "New private chat"),
        ("Ctrl+Shift+N",),
        lambda on: on.actions.open_private(),
        icon="shield-check",
        menu=True,
    ),
    WindowAction(
        "find_chats",
        ActionGroup.CHATS,
        QT_TRANSLATE_NOOP("Actions", "Find in all chats"),
        ("Ctrl+Shift+F",),
        _find_in_all,
        icon="search",
        menu=True,
    ),
    WindowAction(
        "rename_chat",
        ActionGroup.CHATS,
        QT_TRANSLATE_NOOP("Actions", "Rename the chat"),
        ("F2",),
        _rename,
        _marked,
        icon="square-pen",
    ),
    WindowAction(
        "pin_chat",
        ActionGroup.CHATS,
        QT_TRANSLATE_NOOP("Actions", "Pin the chat to the top, or unpin it"),
        ("Ctrl+Shift+P",),
        lambda on: on.parts.chats.pin(),
        _marked,
        icon="pin",
    ),
    WindowAction(
        "delete_chat",
        ActionGroup.CHATS,
        QT_TRANSLATE_NOOP("Actions", "Delete the chat that is marked in the list"),
        ("Del",),
        lambda on: on.parts.chats.delete(),
        _marked,
        icon="trash-2",
        in_list=True,
    ),
    WindowAction(
        "undo_delete",
        ActionGroup.CHATS,
        QT_TRANSLATE_NOOP("Actions", "Bring the deleted chat back"),
        ("Ctrl+Z",),
        lambda on: on.parts.chats.undo(),
        lambda on: on.parts.chats.can_undo,
        icon="rotate-ccw",
    ),
    WindowAction(
        "export_chat",
        ActionGroup.CHATS,
        QT_TRANSLATE_NOOP("Actions", "Export the chat…"),
        ("Ctrl+Shift+S",),
        lambda on: on.parts.chats.export(),
        _marked,
        icon="download",
        menu=True,
    ),
    WindowAction(
        "import_chats",
        ActionGroup.CHATS,
        QT_TRANSLATE_NOOP("Actions", "Import chats…"),
        (),
        lambda on: on.chat_import.choose(),
        icon="folder",
        menu=True,
    ),
)
