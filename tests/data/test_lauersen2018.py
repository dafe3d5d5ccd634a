"""The six trials of Lauersen 2018: totals that the paper prints, and pools of each extraction."""

import pytest

from support.review_arithmetic import (
    COUNTS,
    Effect,
    Row,
    effect,
    find,
    numbers,
    pool,
    provenance,
    read,
    risk_ratio,
    texts_under_data,
)

REVIEW = "lauersen2018"
STUDIES = read(REVIEW, "studies")
EVERY_RESULT = read(REVIEW, "outcomes")
OUTCOMES = [row for row in EVERY_RESULT if row["outcome_class"] != "adverse_event"]
"""Injuries, which the review pooled; adverse events stand beside them and enter no analysis."""
KEYS = ("askling2003", "petersen2011", "coppack2011", "walden2012", "vanderhorst2015", "zouita2016")
NAMED = ("coppack2011", "vanderhorst2015", "zouita2016")
INFERRED = ("askling2003", "petersen2011", "walden2012")

CRUDE: dict[str, str] = {}
OWN = {"petersen2011": "new_adjusted", "walden2012": "rate_ratio", "vanderhorst2015": "inflated"}
RANDOMISED = OWN | {"vanderhorst2015": "randomised_inflated"}


def chosen(variants: dict[str, str]) -> list[Row]:
    return [find(OUTCOMES, key, variants.get(key, "primary")) for key in KEYS]


def total(rows: list[Row], *names: str) -> int:
    return sum(int(row[name]) for row in rows for name in names)


def participants(rows: list[Row]) -> int:
    return total(rows, "n_intervention", "n_control")


def injuries(rows: list[Row]) -> int:
    return total(rows, "events_intervention", "events_control")


def test_six_trials() -> None:
    assert tuple(row["study"] for row in STUDIES) == KEYS
    assert {row["study"] for row in OUTCOMES} == set(KEYS)


def test_adverse_events_are_what_the_trials_tell() -> None:
    """Of one arm where the other was not asked, without numbers where nothing was counted."""
    numbers_of = ("events_intervention", "n_intervention", "events_control", "n_control")
    told = {
        (row["study"], row["outcome"]): tuple(row[name] for name in numbers_of)
        for row in EVERY_RESULT
        if row["outcome_class"] == "adverse_event"
    }
    assert told == {
        ("petersen2011", "injury_during_exercise"): ("0", "461", "", ""),
        ("petersen2011", "delayed_onset_soreness"): ("", "", "", ""),
        ("coppack2011", "medical_discharge"): ("3", "759", "25", "743"),
    }


def test_participants_as_printed() -> None:
    assert participants(chosen(RANDOMISED)) == 7738


def test_participants_as_analysed() -> None:
    assert participants(chosen(OWN)) == 7669
    assert participants(chosen(RANDOMISED)) - participants(chosen(OWN)) == 648 - 579


def test_injuries_as_printed() -> None:
    assert injuries(chosen(RANDOMISED)) == injuries(chosen(CRUDE)) == 177


def test_all_injuries_of_petersen_would_make_200() -> None:
    assert injuries(chosen({"petersen2011": "all_counts"})) == 200


def test_trials_not_named_fill_what_the_named_ones_leave() -> None:
    left = [find(OUTCOMES, key) for key in INFERRED]
    assert participants(left) == 5536
    assert injuries(left) == 78
    named = {row["study"] for row in STUDIES if row["inclusion_evidence"] == "named_in_review_text"}
    assert named == set(NAMED)


@pytest.mark.parametrize(
    ("study", "variant", "events", "n"),
    [
        ("askling2003", "primary", 13, 30),
        ("petersen2011", "primary", 44, 942),
        ("petersen2011", "all_counts", 67, 942),
        ("coppack2011", "primary", 46, 1502),
        ("walden2012", "primary", 21, 4564),
        ("vanderhorst2015", "primary", 36, 579),
        ("vanderhorst2015", "events_10_26", 36, 579),
        ("vanderhorst2015", "randomised", 36, 648),
        ("zouita2016", "primary", 17, 52),
    ],
)
def test_totals_of_each_trial(study: str, variant: str, events: int, n: int) -> None:
    row = find(OUTCOMES, study, variant)
    assert injuries([row]) == events
    assert participants([row]) == n


