"""The launcher, with stand-ins for Python, pip, apt and the graphics driver."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[1]

_PYTHON = r"""#!/bin/sh
case "$1 $2" in
"-V "*) echo "Python 3.12.0" ;;
"-m venv")
    for word; do folder=$word; done
    mkdir -p "$folder/bin"
    cp "$0" "$folder/bin/python"
    printf '#!/bin/sh\nprintf "ran %%s\\n" "$*"\n' >"$folder/bin/candor"
    chmod +x "$folder/bin/candor" ;;
"-m pip")
    echo "pip $*" >>"$LOG"
    if [ -n "${PIP_SAYS:-}" ]; then echo "$PIP_SAYS"; exit 1; fi
    echo "Collecting something==1.0" ;;
"-c "*"(3, 11) <="*) exit "${WRONG_PYTHON:-0}" ;;
"-c "*'version("torch")'*) exit "${NO_TORCH:-0}" ;;
"-c "*urlopen*) exit "${NO_PYTORCH_INDEX:-0}" ;;
"-c "*) exit 0 ;;
esac
"""

_TOOLS = {
    "apt-get": 'echo "apt-get $*" >>"$LOG"',
    "dpkg-query": 'printf "ii libegl1\\n"',
    "nvidia-smi": 'if [ -n "${GPU:-}" ]; then echo "GPU 0: NVIDIA H100"; else exit 9; fi',
    "sudo": "exit 1",
    "id": 'echo "${USER_ID:-0}"',
}


@dataclass(frozen=True)
class Sandbox:
    """A copy of the launcher with all that it touches."""

    folder: Path
    tools: Path

    def run(self, *words: str, **settings: str) -> subprocess.CompletedProcess[str]:
        environment = {
            "PATH": f"{self.tools}{os.pathsep}/usr/bin{os.pathsep}/bin",
            "HOME": str(self.folder),
            "LOG": str(self.log),
            "CANDOR_PYTHON": str(self.tools / "fake-python"),
            **settings,
        }
        return subprocess.run(
            [str(self.folder / "candor"), *words],
            env=environment,
            cwd=self.folder.parent,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    @property
    def log(self) -> Path:
        return self.folder / "calls.txt"

    def calls(self) -> list[str]:
        """What was asked of pip and apt since the last look."""
        lines = self.log.read_text().splitlines() if self.log.exists() else []
        self.log.unlink(missing_ok=True)
        return lines


@pytest.fixture
def sandbox(tmp_path: Path) -> Sandbox:
    folder, tools = tmp_path / "with space", tmp_path / "tools"
    (folder / "agent" / "models").mkdir(parents=True)
    tools.mkdir()
    for name in ("candor", "pyproject.toml", "agent/models/catalog.toml"):
        shutil.copy(ROOT / name, folder / name)
    for lock in ROOT.glob("requirements*.*"):
        shutil.copy(lock, folder)
    for name, body in {"fake-python": _PYTHON, **_TOOLS}.items():
        file = tools / name
        file.write_text(body if body.startswith("#!") else f"#!/bin/sh\n{body}\n")
        file.chmod(0o755)
    return Sandbox(folder, tools)


def test_sets_up_and_passes_the_words_on(sandbox: Sandbox) -> None:
    done = sandbox.run("models", "list", "a b")
    assert (done.returncode, done.stdout) == (0, "ran models list a b\n")
    pip = [line for line in sandbox.calls() if line.startswith("pip")]
    assert "--require-hashes" in pip[0]
    assert pip[0].endswith("requirements.lock")
    assert "-e" in pip[-1]


def test_the_second_start_asks_neither_pip_nor_apt(sandbox: Sandbox) -> None:
    sandbox.run("doctor")
    sandbox.calls()
    done = sandbox.run("doctor")
    assert (done.stdout, done.stderr) == ("ran doctor\n", "")
    assert sandbox.calls() == []


def test_a_changed_lock_is_installed(sandbox: Sandbox) -> None:
    sandbox.run("doctor")
    sandbox.calls()
    with (sandbox.folder / "requirements.lock").open("a") as lock:
        lock.write("# changed\n")
    sandbox.run("doctor")
    assert any(line.startswith("pip") for line in sandbox.calls())


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("OSError: [Errno 28] No space left on device", "no space left on the disk"),
        ("NewConnectionError: Failed to establish", "The package index cannot be reached."),
        ("THESE PACKAGES DO NOT MATCH THE HASHES", "its hash differs"),
        ("ERROR: something else", "pip failed: ERROR: something else"),
    ],
)
def test_a_failure_is_one_line_and_the_next_start_mends_it(
    sandbox: Sandbox, said: str, told: str
) -> None:
    failed = sandbox.run("doctor", PIP_SAYS=said)
    assert failed.returncode == 1
    assert told in failed.stderr.splitlines()[-1]
    assert failed.stdout == ""
    assert sandbox.run("doctor").stdout == "ran doctor\n"


def test_a_broken_environment_is_made_anew(sandbox: Sandbox) -> None:
    sandbox.run("doctor")
    (sandbox.folder / ".venv" / "bin" / "python").unlink()
    done = sandbox.run("doctor")
    assert "is broken: making it anew" in done.stderr
    assert done.stdout == "ran doctor\n"


def test_a_package_whose_install_was_cut_off_is_installed_again(sandbox: Sandbox) -> None:
    sandbox.run("doctor")
    packages = sandbox.folder / ".venv" / "lib" / "python3.12" / "site-packages"
    for name in ("whole", "half"):
        (packages / f"{name}-1.0.dist-info").mkdir(parents=True)
    (packages / "whole-1.0.dist-info" / "INSTALLER").write_text("pip\n")
    (sandbox.folder / ".venv" / ".requirements.lock").unlink()
    sandbox.run("doctor")
    assert [entry.name for entry in packages.iterdir()] == ["whole-1.0.dist-info"]


def test_a_moved_folder_gets_a_new_environment(sandbox: Sandbox) -> None:
    sandbox.run("doctor")
    moved = Sandbox(sandbox.folder.rename(sandbox.folder.with_name("moved")), sandbox.tools)
    done = moved.run("doctor")
    assert "making it anew" in done.stderr
    assert done.stdout == "ran doctor\n"


def test_the_wrong_python_is_named(sandbox: Sandbox) -> None:
    done = sandbox.run("doctor", WRONG_PYTHON="1")
    assert done.returncode == 1
    assert "is not a Python 3.11, 3.12 or 3.13" in done.stderr


def test_missing_system_packages_are_installed_as_root(sandbox: Sandbox) -> None:
    sandbox.run("doctor")
    [apt] = [line for line in sandbox.calls() if line.startswith("apt-get")]
    assert "libportaudio2" in apt
    assert "libegl1" not in apt
    assert "xvfb" not in apt


def test_missing_system_packages_are_named_to_others(sandbox: Sandbox) -> None:
    done = sandbox.run("doctor", USER_ID="1000")
    told = [line for line in done.stderr.splitlines() if "sudo apt-get install" in line]
    assert len(told) == 1
    assert "libportaudio2" in told[0]
    assert done.stdout == "ran doctor\n"


@pytest.mark.parametrize(
    ("settings", "told", "index"),
    [
        ({"GPU": "1"}, "the CUDA build for the NVIDIA GPU, about 2.8 GB", False),
        ({}, "the CPU build, about 190 MB", True),
        ({"NO_PYTORCH_INDEX": "1"}, "from the package index", False),
    ],
)
def test_torch_is_chosen_and_its_size_said(
    sandbox: Sandbox, settings: dict[str, str], told: str, index: bool
) -> None:
    # The base Python has none, so that the environment must get one of its own.
    done = sandbox.run("doctor", NO_TORCH="1", **settings)
    assert told in done.stderr
    [pip] = [line for line in sandbox.calls() if "requirements-torch.txt" in line]
    assert ("download.pytorch.org" in pip) is index


def test_a_torch_that_is_there_is_kept(sandbox: Sandbox) -> None:
    done = sandbox.run("doctor")
    assert "Keeping the torch that" in done.stderr
    assert not [line for line in sandbox.calls() if "requirements-torch.txt" in line]


def test_questions_fetch_the_models_once(sandbox: Sandbox) -> None:
    first, second = sandbox.run("ask", "hello"), sandbox.run("ask", "hello")
    assert first.stdout == second.stdout == "ran ask hello\n"
    assert "ran models get" in first.stderr
    assert second.stderr == ""


def test_works_through_a_link_from_elsewhere(sandbox: Sandbox) -> None:
    link = sandbox.tools / "linked"
    link.symlink_to(sandbox.folder / "candor")
    sandbox.run("doctor")
    done = subprocess.run([str(link), "x"], capture_output=True, text=True, check=False)
    assert done.stdout == "ran x\n"


def test_torch_and_the_locks_fit_together() -> None:
    locks = [file.read_text() for file in ROOT.glob("requirements*.lock")]
    assert len(locks) == 3
    assert not any(line.startswith(("torch==", "nvidia-")) for t in locks for line in t.split("\n"))
    assert sys.version_info[:2] in {(3, 11), (3, 12), (3, 13)}
