"""What an answer rests on, measured with a model that says what its lines say."""

from __future__ import annotations

from collections.abc import Sequence

from agent.causes import variants
from agent.causes.claims import claims
from agent.causes.measuring import CauseMeasurement
from agent.causes.telling import told_causes
from agent.causes.words import key_words
from agent.prompting.prompt import DATA_RULES, question
from perception.messages import message
from safety.types import Cause, CauseKind, Explanation, GivenSentence
from tests.agent.causes.weighing import WeighingDialogue

DATA = "\n".join(
    (
        '[1] text in view: "Cafe open until 18:00"',
        '[2] text in view: "Train to Leeds 14:05"',
        "[4] in view: 2 dogs: left",
        '[5] text in view: "Train to Leeds not 14:05, cancelled"',
    )
)
ASKED = "When does the train to Leeds leave?"


def _given(*texts: str) -> tuple[GivenSentence, ...]:
    return tuple(GivenSentence(text, 0.9, ()) for text in texts)


def _measured(
    model: WeighingDialogue, sentences: Sequence[GivenSentence], data: str = DATA
) -> tuple[Cause, ...]:
    prompt = question(ASKED, data).text
    steps = CauseMeasurement(model, prompt, ASKED, sentences, lambda now: (now,)).steps()
    while True:
        try:
            next(steps)
        except StopIteration as end:
            found: tuple[Cause, ...] = end.value
            return found


def _model(
    knows: frozenset[str] = frozenset(), disputed: frozenset[str] = frozenset()
) -> WeighingDialogue:
    return WeighingDialogue(lambda messages: [], knows=knows, disputed=disputed)


def test_lines_are_taken_out_of_the_very_message() -> None:
    prompt = question(ASKED, DATA).text
    assert list(variants.lines(prompt)) == [1, 2, 4, 5]
    fewer = variants.without(prompt, {2})
    assert 'Leeds 14:05"' not in fewer and "[4] in view" in fewer and DATA_RULES in fewer
    assert variants.without(prompt, {1, 2, 4, 5}) == ASKED


def test_the_words_that_count_are_those_that_the_question_does_not_hold() -> None:
    found = key_words("The train to Leeds leaves at 14:05 [2].", ASKED)
    assert [word.text for word in found] == ["14:05"]
    assert [word.text for word in key_words("茶壶的价格是166元。", "茶壶多少钱？")] == ["166"]
    assert [word.text for word in key_words("苏州的首府是东京。", "日本的首都是哪里？")] != []
    assert [word.text for word in key_words("The cafe.", "The cafe or the bank?")] == ["cafe"]
    assert [word.text for word in key_words("Yes, a dog.", "Is there a dog?")] == ["Yes"]
    assert [word.text for word in key_words("有，一只狗。", "有狗吗？")] == ["有"]
    assert key_words("", ASKED) == ()


def test_a_word_is_scored_where_it_stands_with_the_space_before_it() -> None:
    first, second = claims(ASKED, _given("It leaves at 14:05. ", "Walk 300 steps."))
    assert (first.words[0].before, first.words[0].words) == ("It leaves at", " 14:05")
    assert second.words[0].before == "It leaves at 14:05. Walk"


def test_a_sentence_rests_on_the_line_without_which_it_falls() -> None:
    (cause,) = _measured(_model(), _given("It leaves at 14:05."))
    assert (cause.kind, cause.word) == (CauseKind.RESTS, "14:05")
    (line,) = cause.resting
    assert (line.evidence, line.shown, line.without) == (2, 0.9, 0.02)


def test_a_line_that_works_against_it_is_told() -> None:
    model = _model(disputed=frozenset({"14:05"}))
    (cause,) = _measured(model, _given("It leaves at 14:05."))
    assert [(e.evidence, e.shown, e.without) for e in cause.against] == [(5, 0.5, 0.9)]
    assert [e.evidence for e in cause.resting] == [2]


def test_two_lines_that_say_the_same_carry_it_together() -> None:
    data = f'{DATA}\n[6] text in view: "Leeds 14:05"'
    (cause,) = _measured(_model(), _given("It leaves at 14:05."), data)
    assert [effect.evidence for effect in cause.resting] == [2, 6]


def test_what_the_model_knows_is_said_to_be_said_anyway() -> None:
    model = _model(knows=frozenset({"Yorkshire"}))
    (cause,) = _measured(model, _given("Leeds lies in Yorkshire."))
    assert (cause.kind, cause.effects) == (CauseKind.ANYWAY, ())


def test_without_lines_nothing_is_scored_and_it_is_from_memory() -> None:
    model = _model()
    (cause,) = _measured(model, _given("It leaves at 14:05."), "")
    assert (cause.kind, model.scored) == (CauseKind.MEMORY, [])


def test_what_candor_itself_wrote_is_not_measured() -> None:
    model = _model()
    own = GivenSentence("Call 112 at once.", 1.0, ())
    assert [cause.kind for cause in _measured(model, (own,))] == [CauseKind.OWN]
    assert model.scored == []


def test_left_and_begun_again_it_reads_nothing_twice() -> None:
    model = _model()
    prompt = question(ASKED, DATA).text
    measuring = CauseMeasurement(
        model, prompt, ASKED, _given("It leaves at 14:05."), lambda now: (now,)
    )
    first = measuring.steps()
    next(first), next(first)
    first.close()
    assert not model.busy
    assert len([*measuring.steps()]) > 0
    assert len(model.scored) == len(set(model.scored))


def test_each_cause_is_told_in_both_languages() -> None:
    model = _model(knows=frozenset({"Yorkshire"}), disputed=frozenset({"14:05"}))
    sentences = _given("It leaves at 14:05. ", "Leeds lies in Yorkshire.")
    causes = _measured(model, sentences)
    why = Explanation("", (), (), "", "", sentences=sentences, causes=causes)
    rests, anyway = told_causes(why)
    assert "[2]" in message(rests.told[0], "en") and "2%" in message(rests.told[0], "en")
    assert "[5]" in message(rests.told[1], "en")
    assert "[2]" in message(rests.told[0], "zh") and "Yorkshire" in message(anyway.told[0], "zh")
