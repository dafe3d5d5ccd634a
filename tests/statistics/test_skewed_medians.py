"""Mean and SD of skewed arms from five numbers: quantile estimation, Box-Cox."""

import numpy as np
import pytest
from scipy import stats

from liftproof import conv_fivenum
from liftproof.errors import InputError
from liftproof.statistics.conversions.box_cox import moments_back, symmetric_power
from liftproof.statistics.conversions.quantile_estimation import quantile_fits

CLOSED = 1e-10
SEARCHED = 1e-6
"""Relative: the flatness of a minimum leaves about 1e-8 of its place."""
OF_R = 5e-5
"""Relative: R's optim stops early; its results differ from the minimum by up to 4e-5."""
QUARTILES = np.array([0.25, 0.5, 0.75])
NA = np.nan
ESTMEANSD = [
    # min, q1, median, q3, max, n; qe.mean.sd and bc.mean.sd(avoid.mc=TRUE) of estmeansd 1.0.1,
    # with metaBLUE's Luo.mean and Wan.std written out
    (NA, 16, 20, 25, NA, 40, (21.124998, 7.1845198), (21.212972, 7.4991806)),
    (NA, 2, 4, 9, NA, 50, (8.0369402, 13.510466), (8.0607708, 13.333637)),
    (1, NA, 5, NA, 30, 60, (7.1703013, 7.2255338), (6.64652, 5.6293324)),
    (9, 16, 20, 25, 33, 40, (20.6, 6.1807097), (20.50891, 6.2728922)),
    (1, 2, 3, 9, 40, 60, (7.2256872, 10.695184), (6.388493, 7.9853631)),
    (NA, 0.1, 0.2, 0.4, NA, 30, (0.33912271, 0.46437894), (0.35801213, 0.53153858)),
    (2, 3, 4, 5.5, 7, 15, (4.2832479, 1.72363), (4.3286509, 1.8574802)),
]


def of(row, method):
    low, q1, median, q3, high, n = row
    given = {"minimum": low, "q1": q1, "q3": q3, "maximum": high}
    found = conv_fivenum(median, n, **given, method=method, test=False)
    return float(found.mean), float(found.sd)


@pytest.mark.parametrize("row", ESTMEANSD, ids=lambda row: str(row[:6]))
def test_both_methods_give_rs_numbers(row):
    assert of(row[:6], "qe") == pytest.approx(row[6], rel=OF_R)
    assert of(row[:6], "bc") == pytest.approx(row[7], rel=OF_R)


@pytest.mark.parametrize(
    ("family", "distribution"),
    [
        ("normal", stats.norm(20, 6)),
        ("log-normal", stats.lognorm(0.8, scale=3)),
        ("gamma", stats.gamma(2.5, scale=400)),
        ("weibull", stats.weibull_min(5, scale=80)),
        ("beta", stats.beta(2, 6)),
    ],
)
def test_quantiles_of_a_distribution_give_it_back(family, distribution):
    """An independent optimum: of its own quantiles a distribution has distance 0."""
    fit = quantile_fits(distribution.ppf(QUARTILES), QUARTILES)[0]
    assert fit.family == family
    assert fit.mean == pytest.approx(distribution.mean(), rel=SEARCHED)
    assert fit.sd == pytest.approx(distribution.std(), rel=SEARCHED)


def test_no_neighbouring_shape_is_nearer():
    q = [2.0, 3.0, 7.0]
    fits = {fit.family: fit for fit in quantile_fits(q, QUARTILES)}
    rng = np.random.default_rng(7)
    for name, make in (("gamma", stats.gamma), ("weibull", stats.weibull_min)):
        shapes = np.exp(rng.uniform(-1.5, 1.5, 100))
        units = np.array([make(shape).ppf(QUARTILES) for shape in shapes])
        scales = units @ q / (units**2).sum(axis=1)
        off = ((scales[:, None] * units - q) ** 2).sum(axis=1)
        assert fits[name].off <= off.min()
        assert off.min() == pytest.approx(fits[name].off, rel=0.01)


@pytest.mark.parametrize("method", ["qe", "bc"])
def test_another_unit_gives_the_same_in_that_unit(method):
    row = (NA, 100, 200, 390, NA, 40)
    mean, sd = of(row, method)
    larger = of((NA, 1e5, 2e5, 3.9e5, NA, 40), method)
    assert larger == pytest.approx((1000 * mean, 1000 * sd), rel=SEARCHED)


def test_symmetric_quartiles_have_their_median_as_mean_in_any_unit():
    """100, 200, 300 is normal: (300 - 100)/(2 x 0.6744898). estmeansd gives 224.8 and 159.1."""
    assert of((NA, 100, 200, 300, NA, 40), "qe") == pytest.approx((200, 148.26022), rel=1e-7)


def test_numbers_below_0_are_taken_for_normal():
    assert [fit.family for fit in quantile_fits([-1.0, 2.0, 6.0], QUARTILES)] == ["normal"]
    assert quantile_fits([0.0, 2.0, 6.0], QUARTILES)[0].family != "normal"


def test_rows_of_different_kinds_stand_side_by_side():
    mixed = conv_fivenum(
        [20, 4],
        [40, 60],
        q1=[16, NA],
        q3=[25, NA],
        minimum=[NA, 1],
        maximum=[NA, 30],
        method="bc",
        test=False,
    )
    alone = [of((NA, 16, 20, 25, NA, 40), "bc"), of((1, NA, 4, NA, 30, 60), "bc")]
    assert list(zip(mixed.mean, mixed.sd, strict=True)) == alone


def test_box_cox_finds_the_power_and_goes_back():
    """Squares of 3 - d, 3, 3 + d are symmetric at the power 1/2; means of squares are m² + s²."""
    assert symmetric_power([(2.5**2, 9.0, 3.5**2)]) == pytest.approx(0.5, rel=SEARCHED)
    assert symmetric_power([(1.0, 1e6, 1e13)]) == 0.0
    mean, _ = moments_back(8.0, 0.2, 0.5)
    assert mean == pytest.approx(5**2 + 0.1**2, rel=CLOSED)


@pytest.mark.parametrize("row", [(NA, -1, 2, 6, NA, 30), (NA, 2, 2, 6, NA, 30)])
def test_box_cox_refuses_what_has_no_logarithm_or_no_middle(row):
    with pytest.raises(InputError, match="numbers above 0, and a median apart from the others"):
        of(row, "bc")


@pytest.mark.parametrize("row", [(NA, 0, 0, 5, NA, 40), (0, NA, 0, NA, 5, 40)])
def test_quantile_estimation_refuses_two_zeros_for_which_it_has_no_nearest_distribution(row):
    with pytest.raises(InputError, match="two of the numbers are 0: use luo/wan/shi"):
        of(row, "qe")


def test_quantile_estimation_answers_for_numbers_of_very_unlike_size():
    mean, sd = of((NA, 1e-30, 1.0, 1e30, NA, 40), "qe")
    assert 0 < mean < sd < np.inf
