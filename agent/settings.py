"""The user's settings: one frozen value, kept as TOML in the configuration folder."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Annotated, TypeAlias

import msgspec
import platformdirs

from agent import settings_file
from agent.codes import AgentCode
from agent.toml_text import with_values
from perception.messages import Notice, notice
from perception.regular_file import read_regular, write_whole
from perception.types import UserError

_log = logging.getLogger("candor.processes")
VERSION = 1
"""Of the settings file: one that says more was written by a newer Candor."""
_MOST_BYTES = 1_000_000
SETTINGS = "CANDOR_SETTINGS"
"""The environment variable that names another settings file."""

Name: TypeAlias = Annotated[
    str,
    msgspec.Meta(pattern=r"^[a-z0-9_.-]{0,64}$", description="a short name in small letters"),
]
Line: TypeAlias = Annotated[
    str,
    msgspec.Meta(pattern=r"^[^\x00-\x1f]{0,1000}$", description="one line of text, not too long"),
]
Key: TypeAlias = Annotated[str, msgspec.Meta(max_length=64, description="a key such as Ctrl+Space")]
Server: TypeAlias = Annotated[
    str,
    msgspec.Meta(
        pattern=r"^(https?://[^\x00-\x20]{1,1000})?$",
        description="an address such as http://localhost:8000/v1",
    ),
]
Languages: TypeAlias = Annotated[
    tuple[Annotated[str, msgspec.Meta(pattern=r"^[a-z]{2,3}$")], ...],
    msgspec.Meta(max_length=200, description='a list of codes such as ["en", "zh"]'),
]


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that a user can set. Empty strings mean: choose for me.

    What a value may be stands at its field, for the file and for the pages of the window.
    """

    interface_language: Annotated[
        str, msgspec.Meta(pattern=r"^[A-Za-z_-]{0,16}$", description="a code such as en or zh")
    ] = ""
    theme: Annotated[
        str,
        msgspec.Meta(
            pattern="^(system|light|dark|contrast)$",
            description="system, light, dark or contrast",
        ),
    ] = "system"
    profile: Name = "everyday"
    dialogue_model: Line = ""
    dialogue_engine: Name = ""
    dialogue_server: Server = ""
    hearing_engine: Name = "whisper"
    voice_engine: Name = ""
    spoken_languages: Languages = ()
    speak_answers: bool = False
    speak_to_voice: bool = True
    microphone: Line = ""
    speaker: Line = ""
    camera: Line = ""
    threads: Annotated[int, msgspec.Meta(ge=0, le=256)] = 0
    hold_key: Key = "Ctrl+Space"
    reduce_motion: bool = False
    captions: bool = True
    text_scale: Annotated[float, msgspec.Meta(ge=1.0, le=2.0)] = 1.0
    talk_mode: Annotated[
        str,
        msgspec.Meta(pattern="^(hold|tap|open|wake)$", description="hold, tap, open or wake"),
    ] = "hold"
    wake_word: Name = "okay_nabu"
    patience: Annotated[float, msgspec.Meta(ge=0.0, le=5.0)] = 0.0
    mute_key: Key = "Ctrl+Shift+M"
    quick_key: Key = ""
    keep_in_tray: bool = False
    speech_rate: Annotated[float, msgspec.Meta(ge=0.5, le=2.0)] = 1.0
    speech_pitch: Annotated[float, msgspec.Meta(ge=-4.0, le=4.0)] = 0.0
    avatar: Annotated[str, msgspec.Meta(pattern="^(orb|face)$", description="orb or face")] = "orb"
    show_timings: bool = False
    keep_marks: bool = False
    call_me: Annotated[
        str, msgspec.Meta(pattern=r"^[^\x00-\x1f]{0,60}$", description="a name, not too long")
    ] = ""
    answer_tone: Annotated[
        str,
        msgspec.Meta(pattern="^(plain|warm|formal)?$", description="plain, warm, formal or empty"),
    ] = ""
    answer_length: Annotated[
        str, msgspec.Meta(pattern="^(short|long)?$", description="short, long or empty")
    ] = ""
    units: Annotated[
        str, msgspec.Meta(pattern="^(metric|imperial)?$", description="metric, imperial or empty")
    ] = ""
    wishes: Annotated[
        str,
        msgspec.Meta(
            pattern=r"^[^\x00-\x08\x0b-\x1f\x7f]{0,1000}$",
            description="text of at most 1,000 characters",
        ),
    ] = ""
    keep_days: Annotated[int, msgspec.Meta(ge=0, le=3650)] = 0
    region: Annotated[
        str, msgspec.Meta(pattern="^([A-Z]{2})?$", description="a country's code such as GB")
    ] = ""

    @property
    def locale(self) -> str:
        """Language and region, as far as they were chosen: whom to call in need."""
        language = self.interface_language.replace("-", "_").split("_")[0] or "und"
        return f"{language}_{self.region}" if self.region else self.interface_language

    def models(self) -> tuple[object, ...]:
        """What the engines are loaded for; where it is the same they stay."""
        return (
            self.dialogue_model,
            self.dialogue_engine,
            self.dialogue_server,
            self.hearing_engine,
            self.threads,
        )


