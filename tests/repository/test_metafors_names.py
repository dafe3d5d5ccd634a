"""Who types metafor's names is told ours: of functions, of arguments, of R's formulas."""

import inspect
import re

import numpy as np
import pandas as pd
import pytest

import liftproof as lp
from liftproof import plot
from liftproof.errors import InputError
from liftproof.metafors_names import ARGUMENTS, FUNCTIONS, WORDS
from liftproof.statistics.dependent.robust import cluster_robust
from support.workflow_project import REPOSITORY

PAGE = (REPOSITORY / "docs" / "from_metafor.md").read_text(encoding="utf-8")
OF_R = {"c", "coef", "exp", "factor", "list", "logLik", "matrix", "p_adjust", "rbind", "data"}
Y, V = [0.1, 0.4, -0.3, 0.2], [0.02, 0.03, 0.01, 0.04]
FRAME = {"dose": [1.0, 2.0, 4.0, 3.0], "group": ["a", "b", "b", "a"]}


def public():
    """Return all functions that are offered, those of plots with the module's name before."""
    found = {name: getattr(lp, name) for name in lp.__all__}
    return found | {f"plot.{name}": getattr(plot, name) for name in plot.__all__}


def test_what_is_named_in_the_place_of_a_function_exists():
    assert {here for names in FUNCTIONS.values() for here in names} <= set(public())
    assert not set(FUNCTIONS) & set(lp.__all__)


def test_each_function_of_metafors_on_the_page_is_known():
    lines = re.findall(r"^\| .+? \| `(.+?)` \| `.+?` \|$", PAGE, re.MULTILINE)
    called = {name for line in lines for name in re.findall(r"([A-Za-z][\w.]*)\(", line)}
    named = {name.replace(".", "_") for name in called} - OF_R - set(lp.__all__)
    assert len(named) > 20
    unknown = {name for name in named if name not in FUNCTIONS}
    assert {name.split("_")[0] for name in unknown} <= set(FUNCTIONS)


def test_what_is_named_in_the_place_of_an_argument_is_one():
    functions = [each for each in public().values() if inspect.isfunction(each)]
    taken = {name for each in functions for name in inspect.signature(each).parameters}
    assert {here for names in ARGUMENTS.values() for here in names} <= taken


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("trimfill", "metafor's trimfill is trim_and_fill here, see docs/from_metafor.md"),
        ("rma", "metafor's rma is pool, meta_regression or multilevel here"),
        ("transf_ilogit", "metafor's transf_ilogit is natural here"),
        ("leav_one_out", "has no attribute 'leav_one_out'; did you mean leave_one_out?"),
    ],
)
def test_a_name_that_is_not_here_is_told_by_the_one_that_is(name, told):
    with pytest.raises(AttributeError, match=re.escape(told)):
        getattr(lp, name)
    assert not hasattr(lp, "zzzzzz")


@pytest.mark.parametrize(
    ("call", "told"),
    [
        (lambda: lp.pool(Y, V, method="DL"), "metafor's method is tau2 here"),
        (lambda: lp.pool(yi=Y, vi=V), "metafor's yi is y here"),
        (lambda: lp.pool(Y, sei=V), "'sei': v takes variances, the squares of standard errors"),
        (lambda: lp.pool(Y, V, mods=Y), "'mods': meta_regression takes moderators"),
        (lambda: lp.multilevel(Y, V, mods=Y), "metafor's mods is x here"),
        (lambda: lp.pool(Y, V, intervall="wald"), "did you mean interval?"),
        (lambda: lp.pool(Y, V, zzzzzz=1), "pool() got an unexpected keyword argument 'zzzzzz'"),
        (lambda: lp.selection_model(Y, V, type="beta"), "metafor's type is kind here"),
        (lambda: lp.conv_fivenum(min=2, median=3, n=9), "metafor's min is minimum here"),
        (lambda: lp.GLMM["OR"](ai=Y), "metafor's ai is events_intervention here"),
        (lambda: lp.hypotheses(lp.meta_regression(Y, V, Y, intercept=True), btt=2), WORDS["btt"]),
        (lambda: cluster_robust(Y, V, Y, clubSandwich=True), 'kind="CR2" is what it does'),
        (lambda: plot.forest(lp.pool(Y, V), Y, V, slab=Y), "metafor's slab is labels here"),
        (lambda: plot.forest(lp.pool(Y, V), Y, V, atransf=np.exp), "atransf is measure here"),
        (lambda: plot.baujat(lp.baujat(Y, V), slab=Y), "metafor's slab is labels here"),
    ],
)
def test_an_argument_that_is_none_is_told_by_the_one_that_is(call, told):
    with pytest.raises(TypeError, match=re.escape(told)):
        call()


def test_other_errors_of_types_stay_as_they_are():
    with pytest.raises(TypeError, match=r"missing 1 required positional argument: 'v'$"):
        lp.pool(Y)
    with pytest.raises(TypeError, match="missing 1 required positional argument: 'cluster'"):
        cluster_robust(Y, V)
    with pytest.raises(InputError, match="zzzzzz"):
        lp.escalc("COR", ri=[0.3], ni=[20], zzzzzz=1)


@pytest.mark.parametrize(
    ("call", "told"),
    [
        (lambda: lp.meta_regression(Y, V, "~ dose"), "design('~ dose', data) makes the columns"),
        (lambda: lp.pool(pd.DataFrame({"yi": Y}), V), "pass the column itself, such as y.iloc"),
        (lambda: lp.escalc("COR", ri="ri", ni="ni"), "Pass the column itself, such as data['ri']"),
        (lambda: lp.multilevel("yi", V, "1 | dose", data=FRAME), "y must hold numbers, not text"),
        (
            lambda: lp.meta_regression(Y, V, FRAME["group"], intercept=True),
            'Factors become columns by design("~ factor", {"factor": x})',
        ),
        (lambda: lp.design("~ factor(group)", FRAME), "C(x) makes a factor"),
        (lambda: lp.design("~ as.factor(group)", FRAME), "C(x) makes a factor"),
        (lambda: lp.design("~ relevel(group, 'b')", FRAME), 'C(x, Treatment("level")) names'),
        (lambda: lp.design("~ sqrt(dose)", FRAME), "np.sqrt(x) is the root"),
        (lambda: lp.design("~ doze", FRAME), "nor a function; did you mean dose?"),
        (lambda: lp.design("~ dose", FRAME).pairs("group"), "no factor group; none is known"),
        (lambda: lp.multilevel(Y, V, "1 | grup", data=FRAME), "column 'grup'; did you mean group?"),
    ],
)
def test_what_r_takes_as_a_formula_or_a_name_is_told_by_what_does_it(call, told):
    with pytest.raises(InputError, match=re.escape(told)):
        call()
    assert lp.design("~ np.sqrt(dose)", FRAME).columns[:, 1].tolist() == [1, 2**0.5, 2, 3**0.5]
