"""What the owner reads after the system files of a kiosk were written: what is still to be done."""

from __future__ import annotations

from desktop.kiosk.admin.system_files import HOME, KioskInstall, KioskSession, this_program

_PACKAGES = {
    KioskSession.CAGE: "cage",
    KioskSession.SWAY: "sway",
    KioskSession.X11: "xserver-xorg xinit openbox x11-xserver-utils x11-xkb-utils",
}
_TEXT = """
Still to be done, as the administrator:
  1. the packages of the system:   {packages}
  2. the user, without a password: useradd -r -m -G audio,video,input,render {user}
     who must be able to read Candor's program and the models in {models}
  3. its folder:                   install -d -o {user} -m 700 {home}
  4. as that user, with the folder as its home:
         sudo -u {user} env CANDOR_HOME={home} {program} kiosk pin
         sudo -u {user} env CANDOR_HOME={home} {program} models get
     or, from a stick, ... {program} kiosk provision FOLDER --key FILE.pub
  5. start it:                     systemctl daemon-reload && systemctl enable --now candor-kiosk

What only the system can lock, and these files do: switching to a text console, Ctrl+Alt+Del,
SysRq, keys of the window manager, other programs. What they cannot: the power button, the case, and
the boot menu and firmware (set a password there).
Left by PIN it stays off until: systemctl start candor-kiosk. All away: candor kiosk uninstall
"""


def explained(wanted: KioskInstall) -> str:
    """The steps that remain."""
    program = " ".join(wanted.program or this_program())
    return _TEXT.format(
        packages=_PACKAGES[wanted.session],
        user=wanted.user,
        models=wanted.models,
        home=HOME,
        program=program,
    ).strip()
