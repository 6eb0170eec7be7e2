"""What the panel says of a thing is what the model is told of it."""

from __future__ import annotations

import pytest

from desktop.inspector.in_view import SeenItem, certainty, row
from perception.hedges import sureness
from perception.types import Box, Item

TOLD = {"": "sure", ", probably": "fairly sure", ", maybe": "unsure"}


@pytest.mark.parametrize("hundredths", range(0, 101, 1))
def test_the_person_sees_what_the_model_is_told(qapp: object, hundredths: int) -> None:
    confidence = hundredths / 100
    assert certainty(confidence) == TOLD[sureness(confidence)]
    shown = row(SeenItem("text", Item("Exit", Box(0, 0, 1, 1), confidence, "ocr")))
    assert ("unsure" in shown) == (sureness(confidence) == ", maybe")
