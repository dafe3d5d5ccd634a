"""Put the published sentences to all reviews, where the project has any.

Requires
    data/claims.yaml
    data/reviews/{review}/review.yaml, studies.csv, outcomes.csv; provenance.csv where it exists
    results/{review}/dose_response.csv      where the review asks for doses
Makes
    results/claims.csv                      one row per sentence, or part of one
    results/claim_readings.csv              one row per sentence and way to be certain of it
Defines
    CLAIMS          both tables, as a list; empty where the project has no claims
"""

CLAIMS = [
    f"results/{table}.csv"
    for table in ["claims", "claim_readings"]
    if Path("data/claims.yaml").exists()
]


if CLAIMS:

    rule claims:
        input:
            claims="data/claims.yaml",
            data=data_of(ANALYSES),
            doses=expand("results/{review}/dose_response.csv", review=DOSES),
        output:
            claims=report(
                "results/claims.csv",
                caption="../report/claims.rst",
                category="Tables",
                labels={"review": "all", "table": "published sentences"},
            ),
            readings="results/claim_readings.csv",
        log:
            "logs/claims.log",
        conda:
            "../../envs/environment.yaml"
        params:
            code=code_behind("claims.py"),
            reviews=list(ANALYSES),
        script:
            "../scripts/claims.py"
