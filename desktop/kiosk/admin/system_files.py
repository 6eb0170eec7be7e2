"""The files by which the system itself locks a kiosk, as texts: nothing here writes."""

from __future__ import annotations

import re
import shlex
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from importlib import resources
from pathlib import Path
from string import Template

from desktop.codes import DesktopCode
from perception.types import UserError

_USER = re.compile(r"[a-z_][a-z0-9_-]{0,31}")
UNIT = "candor-kiosk.service"
HOME = Path("/var/lib/candor-kiosk")
"""Where the kiosk keeps its things."""


class KioskSession(StrEnum):
    """What shows the kiosk, and nothing else."""

    CAGE = "cage"
    SWAY = "sway"
    X11 = "x11"


@dataclass(frozen=True, slots=True)
class KioskInstall:
    """What is to be installed."""

    session: KioskSession
    user: str
    profile: str
    models: Path
    program: tuple[str, ...] = ()
    """The words that run Candor; empty for the one that runs now."""


@dataclass(frozen=True, slots=True)
class SystemFile:
    """A file of the system, its place below the root, and why; `link` stands for text."""

    place: str
    why: str
    text: str = ""
    link: str = ""
    mode: int = 0o644


def system_files(wanted: KioskInstall) -> tuple[SystemFile, ...]:
    """All files of a kiosk; UserError where the user's name is none."""
    if not _USER.fullmatch(wanted.user):
        raise UserError(DesktopCode.KIOSK_USER_UNFIT, name=wanted.user)
    return tuple(_files(wanted))


def kiosk_command(wanted: KioskInstall) -> str:
    """The line that runs the kiosk."""
    words = wanted.program or this_program()
    return shlex.join([*words, "kiosk", "--profile", wanted.profile])


def this_program() -> tuple[str, ...]:
    """The words that run the Candor that runs now."""
    if getattr(sys, "frozen", False):
        return (sys.executable,)
    return (sys.executable, "-m", "desktop")


def _files(wanted: KioskInstall) -> Iterator[SystemFile]:
    kiosk = kiosk_command(wanted)
    xinit = "/usr/bin/xinit /etc/candor/kiosk/xinitrc -- :0 vt1 -nolisten tcp -keeptty"
    starts = {
        KioskSession.CAGE: f"/usr/bin/cage -d -- {kiosk}",
        KioskSession.SWAY: "/usr/bin/sway --config /etc/candor/kiosk/sway.config",
        KioskSession.X11: xinit,
    }
    yield SystemFile(
        f"etc/systemd/system/{UNIT}",
        "starts the kiosk with the computer and again whenever it ends; without network",
        _filled(
            UNIT,
            # A per cent sign begins a specifier of systemd.
            start=starts[wanted.session].replace("%", "%%"),
            user=wanted.user,
            models=str(wanted.models).replace("%", "%%"),
            session_type="x11" if wanted.session is KioskSession.X11 else "wayland",
        ),
    )
    if wanted.session is KioskSession.SWAY:
        why = "a session with one window, where no key does anything"
        yield SystemFile("etc/candor/kiosk/sway.config", why, _filled("sway.config", kiosk=kiosk))
    if wanted.session is KioskSession.X11:
        yield from _x11(kiosk)
    yield SystemFile(
        "etc/systemd/system/ctrl-alt-del.target",
        "Ctrl+Alt+Del does not restart the computer",
        link="/dev/null",
    )
    yield SystemFile(
        "etc/systemd/system.conf.d/90-candor-kiosk.conf",
        "nor does Ctrl+Alt+Del pressed seven times",
        _filled("system.conf"),
    )
    yield SystemFile(
        "etc/sysctl.d/90-candor-kiosk.conf", "the SysRq keys do nothing", _filled("sysctl.conf")
    )
    yield SystemFile(
        "usr/local/share/applications/candor-kiosk.desktop",
        "starts the kiosk from a desktop, to try it",
        _filled("candor-kiosk.desktop", kiosk=kiosk),
    )


def _x11(kiosk: str) -> Iterator[SystemFile]:
    yield SystemFile(
        "etc/candor/kiosk/xinitrc",
        "a session with one window",
        _filled("xinitrc", kiosk=kiosk),
        mode=0o755,
    )
    yield SystemFile(
        "etc/candor/kiosk/openbox.xml",
        "a window manager without keys, menus and decorations",
        _filled("openbox.xml"),
    )
    yield SystemFile(
        "etc/X11/xorg.conf.d/90-candor-kiosk.conf",
        "no key switches to a text console; for every X session of this computer",
        _filled("xorg.conf"),
    )


def _filled(name: str, **values: str) -> str:
    text = (resources.files("desktop.kiosk.admin") / "system" / name).read_text("utf-8")
    return Template(text).substitute(values)
