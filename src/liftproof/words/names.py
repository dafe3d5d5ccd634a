"""What methods are called in figures and captions, by their code."""

TAU2_NAMES = {
    "FE": "fixed effect",
    "DL": "DerSimonian-Laird",
    "HE": "Hedges",
    "HS": "Hunter-Schmidt",
    "HSk": "Hunter-Schmidt with a small-sample correction",
    "SJ": "Sidik-Jonkman",
    "ML": "maximum likelihood",
    "REML": "restricted maximum likelihood",
    "EB": "empirical Bayes",
    "PM": "Paule-Mandel",
    "PMM": "median-unbiased Paule-Mandel",
    "DLIT": "iterated DerSimonian-Laird",
    "SJIT": "iterated Sidik-Jonkman",
}
INTERVAL_NAMES = {
    "wald": "Wald",
    "t": "Wald with t",
    "hksj": "Hartung-Knapp",
    "hksj_adhoc": "Hartung-Knapp, never narrower than Wald",
    "hksj_hybrid": "the wider of Hartung-Knapp and Wald",
    "hksj_iqwig": "Hartung-Knapp as IQWiG corrects it",
    "kr": "Kenward-Roger",
}
