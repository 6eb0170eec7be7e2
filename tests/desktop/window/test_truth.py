"""Every sentence of the window about where things go and stay, in every state, against the facts.

A state is an engine and its server, a download, a camera, a microphone, and what becomes of the
chat. Each claim that the window can make stands below with what makes it true; a sentence that
speaks of these things and is none of them fails too.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PySide6.QtWidgets import QWidget

from agent.engines.choice import chosen_server
from agent.events import AssistantState, Ready
from agent.settings import Settings
from agent.types import Phase
from desktop.session.promise import before_models
from desktop.session.session import PRIVATE
from desktop.window.main import Window
from perception.audio.ipc.messages import Devices, Mode, TurnPhase, TurnState
from perception.messages import plain
from tests.desktop.reading import words
from tests.desktop.window_script import Script
from tests.desktop.windowing import change, open_chat

ZH = Path(__file__).parents[3] / "perception" / "languages" / "zh"
SERVERS = ("nobody", "here", "http://box:8000/v1", "http://localhost:8000/v1")
CAMERAS = ("", "camera:0", "file:clip.avi", "rtsp://yard/1")
MICROPHONES = ("none", "off", "open", "wake", "muted")
KEPT = ("always", "30 days", "private")


@dataclass(frozen=True)
class State:
    """One state of the world; `server` is "nobody" where no model is known to answer."""

    server: str
    loads: bool
    fetches: bool
    camera: str
    microphone: str
    kept: str

    @property
    def local(self) -> bool:
        """Whether this computer answers alone."""
        return self.server == "here" and not self.loads

    @property
    def remote(self) -> bool:
        """Whether a server answers."""
        return self.server.startswith("http") and not self.loads

    @property
    def linked(self) -> bool:
        """Whether anything goes over the network."""
        return self.remote or self.fetches or self.camera.startswith("rtsp")


CLAIMS: dict[str, Callable[[State, re.Match[str]], bool]] = {
    r"On this computer": lambda s, _: s.local,
    r"On the server (\S+)": lambda s, m: s.remote and m[1] == s.server,
    r"\bnot connected\b": lambda s, _: s.local and not s.linked,
    r"fetching models from the network": lambda s, _: s.fetches,
    r"pictures from (\S+)": lambda s, m: s.camera.startswith(f"rtsp://{m[1]}"),
    r"No model is loaded": lambda s, _: not (s.local or s.remote),
    r"What you say and show stays on this computer\.": lambda s, _: s.local,
    r"What you say and show is sent as text to (\S+)\.(?=\s|$)": lambda s, m: (
        s.remote and m[1] == s.server
    ),
    r"Pictures stay on this computer\.": lambda s, _: True,
    r"What is seen in them is sent as text to (\S+)\.(?=\s|$)": lambda s, m: (
        s.remote and m[1] == s.server
    ),
    r"private chat, not saved": lambda s, _: s.kept == "private",
    r"This chat is private: it is not saved, and is gone when you leave it\.": lambda s, _: (
        s.kept == "private"
    ),
    r"This chat is saved here for (\d+) days\.": lambda s, m: s.kept == f"{m[1]} days",
    r"This chat is saved here until you delete it\.": lambda s, _: s.kept == "always",
    r"This list is not saved, and is forgotten after two minutes\.": lambda s, _: True,
    r"This chat is not saved either; your other chats are\.": lambda s, _: s.kept == "private",
    r"What you say to Candor is saved in your chats\.": lambda s, _: s.kept != "private",
    r"The camera is off": lambda s, _: not s.camera,
    r"Waiting for the camera's first picture": lambda s, _: bool(s.camera),
    r"Microphone muted": lambda s, _: s.microphone == "muted",
    r"No microphone": lambda s, _: s.microphone == "none",
    r"Microphone open, waits for": lambda s, _: s.microphone == "wake",
    r"Microphone open(?!,)": lambda s, _: s.microphone == "open",
    r"Microphone off": lambda s, _: s.microphone == "off",
    r"the microphone stays open": lambda s, _: s.microphone in ("open", "wake"),
    r"is forgotten within two minutes": lambda s, _: s.microphone == "open",
}
SPEAKS = re.compile(
    r"machine|computer|server|network|offline|connect|sent|saved|kept|disk|never|private|"
    r"forgot|camera is|microphone",
    re.IGNORECASE,
)
INNOCENT = re.compile(
    r"Turn the camera on|Turn it on to ask[^.]*\.|mutes the microphone at any time\.|"
    r"Candor waits for [^.]*\.|Candor answers whoever speaks, without a button\.|"
    r"What was not said to Candor"
)


def _states() -> Iterator[State]:
    for server, fetches, camera, microphone, kept in itertools.product(
        SERVERS, (False, True), CAMERAS, MICROPHONES, KEPT
    ):
        yield State(server, False, fetches, camera, microphone, kept)
    for server, fetches, kept in itertools.product(SERVERS, (False, True), KEPT):
        yield State(server, True, fetches, "", "off", kept)


def _bring(window: Window, script: Script, state: State, before: State | None) -> None:
    """Let everything happen that makes this state."""
    was = before or State("nobody", False, False, "", "off", "always")
    if (state.server, state.loads) != (was.server, was.loads) or before is None:
        script.tell(AssistantState(Phase.LOADING, "", plain("Loading the models")))
        if not state.loads:
            if state.server != "nobody":
                server = "" if state.server == "here" else state.server
                script.tell(Ready("m", "cpu", None, server))
            script.tell(AssistantState(Phase.IDLE, ""))
    if state.fetches != was.fetches:
        window.parts.facts.set_fetching(state.fetches)
    if state.camera != was.camera:
        window.actions_.look_through(state.camera)
    if state.microphone != was.microphone:
        _bring_microphone(window, script, state.microphone)
    if state.kept != was.kept:
        change(window, keep_days=30 if state.kept == "30 days" else 0)
        open_chat(window, PRIVATE if state.kept == "private" else None)


def _bring_microphone(window: Window, script: Script, wanted: str) -> None:
    name = "" if wanted == "none" else "Built-in"
    script.tell(Devices((name,) if name else (), (), name, ""))
    mode = {"open": Mode.OPEN, "wake": Mode.WAKE}.get(wanted, Mode.HOLD)
    change(window, talk_mode=str(mode))
    if window.microphone.muted != (wanted == "muted"):
        window.microphone.mute(wanted == "muted")
    phases = {"open": TurnPhase.LISTENING, "wake": TurnPhase.WAITING}
    script.tell(TurnState(phases.get(wanted, TurnPhase.OFF), mode, wanted == "muted"))


def _said(window: Window) -> list[str]:
    recent = window.dialogs.recent
    assert recent is not None
    middle = window.parts.conversation
    whole: tuple[QWidget, ...] = (
        middle.empty,
        window.parts.inspector.preview.off,
        window.parts.status,
        recent,
    )
    said = [text for part in whole if not part.isHidden() for text in words(part)]
    if middle.noticed:
        said += [text for text in words(middle) if text not in said]
    return said


def _faults(state: State, said: list[str]) -> Iterator[str]:
    for text in said:
        rest = INNOCENT.sub("", text)
        for pattern, holds in CLAIMS.items():
            for match in re.finditer(pattern, rest):
                if not holds(state, match):
                    yield f"{state}: false: {match[0]!r} in {text!r}"
            rest = re.sub(pattern, "", rest)
        if SPEAKS.search(rest):
            yield f"{state}: nobody says when this is true: {rest!r}"
    whole = " ".join(said)
    wanted = {
        "fetching models": state.fetches,
        f"On the server {state.server}": state.remote,
        f"sent as text to {state.server}": state.remote,
        "On this computer": state.local,
        "not saved": state.kept == "private",
        "pictures from yard": state.camera.startswith("rtsp"),
    }
    for words_, due in wanted.items():
        if due and words_ not in whole:
            yield f"{state}: not said: {words_!r}"


@pytest.mark.parametrize("half", [0, 1])
def test_no_statement_of_the_window_is_false(window: Window, script: Script, half: int) -> None:
    window.dialogs.open_recent()
    before: State | None = None
    faults = list[str]()
    states = list(_states())
    for state in states[half::2]:
        _bring(window, script, state, before)
        faults += _faults(state, _said(window))
        before = state
    assert len(states) > 400
    assert faults == [], f"{len(faults)} false statements"


# Every other sentence of the window that speaks of what stays here and what is sent, and why it is
# true in every state.
ALWAYS = {
    "Questions with the answers you would like. They stay on this computer, and you can go back "
    "at any time.": "a training runs here alone",
    "Names and terms that Candor should expect, understand and say as you do. They stay in a file "
    "on this computer.": "the list is a file",
    "The camera stays off until you turn it on. Pictures stay on this computer; a server that "
    "answers gets what is seen in them as text.": "no engine sends pictures",
    "What you say and show is sent there as text.": "stands below the address of the server",
    "Thumbs and corrections stay here, and are used only when you train.": "a file",
    "Address of a network camera (http:// or rtsp://)": "a name",
    "It stays on this computer with this chat, and is deleted with it.": "a row of the history",
}
PLACES = re.compile(r"\b(stays? (on|in|here)|(is|are) sent|network|offline)\b", re.IGNORECASE)
OWNERS = ("Promise", "StatusLine")
"""What `desktop/session/promise.py` says, from the facts."""


def test_nothing_else_in_the_window_says_where_things_go() -> None:
    file = ZH / "window.ts"
    contexts = ElementTree.parse(file).getroot().iter("context")
    said = {
        source.text
        for context in contexts
        if context.findtext("name") not in OWNERS
        for source in context.iter("source")
        if source.text and PLACES.search(source.text)
    }
    assert said - ALWAYS.keys() == set(), "make it in desktop/session/promise.py, from the facts"


@pytest.mark.parametrize(
    ("engine", "server", "alone"),
    [("", "", True), ("", "http://box:8000/v1", True), ("remote", "http://box:8000/v1", False)],
)
def test_the_first_page_promises_what_the_settings_say(
    engine: str, server: str, alone: bool
) -> None:
    told = before_models(chosen_server(Settings(dialogue_engine=engine, dialogue_server=server)))
    assert ("alone" in told, "needs no network" in told) == (alone, alone)
    assert (server in told) is not alone or not server
