"""A scripted child process: plays mind or ears, and fails as it is told.

argv: the module it stands in for, then a word: answer, links, crash, crash_always, crash_before,
cannot_start, hang, deaf, noise.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

from agent.commands import COMMANDS, Close, OpenChat, Say
from agent.events import EVENTS, Asked, AssistantState, Closed, Failed, Reply, Sentence
from agent.types import Ended, Phase
from perception.audio.ipc.messages import (
    FROM_EARS,
    TO_EARS,
    Devices,
    SetMic,
    StopEars,
    Trouble,
)
from perception.child import COULD_NOT_START
from perception.messages import notice, plain
from perception.wire import Codec, receive, write_frame
from safety.codes import SafetyCode
from safety.types import Action, Explanation, Verdict

NOTHING = Explanation.of_notes(notice(SafetyCode.NOTHING_CHANGED))

LINKS = (
    "[One](file:///etc/passwd) [two](mailto:a@example.org) [three](http://127.0.0.1:9/) "
    "[four](file:///) <https://example.org> file:///tmp mailto:b@example.org"
)


def main(module: str, manner: str, notes: str) -> int:
    """Run as one of the two."""
    with Path(notes).open("a", encoding="utf-8") as file:
        address = os.environ["CANDOR_EARS_ADDRESS"]
        file.write(f"{module} {os.getpid()} {address} {len(os.environ['CANDOR_EARS_KEY'])}\n")
    return _mind(manner, notes) if module.startswith("agent") else _ears(notes)


def _end_at_once(manner: str, notes: str) -> int | None:
    if manner == "cannot_start":
        failed = Failed("", plain("The history is locked.", "Try again."))
        write_frame(sys.stdout.buffer, Codec(EVENTS).encode(failed))
        return COULD_NOT_START
    first = Path(notes).read_text("utf-8").count("agent.process") == 1
    return 3 if manner == "crash_always" or (manner == "crash_before" and first) else None


def _mind(manner: str, notes: str) -> int:
    out, codec = sys.stdout.buffer, Codec(EVENTS)
    if (code := _end_at_once(manner, notes)) is not None:
        return code
    write_frame(out, codec.encode(AssistantState(Phase.IDLE, "")))
    for command in receive(sys.stdin.buffer, Codec(COMMANDS)):
        with Path(notes).open("a", encoding="utf-8") as file:
            file.write(f"got {command!r}\n")
        match command:
            case Say(turn, _, text) if turn:
                write_frame(out, codec.encode(Asked(turn, 7, text, None, (), None)))
                words = LINKS if manner == "links" else "So far. "
                piece = Sentence(turn, 0, words, Verdict(Action.ALLOW, "", NOTHING), (), 1.0)
                write_frame(out, codec.encode(piece))
                if manner == "crash" and text == "crash":
                    os._exit(9)
                if manner == "noise":
                    out.write(b"\x00\x00\x00\x04noise")
                    out.flush()
                    time.sleep(60)
                if manner == "hang":
                    time.sleep(3600)
                end = Reply(turn, words, Ended.DONE, NOTHING, {})
                write_frame(out, codec.encode(end))
            case Close() if manner != "deaf":
                write_frame(out, codec.encode(Closed()))
                return 0
            case OpenChat() | _:
                pass
    if manner == "deaf":
        time.sleep(3600)
    return 0


def _ears(notes: str) -> int:
    out, codec = sys.stdout.buffer, Codec(FROM_EARS)
    write_frame(out, codec.encode(Devices(("Built-in",), (), "Built-in", "")))
    for message in receive(sys.stdin.buffer, Codec(TO_EARS)):
        with Path(notes).open("a", encoding="utf-8") as file:
            file.write(f"ears got {message!r}\n")
        match message:
            case SetMic(on, True):
                os._exit(9)
            case SetMic(on):
                write_frame(out, codec.encode(Trouble(plain(f"mic {on}", ""))))
            case StopEars():
                return 0
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
