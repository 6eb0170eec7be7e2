"""What is heard in place of words that the voice cannot speak: silence would seem a failure."""

from __future__ import annotations

from agent.voice.text.letters import language

NOTHING_TO_SAY = "The answer is on the screen."
_LETTERS = frozenset(["Cyrillic", "Arabic", "Greek", "Hebrew"])


def notice(text: str, begun: bool) -> str:
    """Why `text` is not spoken; empty where there is no foreign writing in it.

    `begun` tells whether a part of the answer was spoken before.
    """
    name = language(text)
    if not name:
        return ""
    if name in _LETTERS:
        name = f"{name} letters"
    what = "The next part" if begun else "This answer"
    return f"{what} is in {name}, which my voice cannot speak; it is on the screen."
