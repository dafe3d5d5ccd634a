"""Set the report of each review as a PDF, to print or to attach.

One job for all reviews: starting takes longer than setting a review. Where reviews are not together,
publish.smk makes them.

Requires
    data/reviews/{review}/ whole; the tables and drawings of each review
Makes
    results/{review}/report.pdf     tagged, at most about 25 pages: what is long stands in the page
"""

if IS_TOGETHER:

    rule pdf:
        input:
            data=data_of(REVIEWS),
            tables=[
                f"results/{name}/{file}"
                for name, plan in REVIEWS.items()
                for file in plan.written
            ],
            figures=[
                f"results/{name}/figures/{file}"
                for name, plan in REVIEWS.items()
                for file in plan.svg
            ],
        output:
            documents=[
                report(
                    f"results/{name}/report.pdf",
                    caption="../report/pdf.rst",
                    category="Report",
                    labels={"page": f"{name}, PDF"},
                )
                for name in REVIEWS
            ],
            record="results/.digests/pdf.json",
        log:
            "logs/pdf.log",
        group:
            LAST
        conda:
            "../../envs/environment.yaml"
        resources:
            **DRAWING,
        params:
            code=code_behind("pdf.py"),
            data=digest_of(data_of(REVIEWS)),
            reviews=list(REVIEWS),
        script:
            "../scripts/pdf.py"
