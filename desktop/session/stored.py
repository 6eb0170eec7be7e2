"""Turns as they were kept, and what is known again of their pictures."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from agent.events import Failed
from agent.memory import history
from agent.types import Ended
from desktop.session.chat import ShownTurn
from perception.messages import plain
from perception.types import Item, Quality, Scene


def of_history(turn: history.StoredTurn) -> ShownTurn:
    """A turn as it was kept."""
    return ShownTurn(
        id=turn.id,
        chat=turn.chat,
        asked=turn.asked,
        evidence=turn.evidence,
        reply=turn.reply,
        ended=turn.ended or Ended.FAILED,
        why=turn.why,
        failed=_unreadable(turn),
        saved=True,
        kept=True,
        at=turn.at,
    )


def _unreadable(turn: history.StoredTurn) -> Failed | None:
    """What is damaged of a kept turn, said in its place."""
    if not turn.unreadable:
        return None
    names = {
        "asked": QCoreApplication.translate("History", "the question"),
        "prompt": QCoreApplication.translate("History", "what the model read"),
        "evidence": QCoreApplication.translate("History", "the evidence"),
        "reply": QCoreApplication.translate("History", "the answer"),
        "ended": QCoreApplication.translate("History", "how it ended"),
        "why": QCoreApplication.translate("History", "the reasons"),
        "at": QCoreApplication.translate("History", "the time"),
    }
    message = QCoreApplication.translate("History", "A part of this turn is damaged: {parts}.")
    parts = ", ".join(names[name] for name in turn.unreadable)
    hint = QCoreApplication.translate("History", "The rest of the chat is as it was.")
    return Failed(turn.id, plain(message.format(parts=parts), hint))


def seen_in(turn: ShownTurn) -> Scene | None:
    """What was recognised in the turn's picture; for a kept one, what is evidence of it."""
    if turn.scene is not None:
        return turn.scene
    by_kind: dict[str, list[Item]] = {}
    for item in turn.evidence:
        if item.where.box is not None:
            seen = Item(item.text, item.where.box, item.confidence, item.where.source)
            by_kind.setdefault(item.kind, []).append(seen)
    if not by_kind:
        return None
    people, things, texts, codes = (
        tuple(by_kind.get(kind, ())) for kind in ("person", "thing", "text", "code")
    )
    quality = Quality(0.5, 0.0)
    return Scene(people, things, texts, codes, (), "", quality, turn.at)
