"""Pool every combination of defensible choices behind each printed estimate, or where asked for.

Requires
    data/reviews/{review}/review.yaml, studies.csv, outcomes.csv; published.csv where it exists
Makes
    results/{review}/multiverse.csv             one row per printed estimate or analysis
    results/{review}/multiverse_choices.csv     one row per option of a choice
    results/{review}/multiverse_curve.csv       the combinations that the figures show
"""


rule multiverse:
    input:
        settings="data/reviews/{review}/review.yaml",
        studies="data/reviews/{review}/studies.csv",
        outcomes="data/reviews/{review}/outcomes.csv",
        published=if_present("published.csv"),
    output:
        targets="results/{review}/multiverse.csv",
        choices="results/{review}/multiverse_choices.csv",
        curves="results/{review}/multiverse_curve.csv",
        record="results/.digests/{review}/multiverse.json",
    log:
        "logs/{review}/multiverse.log",
    priority: 2
    conda:
        "../../envs/environment.yaml"
    params:
        code=code_behind("multiverse.py"),
        data=content_of("review.yaml", "studies.csv", "outcomes.csv", "published.csv"),
    script:
        "../scripts/multiverse.py"
