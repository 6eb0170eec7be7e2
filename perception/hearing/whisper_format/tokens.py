"""Whisper's tokens: text, languages and the marks around them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from perception.codes import PerceptionCode
from perception.types import UserError

_LANGUAGE = re.compile(r"<\|([a-z]{2,3})\|>")


class Tokens:
    """The multilingual tokenizer of a Whisper model (`tokenizer.json`)."""

    def __init__(self, file: Path) -> None:
        """UserError where the file is missing or damaged."""
        try:
            self._tokenizer = _mended(file)
        except Exception as error:
            raise UserError(PerceptionCode.TOKENIZER_NOT_LOADED, file=file) from error
        self.end = self._id("<|endoftext|>")
        self.start = self._id("<|startoftranscript|>")
        self._transcribe = self._id("<|transcribe|>")
        self._no_times = self._id("<|notimestamps|>")
        self.blank = self._id("Ġ")
        self.no_speech = self._no_times - 1
        specials = self._tokenizer.get_added_tokens_decoder()
        marks = ((_LANGUAGE.fullmatch(token.content), key) for key, token in specials.items())
        self.languages = {mark.group(1): key for mark, key in marks if mark}

    def _id(self, token: str) -> int:
        found: int | None = self._tokenizer.token_to_id(token)
        if found is None:
            raise UserError(PerceptionCode.NOT_A_WHISPER_TOKENIZER, token=token)
        return found

    def prompt(self, language: str) -> list[int]:
        """What the decoder is started with: that language, transcribe, no time stamps."""
        return [self.start, self.languages[language], self._transcribe, self._no_times]

    def ids(self, text: str) -> list[int]:
        """The tokens of a text as the model writes it; what is in it is never read as a mark."""
        plain = text.replace("<|", "< |")
        found: list[int] = self._tokenizer.encode(plain, add_special_tokens=False).ids
        return found

    def piece(self, token: int) -> str:
        """What one token is on paper, with its space."""
        found: str = self._tokenizer.decode([token])
        return found

    def text(self, ids: Iterable[int]) -> str:
        """The text of the ids below the marks."""
        decoded: str = self._tokenizer.decode([i for i in ids if i < self.end])
        return decoded.replace("�", "").strip()

    def words(self, ids: Sequence[int]) -> list[tuple[str, list[int]]]:
        """The words with the positions of their tokens; a new word begins with a space.

        Scripts without spaces give one word for each run of tokens that is whole characters.
        """
        found: list[tuple[str, list[int]]] = []
        open_ids: list[int] = []
        for place, token in enumerate(ids):
            open_ids.append(place)
            piece: str = self._tokenizer.decode([ids[i] for i in open_ids])
            if piece.endswith("�"):
                continue
            spaced = piece.startswith(" ") or not found or ord(piece.strip()[:1] or " ") > 0x2E7F
            if spaced:
                found.append((piece.strip(), open_ids))
            else:
                text, places = found[-1]
                found[-1] = (text + piece, places + open_ids)
            open_ids = []
            del token
        return [(text, places) for text, places in found if text]


def _mended(file: Path) -> Any:
    """The tokenizer. The published file lacks its first merge, a space with a t.

    Without it " the" would be written as two tokens that the model never writes.
    """
    import tokenizers

    whole = json.loads(file.read_bytes())
    merges = whole["model"]["merges"]
    first = ["Ġ", "t"] if merges and isinstance(merges[0], list) else "Ġ t"
    if first not in merges:
        merges.insert(0, first)
    return tokenizers.Tokenizer.from_str(json.dumps(whole))
