"""The data of the figure in a kit for a blog: what is drawn, in full precision."""

from dataclasses import dataclass

from liftproof.columns import column

KINDS = ("trial", "subgroup", "pooled", "prediction")


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnRow:
    """A row of ``data.csv``: one line of the forest plot, limits as they are drawn."""

    kind: str = column("what the line is", required=True, allowed=KINDS)
    label: str = column("its name in the figure", required=True)
    subgroup: str = column("subgroup that it belongs to")
    measure: str = column("effect measure")
    estimate: float | None = column("effect, natural scale", kind="number")
    ci_low: float | None = column(
        "lower limit that is drawn: as reported, else at the review's level", kind="number"
    )
    ci_high: float | None = column("upper limit, likewise", kind="number")
    weight_percent: float | None = column("weight in the pooled estimate", kind="number")
    events_intervention: int | None = column("events, intervention arm", kind="count")
    n_intervention: int | None = column("participants, intervention arm", kind="count")
    events_control: float | None = column("events, control arm", kind="share")
    n_control: float | None = column("participants, control arm", kind="share")
    events: int | None = column("events, the one group", kind="count")
    n: int | None = column("participants, the one group", kind="count")
    person_time: float | None = column("person-time, the one group", kind="number")
    unverified: str = column("whether it rests on an unverified number", allowed=("yes", "no"))
    reconstructed: str = column("whether it rests on a reconstructed one", allowed=("yes", "no"))
