from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest

import tripos.deep

MODULES = [f"tripos.deep.{module.name}" for module in pkgutil.iter_modules(tripos.deep.__path__)]


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_in_the_docstrings_run(name: str) -> None:
    module = importlib.import_module(name)
    assert doctest.testmod(module).failed == 0
