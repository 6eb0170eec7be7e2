"""What belongs to this turn out of what was kept and what was said long ago.

Facts that the user had kept, and their own words of this chat that no longer fit the prompt. Only
the few that speak of the same, by their words and by what they mean, come along, as data lines
with numbers, so that they can be cited and can never pass for the user's words of now (law 4).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from agent.codes import AgentCode
from agent.memory.closeness import closeness
from agent.memory.history import StoredTurn
from agent.memory.meanings import QuestionMeaning
from agent.tools.reading.likeness import words_of
from agent.tools.store import FACT, NOTE, Store, StoredNote
from perception.messages import Notice, notice
from perception.types import Evidence, Where

_FIRST = AgentCode.CHAT_BEGINNING_UNREAD
_MOST_FACTS = 3
_MOST_TURNS = 4
_LONGEST = 240
_ABOUT_ME = re.compile(
    r"\b(?:about me|my name|who am i|know me|i'm called|i am called|am i)\b|我是谁|我叫什么|关于我",
    re.I,
)


def facts(
    words: str,
    store: Store,
    seen: Sequence[StoredTurn],
    meant: QuestionMeaning | None = None,
) -> tuple[Evidence, ...]:
    """The kept facts and notes that speak of what is asked, the best first.

    What was said in a turn that the model still reads is left out: it stands there already.
    """
    here = {turn.id for turn in seen}
    kept = [one for one in store.kept() if one.turn not in here]
    if _ABOUT_ME.search(words):
        best = [one for one in kept if one.kind == FACT][-_MOST_FACTS:]
    else:
        best = _best(words, kept, meant)
    return tuple(_fact(one) for one in best)


def earlier(
    words: str, unseen: Sequence[StoredTurn], meant: QuestionMeaning | None = None
) -> tuple[Evidence, ...]:
    """What the user said in turns that the model no longer reads, where it speaks of the same.

    A question about the beginning of the chat brings its first turns.
    """
    told = [turn for turn in unseen if not _asks(turn.asked)] or list(unseen)
    if re.search(r"\b(?:start|beginning|first|earlier)\b|一开始|最初|开头|刚开始", words, re.I):
        chosen = told[:2]
    else:
        chosen = []
    scores = {turn.id: _close(words, turn.asked, meant) for turn in told}
    near = sorted((turn for turn in told if scores[turn.id] >= 1), key=lambda t: -scores[t.id])
    chosen = list({turn.id: turn for turn in (*chosen, *near)}.values())[:_MOST_TURNS]
    order = {turn.id: place for place, turn in enumerate(unseen)}
    return tuple(_said(turn) for turn in sorted(chosen, key=lambda turn: order[turn.id]))


def numbered(evidence: Sequence[Evidence], more: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """Evidence with more behind it, numbered on."""
    first = len(evidence) + 1
    return (
        *evidence,
        *(Evidence(n, e.kind, e.text, e.where, e.confidence) for n, e in enumerate(more, first)),
    )


def no_longer_seen(unseen: Sequence[StoredTurn], past: Sequence[StoredTurn]) -> Notice | None:
    """The note for a chat whose beginning no longer fits; None where all of it does.

    The first time in a chat it has a code of its own, which is shown with the answer.
    """
    if not unseen:
        return None
    told = any(note.code == _FIRST for turn in past if turn.why for note in turn.why.notes)
    code = AgentCode.CHAT_FOUND_BY_SEARCH if told else _FIRST
    return notice(code, until=" ".join(unseen[-1].asked.split())[:60])


def _best(
    words: str, kept: Sequence[StoredNote], meant: QuestionMeaning | None
) -> list[StoredNote]:
    if not words_of(words):
        return []
    scores = {one.id: round(_close(words, one.text, meant), 2) for one in kept}
    # Of two alike the newer counts, so it stands first.
    scored = sorted(kept, key=lambda one: (-scores[one.id], -one.made))
    return [one for one in scored if scores[one.id] >= 1][:_MOST_FACTS]


def _close(words: str, text: str, meant: QuestionMeaning | None) -> float:
    return closeness(words, text, meant.nearness(text) if meant else None)


def _fact(one: StoredNote) -> Evidence:
    day = f"{datetime.fromtimestamp(one.made):%Y-%m-%d}"
    text = f"{one.text[:_LONGEST]} ({day})"
    return Evidence(0, "note" if one.kind == NOTE else "fact", text, Where(one.turn), 1.0)


def _said(turn: StoredTurn) -> Evidence:
    return Evidence(0, "earlier", " ".join(turn.asked.split())[:_LONGEST], Where(turn.id), 1.0)


def _asks(words: str) -> bool:
    return words.rstrip().endswith(("?", "？"))
