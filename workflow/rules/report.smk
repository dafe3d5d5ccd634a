"""Write the first page on all reviews, the page of each, and the feed of what was added.

Where reviews are not together, publish.smk makes them.

Requires
    everything the other rules make, and the data it came from
    data/CITATION.cff, else CITATION.cff, where the project has one: its title is in the feed's ids
Makes
    results/report.html                 claims and a summary; says what was left out
    results/{review}/report.html        everything on one review
    results/changes.atom                what the trials added on each date did, to subscribe to
"""

from liftproof.citation_file import project_title

if IS_TOGETHER:

    rule report:
        input:
            data=data_of([*REVIEWS, *LEFT_OUT]),
            tables=[
                f"results/{name}/{file}"
                for name, plan in REVIEWS.items()
                for file in plan.written
            ],
            figures=[
                f"results/{name}/figures/{file}"
                for name, plan in REVIEWS.items()
                for file in [*plan.svg, *plan.narrow]
            ],
            claims=CLAIMS,
        output:
            report=report(
                "results/report.html",
                caption="../report/page.rst",
                category="Report",
                labels={"page": "all reviews"},
            ),
            feed="results/changes.atom",
            pages=[
                report(
                    f"results/{name}/report.html",
                    caption="../report/page.rst",
                    category="Report",
                    labels={"page": name},
                )
                for name in REVIEWS
            ],
            record="results/.digests/report.json",
        log:
            "logs/report.log",
        group:
            LAST
        conda:
            "../../envs/environment.yaml"
        resources:
            **READING,
        params:
            code=code_behind("report.py"),
            data=digest_of(data_of([*REVIEWS, *LEFT_OUT])),
            project=project_title(Path()),
            reviews=list(REVIEWS),
            left_out=LEFT_OUT_ROWS,
        script:
            "../scripts/report.py"
