"""Write the first page on all reviews, and the feed of what was added.

Requires
    where reviews are together: everything of theirs, data, tables and drawings
    where they are not: results/{review}/entry.json, and data and tables of those that claims name
    results/claims.csv, claim_readings.csv, cautions.csv    where the project has claims
    data/CITATION.cff, else CITATION.cff, where the project has one: its title is in the feed's ids
Makes
    results/report.html     claims and a summary of each review, or a table of them, to search; says what
                            was left out
    results/changes.atom    what the trials added on each date did, to subscribe to
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

else:

    rule index:
        input:
            entries=ENTRIES,
            data=data_of(CLAIMED),
            tables=[
                f"results/{name}/{file}"
                for name in CLAIMED
                for file in REVIEWS[name].written
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
            record="results/.digests/index.json",
        log:
            "logs/index.log",
        group:
            LAST
        conda:
            "../../envs/environment.yaml"
        resources:
            **READING,
        params:
            code=code_behind("index.py"),
            data=digest_of(data_of(CLAIMED)),
            project=project_title(Path()),
            claimed=CLAIMED,
            left_out=LEFT_OUT_ROWS,
        script:
            "../scripts/index.py"
