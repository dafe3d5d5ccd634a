"""Write the kits for blogs of all reviews."""

from pathlib import Path

from liftproof.blog.kit import write_kits
from liftproof.wiring import recorded

with recorded(snakemake) as failures:
    write_kits(
        snakemake.params.reviews,
        Path("results"),
        snakemake.input.cautions,
        snakemake.input.citation,
        failures.within,
    )
