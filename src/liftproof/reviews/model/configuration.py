"""The contents of ``config/config.yaml``: what the workflow builds, and how kits look."""

from dataclasses import dataclass

from liftproof.reviews.model.house_style import HouseStyle
from liftproof.reviews.model.keys import ListKind, RecordKind, TextKind, key


@dataclass(frozen=True, slots=True, kw_only=True)
class Configuration:
    """The whole file. ``config/schema.yaml``, which Snakemake checks it by, says the same."""

    reviews: tuple[str, ...] = key(
        "names of the reviews to build, folders below data/reviews/; empty builds all",
        ListKind(of=TextKind(holds="names of folders, each once"), takes_one=False),
        required=True,
        default=(),
        example="[lauersen2018]",
    )
    house: HouseStyle | None = key(
        "how the kits for blogs look",
        RecordKind(table=HouseStyle),
        otherwise="the colours and the font of the report, without name and logo",
        example="{name: Clinic in the Park}",
    )
