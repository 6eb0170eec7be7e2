"""Which widget's wish does what."""

from __future__ import annotations

from desktop.window.actions import Actions
from desktop.window.dialogs import Dialogs
from desktop.window.layout import WindowLayout
from desktop.window.microphone import Microphone
from desktop.window.presence import Presence


def wire(parts: WindowLayout, actions: Actions) -> None:
    """Connect what the widgets of the window ask for with what is done."""
    middle, composer = parts.conversation, parts.conversation.composer
    middle.transcript.wished.connect(actions.wish)
    middle.transcript.wants_older.connect(actions.load_older)
    middle.empty.typed.connect(lambda words: _ask_starter(parts, actions, words))
    middle.empty.showed.connect(composer.choose)
    middle.running.cancelled.connect(actions.cancel_due)
    composer.stopped.connect(actions.stop)
    composer.trouble.connect(middle.notice)
    composer.shown.connect(lambda data: parts.inspector.show_picture(data, None))
    composer.edit_cancelled.connect(actions.cancel_edit)
    composer.text.recalled.connect(actions.edit_last)
    composer.camera_toggled.connect(actions.look)
    composer.attached_changed.connect(actions.bring)
    for pictured in (composer.attached_changed, composer.camera.toggled):
        pictured.connect(lambda: _offer_starters(parts, actions))
    composer.talk.changed.connect(actions.talk)
    composer.talk.discarded.connect(actions.discard_talk)
    parts.chats.opened.connect(actions.open_chat)
    parts.chats.trouble.connect(middle.notice)
    middle.header.switch.profile_chosen.connect(actions.choose_profile)
    middle.header.switch.model_chosen.connect(actions.choose_model)
    parts.inspector.speak_asked.connect(actions.speak)
    parts.inspector.source_chosen.connect(actions.look_through)
    middle.header.voice_wanted.connect(actions.read_aloud)
    middle.header.chats_wanted.connect(parts.panels.show_chats)
    middle.header.side_wanted.connect(parts.panels.show_side)
    parts.panels.folded.connect(middle.header.set_folded)
    parts.panels.reserved.connect(middle.set_reserved)
    for promising in (parts.status, middle.empty, parts.inspector.preview.off):
        parts.facts.follow(promising.show_facts)


def _ask_starter(parts: WindowLayout, actions: Actions, words: str) -> None:
    """Ask a question to begin with, about the pictures that are attached."""
    composer = parts.conversation.composer
    attached = composer.attached
    composer.let_go(attached)
    actions.ask(words, attached)


def _offer_starters(parts: WindowLayout, actions: Actions) -> None:
    """Questions to begin with: about the picture where there is one."""
    middle = parts.conversation
    middle.empty.set_pictured(bool(middle.composer.attached or actions.camera))
    middle.notice_changed.emit()


def wire_talking(
    parts: WindowLayout,
    actions: Actions,
    presence: Presence,
    microphone: Microphone,
    dialogs: Dialogs,
) -> None:
    """Connect what belongs to talking."""
    actions.talking.connect(lambda _: presence.show())
    microphone.mute_changed.connect(dialogs.set_muted)
    parts.conversation.header.recent_wanted.connect(dialogs.open_recent)
