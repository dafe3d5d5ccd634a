"""Forms in which papers print results, from which the numbers behind an effect follow."""

from collections.abc import Iterable
from dataclasses import dataclass

from liftproof.vocabulary.record import Record, by_code

PEOPLE = ("n_intervention", "n_control")


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedForm(Record):
    """One form; ``name``: as ``liftproof add`` tells of it.

    ``columns``: of ``outcomes.csv``, in the order in which they are asked for. ``arms``: what
    becomes known of both arms, ``counts`` or ``means``. ``tells``: how names of columns begin that
    only this form has. ``sentence``: what readers are told of its trials, before their names, with
    citations in braces. ``instead_of``: forms whose sentences it takes the place of.
    ``is_offered``: whether ``liftproof add`` asks for its columns as a result.
    """

    columns: tuple[str, ...]
    arms: str
    tells: str
    sentence: str
    instead_of: tuple[str, ...] = ()
    is_offered: bool = True


def _of_arms(*names: str) -> tuple[str, ...]:
    return tuple(f"{name}_{arm}" for arm in ("intervention", "control") for name in names)


OF_MEDIANS = (
    "Means and standard deviations follow from medians with quartiles or range ({luo2018}, "
    "{wan2014}, {shi2020})"
)
PRINTED_FORMS = by_code(
    PrintedForm(
        code="percents",
        name="events in percent of participants",
        columns=_of_arms("percent", "n"),
        arms="counts",
        tells="percent_",
        sentence="Events follow from percentages",
    ),
    PrintedForm(
        code="incidence",
        name="rates with their events, and what the rates are per",
        columns=(*_of_arms("rate", "events"), "rate_per"),
        arms="counts",
        tells="rate_per",
        sentence="Events or person-time follow from rates as printed",
    ),
    PrintedForm(
        code="rates_limits",
        name="rates with the limits of each",
        columns=_of_arms("rate", "rate_low", "rate_high"),
        arms="counts",
        tells="rate_low_",
        sentence="Rate ratios follow from the rates of both arms with their limits",
    ),
    PrintedForm(
        code="chi2",
        name="χ² of the events with its margins, and the arm with the larger share",
        columns=("chi2_value", "events_total", *PEOPLE, "higher_arm"),
        arms="counts",
        tells="chi2_value",
        sentence="Events follow from χ²",
    ),
    PrintedForm(
        code="means_se",
        name="means with their standard errors",
        columns=_of_arms("mean", "se", "n"),
        arms="means",
        tells="se_",
        sentence="Standard deviations follow from standard errors of means",
    ),
    PrintedForm(
        code="medians",
        name="medians with quartiles",
        columns=_of_arms("median", "q1", "q3", "n"),
        arms="means",
        tells="median_",
        sentence=OF_MEDIANS,
    ),
    PrintedForm(
        code="ranges",
        name="medians with minimum and maximum",
        columns=_of_arms("median", "min", "max", "n"),
        arms="means",
        tells="min_",
        sentence=OF_MEDIANS,
    ),
    PrintedForm(
        code="medians_skewed",
        name="medians of skewed arms",
        columns=("median_method",),
        arms="means",
        tells="median_method",
        sentence="Means and standard deviations follow from medians of skewed arms by quantile "
        "estimation or a Box-Cox transformation ({mcgrath2020})",
        instead_of=("medians", "ranges"),
        is_offered=False,
    ),
    PrintedForm(
        code="t",
        name="t of a test between the arms, and the arm with the higher mean",
        columns=("t_value", *PEOPLE, "higher_arm"),
        arms="means",
        tells="t_value",
        sentence="Standard deviations, or the effect, follow from t",
    ),
    PrintedForm(
        code="f",
        name="F of a test between the arms, and the arm with the higher mean",
        columns=("f_value", *PEOPLE, "higher_arm"),
        arms="means",
        tells="f_value",
        sentence="Standard deviations, or the effect, follow from F",
    ),
    PrintedForm(
        code="p_of_means",
        name="P value of a t test between the arms, and the arm with the higher mean",
        columns=("p_value", *PEOPLE, "higher_arm"),
        arms="means",
        tells="p_value",
        sentence="Standard deviations, or the effect, follow from the P value of a t test",
    ),
)
"""In the order in which readers are told of them."""


def forms_of(columns: Iterable[str]) -> tuple[str, ...]:
    """Return the forms to which columns belong, by code.

    >>> forms_of(["rate_control", "rate_per"]), forms_of(["n_control"])
    (('incidence',), ())
    """
    names = tuple(columns)
    if not names:
        return ()
    found = [
        code
        for code, form in PRINTED_FORMS.items()
        if any(name.startswith(form.tells) for name in names)
    ]
    replaced = {other for code in found for other in PRINTED_FORMS[code].instead_of}
    return tuple(code for code in found if code not in replaced)


OFFERED = {code: form for code, form in PRINTED_FORMS.items() if form.is_offered}
"""The forms in which a result can be entered."""
