"""One person's turns: how they begin, pause, go on and end, in each mode."""

from __future__ import annotations

import pytest

from perception.audio.ipc.messages import Mode, TurnPhase
from perception.audio.turns.events import (
    AnswerEnded,
    AskEndpoint,
    CancelTurn,
    Endpoint,
    EndTurn,
    Interrupt,
    Lost,
    ModeChanged,
    Muted,
    PlayedOut,
    Playing,
    Pressed,
    Released,
    ReportPause,
    ReportResume,
    StartTurn,
    Woken,
    WordsRecognised,
)
from perception.audio.turns.machine import Rules
from tests.perception.audio.talking import Talk


def test_a_question_from_its_first_sound_to_its_answer() -> None:
    talk = Talk()
    talk.wait(1.0)
    began = talk.now
    talk.say(1.5)
    over = talk.now
    talk.wait(1.5)
    turn = talk.last(EndTurn).turn
    talk.tell(Playing(turn, talk.now))
    talk.wait(1.0)
    talk.tell(PlayedOut(turn, talk.now))
    talk.tell(AnswerEnded(turn, talk.now))
    assert talk.kinds() == ["StartTurn", "ReportPause", "AskEndpoint", "EndTurn"]
    assert talk.phases() == [
        TurnPhase.LISTENING,
        TurnPhase.USER,
        TurnPhase.MAYBE_FINISHED,
        TurnPhase.THINKING,
        TurnPhase.SPEAKING,
        TurnPhase.LISTENING,
    ]
    assert talk.last(StartTurn).since == pytest.approx(began - talk.rules.pre_roll)
    assert talk.last(ReportPause).at == talk.last(EndTurn).ended == pytest.approx(over)
    assert talk.last(EndTurn).since == talk.last(StartTurn).since
    assert over < talk.last(EndTurn).until <= over + 0.2 + 1e-9


def test_the_pause_is_told_within_an_eighth_of_a_second() -> None:
    talk = Talk()
    talk.say(1.0)
    over = talk.now
    talk.wait(0.5)
    assert 0.09 <= talk.when(ReportPause) - over < 0.13


@pytest.mark.parametrize("voice", [0.0, 0.3, 0.49])
def test_noise_begins_nothing(voice: float) -> None:
    talk = Talk()
    talk.hear(30.0, voice)
    assert talk.kinds() == []


def test_clicks_begin_nothing() -> None:
    talk = Talk()
    for _ in range(100):
        talk.say(0.064)
        talk.wait(0.2)
    assert talk.turns == 0


def test_a_soft_middle_does_not_split_a_voice() -> None:
    talk = Talk()
    talk.say(0.5)
    talk.hear(0.5, 0.4)
    talk.say(0.5)
    assert talk.kinds() == ["StartTurn"]


def silence_before_the_end(
    text: str | None, complete: float | None, patience: float = 0.0
) -> float:
    talk = Talk(rules=Rules(patience=patience), complete=complete)
    talk.text = text
    talk.say(1.5)
    over = talk.now
    talk.wait(9.0)
    assert len(talk.all(EndTurn)) == 1
    return talk.when(EndTurn) - over


def test_who_is_sure_to_have_finished_is_answered_soonest() -> None:
    sure = silence_before_the_end("What is the time?", 0.98)
    unsure = silence_before_the_end("What is the time?", 0.1)
    no_words = silence_before_the_end(None, 0.98)
    nothing = silence_before_the_end(None, None)
    going_on = silence_before_the_end("What is the time and", 0.98)
    hesitating = silence_before_the_end("I think, um", 0.1)
    assert sure < 0.75
    assert sure < unsure < going_on <= hesitating < 2.1
    assert sure < no_words < nothing < going_on


@pytest.mark.parametrize("patience", [0.5, 2.0, 5.0])
def test_patience_is_silence_on_top(patience: float) -> None:
    plain = silence_before_the_end("What is the time?", 0.98)
    patient = silence_before_the_end("What is the time?", 0.98, patience)
    assert patient - plain == pytest.approx(patience, abs=0.04)


