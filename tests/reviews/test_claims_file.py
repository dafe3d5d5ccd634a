"""``claims.yaml`` with accidents: every problem at once, with its line and the nearest name."""

import shutil
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

import pytest

from liftproof.cli.check import check_reviews
from liftproof.errors import DataError
from liftproof.reviews import read
from liftproof.reviews.checks.check_claims import check_claims, read_claims
from liftproof.reviews.files.claims_file import claims_of
from liftproof.reviews.model.dose_question import DoseQuestion
from support.small_review import GOOD

CLAIMS = """\
readers: athletes
least_share: 0.8
groups:
  athletes:
    words: athletes
    sport: [running]
claims:
  - id: third
    claimed: To less than a third.
    where: A page
    analysis: two/overall
    implies: {population: athletes}
    point: {below: 1/3}
    certainty: [interval, prediction]
    beside: [two/crude]
  - id: untested
    claimed: Running is enough.
    where: A page
    reason: nobody measured it
cautions:
  - id: weeks
    text: Of {all} injuries {early} came early.
    numbers:
      all: two/askling2003/hamstring/events_control
      early: two/askling2003/hamstring/events_intervention
    source: Askling 2003, abstract
"""


@pytest.fixture
def project(tmp_path):
    folder = tmp_path / "data" / "reviews" / "two"
    folder.mkdir(parents=True)
    for name, text in GOOD.items():
        (folder / name).write_text(text, encoding="utf-8")
    (tmp_path / "data" / "claims.yaml").write_text(CLAIMS, encoding="utf-8")
    return tmp_path


def problems(project: Path, text: str) -> list[str]:
    reviews = {"two": read(project / "data" / "reviews" / "two")}
    file = claims_of(text, Path("data/claims.yaml"))
    return [str(each) for each in check_claims(file, reviews, ["two"])]


def test_a_good_file_reads_as_written(project):
    reviews = {"two": read(project / "data" / "reviews" / "two")}
    claims = read_claims(project, reviews, ["two"])
    third, untested = claims.claims
    assert claims.readers is not None
    assert claims.readers.select == {"sport": ("running",)}
    assert claims.least_share == 0.8
    assert third.point is not None
    assert (third.review, third.analysis, third.point.threshold) == ("two", "overall", 1 / 3)
    assert (third.certainty, third.beside) == (("interval", "prediction"), (("two", "crude"),))
    assert (untested.review, untested.reason) == ("", "nobody measured it")


def test_an_empty_file_is_told_what_it_needs():
    (problem,) = claims_of("", Path("data/claims.yaml")).problems
    assert (
        str(problem) == "data/claims.yaml:1: file: the file is empty, found nothing, write claims:"
    )


