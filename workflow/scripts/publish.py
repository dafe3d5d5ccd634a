"""Write what readers get of one review, as it was made before of the same where it was."""

from functools import partial
from pathlib import Path

from liftproof.project.kept_of_reviews import PUBLISHED, kept_of
from liftproof.project.kept_outputs import written_or_made
from liftproof.project.publishing import publish
from liftproof.wiring import recorded

with recorded(snakemake) as failures, kept_of(snakemake.params.review, PUBLISHED) as kept:
    make = partial(publish, snakemake, failures, Path("results"))
    written_or_made(snakemake, failures, kept, make)
