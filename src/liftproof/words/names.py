"""What methods are called in figures and captions, by their code."""

TAU2_NAMES = {
    "FE": "fixed effect",
    "DL": "DerSimonian-Laird",
    "PM": "Paule-Mandel",
    "REML": "restricted maximum likelihood",
}
INTERVAL_NAMES = {
    "wald": "Wald",
    "hksj": "Hartung-Knapp",
    "hksj_adhoc": "Hartung-Knapp, never narrower than Wald",
}
