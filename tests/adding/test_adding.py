"""A new review, and a trial added to one: written whole, checked before, nothing else changed."""

import json
import shlex
from datetime import date

import pytest
from click.testing import CliRunner

from liftproof.adding.answers import TrialQuestion
from liftproof.adding.csv_rows import appended
from liftproof.adding.questions import asked_cells, asked_source
from liftproof.adding.trial_entry import UNSOURCED
from liftproof.cli import main
from liftproof.cli.add import as_command
from liftproof.errors import UsageError, WriteError
from liftproof.files import write_together
from liftproof.reviews import read
from support.small_review import GOOD

SOURCE = ("--source", "One A. J 2026;1:1-2", "--location", "abstract", "--kind", "primary_abstract")
COUNTS = ("--label", "Example 2026", "--outcome", "hamstring", "--counts", "5", "100", "12", "98")


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A small review below data/reviews of the current folder."""
    review = tmp_path / "data" / "reviews" / "small"
    review.mkdir(parents=True)
    for name, text in GOOD.items():
        (review / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return review


def run(*arguments):
    return CliRunner().invoke(main, arguments)


def contents(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_a_new_review_has_one_warning_and_takes_its_first_trial(folder):
    assert run("new", "mine").exit_code == 0
    checked = run("check", "mine")
    assert (checked.exit_code, checked.stderr) == (0, "0 errors, 1 warning\n")
    assert "studies.csv:1: file: warning: the review has no trial yet" in checked.stdout
    assert run("add", "mine", *COUNTS, *SOURCE).exit_code == 0
    assert run("check", "mine").stderr == "0 errors, 0 warnings\n"
    (row,) = json.loads(run("pool", "mine", "--json").stdout)
    assert row["k"] == 1
    assert row["estimate"] == pytest.approx((5 / 100) / (12 / 98), rel=1e-12)


def test_a_review_is_never_written_over(folder):
    before = contents(folder)
    result = run("new", "small")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "is there already" in result.stderr
    assert contents(folder) == before


@pytest.mark.parametrize("name", ["a b", "blog", "../é"])
def test_a_name_that_no_review_can_have_is_bad_usage(folder, name):
    assert run("new", name).exit_code == 2


def test_a_dry_run_writes_nothing(folder):
    before = contents(folder)
    assert "analyses:" in run("new", "mine", "--dry-run").stdout
    assert not (folder.parent / "mine").exists()
    result = run("add", "small", *COUNTS, *SOURCE, "--set", "category=strength", "--dry-run")
    assert (result.exit_code, contents(folder)) == (0, before)
    assert "crude: its RR is 0.41 (0.15 to 1.12)" in result.stdout
    assert "(k = 2) becomes " in result.stdout


def test_a_reported_estimate_is_shown_with_its_own_limits_as_the_forest_plot_does(folder):
    """Half the width of 0.42 to 1.02 about 0.65 would end at 1.0130, which is 1.01."""
    printed = ("--estimate", "0.65", "0.42", "1.02", "--measure", "RR")
    named = ("--label", "Example 2026", "--outcome", "hamstring", "--set", "category=strength")
    result = run("add", "small", *named, *printed, *SOURCE, "--dry-run")
    assert result.exit_code == 0
    assert "crude: its RR is 0.65 (0.42 to 1.02), weight " in result.stdout


def test_an_odds_ratio_among_risk_ratios_is_told_with_its_risk_ratio_before_it_is_added(folder):
    """By hand: of 36/105 controls, 0.58/(1 - 36/105 + 0.58 * 36/105) = 0.678."""
    printed = ("--p", "0.58", "0.041", "--measure", "OR")
    control = ("--set", "events_control=36", "--set", "n_control=105")
    named = ("--label", "Example 2026", "--outcome", "hamstring", "--set", "category=strength")
    result = run("add", "small", *named, *printed, *control, *SOURCE, "--dry-run")
    assert result.exit_code == 0
    assert "odds ratio 0.58 is pooled with RR as if the two were one; " in result.stderr
    assert "at the control risk of 34.3 % it is a risk ratio of 0.678" in result.stderr


def test_an_analysis_of_the_same_rows_by_another_method_is_named_once_alone(folder):
    settings = (folder / "review.yaml").read_text(encoding="utf-8")
    twin = "  - id: crude_dl\n    title: The same by DL\n    tau2: DL\n    interval: wald\n"
    (folder / "review.yaml").write_text(settings + twin, encoding="utf-8")
    result = run("add", "small", *COUNTS, *SOURCE, "--set", "category=strength", "--dry-run")
    assert result.exit_code == 0
    assert "crude: its RR is 0.41 (0.15 to 1.12)" in result.stdout
    (line,) = [line for line in result.stdout.splitlines() if "crude_dl" in line]
    assert line == "not told again, the same rows by other methods: crude_dl"


def test_a_value_out_of_order_is_shown_once(folder):
    numbers = ("--medians", "204.9", "230", "180", "30", "220", "190", "240", "30")
    named = ("--label", "Example 2026", "--outcome", "hamstring")
    result = run("add", "small", *named, *numbers, *SOURCE)
    assert "maximum must ascend, found '204.9', correct the misprint" in result.stderr


def test_rows_stand_below_the_bytes_that_were_there(folder):
    before = contents(folder)
    result = run("add", "small", *COUNTS, *SOURCE, "--set", "weeks=8", "--added", "2026-01-02")
    assert result.exit_code == 0
    after = contents(folder)
    changed = {name for name in after if after[name] != before[name]}
    assert changed == {"studies.csv", "outcomes.csv", "provenance.csv"}
    assert all(after[name].startswith(before[name]) for name in changed)
    new = after["studies.csv"].removeprefix(before["studies.csv"])
    assert new == b"example2026,Example 2026,2026,2026-01-02,,,,,,8,\n"
    rows = after["provenance.csv"].removeprefix(before["provenance.csv"]).splitlines()
    assert rows[0] == b"example2026,weeks,,,,8,One A. J 2026;1:1-2,abstract,primary_abstract"
    assert len(rows) == 5


def test_a_trial_without_a_source_says_so_and_is_marked(folder):
    refused = run("add", "small", *COUNTS)
    assert refused.exit_code == 2
    assert "--unsourced" in refused.stderr
    assert run("add", "small", *COUNTS, "--unsourced").exit_code == 0
    review = read(folder)
    kinds = {row.kind for row in review.provenance if row.study == "example2026"}
    assert kinds == {"unverified"}
    assert review.studies[-1].added == date.today().isoformat()


@pytest.mark.parametrize(
    ("more", "code", "told"),
    [
        (("--counts", "105", "100", "1", "98"), 1, "more events than the 100 participants"),
        (("--counts", "5", "100", "1", "98", "--study", "askling2003"), 1, "as on line 2"),
        (("--counts", "5", "100", "1", "98", "--set", "categry=a"), 2, "did you mean category?"),
        (("--counts", "5", "100", "1", "98", "--effect", "1", "2"), 2, "give one result"),
        ((), 2, "--counts"),
        (("--counts", "5", "100", "1", ""), 2, "give n_control\n"),
        (("--counts", "5", "100", "1.2", "98"), 1, "goes into percent_control (--percents)"),
        (
            ("--label", "Example", "--counts", "5", "100", "1", "98"),
            2,
            "give --year (the label 'Example' does not end with one)\n",
        ),
        (
            ("--means", "5", "2", "40", "6", "2", "40", "--set", "category=strength"),
            1,
            "write measure: MD or SMD or ROM in review.yaml where all trials of the analysis have "
            "means; else give this one another name in outcome",
        ),
    ],
)
def test_what_would_be_wrong_is_told_and_nothing_is_written(folder, more, code, told):
    before = contents(folder)
    label = ("--label", "Example 2026", "--outcome", "hamstring")
    result = run("add", "small", *label, *more, *SOURCE)
    assert result.exit_code == code
    assert told in result.stderr
    assert contents(folder) == before


def test_a_trial_that_enters_nothing_is_told_what_to_change(folder):
    settings = (folder / "review.yaml").read_text()
    (folder / "review.yaml").write_text(settings.partition("  - id: crude")[0])
    result = run("add", "small", *COUNTS, *SOURCE, "--set", "category=Strength", "--dry-run")
    assert "example2026: enters no analysis" in result.stdout
    assert "`overall` takes `strength` (did you mean `strength`?)" in result.stdout
    assert "to enter it: --set category=strength --set outcome_class=acute\n" in result.stdout
    assert "warning: the trial enters no analysis" in result.stderr


def test_a_misspelt_value_of_a_trial_that_enters_an_analysis_is_told(folder):
    result = run("add", "small", *COUNTS, *SOURCE, "--set", "category=strenght", "--dry-run")
    assert "example2026: enters crude" in result.stdout
    assert "did you mean strength? [value_misspelt]" in result.stderr


def test_a_given_effect_is_told_by_its_own_measure(folder):
    effect = ("--label", "Given 2026", "--outcome", "hamstring", "--effect", "-0.478", "0.0327")
    result = run("add", "small", *effect, "--measure", "HR", *SOURCE, "--dry-run")
    assert "crude: its HR is 0.62 (0.43 to 0.88)" in result.stdout


@pytest.mark.parametrize(
    ("label", "doi", "told"),
    [
        ("Askling et al. 2003", "", "of this name and year: askling2003"),
        ("Askling C 2003", "", "of this name and year: askling2003"),
        ("Askling et al. 2004", "", ""),
        ("Other 2026", "https://doi.org/10.1000/ABC.1.", "of this doi: askling2003"),
    ],
)
def test_a_trial_that_is_there_under_another_name_is_told(folder, label, doi, told):
    studies = (folder / "studies.csv").read_text().replace("level\n", "level,doi\n")
    studies = studies.replace("elite\n", "elite,10.1000/abc.1\n").replace("amateur\n", "amateur,\n")
    (folder / "studies.csv").write_text(studies)
    source = ("--source", doi or "One", "--location", "abstract", "--kind", "primary_abstract")
    result = run("add", "small", "--label", label, *COUNTS[2:], *source, "--dry-run")
    assert result.exit_code == (2 if told else 0)
    assert told in result.stderr


def test_lines_end_as_in_the_file_and_missing_columns_are_added_at_the_right():
    raw = b'\xef\xbb\xbfstudy,note\r\none,"a\r\nb"\r\n\r\ntwo,c'
    row = {"study": "three", "note": 'say "x"', "y": "0.1"}
    expected = (
        b'\xef\xbb\xbfstudy,note,y\r\none,"a\r\nb",\r\n\r\ntwo,c,\r\nthree,"say ""x""",0.1\r\n'
    )
    assert appended(raw, [row]) == expected


