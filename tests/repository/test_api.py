"""The front door: its names, and that nothing is imported before it is asked for."""

import pydoc
import re
import subprocess
import sys

import pytest

import liftproof
from liftproof import api, plot
from liftproof.errors import MissingExtraError
from liftproof.front_door import module_of_each_name
from liftproof.statistics.pooling import pool
from support.workflow_project import REPOSITORY


def test_every_name_is_offered_by_the_package():
    assert liftproof.pool is pool
    assert all(getattr(liftproof, name) is getattr(api, name) for name in api.__all__)


def test_the_front_door_finds_what_the_list_of_names_promises():
    assert sorted(module_of_each_name()) == sorted(api.__all__)


@pytest.mark.slow
def test_a_name_imports_what_it_needs_and_no_more():
    heavy = ("pandas", "matplotlib", "yaml", "click", "scipy.stats", "liftproof.reviews")
    code = f"import sys, liftproof; liftproof.pool; print(*{{*{heavy}}} & {{*sys.modules}})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


def test_without_pandas_tidy_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(MissingExtraError, match=re.escape("pip install 'liftproof[report]'")):
        liftproof.tidy(liftproof.pool([0.1, 0.2], [0.01, 0.02]))


@pytest.mark.slow
def test_plots_are_imported_when_they_are_asked_for():
    code = (
        "import sys, liftproof; names = liftproof.__all__; print('matplotlib' in sys.modules, "
        "'plot' in names, 'plot' in dir(liftproof)); liftproof.plot.forest; "
        "print('matplotlib' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False", "True", "True"]


def test_without_matplotlib_plots_say_what_to_install():
    code = "import sys; sys.modules['matplotlib'] = None; import liftproof; liftproof.plot"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    told = done.stderr.splitlines()[-1]
    assert told.endswith(
        "liftproof.plot needs matplotlib, not installed here; install with: "
        "pip install 'liftproof[plots]'"
    )


def test_every_plot_stands_on_the_page_of_examples():
    page = (REPOSITORY / "docs" / "python.md").read_text(encoding="utf-8")
    drawing = set(plot.__all__) - {"Drawn"}
    assert [name for name in sorted(drawing) if f"`plot.{name}(" not in page] == []


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no attribute 'pol'"):
        _ = liftproof.pol


def test_importing_the_package_imports_nothing_else():
    code = "import sys, liftproof; print('numpy' in sys.modules, 'liftproof.api' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]


def test_importing_a_module_from_the_package_does_not_open_the_door():
    code = (
        "import sys; from liftproof import tables; "
        "print('pandas' in sys.modules, 'liftproof.api' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]


def test_every_name_of_the_examples_page_is_documented():
    assert all(getattr(api, name).__doc__ for name in api.__all__ if callable(getattr(api, name)))


def test_every_name_stands_on_the_page_of_examples():
    page = (REPOSITORY / "docs" / "python.md").read_text(encoding="utf-8")
    assert [name for name in api.__all__ if not re.search(rf"\b{name}\b", page)] == []


def test_names_are_listed_and_imported_by_a_star():
    assert set(api.__all__) <= set(dir(liftproof))
    names = {}
    exec("from liftproof import *", names)
    assert all(names[name] is getattr(api, name) for name in api.__all__)


@pytest.mark.parametrize("name", api.__all__)
def test_help_begins_with_words(name):
    """A signature names its types: a module of the front door has ``from __future__ import
    annotations``, without which NumPy's ArrayLike is written out in full.
    """
    public = getattr(liftproof, name)
    if callable(public):
        _, head = pydoc.plain(pydoc.render_doc(public)).split("\n\n", 1)
        assert "numpy._typing" not in head.split(public.__doc__.split("\n")[0])[0]
