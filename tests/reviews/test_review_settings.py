"""review.yaml: what it means, and every way to get it wrong."""

import pytest

from liftproof.reviews import load

OUTCOMES = "outcomes.csv"
STUDIES = "studies.csv"
SETTINGS = "review.yaml"


def test_settings_are_read(review):
    settings = load(review.folder).review.settings
    assert (settings.title, settings.measure) == ("Strength training to prevent injuries", "RR")
    assert (settings.intervention, settings.control) == ("strength training", "usual training")
    overall, crude = settings.analyses
    assert (overall.id, overall.tau2, overall.interval) == ("overall", "DL", "wald")
    assert overall.select == {"category": ("strength",), "outcome_class": ("acute",)}
    assert overall.variants == {"petersen2011": "adjusted"}
    assert (overall.line, crude.line) == (6, 12)
    assert (crude.tau2, crude.interval, crude.clustering) == ("REML", "hksj_adhoc", "as_extracted")
    assert (crude.measure, crude.subgroup, crude.select) == ("RR", "level", {})


def test_every_analysis_has_the_level_of_its_review(review):
    settings = load(review.folder).review.settings
    assert {settings.level, *(each.level for each in settings.analyses)} == {0.95}
    review.replace(SETTINGS, "measure: RR", "measure: RR\nlevel: 0.9")
    settings = load(review.folder).review.settings
    assert {settings.level, *(each.level for each in settings.analyses)} == {0.9}


def test_values_stay_as_typed(review):
    """YAML would turn yes into a truth value and 2011 into a number."""
    review.replace(STUDIES, "level", "yes")
    review.replace(STUDIES, "elite", "no")
    review.replace(SETTINGS, "subgroup: level", "select: {yes: no, year: 2003}")
    loaded = load(review.folder)
    assert loaded.problems == ()
    assert loaded.review.settings.analyses[1].select == {"yes": ("no",), "year": ("2003",)}


SELECT = "select: {category: [strength], outcome_class: acute}"


@pytest.mark.parametrize(
    ("old", "new", "line", "column", "words"),
    [
        ("tau2: DL", "tau2: REMLL", 8, "tau2", ("an unknown tau2", "'REMLL'", "mean REML?")),
        ("interval: wald", "interval: hksjj", 9, "interval", ("did you mean hksj?",)),
        (
            *("interval: wald", "prediction: HK-RP", 9, "prediction"),
            ("an unknown prediction", "'HK-RP'", "did you mean HK-PR?"),
        ),
        (
            *("interval: wald", "prediction: KR", 9, "prediction"),
            (
                "analysis overall: the prediction interval KR",
                "REML, not DL",
                "Use REML, or another",
            ),
        ),
        (
            *("interval: wald", "interval: kr", 9, "interval"),
            ("analysis overall: the interval kr", "REML, not DL", "Use REML, or another"),
        ),
        ("tau2: DL", "tau2: GENQ", 8, "tau2", ("an unsuitable tau2", "1/v gives the estimator DL")),
        (
            *("interval: wald", "model: GLMM", 9, "model"),
            ("an unsuitable model", "write UM.FS, UM.RS, CM.EL or CM.AL"),
        ),
        ("tau2: DL", "clustering: ignored", 8, "clustering", ("did you mean ignore?",)),
        ("measure: RR", "level: 95", 2, "level", ("not a level of confidence", "write 0.95")),
        ("measure: RR", "level: 0.05", 2, "level", ("write 0.95: 0.05 is the share outside",)),
        ("measure: RR", "level: 0.5", 2, "level", ("above 0.5", "write 0.95 for 95 %")),
        ("measure: RR", "level: ninety", 2, "level", ("write a share such as 0.95",)),
        ("tau2: DL", "level: 0.99", 8, "level", ("move it to the top level",)),
        ("measure: RR", "measure: rr", 2, "measure", ("an unknown measure", "did you mean RR?")),
        ("tau2: DL", "tau: DL", 8, "tau", ("an unknown key", "did you mean tau2?")),
        ("measure: RR", "mesure: RR", 2, "mesure", ("an unknown key", "did you mean measure?")),
        ("tau2: DL", "tau2: [DL]", 8, "tau2", ("a single value is needed", "a list")),
        ("tau2: DL", "tau2: DL\n    tau2: PM", 9, "tau2", ("given twice, first on line 8",)),
        ("tau2: DL", "tau2:\tDL", 8, "file", ("a tab", "write blanks instead")),
        ("    tau2: DL", "\ttau2: DL", 8, "file", ("a tab", "write blanks instead")),
        ("title: All trials\n", "title: All: trials\n", 7, "file", ("not valid YAML", "colon")),
        ("[strength]", "[strength", 10, "file", ("not valid YAML",)),
        (
            *("tau2: DL", "tau2: DL\n    columns: [sport, weeks, sport]", 9, "columns"),
            ("sport", "the same value twice, first on line 9", "delete one of them"),
        ),
        ("title: All trials\n", "title:\n", 7, "title", ("a required value is empty",)),
        ("    title: All trials\n", "", 6, "title", ("a required key is missing",)),
        ("id: crude", "id: overall", 12, "id", ("the same id, the first on line 6",)),
        ("id: crude", "id: Crude counts", 12, "id", ("a-z, 0-9 and _", "write crude_counts")),
        ("category:", "categry:", 10, "select", ("no table has such a column", "category?")),
        ("[strength]", "[Strenght]", 10, "select", ("no row has this value", "strength?")),
        (
            *(SELECT, "select: strength", 10, "select"),
            ("keys with values are needed", "such as select: {category: [strength, balance]}"),
        ),
        (SELECT, "select: {category: {a: b}}", 10, "category", ("a list of values is needed",)),
        (SELECT, "select: {category: []}", 10, "category", ("an empty list",)),
        ("petersen2011:", "petersn2011:", 11, "variants", ("no such trial", "petersen2011?")),
        (": adjusted", ": adjustd", 11, "variants", ("no such variant", "adjusted?")),
        ("subgroup: level", "subgroup: levels", 14, "subgroup", ("did you mean level?",)),
        (
            "measure: RR",
            "measure: RR\ntau2: DL",
            3,
            "tau2",
            ("an unknown key", "move it below ana"),
        ),
        ("tau2: DL", "per: 10", 8, "per", ("an unknown key", "move it below dose:")),
        ("tau2: DL", "doi: 10.1/2", 8, "doi", ("an unknown key", "the top level of the file")),
    ],
)
def test_a_wrong_setting(review, only, old, new, line, column, words):
    review.replace(SETTINGS, old, new)
    only(review.problems(), SETTINGS, line, column, *words)


