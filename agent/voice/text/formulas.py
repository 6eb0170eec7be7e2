"""Formulas as a reader says them: LaTeX between dollars, and powers in plain text."""

from __future__ import annotations

import re

from agent.voice.text.number_words import cardinal
from agent.voice.text.vocabulary import LATEX, SIGNS

Found = re.Match[str]

_DELIMITED = re.compile(
    r"\$\$([^$]{1,400})\$\$|\\\(([^\n]{1,400}?)\\\)|\\\[([^\]]{1,400}?)\\\]"
    r"|(?<![\w$])\$([^$\n]{1,200})(?<=\S)\$(?![\w$])"
)
_LOOKS_LIKE_ONE = re.compile(r"[\\^_{}=<>]|^[A-Za-z]$|^[A-Za-z]\s*[-+*/]")
_FUNCTIONS = frozenset(
    [
        "sine", "cosine", "tangent", "log", "max", "min", "limit", "root", "square", "over",
        "sub", "the", "of", "and",
    ]
)  # fmt: skip
_POWERS = {"2": "squared", "3": "cubed"}
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺ⁿ", "0123456789-+n")
_SUBSCRIPTS = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")

_STEPS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"\\(?:left|right|,|;|!|quad|displaystyle|mathrm|mathbf|text)(?![a-z])"), " "),
    (
        re.compile(r"\\(int|sum|prod)_(?:\{([^{}]{1,40})\}|(\w))\s?\^(?:\{([^{}]{1,40})\}|(\w|\\infty))"),
        r" \\\1from \2\3 to \4\5 of ",
    ),
    (re.compile(r"\\d?frac\s?\{([^{}]{1,80})\}\s?\{([^{}]{1,80})\}"), r" \1 over \2 "),
    (re.compile(r"\\sqrt\s?\{([^{}]{1,80})\}"), r" √ \1 "),
    (re.compile(r"\^\s?\{([^{}]{1,40})\}"), r"^\1 "),
    (re.compile(r"_\s?\{([^{}]{1,40})\}"), r" sub \1 "),
    (re.compile(r"_\s?(\w)"), r" sub \1 "),
    (re.compile(r"(?<=[\w)!])\s?-\s?(?=[\w(\\√])"), " minus "),
    (re.compile(r"(?<=[\w)])\s?\*\s?(?=[\w(])"), " times "),
    (re.compile(r"(?<=[\w)])\s?/\s?(?=[\w(])"), " over "),
    (re.compile(r"(?<![\w^])-(?=\w)"), " minus "),
    (re.compile(r"!"), " factorial "),
)  # fmt: skip


def formulas(text: str) -> str:
    """`text` with every formula between marks in words; money between dollars is left alone."""
    text = re.sub(r"[⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺ⁿ]+", _superscript, text).translate(_SUBSCRIPTS)
    if "$" in text or "\\" in text:
        text = _DELIMITED.sub(_formula, text)
        for pattern, words in _STEPS[1:4]:  # fractions, roots and sums are known without marks
            text = pattern.sub(words, text)
        text = re.sub(r"(?<![\w:.\\])\\([A-Za-z]{2,10})(?![A-Za-z\\])", _command, text)
    return text


def _superscript(found: Found) -> str:
    # After a unit a power is part of it, "m²"; `quantities` reads that.
    if found[0] in ("²", "³"):
        return found[0]
    return "^" + found[0].translate(_SUPERSCRIPTS)


def _formula(found: Found) -> str:
    inside = next(part for part in found.groups() if part is not None)
    if found[4] is not None and not _LOOKS_LIKE_ONE.search(inside):
        return found[0]
    said = f" {inside.strip()} "
    for pattern, words in _STEPS:
        said = pattern.sub(words, said)
    said = re.sub(r"(?<![A-Za-z'\\])[a-z]{2,3}(?![A-Za-z'])", _letters, said)
    said = re.sub(r"\\([A-Za-z]+|%)", _command, said).replace("{", " ").replace("}", " ")
    said = POWER.sub(power, said)
    said = re.sub(r"[=≠≤≥<>≈±×÷→⇒∞√∑∫∂∈+]", lambda sign: f" {SIGNS[sign[0]]} ", said)
    return re.sub(r"\s+", " ", said).strip().replace("\\", "")


def _command(found: Found) -> str:
    word = LATEX.get(found[1], found[1])
    return f" {SIGNS.get(word, word)} "


def _letters(found: Found) -> str:
    """Letters beside each other are multiplied: "mc" is "m c"."""
    return found[0] if found[0] in _FUNCTIONS or found[0] in _WORDS else " ".join(found[0])


_WORDS = frozenset(
    [
        "one", "two", "six", "ten", "is", "at", "in", "to", "if", "or", "pi", "mu", "nu", "xi",
        "phi", "chi", "psi", "eta", "tau", "rho", "so", "for", "all", "log", "sub",
    ]
)  # fmt: skip
POWER = re.compile(
    r"(?<![\w.])(?:([A-Za-z]{1,3})|(\d{1,15}(?:\.\d{1,9})?|\)))\s?(?:\^|\*\*)\s?\(?"
    r"(-|−)?(?:(\d{1,4})|([A-Za-z]))\)?(?!\w)"
)


def power(found: Found) -> str:
    """Groups of `POWER`: letters, number, minus, digits, letter."""
    letters, number, minus, digits, letter = found.groups()
    base = " ".join(letters) if letters and letters.islower() else letters or number
    if not minus and digits in _POWERS:
        return f"{base} {_POWERS[digits]}"
    raised = cardinal(digits) if digits else letter
    return f"{base} to the power of {'minus ' if minus else ''}{raised}"
