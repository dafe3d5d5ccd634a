"""Plots from arrays: the drawn numbers are those of the statistics, and what metafor draws."""

import json
import re

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib import pyplot as plt
from matplotlib.collections import PathCollection

import liftproof as lp
from liftproof import plot
from liftproof.errors import InputError
from liftproof.pages.forest.forest_rows import SMALLEST_AREA
from liftproof.statistics.distributions import critical_value
from liftproof.statistics.influence.normal_quantiles import normal_quantiles
from support.metafor_cases import REFERENCE, effects_and_variances, table

CLOSED, SEARCHED = 1e-10, 1e-6
SIMULATED = 0.02
"""Of a standard deviation: quantiles of 50,000 sets here against 400,000 in R, in the tails."""
PIXEL = 1.0
"""Letters are set on whole pixels."""
LABELS = [f"{row['author']} {row['year']}" for row in table("data/bcg.csv")]
CASES = {
    (case["kind"], case["id"]): case
    for case in json.loads((REFERENCE / "plots.json").read_text(encoding="utf-8"))
}


@pytest.fixture(autouse=True)
def no_figure_is_left():
    yield
    plt.close("all")


@pytest.fixture(scope="module")
def bcg():
    return effects_and_variances("data/bcg__RR.csv")


@pytest.fixture(scope="module")
def pooled(bcg):
    return lp.pool(*bcg, interval="wald")


def part(drawn, name):
    return drawn.numbers[drawn.numbers.part == name]


def marks_of(drawn, gid):
    """Return where the marks of one kind stand on the axes."""
    (marks,) = (
        item
        for item in drawn.axes.get_children()
        if isinstance(item, PathCollection) and item.get_gid() == gid
    )
    return np.asarray(marks.get_offsets())


def test_a_forest_plot_draws_ratios_with_their_limits(bcg, pooled):
    y, v = bcg
    drawn = plot.forest(pooled, y, v, labels=LABELS, measure="RR", arms=("vaccine", "placebo"))
    trials, (total,) = part(drawn, "trial"), part(drawn, "pooled").itertuples()
    z = critical_value(0.95)
    assert trials.estimate.tolist() == pytest.approx(np.exp(y), rel=CLOSED)
    assert trials.ci_high.tolist() == pytest.approx(np.exp(y + z * np.sqrt(v)), rel=CLOSED)
    assert trials.weight.tolist() == pytest.approx(pooled.weights, rel=CLOSED)
    ends = np.exp([pooled.estimate, pooled.ci_low])
    assert [total.estimate, total.ci_low] == pytest.approx(ends, rel=CLOSED)
    assert marks_of(drawn, "squares")[:, 0] == pytest.approx(np.exp(y), rel=CLOSED)
    sizes = pooled.weights / pooled.weights.max()
    assert sizes.min() > SMALLEST_AREA
    assert drawn.alt.startswith(
        "Forest plot of 13 trials, vaccine against placebo. Pooled risk ratio 0.49 (95\u202f% CI "
        "0.34 to 0.70): favours vaccine, the interval excludes 1 (no effect)."
    )


def test_without_names_of_arms_nobody_is_favoured(bcg, pooled):
    alt = plot.forest(pooled, *bcg, measure="RR").alt
    assert "favour" not in alt
    assert "the interval excludes 1 (no effect). Trial intervals" in alt
    assert re.search(r": \d+ of 13 below it, \d+ above it\.", alt)


def test_a_pool_of_other_data_is_refused_with_what_they_give(bcg, pooled):
    y, v = bcg
    with pytest.raises(InputError, match="result was not pooled from these y and v: they give"):
        plot.forest(pooled, y + 0.01, v)
    with pytest.raises(InputError, match="a pool of 13 trials, but y has shape"):
        plot.radial(pooled, y[1:], v[1:])
    with pytest.raises(InputError, match="labels must hold one name a trial, 13, but there are 2"):
        plot.forest(pooled, y, v, labels=["A", "B"])
    with pytest.raises(InputError, match="There is no measure RRR; did you mean RR"):
        plot.forest(pooled, y, v, measure="RRR")
    with pytest.raises(InputError, match=re.escape("draws what liftproof.baujat(y, v) returns")):
        plot.baujat(pooled)
    with pytest.raises(InputError, match="draws one data set, but heterogeneity of"):
        plot.baujat(lp.baujat([y, y], [v, v]))
    with pytest.raises(InputError, match="not the meta-regression of these y, v and x"):
        plot.bubble(lp.meta_regression(y, v, y**2, intercept=True), y, v, y**3)


