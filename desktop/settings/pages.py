"""What can be set, in groups."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QPushButton, QWidget

from agent.engines.registry import dialogue_engines, hearing_engines
from agent.models import catalog
from agent.prompting import profile
from agent.settings import Settings, config_folder
from desktop.i18n.engines import engine_title
from desktop.inspector import sources
from desktop.settings import voice_page
from desktop.settings.fields import field
from desktop.settings.form import Form
from desktop.settings.memory_page import Memory
from desktop.settings.microphone_trial import DeviceTrial
from desktop.settings.vocabulary import Words
from desktop.widgets import icons
from desktop.widgets.labels import label
from desktop.widgets.slider import percent
from perception.audio.ipc.messages import Devices

_MOST_THREADS = 256
_LARGEST_TEXT = 2.0


@dataclass(frozen=True, slots=True)
class Group:
    """A page of the settings."""

    title: str
    icon: str
    fields: tuple[QWidget, ...]


def groups(
    form: Form, devices: Devices, trial: DeviceTrial, words: Words, memory: Memory
) -> tuple[Group, ...]:
    """All groups with their controls."""
    translate = QCoreApplication.translate
    sound = voice_page.sound(form, devices, trial)
    return (
        Group(translate("Settings", "Look and language"), "sun", tuple(_look(form))),
        Group(translate("Settings", "Talking"), "mic", tuple(voice_page.talking(form))),
        Group(translate("Settings", "Words"), "type", tuple(_words(words))),
        Group(translate("Settings", "Memory"), "history", tuple(_memory(memory))),
        Group(translate("Settings", "Voice and sound"), "volume-2", tuple(sound)),
        Group(translate("Settings", "Picture"), "camera", tuple(_picture(form))),
        Group(translate("Settings", "Model"), "cpu", tuple(_model(form))),
        Group(translate("Settings", "Safety"), "shield-check", tuple(_safety(form))),
    )


def follow(form: Form, settings: Settings) -> None:
    """Show what only matters with these settings."""
    servers = [engine.name for engine in dialogue_engines() if engine.needs_server]
    form.fields["dialogue_server"].setVisible(settings.dialogue_engine in servers)
    form.fields["wake_word"].setVisible(settings.talk_mode == "wake")


def _look(form: Form) -> Iterator[QWidget]:
    translate = QCoreApplication.translate
    system = ("system", translate("Settings", "As the system"))
    themes = (
        system,
        ("light", translate("Settings", "Light")),
        ("dark", translate("Settings", "Dark")),
        ("contrast", translate("Settings", "High contrast")),
    )
    languages = (("", system[1]), ("en", "English"), ("zh", "简体中文"))
    yield form.pick("theme", translate("Settings", "Colours"), themes)
    size = (1.0, _LARGEST_TEXT, 0.1)
    yield form.amount("text_scale", translate("Settings", "Text size"), size, percent)
    avatars = (("orb", translate("Settings", "A disc")), ("face", translate("Settings", "A face")))
    yield form.pick("avatar", translate("Settings", "Candor appears as"), avatars)
    yield form.tick(
        "reduce_motion",
        translate("Settings", "Reduce motion"),
        translate("Settings", "Shows states without anything that moves."),
    )
    yield form.pick(
        "interface_language",
        translate("Settings", "Language of this window"),
        languages,
        translate("Settings", "Takes effect when Candor is started again."),
    )


def _words(words: Words) -> Iterator[QWidget]:
    explained = QCoreApplication.translate(
        "Settings",
        "Names and terms that Candor should expect, understand and say as you do. They stay in a "
        "file on this machine.",
    )
    yield label(explained, "caption")
    yield words


def _memory(memory: Memory) -> Iterator[QWidget]:
    explained = QCoreApplication.translate(
        "Settings",
        "What you asked Candor to keep. Nothing is kept that you only said in passing, and nothing "
        "in a private chat.",
    )
    yield label(explained, "caption")
    yield memory


def _picture(form: Form) -> Iterator[QWidget]:
    translate = QCoreApplication.translate
    cameras = (
        ("", translate("Settings", "The first camera")),
        (sources.FIRST, sources.source_name(sources.FIRST)),
        (sources.SECOND, sources.source_name(sources.SECOND)),
    )
    hint = translate(
        "Settings", "The camera stays off until you turn it on. Pictures stay on this machine."
    )
    yield form.pick("camera", translate("Settings", "Camera"), cameras, hint)


def _model(form: Form) -> Iterator[QWidget]:
    translate = QCoreApplication.translate
    automatic = ("", translate("Settings", "Choose for me"))
    known = [(m.id, m.title) for m in catalog.load().model if m.task == "dialogue"]
    engines = (automatic, *((e.name, engine_title(e)) for e in dialogue_engines()))
    name = translate("Settings", "Model that answers")
    yield form.pick("dialogue_model", name, (automatic, *known))
    yield form.pick("dialogue_engine", translate("Settings", "What it runs in"), engines)
    yield form.line(
        "dialogue_server",
        translate("Settings", "Address of the server"),
        "http://localhost:8000/v1",
        translate("Settings", "What you say and show is sent there as text."),
    )
    listeners = tuple((e.name, engine_title(e)) for e in hearing_engines())
    yield form.pick("hearing_engine", translate("Settings", "What speech is heard in"), listeners)
    yield form.number("threads", translate("Settings", "Threads"), _MOST_THREADS, automatic[1])


def _safety(form: Form) -> Iterator[QWidget]:
    translate = QCoreApplication.translate
    # The language of the titles; a translation of it says which one it is.
    code = translate("Settings", "en")
    titles = [(name, profile.load(name).title) for name in profile.names()]
    yield form.pick(
        "profile",
        translate("Settings", "Field of use"),
        [(name, title.get(code, name)) for name, title in titles],
        translate("Settings", "Adds what matters in this field to the instructions."),
    )
    yield form.tick(
        "keep_marks",
        translate("Settings", "Keep what I think of answers, to learn from"),
        translate(
            "Settings", "Thumbs and corrections stay here, and are used only when you train."
        ),
    )
    folder = QPushButton(translate("Settings", "Open the folder"))
    folder.setIcon(icons.icon("folder"))
    folder.clicked.connect(_open_folder)
    rules = translate(
        "Settings", "A file policy.toml in this folder replaces the rules that came with Candor."
    )
    yield field(translate("Settings", "Your own rules"), folder, rules)
    checked = translate(
        "Settings",
        "Every sentence is checked before you see or hear it. Press “Why?” below an answer to "
        "see which rules looked at it.",
    )
    yield label(checked, "caption")


def _open_folder() -> None:
    folder = config_folder()
    folder.mkdir(parents=True, exist_ok=True)
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
