"""Reading the texts that came with a question, or with an earlier one of its chat."""

from __future__ import annotations

from collections.abc import Generator, Sequence

from agent.dialogue import Dialogue
from agent.memory.history_rows import StoredTurn
from agent.prompting.messages import Prompting
from agent.prompting.prompt import ANSWER_TOKENS, MOST_CHARACTERS, language
from agent.turn import passages
from agent.turn.context import TurnContext
from perception.types import Evidence
from safety.rules import SentenceEncoder

MOST_READ = 1500
"""Tokens of the texts of one question: half a minute of reading on a CPU."""
_LEAST_READ = 300
_OTHER = 500
"""For the instructions, what is in view, and the marks of the template."""
_MOST_AGAIN = 450


def read_texts(
    turn: TurnContext, dialogue: Dialogue, encoder: SentenceEncoder | None
) -> Generator[None, None, tuple[Evidence, ...]]:
    """The parts of the turn's texts that can be read; what was left out is in its notes."""
    texts = turn.asked.texts
    if not texts:
        return ()
    if not turn.said.strip():
        turn.meant = passages.asked_without_words(language(texts[0].text[:MOST_CHARACTERS]))
    words = turn.meant or turn.words
    room = dialogue.context - ANSWER_TOKENS - dialogue.count(words) - _OTHER
    room = max(_LEAST_READ, min(room, MOST_READ))
    found, told = yield from passages.choose(texts, words, room, dialogue.count, encoder)
    turn.notes += told
    return found


def read_again(
    turn: TurnContext,
    prompting: Prompting,
    seen: Sequence[StoredTurn],
    dialogue: Dialogue,
    encoder: SentenceEncoder | None,
) -> tuple[Evidence, ...]:
    """What earlier texts of the chat hold of what is asked; not what the model `seen` still has."""
    if turn.asked.texts or turn.asked.pictures:
        return ()
    texts = prompting.texts(turn.chat, turn.asked.replaces or turn.turn)
    read = [item for one in seen for item in one.evidence]
    words = turn.meant or turn.words
    return passages.again(
        texts, words, read, room=_MOST_AGAIN, count=dialogue.count, encoder=encoder
    )
