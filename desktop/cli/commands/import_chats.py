"""`candor import`: the chats of another program, from its export."""

from __future__ import annotations

import argparse
from pathlib import Path

_EPILOG = """\
examples:
  candor import conversations.json
  candor import chatgpt-export.zip
  candor import ~/jan/threads

It reads exports of ChatGPT, Open WebUI and Jan. Words are taken, files and pictures are not.
Chats that were imported before are left as they are.
"""


def register(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "import",
        help="take over chats of ChatGPT, Open WebUI or Jan",
        description="Take over the chats of another program, and list what was not taken.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("file", type=Path, help="a JSON file, a zip, or a folder")
    parser.set_defaults(run=run_command)


def run_command(args: argparse.Namespace) -> int:
    """Import, then say what was taken and what was not. UserError where it is no export."""
    from agent.memory.chat_import.keeping import import_chats
    from agent.memory.history import History
    from agent.settings import data_folder

    folder = data_folder()
    folder.mkdir(parents=True, exist_ok=True)
    history = History(folder / "history.db")
    try:
        report = import_chats(args.file.expanduser(), history.add_chat)
    finally:
        history.close()
    print(f"Imported chats: {report.chats}, questions with answers: {report.turns}.")
    if report.known:
        print(f"Chats that were here already: {report.known}.")
    if report.left_out:
        print("What was not taken:")
    for item in report.left_out:
        place = f" in “{item.chat}”" if item.chat else ""
        print(f"  {item.count} × {_NAMES[item.reason]}{place}")
    return 0


_NAMES = {
    "broken-chat": "damaged chat",
    "broken-message": "damaged message",
    "attachment": "file or picture",
    "empty": "chat without a message",
    "too-large": "chat above 32 MB",
    "cut-off": "chat cut off at the end of the file",
}
