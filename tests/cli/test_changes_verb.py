"""``liftproof changes``: by date, by revision of git, and since the last report."""

import json
import shutil
import subprocess

import pytest
from click.testing import CliRunner

from liftproof.cli import main
from liftproof.pages.changes.change_text import named
from liftproof.project.kept_data import EARLIER, LAST, keep_data
from liftproof.project.report_changes import report_changes
from support.small_project import CONTRARY, TRIALS, pooled, small_project


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A project as the current folder, below a folder of which git knows nothing."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    return small_project(tmp_path)


def changes(*arguments):
    result = CliRunner().invoke(main, ["changes", *arguments])
    assert result.exit_code == 0, result.stderr
    return result.stdout


def shown(*counts):
    estimate, low, high = pooled(*counts)
    return f"{estimate:.2f} ({low:.2f} to {high:.2f})"


BEFORE = shown(*TRIALS.values())
AFTER = shown(*TRIALS.values(), CONTRARY)


def git(folder, *arguments):
    name = ("-c", "user.name=a", "-c", "user.email=a@b.invalid")
    subprocess.run(["git", "-C", folder, *name, *arguments], check=True, capture_output=True)


def commit(project):
    if not (project.folder / ".git").exists():
        git(project.folder, "init", "-q")
    git(project.folder, "add", "data")
    git(project.folder, "commit", "-qm", "data")


def test_trials_added_after_a_date_are_told_with_the_estimate_verdicts_and_figures(project):
    project.add("three2021", CONTRARY, "2026-11-02")
    lines = [line.strip() for line in changes("two", "2026-11-01").splitlines()]
    assert "1 trial added: Three 2021" in lines
    assert "† rests on unverified numbers: Three 2021" in lines
    assert f"k 2 → 3; estimate {BEFORE} → {AFTER}" in lines
    assert "estimates as before: 1 of 2" in lines
    moved = "moved: overall: the interval no longer excludes no effect (1): by Three 2021"
    assert moved in lines
    assert any(line.startswith("printed number: main, ") and "3.00" not in line for line in lines)
    kinds = (
        *("forest", "multiverse", "cumulative", "additions", "leave_one_out", "funnel"),
        *("baujat", "p_value_function", "monitoring", "flow"),
    )
    figures = ", ".join(f"overall/{kind}" for kind in kinds)
    assert f"figures made from what changed: {figures}" in lines
    claim = (
        "claim halved: supported → not supported: Injuries are halved. "
        "Taken as: a risk ratio of at most 0.5."
    )
    assert claim in lines


def test_an_analysis_of_the_same_effects_is_told_in_one_line(project):
    twin = (
        "  - id: twin\n    title: T\n    tau2: DL\n    select: {outcome: [injury]}\n  - id: other"
    )
    project.edit("review.yaml", "  - id: other", twin)
    project.add("three2021", CONTRARY, "2026-11-02")
    lines = [line.strip() for line in changes("two", "2026-11-01").splitlines()]
    (told,) = [line for line in lines if line.startswith("twin")]
    assert told.startswith("twin, of the same effects: estimate ")
    assert "; τ² " in told
    (moved,) = [line for line in lines if line.startswith("moved: ")]
    assert moved.startswith("moved: overall: ")


def test_the_day_itself_counts_as_before_and_is_told(project):
    project.add("three2021", CONTRARY, "2026-11-01")
    assert changes("2026-11-01").splitlines() == [
        "No trial was added after 2026-11-01",
        "two: 1 trial added on 2026-11-01 itself: there before, as it is counted here; name the "
        "day before to see what came of it",
    ]


def test_a_trial_that_no_analysis_takes_is_told(project):
    project.add("three2021", CONTRARY, "2026-11-02")
    project.edit("outcomes.csv", "three2021,injury", "three2021,soreness")
    lines = [line.strip() for line in changes("2026-11-01").splitlines()]
    assert lines[2:] == [
        "1 trial added: Three 2021",
        "no analysis takes Three 2021",
        "estimates as before: 2 of 2",
        "No conclusion moved",
    ]


@pytest.mark.slow
def test_an_edited_cell_is_told_against_a_revision_with_what_it_did(project):
    commit(project)
    assert changes("HEAD") == "Nothing changed since HEAD\n"
    project.edit("outcomes.csv", "one2019,injury,5,", "one2019,injury,9,")
    project.edit("published.csv", "0.36", "0.360")
    project.edit("review.yaml", "Other outcomes", "Pain")
    lines = [line.strip() for line in changes("two", "HEAD").splitlines()]
    assert "1 trial edited: One 2019" in lines
    after = shown((9, 100, 12, 98), TRIALS["two2020"])
    assert f"k 2; estimate {BEFORE} → {after}" in lines
    assert "outcomes.csv: one2019, injury: events_intervention: 5 → 9" in lines
    assert "published.csv: main, estimate: printed: 0.36 → 0.360" in lines
    assert "review.yaml: analyses/other/title: Other outcomes → Pain" in lines


def test_a_trial_that_was_taken_out_is_told_and_an_edited_claim_gets_its_verdict(project):
    commit(project)
    for name in ("studies.csv", "outcomes.csv"):
        text = (project.review / name).read_text(encoding="utf-8").splitlines(keepends=True)
        kept = [line for line in text if not line.startswith("one2019")]
        (project.review / name).write_text("".join(kept), encoding="utf-8")
    claims = project.folder / "data" / "claims.yaml"
    claims.write_text(claims.read_text(encoding="utf-8").replace("0.5", "0.1"), encoding="utf-8")
    lines = [line.strip() for line in changes("HEAD").splitlines()]
    assert "1 trial removed: One 2019" in lines
    assert f"k 2 → 1; estimate {BEFORE} → {shown(TRIALS['two2020'])}" in lines
    told = "claim halved: supported → weaker than said: Injuries are halved. Taken as: "
    assert f"{told}a risk ratio of at most 0.1." in lines


