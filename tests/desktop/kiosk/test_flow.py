"""A visit: its pages, its languages, its end, and that nothing of it reaches the next."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel

from agent.commands import Interrupt, OpenChat, SayAgain, SetCamera
from agent.events import AssistantState, Preview, Reply, Sentence
from agent.memory.history import PRIVATE
from agent.types import Ended, Phase
from desktop.kiosk.flow import VisitStep
from desktop.kiosk.pages.attract import AttractPage
from desktop.session.children import GaveUp, Stalled
from perception.audio.ipc.messages import Devices, Mode, Mute, SetMic, TurnPhase, TurnState
from perception.types import Box, Item, Quality, Scene
from tests.desktop.kiosk.conftest import Kiosk
from tests.desktop.window_script import NOTHING, sentence

FACE = Item("face", Box(0.1, 0.1, 0.5, 0.5), 0.9, "faces")
ONE_FACE = Scene((FACE,), (), (), (), (), "", Quality(0.5, 200), 0.0)


def seen(kiosk: Kiosk) -> str:
    """All words on the page and around it."""
    labels = [each.text() for each in kiosk.window.findChildren(QLabel) if each.isVisible()]
    page = kiosk.window.page
    if isinstance(page, AttractPage):
        labels.append(page.text)
    elif kiosk.flow.step is VisitStep.SESSION:
        labels += [kiosk.page.conversation.text, kiosk.page.field.text()]
    return "\n".join(labels)


def step_of(kiosk: Kiosk) -> VisitStep:
    """Where the visit is."""
    return kiosk.flow.step


def spoken(kiosk: Kiosk) -> list[str]:
    """What was said aloud."""
    return [each.text for each in kiosk.script.mind if isinstance(each, SayAgain)]


def to_thanks_and_back(kiosk: Kiosk) -> None:
    kiosk.until(lambda: kiosk.flow.step is VisitStep.ATTRACT)


def test_the_first_page_speaks_all_languages(kiosk: Kiosk) -> None:
    assert step_of(kiosk) is VisitStep.ATTRACT
    assert "Hello!" in seen(kiosk)
    assert "你好" in seen(kiosk)


def test_nothing_is_heard_or_seen_before_a_yes(kiosk: Kiosk) -> None:
    assert Mute(True) in kiosk.script.ears
    kiosk.flow.wake()
    assert step_of(kiosk) is VisitStep.MICROPHONE
    assert any("May I hear you?" in words for words in spoken(kiosk))
    assert Mute(False) not in kiosk.script.ears
    kiosk.press("Yes")
    assert kiosk.script.ears[-1] != Mute(True)
    assert Mute(False) in kiosk.script.ears
    assert step_of(kiosk) is VisitStep.CAMERA
    kiosk.press("No")
    assert kiosk.script.mind[-1] == SetCamera("")
    assert step_of(kiosk) is VisitStep.SESSION
    assert not kiosk.page.talk.isHidden()


def test_without_both_it_still_answers(kiosk: Kiosk) -> None:
    page = kiosk.into_session()
    assert page.talk.isHidden()
    assert Mute(False) not in kiosk.script.ears
    page.questions[0].click()
    said = kiosk.script.said()
    assert (said.text, said.chat) == ("When do you open?", PRIVATE)
    kiosk.script.answer(["At ten. "])
    assert "At ten." in page.conversation.text


def test_no_microphone_is_not_asked_for(kiosk: Kiosk) -> None:
    kiosk.script.tell(Devices((), (), "", ""))
    kiosk.flow.wake()
    assert step_of(kiosk) is VisitStep.CAMERA


def test_the_language_changes_on_every_page(kiosk: Kiosk) -> None:
    kiosk.window.languages["zh"].click()
    assert step_of(kiosk) is VisitStep.MICROPHONE
    assert "麦克风" in seen(kiosk)
    assert "麦克风" in spoken(kiosk)[-1]
    assert kiosk.kept[-1].interface_language == "zh"
    kiosk.window.languages["en"].click()
    assert "May I hear you?" in seen(kiosk)
    page = kiosk.into_session()
    page.field.setText("Where?")
    page.send.click()
    kiosk.script.answer(["Here. "])
    kiosk.window.languages["zh"].click()
    assert kiosk.page.questions[0].text() == "几点开门？"
    assert "Here." in kiosk.page.conversation.text, "what was said stays"
    kiosk.flow.end()
    to_thanks_and_back(kiosk)
    assert kiosk.kept[-1].interface_language == "en", "the next visitor begins anew"


def test_it_ends_when_nobody_is_there(kiosk: Kiosk) -> None:
    kiosk.into_session()
    kiosk.wait(44)
    assert kiosk.window.countdown.isHidden()
    kiosk.wait(2)
    assert "29" in kiosk.window.countdown.text()
    assert "still there" in spoken(kiosk)[-1]
    said = len(spoken(kiosk))
    kiosk.wait(10)
    assert "19" in kiosk.window.countdown.text()
    assert len(spoken(kiosk)) == said, "it is said once"
    kiosk.wait(20)
    assert step_of(kiosk) is VisitStep.THANKS
    assert kiosk.window.countdown.isHidden()


@pytest.mark.parametrize("sign", ["touch", "voice", "face"])
def test_any_sign_of_life_stops_the_countdown(kiosk: Kiosk, sign: str) -> None:
    kiosk.into_session()
    kiosk.wait(50)
    assert not kiosk.window.countdown.isHidden()
    if sign == "touch":
        kiosk.flow.sign_of_life()
    elif sign == "voice":
        kiosk.script.tell(TurnState(TurnPhase.USER, Mode.TAP, False))
        kiosk.script.tell(TurnState(TurnPhase.OFF, Mode.TAP, False))
    else:
        kiosk.script.tell(Preview(b"", ONE_FACE))
    assert kiosk.window.countdown.isHidden()
    kiosk.wait(44)
    assert kiosk.window.countdown.isHidden()
    assert step_of(kiosk) is VisitStep.SESSION


def test_it_never_ends_while_one_speaks_or_is_answered(kiosk: Kiosk) -> None:
    page = kiosk.into_session()
    page.questions[1].click()
    said = kiosk.script.said()
    kiosk.script.tell(AssistantState(Phase.THINKING, said.turn))
    for _ in range(10):
        kiosk.wait(60)
    assert step_of(kiosk) is VisitStep.SESSION
    kiosk.script.tell(AssistantState(Phase.IDLE, ""))
    kiosk.script.tell(sentence(said.turn, 0, "Twelve euros. "))
    kiosk.wait(200)
    assert kiosk.window.countdown.isHidden(), "the answer has no end yet"
    kiosk.script.tell(Reply(said.turn, "Twelve euros.", Ended.DONE, NOTHING, {}))
    kiosk.script.tell(TurnState(TurnPhase.SPEAKING, Mode.TAP, False))
    kiosk.wait(200)
    assert kiosk.window.countdown.isHidden(), "it is still read aloud"
    kiosk.script.tell(TurnState(TurnPhase.OFF, Mode.TAP, False))
    kiosk.wait(1)
    kiosk.wait(50)
    assert not kiosk.window.countdown.isHidden()


def test_the_second_visitor_sees_nothing_of_the_first(kiosk: Kiosk) -> None:
    page = kiosk.into_session()
    page.field.setText("my secret is plum")
    page.send.click()
    first = kiosk.script.answer(["Plum it is. "])
    page.field.setText("half a plum")
    QGuiApplication.clipboard().setText("plum")
    kiosk.press("End")
    assert step_of(kiosk) is VisitStep.THANKS
    assert QGuiApplication.clipboard().text() == ""
    assert OpenChat(None) in kiosk.script.mind, "the mind forgets the private chat"
    assert SetMic(True) not in kiosk.script.ears
    to_thanks_and_back(kiosk)
    assert kiosk.visits.forgotten == 1
    assert "plum" not in seen(kiosk).lower()
    kiosk.into_session()
    late = Sentence(first.turn, 1, "More plum. ", sentence(first.turn, 1, "").verdict, (), 1.0)
    kiosk.script.tell(late, Reply(first.turn, "More plum.", Ended.DONE, NOTHING, {}))
    assert "plum" not in seen(kiosk).lower()
    assert kiosk.visits.begun == 2


def test_leaving_in_the_middle_of_an_answer_stops_it(kiosk: Kiosk) -> None:
    page = kiosk.into_session()
    page.questions[0].click()
    kiosk.press("End")
    assert Interrupt(kiosk.script.said().turn) in kiosk.script.mind


def test_the_receipt_is_shown(kiosk: Kiosk) -> None:
    kiosk.into_session()
    shown = list[str]()
    kiosk.flow.stepped.connect(lambda _: shown.append(seen(kiosk)))
    kiosk.flow._going.setInterval(1000)
    kiosk.press("End")
    assert "being forgotten" in shown[-1]
    kiosk.until(lambda: "Receipt 1" in seen(kiosk))


def test_what_is_not_forgotten_is_told(kiosk: Kiosk) -> None:
    def fail() -> str:
        raise OSError("the disk is full")

    kiosk.into_session()
    kiosk.flow._forgetter._forget = fail
    kiosk.flow._going.setInterval(1000)
    kiosk.press("End")
    kiosk.until(lambda: "could not be proven" in seen(kiosk))


def test_without_a_mind_a_calm_page_says_where_to_ask(kiosk: Kiosk) -> None:
    kiosk.into_session()
    kiosk.script.tell(GaveUp("mind", "mind.log"))
    assert step_of(kiosk) is VisitStep.THANKS
    kiosk.until(lambda: kiosk.flow.step is VisitStep.TROUBLE)
    assert "information desk" in seen(kiosk)
    assert "mind.log" not in seen(kiosk)
    kiosk.script.tell(AssistantState(Phase.IDLE, ""))
    assert step_of(kiosk) is VisitStep.ATTRACT


def test_a_mind_that_hangs_is_started_again(kiosk: Kiosk) -> None:
    kiosk.into_session()
    kiosk.script.tell(Stalled("t"))
    assert kiosk.script.revived == ["mind"]


def test_a_person_is_called_by_name_of_the_desk_where_nothing_is_set(kiosk: Kiosk) -> None:
    kiosk.into_session()
    kiosk.press("A person, please")
    assert "information desk" in kiosk.page.note.text()
    assert "information desk" in spoken(kiosk)[-1]


def test_talking_begins_and_ends_with_a_press(kiosk: Kiosk) -> None:
    kiosk.flow.wake()
    kiosk.press("Yes")
    kiosk.press("No")
    kiosk.press("Talk")
    assert kiosk.script.ears[-1] == SetMic(True)
    kiosk.press("Done talking")
    assert kiosk.script.ears[-1] == SetMic(False)
