"""Every page, dialog and panel of the window with something in it, for tests that walk them all."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QDialog, QMessageBox, QWidget

from agent.engines.hardware import Hardware
from agent.engines.speed import Speeds
from agent.events import AssistantState, Caption, Rang, Recent, RecentEvent, Running, RunningItem
from agent.models import catalog
from agent.models.store import ModelStore
from agent.types import Phase
from desktop.conversation.text.table_dialog import TableDialog
from desktop.inspector.viewer import PictureViewer
from desktop.session.children import Stalled
from desktop.session.pictures import encode
from desktop.session.session import PRIVATE
from desktop.settings.page import settings_pages
from desktop.settings.privacy_controls import ConfirmDelete
from desktop.setup import models_work
from desktop.setup.first_minute import FirstMinute
from desktop.setup.first_run import FirstRun
from desktop.setup.models_dialog import ModelsDialog
from desktop.setup.models_work import Machine
from desktop.training.dialog import EXAMPLES, TRAINED, VOICE, TrainingDialog
from desktop.window.commands.about import AboutBox
from desktop.window.commands.help_page import HelpPage
from desktop.window.commands.palette import CommandPalette
from desktop.window.consent import ask_to_keep
from desktop.window.main import Window
from perception.audio.ipc.messages import Mode
from tests.desktop.window_script import LABEL, Script
from tests.desktop.windowing import ask, choose_mode, open_chat, open_settings, press

ANSWER = (
    "It says [1].\n\n```python\nprint('a long line of code ' * 20)\n```\n\n|a|b|\n|-|-|\n|1|2|\n"
)
GB = 1_000_000_000
COMPUTER = Hardware("Linux", "cpu", 4, 8 * GB, 6 * GB, None, "")
NOTHING_RUNS = ("/bin/true",)
"""What stands in for `candor train`."""

Opener = Callable[[Window, Script], QWidget]


def picture() -> bytes:
    """A picture as large as one of a small camera."""
    image = QImage(640, 480, QImage.Format.Format_RGB32)
    image.fill(QColor("teal"))
    return encode(image)


def _empty(window: Window, script: Script) -> QWidget:
    return window


def _empty_picture(window: Window, script: Script) -> QWidget:
    window.parts.conversation.composer.set_draft("", [picture()])
    return window


def _private(window: Window, script: Script) -> QWidget:
    open_chat(window, PRIVATE)
    return window


def _conversation(window: Window, script: Script) -> QWidget:
    for words in ("What does it say?", "And how long does a large egg from the fridge need?"):
        ask(window, words)
        script.answer([ANSWER], (LABEL,))
    return window


def _why(window: Window, script: Script) -> QWidget:
    _conversation(window, script)
    window.parts.inspector.show_picture(picture(), None)
    turn = window.session.transcript.newest
    assert turn is not None
    window.actions_.explain(turn.id)
    return window


def _notes(window: Window, script: Script) -> QWidget:
    _conversation(window, script)
    turn = window.session.transcript.newest
    assert turn is not None
    window.actions_.edit(turn.id)
    choose_mode(window, Mode.OPEN)
    return window


def _waiting(window: Window, script: Script) -> QWidget:
    ask(window, "How does a heat pump work, and why is it better than burning oil?")
    ask(window, "And what does it cost in a house of four people, all in all?")
    return window


def _running(window: Window, script: Script) -> QWidget:
    _conversation(window, script)
    script.tell(
        Running((RunningItem(1, "timer", "eggs for the whole family", 9e9, 300, ""),)),
        Rang("timer", "eggs", 300, "12:00", False),
    )
    return window


def _stalled(window: Window, script: Script) -> QWidget:
    _waiting(window, script)
    script.tell(Stalled(script.said().turn))
    return window


def _spoken(window: Window, script: Script) -> QWidget:
    _conversation(window, script)
    script.tell(
        AssistantState(Phase.SPEAKING, script.said().turn),
        Caption(script.said().turn, 0, "Ten minutes, if it is large and cold from the fridge."),
    )
    return window


def _find(window: Window, script: Script) -> QWidget:
    _conversation(window, script)
    press(window, "find")
    return window


def _found(window: Window, script: Script) -> QWidget:
    _conversation(window, script)
    press(window, "find_chats")
    window.parts.chats.search.setText("egg")
    window.parts.chats.reload()
    return window


def _deleted(window: Window, script: Script) -> QWidget:
    _conversation(window, script)
    window.parts.chats.reload()
    press(window, "delete_chat")
    return window


def _page_of_settings(at: int, window: Window, script: Script) -> QWidget:
    dialog = open_settings(window)
    dialog.show_group(at)
    return dialog


def _models(window: Window, script: Script) -> QWidget:
    look, models_work.ModelsWork.look = models_work.ModelsWork.look, lambda self: None  # type: ignore[method-assign]
    folder = Path("/nonexistent")
    try:
        dialog = ModelsDialog(
            window.actions_.settings,
            window,
            ModelStore(folder, catalog.load()),
            Speeds(folder / "speeds.json"),
        )
    finally:
        models_work.ModelsWork.look = look  # type: ignore[method-assign]
    dialog._take(Machine(COMPUTER, False))
    return dialog


def _training(at: int, window: Window, script: Script) -> QWidget:
    dialog = TrainingDialog(window._memory_file.parent, "en", window, NOTHING_RUNS)
    window.closing.connect(dialog.close_work)
    dialog.show_page(at)
    return dialog


def _recent(window: Window, script: Script) -> QWidget:
    window.dialogs.open_recent()
    said = "Bring the blue folder from the kitchen, and do not forget the milk for the cat."
    script.tell(Recent((RecentEvent(9.0, "room", said), RecentEvent(3.0, "user", "Yes."))))
    dialog = window.dialogs.recent
    assert dialog is not None
    return dialog


def _help(window: Window, script: Script) -> QWidget:
    press(window, "help")
    return window.findChildren(HelpPage)[-1]


def _palette(window: Window, script: Script) -> QWidget:
    press(window, "palette")
    return window.findChildren(CommandPalette)[-1]


def _first_minute(step: int, window: Window, script: Script) -> QWidget:
    dialog = FirstMinute(aloud=False, parent=window)
    for _ in range(step):
        dialog.next.click()
    return dialog


def _first_run(window: Window, script: Script) -> QWidget:
    page = FirstRun(window, ModelStore(Path("/nonexistent"), catalog.load()))
    window._stack.addWidget(page)
    window._stack.setCurrentWidget(page)
    return window


def _viewer(window: Window, script: Script) -> QWidget:
    return PictureViewer(QImage.fromData(picture()), None, window)


def _table(window: Window, script: Script) -> QWidget:
    return TableDialog("|name|value|\n|-|-|\n" + "|some words|1|\n" * 300, window)


def _delete_all(window: Window, script: Script) -> QWidget:
    return ConfirmDelete(window)


def _consent(window: Window, script: Script) -> QWidget:
    ask_to_keep(window, lambda kept: None)
    return window.findChildren(QMessageBox)[-1]


def _about(window: Window, script: Script) -> QWidget:
    return AboutBox(window)


PAGES: dict[str, Opener] = {
    "empty": _empty,
    "empty with a picture": _empty_picture,
    "private": _private,
    "conversation": _conversation,
    "why": _why,
    "notes": _notes,
    "waiting": _waiting,
    "running": _running,
    "stalled": _stalled,
    "spoken": _spoken,
    "find": _find,
    "found": _found,
    "deleted": _deleted,
    "first run": _first_run,
}
"""What the window itself can show."""

DIALOGS: dict[str, Opener] = {
    **{f"settings {at}": partial(_page_of_settings, at) for at in range(len(settings_pages()))},
    "models": _models,
    **{f"training {at}": partial(_training, at) for at in (EXAMPLES, VOICE, TRAINED)},
    "recent": _recent,
    "help": _help,
    "palette": _palette,
    **{f"first minute {step}": partial(_first_minute, step) for step in range(3)},
    "viewer": _viewer,
    "table": _table,
    "delete all": _delete_all,
    "consent": _consent,
    "about": _about,
}
"""What stands over it."""


def close_dialogs(window: Window) -> None:
    """Close what stands over the window."""
    for dialog in window.findChildren(QDialog):
        dialog.close()
        dialog.deleteLater()
