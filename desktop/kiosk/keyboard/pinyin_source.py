"""Makes `characters.txt` from Unicode's Unihan: `pinyin_source.py Unihan_Readings.txt`.

`words.txt` beside it is written by hand.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from perception.startup import start_private

_NO_SYLLABLES = ("r", "n", "ng", "m", "hm", "hng")
FOLDER = Path(__file__).parent
_READING = re.compile(r"(\w+)\((\d+)\)")
_HEAD = (
    "# Readings without tones and how often they are used, most used first: kHanyuPinlu of Unihan\n"
    "# 15.0, and 0 where only kMandarin knows one (Unicode License, see NOTICE; made by\n"
    "# pinyin_source.py).\n"
)


def plain_syllable(reading: str) -> str:
    """A reading without its tone; v stands for ü, as on every pinyin keyboard."""
    parts = unicodedata.normalize("NFD", reading.lower()).replace("u\u0308", "v")
    return "".join(letter for letter in parts if letter.isascii() and letter.isalpha())


def readings(unihan: Iterable[str]) -> dict[str, dict[str, int]]:
    """By character, its readings with their use; simplified characters alone."""
    used: dict[str, dict[str, int]] = {}
    usual: dict[str, dict[str, int]] = {}
    for line in unihan:
        code, _, rest = line.rstrip("\n").partition("\t")
        field, _, value = rest.partition("\t")
        if field not in ("kHanyuPinlu", "kMandarin") or not code.startswith("U+"):
            continue
        character = chr(int(code[2:], 16))
        if not _is_simplified(character):
            continue
        into = used if field == "kHanyuPinlu" else usual
        uses = into.setdefault(character, {})
        text = unicodedata.normalize("NFC", value)
        told = _READING.findall(text) if into is used else [(text.split()[0], 0)]
        for reading, count in told:
            syllable = plain_syllable(reading)
            if syllable not in _NO_SYLLABLES:
                uses[syllable] = uses.get(syllable, 0) + int(count)
    return usual | used


def _is_simplified(character: str) -> bool:
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def write(unihan: Path) -> None:
    """Write the table anew."""
    start_private()
    with unihan.open(encoding="utf-8") as lines:
        known = readings(lines)
    by_syllable: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for character, uses in known.items():
        for syllable, count in uses.items():
            by_syllable[syllable].append((-count, character))
    rows = [
        f"{syllable} " + " ".join(f"{character}{-count}" for count, character in sorted(uses))
        for syllable, uses in sorted(by_syllable.items())
    ]
    (FOLDER / "characters.txt").write_text(_HEAD + "\n".join(rows) + "\n", encoding="utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]))
