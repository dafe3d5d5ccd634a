"""Pool the analyses of a review.

Requires
    data/reviews/{review}/review.yaml, studies.csv, outcomes.csv; provenance.csv where it exists
Makes
    results/{review}/effects.csv        one row per analysis and trial
    results/{review}/estimates.csv      one row per analysis
    results/{review}/subgroups.csv      one row per analysis and subgroup
"""


rule pool:
    input:
        settings="data/reviews/{review}/review.yaml",
        studies="data/reviews/{review}/studies.csv",
        outcomes="data/reviews/{review}/outcomes.csv",
        provenance=if_present("provenance.csv"),
    output:
        effects="results/{review}/effects.csv",
        estimates=report(
            "results/{review}/estimates.csv",
            caption="../report/estimates.rst",
            category="Tables",
            labels={"review": "{review}", "table": "pooled estimates"},
        ),
        subgroups="results/{review}/subgroups.csv",
    log:
        "logs/{review}/pool.log",
    priority: 3
    conda:
        "../../envs/environment.yaml"
    params:
        code=code_behind("pool.py"),
    script:
        "../scripts/pool.py"
