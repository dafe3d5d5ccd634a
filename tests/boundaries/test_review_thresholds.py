"""The thresholds of what a review's numbers may be: just within, at, and just beyond each."""

import pytest

from liftproof.reviews import load

STUDY = {"study": "ant", "label": "Ant 2001", "year": "2001"}
COUNTS = {
    "events_intervention": "5",
    "n_intervention": "100",
    "events_control": "12",
    "n_control": "100",
}
MEANS = {
    "mean_intervention": "4.1",
    "sd_intervention": "1.2",
    "n_intervention": "15",
    "mean_control": "3.9",
    "sd_control": "1.1",
    "n_control": "15",
}
REPORTED = {"estimate": "0.50", "ci_low": "0.25", "ci_high": "1.00", "p_value": "0.05"}


def table(row):
    return f"{','.join(row)}\n{','.join(row.values())}\n"


@pytest.fixture
def complained(tmp_path):
    """Return by column what a review of one trial complains of, by its cells."""

    def check(result, *, study=(), measure="RR", **cells):
        folder = tmp_path / "made_up"
        folder.mkdir(exist_ok=True)
        analysis = "analyses:\n  - id: all\n    title: All\n"
        head = "title: Made up\ncitation: Nobody (2020)\nintervention: lifting\ncontrol: none\n"
        outcome = {"study": "ant", "outcome": "injury", **result, **cells}
        texts = {
            "review.yaml": f"{head}measure: {measure}\n{analysis}",
            "studies.csv": table({**STUDY, **dict(study)}),
            "outcomes.csv": table(outcome),
            "provenance.csv": "study,field,value,source,kind\n",
        }
        for name, text in texts.items():
            (folder / name).write_text(text, encoding="utf-8")
        found: dict[str, list[str]] = {}
        for each in load(folder, folder).problems:
            if not each.is_warning:
                found.setdefault(each.column, []).append(each.remedy)
        return found

    return check


@pytest.mark.parametrize(
    ("column", "value", "is_wrong"),
    [
        ("year", "1899", True),
        ("year", "1900", False),
        ("year", "1901", False),
        ("year", "2099", False),
        ("year", "2100", False),
        ("year", "2101", True),
        ("icc", "-0.001", True),
        ("icc", "0", False),
        ("icc", "0.001", False),
        ("icc", "0.999", False),
        ("icc", "1", False),
        ("icc", "1.001", True),
        ("design_effect", "0.999", True),
        ("design_effect", "1", False),
        ("design_effect", "1.001", False),
        ("compliance_percent", "-0.1", True),
        ("compliance_percent", "0", False),
        ("compliance_percent", "99.9", False),
        ("compliance_percent", "100", False),
        ("compliance_percent", "100.1", True),
        ("clusters_control", "0", True),
        ("clusters_control", "1", False),
        ("weeks", "-0.1", True),
        ("weeks", "0", False),
    ],
)
def test_a_number_of_a_trial(complained, column, value, is_wrong):
    assert (column in complained(COUNTS, study={column: value})) is is_wrong


@pytest.mark.parametrize(
    ("column", "value", "is_wrong"),
    [
        ("n_control", "0", True),
        ("events_control", "99", False),
        ("events_control", "100", False),
        ("events_control", "101", True),
    ],
)
def test_a_count(complained, column, value, is_wrong):
    assert (column in complained(COUNTS, **{column: value})) is is_wrong


@pytest.mark.parametrize(
    ("column", "value", "is_wrong"),
    [
        ("n_control", "1", True),
        ("n_control", "2", False),
        ("n_control", "3", False),
        ("sd_control", "0", True),
        ("sd_control", "0.001", False),
    ],
)
def test_a_mean_takes_two_participants_and_a_spread(complained, column, value, is_wrong):
    assert (column in complained(MEANS, measure="MD", **{column: value})) is is_wrong


