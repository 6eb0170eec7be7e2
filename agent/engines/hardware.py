"""What this computer has: cores, memory, an NVIDIA graphics card, and the torch build."""

from __future__ import annotations

import importlib.util
import math
import os
import platform
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import psutil  # type: ignore[import-untyped]

from agent.codes import AgentCode
from perception.messages import Notice, notice

_CGROUP = Path("/sys/fs/cgroup")
_UNPACKED = 3.3
"""Bytes of the bf16 weights for one byte of a Q4_K_M file (3.6 GB for 1.12 GB)."""
_ROOM = 1.2e9
"""Bytes on the graphics card beside the weights: cache, CUDA graphs, the context of CUDA."""


@dataclass(frozen=True, slots=True)
class Gpu:
    """An NVIDIA graphics card; memory in bytes."""

    name: str
    memory: int
    free: int


@dataclass(frozen=True, slots=True)
class Hardware:
    """`cores` are physical ones that this process may use; memory is in bytes.

    `torch_cuda` is the CUDA version that the installed torch was built for, empty for a CPU build.
    """

    system: str
    processor: str
    cores: int
    memory: int
    free: int
    gpu: Gpu | None
    torch_cuda: str

    def on_cpu(self, threads: int) -> Notice:
        """Where a model runs without a graphics card, in words."""
        if threads == 1:
            return notice(AgentCode.ON_CPU_ONE_THREAD)
        return notice(AgentCode.ON_CPU_THREADS, threads=threads)


def gpu_room(hardware: Hardware, size: int) -> tuple[bool, Notice]:
    """Whether torch can hold a GGUF file of `size` bytes on the graphics card; its name or why not.

    0 bytes stand for a model of unknown size.
    """
    gpu = hardware.gpu
    if gpu is None:
        return False, notice(AgentCode.NO_GPU)
    if not hardware.torch_cuda:
        return False, notice(AgentCode.TORCH_IS_CPU_BUILD, gpu=gpu.name)
    needed = size * _UNPACKED + _ROOM
    if gpu.free < needed:
        return False, notice(
            AgentCode.GPU_TOO_SMALL,
            gpu=gpu.name,
            gpu_2=f"{gpu.free / 1000000000.0:.1f}",
            needed=f"{needed / 1000000000.0:.1f}",
        )
    return True, notice(AgentCode.GPU_NAMED, gpu=gpu.name)


def examine() -> Hardware:
    """Look; takes some 10 ms, and up to 5 s where a graphics card's driver is slow to answer."""
    memory = psutil.virtual_memory()
    limit = memory_limit(_CGROUP)
    return Hardware(
        system=f"{platform.system()} {platform.release()}",
        processor=_processor(),
        cores=cores(),
        memory=total_memory(),
        free=min(memory.available, limit or memory.available),
        gpu=find_gpu(),
        torch_cuda=_torch_cuda(),
    )


def total_memory() -> int:
    """Bytes of memory that this computer, or the container, has."""
    total = int(psutil.virtual_memory().total)
    return min(total, memory_limit(_CGROUP) or total)


def cores(physical: int = 0, cgroup: Path = _CGROUP) -> int:
    """Physical cores, no more than the scheduler and the container allow. At least one.

    They are counted where `physical` is 0. A second thread on a core only slows the engines down.
    """
    physical = physical or psutil.cpu_count(logical=False) or 1
    if hasattr(os, "sched_getaffinity"):
        physical = min(physical, len(os.sched_getaffinity(0)))
    quota, _, period = _words(cgroup / "cpu.max").partition(" ")
    if quota.isdecimal() and period.isdecimal():
        physical = min(physical, math.ceil(int(quota) / int(period)))
    return max(1, physical)


def memory_limit(cgroup: Path) -> int:
    """The container's memory limit in bytes; 0 for none."""
    limit = _words(cgroup / "memory.max")
    return int(limit) if limit.isdecimal() else 0


def find_gpu() -> Gpu | None:
    """The NVIDIA card with the most free memory, as its driver's own tool tells."""
    if not shutil.which("nvidia-smi") or os.environ.get("CUDA_VISIBLE_DEVICES") in ("", "-1"):
        return None
    command = ["nvidia-smi", "--query-gpu=name,memory.total,memory.free"]
    try:
        said = subprocess.run(
            [*command, "--format=csv,noheader,nounits"],
            capture_output=True,
            text=True,
            timeout=5,
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return max(map(_gpu, said.stdout.splitlines()), key=lambda gpu: gpu.free, default=None)


def _gpu(line: str) -> Gpu:
    name, total, free = (field.strip() for field in line.rsplit(",", 2))
    size = [int(field) * 1024 * 1024 if field.isdecimal() else 0 for field in (total, free)]
    return Gpu(name, *size)


def _torch_cuda() -> str:
    """Read from torch's version file, because importing torch takes seconds."""
    spec = importlib.util.find_spec("torch")
    if spec is None or spec.origin is None:
        return ""
    text = _words(Path(spec.origin).with_name("version.py"))
    found = re.search(r"^cuda\b[^=]*=\s*'([^']+)'", text, re.MULTILINE)
    return found.group(1) if found else ""


def _processor() -> str:
    info = _words(Path("/proc/cpuinfo"))
    found = re.search(r"^model name\s*:\s*(.+)$", info, re.MULTILINE)
    return found.group(1) if found else platform.processor() or platform.machine()


def _words(file: Path) -> str:
    try:
        return file.read_text().strip()
    except OSError:
        return ""