def test_trials_that_were_dropped_lose_their_names(bcg):
    y, v = (np.array(each) for each in bcg)
    y[1] = np.nan
    drawn = plot.forest(lp.pool(y, v, missing="drop"), y, v, labels=LABELS)
    assert part(drawn, "trial").label.tolist() == [LABELS[0], *LABELS[2:]]


@pytest.mark.slow
@pytest.mark.parametrize(("k", "size"), [(3, (4.0, 2.2)), (25, (6.4, 4.8)), (60, (2.6, 6.0))])
def test_a_forest_plot_stays_in_the_room_of_the_axes_it_is_given(k, size):
    rng = np.random.default_rng(k)
    y, v = rng.normal(-0.3, 0.4, k), rng.uniform(0.01, 0.3, k)
    figure, ax = plt.subplots(figsize=size)
    room = ax.get_window_extent().frozen()
    names = [f"van der Horst and others {2000 + place}" for place in range(k)]
    drawn = plot.forest(lp.pool(y, v), y, v, labels=names, measure="OR", notes=True, ax=ax)
    assert drawn.axes is ax
    figure.draw_without_rendering()
    texts = [*(text for each in figure.axes for text in each.texts), *ax.get_xticklabels()]
    assert len(texts) > 2 * k
    for text in texts:
        box, slack = text.get_window_extent(), PIXEL
        assert room.x0 - slack <= box.x0 <= box.x1 <= room.x1 + slack, text.get_text()
        assert room.y0 - slack <= box.y0 <= box.y1 <= room.y1 + slack, text.get_text()


def test_a_funnel_has_the_contours_and_the_filled_trials_of_the_statistics(bcg):
    made, filled = lp.funnel(*bcg), lp.trim_and_fill(*bcg)
    drawn = plot.funnel(made, labels=LABELS, measure="RR", filled=filled)
    assert filled.k0 > 0
    assert marks_of(drawn, "points").tolist() == pytest.approx(
        np.column_stack((np.exp(made.y), made.se))
    )
    assert marks_of(drawn, "filled").tolist() == pytest.approx(
        np.column_stack((np.exp(filled.filled_y), np.sqrt(filled.filled_v)))
    )
    for place, level in enumerate(made.contours):
        for side, ends in (("low", made.contour_low), ("high", made.contour_high)):
            line = part(drawn, "contour")
            line = line[(line.level == level) & (line.label == side)]
            slope = np.log(line.effect.iloc[-1]) / line.se.iloc[-1]
            assert slope == pytest.approx(ends[place, -1] / made.se_grid[-1], rel=CLOSED)
    centre = part(drawn, "centre").effect.unique()
    assert centre == pytest.approx([np.exp(filled.pooled.estimate)], rel=CLOSED)
    assert f"{filled.k0} trial" in drawn.alt
    assert "filled in on the right, hollow" in drawn.alt


def test_limits_of_a_funnel_with_heterogeneity_are_curves(bcg):
    made = lp.funnel(*bcg, tau2="DL")
    lines = part(plot.funnel(made), "limit")
    high = lines[lines.label == "high"]
    spread = np.sqrt(np.square(high.se) + made.tau2)
    right = made.centre + critical_value(0.95) * spread
    assert high.effect.tolist() == pytest.approx(right.tolist(), rel=CLOSED)


def test_a_funnel_refuses_trials_filled_in_for_another(bcg):
    y, v = bcg
    for made in (lp.funnel(y, 2 * v), lp.funnel(y + 1, v)):
        with pytest.raises(InputError, match="not made from the trials"):
            plot.funnel(made, filled=lp.trim_and_fill(y, v))
    with pytest.raises(InputError, match=re.escape("draws what liftproof.trim_and_fill(y, v) re")):
        plot.funnel(lp.funnel(y, v), filled=lp.pool(y, v))


def test_a_funnel_without_contours_has_no_shades(bcg):
    drawn = plot.funnel(lp.funnel(*bcg, contours=()))
    assert set(drawn.numbers.part) == {"trial", "centre", "limit"}
    assert " p of no effect" not in drawn.alt


