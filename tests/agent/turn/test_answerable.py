"""Questions about what is shown that share nothing with it are told apart from all others."""

from __future__ import annotations

import pytest

from agent.turn.answerable import is_in_doubt

BUS = '[1] text in view: "Line 12 / Central Station 9:05 9:35 / No dogs"\n[2] in view: 1 bus stop'
WASHER = '[1] Washer manual p. 7: "Error E18: the drain filter is blocked. Close the tap."'
TEA = '[1] text in view: "和记茶铺 / 营业时间 9:30-21:00"\n[2] in view: 2 cups'


@pytest.mark.parametrize(
    ("words", "data"),
    [
        ("Is there a toilet here?", BUS),
        ("Does it stop at the hospital?", BUS),
        ("Is the repair covered by the warranty?", WASHER),
        ("How much does a new filter cost?", WASHER),
        ("店里能停车吗？", TEA),
        ("一壶茶多少钱？", TEA),
    ],
)
def test_what_the_lines_do_not_speak_of_is_in_doubt(words: str, data: str) -> None:
    assert is_in_doubt(words, data)


@pytest.mark.parametrize(
    ("words", "data"),
    [
        ("Can I bring my dog?", BUS),
        ("Does it go to Central Station?", BUS),
        ("When does the next bus go?", BUS),
        ("What's a good snack for a long ride?", BUS),
        ("Is it safe to eat raw eggs?", BUS),
        ("Can I open the tap now?", WASHER),
        ("How do I descale a kettle?", WASHER),
        ("喝绿茶有什么好处？", TEA),
        ("How much is it?", '[1] text in view: "Tea 3.50"'),
    ],
)
def test_everything_else_is_not(words: str, data: str) -> None:
    assert not is_in_doubt(words, data)
