"""Several windows on one mind: whose turn an event is, and what waits for whom."""

from __future__ import annotations

from typing import cast

import pytest
from pytestqt.qtbot import QtBot

from agent.commands import Interrupt, OpenChat, Say, SetCamera
from agent.events import Asked, AssistantState, Reply
from agent.memory.history import PRIVATE
from agent.types import Ended, Phase
from desktop.session.children import Children, GaveUp
from desktop.session.sharing.channel import Channel
from desktop.session.sharing.router import Router
from perception.audio.ipc.messages import Devices, Flush, Mute, Trouble
from perception.messages import plain
from tests.desktop.window_script import NOTHING, Script, sentence


class TwoWindows:
    """A mind with two windows, and what each of them sees."""

    def __init__(self) -> None:
        self.script = Script()
        self.router = Router(cast(Children, self.script))
        self.one, self.two = self.router.open(), self.router.open()
        self.seen: dict[Channel, list[object]] = {self.one: [], self.two: []}
        for channel, seen in self.seen.items():
            channel.arrived.connect(seen.append)

    def ask(self, channel: Channel, turn: str, chat: int | None) -> None:
        channel.tell_mind(Say(turn, chat, "Hello?"))

    def asked(self, turn: str, chat: int) -> None:
        self.script.tell(Asked(turn, chat, "Hello?", None, (), None))

    def reply(self, turn: str) -> None:
        self.script.tell(Reply(turn, "Yes.", Ended.DONE, NOTHING, {}))

    def turns(self, channel: Channel) -> set[str]:
        return {t for event in self.seen[channel] if (t := getattr(event, "turn", ""))}

    def sent(self) -> list[str]:
        return [say.turn for say in self.script.mind if isinstance(say, Say) and say.turn]


@pytest.fixture
def shared(qtbot: QtBot) -> TwoWindows:
    return TwoWindows()


def test_a_window_sees_only_its_own_turns(shared: TwoWindows) -> None:
    shared.ask(shared.one, "a", 1)
    shared.asked("a", 1)
    shared.script.tell(sentence("a", 0, "Yes."))
    shared.reply("a")
    shared.ask(shared.two, "b", 2)
    shared.asked("b", 2)
    shared.reply("b")
    assert shared.turns(shared.one) == {"a"}
    assert shared.turns(shared.two) == {"b"}


def test_a_question_waits_for_the_answer_of_another_window(shared: TwoWindows) -> None:
    shared.ask(shared.one, "a", 1)
    shared.ask(shared.two, "b", None)
    shared.ask(shared.two, "c", 2)
    assert shared.sent() == ["a"]
    assert [say.turn for say in shared.script.held] == ["b", "c"], "it is on disk meanwhile"
    shared.asked("a", 1)
    shared.reply("a")
    assert shared.sent() == ["a", "b"]
    shared.asked("b", 2)
    shared.reply("b")
    assert shared.sent() == ["a", "b", "c"]


def test_a_window_may_interrupt_itself(shared: TwoWindows) -> None:
    shared.ask(shared.one, "a", 1)
    shared.ask(shared.one, "b", 1)
    assert shared.sent() == ["a", "b"]


def test_a_question_that_waits_can_be_stopped(shared: TwoWindows) -> None:
    shared.ask(shared.one, "a", 1)
    shared.ask(shared.two, "b", 2)
    shared.two.tell_mind(Interrupt("b"))
    (end,) = shared.seen[shared.two]
    assert isinstance(end, Reply)
    assert (end.turn, end.ended) == ("b", Ended.INTERRUPTED)
    assert shared.script.withdrawn == ["b"]
    shared.reply("a")
    assert shared.sent() == ["a"]
    assert Interrupt("b") not in shared.script.mind


def test_what_is_spoken_goes_to_the_window_in_front(shared: TwoWindows) -> None:
    shared.one.tell_mind(OpenChat(1))
    shared.two.tell_mind(OpenChat(2))
    assert OpenChat(2) not in shared.script.mind, "it is not in front"
    shared.router.set_front(shared.two)
    assert OpenChat(2) in shared.script.mind
    shared.asked("spoken", 2)
    shared.two.tell_mind(OpenChat(None))
    shared.asked("new", 3)
    assert shared.turns(shared.two) == {"spoken", "new"}
    assert not shared.turns(shared.one)