def test_a_failure_between_two_files_restores_the_first(tmp_path):
    first, second, folder = tmp_path / "first", tmp_path / "second", tmp_path / "folder"
    first.write_bytes(b"old")
    folder.mkdir()  # no file can be renamed to a folder
    with pytest.raises(WriteError, match="folder: cannot be written"):
        write_together({first: b"new", second: b"new", folder: b"new"})
    assert first.read_bytes() == b"old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["first", "folder"]


@pytest.mark.parametrize(
    ("option", "numbers", "told"),
    [
        ("--percents", ("5.0", "100", "12.2", "98"), "its RR is 0.41 (0.15 to 1.12)"),
        (
            "--chi2",
            ("3.31", "17", "100", "98", "control"),
            "5 of 100 and 12 of 98 with an event are taken",
        ),
        ("--incidence", ("2.5", "12", "4.0", "20", ""), "write 1000 for one per 1000 hours"),
        ("--medians", ("20", "16", "", "40", "18", "14", "23", "38"), "fill in q1_intervention"),
    ],
)
def test_results_are_added_in_the_form_in_which_they_are_printed(folder, option, numbers, told):
    named = ("--label", "Example 2026", "--outcome", "hamstring", option, *numbers)
    result = run("add", "small", *named, *SOURCE, "--set", "category=strength")
    assert told in result.output
    assert (b"example2026" in contents(folder)["outcomes.csv"]) == (result.exit_code == 0)


