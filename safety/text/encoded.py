"""Pieces of a text in another form: base64, hex, percent signs, entities, rot13."""

from __future__ import annotations

import base64
import binascii
import codecs
import html
import re
from collections.abc import Callable, Iterator
from urllib.parse import unquote_to_bytes

_MOST_PIECES = 16
_LONGEST = 8000
_BASE64 = re.compile(rf"(?<![A-Za-z0-9+/_-])[A-Za-z0-9+/_-]{{16,{_LONGEST}}}={{0,2}}")
_HEX = re.compile(rf"(?<![0-9A-Za-z])(?:(?:\\x|0x)?[0-9A-Fa-f]{{2}}[ :,]?){{8,{_LONGEST}}}")
_PERCENT = re.compile(rf"(?:[\w+.-]{{0,20}}%[0-9A-Fa-f]{{2}}){{3,{_LONGEST}}}[\w.-]{{0,20}}")
_ENTITIES = re.compile(rf"(?:&#(?:\d{{2,6}}|x[0-9A-Fa-f]{{2,5}});\s?){{4,{_LONGEST}}}")
_READABLE = 0.7
_TURNED = re.compile(
    r"\b(?:gur|naq|gb|bs|vf|ubj|znxr|lbh|lbhe|jung|sbe|jvgu|guvf|gung|ner|pna|zr|zl|ba|sebz|"
    r"vafgehpgvbaf|cerivbhf|vtaber|cyrnfr|gryy|jevgr|vagb|fbzrbar)\b",
    re.IGNORECASE,
)
_WORDS = re.compile(r"[A-Za-z]+")
_SHARE = 0.15
"""So many of the words must be common ones, turned; in no language of Candor are they."""


def encoded_pieces(text: str) -> Iterator[tuple[int, int, str, str]]:
    """Where a piece begins and ends, what it says, and how it was written."""
    for pattern, decode, name in _FORMS:
        found = 0
        for match in pattern.finditer(text):
            if said := _readable(decode, match[0]):
                yield match.start(), match.end(), said, name
                found += 1
                if found == _MOST_PIECES:
                    break


def rot13(text: str) -> str:
    """The text turned by thirteen letters where it is words only then; else empty."""
    turned = sum(1 for _ in _TURNED.finditer(text))
    if turned < 2 or turned < _SHARE * sum(1 for _ in _WORDS.finditer(text)):
        return ""
    return codecs.encode(text, "rot13")


def _readable(decode: Callable[[str], bytes], piece: str) -> str:
    """What a piece says; empty where it is no writing."""
    try:
        said = decode(piece).decode("utf-8").strip("\0 \r\n\t")
    except (ValueError, binascii.Error):
        return ""
    words = sum(sign.isalpha() or sign.isspace() for sign in said)
    printable = all(sign.isprintable() or sign.isspace() for sign in said)
    return said if len(said) > 3 and printable and words >= _READABLE * len(said) else ""


def _from_base64(piece: str) -> bytes:
    bare = piece.rstrip("=").replace("-", "+").replace("_", "/")
    return base64.b64decode(bare + "=" * (-len(bare) % 4), validate=True)


def _from_hex(piece: str) -> bytes:
    return bytes.fromhex(re.sub(r"\\x|0x|[ :,]", "", piece))


def _from_entities(piece: str) -> bytes:
    return html.unescape(re.sub(r"\s", "", piece)).encode()


_FORMS: tuple[tuple[re.Pattern[str], Callable[[str], bytes], str], ...] = (
    (_BASE64, _from_base64, "base64"),
    (_HEX, _from_hex, "hex"),
    (_PERCENT, lambda piece: unquote_to_bytes(piece.replace("+", " ")), "percent signs"),
    (_ENTITIES, _from_entities, "entities"),
)
