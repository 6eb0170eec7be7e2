"""Questions about Candor itself, and what the model is told so that it answers them truly."""

from __future__ import annotations

import re
from collections.abc import Mapping

_LONGEST = 120
_QUESTIONS = (
    r"\b(?:who|what) (?:exactly )?(?:are you|am i (?:talking|speaking|chatting) (?:to|with))\b",
    r"\bwhat(?:'s| is) your name\b|\b(?:what|who)(?: \w+){0,4} (?:named?|calls?|called) you\b",
    r"\bwho (?:made|built|created|programmed|trained|owns) you\b",
    r"\byour (?:makers?|creators?|developers?|favou?rite|age)\b",
    r"\bare you (?:really |actually |just )?(?:an? )?(?:real|human|person|robot|machine|bot|ai\b"
    r"|computer|program|alive|man|woman|chat ?gpt|siri|alexa|listening|recording|online|sentient"
    r"|one of|made by|from a)\b",
    r"\bdo you (?:ever )?(?:have|get|feel|sleep|eat|dream|need) ?(?:feelings|emotions|a body|tired"
    r"|bored|lonely|anything|sleep|food)?\W*$|\bdon't you ever get \w+",
    r"\b(?:leaves?|leaving|stays?|stored?|saved?|kept|keep|recorded?|uploaded?|sent|shared?|sees?"
    r"|hears?|listen\w*|private)\b.*\b(?:this|the|my|your) (?:machine|computer|device|cloud|laptop"
    r"|server|internet|conversations?|chats?)\b",
    r"\b(?:is|are) (?:this|that|it|our|what i say|my words) .{0,20}\bprivate\b",
    r"\b(?:can|do|did|will) (?:you|anyone|anybody|someone|other people) (?:else )?(?:see me|hear me"
    r"|love me|like me|learn from|remember (?:me|what|our)|spy"
    r"|read (?:our|my) (?:chats?|conversations?|words|messages?))\b",
    r"\bwhere (?:does|do|is|are) (?:my|our) (?:data|words|chats?|conversations?|recordings?)\b",
    r"\bwhat (?:else )?can you do\b|\b(?:things|ways) (?:that )?you can (?:do|help)\b",
    r"\bhow can you help\b|\bwhat are you (?:good|able) ",
    r"你(?:到底)?是谁|你叫什么|谁(?:做|造|开发|创造|训练)(?:了|出)?(?:的)?你|哪家公司做的",
    r"你是(?:不是)?(?:真人|人类|机器人|人工智能|AI)|对面是.{0,6}(?:机器人|真人)|(?:那|请问)?你几岁",
    r"你(?:会不会|会)(?:难过|伤心|开心|累|无聊|生气)|你有感情|你(?:在)?(?:联网|上网|偷听|录音)",
    r"你能做(?:什么|些什么)|你会(?:做)?(?:什么|些什么)|(?:会不会|会)(?:传上网|上传|泄露|传出去)",
    r"(?:说的话|对话|聊天).{0,8}(?:上传|离开|泄露|保存|记录)",
)
_QUESTION = re.compile("|".join(_QUESTIONS), re.I)