def test_waiting_ends_in_any_case() -> None:
    assert silence_before_the_end("because, um,", 0.0) <= Rules().longest + 0.04


def test_a_pause_within_a_sentence_is_told_and_taken_back() -> None:
    talk = Talk(complete=0.1)
    talk.text = "I would like to"
    talk.say(1.0)
    talk.wait(0.8)
    talk.say(1.0)
    talk.text = "I would like to order a pizza."
    talk.wait(2.0)
    assert talk.kinds() == [
        *("StartTurn", "ReportPause", "AskEndpoint", "ReportResume"),
        *("ReportPause", "AskEndpoint", "EndTurn"),
    ]
    assert TurnPhase.MAYBE_FINISHED in talk.phases()


def test_a_click_in_a_pause_is_no_voice() -> None:
    talk = Talk()
    talk.say(1.0)
    over = talk.now
    talk.wait(0.3)
    talk.say(0.032)
    talk.wait(1.0)
    assert not talk.all(ReportResume)
    assert talk.last(EndTurn).ended == pytest.approx(over)


def test_words_from_before_the_pause_end_nothing_early() -> None:
    talk = Talk(complete=0.98)
    talk.text = None
    talk.say(1.5)
    over = talk.now
    talk.wait(0.2)
    turn = talk.last(StartTurn).turn
    talk.tell(WordsRecognised(turn, "What is the time?", over - 0.6))
    talk.wait(2.0)
    assert talk.when(EndTurn) - over == pytest.approx(Rules().unknown[0], abs=0.04)


def test_an_answer_to_an_older_pause_counts_for_nothing() -> None:
    talk = Talk(complete=None)
    talk.text = None
    talk.say(1.0)
    talk.wait(0.3)
    asked = talk.last(AskEndpoint)
    talk.say(0.5)
    over = talk.now
    talk.wait(0.15)
    talk.tell(Endpoint(asked.turn, asked.at, 1.0))
    talk.wait(2.0)
    assert talk.when(EndTurn) - over == pytest.approx(Rules().unknown[1], abs=0.04)


def test_a_cough_without_words_is_withdrawn() -> None:
    for text in ("", None):
        talk = Talk()
        talk.text = text
        talk.say(0.2)
        talk.wait(2.0)
        assert talk.kinds() == ["StartTurn", "ReportPause", "AskEndpoint", "CancelTurn"]
        assert talk.phases()[-1] is TurnPhase.LISTENING


def test_a_long_noise_in_which_no_words_are_heard_is_withdrawn() -> None:
    talk = Talk()
    talk.text = ""
    talk.say(3.0)
    talk.wait(2.0)
    assert talk.kinds()[-1] == "CancelTurn"


def test_a_short_word_is_answered() -> None:
    talk = Talk()
    talk.text = "No."
    talk.say(0.2)
    talk.wait(2.0)
    assert talk.kinds()[-1] == "EndTurn"


def test_a_turn_without_end_is_ended() -> None:
    talk = Talk()
    talk.say(Rules().most + 1.0)
    assert talk.kinds()[:2] == ["StartTurn", "EndTurn"]


def test_the_next_turn_never_reaches_into_the_last() -> None:
    talk = Talk()
    turn = talk.ask()
    talk.tell(AnswerEnded(turn, talk.now))
    until = talk.last(EndTurn).until
    talk.say(1.0)
    assert talk.last(StartTurn).since >= until
    assert talk.last(StartTurn).turn != turn


def test_who_goes_on_before_the_answer_continues_the_turn() -> None:
    talk = Talk()
    first = talk.ask()
    begun = talk.last(StartTurn)
    talk.tell(WordsRecognised(first, "What is the time?"))
    talk.say(1.0)
    talk.text = "What is the time? In Berlin, I mean."
    talk.wait(2.0)
    assert talk.kinds()[4:] == [
        *("Hold", "StartTurn", "Interrupt", "ReportPause", "AskEndpoint", "EndTurn"),
    ]
    assert talk.last(StartTurn).continues == talk.last(EndTurn).continues == first
    assert talk.last(EndTurn).since == begun.since
    assert talk.last(Interrupt).turn == first