@pytest.mark.parametrize(
    ("model", "reason"),
    [
        ("tau2: FE", "FE has one effect for all trials, and no prediction interval"),
        ("model: MH", "MH gives no prediction interval"),
    ],
)
def test_a_prediction_interval_of_a_model_without_one(review, model, reason):
    review.replace(SETTINGS, "    variants: {petersen2011: adjusted}\n", "")
    review.replace(SETTINGS, "tau2: DL", f"{model}\n    prediction: riley")
    found = [each for each in review.errors() if each.column == "prediction"]
    assert [(each.line, reason in str(each)) for each in found] == [(9, True)]
    review.replace(SETTINGS, "    prediction: riley\n", "")
    assert not [each for each in review.errors() if each.column == "prediction"]


@pytest.mark.parametrize(("typed", "meant"), [("Riley", "riley"), ("t", "t"), ("S", "S")])
def test_a_prediction_interval_is_read(review, typed, meant):
    review.replace(SETTINGS, "interval: wald", f"prediction: {typed}")
    overall, crude = load(review.folder).review.settings.analyses
    assert (overall.prediction, crude.prediction) == (meant, "")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "column", "words"),
    [
        ("", "file", ("the file is empty", "write title: and analyses:")),
        ("- a\n", "file", ("keys with values are needed", "a list")),
        ("title: x\nanalyses:\n", "analyses", ("a required value is empty",)),
        ("title: x\nanalyses: []\n", "analyses", ("no analysis",)),
        ("title: x\nanalyses: {id: a}\n", "analyses", ("not a list of analyses",)),
        ("title: x\n", "analyses", ("a required key is missing",)),
        ("title: x\nanalyses: [overall]\n", "analyses", ("keys with values are needed", "id: ov")),
        ('title: "\\Uffffffff"\n', "file", ("cannot be read as YAML",)),
        ("title: \x07\n", "file", ("a character that YAML does not allow",)),
        ("[" * 3000, "file", ("cannot be read as YAML",)),
    ],
)
def test_a_file_that_is_no_settings(review, text, column, words):
    review.write(SETTINGS, text)
    problems = [each for each in review.errors() if str(each.path) == "r/review.yaml"]
    assert [each.column for each in problems] == [column]
    for word in words:
        assert word in str(problems[0])


def test_all_problems_come_at_once_in_order(review):
    review.replace(SETTINGS, "tau2: DL", "tau2: REMLL")
    review.replace(SETTINGS, "interval: wald", "intervall: wald")
    review.cell(OUTCOMES, 4, "estimate", "0,293")
    review.cell(STUDIES, 3, "year", "2O11")
    review.cell(STUDIES, 2, "design", "x")
    places = [(each.path.name, each.line, each.column) for each in review.errors()]
    assert places == [
        (OUTCOMES, 4, "estimate"),
        (SETTINGS, 8, "tau2"),
        (SETTINGS, 9, "intervall"),
        (STUDIES, 2, "design"),
        (STUDIES, 3, "year"),
    ]


def test_an_analysis_that_selects_no_trial(review, only):
    review.cell(STUDIES, 2, "category", "stretching")
    review.cell(OUTCOMES, 3, "outcome_class", "overuse")
    review.cell(OUTCOMES, 4, "outcome_class", "overuse")
    review.replace(SETTINGS, "    variants: {petersen2011: adjusted}\n", "")
    only(review.problems(), SETTINGS, 10, "select", "selects no trial", "widen select")


