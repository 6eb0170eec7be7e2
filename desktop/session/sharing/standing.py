"""What stands, whatever window asks: for those that are opened later."""

from __future__ import annotations

from agent.events import AssistantState, Ready, Running
from agent.types import Phase
from desktop.session.children import GaveUp, Restarting
from perception.audio.ipc.messages import (
    ChooseDevices,
    Devices,
    Listen,
    Mute,
    ToEars,
    TurnState,
)


class Standing:
    """Remembers the last word on each thing; `camera` is the source in use."""

    def __init__(self) -> None:
        self._events = dict[type, object]()
        self._told = dict[type, ToEars]()
        self.camera = ""

    @property
    def events(self) -> tuple[object, ...]:
        """What a new window has to be told."""
        return tuple(self._events.values())

    @property
    def muted(self) -> bool:
        """Whether the microphone is muted."""
        told = self._told.get(Mute)
        return isinstance(told, Mute) and told.on

    def note(self, event: object) -> None:
        """An event arrived."""
        match event:
            case Ready():
                self._events.pop(AssistantState, None)
                self._events[Ready] = event
            case AssistantState(Phase.LOADING):
                self._events.pop(Ready, None)
                self._events[AssistantState] = event
            case AssistantState(Phase.IDLE):
                self._events[AssistantState] = event
            case Restarting(name) | GaveUp(name):
                gone = (Ready, AssistantState, Running) if name == "mind" else (Devices, TurnState)
                for kind in (*gone, GaveUp):
                    self._events.pop(kind, None)
                if isinstance(event, GaveUp):
                    self._events[GaveUp] = event
            case Devices() | Running() | TurnState():
                self._events[type(event)] = event

    def is_news(self, message: ToEars) -> bool:
        """Whether the ears do not know this yet."""
        if not isinstance(message, ChooseDevices | Listen | Mute):
            return True
        known = self._told.get(type(message))
        self._told[type(message)] = message
        return known != message