def test_a_bubble_plot_has_metafors_line(bcg):
    y, v = bcg
    latitude = [float(row["ablat"]) for row in table("data/bcg.csv")]
    fit = lp.meta_regression(y, v, latitude, intercept=True)
    drawn = plot.bubble(fit, y, v, latitude, name="Latitude", measure="RR")
    line, case = part(drawn, "line"), CASES["regplot", "latitude"]
    for field in ("estimate", "ci_low", "ci_high", "pi_low", "pi_high"):
        values = np.log(line[field.replace("estimate", "effect")])
        ends = [values.iloc[0], values.iloc[-1]]
        assert ends == pytest.approx([case[field][0], case[field][-1]], rel=SEARCHED)
    with_ones = np.column_stack((np.ones(13), latitude))
    again = plot.bubble(fit, y, v, with_ones, name="Latitude", measure="RR")
    assert again.alt == drawn.alt
    assert "From 13 to 55 the fitted effect runs from" in drawn.alt


def test_a_line_through_0_is_drawn_from_the_moderator_that_it_was_fitted_to(bcg):
    y, v = bcg
    fit = lp.meta_regression(y, v, v, intercept=False)
    line = part(plot.bubble(fit, y, v, v, column=0), "line")
    assert line.effect.tolist() == pytest.approx((fit.coefficients[0] * line.x).tolist())


def test_a_regression_of_small_numbers_is_told_from_another(bcg):
    y, v = 1e-12 * bcg[0], 1e-24 * bcg[1]
    with pytest.raises(InputError, match="not the meta-regression of these y, v and x"):
        plot.bubble(lp.meta_regression(y, v, bcg[1], intercept=True), y, v, bcg[1] ** 2)


def test_trials_may_be_called_as_the_lines_of_a_plot_are(bcg):
    y, v = (each[:3] for each in bcg)
    drawn = plot.radial(lp.pool(y, v), y, v, labels=["low", "high", "band"])
    assert part(drawn, "trial").label.tolist() == ["low", "high", "band"]


def test_a_pool_by_given_weights_has_a_forest_plot(bcg):
    pooled = lp.pool(*bcg, weights=np.arange(1, 14), tau2="GENQ")
    drawn = plot.forest(pooled, *bcg)
    assert part(drawn, "trial").weight.tolist() == pytest.approx(pooled.weights, rel=CLOSED)
    texts = [text.get_text() for text in drawn.figure.findobj(mpl.text.Text)]
    assert any("generalised Q with given weights" in text for text in texts)


@pytest.mark.parametrize(("name", "tau2"), [("reml", "REML"), ("equal", "EE")])
def test_a_radial_plot_has_metafors_coordinates(bcg, name, tau2):
    drawn = plot.radial(lp.pool(*bcg, tau2=tau2), *bcg, measure="RR")
    trials, case = part(drawn, "trial"), CASES["radial", name]
    assert trials.x.tolist() == pytest.approx(case["x"], rel=SEARCHED)
    assert trials.z.tolist() == pytest.approx(case["z"], rel=SEARCHED)
    assert trials.effect.tolist() == pytest.approx(np.exp(bcg[0]), rel=CLOSED)


def test_labbes_plot_has_metafors_risks_and_the_pooled_line(pooled):
    rows = table("data/bcg.csv")
    tpos, tneg, cpos, cneg = (
        np.array([float(row[name]) for row in rows]) for name in ("tpos", "tneg", "cpos", "cneg")
    )
    drawn = plot.labbe(tpos, tpos + tneg, cpos, cpos + cneg, result=pooled, labels=LABELS)
    trials, line, case = part(drawn, "trial"), part(drawn, "pooled"), CASES["labbe", "bcg"]
    assert trials.control.tolist() == pytest.approx(case["control"], rel=CLOSED)
    assert trials.intervention.tolist() == pytest.approx(case["intervention"], rel=CLOSED)
    ratio = line.intervention.iloc[1:] / line.control.iloc[1:]
    assert ratio.tolist() == pytest.approx([np.exp(pooled.estimate)] * len(ratio), rel=CLOSED)
    odds = part(plot.labbe([1], [2], [1], [2], result=pooled, measure="OR"), "pooled")
    inside = odds.iloc[1:-1]
    of_arm, of_control = (inside[arm] / (1 - inside[arm]) for arm in ("intervention", "control"))
    assert (of_arm / of_control).tolist() == pytest.approx([np.exp(pooled.estimate)] * 99)
    with pytest.raises(InputError, match="Events must lie between 0"):
        plot.labbe([3], [2], [1], [2])


