"""A made-up review that shows everything a report can: every verdict, mark, and warning."""

from pathlib import Path

import pytest

from liftproof.pages.forest.forest_figure import FOREST, forest_place
from liftproof.reviews.model.problems import Problem
from liftproof.reviews.model.review import Review
from liftproof.reviews.model.review_tables import Outcome, Provenance, Study
from liftproof.reviews.model.settings import Analysis, Settings
from liftproof.rows.result_rows import (
    EffectRow,
    EngineRow,
    EstimateRow,
    ReproductionRow,
    SubgroupRow,
)
from support.page_inputs import drawn_figure, review_inputs

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="200pt" height="50pt" '
    'viewBox="0 0 200 50" role="img" '
    'aria-labelledby="forest-{0}-title"><title id="forest-{0}-title">Forest plot {0}</title>'
    '<rect width="200" height="50" fill="#eee"/><text x="10" y="30">{0}</text></svg>\n'
)


def provenance(study, field, value, kind="primary_fulltext", source="Trial report", note=""):
    return Provenance(
        study=study,
        field=field,
        variant="primary",
        value=value,
        source=source,
        kind=kind,
        note=note,
    )


REVIEW = Review(
    name="made_up",
    folder=Path("/nowhere/made_up"),
    settings=Settings(
        title="Lifting <b>& sprains",
        citation="Doe J, Roe R (2020) J Made Up Res 1, 1-9",
        doi="10.1000/made(up)1",
        intervention="strength training",
        control="usual training",
        analyses=(
            Analysis(id="overall", title="All trials", measure="RR", tau2="DL", interval="wald"),
            Analysis(id="adults", title="Adults only", measure="RR"),
        ),
    ),
    studies=(
        Study(study="ant", label="Ant 2001", year=2001),
        Study(study="bee", label="Bee 2002", year=2002),
        Study(study="cat", label="Cat 2003", year=2003),
        Study(study="dog", label="Dog 2004", year=2004),
    ),
    outcomes=(
        Outcome(
            study="ant",
            outcome="sprains",
            variant="primary",
            events_intervention=5,
            n_intervention=100,
            events_control=12,
            n_control=101,
        ),
        Outcome(
            study="bee",
            outcome="sprains",
            variant="primary",
            estimate=0.5,
            ci_low=0.25,
            ci_high=1.0,
        ),
        Outcome(study="cat", outcome="sprains", variant="primary", awaits="counts by arm"),
    ),
    provenance=(
        provenance("ant", "events_intervention", "5"),
        provenance("ant", "n_intervention", "100"),
        provenance("ant", "events_control", "12"),
        provenance("ant", "n_control", "101", kind="reconstructed", note="solved from 201"),
        provenance("bee", "estimate", "0.5", kind="secondary"),
        provenance("bee", "ci_low", "0.25", kind="unverified", source="memory of the paper"),
        provenance("bee", "ci_high", "1.0", kind="secondary"),
    ),
    warnings=(
        Problem(
            path=Path("/nowhere/made_up/studies.csv"),
            line=5,
            column="study",
            wrong="a trial without an outcome",
            found="dog",
            remedy="it awaits data",
            rule="no_result",
        ),
    ),
)


def estimate(analysis="overall", title="All trials", **changes):
    numbers = {
        "measure": "RR",
        "k": 2,
        "participants": None,
        "events": None,
        "tau2_method": "DL",
        "interval": "wald",
        "estimate": 0.4534567,
        "ci_low": 0.2734567,
        "ci_high": 0.7534567,
        "p_value": 0.00234567,
        "tau2": 0.0,
        "tau2_ci_low": 0.0,
        "tau2_ci_high": 7.654321,
        "i2": 0.0,
        "h2": 1.0,
        "q": 0.234567,
        "q_df": 1,
        "q_p": 0.62812,
    }
    return EstimateRow(review="made_up", analysis=analysis, title=title, **{**numbers, **changes})


def subgroup():
    row = estimate(k=1, estimate=0.42075, ci_low=0.15347, ci_high=1.15351, q_df=0)
    fields = {name: getattr(row, name) for name in EstimateRow.__dataclass_fields__}
    return SubgroupRow(**fields, subgroup="field_sports")


