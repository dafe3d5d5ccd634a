"""The candidate trials of Lauersen 2014: totals, and pools of the sets that could be formed."""

from collections import Counter

import pytest

from support.review_arithmetic import (
    Effect,
    Row,
    effect,
    find,
    numbers,
    pool,
    provenance,
    read,
    risk_ratio,
)

REVIEW = "lauersen2014"
STUDIES = {row["study"]: row for row in read(REVIEW, "studies")}
OUTCOMES = read(REVIEW, "outcomes")

Choice = tuple[str, str, str]
"""Trial, outcome, variant."""

ASKLING = ("askling2003", "hamstring_strain", "primary")
COPPACK = ("coppack2011", "anterior_knee_pain", "primary")
COPPACK_HR = ("coppack2011", "anterior_knee_pain", "hazard_ratio")
ALL = ("petersen2011", "hamstring_all", "primary")
ALL_GEE = ("petersen2011", "hamstring_all", "adjusted")
ALL_CRUDE_GEE = ("petersen2011", "hamstring_all", "unadjusted")
NEW = ("petersen2011", "hamstring_new", "primary")
NEW_GEE = ("petersen2011", "hamstring_new", "adjusted")
WALDEN = ("walden2012", "acl_injury", "primary")
WALDEN_RATE = ("walden2012", "acl_injury", "recalled")
MOHAMMADI = ("mohammadi2007", "strength_arm", "primary")

STRETCHING = (
    ("pope2000", "all_lower_limb", "primary"),
    ("jamtvedt2010", "all_injury", "primary"),
)
BALANCE = (
    ("emery2005", "all_injury", "primary"),
    ("eils2010", "ankle_injury", "primary"),
    ("mcguine2006", "ankle_sprain", "primary"),
)
BALANCE_RECALLED = (
    ("soderman2000", "traumatic_lower_extremity", "recalled"),
    ("wedderkopp2003", "traumatic", "recalled"),
)
EMERY_2007 = ("emery2007", "all_injury", "primary")
MULTIPLE = (
    ("beijsterveldt2012", "all_injury", "primary"),
    ("emerymeeuwisse2010", "all_injury", "primary"),
    ("olsen2005", "acute_knee_ankle", "reported"),
    ("pasanen2008", "acute_noncontact_leg", "adjusted"),
    ("soligard2008", "all_injury", "primary"),
    ("steffen2008", "all_injury", "primary"),
    ("labella2011", "acute_noncontact_lower_extremity", "primary"),
    ("holmich2010", "groin_injury", "primary"),
    ("brushoj2008", "lower_extremity_overuse", "from_percentages"),
)
ACUTE = (
    ("emery2007", "acute_onset", "primary"),
    ("emerymeeuwisse2010", "acute_onset", "primary"),
    *(MULTIPLE[i] for i in (2, 3, 6)),
)
OVERUSE = (
    COPPACK,
    ("soligard2008", "overuse", "primary"),
    ("labella2011", "gradual_onset_lower_extremity", "rates"),
)


def row_of(choice: Choice) -> Row:
    study, outcome, variant = choice
    return find(OUTCOMES, study, variant, outcome)


def pooled(*choices: Choice) -> tuple[str, int]:
    """Return the pool as printed, and I² in whole percent."""
    result = pool([effect(row_of(choice)) for choice in choices])
    return result.shown, round(result.i2)


def test_thirty_trials_and_50_results() -> None:
    assert len(STUDIES) == 30
    assert {row["study"] for row in OUTCOMES} == set(STUDIES)
    primary = [row for row in OUTCOMES if row["variant"] == "primary"]
    assert len(primary) == len({(row["study"], row["outcome"]) for row in OUTCOMES}) == 50


