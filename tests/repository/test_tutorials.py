"""The tutorials hold: every command on them runs, and prints what stands beneath it."""

import os
import re
import subprocess
import sys
from itertools import takewhile
from pathlib import Path

import pytest

from support.workflow_project import REPOSITORY

pytestmark = pytest.mark.slow

TUTORIALS = ("researcher", "updater", "blogger")
"""In the order in which they go on from each other."""
MARK = "-- done:"
BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def steps(page):
    """Return the commands of a page, each with the lines that it should print."""
    text = (REPOSITORY / "docs" / "tutorials" / f"{page}.md").read_text(encoding="utf-8")
    lines = [line for block in BLOCK.findall(text) for line in block.splitlines()]
    return [
        (line[2:], list(takewhile(lambda each: not each.startswith("$ "), lines[place + 1 :])))
        for place, line in enumerate(lines)
        if line.startswith("$ ")
    ]


def pattern(lines):
    """Return what matches printed lines; "..." stands for text, on a line alone for lines."""
    parts = [
        r"(?:.*\n)*" if line == "..." else re.escape(line).replace(r"\.\.\.", ".*") + r"\n"
        for line in lines
    ]
    return re.compile("".join(parts))


@pytest.fixture(scope="module")
def printed(tmp_path_factory):
    """What each command of all tutorials printed, typed one after the other into one shell."""
    commands = [command for page in TUTORIALS for command, _ in steps(page)]
    script = "\n".join(f"{command} 2>&1\necho '{MARK}'" for command in commands)
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    done = subprocess.run(
        ["bash", "-c", script],
        cwd=tmp_path_factory.mktemp("tutorials"),
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout.split(f"{MARK}\n")


def test_every_command_prints_what_its_tutorial_shows(printed):
    expected = [(page, *step) for page in TUTORIALS for step in steps(page)]
    assert len(expected) > 15
    wrong = [
        f"{page}: {command}\n{text}"
        for (page, command, lines), text in zip(expected, printed, strict=False)
        if not pattern(lines).fullmatch(text)
    ]
    assert wrong == []
    assert len(printed) == len(expected) + 1