def test_questions_make_the_cells_of_a_trial(folder):
    first = ("Example 2026", "", "", "", "hamstring")
    result = ("reported", "0.6", "0.4", "0.9", "HR", "0.90")
    design = ("cluster", "9", "8", "", "", "no")
    answers = iter((*first, *result, *design, "strength", "acute"))

    def ask(question: TrialQuestion) -> str:
        return next(answers) or question.default

    cells = asked_cells({}, read(folder), ask)
    assert cells["study"] == "example2026"
    assert (cells["year"], cells["measure"], cells["ci_level"]) == ("2026", "HR", "0.90")
    assert (cells["category"], cells["outcome_class"]) == ("strength", "acute")
    assert (cells["design"], cells["clusters_control"], cells["icc"]) == ("cluster", "8", "")
    assert cells["cluster_adjusted"] == "no"
    assert asked_source(lambda _: "") == UNSOURCED


@pytest.mark.slow
def test_a_misspelt_outcome_is_refused_unless_it_is_said_to_be_new(folder):
    before = contents(folder)
    known = read(folder).outcomes[0].outcome
    typed = [known[:-1] if each == "hamstring" else each for each in COUNTS]
    result = run("add", "small", *typed, *SOURCE)
    assert (result.exit_code, contents(folder)) == (2, before)
    assert f"no row has the outcome {known[:-1]}: did you mean {known}?" in result.stderr
    assert run("add", "small", *typed, *SOURCE, "--new-outcome").exit_code == 0
    assert read(folder).outcomes[-1].outcome == known[:-1]


