"""Two processes together take the steps of one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from agent.training.core.several import Processes, join
from tests.agent.training.line_learner import losses

pytestmark = pytest.mark.torch

ROOT = Path(__file__).parents[3]


@pytest.mark.slow
def test_two_processes_reach_the_losses_of_one(tmp_path: Path) -> None:
    file = tmp_path / "losses.json"
    command = [sys.executable, "-m", "torch.distributed.run", "--standalone", "--nproc-per-node=2"]
    command += [str(Path(__file__).with_name("line_learner.py")), str(file)]
    settings = {**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"}
    settings |= {"CUDA_VISIBLE_DEVICES": ""}
    done = subprocess.run(
        command, env=settings, capture_output=True, text=True, timeout=240, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert json.loads(file.read_text()) == pytest.approx(losses(tmp_path / "one"), rel=1e-5)


@pytest.mark.parametrize("size", [1, 2, 3, 4, 7])
def test_shares_cover_a_group_once_with_equal_weight(size: int) -> None:
    group = list(range(size))
    weights = dict.fromkeys(group, 0.0)
    rounds = []
    for rank in range(2):
        mine = list(Processes(2, rank).share(group))
        rounds.append(len(mine))
        assert [last for _, _, last in mine] == [False] * (len(mine) - 1) + [True]
        for item, weight, _ in mine:
            weights[item] += weight / 2
    assert rounds[0] == rounds[1]
    assert weights == pytest.approx(dict.fromkeys(group, 1 / size))


def test_alone_where_nobody_started_more() -> None:
    assert join() == Processes()