def test_arms_of_each_trial() -> None:
    arms = {key: [int(find(OUTCOMES, key)[name]) for name in COUNTS] for key in KEYS}
    assert arms == {
        "askling2003": [3, 15, 10, 15],
        "petersen2011": [12, 461, 32, 481],
        "coppack2011": [10, 759, 36, 743],
        "walden2012": [7, 2479, 14, 2085],
        "vanderhorst2015": [11, 292, 25, 287],
        "zouita2016": [4, 26, 13, 26],
    }


@pytest.mark.parametrize(
    ("variants", "expected"),
    [
        pytest.param(CRUDE, "0.355 (0.257-0.490)", id="V1"),
        pytest.param({"vanderhorst2015": "inflated"}, "0.349 (0.250-0.488)", id="V2"),
        pytest.param({"vanderhorst2015": "inflated_10_26"}, "0.342 (0.244-0.479)", id="V2b"),
        pytest.param(OWN, "0.340 (0.239-0.483)", id="V4"),
        pytest.param(RANDOMISED, "0.339 (0.239-0.481)", id="V6"),
        pytest.param(OWN | {"vanderhorst2015": "inflated_10_26"}, "0.332 (0.233-0.472)", id="V7"),
        pytest.param(OWN | {"coppack2011": "hazard_ratio"}, "0.332 (0.234-0.472)", id="V8"),
        pytest.param(OWN | {"walden2012": "primary"}, "0.348 (0.244-0.495)", id="V9"),
        pytest.param(
            OWN | {"coppack2011": "hazard_ratio", "walden2012": "primary"},
            "0.340 (0.239-0.484)",
            id="V10",
        ),
        pytest.param(OWN | {"petersen2011": "new_unadjusted"}, "0.333 (0.233-0.477)", id="V11"),
        pytest.param(OWN | {"vanderhorst2015": "odds_ratio"}, "0.318 (0.223-0.453)", id="V12"),
        pytest.param(OWN | {"petersen2011": "all_adjusted"}, "0.317 (0.227-0.444)", id="V13"),
    ],
)
def test_pool_of_variants(variants: dict[str, str], expected: str) -> None:
    pooled = pool([effect(row) for row in chosen(variants)])
    assert pooled.shown == expected
    assert pooled.i2 == 0  # Q < df in every variant


def test_q_of_the_main_variants() -> None:
    assert f"{pool([effect(row) for row in chosen(CRUDE)]).q:.2f}" == "1.28"
    assert f"{pool([effect(row) for row in chosen(OWN)]).q:.2f}" == "1.00"


@pytest.mark.parametrize(
    ("icc", "expected"),
    [
        (0.01, "0.355 (0.252-0.502)"),
        (0.02, "0.355 (0.246-0.511)"),
        (0.0388, "0.353 (0.238-0.525)"),
        (0.05, "0.352 (0.233-0.532)"),
    ],
)
def test_pool_with_one_icc_for_all_clusters(icc: float, expected: str) -> None:
    """V3: every cluster trial inflated by 1 + (m - 1) ICC with its mean cluster size m."""
    assert pool([inflated_by_icc(row, icc) for row in STUDIES]).shown == expected


def inflated_by_icc(study: Row, icc: float) -> Effect:
    row = find(OUTCOMES, study["study"])
    if study["design"] == "individual":
        return risk_ratio(row)
    by_arm = (study["clusters_intervention"], study["clusters_control"])
    clusters = int(study["clusters_total"] or sum(map(int, by_arm)))
    return risk_ratio(row, 1 + (participants([row]) / clusters - 1) * icc)


