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
    CLAIMED         the reviews that are put to the claims: where they are together all, else those
                    that a claim or a caution names
    CAUTIONED       those of which a caution tells a number
"""

from liftproof.project.claimed_reviews import cautioned_reviews, claimed_reviews

HAS_CLAIMS = Path("data/claims.yaml").exists() and "data/claims.yaml" not in LEFT_OUT
CLAIMS = [
    f"results/{table}.csv"
    for table in ["claims", "claim_readings", "cautions"]
    if HAS_CLAIMS
]
CAUTIONS = [f"results/blog/cautions.{kind}" for kind in ["txt", "html"] if HAS_CLAIMS]
CAUTIONED = [
    name for name in cautioned_reviews(Path()) if name in REVIEWS and HAS_CLAIMS
]
CLAIMED = [
    name
    for name in REVIEWS
    if HAS_CLAIMS and (IS_TOGETHER or name in claimed_reviews(Path()))
]

if HAS_CLAIMS:

    rule claims:
        input:
            claims="data/claims.yaml",
            data=data_of(CLAIMED),
            doses=expand(
                "results/{review}/dose_response.csv",
                review=[name for name in DOSES if name in CLAIMED],
            ),
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
        group:
            FIRST
        conda:
            "../../envs/environment.yaml"
        resources:
            **COMPUTING,
        params:
            code=code_behind("claims.py"),
            data=digest_of(["data/claims.yaml", *data_of(CLAIMED)]),
            reviews=CLAIMED,
        script:
            "../scripts/claims.py"
