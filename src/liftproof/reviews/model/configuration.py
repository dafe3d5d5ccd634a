"""The contents of ``config/config.yaml``: what the workflow builds."""

from dataclasses import dataclass

from liftproof.reviews.model.keys import ListKind, TextKind, key


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