def test_pool_with_the_648_split_pro_rata() -> None:
    """V5: the players randomised, shared out as those analysed are."""
    row = dict(find(OUTCOMES, "vanderhorst2015", "inflated"))
    (study,) = (study for study in STUDIES if study["study"] == "vanderhorst2015")
    share = int(study["participants_randomised"]) / participants([row])
    row |= {name: str(int(row[name]) * share) for name in ("n_intervention", "n_control")}
    others = [row for row in chosen(OWN) if row["study"] != "vanderhorst2015"]
    assert pool([*map(effect, others), risk_ratio(row)]).shown == "0.340 (0.239-0.483)"


@pytest.mark.parametrize(
    ("study", "variant", "estimate", "low", "high"),
    [
        ("petersen2011", "new_adjusted", 0.410, 0.180, 0.933),
        ("petersen2011", "new_unadjusted", 0.380, 0.150, 0.965),
        ("petersen2011", "all_adjusted", 0.293, 0.150, 0.572),
        ("petersen2011", "all_unadjusted", 0.292, 0.136, 0.631),
        ("coppack2011", "hazard_ratio", 0.25, 0.13, 0.52),
        ("walden2012", "rate_ratio", 0.36, 0.15, 0.85),
        ("vanderhorst2015", "odds_ratio", 0.282, 0.110, 0.721),
    ],
)
def test_reported_estimates(
    study: str, variant: str, estimate: float, low: float, high: float
) -> None:
    row = find(OUTCOMES, study, variant)
    assert [float(row[name]) for name in ("estimate", "ci_low", "ci_high")] == [estimate, low, high]


def test_person_time() -> None:
    names = ("person_time_intervention", "person_time_control")
    rows = [find(OUTCOMES, "petersen2011", name) for name in ("new_rates", "all_rates")]
    rows.append(find(OUTCOMES, "walden2012", "rates"))
    times = [[int(row[name]) for name in names] for row in rows]
    assert times == [[348, 352], [390, 396], [149214, 129084]]


def test_every_number_has_its_provenance_and_none_is_left_over() -> None:
    sources = provenance(REVIEW)
    assert {cell: row["value"] for cell, row in sources.items()} == numbers(REVIEW)


def test_recalled_numbers_are_unverified() -> None:
    unverified = {
        (cell[0], cell[3], cell[1])
        for cell, row in provenance(REVIEW).items()
        if row["kind"] == "unverified"
    }
    splits = ("primary", "inflated", "randomised", "randomised_inflated")
    recalled = {(name, field) for name in splits for field in COUNTS if "events" in field}
    recalled |= {("odds_ratio", field) for field in ("estimate", "ci_low", "ci_high")}
    assert unverified == {("vanderhorst2015", *cell) for cell in recalled}


def test_the_split_10_v_26_is_reconstructed() -> None:
    solved = {cell[3] for cell, row in provenance(REVIEW).items() if row["kind"] == "reconstructed"}
    assert solved == {"events_10_26", "inflated_10_26"}


def test_the_design_effect_of_the_review() -> None:
    inflated = {row["variant"]: row["design_effect"] for row in OUTCOMES if row["design_effect"]}
    assert inflated == dict.fromkeys(("inflated", "inflated_10_26", "randomised_inflated"), "1.59")


def test_printed_numbers() -> None:
    printed = {
        (row["target"], row["quantity"]): row["printed"] for row in read(REVIEW, "published")
    }
    assert printed == {
        ("main", "estimate"): "0.338",
        ("main", "ci_low"): "0.238",
        ("main", "ci_high"): "0.480",
        ("main", "k"): "6",
        ("main", "participants"): "7738",
        ("main", "events"): "177",
        ("main_percent", "reduction"): "66",
        ("main_percent", "reduction_low"): "52",
        ("main_percent", "reduction_high"): "76",
        ("dose_volume", "slope"): ">4",
        ("vanderhorst_inflation", "design_effect"): "1.59",
    }


@pytest.mark.parametrize("fragment", ["http", "www", ".com", "github", "scribd", "pypi", "\r"])
def test_sources_are_publications_not_addresses(fragment: str) -> None:
    found = [path.name for path, text in texts_under_data().items() if fragment in text.lower()]
    assert found == []
