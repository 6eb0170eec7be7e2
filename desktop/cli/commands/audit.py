"""`candor audit`: what was decided, whether the log of it is whole, and what was called wrong."""

from __future__ import annotations

import argparse
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from safety.audit.seal import Head

_EPILOG = """\
examples:
  candor audit show --since 7d --action block
  candor audit show --category privacy --json
  candor audit verify
  candor audit verify --holds 142:3f9a...        an entry that you noted down before
  candor audit export decisions.csv
  candor audit appeals
  candor audit appeals --export wrong.csv

The log holds what was decided, by which rule and with which score, and not what was said. `verify`
names the first line that was changed, taken out, moved or cut off, and ends with 1. Appeals are
decisions that somebody marked as wrong; `--export` writes those that may be learned from, as text,
label and category, for `candor bench safety` and training.
"""
_ACTIONS = ("allow", "advise", "redact", "block")
_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


def register(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "audit",
        help="the log of decisions: read, check and export it",
        description="Read, check and export the log of decisions, and the appeals.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    actions = parser.add_subparsers(title="actions", metavar="ACTION", required=True)
    show = actions.add_parser("show", help="what was decided, newest last")
    _filters(show)
    show.add_argument("--last", type=_count, metavar="N", help="only the last N that fit")
    show.add_argument("--json", action="store_true", help="print one JSON array")
    show.set_defaults(run=_show)
    verify = actions.add_parser("verify", help="whether a line was changed, moved or cut off")
    verify.add_argument("--json", action="store_true", help="print one JSON object")
    verify.add_argument(
        "--holds", type=_noted, metavar="N:HASH", help="an entry that must still be there"
    )
    verify.add_argument("--receipt", metavar="LETTERS", help="a visit's receipt must be there")
    verify.set_defaults(run=_verify)
    export = actions.add_parser("export", help="write it to a .csv or .jsonl file")
    export.add_argument("file", type=_table, metavar="FILE")
    _filters(export)
    export.set_defaults(run=_export)
    appeals = actions.add_parser("appeals", help="decisions that were marked as wrong")
    appeals.add_argument("--json", action="store_true", help="print one JSON array")
    appeals.add_argument(
        "--export", type=_table, metavar="FILE", help="those that may be learned from"
    )
    appeals.set_defaults(run=_appeals)


def _filters(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--since", type=_since, metavar="WHEN", help="a day, a time, or 90m, 12h, 7d, 2w ago"
    )
    parser.add_argument("--action", choices=_ACTIONS, default="", help="what was done")
    parser.add_argument("--category", default="", help="what a rule found, for example email")


def _show(args: argparse.Namespace) -> int:
    from desktop.cli.audit import show
    from safety.audit.entries import Wanted

    wanted = Wanted(args.since, args.action, args.category)
    show(_log(), wanted, args.last, as_json=args.json)
    return 0


def _verify(args: argparse.Namespace) -> int:
    from desktop.cli.audit import report
    from safety.audit.verification import verify

    audited = verify(_log(), _key(), args.holds)
    report(audited, as_json=args.json)
    if args.receipt and not _tell_receipt(args.receipt, to_screen=not args.json):
        return 1
    return 1 if audited.broken else 0


def _tell_receipt(letters: str, *, to_screen: bool) -> bool:
    """Whether the log has a receipt whose figures fit it; what it says is printed."""
    from desktop.kiosk.forgetting.receipt import check_receipt

    receipt = check_receipt(_log(), letters)
    if to_screen:
        print(receipt.line("en") if receipt else "No receipt of the log fits these letters.")
    return receipt is not None


def _export(args: argparse.Namespace) -> int:
    from desktop.cli.audit import export
    from safety.audit.entries import Wanted

    count = export(_log(), Wanted(args.since, args.action, args.category), args.file)
    print(f"{count} entries were written to {args.file}.")
    return 0


def _appeals(args: argparse.Namespace) -> int:
    from agent.settings import data_folder
    from desktop.cli.appeals import export_appeals, show_appeals

    history = data_folder() / "history.db"
    if args.export is None:
        show_appeals(history, as_json=args.json)
        return 0
    written, left = export_appeals(history, args.export)
    print(f"{written} appeals were written to {args.export}.")
    if left:
        print(f"{left} stay out: not given for learning, or about words that were not kept.")
    return 0


def _log() -> Path:
    from agent.settings import data_folder

    return data_folder() / "audit.jsonl"


def _key() -> Path:
    from agent.settings import config_folder

    return config_folder() / "audit.key"


def _since(word: str) -> datetime:
    if found := re.fullmatch(r"(\d{1,5})([mhdw])", word):
        return datetime.now(UTC) - timedelta(**{_UNITS[found[2]]: int(found[1])})
    try:
        return datetime.fromisoformat(word).astimezone()
    except (ValueError, OverflowError) as error:
        raise argparse.ArgumentTypeError(
            f"{word!r} is no time: write 2026-11-29, 2026-11-29T14:00 or 7d"
        ) from error


def _noted(word: str) -> Head:
    from safety.audit.seal import Head

    if not (found := re.fullmatch(r"(\d{1,12}):([0-9a-f]{64})", word)):
        raise argparse.ArgumentTypeError("write it as `candor audit verify` printed it: N:HASH")
    return Head(int(found[1]), found[2])


def _table(word: str) -> Path:
    file = Path(word).expanduser()
    if file.suffix.lower() not in (".csv", ".jsonl"):
        raise argparse.ArgumentTypeError(f"{word!r} must end with .csv or .jsonl")
    return file


def _count(word: str) -> int:
    if not word.isdecimal() or not int(word):
        raise argparse.ArgumentTypeError(f"{word!r} is no number of entries")
    return int(word)
