"""Starts the kiosk: its settings, one window a screen, mind and ears."""

from __future__ import annotations

import functools
import logging
import os
import sys
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from agent import settings as user_settings
from agent.models import catalog
from agent.profiles.profile import Profile, load
from agent.settings import Settings
from desktop import i18n, theme
from desktop.app import quit_on_signals
from desktop.codes import DesktopCode
from desktop.kiosk.admin.exit_page import ask_admin
from desktop.kiosk.corner import CornerPress
from desktop.kiosk.counted import CountedVisits
from desktop.kiosk.covers import Covers
from desktop.kiosk.engine import KioskEngine
from desktop.kiosk.flow import KioskFlow
from desktop.kiosk.heart import Heart
from desktop.kiosk.heartbeat import LEFT, Pulse, open_pulse
from desktop.kiosk.key_filter import KeyFilter
from desktop.kiosk.keyboard import OnScreenKeyboard
from desktop.kiosk.parts import KioskParts
from desktop.kiosk.proven_visits import ProvenVisits
from desktop.kiosk.upkeep import load_upkeep
from desktop.kiosk.window import KioskWindow
from desktop.kiosk.words import spoken_languages
from desktop.session.children import Children
from desktop.session.instance import OtherStarts, Wish, lock_or_ask
from desktop.window.display import check_display
from perception.types import UserError

_log = logging.getLogger("candor.processes")

_ADMIN_MS = 90_000
_LARGE, _LARGEST, _TALL = 1.8, 2.0, 700
"""The text scale, and that of a screen so high: it is read standing, from a step away."""


def run_kiosk(profile: str, parts: KioskParts | None = None) -> int:
    """Fill the screens and stay until SIGTERM or the admin; returns the exit code.

    UserError where there is no such profile, no display, or a Candor that runs already.
    """
    place = load(profile)
    check_display(os.environ)
    data = user_settings.data_folder()
    lock = lock_or_ask(data, Wish.OPEN)
    if lock is None:
        raise UserError(DesktopCode.KIOSK_RUNS_ALREADY)
    owner = user_settings.load(user_settings.settings_file_path(), _note)
    file = user_settings.config_folder() / "kiosk.toml"
    # Mind and ears read it there; the owner's own settings stay as they are.
    os.environ[user_settings.SETTINGS] = str(file)
    settings = kiosk_settings(owner, place)
    _keep_first(file, settings)
    try:
        return _show(settings, file, place, parts)
    finally:
        lock.unlock()


def kiosk_settings(owner: Settings, profile: Profile) -> Settings:
    """The owner's settings, with what a screen for strangers needs."""
    language = spoken_languages(profile.languages)[0]
    return replace(
        owner,
        profile=profile.name,
        interface_language=language,
        spoken_languages=(language,),
        speak_answers=True,
        speak_to_voice=True,
        talk_mode="tap",
        text_scale=max(_LARGE, owner.text_scale),
        captions=True,
        keep_marks=False,
        keep_in_tray=False,
        quick_key="",
        call_me="",
        wishes="",
    )


def _show(settings: Settings, file: Path, profile: Profile, given: KioskParts | None) -> int:
    app = QApplication([sys.argv[0]])
    app.setApplicationName("candor")
    app.setApplicationDisplayName("Candor")
    app.setDesktopFileName("candor-kiosk")
    app.setQuitOnLastWindowClosed(False)
    i18n.install(app, settings.interface_language)
    tall = app.primaryScreen().geometry().height() >= _TALL
    theme.apply(app, replace(settings, text_scale=_LARGEST) if tall else settings)
    data = user_settings.data_folder()
    children = Children(data / "logs")
    parts = given or _own_parts(children, profile, data)
    parts.forget_left()
    codes = spoken_languages(profile.languages)
    keyboard = parts.keyboard(codes) if parts.keyboard is not None else None
    window = KioskWindow(codes, keyboard)
    engine = KioskEngine(children, settings, functools.partial(_keep, file))
    upkeep = load_upkeep()
    flow = KioskFlow(window, engine, profile, parts, upkeep=upkeep)
    counted = CountedVisits(children, flow, data, upkeep.health.port, _weights)
    pulse = open_pulse()
    heart = Heart(pulse, lambda: flow.visited, window)
    heart.orphaned.connect(lambda: app.exit(0))
    _close_all_ways(app, window, flow, parts, pulse)
    if keyboard is not None:
        keyboard.switched.connect(flow.sign_of_life)
    covers = Covers(window, flow.attract_page)
    starts = OtherStarts(data)
    starts.wished.connect(lambda _: window.stand())
    # `quit` would ask the window, which refuses.
    quit_on_signals(app, lambda: app.exit(0))
    window.open()
    covers.follow()
    children.start()
    try:
        return app.exec()
    finally:
        counted.close()
        starts.close()
        covers.close()
        flow.end()
        window.leave()
        children.close()


def _own_parts(children: Children, profile: Profile, data: Path) -> KioskParts:
    visits = ProvenVisits(children, children.pids, profile, data, i18n.language)
    return KioskParts(visits.forget_left, OnScreenKeyboard, visits.begin, ask_admin)


def _close_all_ways(
    app: QApplication, window: KioskWindow, flow: KioskFlow, parts: KioskParts, pulse: Pulse
) -> None:
    keys, corner = KeyFilter(app), CornerPress(window)
    app.installEventFilter(keys)
    app.installEventFilter(corner)
    keys.touched.connect(flow.sign_of_life)

    def ask() -> None:
        window.rest(True)
        waiting = QTimer(window, singleShot=True, interval=_ADMIN_MS)
        waiting.timeout.connect(_close_dialog)
        waiting.start()
        if parts.admin_exit(window):
            # The watchdog knows by it that the kiosk is not to be started again.
            app.exit(0 if pulse.number is None else LEFT)
        else:
            waiting.stop()
            window.rest(False)
            window.stand()

    corner.held.connect(ask)


def _close_dialog() -> None:
    """Nobody typed the PIN: the next visitor must not find the question for it."""
    if (asking := QApplication.activeModalWidget()) is not None:
        asking.close()


def _weights(model: str) -> str:
    """The SHA-256 of a catalogued model's largest file."""
    found = (each for each in catalog.load().model if each.id == model)
    files = sorted((file for each in found for file in each.file), key=lambda file: file.size)
    return files[-1].sha256 if files else ""


def _keep_first(file: Path, settings: Settings) -> None:
    """As `_keep`; but without a file of this profile another one would answer strangers."""
    try:
        user_settings.save(settings, file)
    except OSError:
        if user_settings.load(file, _note).profile != settings.profile:
            raise
        _log.warning("the kiosk's settings are those of the last time: the disk takes none")


def _keep(file: Path, settings: Settings) -> None:
    """Let mind and ears read these; on a full disk they go on with those before."""
    try:
        user_settings.save(settings, file)
    except (OSError, UserError) as error:
        _log.warning("the kiosk's settings are not kept: %s", error)


def _note(error: UserError) -> None:
    _log.warning("%s", error)
