"""The system files of a kiosk: what they hold, and that nothing of others is lost."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from desktop.kiosk.admin.install import install_files, uninstall_files
from desktop.kiosk.admin.system_files import (
    UNIT,
    KioskInstall,
    KioskSession,
    SystemFile,
    system_files,
)
from perception.types import UserError

PROGRAM = ("/opt/candor 100%/candor",)


def files_of(session: KioskSession, user: str = "candor") -> dict[str, SystemFile]:
    wanted = KioskInstall(session, user, "museum", Path("/srv/models"), PROGRAM)
    return {file.place.rpartition("/")[2]: file for file in system_files(wanted)}


def everything(root: Path) -> dict[str, bytes]:
    found = (file for file in sorted(root.rglob("*")) if file.is_file())
    return {str(file.relative_to(root)): file.read_bytes() for file in found}


@pytest.mark.parametrize("session", list(KioskSession))
def test_the_unit_starts_the_kiosk_again_and_keeps_it_in(session: KioskSession) -> None:
    unit = files_of(session)[UNIT].text
    for line in ("Restart=always", "WatchdogSec=30", "ProtectSystem=full", "IPAddressDeny=any"):
        assert line in unit.splitlines()
    assert "$" not in unit and "User=candor" in unit and str(session) in unit.lower()


def test_what_is_no_user_is_refused() -> None:
    for name in ("", "root\nUser=other", "a b", "-x", "Ä"):
        with pytest.raises(UserError):
            files_of(KioskSession.CAGE, name)


def test_a_program_in_a_place_with_spaces_and_signs_is_quoted() -> None:
    assert "'/opt/candor 100%%/candor' kiosk" in files_of(KioskSession.CAGE)[UNIT].text
    assert "'/opt/candor 100%/candor' kiosk" in files_of(KioskSession.X11)["xinitrc"].text


def test_openbox_has_neither_keys_nor_menus() -> None:
    tree = ET.fromstring(files_of(KioskSession.X11)["openbox.xml"].text)
    space = "{http://openbox.org/3.4/rc}"
    assert len(tree.find(f"{space}keyboard") or ()) == 0
    actions = {action.get("name") for action in tree.iter(f"{space}action")}
    assert actions == {"Focus", "Raise"}


def test_x11_locks_the_server_and_sway_binds_nothing() -> None:
    wanted = KioskInstall(KioskSession.X11, "candor", "museum", Path("/m"), PROGRAM)
    assert any('"DontVTSwitch" "true"' in file.text for file in system_files(wanted))
    sway = files_of(KioskSession.SWAY)["sway.config"].text
    assert "bindsym" not in sway and "srvrkeys:none" in sway


def test_written_said_and_taken_away(tmp_path: Path) -> None:
    files = tuple(files_of(KioskSession.X11).values())
    lines = list(install_files(files, tmp_path, replace=False))
    assert len(lines) == len(files) and all(line.startswith("written") for line in lines)
    assert (tmp_path / "etc/candor/kiosk/xinitrc").stat().st_mode & 0o111
    assert (tmp_path / "etc/systemd/system/ctrl-alt-del.target").readlink() == Path("/dev/null")
    again = list(install_files(files, tmp_path, replace=False))
    assert all(line.startswith("as it is") for line in again)
    assert all(line.startswith("removed") for line in uninstall_files(tmp_path))
    assert everything(tmp_path) == {} and list(uninstall_files(tmp_path)) == []


def test_a_file_of_others_stops_everything(tmp_path: Path) -> None:
    files = tuple(files_of(KioskSession.CAGE).values())
    theirs = tmp_path / files[-1].place
    theirs.parent.mkdir(parents=True)
    theirs.write_text("theirs")
    with pytest.raises(UserError) as told:
        list(install_files(files, tmp_path, replace=False))
    assert files[-1].place in told.value.message
    assert list(everything(tmp_path).values()) == [b"theirs"]


def test_a_replaced_file_is_kept_and_comes_back(tmp_path: Path) -> None:
    files = tuple(files_of(KioskSession.CAGE).values())
    theirs = tmp_path / files[-1].place
    theirs.parent.mkdir(parents=True)
    theirs.write_text("theirs")
    lines = list(install_files(files, tmp_path, replace=True))
    assert any(line.startswith("kept") for line in lines) and theirs.read_text() != "theirs"
    list(uninstall_files(tmp_path))
    assert everything(tmp_path) == {files[-1].place: b"theirs"}


def test_what_was_changed_by_hand_is_neither_replaced_nor_removed(tmp_path: Path) -> None:
    files = tuple(files_of(KioskSession.CAGE).values())
    list(install_files(files, tmp_path, replace=False))
    unit = tmp_path / files[0].place
    unit.write_text("changed")
    with pytest.raises(UserError):
        list(install_files(files, tmp_path, replace=False))
    lines = list(uninstall_files(tmp_path))
    assert sum(line.startswith("stays") for line in lines) == 1
    assert everything(tmp_path) == {files[0].place: b"changed"}


def test_a_place_that_refuses_is_told(tmp_path: Path) -> None:
    (tmp_path / "etc").write_text("no folder")
    with pytest.raises(UserError):
        list(install_files(tuple(files_of(KioskSession.CAGE).values()), tmp_path, replace=False))
