"""The order of the modules, and what the marker ``slow`` stands for.

``make test`` runs every test; ``make test-fast`` leaves out those marked ``slow``, and is to end
within 60 seconds on two cores. A test is marked where it takes more than a fifth of a second of
processor time, by ``pytest --durations=50 tests/FOLDER``; where such tests take most of what their
module takes, the module is marked (``pytestmark = pytest.mark.slow``): ``make test-fast`` does not
even import it.
"""

import gc
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from _pytest.runner import runtestprotocol
from hypothesis import settings
from xdist.scheduler import LoadScopeScheduling

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
"""As the program holds it; two threads in each of two workers wait for each other, at full speed.
NumPy reads it when it is loaded, which is later."""

settings.register_profile("values", deadline=None)
settings.load_profile("values")
"""Tests assert values: how long an example takes on a busy machine is none of them."""

LONGEST = Path(__file__).parent / "workflow"
MODULE_IS_SLOW = re.compile(r"^pytestmark = pytest\.mark\.slow$", re.MULTILINE)

TOGETHER = {
    "tests/analysis/test_held_elsewhere.py": "reproductions",
    "tests/data/test_injury_prevention_pools.py": "reproductions",
    "tests/repository/test_pages.py": "reproductions",
    "tests/data/test_claims.py": "answers to dose questions",
    "tests/data/test_doses.py": "answers to dose questions",
    "tests/repository/test_claims_page.py": "answers to dose questions",
    "tests/statistics/test_differences.py": "fits of reference cases",
    "tests/statistics/test_small_study_selection.py": "fits of reference cases",
    "tests/statistics/test_sparse_reference.py": "fits of reference cases",
    "tests/workflow": "the finished project",
}
"""Modules and folders by what they share, and should compute once: one worker runs them all."""


SLOW_STEP = 0.1
"""Seconds: ``--durations`` counts what is set up or torn down for as long, and no less."""


class Scopes(LoadScopeScheduling):
    """A module stays with one worker, and so do modules that are to be together."""

    def _split_scope(self, nodeid: str) -> str:
        path = nodeid.partition("::")[0]
        return TOGETHER.get(path) or TOGETHER.get(path.rpartition("/")[0]) or path


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> Scopes:
    """Hand out modules by Scopes."""
    return Scopes(config, log)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> bool:
    """Run a test, and report what it came to; its set-up and end where they failed or took long.

    Two workers tell a third process of each report, of each start and of each end, which took
    3 ms a test: a tenth of the time of 15,000 tests.
    """
    for report in runtestprotocol(item, log=False, nextitem=nextitem):
        if report.when == "call" or not report.passed or report.duration > SLOW_STEP:
            item.ihook.pytest_runtest_logreport(report=report)
    return True


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave out a module whose tests would all be left out."""
    if config.getoption("markexpr") != "not slow" or not collection_path.match("test_*.py"):
        return None
    return bool(MODULE_IS_SLOW.search(collection_path.read_text(encoding="utf-8"))) or None


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Iterator[None]:
    """Look for no garbage while tests are collected, nor ever again among what they are.

    A sixth of the time that collecting takes went into it.
    """
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the longest modules first, so that two workers come to an end at about the same time."""
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    items.sort(key=lambda item: (item.path.parent != LONGEST, item.path not in slow))
