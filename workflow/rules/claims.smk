"""Put the published sentences to all reviews, where the project has any, and write the cautions.

Requires
    data/claims.yaml
    data/reviews/{review}/review.yaml, studies.csv, outcomes.csv; provenance.csv where it exists
    results/{review}/dose_response.csv      where the review asks for doses
Makes
    results/claims.csv                      one row per sentence, or part of one
    results/claim_readings.csv              one row per sentence and way to be certain of it
    results/claim_contrasts.csv             one row per sentence and analysis it is held against
    results/cautions.csv                    one row per caution
    results/blog/cautions.{txt,html}        the cautions, to paste
Defines
    CLAIMS          the tables of the report, as a list; empty where the project has no claims, or
                    where they could not be judged
    CAUTIONS        the files for a blog, likewise
"""

HAS_CLAIMS = Path("data/claims.yaml").exists() and "data/claims.yaml" not in LEFT_OUT
CLAIMS = [
    f"results/{table}.csv"
    for table in ["claims", "claim_readings", "cautions"]
    if HAS_CLAIMS
]
CAUTIONS = [f"results/blog/cautions.{kind}" for kind in ["txt", "html"] if HAS_CLAIMS]


if HAS_CLAIMS:

    rule claims:
        input:
            claims="data/claims.yaml",
            data=data_of(REVIEWS),
            doses=expand("results/{review}/dose_response.csv", review=DOSES),
        output:
            claims=report(
                "results/claims.csv",
                caption="../report/claims.rst",
                category="Tables",
                labels={"review": "all", "table": "published sentences"},
            ),
            readings="results/claim_readings.csv",
            contrasts="results/claim_contrasts.csv",
            cautions="results/cautions.csv",
            text="results/blog/cautions.txt",
            html="results/blog/cautions.html",
            record="results/.digests/claims.json",
        log:
            "logs/claims.log",
        conda:
            "../../envs/environment.yaml"
        params:
            code=code_behind("claims.py"),
            data=digest_of(["data/claims.yaml", *data_of(REVIEWS)]),
            reviews=list(REVIEWS),
        script:
            "../scripts/claims.py"
