"""Short commands that are the whole of an utterance: "say that again", "slower", "spell it"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum


class Wish(StrEnum):
    """What a command asks for."""

    AGAIN = "again"
    SLOWER = "slower"
    FASTER = "faster"
    SPELL = "spell"
    STOP = "stop"
    MISSED = "missed"


@dataclass(frozen=True, slots=True)
class Intent:
    """A command; `word` is what to spell, empty for the last name or term of the answer."""

    wish: Wish
    word: str = ""


_POLITE = re.compile(
    r"^(?:(?:hey|ok|okay|oh|um+|uh+|well|candor|can you|could you|would you|please|now|just)\s+)+"
    r"|(?:\s+(?:please|candor|now|for me|thanks|thank you))+$"
)
_SPEAK = r"(?:speak |talk |say (?:it|that) |go )?"
_MUCH = r"(?:a (?:bit|little) |much |more )?"
_YOU = r"(?:(?:you are|you're) (?:(?:talking|speaking|going) )?)?"
_WORD = r"(?P<word>[^\W\d_][\w'’-]{1,40})"
_ENGLISH = (
    (Wish.AGAIN, r"(?:say|repeat|read) (?:that|it|this)(?: (?:again|once more|one more time))?"),
    (Wish.AGAIN, r"say again|again|repeat|once more|one more time|come again|pardon(?: me)?"),
    (Wish.AGAIN, r"what did you (?:just )?say"),
    (Wish.AGAIN, r"i (?:did not|didn't) (?:hear|catch|get) (?:that|you|it)"),
    (Wish.SLOWER, rf"{_SPEAK}{_MUCH}(?:slower|slowly)|slow down|{_YOU}too fast"),
    (Wish.FASTER, rf"{_SPEAK}{_MUCH}(?:faster|quicker)|speed up|{_YOU}too slow(?:ly)?"),
    (Wish.SPELL, r"spell (?:it|that|this)(?: (?:out|again))?|how do you spell (?:it|that)"),
    (Wish.SPELL, r"how is (?:it|that) spel(?:led|t)"),
    (Wish.SPELL, rf"(?:spell|how do you spell) (?:the (?:word|name) )?{_WORD}"),
    (Wish.SPELL, rf"how is {_WORD} spel(?:led|t)"),
    (Wish.STOP, r"stop(?: (?:it|that|talking|speaking|now))?|be quiet|quiet|shut up|silence"),
    (Wish.STOP, r"shush|hush|enough|cancel"),
    (Wish.MISSED, r"what (?:did|have) i miss(?:ed)?|what (?:just )?happened(?: just now)?"),
    (Wish.MISSED, r"what was (?:just )?said|fill me in|catch me up"),
)
_CHINESE = (
    (Wish.AGAIN, r"(?:请)?(?:再说|重复|再讲|再念)(?:一遍|一次|一下)?"),
    (Wish.AGAIN, r"你(?:刚才|刚刚)?说(?:了)?什么|(?:我)?没听清(?:楚)?"),
    (Wish.SLOWER, r"(?:请)?(?:说|讲)?(?:得)?(?:再)?慢(?:一)?(?:点|些)(?:说|讲|儿)?|太快了?"),
    (Wish.FASTER, r"(?:请)?(?:说|讲)?(?:得)?(?:再)?快(?:一)?(?:点|些)(?:说|讲|儿)?|太慢了?"),
    (Wish.STOP, r"停(?:止|下|一下)?|别说了|不要说了|安静(?:点|一点)?|闭嘴|够了"),
    (Wish.MISSED, r"我(?:刚才|刚刚)?错过了?(?:些)?什么|刚才(?:说了|发生了)什么"),
    (Wish.SPELL, r"(?:怎么|请)?拼(?:写|一下|出来)?\s*(?P<word>[A-Za-z'-]{2,40})?"),
)


def intent(text: str) -> Intent | None:
    """The command that `text` is, or None where it is anything more than one."""
    plain = " ".join(re.sub(r"[^\w\s'’-]", " ", text).split())
    shown = plain
    plain = plain.casefold()
    while (shorter := _POLITE.sub("", plain)) != plain and shorter:
        plain = shorter
    for wish, pattern in (*_ENGLISH, *_CHINESE):
        if found := re.fullmatch(pattern, plain.removesuffix("吧").removesuffix("了吗")):
            word = found.groupdict().get("word") or ""
            at = shown.casefold().find(word)
            return Intent(wish, shown[at : at + len(word)] if word else "")
    return None


def to_spell(answer: str) -> str:
    """The word of an answer that somebody asks to have spelled: its last name, else its longest."""
    plain = re.sub(r"[*_`#\[\]]", "", answer)
    words = re.findall(r"[^\W\d_][^\W_'’]*(?:['’-][^\W_]+)*", plain)
    starts = {found[1] for found in re.finditer(r"(?:^|[.!?]\s+|\n\s*)(\w[\w'’-]*)", plain)}
    names = [word for word in words if word[0].isupper() and word not in starts and len(word) > 1]
    return names[-1] if names else max(words, key=len, default="")


def spelled(word: str) -> str:
    """A word, letter by letter, as it is read out and shown."""
    letters = [
        letter.upper() if letter.isalpha() else _SIGNS.get(letter, letter) for letter in word
    ]
    return f"{word}: " + ", ".join(letters) + "."


_SIGNS = {"-": "hyphen", "'": "apostrophe", "’": "apostrophe", " ": "space", ".": "dot"}
