"""The tables that the workflow writes once for all reviews: the claims ledger."""

from collections.abc import Mapping

from liftproof.rows.claim_rows import ClaimRow, ReadingRow

RUN_TABLES: Mapping[type, str] = {ClaimRow: "claims.csv", ReadingRow: "claim_readings.csv"}
"""By class of rows, the file below ``results/``."""
