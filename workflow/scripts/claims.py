"""Put the published sentences to all reviews."""

from pathlib import Path

from liftproof import tables
from liftproof.analysis.claims.ledger import ledger
from liftproof.pages.claims.claim_sentences import claims_in_words
from liftproof.reviews import find, names, read
from liftproof.reviews.checks.check_claims import read_claims
from liftproof.rows.claim_rows import ClaimRow, ReadingRow
from liftproof.rows.dose_rows import DoseRow
from liftproof.wiring import logged

with logged(snakemake.log[0]):
    reviews = {name: read(find(name)) for name in snakemake.params.reviews}
    claims = read_claims(Path(), reviews, names(Path()))
    doses = [row for path in snakemake.input.doses for row in tables.read(DoseRow, Path(path))]
    found = ledger(claims, reviews, doses)
    tables.write(claims_in_words(found, doses), ClaimRow, Path(snakemake.output.claims))
    tables.write(found.readings, ReadingRow, Path(snakemake.output.readings))