def test_claims_with_errors_do_not_stand_in_the_way_of_estimates(project):
    project.add("three2021", CONTRARY, "2026-11-02")
    (project.folder / "data" / "claims.yaml").write_text("claims: 1\n", encoding="utf-8")
    text = changes("2026-11-01")
    assert f"estimate {BEFORE} → {AFTER}" in text
    assert text.endswith("data/claims.yaml has, or had, errors: the verdicts are not compared\n")


def test_reviews_that_are_new_or_gone_are_told(project):
    commit(project)
    old, new = project.review, project.review.with_name("new")
    shutil.copytree(old, new)
    assert changes("HEAD").splitlines() == ["What changed since HEAD:", "new: was not there before"]
    old.rename(old.with_name("Two"))
    assert changes("HEAD").splitlines() == [
        "What changed since HEAD:",
        "Two: was not there before",
        "new: was not there before",
        "two: is there no more",
    ]
    assert changes("new", "HEAD").splitlines()[1:] == ["new: was not there before"]


def test_a_report_without_a_review_that_the_last_one_had_says_so(project):
    shutil.copytree(project.review, project.review.with_name("new"))
    shutil.copytree(project.folder / "data", project.folder / EARLIER / "data")
    shutil.rmtree(project.review.with_name("new"))
    assert report_changes(project.folder)[1:] == ["new: is there no more"]


def test_a_folder_outside_a_project_is_compared_with_its_revision(project, monkeypatch):
    commit(project)
    monkeypatch.chdir(project.review.parent)
    project.add("three2021", CONTRARY)
    assert f"estimate {BEFORE} → {AFTER}" in changes("two", "HEAD")


def test_without_a_report_the_remedy_is_told(project):
    del project
    assert changes().startswith("No report was made here yet")


@pytest.mark.slow
def test_the_last_report_is_what_the_data_of_now_are_held_against(project):
    project.report()
    assert keep_data(project.folder) is False
    assert changes() == "Nothing changed since the last report\n"
    project.add("three2021", CONTRARY)
    edited = changes("two", "last")
    assert edited.startswith("What changed since the last report:\n")
    assert f"k 2 → 3; estimate {BEFORE} → {AFTER}" in edited
    project.report()
    assert keep_data(project.folder) is True
    heading = "What changed in the last report, since the one before it:\n"
    assert changes("two") == edited.replace("What changed since the last report:\n", heading)
    told = report_changes(project.folder)
    assert told[1] == (
        "two: 1 trial added: Three 2021; † rests on unverified numbers: Three 2021; "
        "1 of 2 estimates changed"
    )
    assert told[2] == f"  overall: k 2 → 3; estimate {BEFORE} → {AFTER}"


def test_a_second_report_of_the_same_data_changes_nothing_that_is_kept(project):
    project.report()
    keep_data(project.folder)
    project.add("three2021", CONTRARY)
    project.report()
    keep_data(project.folder)
    assert keep_data(project.folder) is False
    assert (project.folder / LAST).is_dir()
    earlier = project.folder / EARLIER / "data/reviews/two/studies.csv"
    assert "three2021" not in earlier.read_text(encoding="utf-8")


def test_data_edited_while_a_report_was_made_are_not_taken_for_its_own(project):
    project.report()
    project.add("three2021", CONTRARY)
    assert keep_data(project.folder) is False
    assert not (project.folder / LAST).exists()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("twoo",), "if a review is meant, did you mean two?"),
        (("twoo", "last"), "did you mean two?"),
        (("two", "2026-02-30"), "2026-02-30 is no date: day is out of range"),
        (("two", "--output=x"), "No such option"),
        (("two", "no-such"), "lies in no repository of git: there are no revisions"),
    ],
)
def test_what_cannot_be_asked_is_bad_usage_with_a_remedy(project, arguments, told):
    del project
    result = CliRunner().invoke(main, ["changes", *arguments])
    assert (result.exit_code, told in result.stderr) == (2, True), result.stderr


def test_an_unknown_revision_is_told(project):
    commit(project)
    result = CliRunner().invoke(main, ["changes", "two", "no-such"])
    assert result.exit_code == 2
    assert "'no-such' is no revision of git here" in result.stderr


def test_without_git_the_remedy_is_told(project, monkeypatch):
    del project
    monkeypatch.setenv("PATH", "")
    result = CliRunner().invoke(main, ["changes", "two", "HEAD"])
    assert result.exit_code == 1
    assert "git is not installed" in result.stderr


def test_of_very_many_names_the_rest_are_counted():
    assert named([str(number) for number in range(14)]).endswith("10, 11, and 2 more")


def test_how_the_results_are_cited_is_no_data_that_was_edited(project):
    project.report()
    manifest = project.folder / "results" / "manifest.json"
    written = json.loads(manifest.read_text(encoding="utf-8"))
    written["data"]["data/CITATION.cff"] = "0" * 64
    manifest.write_text(json.dumps(written), encoding="utf-8")
    keep_data(project.folder)
    assert (project.folder / LAST).is_dir()