def test_strata_and_how_sure_they_are() -> None:
    strata = Counter(row["category"] for row in STUDIES.values())
    assert strata == {"strength": 4, "proprioception": 9, "stretching": 3, "multiple": 14}
    sure = Counter(row["inclusion_status"] for row in STUDIES.values())
    assert sure == {
        "secondary_source_names_trial_in_stratum": 4,
        "candidate_not_confirmed": 23,
        "candidate_weak": 2,
        "unlikely_not_randomised": 1,
    }


@pytest.mark.parametrize(
    ("study", "outcome", "variant", "events"),
    [
        ("petersen2011", "hamstring_all", "primary", 67),
        ("petersen2011", "hamstring_new", "primary", 44),
        ("petersen2011", "hamstring_recurrent", "primary", 23),
        ("coppack2011", "anterior_knee_pain", "primary", 46),
        ("mcguine2006", "ankle_sprain", "primary", 62),
        ("olsen2005", "acute_knee_ankle", "primary", 122),
        ("pasanen2008", "acute_noncontact_leg", "primary", 72),
        ("soligard2008", "lower_extremity", "primary", 264),
        ("pope2000", "all_lower_limb", "primary", 333),
        ("pope1998", "selected_lower_limb", "recalled_counts", 48),
        ("beijsterveldt2012", "all_injury", "recalled", 427),
        ("beijsterveldt2012", "all_injury", "recalled_players", 274),
    ],
)
def test_events_sum_to_the_printed_total(
    study: str, outcome: str, variant: str, events: int
) -> None:
    row = row_of((study, outcome, variant))
    assert int(row["events_intervention"]) + int(row["events_control"]) == events


@pytest.mark.parametrize(
    ("study", "outcome", "variant", "participants"),
    [
        ("coppack2011", "anterior_knee_pain", "primary", 1502),
        ("petersen2011", "hamstring_all", "primary", 942),
        ("mcguine2006", "ankle_sprain", "primary", 765),
        ("emery2007", "all_injury", "primary", 920),
        ("pope1998", "selected_lower_limb", "recalled_counts", 1093),
        ("pope2000", "all_lower_limb", "recalled", 1538),
        ("jamtvedt2010", "all_injury", "recalled", 2377),
        ("gilchrist2008", "acl_injury", "primary", 1435),
        ("olsen2005", "acute_knee_ankle", "primary", 1837),
        ("pasanen2008", "acute_noncontact_leg", "primary", 457),
        ("soligard2008", "all_injury", "primary", 1892),
    ],
)
def test_arms_sum_to_the_printed_total(
    study: str, outcome: str, variant: str, participants: int
) -> None:
    row = row_of((study, outcome, variant))
    assert int(row["n_intervention"]) + int(row["n_control"]) == participants
    assert int(STUDIES[study]["participants_randomised"]) == participants


def test_participants_of_the_strength_trials() -> None:
    rows = [row_of(choice) for choice in (ASKLING, COPPACK, ALL, WALDEN)]
    assert sum(int(row["n_intervention"]) + int(row["n_control"]) for row in rows) == 7038


@pytest.mark.parametrize(
    ("choices", "expected", "q_p"),
    [
        ((ASKLING, COPPACK, ALL), "0.291 (0.194-0.435)", "0.97"),
        ((ASKLING, COPPACK, NEW), "0.325 (0.210-0.501)", "0.75"),
        ((ASKLING, COPPACK, ALL_GEE), "0.285 (0.184-0.443)", "0.98"),
        ((ASKLING, COPPACK, NEW_GEE), "0.318 (0.198-0.511)", "0.75"),
        ((ASKLING, COPPACK_HR, NEW), "0.314 (0.204-0.485)", "0.65"),
        ((ASKLING, COPPACK, ALL, WALDEN), "0.309 (0.214-0.447)", "0.90"),
        ((ASKLING, COPPACK, ALL_GEE, WALDEN), "0.307 (0.207-0.456)", "0.90"),
        ((ASKLING, COPPACK_HR, NEW_GEE, WALDEN_RATE), "0.317 (0.209-0.482)", "0.82"),
        ((ASKLING, COPPACK, ALL, MOHAMMADI), "0.313 (0.215-0.455)", "0.81"),
        ((ASKLING, COPPACK, ALL_CRUDE_GEE, MOHAMMADI), "0.313 (0.205-0.477)", "0.80"),
    ],
)
def test_strength_stratum(choices: tuple[Choice, ...], expected: str, q_p: str) -> None:
    result = pool([effect(row_of(choice)) for choice in choices])
    assert result.shown == expected
    assert f"{result.q_p:.2f}" == q_p
    assert result.i2 == 0


