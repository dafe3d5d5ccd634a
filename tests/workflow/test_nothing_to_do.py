"""A run with nothing to do starts no workflow; whatever is in doubt starts it."""

import json
from base64 import urlsafe_b64encode

import pytest

from liftproof.project.kept_run import KEPT, basis_of, is_as_made, keep_basis
from liftproof.project.workflow_run import NOTHING

pytestmark = pytest.mark.slow

ESTIMATES = "results/two/estimates.csv"
OUTCOMES = "data/reviews/two/outcomes.csv"


@pytest.fixture
def kept(project):
    """A finished project of which is kept what its run followed from."""
    keep_basis(project.folder, basis_of(project.folder))
    assert is_kept(project)
    return project


def is_kept(project):
    return is_as_made(project.folder, basis_of(project.folder))


def logs(project):
    """Return the logs of Snakemake: one for each time that it started."""
    return sorted((project.folder / ".snakemake" / "log").glob("*.log"))


def test_the_workflow_starts_once_and_again_for_code_that_no_job_imports(project):
    assert project.liftproof("report").returncode == 0
    before = logs(project)
    again = project.liftproof("report")
    assert (again.returncode, again.stderr) == (0, f"{NOTHING}\n")
    assert logs(project) == before
    project.edit("src/liftproof/cli/check.py", '"""', '"""\n')
    done = project.liftproof("report")
    assert (done.returncode, NOTHING in done.stderr) == (0, False)
    assert len(logs(project)) == len(before) + 1
    assert project.liftproof("report").stderr == f"{NOTHING}\n"


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        (ESTIMATES, "two,", "too,"),
        ("results/manifest.json", '"data"', '"date"'),
        ("results/.digests/two/compute.json", '"code"', '"cede"'),
        (OUTCOMES, ",5,100", ",6,100"),
        ("config/config.yaml", "reviews", "# \nreviews"),
        ("Snakefile", '"""', '"""\n'),
        ("workflow/rules/compute.smk", '"""', '"""\n'),
        ("workflow/scripts/compute.py", '"""', '"""\n'),
        ("profiles/default/config.yaml", "cores", "# \ncores"),
        ("envs/environment.yaml", "name", "# \nname"),
    ],
)
def test_an_edited_file_starts_the_workflow(kept, path, old, new):
    kept.edit(path, old, new)
    assert not is_kept(kept)


@pytest.mark.parametrize(
    "path",
    [
        ESTIMATES,
        "results/two/figures/overall/forest.png",
        "results/manifest.json",
        "results/.digests/manifest.json",
        "results/.digests/two/compute.json",
        OUTCOMES,
        str(KEPT),
    ],
)
def test_a_missing_file_starts_the_workflow(kept, path):
    (kept.folder / path).unlink()
    assert not is_kept(kept)


@pytest.mark.parametrize(
    "path",
    [
        "results/two/mine.csv",
        "data/reviews/two/grade.csv",
        "data/claims.yaml",
        "data/CITATION.cff",
        "config/more.yaml",
        "workflow/rules/more.smk",
        ".snakemake/incomplete/cmVzdWx0cw==",
    ],
)
def test_an_added_file_starts_the_workflow(kept, path):
    (kept.folder / path).write_text("mine\n", encoding="utf-8")
    assert not is_kept(kept)


@pytest.mark.parametrize(
    ("path", "content"),
    [
        (str(KEPT), b"\xff"),
        ("results/manifest.json", b'{"files": {}, "data": {}, "left_out": {"two": []}}'),
        ("results/manifest.json", b'{"files": {}, "data": {}, "left_out": {"two": 5}}'),
        ("results/.digests/two/compute.json", b'{"code": "", "inputs": {}, "outputs": [1]}'),
        ("results/.digests/two/compute.json", b'{"code": "", "inputs": null, "outputs": {}}'),
    ],
)
def test_a_file_of_other_content_starts_the_workflow(kept, path, content):
    """As a power failure or an editor leaves it."""
    (kept.folder / path).write_bytes(content)
    assert not is_kept(kept)


def test_results_without_what_another_job_reads_start_the_workflow(kept):
    """Snakemake takes away all that a job was to write when the job is stopped."""
    record = kept.folder / "results/.digests/two/publish.json"
    for path in json.loads(record.read_text(encoding="utf-8"))["outputs"]:
        (kept.folder / path).unlink()
    record.unlink()
    assert not is_kept(kept)


@pytest.mark.parametrize("path", ["profiles/default", "workflow/rules"])
def test_what_lies_beyond_a_link_is_not_known(project, tmp_path, path):
    (project.folder / path).rename(tmp_path / "elsewhere")
    (project.folder / path).symlink_to(tmp_path / "elsewhere")
    keep_basis(project.folder, basis_of(project.folder))
    assert not (project.folder / KEPT).exists()


@pytest.mark.parametrize(
    "path",
    ["workflow/rules/._common.smk", ".snakemake/metadata/A", ".snakemake/metadata/é"],
)
def test_a_stray_file_that_cannot_be_read_ends_no_run(project, path):
    """Of what it stands for nothing is known, so that the next run starts the workflow."""
    (project.folder / path).parent.mkdir(exist_ok=True)
    (project.folder / path).write_bytes(b"\xff")
    keep_basis(project.folder, basis_of(project.folder))
    assert not (project.folder / KEPT).exists()


def test_what_snakemake_takes_from_the_environment_starts_the_workflow(kept, monkeypatch):
    monkeypatch.setenv("SNAKEMAKE_PROFILE", "mine")
    assert not is_kept(kept)


def test_a_new_date_starts_nothing(kept):
    for path in (kept.folder / "data").rglob("*"):
        path.touch()
    (kept.folder / ESTIMATES).touch()
    assert is_kept(kept)


def test_what_was_edited_during_a_run_is_not_kept(project):
    before = basis_of(project.folder)
    project.edit("workflow/rules/compute.smk", '"""', '"""\n')
    keep_basis(project.folder, before)
    assert not (project.folder / KEPT).exists()


def test_a_run_that_stops_leaves_nothing_kept(kept):
    kept.edit(OUTCOMES, "injury,5,100", "injury,105,100")
    assert kept.liftproof("report").returncode == 1
    assert not (kept.folder / KEPT).exists()


@pytest.mark.parametrize(
    "more",
    [
        'include: "elsewhere.smk"\n',
        "include: PLACE\n",
        'module other:\n    snakefile: "o"\n',
        'configfile: "elsewhere.yaml"\n',
        'workdir: "elsewhere"\n',
    ],
)
def test_rules_from_elsewhere_are_not_known(project, more):
    snakefile = project.folder / "Snakefile"
    snakefile.write_text(f"{snakefile.read_text(encoding='utf-8')}\n{more}", encoding="utf-8")
    keep_basis(project.folder, basis_of(project.folder))
    assert not (project.folder / KEPT).exists()


@pytest.mark.parametrize("length", [4, 200])
def test_files_of_other_rules_are_not_known(project, length):
    """Of these no record says what they were made from."""
    own = "m" * length
    (project.folder / own).write_text("made\n", encoding="utf-8")
    coded = urlsafe_b64encode(own.encode()).decode()
    place = project.folder / ".snakemake" / "metadata"
    whole = [f"@{coded[:254]}", coded[254:]] if len(coded) > 254 else [coded]
    note = place.joinpath(*whole)
    note.parent.mkdir(exist_ok=True)
    note.write_text("{}", encoding="utf-8")
    keep_basis(project.folder, basis_of(project.folder))
    assert not (project.folder / KEPT).exists()
