"""Set out what other reviews printed."""

from pathlib import Path

from liftproof import tables
from liftproof.analysis.printed_pools import printed_pools
from liftproof.reviews import read
from liftproof.reviews.review_folder import siblings_of
from liftproof.rows.print_rows import PrintRow
from liftproof.wiring import recorded

with recorded(snakemake):
    review = read(Path(snakemake.input.settings).parent)
    beside = siblings_of(review.folder, [row.see for row in review.prints])
    rows = printed_pools(review, beside.published)
    tables.write(rows, PrintRow, Path(snakemake.output.prints))
