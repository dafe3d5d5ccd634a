"""Set the report of each review as a PDF, to print or to attach.

One job for all reviews: starting takes longer than setting a review.

Requires
    data/reviews/{review}/ whole; the tables and drawings of each review
Makes
    results/{review}/report.pdf     tagged, at most about 25 pages: what is long stands in the page
"""

from liftproof.pages.figures import svg_files
from liftproof.result_tables import written_files


rule pdf:
    input:
        data=data_of(REVIEWS),
        tables=[
            f"results/{name}/{file}"
            for name, review in REVIEWS.items()
            for file in written_files(review)
        ],
        figures=[
            f"results/{name}/figures/{file}"
            for name, review in REVIEWS.items()
            for file in svg_files(review)
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
    conda:
        "../../envs/environment.yaml"
    params:
        code=code_behind("pdf.py"),
        data=digest_of(data_of(REVIEWS)),
        reviews=list(REVIEWS),
    script:
        "../scripts/pdf.py"
