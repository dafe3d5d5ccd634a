"""Draw every figure of one review, and write those that are for blogs."""

from pathlib import Path

from liftproof.blog import write_blog
from liftproof.pages.draw_figures import draw_figures
from liftproof.reviews import read
from liftproof.wiring import recorded

with recorded(snakemake):
    review = read(Path(snakemake.input.settings).parent)
    results = Path(snakemake.params.results)
    draw_figures(review, results)
    write_blog(results.parent / "blog" / results.name, review, results)
