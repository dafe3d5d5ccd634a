"""The tables that the workflow writes once for all reviews: the claims ledger and its cautions."""

from collections.abc import Mapping

from liftproof.rows.claim_rows import CautionRow, ClaimContrastRow, ClaimRow, ReadingRow

RUN_TABLES: Mapping[type, str] = {
    ClaimRow: "claims.csv",
    ReadingRow: "claim_readings.csv",
    ClaimContrastRow: "claim_contrasts.csv",
    CautionRow: "cautions.csv",
}
"""By class of rows, the file below ``results/``."""
