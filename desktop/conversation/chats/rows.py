"""What stands in the list of chats: chats by day, the pinned ones first, or what a search found."""

from __future__ import annotations

import datetime
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from agent.markdown.plain import plain
from agent.memory.history import Chat, History
from desktop.session.matches import Excerpt, any_word, excerpt

_MOST_TURNS = 60
_AROUND = 300
"""So much of an answer before and after a match is looked at."""
translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class ListedChat:
    """A row of the list. `turn` and `excerpt` say where in the chat the searched words stand."""

    chat: Chat
    pinned: bool = False
    turn: str = ""
    excerpt: Excerpt | None = None


def by_day(history: History, pinned: Collection[int]) -> Iterator[str | ListedChat]:
    """All chats, with a heading (a string) before each group."""
    chats = history.chats()
    first = [chat for chat in chats if chat.id in pinned]
    if first:
        yield translate("ChatList", "Pinned")
        yield from (ListedChat(chat, pinned=True) for chat in first)
    group = ""
    for chat in chats:
        if chat.id in pinned:
            continue
        if (day := _day(chat.updated)) != group:
            group = day
            yield day
        yield ListedChat(chat)


def found(history: History, typed: str) -> Iterator[ListedChat]:
    """Chats with the words in their title, then each turn that has them."""
    pattern = any_word(typed)
    chats = {chat.id: chat for chat in history.chats(typed)}
    hits = history.search(typed, most=_MOST_TURNS)
    told = {hit.chat for hit in hits}
    for chat in chats.values():
        if chat.id not in told:
            yield ListedChat(chat)
    order = {chat: place for place, chat in enumerate(chats)}
    for hit in sorted(hits, key=lambda hit: order.get(hit.chat, len(order))):
        turn = history.turn(hit.turn)
        if turn is None or hit.chat not in chats:
            continue
        piece = excerpt(pattern, turn.asked)
        if piece is None and pattern is not None:
            near = _around(pattern, turn.reply)
            piece = excerpt(pattern, plain(near)) or excerpt(pattern, near)
        if piece is None and pattern is not None:
            texts = (excerpt(pattern, _around(pattern, t.text)) for t in history.texts(turn.id))
            piece = next((each for each in texts if each is not None), None)
        yield ListedChat(chats[hit.chat], turn=hit.turn, excerpt=piece)


def _around(pattern: re.Pattern[str], text: str) -> str:
    place = pattern.search(text)
    start = max(0, place.start() - _AROUND) if place else 0
    return text[start : start + 2 * _AROUND]


def _day(updated: float) -> str:
    day = datetime.date.fromtimestamp(updated)
    gone = (datetime.date.today() - day).days
    if gone <= 0:
        return translate("ChatList", "Today")
    if gone == 1:
        return translate("ChatList", "Yesterday")
    return translate("ChatList", "This week") if gone < 7 else translate("ChatList", "Earlier")