def test_answers_as_a_command_add_the_same_trial_with_an_outcome_that_was_said_to_be_new(folder):
    outcome = read(folder).outcomes[0].outcome[:-1]
    cells = {"label": "Example 2026", "outcome": outcome, "y": "-0.5", "v": "0.04"}
    cells |= {"measure": read(folder).settings.measure}
    typed = as_command("small", cells, UNSOURCED, is_new_outcome=True)
    result = run(*shlex.split(typed)[1:])
    assert result.exit_code == 0, result.stderr
    assert (read(folder).outcomes[-1].outcome, read(folder).outcomes[-1].y) == (outcome, -0.5)


def test_a_bad_answer_is_asked_again_at_once(folder):
    ask, asked = answering(
        *("Example 2026", "2203", "2026", "Ex 1", "example2026", "hamstring"),
        *("counts", "5", "l00", "100", "12", ""),
        *("counts", "5", "100", "12", "98"),
    )
    cells = asked_cells({}, read(folder), ask, latest_year=2027)
    said = [each.text for each in asked]
    assert said[2].startswith("'2203' cannot be: 2203 is still to come, write the year of pub")
    assert said[4].startswith("'Ex 1' cannot be: a key has only a-z, 0-9 and _, write ex_1.")
    assert said[9].startswith("'l00' cannot be: ")
    assert said[12].startswith("counts needs n control; choose again:")
    assert (cells["n_intervention"], cells["n_control"], cells["design"]) == ("100", "98", "")


@pytest.mark.parametrize("year", [("Ricci 2203", ()), ("Ricci 2026", ("--year", "2203"))])
def test_a_year_that_is_still_to_come_is_refused_with_the_reason(folder, year):
    typed = [year[0] if each == "Example 2026" else each for each in COUNTS]
    result = run("add", "small", *typed, *year[1], *SOURCE)
    assert result.exit_code == 2
    assert "--year: 2203: not a year of publication" in result.stderr or (
        "--year: 2203: 2203 is still to come" in result.stderr
    )


def test_a_trial_that_the_review_has_is_refused_unless_it_gets_a_key_of_its_own(folder):
    first = read(folder).studies[0]
    typed = [first.label.upper() if each == "Example 2026" else each for each in COUNTS]
    typed += ["--year", str(first.year)]
    result = run("add", "small", *typed, *SOURCE)
    assert result.exit_code == 2
    assert f"studies.csv has a trial of this label: {first.study}" in result.stderr
    assert "a further arm or result of it is a row of outcomes.csv" in result.stderr
    named = run("add", "small", *typed, *SOURCE, "--study", "another")
    assert named.exit_code == 0
    assert "[label_twice]" in named.stderr


def answering(*answers):
    """Return how to ask: these answers, then none; and the list of questions that were asked."""
    left, asked = list(answers), []

    def ask(question: TrialQuestion) -> str:
        asked.append(question)
        return (left.pop(0) if left else "") or question.default

    return ask, asked


RESULT = {
    "events_intervention": "5",
    "n_intervention": "9",
    "events_control": "1",
    "n_control": "9",
}


def test_a_key_typed_for_a_trial_that_the_review_has_makes_it_another(folder):
    review = read(folder)
    first = review.studies[0]
    ask, asked = answering(first.label, str(first.year), "another", "hamstring")
    assert asked_cells(RESULT, review, ask)["study"] == "another"
    assert asked[2].text.startswith(f"studies.csv has a trial of this label: {first.study} (")
    assert asked[2].default == ""
    for typed in ("", first.study):
        ask, asked = answering(first.label, str(first.year), typed)
        with pytest.raises(UsageError, match="it got no key of its own"):
            asked_cells({}, review, ask)
        assert len(asked) == 3


@pytest.mark.parametrize("typed_again", [True, False])
def test_an_outcome_that_looks_misspelt_is_asked_for_again(folder, typed_again):
    review = read(folder)
    known = review.outcomes[0].outcome
    given = RESULT | {"label": "Example 2026", "year": "2026", "study": "example2026"}
    ask, asked = answering(known[:-1], known[:-1] if typed_again else "")
    outcome = asked_cells(given, review, ask)["outcome"]
    assert outcome == (known[:-1] if typed_again else known)
    assert f"did you mean {known}?" in asked[1].text
    ask, asked = answering(known[:-1])
    assert asked_cells(given, review, ask, is_new_outcome=True)["outcome"] == known[:-1]
    assert not any("did you mean" in each.text for each in asked)
