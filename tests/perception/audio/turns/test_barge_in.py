"""A voice while Candor speaks: ducked, held, then taken or dropped."""

from __future__ import annotations

import pytest

from perception.audio.ipc.messages import TurnPhase
from perception.audio.turns.backchannel import BackchannelVerdict, judge
from perception.audio.turns.events import (
    AnswerEnded,
    CancelTurn,
    Duck,
    EndTurn,
    Hold,
    Interrupt,
    PlayedOut,
    Playing,
    Release,
    StartTurn,
    WordsRecognised,
)
from perception.audio.turns.machine import Rules
from perception.audio.turns.state import Speech
from tests.perception.audio.talking import Talk


def speaking() -> Talk:
    """Candor is in the middle of an answer."""
    talk = Talk()
    talk.tell(Playing("answer", talk.now))
    talk.wait(1.0)
    return talk


def test_ducks_and_falls_silent_in_time() -> None:
    talk = speaking()
    began = talk.now
    talk.say(0.3, far=True)
    assert talk.kinds() == ["Duck", "Hold", "StartTurn"]
    assert talk.when(Duck) - began <= 0.05
    assert talk.when(Hold) - began <= 0.14
    assert talk.phases()[-1] is TurnPhase.INTERRUPTED


def test_words_take_the_word() -> None:
    talk = speaking()
    talk.text = "Stop."
    talk.say(0.35)
    talk.wait(2.0)
    assert talk.kinds() == [
        *("Duck", "Hold", "StartTurn", "ReportPause", "AskEndpoint", "Interrupt", "EndTurn"),
    ]
    assert talk.last(Interrupt).turn == "answer"


def test_words_that_come_while_the_voice_goes_on_take_it_too() -> None:
    talk = speaking()
    talk.say(0.6)
    talk.tell(WordsRecognised(talk.last(StartTurn).turn, "No, I meant"))
    assert talk.kinds()[-1] == "Interrupt"
    assert talk.phases()[-1] is TurnPhase.USER


@pytest.mark.parametrize("text", ["Mm-hm.", "Yeah.", "Right, right.", "嗯", "对对对", "I see."])
def test_a_nod_lets_candor_go_on(text: str) -> None:
    talk = speaking()
    talk.text = text
    talk.say(0.5)
    talk.wait(2.0)
    assert talk.kinds()[-2:] == ["CancelTurn", "Release"]
    assert not talk.all(Interrupt)
    assert talk.phases()[-1] is TurnPhase.SPEAKING
    assert talk.when(Release) - talk.now > -1.6


@pytest.mark.parametrize(("text", "seconds"), [("", 0.5), (None, 0.16)])
def test_a_cough_lets_candor_go_on(text: str | None, seconds: float) -> None:
    talk = speaking()
    talk.text = text
    talk.say(seconds)
    talk.wait(2.0)
    assert talk.kinds()[-1] == "Release"
    assert not talk.all(Interrupt)


def test_a_click_only_ducks() -> None:
    talk = speaking()
    talk.hear(0.064, 0.7, far=True)
    talk.wait(0.5)
    assert talk.kinds() == ["Duck", "Release"]


def test_without_a_mind_length_decides() -> None:
    for seconds, kind in ((2.5, Interrupt), (0.5, Interrupt), (0.22, CancelTurn)):
        talk = speaking()
        talk.text = None
        talk.say(seconds)
        talk.wait(2.0)
        assert talk.all(kind), seconds
        assert len(talk.all(Interrupt)) + len(talk.all(CancelTurn)) == 1


def test_our_own_sound_is_no_voice() -> None:
    talk = speaking()
    talk.hear(20.0, 0.9, far=True, echo=0.9)
    talk.hear(20.0, 0.45, far=True)
    assert talk.kinds() == []


