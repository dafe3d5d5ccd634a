"""The made-up project, run once for all tests of the workflow."""

from pathlib import Path

import pytest

from support.workflow_project import Project, make_project


@pytest.fixture(scope="session")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A project whose workflow has run to its end; tests copy it before they change it."""
    project = make_project(tmp_path_factory.mktemp("finished"))
    done = project.snakemake()
    assert done.returncode == 0, done.stdout + done.stderr
    return project


@pytest.fixture
def project(finished: Project, tmp_path: Path) -> Project:
    """A finished project that a test may change."""
    return finished.copy(tmp_path / "project")
