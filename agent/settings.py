"""The user's settings: one frozen value, kept as TOML in the configuration folder."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import msgspec
import platformdirs

from perception.types import UserError


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that a user can set. Empty strings mean: choose for me."""

    interface_language: str = ""
    theme: str = "system"
    profile: str = "everyday"
    dialogue_model: str = ""
    dialogue_engine: str = ""
    dialogue_server: str = ""
    hearing_engine: str = "whisper"
    spoken_languages: tuple[str, ...] = ()
    speak_answers: bool = True
    microphone: str = ""
    speaker: str = ""
    camera: str = ""
    threads: int = 0
    hold_key: str = "Ctrl+Space"
    reduce_motion: bool = False
    captions: bool = True
    text_scale: float = 1.0
    talk_mode: str = "hold"
    wake_word: str = "okay_nabu"
    patience: float = 0.0
    mute_key: str = "Ctrl+Shift+M"
    speech_rate: float = 1.0
    speech_pitch: float = 0.0
    avatar: str = "orb"
    show_timings: bool = False
    keep_marks: bool = False

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


def models_folder() -> Path:
    """Where models lie; `CANDOR_MODELS` names another place, for example a shared disk."""
    folder = os.environ.get("CANDOR_MODELS")
    return Path(folder) if folder else data_folder() / "models"


def load(file: Path) -> Settings:
    """The settings in `file`, or the defaults where there is none; UserError when malformed."""
    if not file.exists():
        return Settings()
    try:
        return msgspec.toml.decode(file.read_bytes(), type=Settings)
    except (msgspec.MsgspecError, UnicodeDecodeError, OSError) as error:
        raise UserError(
            f"The settings in {file} cannot be read: {error}.",
            "Mend that line, or delete the file to start from the defaults.",
        ) from error


def save(settings: Settings, file: Path) -> None:
    """Write the settings whole or not at all."""
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_suffix(".part")
    draft.write_text(_to_toml(settings), encoding="utf-8")
    draft.replace(file)


def _to_toml(settings: Settings) -> str:
    values = msgspec.to_builtins(settings)
    lines = (f"{name} = {msgspec.json.encode(value).decode()}" for name, value in values.items())
    return "\n".join(lines) + "\n"
