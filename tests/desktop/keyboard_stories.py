"""What a user does by keyboard alone: the keys of each story, and what shows that it was done.

A story begins in the question's field of a chat with two answers. A word in quotes is typed; each
other one is a key, or several that are pressed together.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QApplication

from agent.commands import Interrupt, OpenChat, Say, SayAgain
from desktop.window.commands.help_page import HelpPage
from desktop.window.main import Window
from tests.desktop.window_script import Script
from tests.desktop.windowing import draft_of, settings_of, transcript_of

ANSWERS = ("The first answer.", "The second answer.")
Check = Callable[[Window, Script], bool]


@dataclass(frozen=True)
class Story:
    """What is done, with which keys; `done` looks whether it was."""

    title: str
    keys: tuple[str, ...]
    done: Check
    writing: bool = False
    """Whether an answer is on its way."""

    @property
    def count(self) -> int:
        """How many keys, without what is typed."""
        return sum(not key.startswith("“") for key in self.keys)


def _reads(text: str) -> Check:
    def check(window: Window, script: Script) -> bool:
        focus = QApplication.focusWidget()
        return focus is not None and text in getattr(focus, "toPlainText", str)()

    return check


def _copied(text: str) -> Check:
    return lambda window, script: QApplication.clipboard().text() == text


def _within(part: Callable[[Window], object]) -> Check:
    def check(window: Window, script: Script) -> bool:
        focus, whole = QApplication.focusWidget(), part(window)
        return focus is not None and (focus is whole or whole.isAncestorOf(focus))  # type: ignore[attr-defined]

    return check


def _asked(text: str) -> Check:
    return lambda window, script: script.said().text == text


def _told(kind: type) -> Check:
    return lambda window, script: any(isinstance(each, kind) for each in script.mind)


def _chats(count: int) -> Check:
    return lambda window, script: (
        script.history is not None and (len(script.history.chats()) == count)
    )


def _opened(window: Window, script: Script) -> bool:
    """Whether a chat of the list was opened."""
    return any(isinstance(each, OpenChat) and each.chat is not None for each in script.mind)


STORIES = (
    Story("Ask a question", ("“Why?”", "Enter"), _asked("Why?")),
    Story("Copy the last answer", ("Ctrl+Shift+C",), _copied(ANSWERS[1])),
    Story("Read the last answer again", ("Alt+Up",), _reads(ANSWERS[1])),
    Story("Read the answer before it again", ("Alt+Up",) * 3, _reads(ANSWERS[0])),
    Story("Hear the last answer again", ("Ctrl+Shift+R",), _told(SayAgain)),
    Story("Why the last answer?", ("Ctrl+Shift+W",), _within(lambda w: w.parts.inspector)),
    Story("Change the last question", ("Up",), lambda w, s: draft_of(w) == "Two?"),
    Story(
        "Answer the last question again",
        ("Ctrl+K", "“answer the last”", "Enter"),
        lambda w, s: [c.text for c in s.mind if isinstance(c, Say)].count("Two?") == 2,
    ),
    Story("Stop an answer", ("Esc", "Esc"), _told(Interrupt), writing=True),
    Story("Mute the microphone", ("Ctrl+Shift+M",), lambda w, s: w.microphone.muted),
    Story(
        "Read answers aloud, or no longer",
        ("Ctrl+M",),
        lambda w, s: not settings_of(w).speak_answers,
    ),
    Story(
        "Choose another profile",
        ("Ctrl+K", "“profile health”", "Enter"),
        lambda w, s: settings_of(w).profile == "health",
    ),
    Story(
        "Find words in this chat",
        ("Ctrl+F", "“second”", "Enter"),
        lambda w, s: w.search.is_open and w.parts.conversation.find_bar.isVisible(),
    ),
    Story(
        "Find another chat and open it",
        ("Ctrl+N", "Ctrl+K", "“one?”", "Enter"),
        _opened,
    ),
    Story("Begin a new chat", ("Ctrl+N",), lambda w, s: len(transcript_of(w)) == 0),
    Story("Begin a private chat", ("Ctrl+Shift+N",), lambda w, s: w.session.private),
    Story("Delete the chat", ("Shift+F6", "Shift+F6", "Del"), _chats(0)),
    Story(
        "Delete the chat and bring it back",
        ("Shift+F6", "Shift+F6", "Del", "Ctrl+Z"),
        lambda w, s: _opened(w, s) and _chats(1)(w, s),
    ),
    Story("Larger text", ("Ctrl++",), lambda w, s: settings_of(w).text_scale > 1.0),
    Story(
        "Open a page of the settings",
        ("Ctrl+K", "“privacy”", "Enter"),
        lambda w, s: (
            w.dialogs.preferences is not None and w.dialogs.preferences.shown_page == "Privacy"
        ),
    ),
    Story("See all keys", ("F1",), lambda w, s: bool(w.findChildren(HelpPage))),
)
