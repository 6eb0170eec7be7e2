"""Chats of an export put into the history, each whole or not at all."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from agent.memory.chat_import.reading import read_export
from agent.memory.chat_import.types import ImportedChat, ImportReport, LeftOut, Reason

_MOST_LEFT_OUT = 1000
"""So many are listed."""


def import_chats(
    place: Path,
    keep: Callable[[ImportedChat], bool],
    told: Callable[[ImportReport], None] = lambda report: None,
) -> ImportReport:
    """Read an export and keep its chats; `told` hears how far it is after each.

    UserError where the file is no export, or the history cannot be written.
    """
    chats = turns = known = 0
    left_out = list[LeftOut]()
    report = ImportReport()
    for item in read_export(place):
        if isinstance(item, LeftOut):
            left_out.append(item)
        else:
            new = keep(item)
            chats, known = chats + new, known + (not new)
            turns += len(item.turns) if new else 0
            for reason, count in (
                (Reason.BROKEN_MESSAGE, item.broken),
                (Reason.ATTACHMENT, item.attached),
            ):
                if count and new:
                    left_out.append(LeftOut(item.title, reason, count))
        report = ImportReport(chats, turns, known, tuple(left_out[:_MOST_LEFT_OUT]))
        told(report)
    return report
