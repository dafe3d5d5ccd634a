"""Pool the analyses of a review.

Requires
    data/reviews/{review}/review.yaml, studies.csv, outcomes.csv; provenance.csv and published.csv where
    they exist
Makes
    results/{review}/effects.csv        one row per analysis and trial
    results/{review}/estimates.csv      one row per analysis
    results/{review}/subgroups.csv      one row per analysis and subgroup
    results/{review}/contrasts.csv      one row per test whether estimates differ, and per pair
"""


rule pool:
    input:
        settings="data/reviews/{review}/review.yaml",
        studies="data/reviews/{review}/studies.csv",
        outcomes="data/reviews/{review}/outcomes.csv",
        provenance=if_present("provenance.csv"),
        published=if_present("published.csv"),
    output:
        effects="results/{review}/effects.csv",
        estimates=report(
            "results/{review}/estimates.csv",
            caption="../report/estimates.rst",
            category="Tables",
            labels={"review": "{review}", "table": "pooled estimates"},
        ),
        subgroups="results/{review}/subgroups.csv",
        contrasts="results/{review}/contrasts.csv",
        record="results/.digests/{review}/pool.json",
    log:
        "logs/{review}/pool.log",
    priority: 3
    conda:
        "../../envs/environment.yaml"
    params:
        code=code_behind("pool.py"),
        data=content_of(
            "review.yaml",
            "studies.csv",
            "outcomes.csv",
            "provenance.csv",
            "published.csv",
        ),
    script:
        "../scripts/pool.py"
