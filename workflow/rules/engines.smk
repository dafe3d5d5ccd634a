"""Ask independent software for every pooled estimate; stop if it answers otherwise.

One job for all reviews: starting the other packages takes longer than asking them.

Requires
    results/{review}/effects.csv, estimates.csv, subgroups.csv
Makes
    results/{review}/engines.csv        one row per analysis and engine
"""


rule engines:
    input:
        expand(
            "results/{review}/{table}.csv",
            review=POOLED,
            table=["effects", "estimates", "subgroups"],
        ),
    output:
        engines=expand("results/{review}/engines.csv", review=POOLED),
        record="results/.digests/engines.json",
    log:
        "logs/engines.log",
    conda:
        "../../envs/environment.yaml"
    params:
        code=code_behind("engines.py"),
        levels=[REVIEWS[name].settings.level for name in POOLED],
    script:
        "../scripts/engines.py"