def data_folder() -> Path:
    """Where models and history lie; `CANDOR_HOME` moves everything."""
    home = os.environ.get("CANDOR_HOME")
    return Path(home) if home else Path(platformdirs.user_data_dir("candor"))


def config_folder() -> Path:
    """Where settings and the user's policy lie."""
    home = os.environ.get("CANDOR_HOME")
    return Path(home) if home else Path(platformdirs.user_config_dir("candor"))


def settings_file_path() -> Path:
    """The settings file; `CANDOR_SETTINGS` names another one, as that of the kiosk."""
    file = os.environ.get(SETTINGS)
    return Path(file) if file else config_folder() / "settings.toml"


def models_folder() -> Path:
    """Where models lie; `CANDOR_MODELS` names another place, for example a shared disk."""
    folder = os.environ.get("CANDOR_MODELS")
    return Path(folder) if folder else data_folder() / "models"


def limits(name: str) -> tuple[float, float]:
    """The least and the most that this number may be."""
    return settings_file.limits(Settings, name)


def load(file: Path, tell: Callable[[UserError], None] | None = None) -> Settings:
    """The settings in `file`; the defaults where there is none.

    What cannot be used is left out, told in one sentence, and the file kept beside as it was.
    `tell` gets that sentence; without it, it is logged.
    """
    try:
        data = read_regular(file, _MOST_BYTES, within=file.parent)
    except FileNotFoundError:
        return Settings()
    except OSError as error:
        _tell(tell, _unread(file, error.strerror or str(error)))
        return Settings()
    except UserError as error:
        _tell(tell, UserError(AgentCode.STARTS_WITH_DEFAULTS, trouble=error.notice))
        return Settings()
    values, faults = settings_file.taken(data, Settings, VERSION)
    settings = msgspec.convert(values, Settings)
    if faults:
        kept = _keep_beside(file, data, settings)
        first = faults[0]
        others = len(faults) - 1
        more = notice(AgentCode.MORE_LINES_NOT_USED, others=others) if others else ""
        _tell(
            tell,
            UserError(
                AgentCode.SETTING_LINE_NOT_USED,
                line=first.line,
                file=file,
                why=first.why,
                more=more,
                kept=kept,
            ),
        )
    return settings


def save(settings: Settings, file: Path) -> None:
    """Write the settings whole or not at all, the user's comments kept.

    UserError where one is out of its limits.
    """
    for why in settings_file.faults_of(msgspec.to_builtins(settings), Settings):
        raise UserError(AgentCode.SETTING_NOT_KEPT, why=why)
    values = msgspec.json.decode(msgspec.json.encode(settings))
    before = _before(file)
    # What a newer Candor wrote and this one does not know stays for that one.
    newer = settings_file.of_newer(before, VERSION)
    kept = {"version": VERSION, **newer, **values}
    write_whole(file, with_values(before, kept).encode())


def _keep_beside(file: Path, data: bytes, settings: Settings) -> Notice:
    """Put the good lines in the file's place; returns what the user is told of the old one.

    A file of a newer Candor is only copied, once: it is whole, and stays as it is.
    """
    newer = settings_file.of_newer(data.decode("utf-8", "replace"), VERSION)
    name = f"{file.name}.broken-{datetime.now():%Y%m%d-%H%M%S}"
    if newer:
        name = f"{file.name}.version-{newer['version']}"
    number = 1
    while (beside := file.with_name(name if number == 1 else f"{name}-{number}")).exists():
        if newer and _same(beside, data):
            return notice(AgentCode.SETTINGS_KEPT_BESIDE, beside=beside.name)
        number += 1
    try:
        write_whole(beside, data)
        if not newer:
            save(settings, file)
    except OSError as error:
        return notice(AgentCode.SETTINGS_NOT_WRITABLE, reason=error.strerror or error)
    return notice(AgentCode.SETTINGS_KEPT_BESIDE, beside=beside.name)


def _same(file: Path, data: bytes) -> bool:
    try:
        return read_regular(file, _MOST_BYTES, within=file.parent) == data
    except (OSError, UserError):
        return False


def _unread(file: Path, reason: str) -> UserError:
    return UserError(AgentCode.SETTINGS_UNREADABLE, file=file, reason=reason)


def _tell(tell: Callable[[UserError], None] | None, error: UserError) -> None:
    if tell is None:
        _log.warning("%s", error)
    else:
        tell(error)


def _before(file: Path) -> str:
    """What stands in the file, for the comments in it; nothing where it cannot be read."""
    try:
        return read_regular(file, _MOST_BYTES, within=file.parent).decode()
    except (OSError, UserError, UnicodeDecodeError):
        return ""
