"""Whether words are a wish at all, and the wish without its politeness."""

from __future__ import annotations

import re

_LEAD = re.compile(
    r"^(?:(?:hey|hi|hello|ok|okay|oh|um+|uh+|ah|ha(?:ha)?"
    r"|well|right|candor|please|now|then|so|and|also|yes|yeah"
    r"|yep|sure|thanks|thank you"
    r"|great|perfect|lovely|fine|good|cool|alright|all right"
    r"|actually|just|quickly|by the way|btw|quick|go ahead and"
    r"|can you|could you|would you|will you|can we|could we"
    r"|can i get you to|i'd like you to|i want you to|i need you to"
    r"|would you mind"
    r"|could you please|do me a favou?r and|let's|let us|why don't you"
    r"|you can|got it|done|good idea|good tip|never mind|whatever)\b[\s,.:;!-]*)+",
    re.IGNORECASE,
)
_ZH_LEAD = re.compile(
    r"^(?:你好|嗨|喂|嗯|啊|好的?|行|那|那么|请问|请|麻烦你?"
    r"|劳驾|你?能不能|能否|可以|可不可以|你?能|然后|对了|顺便"
    r"|还有|再)[,，。!！ ]*(?!提醒|加|来)"
)
_TAIL = re.compile(
    r"[\s,]*(?:please|thanks|thank you|candor|for me|will you"
    r"|would you|could you|can you|if you can|ok|okay|now"
    r"|then|again"
    r"|lets go|let's go|谢谢|好吗|好不好|可以吗|行吗|吧|呗|啦|一下)*[\s.!?。！？~]*$",
    re.IGNORECASE,
)
_POLITE_QUESTION = re.compile(
    r"^\W*(?:(?:hey|hi|ok|okay|so|and|please|candor|also)\W+)*(?:can"
    r"|could|would|will) (?:you|we|i)\b|能不能|能帮|可以帮"
    r"|帮我|请你|好吗|可以吗|行吗|能否|麻烦",
    re.IGNORECASE,
)
_QUESTION = re.compile(
    r"^\W*(?:(?:so|and|but|well|ok|okay|also|hey|candor)\W+)*(?:how"
    r"|what|what's|whats|why|when|where|who|which|whose|is"
    r"|are|was|were|do|does|did"
    r"|should|shall|have|has|had|may|might|am|can i|could i"
    r"|would it|would a|will it|can it|can a|could a|is there)\b",
    re.IGNORECASE,
)
_ZH_QUESTION = re.compile(
    r"什么|怎么|为什么|为何|多久|多少|哪|是不是|有没有|吗[?？]?\s*$"
    r"|几[点个分天]|谁|如何|该不该|要不要"
)
_ABOUT_WORDS = re.compile(
    r"^\W*(?:please |can you |could you |now )*(?:translate"
    r"|spell|write (?:me )?(?:a|an|the|some|two|three|\d)"
    r"|compose|draft|explain|define|proofread|rewrite|rephrase"
    r"|correct"
    r"|summari[sz]e|say|repeat|pronounce|imagine|pretend|tell me (?:a"
    r"|about|how|why|what)|give me (?:a|an|some) (?:recipe"
    r"|story|joke|poem|example|idea|tip)|describe|suggest"
    r"|recommend"
    r"|i (?:set|put|added|had|have|was|used|usually|always"
    r"|never|forgot|told|asked|wish|hate|love|like|don't|do not"
    r"|didn't)\b"
    r"|don't|do not|never|if |my (?:\w+ ){0,2}(?:said|says"
    r"|told|asked|set|has|keeps)|he |she |they |we (?:set"
    r"|have|had|usually)|it )"
    r"|^\W*(?:请|帮我)?(?:翻译|把.{0,40}翻译|解释|写一[首篇封个段]"
    r"|改写|润色|总结|造句|朗读|讲个|我(?:昨天|刚才|刚刚|以前"
    r"|总是|经常|忘了)|不要|别(?!忘)|如果|他|她|他们)",
    re.IGNORECASE,
)
_WORK = re.compile(
    r"\b(?:translate|spell|proofread|rewrite|rephrase|paraphrase"
    r"|summari[sz]e|pronounce|correct (?:this|the)|in (?:french"
    r"|german|spanish|italian|chinese|english)\b.*(?:say|mean)"
    r"|what does .* mean|how (?:do|would) (?:you|i|one) say)\b"
    r"|翻译|改写|润色|总结|造句|什么意思|怎么说",
    re.IGNORECASE,
)
MOST_CHARACTERS = 400


def stripped(words: str) -> str:
    """The wish without greetings and thanks."""
    plain = " ".join(words.replace("\u2019", "'").split())
    while (shorter := _ZH_LEAD.sub("", _LEAD.sub("", plain))) != plain and shorter:
        plain = shorter
    return _TAIL.sub("", plain) or plain


def is_question(words: str) -> bool:
    """Whether something is asked, other than politely for a deed."""
    if _POLITE_QUESTION.search(words):
        return False
    return bool(
        _QUESTION.search(words)
        or words.rstrip().endswith(("?", "？"))
        or _ZH_QUESTION.search(words)
    )


def about_words(words: str) -> bool:
    """Whether the words are told, quoted or to be worked on, so that no wish stands in them."""
    return len(words) > MOST_CHARACTERS or _ABOUT_WORDS.search(words) is not None


def works_on_text(words: str) -> bool:
    """Whether the words hold a text to be worked on: "Translate: set a timer"."""
    return _WORK.search(words) is not None


def is_chinese(words: str) -> bool:
    """Whether the user speaks Chinese."""
    return re.search("[\u4e00-\u9fff]", words) is not None


def sentences(words: str) -> list[str]:
    """The sentences of some words; what is quoted stays whole."""
    parts = re.split(r"(?<=[.!?…])\s+(?=[^\d\s]|\d)|(?<=[。！？])\s*|\n+", words)
    whole = list[str]()
    for part in parts:
        if whole and re.search(
            r"\b(?:a|p)\.m\.$|\b(?:mr|mrs|ms|dr|st)\.$", whole[-1], re.IGNORECASE
        ):
            whole[-1] += " " + part
        elif part.strip():
            whole.append(part.strip())
    return whole
