"""The wheel carries the package, the whole workflow and the example review, and nothing else."""

import subprocess

import pytest

from support.wheel import unpacked_wheel
from support.workflow_project import REPOSITORY

SHIPPED = ("config", "profiles", "workflow", "data/reviews/lauersen2018")
INSIDE = "liftproof/project/files"


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    return unpacked_wheel(tmp_path_factory.mktemp("wheel"))


def kept_in(*places):
    """Return the files that the repository keeps in some places."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "--", *places]
    listed = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=True)
    return {line for line in listed.stdout.splitlines() if (REPOSITORY / line).exists()}


def test_the_wheel_holds_what_the_repository_keeps(site):
    package = {path.removeprefix("src/") for path in kept_in("src/liftproof")}
    shipped = {f"{INSIDE}/{path}" for path in kept_in(*SHIPPED, "envs/environment.yaml")}
    found = {str(path.relative_to(site)) for path in site.rglob("*") if path.is_file()}
    assert {path for path in found if ".dist-info/" not in path} == package | shipped


def test_shipped_files_are_those_of_the_repository(site):
    for path in kept_in(*SHIPPED):
        assert (site / INSIDE / path).read_bytes() == (REPOSITORY / path).read_bytes()
