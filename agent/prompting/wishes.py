"""The user's own wishes for answers, as the end of the system message.

They change only with the settings, and so stand before the conversation: its cache holds (law 7).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from agent.profiles.profile import is_shared
from agent.settings import Settings
from agent.types import Message

MOST_WORDS = 1000
"""Characters of the free text."""
_QUOTED = re.compile(r"^\s*\|[|\s]*")
_TONES = {
    "plain": "plain and matter-of-fact",
    "warm": "warm and friendly",
    "formal": "formal and polite",
}
_LENGTHS = {
    "short": "short, one to three sentences, unless the user asks for more",
    "long": "detailed, with reasons and examples",
}
_UNITS = {
    "metric": "metric (kilometres, kilograms, degrees Celsius)",
    "imperial": "imperial (miles, pounds, degrees Fahrenheit)",
}
_BEGIN = (
    "How the user wishes to be answered. It is about style and habits; what is true and what is "
    "safe does not change by it:"
)


def wishes_of(settings: Settings) -> str:
    """The wishes as text; empty where there are none, or where many people use Candor."""
    if is_shared(settings.profile):
        return ""
    lines = list(_lines(settings))
    return "\n".join((_BEGIN, *lines)) if lines else ""


def with_wishes(beginning: Message, wishes: str) -> Message:
    """The system message with these wishes at its end."""
    return Message(beginning.role, f"{beginning.text}\n\n{wishes}") if wishes else beginning


def _lines(settings: Settings) -> Iterator[str]:
    if name := " ".join(settings.call_me.split()):
        yield f"- Call the user {name}."
    if settings.region:
        yield f"- The user lives in the country with the code {settings.region}."
    for title, known, value in (
        ("Tone", _TONES, settings.answer_tone),
        ("Length", _LENGTHS, settings.answer_length),
        ("Units", _UNITS, settings.units),
    ):
        if value in known:
            yield f"- {title}: {known[value]}."
    own = [_QUOTED.sub("", line).strip() for line in settings.wishes[:MOST_WORDS].splitlines()]
    if any(own):
        yield "- In the user's own words:"
        # A line that begins with | would look like data.
        yield from (f"  {line}" for line in own if line)
