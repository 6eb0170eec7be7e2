"""What kept words mean, as vectors beside them on disk: made while idle, compared at a question.

A vector goes with its turn, fact or note: the files' triggers remove it where the text is removed
or changed.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from agent.memory.history import History
from agent.tools.store import Store
from perception.types import UserError
from safety.rules import SentenceEncoder

_log = logging.getLogger("candor.turn")

Vector: TypeAlias = NDArray[np.float32]

_TOGETHER = 8
"""Texts in a step: some 50 ms, after which a question comes first."""
_MOST_AT_ONCE = 16
"""Texts that a question still waits for; the others are compared by their words alone."""
_LONGEST = 400


@dataclass(frozen=True, slots=True)
class QuestionMeaning:
    """What a question means, and the meanings of what was kept, by text."""

    vector: Vector
    kept: Mapping[str, Vector]

    def nearness(self, text: str) -> float | None:
        """The cosine of the question and this kept text; None where it has no vector yet."""
        found = self.kept.get(text)
        return None if found is None else float(self.vector @ found)


@dataclass(frozen=True, slots=True)
class _Text:
    text: str
    turn: str = ""
    note: int = 0


class Meanings:
    """The meanings of one chat's questions and of all kept facts and notes. Thread: converse."""

    def __init__(self, history: History, store: Store) -> None:
        self._history, self._store = history, store
        self._vectors: dict[str, Vector] = {}
        self._chat: int | None = None
        self._settled = False

    def changed(self) -> None:
        """Something may have been said or kept since."""
        self._settled = False

    def step(self, encoder: SentenceEncoder | None, chat: int | None) -> bool:
        """Make the next few vectors; False where none is missing."""
        if encoder is None or (self._settled and chat == self._chat):
            return False
        self._make(encoder, self._missing(chat)[:_TOGETHER])
        self._settled = not self._missing(chat)
        return not self._settled

    def of_question(
        self, encoder: SentenceEncoder | None, words: str, chat: int | None
    ) -> QuestionMeaning | None:
        """What the words mean; None without an encoder that works, or where nothing was kept."""
        if encoder is None:
            return None
        try:
            self._make(encoder, self._missing(chat)[:_MOST_AT_ONCE])
            if not self._vectors:
                return None
            return QuestionMeaning(encoder.embed([words[:_LONGEST]])[0], self._vectors)
        except Exception:
            # The question is answered all the same: words are compared then.
            _log.exception("what was kept is not compared by meaning")
            return None

    def _missing(self, chat: int | None) -> list[_Text]:
        if chat != self._chat:
            self._vectors, self._chat = {}, chat
        kept = [_Text(one.text, note=one.id) for one in self._store.kept()]
        if any(one.text not in self._vectors for one in kept):
            self._read(self._store.meanings())
        said = self._history.turns(chat) if chat is not None else []
        turns = [_Text(one.asked, turn=one.id) for one in said if one.asked and one.ended]
        if chat is not None and any(one.text not in self._vectors for one in turns):
            self._read(self._history.meanings(chat))
        return [one for one in (*kept, *turns) if one.text not in self._vectors]

    def _read(self, rows: Sequence[tuple[str, bytes]]) -> None:
        for text, stored in rows:
            self._vectors[text] = np.frombuffer(stored, np.float16).astype(np.float32)

    def _make(self, encoder: SentenceEncoder, texts: Sequence[_Text]) -> None:
        if not texts:
            return
        found = encoder.embed([one.text[:_LONGEST] for one in texts])
        turns, notes = list[tuple[str, bytes]](), list[tuple[int, bytes]]()
        for one, vector in zip(texts, found, strict=True):
            self._vectors[one.text] = vector
            stored = vector.astype(np.float16).tobytes()
            if one.turn:
                turns.append((one.turn, stored))
            else:
                notes.append((one.note, stored))
        try:
            if turns:
                self._history.keep_meanings(turns)
            if notes:
                self._store.keep_meanings(notes)
        except UserError as error:
            _log.warning("the meanings are only in memory: %s", error)
