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
MODEL_NAMES = {
    "MH": "Mantel-Haenszel",
    "Peto": "Peto",
    "UM.FS": "generalised linear mixed model, fixed trial effects",
    "UM.RS": "generalised linear mixed model, random trial effects",
    "CM.EL": "conditional mixed model, exact likelihood",
    "CM.AL": "conditional mixed model, approximate likelihood",
    "beta-binomial": "beta-binomial model",
}
"""Methods that pool counts: they stand in the place of an estimator of τ²."""
THREE_LEVEL_NAME = "Three-level random effects"
COMMON_EFFECT = ("FE", "MH", "Peto", "beta-binomial")
"""Methods without a variance of true effects between trials."""


def estimator(code: str) -> str:
    """Return what a method of pooling, or an estimator of τ², is called.

    >>> estimator("DL"), estimator("MH")
    ('DerSimonian-Laird', 'Mantel-Haenszel')
    """
    return MODEL_NAMES.get(code) or TAU2_NAMES[code]


def model(code: str) -> str:
    """Return what the pooled line of a figure is called.

    >>> model("FE"), model("REML"), model("MH")
    ('Fixed effect', 'Random effects', 'Mantel-Haenszel')
    """
    if code in MODEL_NAMES:
        name = MODEL_NAMES[code].partition(",")[0]
        return name[0].upper() + name[1:]
    return "Fixed effect" if code == "FE" else "Random effects"
