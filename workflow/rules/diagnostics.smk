"""Look behind the pooled estimates of a review: small-study effects, influence, accumulation.

Requires
    data/reviews/{review}/review.yaml, studies.csv, outcomes.csv
Makes
    results/{review}/diagnostics.csv    one number per row
"""


rule diagnostics:
    input:
        settings="data/reviews/{review}/review.yaml",
        studies="data/reviews/{review}/studies.csv",
        outcomes="data/reviews/{review}/outcomes.csv",
    output:
        diagnostics="results/{review}/diagnostics.csv",
        record="results/.digests/{review}/diagnostics.json",
    log:
        "logs/{review}/diagnostics.log",
    conda:
        "../../envs/environment.yaml"
    params:
        code=code_behind("diagnostics.py"),
        data=content_of("review.yaml", "studies.csv", "outcomes.csv"),
    script:
        "../scripts/diagnostics.py"