def effect(study="ant", label="Ant 2001", analysis="overall", **changes):
    numbers = {
        "outcome": "sprains",
        "variant": "primary",
        "source": "counts",
        "measure": "RR",
        "y": -0.865717,
        "v": 0.263432,
        "estimate": 0.420750,
        "ci_low": 0.153470,
        "ci_high": 1.153510,
        "weight_percent": 32.123,
        "unverified": "no",
        "reconstructed": "no",
        "design_effect": 1.0,
        "events_intervention": 5,
        "n_intervention": 100,
        "events_control": 12,
        "n_control": 101,
        "subgroup": "field_sports",
    }
    row = {"review": "made_up", "analysis": analysis, "study": study, "label": label}
    return EffectRow(**{**row, **numbers, **changes})


def effects(analysis):
    reported = {
        "events_intervention": None,
        "n_intervention": None,
        "events_control": None,
        "n_control": None,
    }
    return (
        effect(analysis=analysis, reconstructed="yes"),
        effect(
            study="bee",
            label="Bee 2002",
            analysis=analysis,
            source="reported",
            measure="HR",
            weight_percent=67.877,
            unverified="yes",
            design_effect=1.59,
            subgroup="court_sports",
            **reported,
        ),
        effect(
            study="eel",
            label="Eel 2005",
            analysis=analysis,
            left_out="no events in either arm",
            y=None,
            v=None,
            estimate=None,
            ci_low=None,
            ci_high=None,
            weight_percent=None,
            events_intervention=0,
            events_control=0,
        ),
    )


def printed(quantity, text, computed, verdict, *, target="main", explanation="not_needed", **more):
    row = {
        "review": "made_up",
        "target": target,
        "analysis": "overall",
        "quantity": quantity,
        "printed": text,
        "computed": computed,
        "verdict": verdict,
        "reprise": "within_10_percent",
        "explanation": explanation,
        "description": "all trials pooled",
        "location": "abstract",
        "kind": "primary_fulltext",
    }
    return ReproductionRow(**{**row, **more})


REPRODUCTION = (
    printed("estimate", "0.453", 0.4534567, "reproduced"),
    printed(
        "ci_low", "0.270", 0.2734567, "close", explanation="unnecessary", explained="typing error"
    ),
    printed("ci_high", "0.81", 0.7534567, "same_conclusion", explanation="missing"),
    printed("p", "<0.01", 0.00234567, "reproduced"),
    printed("k", "3", 2.0, "different", explanation="given", explained="one trial had no event"),
    printed(
        "slope",
        "-0.4",
        None,
        "blocked",
        target="dose",
        analysis="",
        explanation="given",
        missing="weekly sets",
        blocked_group="counts",
        reprise="",
        description="dose response",
        kind="unverified",
    ),
)

ENGINES = (
    EngineRow(
        review="made_up",
        analysis="overall",
        engine="PyMARE",
        version="0.0.13",
        method="DerSimonianLaird(rho=None)",
        kind="closed_form",
        estimate=-0.790855,
        ci_low=-1.296611,
        ci_high=-0.283084,
        tau2=0.0,
        largest_difference=3.2e-13,
        note="",
    ),
    EngineRow(
        review="made_up",
        analysis="adults",
        engine="statsmodels",
        version="0.15.0",
        method="",
        kind="iterative",
        note="statsmodels has no REML estimator",
    ),
)


@pytest.fixture(scope="session")
def inputs(tmp_path_factory):
    folder = tmp_path_factory.mktemp("figures")
    figures = []
    for analysis in ("overall", "adults"):
        svg = folder / f"{analysis}.svg"
        svg.write_text(SVG.format(analysis), encoding="utf-8")
        place = forest_place("made_up", analysis)
        caption = f"Caption of {analysis} < all."
        figures.append(drawn_figure(FOREST, place, svg, caption=caption))
    return review_inputs(
        REVIEW,
        [
            estimate(),
            estimate(
                "adults",
                "Adults only",
                k=3,
                participants=1234,
                events=87,
                tau2_method="REML",
                interval="hksj_adhoc",
                tau2=0.0456,
                pi_low=0.0123,
                prediction="riley",
                pi_high=16.5,
            ),
            *effects("overall"),
            *effects("adults"),
            subgroup(),
            *REPRODUCTION,
            *ENGINES,
        ],
        figures,
    )
