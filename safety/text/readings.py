"""A text as it reads once its disguises are undone, with each place in the text as it stands.

Zero-width characters, stacked accents, full-width and mathematical letters, look-alikes of other
scripts, digits and signs for letters, letters set apart, and pieces in base64, hex, rot13, percent
signs or entities. Time grows with the length of the text; a text without disguise has no readings.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from safety.text.control import hidden_text
from safety.text.encoded import encoded_pieces, rot13
from safety.text.lookalikes import LATIN, OF_SCRIPT, leet, script

_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff]"
)
_WORD = re.compile(r"[^\W\d_]+")
_LETTER = r"[A-Za-z]"
_APART = re.compile(
    rf"(?<![^\W_])(?<![-.*·']){_LETTER}(?:[ .\-_*·/|\n]{{1,3}}{_LETTER}){{3,400}}(?![^\W_])"
)
_GAP = re.compile(r"[ .\-_*·/|\n]+")


@dataclass(frozen=True, slots=True)
class Reading:
    """A text as it reads, and how it was disguised.

    `places` has for each character where it stands in the original, and at last the original's
    length; where all of it comes from one piece, `piece` is that piece's place.
    """

    text: str
    disguise: str
    places: Sequence[int] = ()
    piece: tuple[int, int] | None = None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """A place of the reading, in the original."""
        if self.piece:
            return self.piece
        if start >= end:
            return self.places[start], self.places[start]
        return self.places[start], self.places[end - 1] + 1


def readings(text: str) -> Iterator[Reading]:
    """What else the text may say to a reader; nothing where it says what it seems to."""
    plain = _plain(text)
    if plain.text != text:
        yield plain
    joined = _joined(plain)
    if joined is not plain:
        yield joined
    for reading in (plain, joined) if joined is not plain else (plain,):
        if (folded := leet(reading.text)) != reading.text:
            yield replace(reading, text=folded, disguise="digits or signs for letters")
    if turned := rot13(plain.text):
        yield replace(plain, text=turned, disguise="rot13")
    if hidden := hidden_text(text):
        yield Reading(hidden, "characters that cannot be seen", piece=(0, len(text)))
    for start, end, decoded, disguise in encoded_pieces(text):
        yield Reading(decoded, disguise, piece=(start, end))


def _plain(text: str) -> Reading:
    """Without what cannot be seen, in plain letters, and the look-alikes as what they look like."""
    if text.isascii():
        return Reading(text, "", range(len(text) + 1))
    signs, places = list[str](), list[int]()
    for place, sign in enumerate(text):
        shown = sign if sign.isascii() else _shown(text, place, signs[-1] if signs else "")
        signs += shown
        places += [place] * len(shown)
    places.append(len(text))
    plain = "".join(signs)
    return Reading(_unmixed(plain), "letters that only look like others", places)


def _shown(text: str, place: int, before: str) -> str:
    """What a character is to a reader; `before` is the sign that it follows."""
    sign = text[place]
    if _UNSEEN.fullmatch(sign):
        # Joiners shape emoji, Persian and Indic words: there they are no disguise.
        after = text[place + 1 : place + 2]
        return "" if sign not in "\u200c\u200d" or (before + after).isascii() else sign
    if unicodedata.combining(sign) and before.isascii():
        return ""
    wide = unicodedata.normalize("NFKC", sign)
    return wide if wide.isascii() and wide.isalnum() else sign


def _unmixed(text: str) -> str:
    """Words of mixed scripts in Latin letters, and words of look-alikes alone in a Latin text."""
    scripts = [script(sign) for sign in text if sign in OF_SCRIPT]
    if not scripts:
        return text
    latin = sum("a" <= sign <= "z" for sign in text.lower())
    mostly = latin > 2 * sum(bool(script(s)) for s in text)

    def unmixed(match: re.Match[str]) -> str:
        word = match[0]
        has_latin = any(sign.isascii() for sign in word)
        alike = all(sign.isascii() or sign in LATIN for sign in word)
        if not word.isascii() and alike and (has_latin or mostly):
            return "".join(LATIN.get(sign, sign) for sign in word)
        return word

    return _WORD.sub(unmixed, text)


def _joined(plain: Reading) -> Reading:
    """Letters that stand apart put together; two spaces or more keep words apart."""
    kept, end, found = list[int](), 0, False
    signs = list[str]()
    for match in _APART.finditer(plain.text):
        found = True
        kept += range(end, match.start())
        signs.append(plain.text[end : match.start()])
        for at in _letters(plain.text, match.start(), match.end()):
            kept.append(at)
            signs.append(" " if plain.text[at].isspace() else plain.text[at])
        end = match.end()
    if not found:
        return plain
    kept += range(end, len(plain.text) + 1)
    signs.append(plain.text[end:])
    places = [plain.places[at] for at in kept]
    return Reading("".join(signs), "letters set apart", places)


def _letters(text: str, start: int, end: int) -> Iterator[int]:
    """The places of the letters, and of a space between words."""
    at, gaps = start, list(_GAP.finditer(text, start, end))
    # Where other signs stand between letters, a space stands between words.
    least = 1 if sum(gap[0].isspace() for gap in gaps) < len(gaps) else 2
    for gap in gaps:
        yield from range(at, gap.start())
        if gap.end() - gap.start() >= least and gap[0].isspace():
            yield gap.start()
        at = gap.end()
    yield from range(at, end)
