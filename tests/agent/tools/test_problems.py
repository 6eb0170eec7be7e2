"""Small word problems and sums of times are computed; what only looks like one is left alone."""

from __future__ import annotations

from datetime import datetime

import pytest

from agent.tools.ability import Said, Toolbox
from agent.tools.planning import plan
from agent.tools.reading.wishes import is_chinese
from agent.tools.registry import ability
from agent.tools.sentences import said
from agent.tools.store import Store

NOW = datetime(2027, 3, 16, 14, 5)

COMPUTED = (
    ("How many seconds are in a quarter of an hour?", "900"),
    ("How many minutes is three quarters of an hour?", "45"),
    ("5 feet 11 in cm?", "180.34"),
    ("How tall is 6 foot 2 in centimetres?", "187.96"),
    ("What's 100 km/h in miles per hour?", "62.14"),
    ("What is 45 minutes plus 80 minutes in hours?", "2.08"),
    ("I have 3 packs of 12 eggs, how many eggs is that?", "36"),
    ("How many eggs are 5 dozen?", "60"),
    ("We're five at the table and the bill is 137.50, what does each pay with a 10% tip?", "30.25"),
    ("What do 7 tickets at 12.50 each cost?", "87.50"),
    ("Add 19, 23 and 41.", "83"),
    ("I ran 5 km on Monday, 7 on Wednesday and 12 on Saturday. How far is that in all?", "24"),
    ("I had 50 euros and spent 12.50 and 8. How much is left?", "29.50"),
    ("There were 24 cookies, we ate 9. How many are left?", "15"),
    ("If I save 35 a week, how much do I have after a year?", "1,820"),
    ("My rent is 850 a month. How much is that in a year?", "10,200"),
    ("I read 30 pages a day for 12 days. How many pages?", "360"),
    ("A recipe for 4 needs 300 g flour. How much for 6?", "450"),
    ("I drive 420 km at 70 km per hour. How long does that take?", "6"),
    ("what's 8 factorial", "8 factorial is 40,320."),
    ("what's the VAT on 250 at 19 percent?", "47.50"),
    ("how much is 30% off 89.90", "62.93"),
    ("A 15 percent tip on 62 euros", "9.30"),
    ("What's the average of 12, 15 and 21?", "The average of 12, 15 and 21 is 16."),
    ("What percentage is 18 of 72?", "18 is 25% of 72."),
    ("How many days are there between 3 March and 17 May?", "75 days"),
    ("What time will it be in 45 minutes?", "14:50"),
    ("What time was it two hours ago?", "12:05"),
    ("If I leave at 9:40 and the drive takes 2 hours 35 minutes, when do I arrive?", "12:15"),
    ("I need to be there at 7:15 and the drive takes 50 minutes. When should I leave?", "6:25"),
    ("The film starts at 8:15 pm and lasts 2 hours 10 minutes. When is it over?", "22:25"),
    ("How many minutes from 10:45 to 13:20?", "155 minutes"),
    ("Is 2028 a leap year?", "Yes"),
    ("Is 2100 a leap year?", "No"),
    ("What week number is it?", "week 11"),
    ("How many days does February have next year?", "February 2028 has 29 days."),
    ("What year was it 25 years ago?", "2002"),
    ("几点能到，如果我三点出发路上要两个半小时？", "5:30"),
    ("2024年2月有多少天？", "29"),
    ("18是72的百分之几？", "25%"),
)

LEFT_ALONE = (
    "Tell me about the 3 packs of wolves in Yellowstone.",
    "Write a story about 2 friends who had 5 dogs in all.",
    "What happened in 1989?",
    "Is a leap year always warmer?",
    "When do I plant tomatoes?",
    "How long do 6 eggs take to boil?",
    "When is it done, usually?",
    "How many people lived there 200 years ago?",
    "Tickets cost 8 for adults and 5 for children. We are 2 adults and 3 children. What do we pay?",
    "I had 3 dogs and 2 died. How do I tell my son?",
)


def _answer(words: str) -> str:
    found = plan(Said(words, NOW))
    if found is None:
        return ""
    call = found.calls[0]
    tool = ability(call.tool)
    assert tool is not None
    return said(tool.run(call, Toolbox(Store(None), NOW, "t")), is_chinese(words))


@pytest.mark.parametrize(("words", "result"), COMPUTED)
def test_it_is_computed(words: str, result: str) -> None:
    assert result in _answer(words)


@pytest.mark.parametrize("words", LEFT_ALONE)
def test_it_is_left_alone(words: str) -> None:
    assert _answer(words) == ""
