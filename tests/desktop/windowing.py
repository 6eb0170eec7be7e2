"""The window's driver: what tests of the window do and look for, without its inner parts."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QPushButton, QWidget

from agent.events import Asked
from agent.settings import Settings
from desktop.conversation.captions import Captions
from desktop.conversation.composer import Composer
from desktop.conversation.text.view import TextView
from desktop.conversation.turn_view import TurnView
from desktop.session.chat import ChatTranscript
from desktop.session.pictures import encode
from desktop.settings.dialog import SettingsDialog
from desktop.voice.push_to_talk import TalkButton
from desktop.window.main import Window
from perception.audio.ipc.messages import Mode
from perception.types import Transcript
from tests.desktop.window_script import Script

# What a user does.


def ask(window: Window, text: str) -> None:
    """Type a question and send it."""
    composer_of(window).set_draft(text)
    composer_of(window).send()


def spoken(script: Script, turn: str, *pictures: bytes, chat: int | None = None) -> None:
    """Ask "What is this?" aloud, as the mind tells it: on disk, with the pictures that it took."""
    assert script.history is not None
    chat = chat or script.history.new_chat()
    heard = Transcript("What is this?", "en", 0.9, (), True)
    script.history.begin(turn, chat, heard.text, pictures)
    script.tell(Asked(turn, chat, heard.text, heard, (), None, None, len(pictures)))


def open_chat(window: Window, chat: int | None) -> None:
    """Go on with a chat, or with a new one."""
    window.actions_.open_chat(chat)


def escape(window: Window) -> None:
    """Press Escape."""
    window.actions_.escape()


def choose_mode(window: Window, mode: Mode) -> None:
    """Choose how to talk."""
    window.microphone.choose(mode)


def mute(window: Window, on: bool = True) -> None:
    """Mute the microphone, or let it hear again."""
    window.microphone.mute(on)


def change(window: Window, **settings: Any) -> None:
    """Change settings, as the dialog does."""
    window.actions_.apply(replace(window.actions_.settings, **settings))


def open_settings(window: Window) -> SettingsDialog:
    """Open the settings."""
    window.dialogs.open_preferences()
    dialog = window.dialogs.preferences
    assert dialog is not None
    return dialog


# What a user sees.


def settings_of(window: Window) -> Settings:
    """The settings in use."""
    return window.actions_.settings


def notice_of(window: Window) -> str:
    """What the notice above the composer says; empty where there is none."""
    return window.parts.conversation.noticed


def status_of(window: Window) -> str:
    """The status line."""
    return window.parts.status.text


def draft_of(window: Window) -> str:
    """What is written and not sent."""
    return composer_of(window).draft


def transcript_of(window: Window) -> ChatTranscript:
    """The turns of the open chat."""
    return window.session.transcript


def composer_of(window: Window) -> Composer:
    """Where one writes, shows and talks."""
    return window.parts.conversation.composer


def talk_button_of(window: Window) -> TalkButton:
    """The button to talk with."""
    return composer_of(window).talk


def captions_of(window: Window) -> Captions:
    """The live captions."""
    return window.parts.conversation.captions


def newest(window: Window) -> TurnView:
    """The last turn as it is shown."""
    turn = transcript_of(window).newest
    assert turn is not None
    view = window.parts.conversation.transcript.view_of(turn.id)
    assert view is not None
    return view


def texts(widget: QWidget) -> str:
    """All texts of answers and questions in it."""
    return "\n".join(view.toPlainText() for view in widget.findChildren(TextView))


def button(widget: QWidget, name: str) -> QPushButton:
    """The last button of this name."""
    found = [b for b in widget.findChildren(QPushButton) if name in (b.text(), _name_of(b))]
    assert found, f"no button {name}"
    return found[-1]


def _name_of(button: QPushButton) -> str:
    """Its name, without the question to which it belongs."""
    return button.accessibleName().partition(" (to “")[0]


def picture() -> bytes:
    """A small red picture, encoded."""
    image = QImage(8, 8, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    return encode(image)


def press(window: Window, name: str) -> None:
    """Start the action of this name, as its key does."""
    window.commands.actions[name].trigger()


def said(window: Window) -> list[str]:
    """What a screen reader was told from now on."""
    heard = list[str]()
    window.announced.connect(heard.append)
    return heard
