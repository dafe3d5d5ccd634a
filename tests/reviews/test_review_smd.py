"""The formula of the SMD, and the divisor of changes: read, inherited, refused."""

import json

import numpy as np
import pytest
from click.testing import CliRunner

from liftproof.analysis.estimates import pool_review
from liftproof.analysis.multiverse.targets import analyses_with_targets
from liftproof.cli.main import main
from liftproof.reviews import load
from liftproof.statistics.effects.changes import standardised_difference_of_changes

SETTINGS, OUTCOMES = "review.yaml", "outcomes.csv"
BEFORE, AFTER = "title: Before and after", "title: After alone"
FILES = {
    SETTINGS: """\
title: Strength training and strength
measure: SMD
analyses:
  - id: changes
    title: Before and after
    select: {outcome: [squeeze]}
  - id: after
    title: After alone
    select: {outcome: [jump]}
  - id: injuries
    title: Injuries
    measure: RR
    select: {outcome: [injury]}
""",
    "studies.csv": "study,label,year\none2001,One 2001,2001\ntwo2002,Two 2002,2002\n",
    OUTCOMES: """\
study,outcome,mean_intervention,sd_intervention,n_intervention,mean_control,sd_control,n_control,\
mean_pre_intervention,mean_pre_control,sd_pre_intervention,sd_pre_control,better,\
events_intervention,events_control
one2001,squeeze,210,30,12,190,28,11,188,189,25,27,higher,,
two2002,squeeze,305,41,20,280,44,19,270,276,40,39,higher,,
one2001,jump,38,5,12,36,6,11,,,,,higher,,
two2002,jump,41,4,20,40,5,19,,,,,higher,,
one2001,injury,,,12,,,11,,,,,,3,5
two2002,injury,,,20,,,19,,,,,,2,6
""",
}


@pytest.fixture
def smd(review):
    """A review of standardised differences in the place of the good one, without provenance."""
    for file in ("provenance.csv", "published.csv", "risk_of_bias.csv", "grade.csv"):
        (review.folder / file).unlink(missing_ok=True)
    for file, text in FILES.items():
        review.write(file, text)
    return review


def analyses(smd):
    return {each.id: each for each in load(smd.folder).review.settings.analyses}


def y(smd, name):
    review = load(smd.folder).review
    pooled = {one.estimate.analysis: one for one in pool_review(review)}
    return [row.y for row in pooled[name].effects]


def test_the_review_is_without_errors(smd):
    assert smd.errors() == ()


def test_an_analysis_has_the_keys_of_its_review_unless_it_has_its_own(smd):
    keys = "smd: revman\nchange_sd: before\npre_post_correlation: 0.7\n"
    smd.replace(SETTINGS, "analyses:", f"{keys}analyses:")
    smd.replace(SETTINGS, "title: After alone", "title: After alone\n    smd: glass")
    found = analyses(smd)
    names = ("smd", "change_sd", "pre_post_correlation")
    told = {key: tuple(getattr(each, name) for name in names) for key, each in found.items()}
    assert told == {
        "changes": ("revman", "before", 0.7),
        "after": ("glass", "before", 0.7),
        "injuries": ("", "", None),
    }
    assert smd.errors() == ()


def test_effects_are_by_the_formula_the_divisor_and_the_correlation_of_the_analysis(smd):
    keys = "smd: revman\n    change_sd: change\n    pre_post_correlation: 0.8\n"
    smd.replace(SETTINGS, "title: Before and after", f"title: Before and after\n    {keys}")
    first, second = (210, 188, 30, 12, 190, 189, 28, 11, 25, 27), (305, 270, 41, 20)
    second += (280, 276, 44, 19, 40, 39)
    expected = standardised_difference_of_changes(
        *np.array([first, second], dtype=float).T,
        formula="revman",
        change_sd="change",
        pre_post_correlation=0.8,
    )
    assert y(smd, "changes") == pytest.approx(-expected.y, rel=1e-12)


