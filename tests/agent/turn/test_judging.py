"""A sentence that was cut is judged as one."""

from __future__ import annotations

from collections.abc import Sequence

from agent.settings import Settings
from agent.turn.context import Question, TurnContext
from agent.turn.moderation import Moderation
from agent.turn.segmentation import TextSegment
from perception.types import Evidence, Where
from safety.guard import Guard, load_guard
from safety.policy_file import load_policy
from safety.registry import rule_names
from safety.types import Action, Circumstance, Finding


class BlocksBoth:
    """Blocks what holds both words, which neither piece does alone."""

    name = "patterns"

    def check(self, text: str, circumstance: Circumstance) -> Sequence[Finding]:
        score = float("mix bleach" in text and "with acid" in text)
        return [Finding("patterns", "minors", None, score, 0.5, "a bad mixture")]


class Needs(Guard):
    """The guard above, with all it was asked."""

    def __init__(self) -> None:
        super().__init__([BlocksBoth()], load_policy(None, rule_names()))


def _given(judging: Moderation, *pieces: tuple[str, bool]) -> list[str]:
    checked = (judging.check(TextSegment(text, 0.9, "", ends)) for text, ends in pieces)
    return [given.sentence.text for given in checked if given]


def test_what_only_the_whole_sentence_shows_takes_effect_on_the_rest() -> None:
    turn = TurnContext(Question("t", 0.0, None))
    judging = Moderation(Needs(), Settings(), turn)
    given = _given(judging, ("You can mix bleach ", False), ("at home with acid.", True))
    assert given[0] == "You can mix bleach " and "with acid" not in given[1]
    assert [verdict.action for verdict in turn.verdicts] == [Action.ALLOW, Action.BLOCK]


def test_the_next_sentence_is_judged_after_what_came_before() -> None:
    judging = Moderation(Needs(), Settings(), TurnContext(Question("t", 0.0, None)))
    pieces = (("Do not mix bleach ", False), ("ever. ", True), ("Clean it.", True))
    assert _given(judging, *pieces) == ["Do not mix bleach ", "ever. ", "Clean it."]
    assert "with acid" not in "".join(_given(judging, ("Now mix it with acid.", True)))


def test_a_number_that_was_cut_is_redacted_where_it_goes_on() -> None:
    judging = Moderation(load_guard(None, None), Settings(), TurnContext(Question("t", 0.0, None)))
    given = _given(judging, ("Write to jane.roe", False), ("@example.com for more.", True))
    assert "example.com" not in "".join(given) and given[1].endswith(" for more.")


def test_a_first_piece_with_anything_in_it_waits_for_the_rest() -> None:
    judging = Moderation(load_guard(None, None), Settings(), TurnContext(Question("t", 0.0, None)))
    given = _given(judging, ("Write to jane.roe@example.com now ", False), ("or later.", True))
    assert len(given) == 1
    assert "jane.roe" not in given[0] and given[0].endswith(" now or later.")


def test_a_held_piece_is_not_lost_when_the_answer_ends() -> None:
    judging = Moderation(load_guard(None, None), Settings(), TurnContext(Question("t", 0.0, None)))
    given = _given(judging, ("Write to jane.roe@example.com now ", False), ("", True))
    assert len(given) == 1 and given[0].startswith("Write to ")


def test_the_rest_rests_on_what_the_whole_sentence_says() -> None:
    evidence = Evidence(1, "text", "Ibuprofen 400 mg tablets", Where("picture"), 0.9)
    turn = TurnContext(Question("t", 0.0, None), evidence=(evidence,))
    judging = Moderation(load_guard(None, None), Settings(), turn)
    checked = [
        judging.check(TextSegment("These are Ibuprofen ", 0.9, "", False)),
        judging.check(TextSegment("400 mg tablets.", 0.9, "", True)),
    ]
    assert [given.sentence.evidence for given in checked if given][-1] == (1,)
