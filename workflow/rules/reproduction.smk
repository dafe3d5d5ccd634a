"""Set each printed number beside the computed one.

Requires
    data/reviews/{review}/published.csv where it exists; results/{review}/estimates.csv;
    results/{review}/dose_response.csv where the review asks for doses
Makes
    results/{review}/reproduction.csv   one row per printed number
"""


rule reproduction:
    input:
        settings="data/reviews/{review}/review.yaml",
        published=if_present("published.csv"),
        estimates="results/{review}/estimates.csv",
        doses=lambda wildcards: [
            f"results/{wildcards.review}/dose_response.csv"
            for _ in DOSES[wildcards.review][:1]
        ],
        code=code_behind("reproduction.py"),
    output:
        reproduction="results/{review}/reproduction.csv",
    log:
        "logs/{review}/reproduction.log",
    conda:
        "../../envs/environment.yaml"
    script:
        "../scripts/reproduction.py"