def test_higher_is_better_shows_positive_effects_where_the_intervention_helps(smd):
    below = y(smd, "changes")
    smd.replace(SETTINGS, BEFORE, f"{BEFORE}\n    better: higher")
    above = y(smd, "changes")
    assert max(below) < 0 < min(above)
    assert above == [-value for value in below]
    review = load(smd.folder).review
    rows = {one.estimate.analysis: one.estimate for one in pool_review(review)}
    assert rows["changes"].ci_low < rows["changes"].estimate < rows["changes"].ci_high
    assert rows["changes"].estimate > 0
    assert rows["after"].estimate < 0


def test_pool_prints_the_direction_shown(smd):
    smd.replace(SETTINGS, BEFORE, f"{BEFORE}\n    better: higher")
    result = CliRunner().invoke(main, ["pool", str(smd.folder), "--analysis", "changes", "--json"])
    assert result.exit_code == 0
    (row,) = json.loads(result.stdout)
    assert row["estimate"] > 0


@pytest.mark.parametrize(
    ("old", "new", "line", "column", "words"),
    [
        ("analyses:", "smd: revmen\nanalyses:", 3, "smd", ("did you mean revman?",)),
        (AFTER, f"{AFTER}\n    smd: glas", 9, "smd", ("'glas'", "did you mean glass?")),
        (BEFORE, f"{BEFORE}\n    change_sd: befor", 6, "change_sd", ("mean before?",)),
        (
            *(BEFORE, f"{BEFORE}\n    pre_post_correlation: 70", 6, "pre_post_correlation"),
            ("not a correlation", "such as 0.7"),
        ),
        (
            *(BEFORE, f"{BEFORE}\n    change_sd: change", 6, "change_sd"),
            ("changes needs the correlation", "pre_post_correlation: of a source", "never assumed"),
        ),
        (
            *("analyses:", "change_sd: change\nanalyses:", 3, "change_sd"),
            ("changes needs the correlation", "never assumed"),
        ),
        (
            *(AFTER, f"{AFTER}\n    change_sd: before", 9, "change_sd"),
            ("pools no row with means before and after", "mean_pre_intervention"),
        ),
        (
            *(AFTER, f"{AFTER}\n    pre_post_correlation: 0.5", 9, "pre_post_correlation"),
            ("pools no row with means before", "'0.5'"),
        ),
        (
            *("measure: RR", "measure: RR\n    smd: revman", 13, "smd"),
            ("RR does not pool standardised mean differences", "leave it out"),
        ),
        (
            *(AFTER, f"{AFTER}\n    multiverse: {{smd: [AV]}}", 9, "smd"),
            ("an unsuitable smd", "rests on all trials"),
        ),
        (
            *(AFTER, f"{AFTER}\n    smd: AV\n    multiverse: {{}}", 10, "multiverse"),
            ("choices of smd AV are not gone through", "or use smd hedges or LS"),
        ),
        (
            *("measure: RR", "measure: RR\n    multiverse: {smd: [hedges]}", 13, "smd"),
            ("only SMD has such formulas",),
        ),
    ],
)
def test_a_wrong_key_is_told_with_line_and_remedy(smd, only, old, new, line, column, words):
    smd.replace(SETTINGS, old, new)
    only(smd.errors(), SETTINGS, line, column, *words)


def test_a_key_of_the_review_that_no_analysis_can_use_is_told(smd, only):
    smd.replace(SETTINGS, "measure: SMD", "measure: MD\nsmd: revman")
    only(smd.errors(), SETTINGS, 3, "smd", "no analysis pools standardised", "leave it out")


def test_a_standard_deviation_before_that_is_needed_is_asked_for_in_its_row(smd, only):
    smd.replace(SETTINGS, BEFORE, f"{BEFORE}\n    change_sd: before")
    assert smd.errors() == ()
    smd.cell(OUTCOMES, 3, "sd_pre_control", "")
    words = ("not known, but changes are divided by it (changes)", "change_sd: after")
    only(smd.errors(), OUTCOMES, 3, "sd_pre_control", *words)


def test_no_multiverse_goes_through_a_variance_that_rests_on_all(smd):
    published = "target,analysis,quantity,printed\nt,after,estimate,-0.2\n"
    smd.write("published.csv", published)
    review = load(smd.folder).review
    assert [each.id for each in analyses_with_targets(review)] == ["after"]
    smd.replace(SETTINGS, AFTER, f"{AFTER}\n    smd: AV")
    assert analyses_with_targets(load(smd.folder).review) == ()
