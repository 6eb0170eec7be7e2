"""A voice while Candor thinks or speaks: does it take the word, or was it a nod or a noise?

The answer is held silent while this is open, so there is time to hear the words.
"""

from __future__ import annotations

from enum import Enum

from perception.audio.turns.backchannel import added, is_nod, words
from perception.audio.turns.state import Rules, Speech


class Verdict(Enum):
    """What to do with a doubtful turn."""

    WAIT = "wait"
    TAKE = "take"
    DROP = "drop"


def judge(speech: Speech, now: float, sounding: bool, rules: Rules) -> Verdict:
    """Decide on a doubtful turn; `sounding` says that it talks over sound of Candor.

    Words decide where the mind gives them in time, else how long the voice lasts: nods and
    coughs are short. Words in a faint sound are not believed: Whisper finds some in any echo.
    """
    silence = now - speech.last
    if silence >= rules.faint and speech.strong < rules.real and speech.voiced < rules.sure_voice:
        return Verdict.DROP
    if speech.text is not None:
        told = added(speech.before, speech.text) if speech.continues else speech.text
        if words(told) and is_nod(told):
            return _judge_nod(speech, silence, rules)
        if words(told) and speech.strong >= rules.real:
            return Verdict.TAKE
        if not words(told) and speech.heard and silence >= rules.pause:
            return Verdict.DROP
    return _judge_length(speech, silence, sounding, rules)


def _judge_length(speech: Speech, silence: float, sounding: bool, rules: Rules) -> Verdict:
    if speech.voiced >= (rules.sure_voice_over_sound if sounding else rules.sure_voice):
        return Verdict.TAKE
    if silence >= rules.no_words and speech.voiced < rules.cough:
        return Verdict.DROP
    if silence < rules.words_within:
        return Verdict.WAIT
    real = speech.voiced >= rules.short_word and speech.strong >= rules.real
    return Verdict.TAKE if real else Verdict.DROP


def _judge_nod(speech: Speech, silence: float, rules: Rules) -> Verdict:
    """A nod lasts a moment; who says more than nods goes on talking."""
    if speech.heard and silence >= rules.no_words:
        return Verdict.DROP
    if speech.voiced >= rules.nod and silence < rules.pause:
        return Verdict.TAKE
    return Verdict.DROP if silence >= rules.words_within else Verdict.WAIT