def test_words_in_a_faint_sound_are_not_believed() -> None:
    talk = speaking()
    talk.text = "Thank you."
    talk.hear(0.4, 0.7, far=True)
    talk.wait(2.0)
    assert talk.kinds()[-2:] == ["CancelTurn", "Release"]
    assert not talk.all(Interrupt)


def test_a_faint_voice_that_goes_on_is_believed_in_the_end() -> None:
    talk = speaking()
    talk.text = None
    talk.hear(3.0, 0.7)
    assert talk.kinds()[-1] == "Interrupt"


def test_sound_that_ends_under_a_doubtful_voice_leaves_a_plain_turn() -> None:
    talk = speaking()
    talk.text = "Yes."
    talk.say(0.4)
    talk.tell(PlayedOut("answer", talk.now))
    talk.wait(2.0)
    assert talk.kinds()[-2:] == ["AskEndpoint", "EndTurn"]
    assert len(talk.all(Release)) == 1


def test_an_answer_that_begins_over_the_user_is_held() -> None:
    talk = Talk()
    talk.say(1.0)
    talk.tell(Playing("typed", talk.now))
    assert talk.kinds()[-1] == "Hold"
    talk.wait(2.0)
    assert talk.kinds()[-2:] == ["Interrupt", "EndTurn"]


def test_an_answer_held_over_a_noise_is_heard_after_it() -> None:
    talk = Talk()
    talk.text = ""
    talk.say(0.5)
    talk.tell(Playing("typed", talk.now))
    talk.wait(2.0)
    assert talk.kinds()[-2:] == ["CancelTurn", "Release"]


def test_a_voice_that_began_before_the_answer_still_continues_the_turn() -> None:
    talk = Talk()
    first = talk.ask()
    talk.say(0.064)
    talk.tell(Playing(first, talk.now))
    talk.say(2.0)
    assert talk.last(StartTurn).continues == first
    assert talk.kinds()[-1] == "Interrupt"


def test_what_is_said_after_the_interruption_is_the_turn() -> None:
    talk = speaking()
    talk.text = "Wait, and"
    talk.say(1.5)
    began = talk.last(StartTurn)
    talk.wait(0.6)
    talk.say(1.0)
    talk.text = "Wait, and tell me the price."
    talk.wait(2.0)
    assert talk.turns == 1
    assert talk.last(EndTurn).since == began.since
    assert talk.all(Hold) and len(talk.all(Interrupt)) == 1


def test_reply_and_sound_may_end_in_any_order() -> None:
    for first, second in ((AnswerEnded, PlayedOut), (PlayedOut, AnswerEnded)):
        talk = Talk()
        turn = talk.ask()
        talk.tell(Playing(turn, talk.now))
        talk.tell(first(turn, talk.now))
        talk.tell(second(turn, talk.now))
        assert talk.phases()[-1] is TurnPhase.LISTENING


def doubtful(voiced: float, text: str | None = None, **changes: object) -> Speech:
    speech = Speech("t-1", 0.0, 0.4, 0.4 + voiced, voiced, voiced, text=text, doubtful=True)
    for name, value in changes.items():
        object.__setattr__(speech, name, value)
    return speech


def test_more_than_nods_in_one_go_take_the_word() -> None:
    speech = doubtful(2.1, "Yeah.")
    assert judge(speech, speech.last, True, Rules()) is BackchannelVerdict.TAKE
    assert judge(doubtful(0.6, "Yeah."), 1.0, True, Rules()) is BackchannelVerdict.WAIT


def test_only_what_was_added_to_a_continued_turn_counts() -> None:
    speech = doubtful(0.2, "Where is it?", continues="t-0", before="Where is it?", heard=True)
    assert judge(speech, speech.last + 0.3, False, Rules()) is BackchannelVerdict.DROP
    more = doubtful(0.2, "Where is it now?", continues="t-0", before="Where is it?", heard=True)
    assert judge(more, more.last + 0.3, False, Rules()) is BackchannelVerdict.TAKE