def test_baujats_plot_has_metafors_coordinates(bcg):
    drawn, case = plot.baujat(lp.baujat(*bcg), labels=LABELS), CASES["baujat", "equal"]
    assert drawn.numbers.heterogeneity.tolist() == pytest.approx(case["x"], rel=CLOSED)
    assert drawn.numbers.influence.tolist() == pytest.approx(case["y"], rel=CLOSED)
    assert marks_of(drawn, "points").tolist() == pytest.approx(
        np.column_stack((case["x"], case["y"])), rel=CLOSED
    )
    most = LABELS[int(np.argmax(case["x"]))]
    assert f"{most} contributes most to the heterogeneity" in drawn.alt


def test_identical_effects_have_no_first_trial():
    drawn = plot.baujat(lp.baujat([0.25] * 3, [0.1, 0.2, 0.3]))
    assert drawn.alt == "Baujat plot of 3 trials of the same effect."


def test_proportions_are_drawn_as_such_in_a_forest_plot_and_favour_nobody():
    effect = lp.escalc("PLO", xi=[3, 10, 20], ni=[30, 50, 60])
    drawn = plot.forest(lp.pool(effect.y, effect.v), effect.y, effect.v, measure="PLO")
    assert part(drawn, "trial").estimate.tolist() == pytest.approx([3 / 30, 10 / 50, 20 / 60])
    assert "no effect" not in drawn.alt
    made = plot.funnel(lp.funnel(effect.y, effect.v), measure="PLO")
    assert part(made, "trial").effect.tolist() == pytest.approx(effect.y, rel=CLOSED)
    assert len(part(made, "contour")) == 0


def test_gosh_has_metafors_subsets_of_two_trials_or_more(bcg):
    y, v = (each[:7] for each in bcg)
    drawn = plot.gosh(lp.gosh(y, v, tau2="DL"), trial="B", labels=list("ABCDEFG"), measure="RR")
    case, numbers = CASES["gosh", "seven"], drawn.numbers
    assert len(numbers) == 2**7 - 1 - 7
    there = np.array([case["estimate"], case["i2"]])
    at = numbers.subset.to_numpy()
    assert np.log(numbers.effect).tolist() == pytest.approx(there[0][at], rel=SEARCHED)
    assert numbers.i2.tolist() == pytest.approx(there[1][at], rel=SEARCHED, abs=SEARCHED)
    assert numbers.has_trial.sum() == 2**6 - 1
    with pytest.raises(InputError, match="There is no trial 'H' among the labels"):
        plot.gosh(lp.gosh(y, v, tau2="DL"), trial="H", labels=list("ABCDEFG"))


def test_of_many_subsets_a_sample_is_drawn_and_said(bcg):
    subsets = lp.gosh(*bcg, tau2="FE")
    few = plot.gosh(subsets)
    assert "8,178 subsets of trials by pooled effect" in few.alt
    y, v = np.tile(bcg, 2)
    many = plot.gosh(lp.gosh(y, v, tau2="FE", subsets=25_000))
    assert len(many.numbers) == 20_000
    assert ", 20,000 of them drawn," in many.alt


QQ = {
    "reml": (13, {"tau2": "REML"}, {}),
    "rstudent": (13, {"tau2": "REML"}, {"residual": "rstudent", "bonferroni": True}),
    "few": (9, {"tau2": "DL"}, {}),
}


@pytest.mark.parametrize("name", QQ)
def test_a_normal_plot_has_metafors_numbers_and_its_envelope_without_smoothing(bcg, name):
    k, method, options = QQ[name]
    found = lp.influence(bcg[0][:k], bcg[1][:k], **method)
    drawn = plot.qq(found, simulations=50_000, **options)
    case, numbers = CASES["qq", name], drawn.numbers
    assert numbers["quantile"].tolist() == pytest.approx(case["quantile"], abs=CLOSED)
    assert numbers.residual.tolist() == pytest.approx(case["residual"], rel=SEARCHED)
    tails = 2 if options else 1  # by Bonferroni the quantiles lie farther out
    assert numbers.low.tolist() == pytest.approx(case["low"], abs=tails * SIMULATED)
    assert numbers.high.tolist() == pytest.approx(case["high"], abs=tails * SIMULATED)


