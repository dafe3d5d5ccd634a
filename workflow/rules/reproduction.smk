"""Set each printed number beside the computed one.

Requires
    data/reviews/{review}/published.csv where it exists; results/{review}/estimates.csv
Makes
    results/{review}/reproduction.csv   one row per printed number
"""


rule reproduction:
    input:
        settings="data/reviews/{review}/review.yaml",
        published=if_present("published.csv"),
        estimates="results/{review}/estimates.csv",
        code=code_behind("reproduction.py"),
    output:
        reproduction="results/{review}/reproduction.csv",
    log:
        "logs/{review}/reproduction.log",
    conda:
        "../../envs/environment.yaml"
    script:
        "../scripts/reproduction.py"