def test_a_measure_that_a_row_cannot_give(review):
    review.replace(SETTINGS, "measure: RR", "measure: MD")
    found = [(each.path.name, each.line, each.column) for each in review.errors()]
    assert found == [(OUTCOMES, 2, "measure"), (OUTCOMES, 3, "measure"), (OUTCOMES, 4, "measure")]
    texts = [str(each) for each in review.errors()]
    assert (
        "MD cannot be computed from this row (analyses overall, crude), found 'counts'" in texts[0]
    )
    assert "an effect of another measure than MD (analysis overall), found 'RR'" in texts[2]


def test_a_mix_of_ratio_measures_is_a_warning(review, only):
    review.replace(OUTCOMES, "RR,0.293", "HR,0.293")
    only(review.problems(), SETTINGS, 6, "measure", "warning", "mixes measures", "petersen2011 HR")


def test_events_above_n_are_injuries_and_rule_a_risk_ratio_out(review):
    review.replace(OUTCOMES, "3,15,10,15,,,", "30,15,10,15,7.5,7.1,")
    review.replace("provenance.csv", "events_intervention,,,,3,", "events_intervention,,,,30,")
    assert [(each.line, each.column) for each in review.errors()] == [(2, "events_intervention")]
    assert "rule RR out (analyses overall, crude)" in str(review.errors()[0])
    review.replace(SETTINGS, "measure: RR", "measure: IRR")
    rows = [each.line for each in review.errors()]
    assert rows == [3]  # the counts of the other trial give no rate


def test_dependent_effects_are_a_warning(review):
    review.append(OUTCOMES, "askling2003,knee,,,acute,3,15,9,15" + "," * 11 + "\n")
    review.append(OUTCOMES, "petersen2011,hamstring,,b,acute,3,461,9,481" + "," * 11 + "\n")
    found = [str(each) for each in review.warnings() if each.column == "select"]
    assert len(found) == 3
    assert "analysis overall pools dependent effects, outcomes of askling2003" in found[0]
    assert "'hamstring, knee'" in found[0]
    assert "arms with one control group of petersen2011, found 'unnamed, b'" in found[2]


def test_a_cluster_trial_without_design_effect_is_a_warning(review, only):
    review.replace(STUDIES, ",individual,23,27", ",cluster,23,27")
    review.replace(SETTINGS, "tau2: DL", "clustering: ignore")
    review.replace(SETTINGS, "subgroup: level", "clustering: design_effect")
    assert review.problems() == ()  # clusters, ICC and n give it
    review.cell(STUDIES, 3, "icc", "")
    review.replace("provenance.csv", "petersen2011,icc,", "petersen2011,sex,")
    warnings = review.warnings()
    only(warnings, STUDIES, 3, "design_effect", "enters uncorrected (analysis crude)")


def test_a_cluster_trial_that_enters_unadjusted_is_a_warning_with_its_design_effect(review, only):
    review.replace(SETTINGS, "tau2: DL", "clustering: ignore")
    review.replace(STUDIES, ",individual,23,27", ",cluster,23,27")
    effect = 1 + ((461 + 481) / (23 + 27) - 1) * 0.05
    words = (
        "(analyses crude)",
        f"a design effect of {effect:.2f}: type it in the column design_effect",
    )
    only(review.problems(), STUDIES, 3, "design_effect", "warning", *words)
    review.replace(SETTINGS, "subgroup: level", "clustering: ignore")
    assert review.problems() == ()


def test_cluster_trials_of_unknown_size_share_a_warning(review, only):
    review.replace(STUDIES, "23,27,0.05", "23,27,")
    review.replace(STUDIES, ",individual,23,27", ",cluster,23,27")
    review.replace("provenance.csv", "petersen2011,icc,,,,0.050,Petersen 2011,p. 4,derived\n", "")
    words = ("cluster trials enter as if", "'petersen2011'", "give design_effect, or icc")
    only(review.problems(), STUDIES, 3, "design_effect", "warning", *words)


@pytest.mark.parametrize("stated", ["tau2: REML", "interval: t", "clustering: design_effect"])
def test_what_a_model_of_counts_has_no_use_for(review, stated):
    key, value = stated.split(": ")
    review.replace(SETTINGS, "tau2: DL", "model: MH")
    review.replace(SETTINGS, "interval: wald", stated)
    found = [str(problem) for problem in load(review.folder).problems if problem.column == key]
    assert len(found) == 1
    assert f"has no use for {key} {value}" in found[0]
    assert "review.yaml:9:" in found[0]


def test_clusters_of_a_trial_that_does_not_say_what_was_randomised_are_named(review):
    review.replace(STUDIES, ",individual,23,27", ",,23,27")
    (warning,) = review.warnings()
    assert (warning.rule, warning.line, warning.column) == ("cluster_unsaid", 3, "design")
    assert "clusters_intervention 23, clusters_control 27, icc 0.05" in warning.wrong
