"""What all tests share: how hard Hypothesis looks, and PyTorch as the oracle."""

from __future__ import annotations

import importlib
import importlib.util
import os
from types import ModuleType

import pytest
from hypothesis import HealthCheck, settings

ON_CI = bool(os.environ.get("CI"))

# No deadline, and no complaint of slowness: a shared machine stalls for seconds, which says nothing about the code.
settings.register_profile("desk", max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", settings.get_profile("desk"), max_examples=200, derandomize=True)
settings.load_profile("ci" if ON_CI else "desk")


@pytest.fixture(scope="session")
def torch() -> ModuleType:
    """PyTorch, the independent oracle: skips the test where it is not installed, fails it on CI."""
    if importlib.util.find_spec("torch"):
        return importlib.import_module("torch")
    if ON_CI:
        pytest.fail("PyTorch is not installed, and on CI no oracle may be missing: pip install torch==2.13.0")
    pytest.skip("PyTorch is not installed: pip install torch==2.13.0")
