"""The three lists of versions agree, and the lock names no host."""

import re
import tomllib
from pathlib import Path

import pytest
import yaml

from liftproof.extras import EXTRAS

ENVS = Path(__file__).parents[2] / "envs"
PROJECT = tomllib.loads((ENVS.parent / "pyproject.toml").read_text())["project"]
PIN = re.compile(r"^([a-z0-9-]+)==([^ \\]+)(?: ; ([^\\\n]+))?", re.MULTILINE)

ALONE = ("engines", "exchange", "formulas", "plots")
"""Extras that bring no other."""


def locked():
    """Return package to version for the Python that the conda file asks for."""
    text = (ENVS / "requirements.lock").read_text()
    return {
        name: version for name, version, marker in PIN.findall(text) if ">= '3.12'" not in marker
    }


def bare(requirements):
    """Return the names of other packages in a list of requirements."""
    names = {re.split(r"[>=]", line)[0] for line in requirements}
    return {name for name in names if not name.startswith("liftproof[")}


def packages():
    """Return everything that the package and its extras ask for."""
    extras = PROJECT["optional-dependencies"].values()
    return bare(PROJECT["dependencies"]).union(*map(bare, extras))


def conda():
    return yaml.safe_load((ENVS / "environment.yaml").read_text())["dependencies"]


def test_conda_pins_every_dependency_of_the_package_to_the_locked_version():
    python, *pins, pip, by_pip = conda()
    named = dict(line.split("=") for line in pins) | dict(
        line.split("==") for line in by_pip["pip"]
    )
    versions = {re.sub("-(base|minimal)$", "", name): version for name, version in named.items()}
    assert versions == {name: locked()[name] for name in packages()}
    assert (python, pip) == ("python=3.11", "pip")


def test_the_package_asks_for_what_is_locked_and_says_which_extra_brings_what():
    direct = (ENVS / "requirements.in").read_text().split("\n")
    assert packages() <= set(direct)
    assert {extra: set(names) for extra, names in EXTRAS.items()} == {
        **{extra: bare(PROJECT["optional-dependencies"][extra]) for extra in ALONE},
        "report": packages() - bare(PROJECT["dependencies"]),
    }


@pytest.mark.parametrize(
    ("lock", "least"), [("requirements.lock", 51), ("installer.lock", 1), ("cluster.lock", 3)]
)
def test_lock_pins_everything_by_hash_and_names_no_host(lock, least):
    text = (ENVS / lock).read_text()
    entries = re.split(r"\n(?=\S)", text.strip())
    assert len(entries) >= least
    assert all("--hash=sha256:" in entry for entry in entries)
    assert not re.search(r"https?:|index|find-links|file:", text)
