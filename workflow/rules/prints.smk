"""Set out what other reviews printed, in the reviews that hold such prints.

Requires
    data/reviews/{review}/prints.csv, review.yaml;
    data/reviews/{other}/ of those reviews that hold prints to which it points
Makes
    results/{review}/prints.csv     one row per printed result; nothing is computed beside it
"""

from liftproof.analysis.printed_pools import reviews_pointed_to


rule prints:
    input:
        settings="data/reviews/{review}/review.yaml",
        prints="data/reviews/{review}/prints.csv",
        others=lambda wildcards: data_of(reviews_pointed_to(REVIEWS[wildcards.review])),
    output:
        prints=report(
            "results/{review}/prints.csv",
            caption="../report/prints.rst",
            category="Tables",
            labels={"review": "{review}", "table": "printed elsewhere"},
        ),
        record="results/.digests/{review}/prints.json",
    log:
        "logs/{review}/prints.log",
    conda:
        "../../envs/environment.yaml"
    params:
        code=code_behind("prints.py"),
        data=content_of("review.yaml", "prints.csv"),
        others=lambda wildcards: digest_of(
            data_of(reviews_pointed_to(REVIEWS[wildcards.review]))
        ),
    script:
        "../scripts/prints.py"
