"""The mind as a process: commands on standard input, events on standard output."""

from __future__ import annotations

import logging
import os
import sys
from contextlib import ExitStack
from functools import partial
from typing import cast

from agent import settings as user_settings
from agent.assembly import assemble
from agent.codes import AgentCode
from agent.commands import COMMANDS, Close, Command
from agent.conversation import Conversation
from agent.engines.places import loads
from agent.events import EVENTS, AssistantState, Failed, Preview
from agent.memory.history import History
from agent.private_files import make_private
from agent.speech.audio_client import AudioClient
from agent.threads import start
from agent.tools.store import Store
from agent.types import Phase
from perception.audio.ipc.link import ADDRESS, KEY
from perception.audio.ipc.messages import (
    Played,
    SpeechBlock,
    SpeechPaused,
    SpeechResumed,
    TurnCancelled,
)
from perception.child import (
    BROKE,
    COULD_NOT_START,
    end_with_any_thread,
    own_wire,
)
from perception.messages import notice
from perception.startup import start_private
from perception.types import UserError, Utterance
from perception.wire import (
    BrokenWire,
    Codec,
    Outbox,
    receive,
)
from safety.log_redaction import redact_logs

_log = logging.getLogger("candor.processes")
_NICE = 5


def main() -> int:
    """Run until the window closes the pipe or says `Close`."""
    start_private()
    outbox = Outbox(own_wire(), Codec(EVENTS), (Preview,), lambda: os._exit(0), "events")
    end_with_any_thread(lambda error: _last_words(outbox, error))
    redact_logs()
    try:
        _stand_back()
        make_private()
        _serve(outbox)
    except UserError as error:
        outbox.send(Failed("", error.notice))
        outbox.close()
        return COULD_NOT_START
    except Exception as error:
        _log.exception("the mind broke")
        _last_words(outbox, error)
        return BROKE
    outbox.close()
    return 0


def _last_words(outbox: Outbox, error: BaseException | None) -> None:
    told = notice(AgentCode.SOMETHING_BROKE, kind=type(error).__name__)
    outbox.send(Failed("", told))
    outbox.close()


def _leave(outbox: Outbox) -> None:
    """The conversation broke, and has told so: only a new process has all its threads again."""
    outbox.close()
    os._exit(BROKE)


def _stand_back() -> None:
    """Window and ears come first where cores are scarce: loading must not stop picture or sound."""
    import psutil  # type: ignore[import-untyped]

    mine = psutil.Process()
    mine.nice(_NICE if os.name == "posix" else psutil.BELOW_NORMAL_PRIORITY_CLASS)


def _serve(outbox: Outbox) -> None:
    file = user_settings.settings_file_path()
    words = user_settings.config_folder() / "words.toml"
    with ExitStack() as stack:
        history = History(user_settings.data_folder() / "history.db")
        stack.callback(history.close)
        ears = _ears()
        tell = ears.send_message if ears else _nobody
        conversation = Conversation(
            partial(
                assemble, tell=lambda note: outbox.send(AssistantState(Phase.LOADING, "", note))
            ),
            history,
            lambda: user_settings.load(file),
            outbox.send,
            ears,
            tell=tell,
            words=words,
            broke=lambda: _leave(outbox),
            store=Store(user_settings.data_folder() / "tools.db"),
        )
        conversation.tools.start()
        stack.callback(conversation.join)
        stack.callback(conversation.send, Close())
        if ears:
            stack.callback(ears.close)
            ears.listen(lambda message: _from_ears(conversation, message))
        start("load", lambda: _load_the_rest(conversation), conversation.fail)
        _obey(conversation)


def _load_the_rest(conversation: Conversation) -> None:
    """Have ears, voice and eyes ready before they are needed; what fails is told when it is."""
    engines = conversation.engines()
    for load in (engines.dialogue, engines.hearing, engines.voice, engines.eyes):
        try:
            load()
        except UserError as error:
            _log.info("not loaded yet: %s", error.message)
        except Exception:
            # It is tried again, and told, when a turn needs it; ending here would end every mind.
            _log.exception("loading ahead failed")


def _obey(conversation: Conversation) -> None:
    try:
        for command in receive(sys.stdin.buffer, Codec(COMMANDS)):
            if isinstance(command, Close):
                # Who closes the window while models are loaded leaves nothing in doubt.
                loads().leave()
                return
            conversation.send(cast(Command, command))
    except BrokenWire as error:
        _log.error("the window sent something unknown: %s", error)


def _ears() -> AudioClient | None:
    address, key = os.environ.get(ADDRESS), os.environ.get(KEY)
    return AudioClient(address, bytes.fromhex(key)) if address and key else None


def _from_ears(conversation: Conversation, message: object) -> None:
    match message:
        case Utterance():
            conversation.hear(message)
        case Played():
            conversation.played(message)
        case SpeechBlock() | SpeechPaused() | SpeechResumed() | TurnCancelled():
            conversation.follow(message)


def _nobody(message: object) -> None:
    """There are no ears to tell."""


if __name__ == "__main__":
    ended = main()
    logging.shutdown()
    # A model that was still being loaded has native threads, which abort an ordinary exit. What it
    # left in the temporary folder is swept at the next start.
    os._exit(ended)
