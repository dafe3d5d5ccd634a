"""The three lists of versions agree, and the lock names no host."""

import re
from pathlib import Path

import yaml

ENVS = Path(__file__).parents[2] / "envs"
PIN = re.compile(r"^([a-z0-9-]+)==([^ \\]+)(?: ; ([^\\\n]+))?", re.MULTILINE)


def locked():
    """Return package to version for the Python that the conda file asks for."""
    text = (ENVS / "requirements.lock").read_text()
    return {
        name: version for name, version, marker in PIN.findall(text) if ">= '3.12'" not in marker
    }


def conda():
    return yaml.safe_load((ENVS / "environment.yaml").read_text())["dependencies"]


def test_conda_pins_every_direct_dependency_to_the_locked_version():
    pins = dict(line.split("==") for line in conda()[-1]["pip"])
    direct = [
        line
        for line in (ENVS / "requirements.in").read_text().splitlines()
        if not line.startswith("#")
    ]
    assert pins == {name: locked()[name] for name in direct}
    assert conda()[0] == "python=3.11"


def test_lock_pins_everything_by_hash_and_names_no_host():
    text = (ENVS / "requirements.lock").read_text()
    entries = re.split(r"\n(?=\S)", text.strip())
    assert len(entries) > 50
    assert all("--hash=sha256:" in entry for entry in entries)
    assert not re.search(r"https?:|index|find-links|file:", text)
