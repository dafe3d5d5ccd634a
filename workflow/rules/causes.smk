"""Look for what made a printed number differ from the computed one.

Requires
    data/reviews/{review}/review.yaml, studies.csv, outcomes.csv; results/{review}/reproduction.csv
Makes
    results/{review}/causes.csv         one row per printed number that is missed or contradicted
"""


rule causes:
    input:
        settings="data/reviews/{review}/review.yaml",
        studies="data/reviews/{review}/studies.csv",
        outcomes="data/reviews/{review}/outcomes.csv",
        reproduction="results/{review}/reproduction.csv",
        code=code_behind("causes.py"),
    output:
        causes="results/{review}/causes.csv",
    log:
        "logs/{review}/causes.log",
    conda:
        "../../envs/environment.yaml"
    script:
        "../scripts/causes.py"
