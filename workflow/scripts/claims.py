"""Put the published sentences to all reviews."""

from pathlib import Path

from liftproof import tables
from liftproof.analysis.claims.claim_cautions import numbered_cautions
from liftproof.analysis.claims.ledger import ledger
from liftproof.files import write_text
from liftproof.pages.claims.caution_words import cautions_html, cautions_in_words, cautions_text
from liftproof.pages.claims.claim_sentences import claims_in_words
from liftproof.reviews import find, names, read
from liftproof.reviews.checks.check_claims import read_claims
from liftproof.rows.claim_rows import CautionRow, ClaimContrastRow, ClaimRow, ReadingRow
from liftproof.rows.dose_rows import DoseRow
from liftproof.wiring import recorded

with recorded(snakemake) as failures, failures.within("data/claims.yaml"):
    reviews = {name: read(find(name)) for name in snakemake.params.reviews}
    claims = read_claims(Path(), reviews, names(Path()))
    doses = [row for path in snakemake.input.doses for row in tables.read(DoseRow, Path(path))]
    found = ledger(claims, reviews, doses)
    tables.write(claims_in_words(found, doses), ClaimRow, Path(snakemake.output.claims))
    tables.write(found.readings, ReadingRow, Path(snakemake.output.readings))
    tables.write(found.contrasts, ClaimContrastRow, Path(snakemake.output.contrasts))
    cautions = cautions_in_words(numbered_cautions(claims, reviews))
    tables.write(cautions, CautionRow, Path(snakemake.output.cautions))
    write_text(Path(snakemake.output.text), cautions_text(cautions))
    write_text(Path(snakemake.output.html), cautions_html(cautions))