def inflated(choice: Choice, icc: float) -> Effect:
    """Return the effect of counts inflated by 1 + (m - 1) ICC, m the mean cluster size."""
    row = row_of(choice)
    n = int(row["n_intervention"]) + int(row["n_control"])
    size = n / int(STUDIES[choice[0]]["clusters_total"])
    return risk_ratio(row, 1 + (size - 1) * icc)


@pytest.mark.parametrize(
    ("inflate", "plain", "icc", "expected"),
    [
        ((COPPACK, ALL), (ASKLING,), 0.02, "0.292 (0.183-0.467)"),
        ((COPPACK, NEW), (ASKLING,), 0.02, "0.327 (0.197-0.541)"),
        ((COPPACK, ALL), (ASKLING, WALDEN), 0.02, "0.316 (0.208-0.479)"),
        ((COPPACK, ALL), (ASKLING, WALDEN), 0.018, "0.315 (0.208-0.476)"),
        ((COPPACK, ALL), (ASKLING, WALDEN), 0.021, "0.316 (0.208-0.480)"),
        ((COPPACK, ALL, WALDEN), (ASKLING,), 0.02, "0.310 (0.202-0.476)"),
    ],
)
def test_strength_stratum_with_one_icc(
    inflate: tuple[Choice, ...], plain: tuple[Choice, ...], icc: float, expected: str
) -> None:
    effects = [inflated(choice, icc) for choice in inflate]
    effects += [effect(row_of(choice)) for choice in plain]
    assert pool(effects).shown == expected


def test_stretching() -> None:
    assert pooled(*STRETCHING) == ("0.963 (0.853-1.088)", 0)
    pope_1998 = ("pope1998", "selected_lower_limb", "recalled")
    assert pooled(*STRETCHING, pope_1998) == ("0.961 (0.854-1.083)", 0)


def test_proprioception() -> None:
    assert pooled(*BALANCE)[0] == "0.443 (0.251-0.781)"
    assert pooled(*BALANCE, EMERY_2007)[0] == "0.559 (0.355-0.879)"
    assert pooled(*BALANCE, *BALANCE_RECALLED)[0] == "0.545 (0.312-0.954)"
    assert pooled(*BALANCE, *BALANCE_RECALLED, EMERY_2007)[0] == "0.629 (0.425-0.931)"


def test_proprioception_with_verhagen_for_emery_2007() -> None:
    mcguine = ("mcguine2006", "ankle_sprain", "adjusted")
    verhagen = ("verhagen2004", "ankle_sprain", "primary")
    result = pooled(*BALANCE[:2], mcguine, *BALANCE_RECALLED, verhagen)
    assert result == ("0.546 (0.349-0.853)", 66)


def test_multiple() -> None:
    assert pooled(*MULTIPLE) == ("0.697 (0.542-0.895)", 80)
    assert pooled(*MULTIPLE, EMERY_2007)[0] == "0.712 (0.569-0.891)"
    recalled = (
        ("gilchrist2008", "acl_injury", "recalled"),
        ("heidt2000", "all_injury", "recalled"),
        ("longo2012", "all_injury", "recalled"),
    )
    assert pooled(*MULTIPLE, *recalled) == ("0.646 (0.510-0.818)", 77)


def test_overall_of_19_trials() -> None:
    strength = (ASKLING, COPPACK, ALL_GEE, WALDEN)
    choices = (*strength, *STRETCHING, *BALANCE, *MULTIPLE, EMERY_2007)
    assert len(choices) == 19
    assert pooled(*choices) == ("0.639 (0.533-0.767)", 78)