@pytest.mark.parametrize(
    ("before", "after", "line", "wrong", "remedy"),
    [
        ("readers: athletes", "reader: athletes", 1, "an unknown key", "did you mean readers?"),
        ("readers: athletes", "readers: athlets", 1, "no such group", "did you mean athletes?"),
        ("0.8", "1.8", 2, "not a share", "write a number up to 1"),
        ("sport:", "sprot:", 4, "no review has such a column", "did you mean sport?"),
        ("claimed: To less", "claim: To less", 9, "an unknown key", "did you mean claimed?"),
        ("two/overall", "too/overall", 11, "no such review", "did you mean two?"),
        ("two/overall", "two/overal", 11, "two has no such analysis", "did you mean overall?"),
        ("two/overall", "overall", 11, "not review/analysis", "write such as lauersen2018/overall"),
        ("population: athletes", "popluation: athletes", 12, "an unknown key", "population?"),
        ("below: 1/3", "below: third", 13, "not a number", "write such as 0.5 or 1/3"),
        ("below: 1/3", "beneath: 1/3", 13, "an unknown key", "known are: below, at_most"),
        ("prediction]", "predicted]", 14, "an unknown kind of certainty", "mean prediction?"),
        ("two/crude", "two/crudest", 15, "two has no such analysis", "did you mean crude?"),
        ("id: untested", "id: third", 16, "two claims have the same id", "rename one of them"),
        ("id: untested", "id: Un tested", 16, "an id has only a-z, 0-9 and _", "write un_tested"),
        ("{below: 1/3}", "{below: 1, at_most: 1}", 13, "two conditions", "keep one of them"),
        (
            "    words: athletes\n    sport: [running]\n",
            "    athletes\n",
            5,
            "keys with",
            "write key",
        ),
        ("    words: athletes\n", "", 4, "words is missing", "add words: to athletes"),
        ("    sport: [running]\n", "", 4, "a group that nothing belongs to", "write a column"),
        ("{below: 1/3}", "{}", 13, "no condition", "write such as {below: 0.5}"),
        ("below: 1/3", "reduction: 0.66", 13, "not a percentage", "write such as 66"),
        ("below: 1/3", "below: -1/3", 13, "no RR is so low", "write a ratio, such as 0.5"),
        ("point: {below: 1/3}", "dose: volume", 14, "certain of nothing", "add point:"),
        (
            "point: {below: 1/3}",
            "requires: {}",
            13,
            "nothing is required",
            "a column and its value",
        ),
        ("reason: nobody", "dose: nobody", 16, "a required key is missing", "add analysis:"),
        ("    reason: nobody measured it\n", "", 16, "nothing decides this claim", "add point:"),
        ("population: athletes", "outcome: athlets", 12, "no such group", "did you mean athletes?"),
        ("point: {below: 1/3}", "against: []", 13, "held against nothing", "[one/other]"),
        ("point: {below: 1/3}", "against: [two/curde]", 13, "no such analysis", "mean crude?"),
        ("point: {below: 1/3}", "against: [too/crude]", 13, "no such review", "did you mean two?"),
        (
            "point: {below: 1/3}",
            "against: [two/crude]",
            13,
            "not independent: both have askling2003, petersen2011",
            "name an analysis of other trials",
        ),
        ("text: Of {all}", "text: Of {al}", 22, "no such number", "did you mean all?"),
        ("{early} came", "some came", 25, "the text does not show it", "write {early} in text:"),
        ("all: two/", "all: too/", 24, "no such review", "did you mean two?"),
        ("two/askling2003", "two/asklin2003", 24, "two has no such trial", "askling2003?"),
        ("hamstring/", "hamstrings/", 24, "askling2003 has no such outcome", "hamstring?"),
        ("events_control", "event_control", 24, "no number of outcomes.csv", "events_control?"),
        ("hamstring/events_control", "hamstring/estimate", 24, "an empty cell of askling2003", ""),
        ("/events_control", "", 24, "not review/trial/outcome/column", "write such as nordic/"),
        ("    source: Askling 2003, abstract\n", "", 21, "a required key", "add source:"),
        ("- id: weeks", "- id: Weeks!", 21, "an id has only a-z, 0-9 and _", "write weeks"),
    ],
)
def test_an_accident_is_told_with_its_line(project, before, after, line, wrong, remedy):
    found = problems(project, CLAIMS.replace(before, after, 1))
    (told,) = (each for each in found if wrong in each)
    assert told.startswith(f"data/claims.yaml:{line}:")
    assert remedy in told


def test_the_analysis_of_another_review_or_scale_cannot_be_held_against(project):
    """Two reviews with the same trials; in one a difference of means stands beside the ratios."""
    review = read(project / "data" / "reviews" / "two")
    settings = review.settings
    means = replace(settings.analyses[1], id="means", measure="SMD")
    settings = replace(settings, analyses=(*settings.analyses, means))
    reviews = {"two": replace(review, settings=settings), "other": replace(review, name="other")}
    for named, wrong in (
        ("two/means", "SMD is not on the scale of RR, found 'two/means', name one that is"),
        ("other/crude", "another review, found 'other/crude', name an analysis of two"),
    ):
        text = CLAIMS.replace("point: {below: 1/3}", f"against: [{named}]")
        file = claims_of(text, Path("data/claims.yaml"))
        found = [str(each) for each in check_claims(file, reviews, list(reviews))]
        assert f"data/claims.yaml:13: against: {wrong}" in found


def test_a_result_of_two_arms_needs_a_name_of_its_own(project):
    """Which of the two the caution means cannot be told."""
    folder = project / "data" / "reviews" / "two"
    path = folder / "outcomes.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(f"{text}askling2003,hamstring,,high,acute,1,9,2,9{',' * 11}\n", "utf-8")
    (folder / "provenance.csv").unlink()
    (found,) = (each for each in problems(project, CLAIMS) if ":24:" in each)
    assert "2 primary results of askling2003, found 'hamstring'" in found


def test_a_value_that_no_trial_has_is_a_warning_where_it_looks_mistyped(project):
    """That no trial is of runners may be so; that none is of "strenght" is an accident."""
    text = CLAIMS.replace("sport: [running]", "category: [strenght]")
    (found,) = problems(project, text)
    assert found.startswith("data/claims.yaml:4: athletes: warning: no trial has this value in")
    assert "found 'strenght', did you mean strength?" in found
    (project / "data" / "claims.yaml").write_text(text, encoding="utf-8")
    reviews = {"two": read(project / "data" / "reviews" / "two")}
    assert len(read_claims(project, reviews, ["two"]).claims) == 2


