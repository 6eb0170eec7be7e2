"""Text normalisation: written text as spoken words and stops, nothing else.

First the Markdown goes (`markup`), then numbers, dates and the like become words (`rules`), then
signs and foreign letters are named.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from agent.voice.text.letters import foreign, latin_share, without_pictograms
from agent.voice.text.markup import without_markup
from agent.voice.text.rules import read_out, table
from agent.voice.text.vocabulary import SIGNS, SIGNS_BEFORE

# Twenty minutes of listening. An answer comes sentence by sentence, none of them so long.
_LONGEST = 20_000
_TOO_LONG = "The rest is on the screen."
_BETWEEN = re.compile(r"(?<=[\w)%°]) ?([<>≤≥≈]) ?(?=[\w(])")
_FIRST = re.compile(r"([<>≤≥≈~]) ?(?=[\w(])")
_MENU = re.compile(r"(?<=[a-z]) ?(?:>|→|›|»|->|=>) ?(?=[A-Z])")
_ARROW = re.compile(r"(?<=\s)(?:-{1,2}>|={1,2}>)(?=\s)")
_HASHTAG = re.compile(r"(?<![\w#])#(?=[A-Za-z])")
_HANDLE = re.compile(r"(?<!\S)@(?=\w)")
_GRADE = re.compile(r"(?<![\w])([A-Fa-z\w]{1,20})\+(?![\w+])")
_SIGN = re.compile("[" + re.escape("".join(set(SIGNS) - {"@", "#", "$", "^", "<", ">"})) + "#^]")
_EMOTICON = re.compile(r"(?<!\S)[:;=8]['’]?-?[()DPpOo/|*](?!\w)")
_SLASH = re.compile(r"(?<=\w)/(?=\w)")
_SILENT = str.maketrans(dict.fromkeys("[]{}|\\<>*^_=~#$€£", " "))


def spoken(text: str, day_comes_first: bool = False) -> str:
    """`text` as it should be read out: no Markdown, no marks of evidence, code summarised.

    `day_comes_first` tells what 3/4/2026 means. Words in a script that an English voice cannot
    read are named ("Chinese text"). Empty where there is nothing to say, or where most of it is
    in such a script: then it is only shown. A code block must be whole within `text`. What comes
    out may be put in again.
    """
    if len(text) > _LONGEST:
        text = f"{text[:_LONGEST]}\n{_TOO_LONG}"
    if latin_share(text) < 0.5:
        return ""
    said = read_out(without_pictograms(without_markup(text)), table(day_comes_first))
    said = _tidy(foreign(_signs(said)))
    return said if any(character.isalnum() for character in said) else ""


def _signs(text: str) -> str:
    text = _MENU.sub(", then ", _EMOTICON.sub(" ", text))
    text = _ARROW.sub("→", text)
    text = _BETWEEN.sub(lambda found: f" {SIGNS[found[1]]} ", text)
    text = _FIRST.sub(lambda found: f" {SIGNS_BEFORE.get(found[1], 'about')} ", text)
    text = _HASHTAG.sub("hashtag ", _HANDLE.sub("at ", text))
    text = _SIGN.sub(lambda found: f" {SIGNS.get(found[0], ' ')} ", _GRADE.sub(r"\1 plus", text))
    return _SLASH.sub(" ", text.replace(" / ", ", ")).translate(_SILENT)


def _tidy(text: str) -> str:
    text = re.sub(r"[ \t\u00a0\u202f\u2009]+", " ", text)
    text = re.sub(r" +([,.;:!?)])", r"\1", text)
    text = re.sub(r"\( +", "(", text).replace("()", "")
    return re.sub(r"\s*\n\s*", "\n", text).strip()


def said_as(text: str, words: Iterable[tuple[str, str]]) -> str:
    """`text` with each word of the pairs replaced by what to say for it, whole words only."""
    for word, said in words:
        if word and said:
            whole = rf"(?<!\w){re.escape(word)}(?!\w)"
            text = re.sub(whole, said.replace("\\", ""), text, flags=re.IGNORECASE)
    return text


def pieces(text: str, longest: int) -> Iterator[str]:
    """Lines of `text`, those over `longest` characters cut between words."""
    for line in text.split("\n"):
        rest = line.strip()
        while len(rest) > longest:
            cut = _cut(rest, longest)
            yield rest[:cut].strip()
            rest = rest[cut:].strip()
        if rest:
            yield rest


def _cut(text: str, longest: int) -> int:
    for breaks in (". ! ? …", ", ; : —"):
        at = max(text.rfind(mark + " ", 0, longest) for mark in breaks.split())
        if at > longest // 4:
            return at + 1
    at = text.rfind(" ", 0, longest)
    return at if at > 0 else longest
