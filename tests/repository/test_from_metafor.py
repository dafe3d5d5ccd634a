"""Each line of docs/from_metafor.md runs, and gives the number of the line beside it."""

import json
import re
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

import liftproof as lp
from support.metafor_cases import REFERENCE
from support.workflow_project import REPOSITORY

PAGE = (REPOSITORY / "docs" / "from_metafor.md").read_text(encoding="utf-8")
THERE = json.loads((REFERENCE / "from_metafor.json").read_text(encoding="utf-8"))
CLOSED = 1e-10
"""Relative: formulas on both sides, or τ² by equations solved to rounding; 15 digits."""
CLIMBED = 1e-5
"""Relative: metafor climbs a likelihood and stops where it is flat; tests of each function hold
ours closer, at its own maximum."""
COARSE = 3e-4
"""Relative: roots by R's ``uniroot`` with its usual 1.2e-4, and lme4's end."""
BY_SEARCH = {
    **dict.fromkeys(
        (
            *("nested effects", "a structure", "random effects", "residuals", "Cook's distances"),
            *("profile limits", "robust after it", "location and scale", "a step function"),
            *("with moderators", "with weights that fall", "a smooth one", "a cut of the effect"),
            *("a cut, with moderators", "trim and fill", "so, by CR2, after any structure"),
        ),
        CLIMBED,
    ),
    **dict.fromkeys(("a mixed model of counts", "limits of τ²", "Henmi and Copas"), COARSE),
}
"""By label of a line, how near metafor's end comes."""
ROW = re.compile(r"^\| (.+?) \| `(.+?)` \| `(.+?)` \|$", re.MULTILINE)


def lines():
    """Return the label, metafor's line and ours of each row of the page."""
    rows = ROW.findall(PAGE.replace(r"\|", "\x01"))
    return [tuple(cell.replace("\x01", "|") for cell in row) for row in rows]


def columns(name):
    """Return a data set's columns, numbers as arrays."""
    frame = pd.read_csv(REFERENCE / "data" / f"{name}.csv")
    return {key: frame[key].to_numpy() for key in frame}


@pytest.fixture(scope="module")
def names():
    """Return all that the page says that its lines have."""
    d = columns("bcg") | {key: columns("bcg__RR")[key] for key in ("yi", "vi")}
    held = {name: getattr(lp, name) for name in lp.__all__} | {"np": np, "d": d, **d}
    held["k"] = Columns(**columns("konstantopoulos2011"))
    held["s"] = Columns(**columns("bangertdrowns2004"))
    exec(re.findall(r"^```text\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)[0], held)
    return held


class Columns(SimpleNamespace):
    """Columns by name, as ``data.y`` and as ``data["y"]``."""

    def __getitem__(self, name):
        return getattr(self, name)

    def keys(self):
        return vars(self).keys()


def test_the_numbers_are_of_the_lines_on_the_page():
    assert set(BY_SEARCH) <= {label for label, _, _ in lines()}
    assert [one["line"] for one in THERE["lines"]] == [metafors for _, metafors, _ in lines()]
    assert len(lines()) == PAGE.count("\n| ") - PAGE.count("| --- |") == 71


@pytest.mark.parametrize("row", lines(), ids=lambda row: row[0])
def test_a_line_gives_metafors_number(row, names):
    label, metafors, ours = row
    there = next(one["value"] for one in THERE["lines"] if one["line"] == metafors)
    here = np.ravel(eval(ours, names))
    within = BY_SEARCH.get(label, CLOSED)
    np.testing.assert_allclose(here, np.array(there, dtype=float), rtol=within, atol=1e-12)
