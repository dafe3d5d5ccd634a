"""Write the first page and the feed from what each review says of itself."""

from pathlib import Path

from liftproof.files import write_text
from liftproof.left_out import left_out_of
from liftproof.report.feed import feed_text
from liftproof.report.index_page import build_index
from liftproof.report.results import read_claim_inputs, read_review_inputs
from liftproof.report.review_entry import read_entry
from liftproof.wiring import recorded

with recorded(snakemake):
    entries = [read_entry(Path(path)) for path in snakemake.input.entries]
    names = snakemake.params.claimed
    claimed = [read_review_inputs(name, Path(), Path("results")) for name in names]
    claims = read_claim_inputs(snakemake.input.claims)
    page = build_index(entries, claimed, claims, left_out_of(snakemake.params.left_out))
    write_text(Path(snakemake.output.report), page)
    fed = (entry for each in entries for entry in each.fed)
    write_text(Path(snakemake.output.feed), feed_text(fed, snakemake.params.project))
