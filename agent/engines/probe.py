"""A first load in a process of its own: llama.cpp may abort on a damaged file, and takes all along.

As a program it loads the one GGUF model that it is given, lets it write a token, and ends. It tells
what is wrong as JSON on standard output.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import msgspec

from agent.codes import AgentCode
from perception.child_command import child_command, quiet
from perception.messages import Notice
from perception.startup import start_private
from perception.types import UserError

MODULE = "agent.engines.probe"
SECONDS = 600.0
_MOST_BYTES = 100_000
_DEVICES, _LOOKING = "--devices", 20.0
_UNKNOWN = re.compile(rb"unknown model architecture: '([^']{1,64})'")


def probe(file: Path, adapter: Path | None = None, seconds: float = SECONDS) -> None:
    """Load `file` in a child; UserError where the child tells of something wrong, or dies."""
    words = [str(file), *([str(adapter)] if adapter else [])]
    try:
        done = subprocess.run(
            [*child_command(MODULE), *words],
            check=False,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=seconds,
            **quiet(),
        )
    except subprocess.TimeoutExpired as error:
        raise _refused(file, f"it was not loaded after {seconds:.0f} s") from error
    if done.returncode == 0:
        return
    try:
        told = msgspec.json.decode(done.stdout[:_MOST_BYTES], type=Notice)
    except msgspec.MsgspecError:
        lines = done.stderr.decode("utf-8", "replace").strip().splitlines()
        last = f": {lines[-1][:200]}" if lines else ""
        how = f"signal {-done.returncode}" if done.returncode < 0 else f"code {done.returncode}"
        raise _refused(file, f"llama.cpp ended with {how} while it read it{last}") from None
    if found := _UNKNOWN.search(done.stderr):
        architecture = found.group(1).decode("utf-8", "replace")
        raise UserError(AgentCode.ARCHITECTURE_UNKNOWN, file=file.name, architecture=architecture)
    raise UserError.of(told)


def accelerator() -> str:
    """The graphics card that llama.cpp as it is installed would use; empty for none."""
    try:
        done = subprocess.run(
            [*child_command(MODULE), _DEVICES],
            check=True,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_LOOKING,
            **quiet(),
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    name: str = done.stdout.decode("utf-8", "replace").strip()
    return name


def _refused(file: Path, why: str) -> UserError:
    return UserError(AgentCode.MODEL_FILE_UNUSABLE, file=file, why=why)


def main(words: list[str]) -> int:
    """Load the model that these words name; 1 where it cannot be used."""
    start_private()
    if words == [_DEVICES]:
        from agent.dialogue.llama.place import find_accelerator

        sys.stdout.write(find_accelerator())
        return 0
    from agent.dialogue import Sampling, gguf
    from agent.types import Message

    try:
        adapter = Path(words[1]) if len(words) > 1 else None
        dialogue = gguf.load(Path(words[0]), "cpu", context=256, adapter=adapter, loud=True)
        hello = [Message("user", "Hi")]
        for _ in dialogue.generate(hello, Sampling(most_tokens=1)):
            pass
        dialogue.close()
    except UserError as error:
        sys.stdout.write(msgspec.json.encode(error.notice).decode())
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