# What a model may never get wrong is told without it, in words that fit a yes-or-no question of
# either sense ("is it private?", "does it leave?").
_PERSON = re.compile(
    r"\b(?:are|aren't) you (?:really |actually |just |even )?(?:(?:an? )?(?:real|actual|living)? ?"
    r"(?:human(?: being)?|person|man|woman|robot|machine|bot|ai|computer|program|alive|real"
    r"|sentient))(?: or .*)?\W*$"
    r"|\bam i (?:talking|speaking|chatting) (?:to|with) (?:an? )?(?:real |actual )?(?:human"
    r"|person|man|woman|robot|machine|bot|ai|computer|program)\b.{0,30}$"
    r"|你是(?:不是)?(?:真人|人类|机器人|人工智能|AI)|对面是.{0,6}(?:机器人|真人)",
    re.I,
)
_PLACE = re.compile(
    r"\b(?:leaves?|leaving|stays?|uploaded?|sent|shared?|goes?)\b.{0,30}"
    r"\b(?:this|the|my) (?:machine|computer|device|cloud|laptop|internet)\b"
    r"|\b(?:sent|uploaded|shared|passed on|go(?:es)?) (?:to |out |off |on |with )*(?:anyone|anybody"
    r"|someone|somebody|anywhere|somewhere|others|other people|a server|the (?:web|makers))\b"
    r"|\b(?:is|are) (?:this|that|it|our|what i say|my words) .{0,20}\bprivate\b"
    r"|\b(?:can|does|do|will|could) (?:anyone|anybody|someone|other people|others) (?:else )?"
    r"(?:see me|hear me|hear (?:us|this)|listen|read (?:our|my|this|these) \w+)"
    r"|\bwhere (?:does|do|is|are) (?:my|our) (?:data|words|chats?|conversations?|recordings?)\b"
    r"|(?:会不会|会)(?:传上网|上传|泄露|传出去)|(?:说的话|对话|聊天).{0,8}(?:上传|离开|泄露)",
    re.I,
)
_ABOUT_CHATS = re.compile(
    r"\b(?:i|we|you) (?:say|said|type|tell|write)"
    r"|\b(?:words|data|chats?|conversations?|recordings?|messages?|private)\b"
    r"|\b(?:what|anything|everything) (?:that )?(?:i|we)\b"
    r"|\b(?:see|hear) (?:me|us|this)\W*$|\blisten(?:ing)?(?: in)?\W*$|[我你咱]|对话|聊天|说的",
    re.I,
)

_HINT: Mapping[str, str] = {
    "en": "The user asks about you. You are Candor, an AI program and not a person: you have no "
    "body and no feelings. Your name means openness and honesty. {where} You can answer questions, "
    "write, translate, calculate, set timers, alarms and reminders, keep lists and notes, and "
    "describe what the camera or a document shows. Answer just what was asked, as yourself.",
    "zh": "用户在问你自己的情况。你是Candor，一个AI程序，不是人，没有身体和感情。"
    "你的名字意思是坦诚。{where}你能回答问题、写作、翻译、计算、设置计时器、闹钟和提醒、"
    "记清单和笔记，还能描述摄像头或文件里的内容。只回答用户所问的；"
    "如果问你是不是真人，回答：不是，我是AI程序Candor。",
}
_HERE: Mapping[str, str] = {
    "en": "What you say stays on this computer; nobody else hears or reads it.",
    "zh": "这里说的话不会离开这台电脑，没有别人能听到或看到。",
}
_SERVER: Mapping[str, str] = {
    "en": "What is said here is sent to the server that the user chose to answer from.",
    "zh": "这里说的话会发送到用户选择的服务器。",
}


_PERSON_ANSWER: Mapping[str, str] = {
    "en": "I am not a person. I am Candor, an AI program: I have no body and no feelings.",
    "zh": "我不是真人。我是Candor，一个AI程序，没有身体，也没有感情。",
}
_KEPT: Mapping[str, str] = {
    "en": " Chats are stored on this computer until you delete them; a private chat is not stored.",
    "zh": "聊天记录保存在这台电脑上，直到您删除；私密聊天不会保存。",
}


def answer(words: str, language: str, here: bool) -> str:
    """The answer to whether Candor is a person, or where what is said goes; else empty.

    `here` tells that answers are made on this computer.
    """
    asked = words.replace("’", "'")
    if len(asked) > _LONGEST:
        return ""
    if _PERSON.search(asked):
        return _PERSON_ANSWER[language]
    if _PLACE.search(asked) and _ABOUT_CHATS.search(asked):
        return (_HERE if here else _SERVER)[language] + _KEPT[language]
    return ""


def is_asked(words: str) -> bool:
    """Whether a short question is about Candor itself: who it is, what it can, who hears it."""
    return len(words) <= _LONGEST and _QUESTION.search(words.replace("’", "'")) is not None


def hint(language: str, here: bool) -> str:
    """What is true of Candor; `here` tells that answers are made on this computer."""
    return _HINT[language].format(where=(_HERE if here else _SERVER)[language])
