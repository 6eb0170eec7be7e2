"""`candor profiles`: which there are, what one says, one of your own, and whether it is right."""

from __future__ import annotations

import argparse
from pathlib import Path

from desktop.codes import DesktopCode
from perception.types import UserError

_EPILOG = """\
examples:
  candor profiles list
  candor profiles show museum
  candor profiles new my-museum --from museum
  candor profiles check
  candor profiles check my-museum.toml

A profile of your own is one TOML file in the data folder, profiles/NAME.toml. It is offered in the
window at once, and `check` names the line and the field of what is wrong in it.
"""


def register(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "profiles",
        help="fields of use and places: list, make and check them",
        description="List, show, make and check profiles.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    actions = parser.add_subparsers(title="actions", metavar="ACTION", required=True)
    listing = actions.add_parser("list", help="which there are")
    listing.add_argument("--json", action="store_true", help="print one JSON array")
    listing.set_defaults(run=_list)
    show = actions.add_parser("show", help="what one says")
    show.add_argument("name", metavar="NAME")
    show.add_argument("--json", action="store_true", help="print one JSON object")
    show.set_defaults(run=_show)
    new = actions.add_parser("new", help="one of your own, to be changed by hand")
    new.add_argument("name", metavar="NAME")
    new.add_argument("--from", dest="like", default="museum", metavar="PROFILE", help="a copy of")
    new.set_defaults(run=_new)
    check = actions.add_parser("check", help="whether a file, or each profile, is right")
    check.add_argument("files", nargs="*", type=Path, metavar="FILE")
    check.set_defaults(run=_check)


def _list(args: argparse.Namespace) -> int:
    from agent.profiles.profile import places, title
    from desktop.cli.terminal_text import json_text, one_line

    rows = [
        {"name": name, "title": title(name, "en"), "own": _is_own(file), "file": str(file)}
        for name, file in sorted(places().items())
    ]
    if args.json:
        print(json_text(rows, indent=2))
        return 0
    for row in rows:
        print(one_line(f"{row['name']:16} {row['title']}{'  (your own)' if row['own'] else ''}"))
    return 0


def _show(args: argparse.Namespace) -> int:
    from agent.profiles.profile import load, places
    from desktop.cli.terminal_text import json_text

    profile = load(args.name)
    if args.json:
        print(json_text(profile, indent=2))
    else:
        print(places()[args.name].read_text("utf-8"), end="")
    return 0


def _new(args: argparse.Namespace) -> int:
    from agent.profiles.checking import checked
    from agent.profiles.profile import load, own_folder, places
    from perception.regular_file import write_whole

    load(args.like)
    target = own_folder() / f"{args.name}.toml"
    if args.name in places() or Path(args.name).name != args.name:
        raise UserError(DesktopCode.PROFILE_EXISTS, name=args.name)
    data = places()[args.like].read_bytes()
    checked(target, data)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        write_whole(target, data)
    except OSError as error:
        reason = error.strerror or error
        raise UserError(DesktopCode.TABLE_NOT_WRITTEN, file=target, reason=reason) from error
    print(f"{target} was made: change it, then run\n  candor profiles check {args.name}")
    return 0


def _check(args: argparse.Namespace) -> int:
    from agent.profiles.profile import places, read
    from desktop.cli.terminal_text import print_error

    known = places()
    files = [known.get(str(file), file) for file in args.files] or list(known.values())
    wrong = 0
    for file in files:
        try:
            profile = read(file)
        except UserError as error:
            wrong += 1
            print_error(error)
        else:
            print(
                f"{profile.name}: right; facts: {len(profile.facts)}, questions: "
                f"{len(profile.questions)}"
            )
    return 1 if wrong else 0


def _is_own(file: Path) -> bool:
    from agent.profiles.profile import own_folder

    return file.parent == own_folder()