@pytest.mark.parametrize(
    ("value", "is_wrong"),
    [
        ("0.0000000000009", True),
        ("0.000000000001", False),
        ("0.0000000000011", False),
        ("999999999999", False),
        ("1000000000000", False),
        ("1000000000001", True),
    ],
)
@pytest.mark.parametrize("column", ["mean_control", "sd_control"])
def test_means_and_their_spread_have_a_size_that_arithmetic_can_pool(
    complained, column, value, is_wrong
):
    assert (column in complained(MEANS, measure="MD", **{column: value})) is is_wrong


def test_an_arm_of_nobody_is_told_once(complained):
    assert len(complained(MEANS, measure="MD", n_control="0")["n_control"]) == 1


@pytest.mark.parametrize(("clusters", "is_wrong"), [("99", False), ("100", False), ("101", True)])
def test_an_arm_has_no_more_clusters_than_people(complained, clusters, is_wrong):
    assert ("n_control" in complained(COUNTS, study={"clusters_control": clusters})) is is_wrong


@pytest.mark.parametrize(
    ("level", "remedy"),
    [
        ("0", "write 0.95 for 95 %"),
        ("0.05", "write 0.95: 0.05 is the share outside the limits"),
        ("0.5", "write 0.95 for 95 %"),
        ("0.49", "write 0.51: 0.49 is the share outside the limits"),
        ("1", "write 0.95 for 95 %"),
        ("5", "write 0.95: 5 is the share outside the limits"),
        ("99", "write 0.99"),
        ("100", "write 0.95 for 95 %"),
    ],
)
def test_a_level_in_percent_is_taken_for_what_it_means(complained, level, remedy):
    assert complained(REPORTED, p_value="", ci_level=level)["ci_level"] == [remedy]


@pytest.mark.parametrize(
    ("column", "value", "is_wrong"),
    [
        ("v", "0", True),
        ("v", "0.001", False),
        ("v", "1" + "0" * 38, False),
        ("y", "1" + "0" * 38, False),
    ],
)
def test_a_variance_is_above_none(complained, column, value, is_wrong):
    given = {"y": "0.5", "v": "0.1", column: value}
    assert (column in complained(given, measure="GEN")) is is_wrong


@pytest.mark.parametrize(
    ("level", "is_wrong"),
    [("0.499", True), ("0.5", True), ("0.501", False), ("0.999", False), ("1", True)],
)
def test_a_level_lies_between_one_half_and_all(complained, level, is_wrong):
    cells = {"p_value": "", "ci_level": level}
    assert ("ci_level" in complained(REPORTED, **cells)) is is_wrong


@pytest.mark.parametrize(
    ("column", "value", "is_wrong"),
    [
        ("ci_low", "0.00", True),
        ("ci_low", "1.00", True),
        ("ci_low", "1.01", True),
        ("estimate", "0.48", True),
        ("estimate", "0.49", False),
        ("estimate", "0.51", False),
        ("estimate", "0.52", True),
        ("p_value", "0.042", True),
        ("p_value", "0.043", False),
        ("p_value", "0.058", False),
        ("p_value", "0.059", True),
        ("p_value", "<0.05", False),
        ("p_value", "<0.04", True),
    ],
)
def test_a_printed_effect_contradicts_itself_where_no_rounding_explains_it(
    complained, column, value, is_wrong
):
    """By hand: limits of 0.245 to 0.255 and 0.995 to 1.005 have a middle of 0.494 to 0.506, and z
    of log(0.495) and log(0.505) over their half widths gives p values of 0.0429 to 0.0578."""
    assert (column in complained(REPORTED, **{column: value})) is is_wrong


@pytest.mark.parametrize(("level", "is_wrong"), [("0.90", True), ("0.95", False), ("0.99", True)])
def test_a_level_that_is_not_said_is_ninety_five_percent(complained, level, is_wrong):
    """At 90 % the p value is 0.10, at 99 % it is 0.01."""
    assert ("p_value" in complained(REPORTED, ci_level=level)) is is_wrong
    assert "p_value" not in complained(REPORTED)