def test_a_continued_turn_can_be_continued_again() -> None:
    talk = Talk()
    first = talk.ask()
    talk.say(1.0)
    talk.wait(1.0)
    second = talk.last(EndTurn).turn
    talk.say(1.0)
    assert talk.last(StartTurn).continues == second
    assert talk.last(StartTurn).since == talk.all(StartTurn)[0].since
    assert first != second


def test_a_noise_while_thinking_leaves_the_answer_alone() -> None:
    talk = Talk()
    first = talk.ask()
    talk.text = "What is the time?"
    talk.say(0.2)
    talk.wait(2.0)
    assert talk.kinds()[-2:] == ["CancelTurn", "Release"]
    assert not talk.all(Interrupt)
    assert talk.state.thinking == first


@pytest.mark.parametrize("over", ["late", "answered", "heard"])
def test_a_turn_that_is_over_is_not_continued(over: str) -> None:
    talk = Talk()
    turn = talk.ask()
    if over == "late":
        talk.wait(2.5)
    elif over == "answered":
        talk.tell(AnswerEnded(turn, talk.now))
    else:
        talk.tell(Playing(turn, talk.now))
        talk.wait(0.1)
    talk.say(2.0)
    assert talk.last(StartTurn).continues == ""


@pytest.mark.parametrize("mode", [Mode.HOLD, Mode.TAP])
def test_keys_alone_begin_and_end_a_turn(mode: Mode) -> None:
    talk = Talk(mode)
    talk.say(2.0)
    assert talk.kinds() == []
    talk.tell(Pressed(talk.now))
    pressed = talk.now
    talk.say(1.0)
    talk.wait(5.0)
    talk.say(1.0)
    talk.tell(Released(talk.now))
    assert talk.kinds() == ["StartTurn", "ReportPause", "AskEndpoint", "ReportResume", "EndTurn"]
    assert talk.last(StartTurn).since == pressed
    assert talk.last(EndTurn).until == pytest.approx(talk.now + talk.rules.tail)
    assert TurnPhase.MAYBE_FINISHED not in talk.phases()


def test_a_discarded_recording_is_withdrawn() -> None:
    talk = Talk(Mode.HOLD)
    talk.tell(Pressed(talk.now))
    talk.say(1.0)
    talk.tell(Released(talk.now, discard=True))
    assert talk.kinds() == ["StartTurn", "CancelTurn"]


def test_a_key_interrupts_at_once() -> None:
    talk = Talk(Mode.HOLD)
    talk.tell(Playing("typed", talk.now))
    talk.tell(Pressed(talk.now))
    assert talk.kinds() == ["Interrupt", "StartTurn"]
    assert talk.last(Interrupt).turn == "typed"


def test_a_lost_microphone_ends_the_turn_with_what_there_is() -> None:
    talk = Talk()
    talk.say(1.0)
    talk.tell(Lost(talk.now))
    assert talk.last(EndTurn).until == talk.now
    talk.tell(Lost(talk.now))
    assert talk.kinds() == ["StartTurn", "EndTurn"]


@pytest.mark.parametrize("mode", list(Mode))
def test_mute_hears_nothing_and_drops_what_is_open(mode: Mode) -> None:
    talk = Talk(mode)
    talk.tell(Woken(talk.now))
    talk.tell(Pressed(talk.now))
    talk.say(1.0)
    assert talk.turns == 1
    talk.tell(Muted(True, talk.now))
    assert talk.kinds()[-1] == "CancelTurn"
    talk.tell(Woken(talk.now))
    talk.tell(Pressed(talk.now))
    talk.say(5.0)
    assert talk.turns == 1
    assert talk.phases()[-1] is TurnPhase.OFF
    talk.tell(Muted(False, talk.now))
    talk.tell(Released(talk.now))
    talk.tell(Woken(talk.now))
    talk.tell(Pressed(talk.now))
    talk.say(1.0)
    assert talk.turns == 2


def test_muted_the_answer_plays_on() -> None:
    talk = Talk()
    talk.tell(Playing("typed", talk.now))
    talk.say(0.3)
    talk.tell(Muted(True, talk.now))
    assert talk.kinds() == ["Duck", "Hold", "StartTurn", "CancelTurn", "Release"]
    assert talk.phases()[-1] is TurnPhase.SPEAKING