@pytest.mark.parametrize(("column", "is_known"), [("sprot", False), ("club", True)])
def test_a_column_that_no_claimed_review_has_is_looked_for_in_the_others(project, column, is_known):
    """Beyond twenty reviews those that claims name alone are given."""
    reviews = {"two": read(project / "data" / "reviews" / "two")}
    other = project / "data" / "reviews" / "other"
    shutil.copytree(project / "data" / "reviews" / "two", other)
    rows = (other / "studies.csv").read_text(encoding="utf-8").splitlines()
    with_club = [f"{rows[0]},club", *(f"{row},A" for row in rows[1:])]
    (other / "studies.csv").write_text("\n".join(with_club) + "\n", encoding="utf-8")
    text = CLAIMS.replace("sport:", f"{column}:")
    (project / "data" / "claims.yaml").write_text(text, encoding="utf-8")
    told = (
        nullcontext() if is_known else pytest.raises(DataError, match=r"no review has such a col")
    )
    with told:
        read_claims(project, reviews, ["two", "other"])


def test_a_dose_question_and_a_column_have_to_exist(project):
    text = CLAIMS.replace("point: {below: 1/3}", "dose: volume")
    assert any("13: dose: two asks no such question" in each for each in problems(project, text))
    text = CLAIMS.replace("point: {below: 1/3}", "requires: {outcome_clas: acute}")
    (found,) = (each for each in problems(project, text) if "two has no such column" in each)
    assert "did you mean outcome_class?" in found


def test_a_required_value_may_be_missing_but_not_mistyped(project):
    text = CLAIMS.replace("point: {below: 1/3}", "requires: {outcome: hamstrng}")
    (found,) = (each for each in problems(project, text) if "requires" in each)
    assert found.startswith("data/claims.yaml:13: requires: no trial of two has this value in")
    assert "found 'hamstrng', did you mean hamstring?" in found
    text = CLAIMS.replace("point: {below: 1/3}", "requires: {outcome: discharge}")
    assert not [each for each in problems(project, text) if "requires" in each]


def test_every_problem_at_once(project):
    text = CLAIMS.replace("two/overall", "two/overal").replace("prediction]", "predicted]")
    assert len(problems(project, text)) == 2
    (project / "data" / "claims.yaml").write_text(text, encoding="utf-8")
    reviews = {"two": read(project / "data" / "reviews" / "two")}
    with pytest.raises(DataError, match=r"overall\?(.|\n)*claims.yaml:14"):
        read_claims(project, reviews, ["two"])


def test_check_of_all_reviews_checks_the_claims(project):
    assert not [each for each in check_reviews([], project).problems if not each.is_warning]
    text = CLAIMS.replace("two/overall", "two/overal")
    (project / "data" / "claims.yaml").write_text(text, encoding="utf-8")
    (found,) = (each for each in check_reviews([], project).problems if not each.is_warning)
    assert found.line == 11
    assert not [each for each in check_reviews(["two"], project).problems if not each.is_warning]


def test_a_condition_on_an_analysis_of_which_higher_is_better_is_refused(project):
    review = read(project / "data" / "reviews" / "two")
    overall, crude = review.settings.analyses
    higher = replace(overall, better="higher")
    shown = replace(review, settings=replace(review.settings, analyses=(higher, crude)))
    found = check_claims(claims_of(CLAIMS, Path("data/claims.yaml")), {"two": shown}, ["two"])
    (told,) = (str(each) for each in found if not each.is_warning)
    assert told.startswith("data/claims.yaml:13: below: of overall higher values are better")
    assert "write above:" in told


def test_above_is_for_analyses_of_which_higher_is_better(project):
    review = read(project / "data" / "reviews" / "two")
    overall, crude = review.settings.analyses
    higher = replace(overall, better="higher")
    shown = replace(review, settings=replace(review.settings, analyses=(higher, crude)))
    file = claims_of(CLAIMS.replace("below: 1/3", "above: 1/3"), Path("data/claims.yaml"))
    assert check_claims(file, {"two": shown}, ["two"]) == ()
    (told,) = (str(each) for each in check_claims(file, {"two": review}, ["two"]))
    assert told.startswith("data/claims.yaml:13: above: of overall lower values are better")
    assert "write below: or at_most:" in told


def test_a_dose_question_on_an_analysis_of_which_higher_is_better_is_refused(project):
    review = read(project / "data" / "reviews" / "two")
    overall, crude = review.settings.analyses
    question = DoseQuestion(
        id="volume", title="Volume", analysis="overall", columns=("reps_total",)
    )
    settings = replace(
        review.settings, analyses=(replace(overall, better="higher"), crude), dose=(question,)
    )
    text = CLAIMS.replace("point: {below: 1/3}", "dose: volume").replace(
        "    certainty: [interval, prediction]\n", ""
    )
    shown = {"two": replace(review, settings=settings)}
    told = [
        str(each) for each in check_claims(claims_of(text, Path("claims.yaml")), shown, ["two"])
    ]
    assert any("dose: claims on dose are decided where lower is better" in each for each in told)
