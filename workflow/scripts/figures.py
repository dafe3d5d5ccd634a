"""Draw every figure of one review; those that were drawn before of the same are taken."""

from pathlib import Path

from liftproof.pages.draw_figures import draw_figures
from liftproof.project.kept_of_reviews import DRAWINGS, kept_of
from liftproof.reviews import read
from liftproof.wiring import recorded

with recorded(snakemake):
    review = read(Path(snakemake.input.settings).parent)
    with kept_of(review.name, DRAWINGS) as kept:
        draw_figures(review, Path(snakemake.params.results), kept, snakemake.params.code)
