"""What the words so far say about a turn: finished, going on, or nothing but a nod.

Whisper writes these words, with punctuation that it often adds to sentences cut in the middle, so
a full stop is weak proof and a last word such as "because" is strong.
"""

from __future__ import annotations

import re
from enum import Enum

from perception.audio.turns.state import Rules, Speech


class Standing(Enum):
    """How a turn stands by its words."""

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


def _set(text: str, between: str = " ") -> frozenset[str]:
    return frozenset(text.split(between))


_HESITATIONS = _set(
    "um umm uhm uh uhh er err erm eh hm hmm mm mmm äh ähm öhm euh heu ehm este eto ano"
)
_CONNECTING = _set(
    "and or but nor because cause cos if when while although though unless until since whether "
    "than which whose whom also plus either neither versus including via "
    "und oder aber weil dass wenn sondern denn sowie et ou mais que quand pero porque "
    "perché quando mas"
)
_DETERMINERS = _set(
    "a an the my your our their every very der den dem des ein eine einen einem einer "
    "le les une du au aux el los las una unos unas il gli uma"
)
_PREPOSITIONS = _set(
    "of to in on at for with from by about into onto between among during without within toward "
    "towards against per mit für von zum zur bei avec pour dans chez con para por del com"
)
_SUBJECTS = _set("i i'm i'll i've i'd you're you've we're we've we'll they're they've they'll")
_OPEN_ENDINGS = _set(
    "you know|i mean|let me think|let me see|let's see|hold on|wait a second|such as|as well as|"
    "kind of|sort of|so that|in order|number is|is called|would like|want to|going to|how do",
    "|",
)
_OPEN_CHINESE = re.compile(
    r"(?:呃|额|嗯|那个|这个|就是|就是说|然后|还有|但是|因为|所以|如果|而且|或者|以及|虽然|不过|"
    r"可是|要是|比如|比如说|例如|关于|对于|为了|我想|和|跟|与|把|被|给|比|从|向|让)$"
)
_NUMBER_WORDS = _set("zero oh one two three four five six seven eight nine double")
_WHOLE_NUMBER = 7

_NODS = _set(
    "mm mmm mhm mhmm hm hmm hmmm uhhuh huh uh um ah aha oh ooh yeah yes yep yup ya right ok okay "
    "sure cool wow nice great exactly true indeed really interesting alright haha hah "
    "you thanks ja genau oui ouais claro vale sí si sì うん はい そう ええ 네 응"
)
_NOD_PHRASES = (
    r"\b(?:i see|got it|all right|of course|go on|uh huh|mm h?mm?|d'accord|tell me more|"
    r"makes sense|thank you)\b"
)
_CHINESE_NODS = re.compile(
    r"(?:嗯|对|好的?|是的?|哦|噢|喔|啊|行|没错|明白了?|知道了|懂了|原来如此|可以|不错|真的吗?|哈)+"
)
_MOST_NODS = 5
_LONGEST_CHINESE_NOD = 6


def words(text: str) -> list[str]:
    """The words in lower case, without marks."""
    return [word.replace("’", "'") for word in _WORD.findall(text.lower())]


def standing(text: str) -> Standing:
    """Whether the turn can end after these words."""
    told = text.rstrip().rstrip(_CLOSERS)
    spoken = words(told)
    if not spoken:
        return Standing.UNKNOWN
    asks = told.endswith(_ASKING)
    if told.endswith(_OPEN_MARKS) or _ends_open(spoken, asks) or _has_part_of_number(told, spoken):
        return Standing.OPEN
    if asks:
        return Standing.ASKED
    return Standing.FINISHED if told.endswith(_FULL_STOPS) else Standing.UNKNOWN


def _ends_open(spoken: list[str], asks: bool) -> bool:
    last, tail = spoken[-1], " ".join(spoken[-3:])
    if last in _HESITATIONS or last in _CONNECTING or last in _DETERMINERS:
        return True
    if not asks and (last in _PREPOSITIONS or last in _SUBJECTS):
        return True
    if not asks and any(tail == end or tail.endswith(" " + end) for end in _OPEN_ENDINGS):
        return True
    return not asks and bool(_OPEN_CHINESE.search(last))


def _has_part_of_number(told: str, spoken: list[str]) -> bool:
    """A number that is said in groups, as telephone numbers are, with too few digits so far."""
    tail = _NUMBER_TAIL.search(told)
    groups = _DIGITS.findall(tail.group()) if tail else []
    if len(groups) > 1 and 3 <= sum(map(len, groups)) < _WHOLE_NUMBER:
        return True
    run = 0
    for word in reversed(spoken):
        if word not in _NUMBER_WORDS:
            break
        run += 1
    return 3 <= run < _WHOLE_NUMBER


def is_nod(text: str) -> bool:
    """Whether this only says "I am listening": a backchannel, no wish to take the word."""
    spoken = words(text)
    joined = " ".join(spoken)
    if not spoken:
        return False
    if _CHINESE_NODS.fullmatch("".join(spoken)):
        return len("".join(spoken)) <= _LONGEST_CHINESE_NOD
    left = re.sub(_NOD_PHRASES, "yes", joined).split()
    return len(left) <= _MOST_NODS and all(word in _NODS for word in left)


def added(before: str, now: str) -> str:
    """What `now` says beyond `before`, a hearing of the same sound's beginning."""
    return " ".join(words(now)[len(words(before)) :])


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
