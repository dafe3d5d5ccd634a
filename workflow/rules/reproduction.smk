"""Set each printed number beside the computed one, and look for what made them differ.

Requires
    data/reviews/{review}/review.yaml, studies.csv, outcomes.csv; published.csv where it exists;
    results/{review}/estimates.csv; results/{review}/dose_response.csv where the review asks for doses;
    data/reviews/{other}/ of those reviews that hold prints of this one, of no others
Makes
    results/{review}/reproduction.csv   one row per printed number
    results/{review}/causes.csv         one row per printed number that is missed or contradicted
"""

from liftproof.analysis.held_elsewhere import reviews_seen


rule reproduction:
    input:
        settings="data/reviews/{review}/review.yaml",
        studies="data/reviews/{review}/studies.csv",
        outcomes="data/reviews/{review}/outcomes.csv",
        published=if_present("published.csv"),
        estimates="results/{review}/estimates.csv",
        doses=lambda wildcards: [
            f"results/{name}/dose_response.csv"
            for name in DOSES
            if name == wildcards.review
        ],
        others=lambda wildcards: data_of(reviews_seen(REVIEWS[wildcards.review])),
    output:
        reproduction=report(
            "results/{review}/reproduction.csv",
            caption="../report/reproduction.rst",
            category="Tables",
            labels={"review": "{review}", "table": "printed and computed"},
        ),
        causes="results/{review}/causes.csv",
        record="results/.digests/{review}/reproduction.json",
    log:
        "logs/{review}/reproduction.log",
    conda:
        "../../envs/environment.yaml"
    params:
        code=code_behind("reproduction.py"),
        data=content_of("review.yaml", "studies.csv", "outcomes.csv", "published.csv"),
        others=lambda wildcards: digest_of(
            data_of(reviews_seen(REVIEWS[wildcards.review]))
        ),
    script:
        "../scripts/reproduction.py"