def test_the_envelope_is_that_of_the_stated_numbers_at_random(bcg):
    found = lp.influence(*bcg)
    shown = normal_quantiles(found, simulations=200, seed=7)
    rising = []
    for numbers in np.random.default_rng(7).standard_normal((200, 13)):
        mean = sum(h * x for h, x in zip(found.hat, numbers, strict=True))
        rising.append(sorted(x - mean for x in numbers))
    low = np.percentile(rising, 2.5, axis=0)
    assert shown.low == pytest.approx(low, rel=CLOSED)
    assert "envelope" not in plot.qq(found, simulations=0).alt


def test_a_profile_has_metafors_likelihoods_and_our_limits(bcg, pooled):
    drawn, case = plot.profile(pooled, *bcg, steps=13, highest=1.2), CASES["profile", "reml"]
    line = part(drawn, "profile")
    assert line.tau2.tolist() == pytest.approx(case["tau2"])
    assert line.log_likelihood.tolist() == pytest.approx(case["log_likelihood"], rel=CLOSED)
    limits = part(plot.profile(pooled, *bcg), "limit")
    assert limits.tau2.tolist() == pytest.approx(lp.profile_likelihood(*bcg), rel=CLOSED)
    (peak,) = part(drawn, "maximum").log_likelihood
    assert (peak - limits.log_likelihood).tolist() == pytest.approx([3.841459 / 2] * 2, rel=1e-6)
    with pytest.raises(InputError, match=re.escape('this one is by DL: pool with tau2="REML"')):
        plot.profile(lp.pool(*bcg, tau2="DL"), *bcg)


def test_influence_is_drawn_as_the_statistics_have_it(bcg):
    found = lp.influence(*bcg)
    drawn = plot.influence(found, labels=LABELS, show=("rstudent", "hat", "q_deleted"))
    for name in ("rstudent", "hat", "q_deleted"):
        values = getattr(found, name)
        assert drawn.numbers[name].tolist() == values.tolist()
        across = marks_of(drawn, name)[:, 0]
        assert np.corrcoef(across, values)[0, 1] == pytest.approx(1.0, abs=CLOSED)
    flagged = [label for label, is_far in zip(LABELS, found.is_influential, strict=True) if is_far]
    assert drawn.alt.endswith(f"Flagged: {', '.join(flagged)}." if flagged else "None is flagged.")
    with pytest.raises(InputError, match="show must name some of rstudent"):
        plot.influence(found, show=["cook"])


def test_steps_are_those_of_the_statistics_and_bear_the_names_of_who_came_in(bcg):
    years = [int(row["year"]) for row in table("data/bcg.csv")]
    steps = lp.cumulative(*bcg, years, together=True)
    drawn = plot.cumulative(steps, labels=LABELS, measure="RR")
    rows = part(drawn, "step")
    assert rows.estimate.tolist() == pytest.approx(np.exp(steps.estimate), rel=CLOSED)
    assert rows.trials.tolist() == steps.k.tolist()
    assert ", ".join(rows.label).split(", ") == [LABELS[place] for place in steps.order]
    (total,) = part(drawn, "pooled").estimate
    assert total == pytest.approx(np.exp(lp.pool(*bcg).estimate), rel=CLOSED)


def test_without_each_trial_the_statistics_numbers_are_drawn(bcg):
    without = lp.leave_one_out(*bcg)
    drawn = plot.leave_one_out(without, pooled=lp.pool(*bcg), labels=LABELS, measure="RR")
    rows = part(drawn, "step")
    assert rows.ci_high.tolist() == pytest.approx(np.exp(without.ci_high), rel=CLOSED)
    assert rows.label.tolist() == LABELS
    assert len(part(drawn, "pooled")) == 1
    assert len(part(plot.leave_one_out(without), "pooled")) == 0
    with pytest.raises(InputError, match=r"pooled is by .*DL.*, the pools without"):
        plot.leave_one_out(without, pooled=lp.pool(*bcg, tau2="DL"))


def test_the_p_value_function_is_1_at_the_estimate_and_005_at_the_limits(pooled):
    drawn = plot.p_value_function(pooled, measure="RR")
    limits, curve = part(drawn, "limit"), part(drawn, "curve")
    ends = np.exp([pooled.ci_low, pooled.ci_high])
    assert limits.effect.tolist() == pytest.approx(ends, rel=CLOSED)
    assert limits.p.tolist() == pytest.approx([0.05, 0.05], rel=CLOSED)
    top = curve.loc[curve.p.idxmax()]
    assert (top.effect, top.p) == pytest.approx((np.exp(pooled.estimate), 1.0), rel=CLOSED)
    (none,) = part(drawn, "none").p
    assert none == pytest.approx(pooled.p_value, rel=CLOSED)


