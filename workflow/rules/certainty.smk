"""Rate the certainty of evidence, in the reviews that judge it.

One job for all reviews: starting takes longer than rating.

Requires
    data/reviews/{review}/grade.csv, review.yaml, studies.csv, outcomes.csv; provenance.csv and
    risk_of_bias.csv where they exist
Makes
    results/{review}/summary_of_findings.csv    one row per judged analysis
    results/{review}/certainty_flags.csv        one row per judgement that a number contradicts
"""

JUDGED = [name for name, review in REVIEWS.items() if review.grades]


if JUDGED:

    rule certainty:
        input:
            data=data_of(JUDGED),
        output:
            findings=[
                report(
                    f"results/{name}/summary_of_findings.csv",
                    caption="../report/findings.rst",
                    category="Tables",
                    labels={"review": name, "table": "certainty of evidence"},
                )
                for name in JUDGED
            ],
            flags=expand("results/{review}/certainty_flags.csv", review=JUDGED),
            record="results/.digests/certainty.json",
        log:
            "logs/certainty.log",
        conda:
            "../../envs/environment.yaml"
        params:
            code=code_behind("certainty.py"),
            data=digest_of(data_of(JUDGED)),
            reviews=JUDGED,
        script:
            "../scripts/certainty.py"
