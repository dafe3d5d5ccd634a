"""The picture of docs/gallery.md with every plot from arrays: the BCG trials (metadat's dat.bcg).

``python docs/plots/draw.py`` writes plots.png beside this script.
"""

import csv
from pathlib import Path

import liftproof

HERE = Path(__file__).parent
TRIALS = HERE.parents[1] / "tests" / "reference" / "data" / "bcg.csv"
ROWS, COLUMNS = 5, 3
DPI = 80


def main() -> None:
    """Draw the sheet."""
    from matplotlib import pyplot as plt  # noqa: PLC0415  only who draws needs it

    with TRIALS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    tpos, tneg, cpos, cneg, latitude, year = (
        [float(row[name]) for row in rows]
        for name in ("tpos", "tneg", "cpos", "cneg", "ablat", "year")
    )
    n, n_control = (
        [a + b for a, b in zip(*arm, strict=True)] for arm in ((tpos, tneg), (cpos, cneg))
    )
    names = {"labels": [f"{row['author'].split()[0]} {row['year']}" for row in rows]}
    ratio = {"measure": "RR"}
    y, v = (getattr(liftproof.risk_ratio(tpos, n, cpos, n_control), field) for field in "yv")
    pooled, found = liftproof.pool(y, v), liftproof.influence(y, v)
    filled = liftproof.trim_and_fill(y, v)
    line = liftproof.meta_regression(y, v, latitude, intercept=True)
    figure, axes = plt.subplots(ROWS, COLUMNS, figsize=(14, 19), dpi=DPI)
    figure.subplots_adjust(left=0.05, right=0.98, top=0.985, bottom=0.03, wspace=0.22, hspace=0.22)
    plot, places = liftproof.plot, iter(axes.flat)
    arms = ("vaccine", "no vaccine")
    plot.forest(pooled, y, v, arms=arms, ax=next(places), **names, **ratio)
    steps = liftproof.cumulative(y, v, year)
    plot.cumulative(steps, arms=arms, ax=next(places), **names, **ratio)
    without = liftproof.leave_one_out(y, v)
    plot.leave_one_out(without, pooled=pooled, ax=next(places), **names, **ratio)
    plot.funnel(liftproof.funnel(y, v), filled=filled, ax=next(places), **names, **ratio)
    plot.bubble(line, y, v, latitude, name="Latitude", ax=next(places), **names, **ratio)
    plot.radial(pooled, y, v, ax=next(places), **names, **ratio)
    plot.labbe(
        *(tpos, n, cpos, n_control),
        result=pooled,
        arms=("Vaccine", "No vaccine"),
        ax=next(places),
        **names,
    )
    plot.baujat(liftproof.baujat(y, v), ax=next(places), **names)
    subsets = liftproof.gosh(y, v, tau2="DL")
    plot.gosh(subsets, trial=names["labels"][3], ax=next(places), **names, **ratio)
    plot.qq(found, ax=next(places), **names)
    plot.profile(pooled, y, v, ax=next(places))
    plot.influence(found, ax=next(places), **names)
    plot.p_value_function(pooled, ax=next(places), **ratio)
    for ax in places:
        ax.set_axis_off()
    figure.savefig(HERE / "plots.png", metadata={"Software": None}, pil_kwargs={"optimize": True})


if __name__ == "__main__":
    main()
