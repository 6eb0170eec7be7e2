"""How fast each model answers on this computer, measured once and kept on disk."""

from __future__ import annotations

import logging
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from agent.codes import AgentCode
from agent.settings import data_folder
from perception.child_command import child_command, quiet
from perception.messages import Notice
from perception.regular_file import read_regular, write_whole
from perception.startup import start_private
from perception.types import UserError

MODULE = "agent.engines.speed"
_SECONDS = 300.0
_TOKENS = 32
_MOST_BYTES = 100_000
_QUESTION = "Tell me in a few sentences how tea is made, and why it is hot."
_log = logging.getLogger("candor.models")


@dataclass(frozen=True, slots=True)
class Speed:
    """Tokens a second: of an answer, and of the prompt that is read before it."""

    answer: float
    prompt: float


@dataclass(frozen=True, slots=True)
class _SpeedFile:
    speeds: dict[str, Speed] = field(default_factory=dict)


class Speeds:
    """What was measured, in a file of the user's."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def known(self) -> dict[str, Speed]:
        """The speeds by the id of their model; empty where nothing can be read."""
        try:
            data = read_regular(self._file, _MOST_BYTES, within=self._file.parent)
            return msgspec.json.decode(data, type=_SpeedFile).speeds
        except FileNotFoundError:
            return {}
        except (OSError, UserError, msgspec.MsgspecError, ValueError) as error:
            _log.info("%s is not used: %s", self._file, error)
            return {}

    def keep(self, model: str, speed: Speed | None) -> None:
        """Note what was measured, or forget it; OSError where the disk takes nothing."""
        others = {name: each for name, each in self.known().items() if name != model}
        if speed is not None:
            others[model] = speed
        write_whole(self._file, msgspec.json.encode(_SpeedFile(others)))


def own_speeds() -> Speeds:
    """What was measured for this user."""
    return Speeds(data_folder() / "speeds.json")


def measure(model: Path, threads: int = 0) -> Speed:
    """The speed of the GGUF model in this file or folder, measured in a child.

    Takes seconds; UserError where the model cannot be used.
    """
    try:
        done = subprocess.run(
            [*child_command(MODULE), str(model), str(threads)],
            check=False,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_SECONDS,
            **quiet(),
        )
    except subprocess.TimeoutExpired as error:
        why = f"it gave no answer within {_SECONDS:.0f} s"
        raise UserError(AgentCode.MODEL_FILE_UNUSABLE, file=model, why=why) from error
    try:
        if done.returncode == 0:
            return msgspec.json.decode(done.stdout[:_MOST_BYTES], type=Speed)
        told = msgspec.json.decode(done.stdout[:_MOST_BYTES], type=Notice)
    except msgspec.MsgspecError:
        why = f"llama.cpp ended with code {done.returncode}"
        raise UserError(AgentCode.MODEL_FILE_UNUSABLE, file=model, why=why) from None
    raise UserError.of(told)


def _measured(model: Path, threads: int) -> Speed:
    from agent.dialogue import Sampling, gguf
    from agent.types import Message

    dialogue = gguf.load(model, "auto", threads, context=1024)
    asked = [Message("user", f"{_QUESTION} " * 4)]
    list(dialogue.generate([Message("user", "Hi")], Sampling(most_tokens=1)))
    began = time.perf_counter()
    list(dialogue.prefill(asked))
    read = time.perf_counter()
    prompt = len(dialogue.ids(asked, answer=False)) / (read - began)
    times = [
        time.perf_counter()
        for token in dialogue.generate(asked, Sampling(most_tokens=_TOKENS, grammar=_ANY))
        if token.text
    ]
    dialogue.close()
    span = times[-1] - times[0] if len(times) > 1 else 0.0
    return Speed((len(times) - 1) / span if span else 0.0, prompt)


_ANY = 'root ::= [a-z ]+ "\\n\\n\\n\\n"'
"""Letters without an end, so that a model that has little to say is measured too."""


def main(words: list[str]) -> int:
    """Measure the model that these words name; 1 where it cannot be used."""
    start_private()
    try:
        speed = _measured(Path(words[0]), int(words[1]))
    except UserError as error:
        sys.stdout.write(msgspec.json.encode(error.notice).decode())
        return 1
    sys.stdout.write(msgspec.json.encode(speed).decode())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
