"""Mind and ears, all models loaded, for as long as a library waits before it reports home.

`python -m desktop.cli.proof.idle`: what the window owns, without the window, for the proof of
silence. It uses the user's models and settings and an empty history, and listens for the wake word.
"""

from __future__ import annotations

import queue
import shutil
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from agent.events import Failed, Ready
from agent.settings import config_folder, load, models_folder
from desktop.codes import DesktopCode
from desktop.processes.headless import Headless
from perception.audio.ipc.messages import Mode
from perception.leftovers import owned_prefix
from perception.startup import start_private
from perception.types import UserError

_LOAD_SECONDS = 240.0
_IDLE_SECONDS = 20.0
"""onnxruntime made its first report some ten seconds after it was loaded."""


def main() -> int:
    """The exit code; 1 where the models could not be loaded."""
    start_private()
    with tempfile.TemporaryDirectory(prefix=owned_prefix()) as name:
        home = Path(name)
        file = config_folder() / "settings.toml"
        if file.exists():
            shutil.copyfile(file, home / file.name)
        environment = {"CANDOR_HOME": name, "CANDOR_MODELS": str(models_folder())}
        settings = replace(load(file), talk_mode=Mode.WAKE)
        try:
            with Headless(home / "logs", environment) as children:
                children.listen(settings, Mode.WAKE)
                _wait_for_models(children)
                time.sleep(_IDLE_SECONDS)
        except UserError as error:
            print(error, file=sys.stderr)
            return 1
    return 0


def _wait_for_models(children: Headless) -> None:
    """Until the mind is ready; UserError where it fails, or takes too long."""
    end = time.monotonic() + _LOAD_SECONDS
    while time.monotonic() < end:
        try:
            event = children.next(timeout=max(0.1, end - time.monotonic()))
        except queue.Empty:
            break
        if isinstance(event, Ready):
            return
        if isinstance(event, Failed):
            raise UserError.of(event.told)
    raise UserError(DesktopCode.MODELS_LOADING_TIMED_OUT)


if __name__ == "__main__":
    sys.exit(main())
