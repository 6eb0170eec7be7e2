"""What can be set, in groups."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QPushButton, QWidget

from agent import profile
from agent.models import catalog
from agent.settings import Settings, config_folder
from desktop import icons, sources
from desktop.fields import Choice, field
from desktop.form import Form
from desktop.labels import label
from perception.audio.messages import Devices

_MOST_THREADS = 256
_LARGEST_TEXT = 2.0


@dataclass(frozen=True, slots=True)
class Group:
    """A page of the settings."""

    title: str
    icon: str
    fields: tuple[QWidget, ...]


def groups(form: Form, devices: Devices) -> tuple[Group, ...]:
    """All groups with their controls."""
    translate = QCoreApplication.translate
    return (
        Group(translate("Settings", "Look and language"), "sun", tuple(_look(form))),
        Group(translate("Settings", "Voice and sound"), "volume-2", tuple(_sound(form, devices))),
        Group(translate("Settings", "Picture"), "camera", tuple(_picture(form))),
        Group(translate("Settings", "Model"), "cpu", tuple(_model(form))),
        Group(translate("Settings", "Safety"), "shield-check", tuple(_safety(form))),
    )


def offer_devices(form: Form, devices: Devices, settings: Settings) -> None:
    """Show which microphones and speakers there are now."""
    for setting, found in (("microphone", devices.microphones), ("speaker", devices.speakers)):
        control = form.controls[setting]
        if isinstance(control, Choice):
            control.offer(_devices(found), getattr(settings, setting))


def follow(form: Form, settings: Settings) -> None:
    """Show what only matters with these settings."""
    form.fields["dialogue_server"].setVisible(settings.dialogue_engine == "remote")


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
    yield form.share("text_scale", translate("Settings", "Text size"), 1.0, _LARGEST_TEXT)
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


def _sound(form: Form, devices: Devices) -> Iterator[QWidget]:
    translate = QCoreApplication.translate
    yield form.tick("speak_answers", translate("Settings", "Read answers aloud"))
    yield form.tick(
        "captions",
        translate("Settings", "Captions"),
        translate("Settings", "Shows what is being said, in large letters."),
    )
    yield form.key(
        "hold_key",
        translate("Settings", "Key to hold while talking"),
        translate("Settings", "Press the field, then the key."),
    )
    microphones, speakers = _devices(devices.microphones), _devices(devices.speakers)
    yield form.pick("microphone", translate("Settings", "Microphone"), microphones)
    yield form.pick("speaker", translate("Settings", "Speaker"), speakers)


def _devices(found: Sequence[str]) -> list[tuple[str, str]]:
    standard = QCoreApplication.translate("Settings", "As the system")
    return [("", standard), *((name, name) for name in found)]


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
    engines = (
        automatic,
        ("gguf", translate("Settings", "llama.cpp, for a processor")),
        ("local", translate("Settings", "PyTorch, for a graphics card")),
        ("remote", translate("Settings", "Another server")),
    )
    name = translate("Settings", "Model that answers")
    yield form.pick("dialogue_model", name, (automatic, *known))
    yield form.pick("dialogue_engine", translate("Settings", "What it runs in"), engines)
    yield form.line(
        "dialogue_server",
        translate("Settings", "Address of the server"),
        "http://localhost:8000/v1",
        translate("Settings", "What you say and show is sent there as text."),
    )
    listeners = (
        ("whisper", translate("Settings", "CTranslate2, for a processor")),
        ("whisper_torch", translate("Settings", "PyTorch, for a graphics card")),
    )
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
