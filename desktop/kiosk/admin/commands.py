"""The owner's commands of `candor kiosk`: pin, install, uninstall, provision, stick and key."""

from __future__ import annotations

import argparse
import getpass
import sys
from pathlib import Path

from desktop.codes import DesktopCode
from perception.types import UserError

_SESSIONS = ("cage", "sway", "x11")
_PROFILE = "museum"


def add_subcommands(actions: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add them to the parser of `candor kiosk`."""
    pin = actions.add_parser("pin", help="set the PIN that leaves the kiosk")
    pin.set_defaults(run=_set_pin)
    _add_install(actions)
    provision = actions.add_parser(
        "provision", help="set this kiosk up from a stick, without a network"
    )
    provision.add_argument("folder", type=Path, metavar="FOLDER")
    provision.add_argument(
        "--key", type=Path, metavar="PUBLIC", help="the owner's key; kept for the next time"
    )
    provision.set_defaults(run=_provision)
    stick = actions.add_parser("stick", help="make a stick that sets kiosks up like this one")
    stick.add_argument("folder", type=Path, metavar="NEW_FOLDER")
    stick.add_argument("--key", type=Path, metavar="PRIVATE", required=True)
    stick.add_argument("--documents", type=Path, metavar="FOLDER", help="to answer from")
    stick.add_argument("--without-models", action="store_true", help="a small stick, for changes")
    stick.set_defaults(run=_make_stick)
    key = actions.add_parser("key", help="make the pair of keys that signs sticks")
    key.add_argument("file", type=Path, metavar="NEW")
    key.set_defaults(run=_make_key)


def _add_install(actions: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    install = actions.add_parser("install", help="write the files by which the system locks it")
    install.add_argument("--session", choices=_SESSIONS, default=_SESSIONS[0])
    install.add_argument("--user", metavar="NAME", default="candor", help="who runs it: candor")
    # `candor kiosk --profile NAME install` says it too.
    install.add_argument("--profile", metavar="PROFILE", default=argparse.SUPPRESS)
    install.add_argument(
        "--models", type=Path, metavar="FOLDER", help="where they are: in the kiosk's folder"
    )
    install.add_argument("--print", action="store_true", dest="show", help="write nothing")
    install.add_argument(
        "--replace", action="store_true", help="also where other files are, which are kept beside"
    )
    install.set_defaults(run=_install)
    uninstall = actions.add_parser("uninstall", help="take these files away")
    uninstall.set_defaults(run=_uninstall)
    for parser in (install, uninstall):
        parser.add_argument(
            "--root", type=Path, default=Path("/"), metavar="FOLDER", help="of another system"
        )


def _set_pin(args: argparse.Namespace) -> int:
    from desktop.kiosk.admin.pin import open_pin

    kept = open_pin()
    first, second = _entered("New PIN: "), _entered("Once more: ")
    if first != second:
        raise UserError(DesktopCode.KIOSK_PIN_DIFFERS)
    kept.set_pin(first)
    print("The PIN is set.")
    return 0


def _entered(prompt: str) -> str:
    if sys.stdin.isatty():
        return getpass.getpass(prompt)
    return sys.stdin.readline().rstrip("\r\n")


def _install(args: argparse.Namespace) -> int:
    from agent.profiles.profile import load
    from desktop.kiosk.admin.explanation import explained
    from desktop.kiosk.admin.install import install_files
    from desktop.kiosk.admin.system_files import HOME, KioskInstall, KioskSession, system_files

    profile = getattr(args, "profile", _PROFILE)
    load(profile)
    session = KioskSession(args.session)
    wanted = KioskInstall(session, args.user, profile, args.models or HOME / "models")
    files = system_files(wanted)
    if args.show:
        for file in files:
            print(f"### /{file.place}: {file.why}")
            print(f"a link to {file.link}\n" if file.link else file.text)
    else:
        for line in install_files(files, args.root, replace=args.replace):
            print(line)
    print(explained(wanted))
    return 0


def _uninstall(args: argparse.Namespace) -> int:
    from desktop.kiosk.admin.install import uninstall_files

    lines = list(uninstall_files(args.root))
    print("\n".join(lines) if lines else "Nothing is installed.")
    if lines:
        print("Then run: sudo systemctl disable candor-kiosk; sudo systemctl daemon-reload")
    return 0


def _provision(args: argparse.Namespace) -> int:
    from desktop.kiosk.admin.provision import own_places, provision, trusted_key

    places = own_places()
    for path in provision(args.folder, trusted_key(places, args.key), places):
        print(f"copying {path}", flush=True)
    print("Everything on the stick is what was signed, and is in its place.")
    print("A kiosk that runs takes it up with: sudo systemctl restart candor-kiosk")
    return 0


def _make_stick(args: argparse.Namespace) -> int:
    from desktop.kiosk.admin.signing import private_key
    from desktop.kiosk.admin.stick import make_stick, own_source

    key = private_key(args.key)
    source = own_source(args.documents, models=not args.without_models)
    for path in make_stick(source, args.folder, key):
        print(f"copying {path}", flush=True)
    print(f"{args.folder} is signed. On the kiosk: candor kiosk provision FOLDER --key FILE.pub")
    return 0


def _make_key(args: argparse.Namespace) -> int:
    from desktop.kiosk.admin.signing import make_keys

    public = make_keys(args.file)
    print(f"{args.file} signs: keep it off the kiosks.")
    print(f"{public} checks: name it once on each kiosk, with provision --key.")
    return 0
