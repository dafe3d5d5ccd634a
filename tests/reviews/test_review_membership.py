"""Of each trial: which analyses it enters, why not the others, and a warning where it is none."""

import pytest
from click.testing import CliRunner

from liftproof.analysis.entries import TrialEntries, trial_entries
from liftproof.cli import main
from liftproof.reviews import load, read
from liftproof.reviews.model.membership import Membership
from liftproof.reviews.model.review_tables import Study
from liftproof.words.entry_words import entry_line, entry_lines
from support.small_review import GOOD

TRIAL = "vanish2026,Vanish 2026,2026,,,,,,{category},,"
RESULT = "vanish2026,{outcome},,,{group},4,40,9,41,,,,,,,,,,,"


@pytest.fixture
def made(tmp_path):
    """Write the small review with one more trial, and without its analysis of all trials."""

    def make(category="strength", outcome="hamstring", group="acute", settings="", result=RESULT):
        files = dict(GOOD)
        files["review.yaml"] = files["review.yaml"].partition("  - id: crude")[0] + settings
        files["studies.csv"] += TRIAL.format(category=category) + "\n"
        files["outcomes.csv"] += result.format(outcome=outcome, group=group) + "\n"
        for name, text in files.items():
            (tmp_path / name).write_text(text, encoding="utf-8")
        return tmp_path

    return make


def vanished(folder):
    return [str(each) for each in load(folder).problems if each.wrong.startswith("the trial ente")]


def test_a_trial_that_an_analysis_takes_raises_no_warning(made):
    folder = made()
    assert vanished(folder) == []
    assert entry_line(trial_entries(read(folder))[-1]) == "vanish2026: enters overall"


def test_a_trial_that_enters_nothing_is_a_warning_with_the_nearest_analysis(made):
    (warning,) = vanished(made(group="overuse"))
    assert "studies.csv:4: study: warning: the trial enters no analysis" in warning
    assert "the nearest is overall: outcome_class is `overuse`; `overall` takes `acute`" in warning
    assert "outcome_class would have to be `acute`" in warning


def test_a_slip_in_a_selecting_value_is_named(made):
    (warning,) = vanished(made(category="Strength"))
    assert (
        "category is `Strength`; `overall` takes `strength` (did you mean `strength`?)" in warning
    )


def test_a_value_in_a_column_that_nobody_selects_by_is_named(made):
    folder = made(category="")
    studies = (folder / "studies.csv").read_text().replace("2026,,,,,,,,", "2026,,,,,,,,strength")
    (folder / "studies.csv").write_text(studies)
    (warning,) = vanished(folder)
    assert "(level is `strength`, but no analysis selects by it)" in warning


def test_a_trial_said_to_stand_beside_raises_no_warning(made):
    settings = "beside: {outcome_class: [overuse]}\n"
    assert vanished(made(group="overuse", settings=settings)) == []


def test_beside_is_checked_as_select_is(made):
    settings = "beside: {outcome_clas: [overuse]}\n"
    texts = [str(each) for each in load(made(settings=settings)).problems]
    assert any("beside: no table has such a column" in text for text in texts)


def test_a_trial_without_events_is_chosen_and_not_pooled(made):
    folder = made(result=RESULT.replace("4,40,9,41", "0,40,0,41"))
    (warning,) = [entry_line(each) for each in trial_entries(read(folder)) if not each.enters]
    assert warning == ("vanish2026: enters no analysis; not overall (no events in either arm)")


def test_check_and_pool_say_what_each_trial_enters(made):
    folder = str(made(group="overuse"))
    lines = CliRunner().invoke(main, ["check", folder]).stdout.splitlines()
    assert "  askling2003, petersen2011: enter overall" in lines
    assert "  vanish2026: enters no analysis; not overall (outcome_class is `overuse`)" in lines
    pooled = CliRunner().invoke(main, ["pool", folder, "--json"])
    assert pooled.stdout.startswith("[\n")
    assert "1 of 3 trials enter no analysis: vanish2026" in pooled.stderr
    one = CliRunner().invoke(main, ["pool", folder, "--analysis", "overall"])
    assert "not in overall: vanish2026: outcome_class is `overuse`" in one.stderr


def test_every_trial_of_a_large_review_is_named():
    studies = [Study(study=f"t{number}", label="T 2001", year=2001) for number in range(500)]
    every = [
        TrialEntries(
            study=each, memberships=(Membership(study=each, analysis="overall", reason=""),)
        )
        for each in studies
    ]
    _, line = entry_lines("many", every)
    names, _, _ = line.strip().partition(": ")
    assert names.split(", ") == [each.study for each in studies]


@pytest.mark.parametrize(
    ("category", "like"),
    [("strenght", "strength"), ("Strength", "strength"), ("balance", ""), ("strength", "")],
)
def test_a_value_that_looks_like_one_that_is_taken_is_named(made, category, like):
    """Also where another analysis takes the trial, so that it does not vanish."""
    folder = made(category=category, settings="  - {id: every, title: Every}\n")
    told = [each for each in load(folder).problems if each.rule == "value_misspelt"]
    assert [(each.line, each.column, each.remedy) for each in told] == (
        [(4, "category", f"did you mean {like}?")] if like else []
    )


def test_a_value_of_two_trials_is_a_group_unless_capitals_alone_tell_it(made):
    other = TRIAL.replace("vanish", "other").replace("Vanish", "Other")
    for category, told in (("strengths", 0), ("STRENGTH", 2)):
        folder = made(category=category)
        studies = (folder / "studies.csv").read_text() + other.format(category=category) + "\n"
        (folder / "studies.csv").write_text(studies)
        rules = [each.rule for each in load(folder).problems]
        assert rules.count("value_misspelt") == told
