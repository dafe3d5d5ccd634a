"""Draw every figure of one review."""

from pathlib import Path

from liftproof.pages.draw_figures import draw_figures
from liftproof.reviews import read
from liftproof.wiring import recorded

with recorded(snakemake):
    review = read(Path(snakemake.input.settings).parent)
    draw_figures(review, Path(snakemake.params.results))
