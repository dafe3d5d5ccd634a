"""The order of the modules, and what the marker ``slow`` stands for.

``make test`` runs every test; ``make test-fast`` leaves out those marked ``slow``, and is to end
within 60 seconds on two cores, which it does not yet. A module is marked
(``pytestmark = pytest.mark.slow``) where it takes more than five seconds of processor time, by
``pytest --durations=20 tests/FOLDER``; where a few of its tests take nearly all of that, they alone
are marked.
"""

from pathlib import Path

import pytest

LONGEST = Path(__file__).parent / "workflow"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the longest modules first, so that two workers come to an end at about the same time."""
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    items.sort(key=lambda item: (item.path.parent != LONGEST, item.path not in slow))
