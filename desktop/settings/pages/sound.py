"""Candor's voice, captions, and the devices."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from agent.engines.registry import voice_engines
from agent.settings import limits
from desktop.i18n.engines import engine_title
from desktop.settings.fields import Choice, field
from desktop.settings.form import Form
from desktop.settings.page import PageParts, SettingsPage
from desktop.widgets.slider import percent
from perception.audio.ipc.messages import Devices


def _fields(parts: PageParts) -> Iterator[QWidget]:
    form, devices = parts.form, parts.devices
    translate = QCoreApplication.translate
    yield form.tick("speak_answers", translate("Settings", "Read answers aloud"))
    yield form.tick("speak_to_voice", translate("Settings", "Answer aloud when I speak"))
    voices = tuple((voice.name, engine_title(voice)) for voice in voice_engines())
    automatic = ("", translate("Settings", "Choose for me"))
    yield form.pick("voice_engine", translate("Settings", "Voice"), (automatic, *voices))
    yield form.amount(
        "speech_rate",
        translate("Settings", "Speed of the voice"),
        (*limits("speech_rate"), 0.1),
        percent,
    )
    yield form.amount(
        "speech_pitch",
        translate("Settings", "Pitch of the voice"),
        (*limits("speech_pitch"), 1.0),
        _semitones,
    )
    yield form.tick(
        "captions",
        translate("Settings", "Captions"),
        translate("Settings", "Shows what Candor and you are saying, in large letters."),
    )
    names = (translate("Settings", "Microphone"), translate("Settings", "Speaker"))
    yield form.pick("microphone", names[0], _devices(devices.microphones))
    yield form.pick("speaker", names[1], _devices(devices.speakers))
    yield field(translate("Settings", "Microphone and speaker"), parts.trial)
    yield form.tick(
        "show_timings",
        translate("Settings", "Times of the last answer"),
        translate("Settings", "Shows in the panel on the right how long each step took."),
    )


def offer_devices(form: Form, devices: Devices, microphone: str, speaker: str) -> None:
    """Show which microphones and speakers there are now."""
    offers = (
        ("microphone", devices.microphones, microphone),
        ("speaker", devices.speakers, speaker),
    )
    for setting, found, chosen in offers:
        control = form.controls[setting]
        if isinstance(control, Choice):
            control.offer(_devices(found), chosen)


def _devices(found: Sequence[str]) -> list[tuple[str, str]]:
    standard = QCoreApplication.translate("Settings", "System default")
    return [("", standard), *((name, name) for name in found)]


def _semitones(value: float) -> str:
    translate = QCoreApplication.translate
    if abs(value) < 0.5:
        return translate("Settings", "normal")
    higher, lower = translate("Settings", "{n} higher"), translate("Settings", "{n} lower")
    return (higher if value > 0 else lower).format(n=f"{abs(value):.0f}")


def _title() -> str:
    return QCoreApplication.translate("Settings", "Voice and sound")


PAGE = SettingsPage(40, "volume-2", _title, _fields)
