"""The wheel carries the package, the whole workflow and the example review, and nothing else."""

import subprocess
import tomllib

import pytest

from liftproof import api
from liftproof.extras import EXTRAS
from support.wheel import PROMISED, bare_liftproof, bare_python, liftproof_from, unpacked_wheel
from support.workflow_project import REPOSITORY

pytestmark = pytest.mark.slow

SHIPPED = ("config", "profiles", "workflow", "data/reviews/lauersen2018")
INSIDE = "liftproof/project/files"
INSTALL = "install with: pip install 'liftproof[report]'"


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory):
    """The folder of an unpacked wheel, and its files before anything runs there."""
    site = unpacked_wheel(tmp_path_factory.mktemp("wheel"))
    return site, {str(path.relative_to(site)) for path in site.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def site(unpacked):
    return unpacked[0]


def kept_in(*places):
    """Return the files that the repository keeps in some places."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "--", *places]
    listed = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=True)
    return {line for line in listed.stdout.splitlines() if (REPOSITORY / line).exists()}


def test_the_wheel_holds_what_the_repository_keeps(unpacked):
    package = {path.removeprefix("src/") for path in kept_in("src/liftproof")}
    shipped = {f"{INSIDE}/{path}" for path in kept_in(*SHIPPED, "envs/environment.yaml")}
    assert {path for path in unpacked[1] if ".dist-info/" not in path} == package | shipped


def test_shipped_files_are_those_of_the_repository(site):
    for path in kept_in(*SHIPPED):
        assert (site / INSIDE / path).read_bytes() == (REPOSITORY / path).read_bytes()


def test_what_a_bare_environment_holds_is_what_the_project_depends_on():
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    imported = {"pyyaml": "yaml"}
    needed = {imported.get(name, name) for name in project["dependencies"]}
    assert {"liftproof", *needed} == set(PROMISED)


def test_without_the_extras_their_packages_are_hidden_and_every_name_loads(site):
    code = (
        "from importlib.util import find_spec\n"
        f"print([name for name in {EXTRAS['report']} if find_spec(name)])\n"
        "import liftproof\n"
        "print(liftproof.__file__)\n"
        "print(*(name for name in liftproof.__all__ if getattr(liftproof, name)))\n"
    )
    done, names = bare_python(site, code), " ".join(sorted(api.__all__))
    assert done.stdout.splitlines() == ["[]", str(site / "liftproof/__init__.py"), names]
    assert (done.stderr, done.returncode) == ("", 0)


@pytest.mark.parametrize("verb", ["check", "pool"])
def test_without_the_extras_a_review_is_checked_and_pooled(site, verb):
    arguments = (verb, str(site / INSIDE / "data/reviews/lauersen2018"))
    bare, whole = bare_liftproof(site, *arguments), liftproof_from(site, *arguments)
    assert (bare.returncode, bare.stdout, bare.stderr) == (0, whole.stdout, whole.stderr)
    assert ("0 errors" if verb == "check" else "overall") in bare.stdout + bare.stderr


def test_without_the_extras_the_report_says_what_to_install(site):
    done = bare_liftproof(site, "report")
    assert (done.returncode, done.stdout) == (1, "")
    needed = ", ".join(sorted(set(EXTRAS["report"])))
    assert done.stderr == f"liftproof report needs {needed}, not installed here; {INSTALL}\n"


def test_without_the_extras_tidy_says_what_to_install(site):
    code = (
        "import liftproof\n"
        "from liftproof.errors import MissingExtraError\n"
        "try:\n"
        "    liftproof.tidy(liftproof.pool([0.1, 0.2], [0.01, 0.02]))\n"
        "except MissingExtraError as error:\n"
        "    print(error)\n"
    )
    done = bare_python(site, code)
    assert done.stdout == f"tidy() needs pandas, not installed here; {INSTALL}\n"
