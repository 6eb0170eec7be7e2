"""A rough guess at the language of a text, from its commonest words."""

from __future__ import annotations

import re

from agent.training.everyday.text import CHINESE, LATIN, plain

_COMMON = {
    "en": "the and is are of to it you your in for with that this a an not be i on at or can if "
    "as so was by from have",
    "fr": "le la les des du et est je vous un une pour dans avec que qui ne pas sur ce mon ma "
    "l'aéroport s'il au aux en où à",
    "de": "der die das und ist ich sie ein eine für mit nicht zu mein meine um den dem wo im hat "
    "auf es wir bitte von",
    "es": "el los las y es un una por para con que no me quisiera en al del mi su gustaría favor "
    "está dónde buenas",
    "it": "il lo gli e è un una per con che non mi vorrei di alla del della dove si grazie sono",
    "pt": "o os as e é um uma por para com que não me gostaria ao do da em meu onde",
}
_WORDS = {name: frozenset(words.split()) for name, words in _COMMON.items()}


def language(text: str) -> str | None:
    """`en`, `zh` or another code; None where nothing tells (names and numbers only)."""
    characters = len(re.findall(f"[{CHINESE}]", text))
    words = re.findall(rf"[{LATIN}]+(?:'[{LATIN}]+)?", plain(text))
    if characters and characters >= len(words):
        return "ja" if re.search("[\u3041-\u30ff]", text) else "zh"
    scores = {name: sum(word in common for word in words) for name, common in _WORDS.items()}
    best = max(scores, key=scores.__getitem__)
    return best if scores[best] else None
