"""Write the report on all reviews.

Requires
    everything the other rules make, and the data it came from
Makes
    results/report.html                 one file that needs no other
"""

from liftproof.pages.figures import svg_files
from liftproof.result_tables import written_files


rule report:
    input:
        data=data_of(ANALYSES),
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
        claims=CLAIMS,
    output:
        report=report(
            "results/report.html",
            caption="../report/page.rst",
            category="Report",
            labels={"page": "all reviews"},
        ),
    log:
        "logs/report.log",
    conda:
        "../../envs/environment.yaml"
    params:
        code=code_behind("report.py"),
        reviews=list(ANALYSES),
    script:
        "../scripts/report.py"
