"""Causes as messages: one sentence each, the same for window, voice, terminal and screen reader."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from agent.codes import AgentCode
from agent.memory.history_rows import StoredTurn
from perception.messages import Notice, message, notice
from safety.types import Cause, CauseKind, DecidingWords, Explanation, LineEffect

_SPOKEN = 2
"""Sentences of an answer to "why?"."""
_LETTERS = 160


@dataclass(frozen=True, slots=True)
class ToldCause:
    """A cause with what is told of it; `text` is the sentence of the answer."""

    cause: Cause
    text: str
    told: tuple[Notice, ...]


def told_causes(why: Explanation) -> Iterator[ToldCause]:
    """What is told of each sentence that was measured, in their order."""
    for cause in why.causes:
        if cause.sentence < len(why.sentences):
            yield ToldCause(cause, why.sentences[cause.sentence].text.strip(), (*_of(cause),))


def deciding_words(words: DecidingWords) -> Notice:
    """Which words decided that something was held back."""
    if words.whole:
        return notice(AgentCode.DECIDED_BY_ALL)
    if words.hidden:
        return notice(AgentCode.DECIDED_BY_HIDDEN, count=words.hidden)
    return notice(AgentCode.DECIDED_BY_WORDS, words=", ".join(f"“{each}”" for each in words.words))


def may_be_measured(turn: StoredTurn) -> bool:
    """Whether an answer was given with something shown, and its causes are not known yet."""
    why = turn.why
    shown = any(item.kind != "heard" for item in turn.evidence)
    return bool(shown and turn.prompt and why and why.sentences and not why.causes)


def spoken(turn: StoredTurn | None, language: str) -> str:
    """The answer to "why?" about a turn, in one or two sentences; empty where there is none."""
    why = turn.why if turn else None
    if turn is None or why is None:
        return ""
    if why.deciding is not None:
        return f"{why.headline} {message(deciding_words(why.deciding), language)}".strip()
    told = sorted(told_causes(why), key=lambda each: _rank(each.cause))
    worth = [each for each in told if each.cause.kind is not CauseKind.OWN][:_SPOKEN]
    worth = worth[:1] if worth and not worth[0].cause.rests else worth
    lines = {item.id: item.text for item in turn.evidence}
    return " ".join(_aloud(each, lines, language) for each in worth)


def _aloud(told: ToldCause, lines: dict[int, str], language: str) -> str:
    """The first thing that is told, with the words of its first line."""
    said = message(told.told[0], language)
    for effect in told.cause.resting[:1]:
        shown = " ".join(lines.get(effect.evidence, "").split())[:_LETTERS]
        said = f"{said} [{effect.evidence}]: “{shown}”." if shown else said
    return said


def _rank(cause: Cause) -> tuple[int, float]:
    order = (CauseKind.RESTS, CauseKind.ANYWAY, CauseKind.MEMORY, CauseKind.OWN)
    return order.index(cause.kind), cause.without - cause.shown


def _of(cause: Cause) -> Iterator[Notice]:
    match cause.kind:
        case CauseKind.RESTS:
            yield _rests(cause.resting)
        case CauseKind.ANYWAY:
            yield notice(
                AgentCode.CAUSE_ANYWAY,
                word=cause.word,
                shown=percent(cause.shown),
                without=percent(cause.without),
            )
        case CauseKind.MEMORY:
            yield notice(AgentCode.CAUSE_MEMORY)
        case CauseKind.OWN:
            yield notice(AgentCode.CAUSE_OWN)
    for effect in cause.against:
        yield notice(
            AgentCode.CAUSE_AGAINST,
            line=f"[{effect.evidence}]",
            word=effect.word,
            shown=percent(effect.shown),
            without=percent(effect.without),
        )


def _rests(resting: Sequence[LineEffect]) -> Notice:
    lines = " ".join(f"[{effect.evidence}]" for effect in resting)
    code = AgentCode.CAUSE_RESTS if len(resting) == 1 else AgentCode.CAUSE_RESTS_TOGETHER
    first = resting[0]
    shown, without = percent(first.shown), percent(first.without)
    if code is AgentCode.CAUSE_RESTS:
        return notice(
            AgentCode.CAUSE_RESTS, lines=lines, word=first.word, shown=shown, without=without
        )
    return notice(
        AgentCode.CAUSE_RESTS_TOGETHER, lines=lines, word=first.word, shown=shown, without=without
    )


def percent(probability: float) -> str:
    """A probability as it is told; nothing is told to be certain or impossible."""
    if probability < 0.005:
        return "<1%"
    if probability > 0.995:
        return ">99%"
    return f"{round(probability * 100)}%"
