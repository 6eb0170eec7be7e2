"""The folder with the user's recordings: a sound and a text of the same name for each sentence."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path


class Recordings:
    """As `candor train voice` reads it. The sentence's number is the file's name."""

    def __init__(self, folder: Path, sentences: Sequence[str]) -> None:
        self.folder, self.sentences = folder, tuple(sentences)

    @property
    def draft(self) -> Path:
        """Where a new recording goes until it is kept; no text lies beside it."""
        return self.folder.parent / f"{self.folder.name}-new.wav"

    @property
    def count(self) -> int:
        """How many sentences are read."""
        return sum(self.has(place) for place in range(len(self.sentences)))

    def file(self, place: int) -> Path:
        """The sound of a sentence."""
        return self.folder / f"{place + 1:03}.wav"

    def has(self, place: int) -> bool:
        """Whether the sentence is read, as it is worded now."""
        text = self.file(place).with_suffix(".txt")
        try:
            return self.file(place).exists() and text.read_text("utf-8") == self.sentences[place]
        except OSError:
            return False

    def keep(self, place: int) -> None:
        """Take the draft as the sentence's recording, in place of an older one."""
        self.folder.mkdir(parents=True, exist_ok=True)
        sound = self.file(place)
        self.draft.replace(sound)
        sound.with_suffix(".txt").write_text(self.sentences[place], "utf-8")

    def first_open(self) -> int:
        """The first sentence that is not read; the first of all where all are."""
        places = range(len(self.sentences))
        return next((place for place in places if not self.has(place)), 0)
