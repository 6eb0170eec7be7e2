"""reading.jsonl: every line keeps the rules that its questions were written by."""

from __future__ import annotations

from agent.training.chat.grading import abstains, holds
from agent.training.shipped.pages.reading import asked


def test_answers_hold_what_is_accepted_and_do_not_abstain() -> None:
    for one in asked():
        for question, answer, accepted in one.told:
            assert question.endswith("?")
            assert answer.endswith(".")
            assert holds(answer, accepted), (answer, accepted)
            assert not abstains(answer), answer


def test_each_passage_has_questions_of_both_kinds_once() -> None:
    assert len({one.passage for one in asked()}) == len(asked()) > 200
    assert all(one.told and one.untold for one in asked())


def test_no_question_stands_both_as_answered_and_as_not() -> None:
    for one in asked():
        assert not {q for q, _, _ in one.told} & {q for q, _ in one.untold}
