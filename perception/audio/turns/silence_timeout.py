"""How much silence ends a turn: by smart-turn, by the words so far, by the user's patience."""

from __future__ import annotations

from perception.audio.turns.backchannel import Standing, standing
from perception.audio.turns.state import Rules, Speech


def silence_needed(speech: Speech, rules: Rules) -> float:
    """Seconds of silence after which this turn is over.

    Words that stop before the pause say nothing about it. Without an answer of smart-turn the
    turn counts as one that goes on.
    """
    stands = standing(speech.text or "") if speech.heard else Standing.UNKNOWN
    quick, slow = {
        Standing.ASKED: rules.asked,
        Standing.FINISHED: rules.finished,
        Standing.UNKNOWN: rules.unknown,
        Standing.OPEN: rules.open,
    }[stands]
    doubt, proof = rules.sure
    sure = 0.0 if speech.complete is None else (speech.complete - doubt) / (proof - doubt)
    wait = slow + (quick - slow) * min(1.0, max(0.0, sure))
    return min(wait, rules.longest) + rules.patience
