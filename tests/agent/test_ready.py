"""The mind says where it runs, also where a turn loaded what failed at first."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from agent.commands import Say
from agent.dialogue import Dialogue
from agent.engines.choice import Choice
from agent.events import AssistantState, Ready
from agent.types import Phase, new_turn
from perception.messages import plain
from perception.types import UserError
from tests.engines import Talk, engines, scripted

SERVER = "http://10.0.0.2:8000/v1"


def test_ready_carries_the_server_of_the_choice(tmp_path: Path) -> None:
    parts = engines(tmp_path, scripted("Hello."))
    chosen = Choice("big", "remote", "server", 1, plain("a test"), SERVER)
    talk = Talk(tmp_path, replace(parts, choice=lambda: chosen))
    ready = talk.until(lambda event: isinstance(event, Ready))
    talk.close()
    assert isinstance(ready, Ready)
    assert ready.server == SERVER


def test_what_a_turn_loaded_later_is_told_once(tmp_path: Path) -> None:
    dialogue, tried = scripted("Hello."), list[int]()

    def load() -> Dialogue:
        tried.append(1)
        if len(tried) == 1:
            raise UserError.plain("The server is away.", "Try again.")
        return dialogue

    parts = engines(tmp_path, dialogue)
    talk = Talk(tmp_path, replace(parts, dialogue=load, ready=lambda: len(tried) > 1))
    talk.until(lambda event: event == AssistantState(Phase.IDLE, ""))
    assert talk.events_now((Ready,)) == []
    for _ in range(2):
        talk.say(Say(new_turn(), None, "Hi"))
    talk.close()
    assert len(talk.events_now((Ready,))) == 1