def test_an_answer_in_another_window_does_not_move_the_open_chat(shared: TwoWindows) -> None:
    shared.one.tell_mind(OpenChat(1))
    shared.ask(shared.two, "b", 2)
    shared.asked("b", 2)
    assert shared.script.mind[-1] == OpenChat(1)


def test_pictures_wait_in_the_window_that_holds_them(shared: TwoWindows) -> None:
    shared.two.tell_mind(Say("", None, "", (b"two",)))
    assert not shared.script.mind
    shared.router.set_front(shared.two)
    assert shared.script.mind[-1] == Say("", None, "", (b"two",))
    shared.router.set_front(shared.one)
    assert shared.script.mind[-1] == Say("", None, ""), "the other window has none"


def test_a_private_chat_outlives_what_is_opened_beside_it(shared: TwoWindows) -> None:
    shared.one.tell_mind(OpenChat(PRIVATE))
    shared.router.set_front(shared.two)
    assert shared.script.mind[-2] == OpenChat(None, keep_private=True)
    shared.router.close(shared.one)
    assert shared.script.mind[-1] == OpenChat(None), "with its window it is forgotten"


def test_what_is_so_for_all_is_told_to_all_and_news_in_front_alone(shared: TwoWindows) -> None:
    devices, trouble = Devices((), (), "", ""), Trouble(plain("No sound.", ""))
    shared.script.tell(devices, trouble, GaveUp("ears", ""))
    assert shared.seen[shared.one] == [devices, trouble, GaveUp("ears", "")]
    assert shared.seen[shared.two] == [devices, GaveUp("ears", "")]


def test_the_mind_works_for_one_window_and_rests_for_the_other(shared: TwoWindows) -> None:
    shared.ask(shared.one, "a", 1)
    shared.script.tell(AssistantState(Phase.THINKING, "a"))
    assert shared.seen[shared.one] == [AssistantState(Phase.THINKING, "a")]
    assert shared.seen[shared.two] == [AssistantState(Phase.IDLE, "")]


def test_mute_and_camera_are_those_of_all_windows(shared: TwoWindows) -> None:
    muted, camera = list[bool](), list[str]()
    shared.two.muted.connect(muted.append)
    shared.two.camera.connect(camera.append)
    shared.one.tell_ears(Mute(True))
    shared.two.tell_ears(Mute(True))
    shared.one.tell_ears(Flush())
    shared.one.tell_mind(SetCamera("camera:0"))
    assert (muted, camera) == ([True], ["camera:0"])
    assert shared.script.ears == [Mute(True), Flush()], "told once"


def test_a_window_that_comes_later_is_told_what_stands(shared: TwoWindows) -> None:
    devices = Devices((), (), "", "")
    shared.script.tell(devices, AssistantState(Phase.LOADING, ""))
    shared.one.tell_ears(Mute(True))
    third = shared.router.open()
    seen, muted = list[object](), list[bool]()
    third.arrived.connect(seen.append)
    third.muted.connect(muted.append)
    shared.router.catch_up(third)
    assert seen == [devices, AssistantState(Phase.LOADING, "")]
    assert muted == [True]


def test_a_closed_window_leaves_its_question_to_be_answered(shared: TwoWindows) -> None:
    shared.ask(shared.one, "a", 1)
    shared.ask(shared.two, "b", 2)
    shared.router.close(shared.two)
    shared.reply("a")
    assert shared.sent() == ["a", "b"]
    shared.reply("b")
    assert shared.turns(shared.one) == {"a"}


def test_a_chat_that_is_handed_over_takes_its_answer_along(shared: TwoWindows) -> None:
    shared.ask(shared.one, "a", None)
    shared.asked("a", 5)
    shared.router.hand_over(shared.one, shared.two)
    shared.script.tell(sentence("a", 0, "Yes."))
    shared.reply("a")
    assert len(shared.seen[shared.two]) == 2
    assert (shared.one.chat, shared.two.chat) == (None, 5)