def test_another_mode_ends_what_was_said_in_the_old_one() -> None:
    talk = Talk(Mode.HOLD)
    talk.tell(Pressed(talk.now))
    talk.say(1.0)
    talk.tell(ModeChanged(Mode.OPEN, talk.now))
    assert talk.kinds() == ["StartTurn", "EndTurn"]


def test_the_same_mode_again_changes_nothing() -> None:
    talk = Talk()
    talk.say(1.0)
    before = talk.state
    talk.tell(ModeChanged(Mode.OPEN, talk.now))
    assert talk.state == before


def test_the_wake_word_opens_one_turn_and_a_while_to_follow_up() -> None:
    talk = Talk(Mode.WAKE)
    talk.say(3.0)
    assert talk.turns == 0 and talk.phases() == [TurnPhase.WAITING]
    woken = talk.now
    talk.tell(Woken(woken))
    assert talk.phases()[-1] is TurnPhase.LISTENING
    turn = talk.ask()
    assert woken - 0.15 <= talk.last(StartTurn).since <= woken
    talk.tell(Playing(turn, talk.now))
    talk.wait(2.0)
    talk.tell(PlayedOut(turn, talk.now))
    talk.tell(AnswerEnded(turn, talk.now))
    assert talk.phases()[-1] is TurnPhase.LISTENING
    talk.wait(talk.rules.follow_up + 0.1)
    assert talk.phases()[-1] is TurnPhase.WAITING
    talk.say(2.0)
    assert talk.turns == 1


def test_a_follow_up_needs_no_wake_word() -> None:
    talk = Talk(Mode.WAKE)
    talk.tell(Woken(talk.now))
    turn = talk.ask()
    talk.tell(AnswerEnded(turn, talk.now))
    talk.wait(3.0)
    talk.ask()
    assert talk.turns == 2


def test_woken_without_a_word_it_waits_again() -> None:
    talk = Talk(Mode.WAKE)
    talk.tell(Woken(talk.now))
    talk.wait(talk.rules.awake + 0.1)
    assert talk.phases()[-1] is TurnPhase.WAITING
    assert talk.turns == 0


def test_only_the_wake_word_interrupts_in_its_mode() -> None:
    talk = Talk(Mode.WAKE)
    talk.tell(Playing("typed", talk.now))
    talk.say(3.0)
    assert talk.kinds() == []
    talk.tell(Woken(talk.now))
    assert talk.kinds() == ["Interrupt"]
    talk.ask()
    assert talk.kinds()[-1] == "EndTurn"


def test_withdrawn_after_waking_it_still_listens() -> None:
    talk = Talk(Mode.WAKE)
    talk.tell(Woken(talk.now))
    talk.text = ""
    talk.say(0.2)
    talk.wait(1.5)
    assert len(talk.all(CancelTurn)) == 1
    talk.text = "What is the time?"
    talk.ask()
    assert talk.turns == 2


def test_a_voice_that_fades_has_paused_before_its_probability_falls() -> None:
    talk = Talk()
    talk.say(1.0)
    over = talk.now
    talk.hear(0.13, 0.9, faded=True)
    talk.wait(0.5)
    assert talk.when(ReportPause) - over < 0.13
    assert abs(talk.last(ReportPause).at - over) < 0.04
    assert not talk.all(ReportResume)


def test_a_voice_that_goes_on_faintly_is_no_pause() -> None:
    talk = Talk()
    talk.say(1.0)
    talk.hear(0.6, 0.9, faded=True)
    assert len(talk.all(ReportPause)) == 1
    assert len(talk.all(ReportResume)) == 1


def test_a_question_waits_less_than_a_statement() -> None:
    asked, told = Talk(), Talk()
    told.text = "That is the time."
    waited = list[float]()
    for talk in (asked, told):
        talk.say(1.0)
        over = talk.now
        talk.wait(1.0)
        waited.append(talk.when(EndTurn) - over)
    assert waited[0] < 0.5 < waited[1]
