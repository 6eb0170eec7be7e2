"""Backchannel and completeness: whether the words so far are finished, going on, or a nod.

Whisper writes these words, with punctuation that it often adds to sentences cut in the middle, so
a full stop is weak proof and a last word such as "because" is strong.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from functools import cache

import msgspec

from perception.audio.turns.state import Rules, Speech
from perception.languages import NEVER, each, usable


class Completeness(Enum):
    """How complete a turn is by its words."""

    UNKNOWN = "unknown"
    """No words were given, or they end without a mark."""
    FINISHED = "finished"
    ASKED = "asked"
    """A question that is whole: who asks one waits for the answer."""
    OPEN = "open"
    """More must come: a hesitation, a clause or a number that is not whole."""


_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_DIGITS = re.compile(r"\d+")
_NUMBER_TAIL = re.compile(r"(?:\d+[\s,\-()]*)+\.?$")
_FULL_STOPS = (".", "!", "?", "。", "！", "？", "।", "؟", "‽")
_ASKING = ("?", "？", "؟")
_OPEN_MARKS = ("...", "…", ",", "，", "、", ":", "：", ";", "；", "-", "–", "—")
_CLOSERS = "\"'”’)]»」』 "
_WHOLE_NUMBER = 7
_MOST_NODS = 5
_LONGEST_UNSPACED_NOD = 6
_A_NOD = "yes"


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a language's `phrases.toml` holds: words between spaces, phrases, patterns."""

    hesitations: str = ""
    connecting: str = ""
    determiners: str = ""
    prepositions: str = ""
    subjects: str = ""
    open_endings: tuple[str, ...] = ()
    open_pattern: str = ""
    number_words: str = ""
    nods: str = ""
    nod_phrases: tuple[str, ...] = ()
    nod_pattern: str = ""


@dataclass(frozen=True, slots=True)
class _Phrases:
    """Those of all languages: Whisper writes hesitations in any of them."""

    open_always: frozenset[str]
    open_unless_asked: frozenset[str]
    open_endings: frozenset[str]
    open_pattern: re.Pattern[str]
    number_words: frozenset[str]
    nods: frozenset[str]
    nod_phrases: re.Pattern[str]
    nod_pattern: re.Pattern[str]


@cache
def _phrases() -> _Phrases:
    files = each("phrases.toml", _File).values()

    def words_of(*texts: str) -> frozenset[str]:
        return frozenset(word for text in texts for word in text.split())

    def any_of(patterns: Iterable[str]) -> str:
        return "|".join(f"(?:{usable(pattern)})" for pattern in patterns if pattern) or NEVER

    return _Phrases(
        words_of(*(f"{f.hesitations} {f.connecting} {f.determiners}" for f in files)),
        words_of(*(f"{f.prepositions} {f.subjects}" for f in files)),
        frozenset(ending for f in files for ending in f.open_endings),
        re.compile(rf"(?:{any_of(f.open_pattern for f in files)})$"),
        words_of(*(f.number_words for f in files)),
        words_of(*(f.nods for f in files)),
        re.compile(rf"\b(?:{any_of(phrase for f in files for phrase in f.nod_phrases)})\b"),
        re.compile(rf"(?:{any_of(f.nod_pattern for f in files)})+"),
    )


def words(text: str) -> list[str]:
    """The words in lower case, without marks."""
    return [word.replace("’", "'") for word in _WORD.findall(text.lower())]


def standing(text: str) -> Completeness:
    """Whether the turn can end after these words."""
    told = text.rstrip().rstrip(_CLOSERS)
    spoken = words(told)
    if not spoken:
        return Completeness.UNKNOWN
    asks = told.endswith(_ASKING)
    if told.endswith(_OPEN_MARKS) or _ends_open(spoken, asks) or _has_part_of_number(told, spoken):
        return Completeness.OPEN
    if asks:
        return Completeness.ASKED
    return Completeness.FINISHED if told.endswith(_FULL_STOPS) else Completeness.UNKNOWN


