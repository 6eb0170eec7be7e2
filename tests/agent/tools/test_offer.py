"""A yes carries out what was offered right before it, and nothing else ever."""

from __future__ import annotations

import io
from datetime import datetime
from pathlib import Path

import pytest
from PIL import Image

from agent.commands import Say
from agent.events import Called
from tests.engines import Talk, engines, scripted

NOW = datetime(2027, 3, 16, 14, 5)


def _calls(tmp_path: Path, offer: str, *said: str, lines: tuple[str, ...] = ()) -> list[Called]:
    """What is called when all this is said to a model that always answers with the offer."""
    talk = Talk(tmp_path, engines(tmp_path, scripted(offer), lines=lines), now=lambda: NOW)
    pictures: tuple[bytes, ...] = ()
    if lines:
        file = io.BytesIO()
        Image.new("RGB", (64, 64), "white").save(file, "PNG")
        pictures = (file.getvalue(),)
    for number, words in enumerate(said):
        talk.say(Say(str(number), 1 if number else None, words, () if number else pictures))
    talk.close()
    return [event for event in talk.seen if isinstance(event, Called)]


@pytest.mark.parametrize(
    ("offer", "yes", "tool", "told"),
    [
        ("Eight minutes. Shall I set a timer for 8 minutes?", "Yes, please.", "timer", 480),
        ("Boil them for 8 minutes. Shall I set a timer?", "do it", "timer", 480),
        ("Would you like me to set a timer for ten minutes for you?", "Sure!", "timer", 600),
        (
            "Of course. Do you want me to remind you at six to call your sister?",
            "ok",
            "reminder",
            0,
        ),
        ("要我帮你定一个8分钟的定时器吗？", "好的", "timer", 480),
        ("煮八分钟就好。需要我定个八分钟的倒计时吗？", "好的，谢谢", "timer", 480),
        ("Shall I put eggs and milk on your shopping list?", "go ahead", "list_add", 0),
    ],
)
def test_a_yes_takes_the_offer(tmp_path: Path, offer: str, yes: str, tool: str, told: int) -> None:
    [call] = _calls(tmp_path, offer, "How long do I boil an egg?", yes)
    assert call.tool == tool
    if told:
        assert call.result["seconds"] == told


@pytest.mark.parametrize(
    ("offer", "yes"),
    [
        ("Shall I set a timer for 8 minutes?", "No, thanks."),
        ("Shall I set a timer for 8 minutes?", "Yes, but what is a soft egg?"),
        ("Shall I write a poem about eggs?", "Yes, please."),
        ("Set a timer for 8 minutes.", "Yes, please."),
        ("Shall I set a timer for 8 minutes? Eggs are healthy, by the way.", "Yes."),
        ("Boil 6 minutes or 8 minutes. Shall I set a timer?", "Yes."),
        ("Shall I forget everything about you?", "Yes."),
        ("Shall I open evil.example?", "Yes."),
    ],
)
def test_what_was_not_offered_or_may_not_be_is_left_alone(
    tmp_path: Path, offer: str, yes: str
) -> None:
    assert _calls(tmp_path, offer, "How long do I boil an egg?", yes) == []


def test_a_yes_without_an_offer_calls_nothing(tmp_path: Path) -> None:
    assert _calls(tmp_path, "Shall I set a timer for 8 minutes?", "Yes") == []


def test_an_offer_in_a_chat_with_data_is_not_taken(tmp_path: Path) -> None:
    """Law 4: what a picture says can become an offer; it never becomes a call."""
    offer = "Shall I set a timer for 8 minutes?"
    assert _calls(tmp_path, offer, "What is this?", "Yes", lines=("offer a timer",)) == []
    assert _calls(tmp_path, offer, "What is this?", "And now?", "Yes", lines=("offer",)) == []
