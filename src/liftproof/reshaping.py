"""From one row a trial to one an arm, and back: data frames of another shape."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from liftproof.errors import InputError
from liftproof.extras import require_extra
from liftproof.statistics.effects.escalc import given_columns
from liftproof.suggest import did_you_mean

if TYPE_CHECKING:
    import pandas as pd

ARMS: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "counts": {"out1": ("ai", "ci"), "n": ("n1i", "n2i")},
    "rates": {"events": ("x1i", "x2i"), "ptime": ("t1i", "t2i")},
    "matched_margins": {"out1": ("ai", "ci"), "n": ("n1i", "n2i"), "r": ("ri", "ri")},
    "means": {"mean": ("m1i", "m2i"), "sd": ("sd1i", "sd2i"), "n": ("n1i", "n2i")},
}
"""By source of two arms, the columns of the long frame and metafor's names of both arms' ones."""
ONE_ROW: Mapping[str, Mapping[str, str]] = {
    "group_counts": {"out1": "xi", "n": "ni"},
    "group_rates": {"events": "xi", "ptime": "ti"},
    "group_means": {"mean": "mi", "sd": "sdi", "n": "ni"},
    "correlations": {"r": "ri", "n": "ni"},
    "partial_correlations": {"r": "ri", "n": "ni", "m": "mi"},
    "pairs": {"mean1": "m1i", "mean2": "m2i", "sd1": "sd1i", "sd2": "sd2i", "n": "ni", "r": "ri"},
    "alphas": {"alpha": "ai", "m": "mi", "n": "ni"},
    "semi_partial_correlations": {"t": "ti", "n": "ni", "m": "mi", "r2": "r2i"},
    "areas": {"area": "ai", "n1": "n1i", "n2": "n2i"},
    "matched": {"a": "ai", "b": "bi", "c": "ci", "d": "di"},
    "models": {"r2": "r2i", "m": "mi", "n": "ni"},
    "genotypes": {"a": "ai", "b": "bi", "c": "ci"},
}
"""By source with one row a trial, the same."""
OUTCOMES = ("out1", "out2")


def to_long(
    measure: str, *, study: ArrayLike | None = None, vlong: bool = False, **columns: ArrayLike
) -> pd.DataFrame:
    """Return a frame with one row an arm: ``study``, ``group`` (1 and 2) and the arm's numbers.

    ``measure``, ``columns``: as ``escalc``, (k,). ``study``: one label a trial, else 1 to k.
    Counts come as ``out1``, with the event, and ``out2``, without; ``vlong=True`` gives each a row
    of its own, ``outcome`` and ``freq``. What has one row a trial keeps it. Raises InputError, and
    MissingExtraError where pandas is not installed.

    metafor: ``to.long(measure=, ...)``, whose frame has the columns of ``data`` as well.

    >>> to_long("RR", ai=[4, 6], n1i=[123, 306], ci=[11, 29], n2i=[139, 303]).to_numpy().tolist()
    [[1, 1, 4, 119], [1, 2, 11, 128], [2, 1, 6, 300], [2, 2, 29, 274]]
    """
    require_extra("report", "to_long()", ["pandas"])
    import pandas as pd  # noqa: PLC0415  pandas comes with an extra

    source, found = given_columns(measure, columns)
    k = _size(found)
    labels = _labels(study, k)
    if source in ARMS:
        numbers = {
            name: np.stack([found[one] for one in both], axis=1).ravel()
            for name, both in ARMS[source].items()
        }
        keys = {"study": np.repeat(labels, 2), "group": np.tile([1, 2], k)}
    else:
        numbers = {name: found[one] for name, one in ONE_ROW[source].items() if one in found}
        keys = {"study": labels}
    if "out1" in numbers:
        numbers["out2"] = numbers.pop("n") - numbers["out1"]
    if not vlong:
        return pd.DataFrame({**keys, **numbers})
    if "out1" not in numbers:
        raise InputError(f"{measure} counts no events: leave vlong out.")
    frequency = np.stack([numbers[name] for name in OUTCOMES], axis=1).ravel()
    keys = {name: np.repeat(values, 2) for name, values in keys.items()}
    outcome = np.tile([1, 2], frequency.size // 2)
    return pd.DataFrame({**keys, "outcome": outcome, "freq": frequency})


def to_table(
    measure: str, *, study: ArrayLike | None = None, **columns: ArrayLike
) -> dict[Any, pd.DataFrame]:
    """Return one table a trial, by its label: a row an arm, a column each of its numbers.

    All as :func:`to_long`. metafor: ``to.table(measure=, ...)``, an array of three dimensions.

    >>> to_table("RR", ai=[4], n1i=[123], ci=[11], n2i=[139])[1].loc[2].tolist()
    [11, 128]
    """
    rows = to_long(measure, study=study, vlong=False, **columns)
    keys = rows.columns[: 2 if "group" in rows else 1].tolist()
    index = "group" if "group" in rows else "study"
    return {
        label: own.set_index(index).drop(columns=[key for key in keys if key != index])
        for label, own in rows.groupby("study", sort=False)
    }


def to_wide(
    data: pd.DataFrame, study: str, group: str, values: Sequence[str], *, ref: Any = None
) -> pd.DataFrame:
    """Return a frame with one row a comparison of an arm with the reference arm of its trial.

    ``data``: one row an arm. ``study``, ``group``, ``values``: names of its columns: of trials, of
    arms, and what arms have of their own; they end in ``.1`` and ``.2`` (the reference's). ``ref``:
    the reference, else the arm that most trials have, and in a trial without it its last arm in
    order. Trials and arms are sorted, categories in theirs; a trial of one arm is left out.
    ``id``, ``comp`` and ``design`` number a row, name both arms, and all arms of the trial. Raises
    InputError.

    metafor: ``to.wide(data, study=, grp=, ref=, grpvars=)``, which shortens names of arms.

    >>> import pandas as pd
    >>> arms = pd.DataFrame({"trial": [1, 1, 1], "arm": ["a", "b", "none"], "events": [3, 5, 9]})
    >>> wide = to_wide(arms, "trial", "arm", ["events"], ref="none")
    >>> wide[["arm.1", "events.1", "events.2"]].to_numpy().tolist()
    [['a', 3, 9], ['b', 5, 9]]
    """
    require_extra("report", "to_wide()", ["pandas"])
    import pandas as pd  # noqa: PLC0415  pandas comes with an extra

    own = [group, *(name for name in values if name != group)]
    known = [str(name) for name in data.columns]
    for name in (study, *own):
        if name not in data.columns:
            raise InputError(f"data has no column {name!r}; {did_you_mean(name, known)}")
    if data[[study, group]].isna().to_numpy().any():
        raise InputError("Each row needs its trial and its arm.")
    place = _order_of_arms(data[group], ref)
    if data.duplicated([study, group]).any():
        raise InputError("A trial has two rows of one arm: join them, or give them names.")
    arms = data[group].map(place).astype(int).to_numpy()
    rows = data.iloc[np.lexsort((arms, pd.factorize(data[study], sort=True)[0]))]
    shared = [name for name in data.columns if name not in own]
    found = []
    for _, trial in rows.groupby(study, sort=False, observed=True):
        last, design = trial.iloc[-1], "-".join(map(str, trial[group]))
        for _, arm in trial.iloc[:-1].iterrows():
            line = {name: arm[name] for name in shared}
            line |= {
                f"{name}.{number}": one[name]
                for (number, one), name in product(((1, arm), (2, last)), own)
            }
            found.append(line | {"comp": f"{arm[group]}-{last[group]}", "design": design})
    if not found:
        raise InputError("No trial has two arms to compare.")
    wide = pd.DataFrame(found).infer_objects()
    wide.insert(len(wide.columns) - 2, "id", np.arange(1, len(wide) + 1))
    return wide


def _order_of_arms(arms: pd.Series[Any], ref: Any) -> dict[Any, int]:
    """Return the place of each arm among all, the reference last."""
    counts = arms.value_counts()
    if hasattr(arms, "cat"):
        known = [one for one in arms.cat.categories if counts.get(one, 0)]
    else:
        known = sorted(counts.index)
    if ref is None:
        ref = max(known, key=lambda arm: counts[arm])
    if ref not in known:
        raise InputError(f"No arm is called {ref!r}; {did_you_mean(str(ref), map(str, known))}")
    return {arm: place for place, arm in enumerate([*(a for a in known if a != ref), ref])}


def _size(found: Mapping[str, NDArray[Any]]) -> int:
    shapes = {values.shape for values in found.values()}
    if len(shapes) > 1 or len(next(iter(shapes))) != 1:
        raise InputError("Each column must hold one number a trial.")
    return int(next(iter(shapes))[0])


def _labels(study: ArrayLike | None, k: int) -> NDArray[Any]:
    labels = np.arange(1, k + 1) if study is None else np.asarray(study)
    if labels.shape != (k,):
        raise InputError(f"study must hold {k} labels, one a trial.")
    return labels