def test_acute() -> None:
    assert pooled(*ACUTE)[0] == "0.503 (0.376-0.672)"
    assert pooled(*ACUTE, ALL_GEE, ASKLING, WALDEN)[0] == "0.460 (0.356-0.593)"


def test_overuse() -> None:
    holmich, brushoj = MULTIPLE[7], MULTIPLE[8]
    # LaBella 2011 by its counts: the estimate in its primary row has three digits only
    assert pooled(*OVERUSE)[0] == "0.366 (0.252-0.532)"
    assert pooled(*OVERUSE, holmich)[0] == "0.438 (0.293-0.656)"
    assert pooled(*OVERUSE, holmich, brushoj) == ("0.538 (0.298-0.971)", 85)


def test_every_number_has_its_provenance_and_none_is_left_over() -> None:
    sources = provenance(REVIEW)
    assert {cell: row["value"] for cell, row in sources.items()} == numbers(REVIEW)


def test_recalled_numbers_are_unverified_and_stand_apart() -> None:
    unverified = {
        (cell[0], cell[2], cell[3])
        for cell, row in provenance(REVIEW).items()
        if row["kind"] == "unverified"
    }
    recalled = {
        (row["study"], row["outcome"], row["variant"])
        for row in OUTCOMES
        if row["variant"].startswith("recalled")
    }
    assert unverified == recalled
    assert len(recalled) == 16


def test_solved_numbers_are_reconstructed() -> None:
    solved = {
        (cell[0], cell[1])
        for cell, row in provenance(REVIEW).items()
        if row["kind"] == "reconstructed"
    }
    both = ("events_intervention", "events_control")
    ratio = ("estimate", "ci_low", "ci_high")
    assert solved == {
        ("mohammadi2007", "events_control"),
        *(("labella2011", name) for name in (*both, *ratio)),
        *(("brushoj2008", name) for name in both),
    }


def test_rows_that_cannot_be_pooled_say_what_they_await() -> None:
    waiting = {(row["study"], row["outcome"]) for row in OUTCOMES if row["awaits"]}
    assert waiting == {
        ("soderman2000", "traumatic_lower_extremity"),
        ("wedderkopp2003", "traumatic"),
        ("wedderkopp1999", "all_injury"),
        ("cumps2007", "lateral_ankle_sprain"),
        ("pope1998", "selected_lower_limb"),
        ("gilchrist2008", "acl_injury"),
        ("heidt2000", "all_injury"),
        ("longo2012", "all_injury"),
        ("longo2012", "acute"),
        ("longo2012", "lower_extremity"),
        ("longo2012", "severe"),
    }


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("overall", ("0.632", "0.533", "0.750")),
        ("strength", ("0.315", "0.207", "0.480")),
        ("proprioception", ("0.550", "0.347", "0.869")),
        ("stretching", ("0.963", "0.846", "1.095")),
        ("multiple", ("0.655", "0.520", "0.826")),
        ("acute", ("0.647", "0.502", "0.836")),
        ("overuse", ("0.527", "0.373", "0.746")),
    ],
)
def test_printed_estimates(target: str, expected: tuple[str, str, str]) -> None:
    printed = {
        row["quantity"]: row["printed"]
        for row in read(REVIEW, "published")
        if row["target"] == target
    }
    assert tuple(printed[name] for name in ("estimate", "ci_low", "ci_high")) == expected


def test_printed_totals() -> None:
    rows = [row for row in read(REVIEW, "published") if row["target"] == "totals"]
    assert [row["printed"] for row in rows] == ["25", "26610", "3464"]


def test_printed_numbers_from_memory_are_unverified() -> None:
    from_memory = [row for row in read(REVIEW, "published") if "memory" in row["location"]]
    assert len(from_memory) == 20
    assert {row["kind"] for row in from_memory} == {"unverified"}