def test_a_plot_is_saved_with_its_text_and_the_same_bytes_again(bcg, tmp_path):
    for name in ("one.svg", "two.svg"):
        plot.baujat(lp.baujat(*bcg), labels=LABELS).save(tmp_path / "baujat.svg")
        (tmp_path / "baujat.svg").rename(tmp_path / name)
    first, second = ((tmp_path / name).read_bytes() for name in ("one.svg", "two.svg"))
    assert first == second
    assert b'<desc id="baujat-desc">Baujat plot of 13 trials. ' in first


def test_the_users_settings_are_as_they_were(bcg):
    before = dict(mpl.rcParams)
    plot.baujat(lp.baujat(*bcg))
    assert dict(mpl.rcParams) == before


UNFIT = {
    "names as one text": (
        lambda d: plot.baujat(d.baujat, labels="A" * 13),
        "labels must be a list",
    ),
    "no names": (lambda d: plot.baujat(d.baujat, labels=None), "labels must be a list"),
    "one arm": (lambda d: plot.forest(d.pooled, d.y, d.v, arms="ab"), "arms must be two names"),
    "three arms": (lambda _: plot.labbe([1], [9], [2], [9], arms="abc"), "arms must be two"),
    "no title": (lambda d: plot.forest(d.pooled, d.y, d.v, title=None), "title must be a text"),
    "no Axes": (lambda d: plot.forest(d.pooled, d.y, d.v, ax="x"), "ax must be one Axes"),
    "a grid of Axes": (lambda d: plot.qq(d.influence, ax=[1, 2]), "ax must be one Axes"),
    "a column's name": (lambda d: d.bubble(column="x"), "column must be a whole number"),
    "a column beyond": (lambda d: d.bubble(column=2), "column must be one of 0 to 1"),
    "a name of no text": (lambda d: d.bubble(name=3), "name must be a text"),
    "one moderator": (lambda d: plot.bubble(d.line, d.y, d.v, 3.0), "x must have a row a trial"),
    "data sets": (lambda d: plot.bubble(d.line, [d.y], [d.v], d.v), "is not the meta-regression"),
    "half a trial": (lambda d: plot.gosh(d.gosh, trial=1.5), "trial must be a whole number"),
    "a trial beyond": (lambda d: plot.gosh(d.gosh, trial=4), "a position from 0 to 3, not 4"),
    "tables": (lambda _: plot.labbe([[1]], [[9]], [[2]], [[9]]), "draws one data set"),
    "nobody": (lambda _: plot.labbe([0], [0], [2], [9]), "Each arm must have people in it"),
    "nothing shown": (lambda d: plot.influence(d.influence, show=None), "show must name some of"),
    "one shown": (lambda d: plot.influence(d.influence, show="hat"), "not 'hat'"),
    "no τ²": (lambda d: plot.profile(d.pooled, d.y, d.v, highest="a"), "highest must be one"),
    "no end": (lambda d: plot.profile(d.pooled, d.y, d.v, highest=np.inf), "must be finite"),
    "one trial": (lambda _: plot.profile(lp.pool([1], [1]), [1], [1]), "needs two trials"),
    "no seed": (lambda d: plot.qq(d.influence, seed=-1), "seed must be a whole number"),
    "far ratios": (lambda d: d.far(), "more than 1e+100 to 1 cannot be drawn"),
}


class Data:
    """What the plots that refuse something are given besides."""

    def __init__(self, y, v):
        self.y, self.v = y, v
        self.pooled, self.baujat, self.influence = (
            lp.pool(y, v),
            lp.baujat(y, v),
            lp.influence(y, v),
        )
        self.gosh = lp.gosh(y[:4], v[:4], tau2="DL")
        self.line = lp.meta_regression(y, v, v, intercept=True)

    def bubble(self, **options):
        plot.bubble(self.line, self.y, self.v, self.v, **options)

    def far(self):
        y, v = [0.1, 800.0], [0.1, 0.1]
        plot.radial(lp.pool(y, v), y, v, measure="RR")


@pytest.mark.parametrize("what", UNFIT)
def test_what_cannot_be_drawn_is_refused_in_a_sentence(bcg, what):
    call, sentence = UNFIT[what]
    with pytest.raises(InputError, match=re.escape(sentence)):
        call(Data(*bcg))
