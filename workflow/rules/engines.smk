"""Ask independent software for every pooled estimate; stop if it answers otherwise.

Requires
    results/{review}/effects.csv, estimates.csv, subgroups.csv
Makes
    results/{review}/engines.csv        one row per analysis and engine
"""


rule engines:
    input:
        effects="results/{review}/effects.csv",
        estimates="results/{review}/estimates.csv",
        subgroups="results/{review}/subgroups.csv",
        code=code_behind("engines.py"),
    output:
        engines="results/{review}/engines.csv",
    log:
        "logs/{review}/engines.log",
    conda:
        "../../envs/environment.yaml"
    script:
        "../scripts/engines.py"
