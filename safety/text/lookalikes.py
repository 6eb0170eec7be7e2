"""Letters of other scripts, digits and signs that are read as Latin letters."""

from __future__ import annotations

import re

_CYRILLIC = "аеорсухіѕԁԛһјкмнтвгпьзАВЕЅНІЈКМОРСТХУԌԚԜԝѵѴӏ"
_AS_LATIN = "aeopcyxisdqhjkmhtbrnbzABESHIJKMOPCTXYGQWwvVl"
_GREEK = "οαρενικτυχωγηβΑΒΕΖΗΙΚΜΝΟΡΤΥΧ"
_GREEK_AS = "oapeviktuxwynBABEZHIKMNOPTYX"
_OTHER = "ıȷɑɡℓⅰⅴⅹⅼⅽⅾⅿոսցհօᴀʙᴄᴅᴇɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ"
_OTHER_AS = "ijaglivxlcdmnugho" + "abcdeghijklmnoprstuvwyz"

LATIN: dict[str, str] = {
    **dict(zip(_CYRILLIC, _AS_LATIN, strict=True)),
    **dict(zip(_GREEK, _GREEK_AS, strict=True)),
    **dict(zip(_OTHER, _OTHER_AS, strict=True)),
}
"""The Latin letter that each of these looks like."""
OF_SCRIPT = frozenset(LATIN)
_SIGNS = str.maketrans("0134578@$!|+", "oieastbasilt")
_LEET = re.compile(
    r"(?<![\w@.$])[A-Za-z]*(?:[A-Za-z][0134578@$!|+]+[A-Za-z]|[$@][A-Za-z]|[A-Za-z]\$)"
    r"[A-Za-z0134578@$!|+]{0,60}(?![\w@])(?!\.\w)"
)


def script(sign: str) -> str:
    """`cyrillic` or `greek`; empty for any other."""
    if "\u0400" <= sign <= "\u052f":
        return "cyrillic"
    return "greek" if "\u0370" <= sign <= "\u03ff" else ""


def leet(text: str) -> str:
    """The text with digits and signs within words as the letters for which they stand."""
    return _LEET.sub(_letters, text)


def _letters(match: re.Match[str]) -> str:
    word = match[0]
    end = len(word.rstrip("!|+"))
    return word[:end].translate(_SIGNS) + word[end:]