def _ends_open(spoken: list[str], asks: bool) -> bool:
    last, tail, phrases = spoken[-1], " ".join(spoken[-3:]), _phrases()
    if last in phrases.open_always:
        return True
    if asks:
        return False
    if last in phrases.open_unless_asked or phrases.open_pattern.search(last):
        return True
    return any(tail == end or tail.endswith(" " + end) for end in phrases.open_endings)


def _has_part_of_number(told: str, spoken: list[str]) -> bool:
    """A number that is said in groups, as telephone numbers are, with too few digits so far."""
    tail = _NUMBER_TAIL.search(told)
    groups = _DIGITS.findall(tail.group()) if tail else []
    if len(groups) > 1 and 3 <= sum(map(len, groups)) < _WHOLE_NUMBER:
        return True
    run = 0
    for word in reversed(spoken):
        if word not in _phrases().number_words:
            break
        run += 1
    return 3 <= run < _WHOLE_NUMBER


def is_nod(text: str) -> bool:
    """Whether this only says "I am listening": a backchannel, no wish to take the word."""
    spoken = words(text)
    if not spoken:
        return False
    phrases, unspaced = _phrases(), "".join(spoken)
    if phrases.nod_pattern.fullmatch(unspaced):
        return len(unspaced) <= _LONGEST_UNSPACED_NOD
    left = phrases.nod_phrases.sub(_A_NOD, " ".join(spoken)).split()
    return len(left) <= _MOST_NODS and all(word in phrases.nods for word in left)


def added(before: str, now: str) -> str:
    """What `now` says beyond `before`, a hearing of the same sound's beginning."""
    return " ".join(words(now)[len(words(before)) :])


class BackchannelVerdict(Enum):
    """What to do with a doubtful turn."""

    WAIT = "wait"
    TAKE = "take"
    DROP = "drop"


def judge(speech: Speech, now: float, sounding: bool, rules: Rules) -> BackchannelVerdict:
    """Decide on a doubtful turn; `sounding` says that it talks over sound of Candor.

    Words decide where the mind gives them in time, else how long the voice lasts: nods and
    coughs are short. Words in a faint sound are not believed: Whisper finds some in any echo.
    """
    silence = now - speech.last
    if silence >= rules.faint and speech.strong < rules.real and speech.voiced < rules.sure_voice:
        return BackchannelVerdict.DROP
    if speech.text is not None:
        told = added(speech.before, speech.text) if speech.continues else speech.text
        if words(told) and is_nod(told):
            return _judge_nod(speech, silence, rules)
        if words(told) and speech.strong >= rules.real:
            return BackchannelVerdict.TAKE
        if not words(told) and speech.heard and silence >= rules.pause:
            return BackchannelVerdict.DROP
    return _judge_length(speech, silence, sounding, rules)


def _judge_length(
    speech: Speech, silence: float, sounding: bool, rules: Rules
) -> BackchannelVerdict:
    if speech.voiced >= (rules.sure_voice_over_sound if sounding else rules.sure_voice):
        return BackchannelVerdict.TAKE
    if silence >= rules.no_words and speech.voiced < rules.cough:
        return BackchannelVerdict.DROP
    if silence < rules.words_within:
        return BackchannelVerdict.WAIT
    real = speech.voiced >= rules.short_word and speech.strong >= rules.real
    return BackchannelVerdict.TAKE if real else BackchannelVerdict.DROP


def _judge_nod(speech: Speech, silence: float, rules: Rules) -> BackchannelVerdict:
    """A nod lasts a moment; who says more than nods goes on talking."""
    if speech.heard and silence >= rules.no_words:
        return BackchannelVerdict.DROP
    if speech.voiced >= rules.nod and silence < rules.pause:
        return BackchannelVerdict.TAKE
    return BackchannelVerdict.DROP if silence >= rules.words_within else BackchannelVerdict.WAIT
