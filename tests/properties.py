"""How hypothesis tries: the same examples on a build machine, no failure for being slow."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, Phase, settings

PROPERTY = settings(
    deadline=None,
    max_examples=60,
    phases=(Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink),  # "explain" takes minutes
    derandomize=bool(os.environ.get("CI")),
    suppress_health_check=[HealthCheck.too_slow],
)
"""Use it as a decorator of a property test."""
