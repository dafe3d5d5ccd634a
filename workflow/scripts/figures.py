"""Draw every figure of one review, and write its first forest plot for a blog."""

from pathlib import Path

from liftproof.blog import write_blog
from liftproof.pages.dose import dose_drawing as dose
from liftproof.pages.forest import forest_drawing as forest
from liftproof.pages.multiverse import curve_drawing as multiverse
from liftproof.pages.plots import plots_of
from liftproof.reviews import read
from liftproof.wiring import logged

with logged(snakemake.log[0]):
    review = read(Path(snakemake.input.settings).parent)
    plots = plots_of(review.settings, Path(snakemake.input.estimates).parent)
    folder = snakemake.params.folder
    for plot in plots.forests:
        forest.write(plot, folder / plot.estimate.analysis)
    for plot in plots.multiverses:
        multiverse.write(plot, folder / plot.analysis)
    for plot in plots.doses:
        dose.write(plot, folder / plot.row.analysis)
    first = plots.forests[0]
    forest.write_for_pages(first, folder / first.estimate.analysis)
    write_blog(snakemake.params.blog, first, folder / first.estimate.analysis)
