"""Columns beside the trials of a forest plot: what stands in them, where, and in which words."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

import liftproof
from liftproof.analysis.estimates import pool_analysis
from liftproof.drawing.figure_form import NARROW, WIDE
from liftproof.errors import InputError
from liftproof.pages.forest.forest_captions import forest_description, forest_key
from liftproof.pages.forest.forest_drawing import draw_forest
from liftproof.pages.forest.forest_extras import extra_columns
from liftproof.pages.forest.forest_figure import FOREST
from liftproof.pages.forest.forest_layout import layout_of
from liftproof.pages.forest.forest_view import forest_view
from liftproof.result_tables import ResultRows
from liftproof.reviews import find, load, read
from liftproof.rows.result_rows import EffectRow, EstimateRow
from support.small_review import GOOD
from support.workflow_project import REPOSITORY

Y, V = [-0.9, -1.6, -0.2, -0.5], [0.3, 0.2, 0.05, 0.1]


def view_of(review: str, analysis: str, *columns: str):
    """Return the forest plot of an analysis that asks for columns."""
    whole = read(find(review, REPOSITORY))
    asked = replace(whole.settings.analysis(analysis), columns=columns)
    one = pool_analysis(whole, asked)
    extras = extra_columns(whole, asked, one.effects)
    return forest_view(one.estimate, one.effects, one.subgroups, whole.settings, extras=extras)


@pytest.fixture(scope="module")
def nordic():
    return view_of("nordic", "rct_alone", "reps_total", "sport", "risk_of_bias")


def cells(view, place):
    return [row.extras[place].marked for row in view.trials]


def test_cells_are_those_of_the_tables(nordic):
    assert [column.head for column in nordic.extras] == [
        *("Repetitions prescribed", "Sport", "Risk of bias")
    ]
    assert cells(nordic, 0) == ["360", "–", "718", "277", "598", "1264"]
    assert cells(nordic, 1) == ["Australian football", *["football (soccer)"] * 5]
    assert cells(nordic, 2)[3:] == ["× high", "in other words", "–"]
    assert all(row.extras == () for row in nordic.rows if row.kind != "trial")


def test_each_trial_has_them_in_its_sentence(nordic):
    told = forest_description(nordic)
    assert "repetitions prescribed 718, sport football (soccer), risk of bias not removed" in told
    (engebretsen,) = (line for line in told.splitlines() if line.startswith("Engebretsen 2008 †"))
    assert "repetitions prescribed" not in engebretsen
    assert "Risk of bias: × high, · in other words" in list(forest_key(nordic))


def test_means_and_marked_numbers_are_told():
    view = view_of("running_economy", "high_load", "means")
    assert [column.head for column in view.extras] == [
        "Strength training with high loads, mean (SD)",
        "Control, mean (SD)",
    ]
    by_label = {row.label: [cell.marked for cell in row.extras] for row in view.trials}
    assert by_label["Damasceno 2015"] == ["41.9 (4)", "41 (4.2)"]
    assert by_label["Piacentini 2013, high loads, Avg 11.75 km/h"] == ["44.2 (4)", "42.9 (4)‡"]
    assert "‡ In columns: 1 number reconstructed from printed totals or ratios." in view.footnotes


def test_side_by_side_columns_stand_between_names_and_counts(nordic):
    layout = layout_of(nordic, WIDE)
    places = layout.columns.extras
    assert [place.align for place in places] == ["right", "left", "center"]
    edges = [edge for place in places for edge in (place.left, place.right)]
    assert edges == sorted(edges)
    assert edges[-1] < layout.columns.arms[0]
    lit = {light.meaning for light in layout.lights}
    assert lit == {"high", "other"}
    drawn = draw_forest(nordic, WIDE)
    page = next(axes for axes in drawn.axes if axes.get_label() == "page")
    circles = {each.get_gid(): len(each.get_offsets()) for each in page.collections}
    assert (circles["lights-high"], circles["lights-other"]) == (1, 4)


def test_on_a_phone_those_that_fit_stand_beneath_the_name_and_the_others_are_named():
    short = view_of("nordic", "rct_alone", "reps_total", "sport")
    texts = [line.text for line in layout_of(short, NARROW).lines]
    assert "718 · football (soccer)" in texts
    assert "Repetitions prescribed · Sport" in texts
    assert not any(text.startswith("In the wide form") for text in texts)
    long = view_of("nordic", "rct_alone", "reps_total", "intervention", "population")
    layout = layout_of(long, NARROW)
    assert layout.columns.beneath == 1
    said = " ".join(line.text for line in layout.lines)
    assert "In the wide form of this figure alone: Intervention, Population." in said


def test_check_names_the_nearest_column(tmp_path):
    for name, text in GOOD.items():
        asked = "    columns: [weeks, risk_of_bais, lvel]\n" if name == "review.yaml" else ""
        (tmp_path / name).write_text(text + asked, encoding="utf-8")
    found = [each for each in load(tmp_path).problems if each.column == "columns"]
    assert [(each.found, each.remedy) for each in found] == [
        ("risk_of_bais", "did you mean risk_of_bias?"),
        ("lvel", "did you mean level?"),
    ]


def test_arrays_have_columns_by_their_heads():
    pooled = liftproof.pool(Y, V)
    columns = {"Latitude": [44.0, np.nan, -42, 52.5], "Sport": ["a", None, "", "b"]}
    drawn = liftproof.plot.forest(pooled, Y, V, columns=columns)
    assert drawn.numbers.Latitude.tolist() == ["44", "–", "−42", "52.5", "", ""]
    assert drawn.numbers.Sport.tolist() == ["a", "–", "–", "b", "", ""]


def test_a_data_frame_has_columns_with_dates_flags_and_missing_cells():
    columns = pd.DataFrame(
        {
            "Searched": pd.to_datetime(["2020-01-31", None, "2021-02-01", "2021-02-02"]),
            "Blinded": [True, False, None, np.True_],
            "People": pd.array([10, None, 30, 40], dtype="Int64"),
        }
    )
    drawn = liftproof.plot.forest(liftproof.pool(Y, V), Y, V, columns=columns).numbers
    assert drawn.Searched.tolist()[:4] == ["2020-01-31", "–", "2021-02-01", "2021-02-02"]
    assert drawn.Blinded.tolist()[:4] == ["yes", "no", "–", "yes"]
    assert drawn.People.tolist()[:4] == ["10", "–", "30", "40"]


def test_arrays_with_a_trial_left_out_keep_their_columns():
    y = [*Y, np.nan]
    pooled = liftproof.pool(y, [*V, 0.1], missing="drop")
    drawn = liftproof.plot.forest(pooled, y, [*V, 0.1], columns={"Weeks": [1, 2, 3, 4, 5]})
    assert drawn.numbers.Weeks.tolist()[:4] == ["1", "2", "3", "4"]


@pytest.mark.parametrize(
    ("columns", "told"),
    [
        ({"Weeks": [1, 2]}, r"columns\['Weeks'\] must hold one value a trial, 4"),
        ({"label": [1, 2, 3, 4]}, "'label' can be no head"),
        ([[1, 2, 3, 4]], "columns must be lists by their heads"),
    ],
)
def test_columns_that_do_not_fit_are_refused(columns, told):
    with pytest.raises(InputError, match=told):
        liftproof.plot.forest(liftproof.pool(Y, V), Y, V, columns=columns)


def test_trials_whose_counts_are_said_to_be_events_are_named():
    whole = read(find("lauersen2018", REPOSITORY))
    one = pool_analysis(whole, whole.settings.analysis("counts"))
    rows = ResultRows(
        by_class={
            **dict.fromkeys(FOREST.row_classes, ()),
            EstimateRow: (one.estimate,),
            EffectRow: one.effects,
        }
    )
    (silent,) = FOREST.views(whole, rows)
    assert not any("Counted are events" in note for note in silent.footnotes)
    units = {"petersen2011": "events", "coppack2011": "people"}
    told = tuple(replace(row, unit_of_count=units.get(row.study, "")) for row in whole.outcomes)
    (view,) = FOREST.views(replace(whole, outcomes=told), rows)
    assert view.footnotes == (
        *silent.footnotes,
        "Counted are events, of which a participant may have several: Petersen 2011.",
    )
    assert view.footnotes[-1] in forest_description(view)


def test_check_refuses_another_unit_of_count(tmp_path):
    head, *lines = GOOD["outcomes.csv"].splitlines()
    outcomes = "\n".join([f"{head},unit_of_count", *(f"{line},injury" for line in lines), ""])
    for name, text in (GOOD | {"outcomes.csv": outcomes}).items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    found = [each for each in load(tmp_path).problems if each.column == "unit_of_count"]
    assert len(found) == 3
    assert all("people" in each.remedy for each in found)
