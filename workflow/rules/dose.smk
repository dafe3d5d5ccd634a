"""Regress effects on dose, in the reviews that ask for it.

Requires
    data/reviews/{review}/review.yaml, studies.csv, outcomes.csv; provenance.csv where it exists
Makes
    results/{review}/dose_response.csv      one row per model, and per trial left out of it
    results/{review}/dose_trials.csv        one row per question and result
    results/{review}/dose_curves.csv        one row per question and point of its curve
Defines
    DOSES           the names of the reviews that ask for doses
"""

DOSES = [name for name, review in REVIEWS.items() if review.settings.dose]


rule dose:
    input:
        settings="data/reviews/{review}/review.yaml",
        studies="data/reviews/{review}/studies.csv",
        outcomes="data/reviews/{review}/outcomes.csv",
        provenance=if_present("provenance.csv"),
    output:
        models="results/{review}/dose_response.csv",
        trials="results/{review}/dose_trials.csv",
        curves="results/{review}/dose_curves.csv",
        record="results/.digests/{review}/dose.json",
    log:
        "logs/{review}/dose.log",
    priority: 2
    conda:
        "../../envs/environment.yaml"
    params:
        code=code_behind("dose.py"),
        data=content_of("review.yaml", "studies.csv", "outcomes.csv", "provenance.csv"),
    script:
        "../scripts/dose.py"
