"""What readers get, where reviews are not together: a job a review, and the first page from their entries.

Requires
    data/reviews/{review}/ whole; the tables and drawings of the review
    results/cautions.csv                    where a caution tells a number of the review
    config/config.yaml                      its house style, where it has one, with font and logo
    data/CITATION.cff, else CITATION.cff    where the project has one
    data/reviews/{claimed}/, results/{claimed}/ of the reviews that claims name
Makes
    results/{review}/report.html, report.pdf        its page, and the same as a PDF
    results/blog/{review}/                          its kit
    results/{review}/figures/{analysis}/forest_1200px.png       its picture for pages
    results/{review}/entry.json                     what the first page and the feed say of it
    results/report.html                             claims and a table of reviews, to search
    results/changes.atom                            what the trials added on each date did
Defines
    ENTRIES         the entries, as a list; empty where reviews are together
The group of a review's job is that of its other stages, unless it waits for claims that wait for them.
"""

from liftproof.citation_file import project_title

ENTRIES = [f"results/{name}/entry.json" for name in REVIEWS if not IS_TOGETHER]


if not IS_TOGETHER:

    for name, plan in REVIEWS.items():

        rule:
            name:
                f"publish_{name}"
            input:
                data=data_of([name]),
                tables=[f"results/{name}/{file}" for file in plan.written],
                figures=[
                    f"results/{name}/figures/{file}"
                    for file in [*plan.svg, *plan.narrow]
                ],
                cautions=["results/cautions.csv"] if name in CAUTIONED else [],
                citation=CITATION,
            output:
                page=report(
                    f"results/{name}/report.html",
                    caption="../report/page.rst",
                    category="Report",
                    labels={"page": name},
                ),
                document=report(
                    f"results/{name}/report.pdf",
                    caption="../report/pdf.rst",
                    category="Report",
                    labels={"page": f"{name}, PDF"},
                ),
                kit=[f"results/blog/{name}/{file}" for file in plan.kit],
                pictures=[f"results/{name}/figures/{file}" for file in plan.pictures],
                entry=f"results/{name}/entry.json",
                record=f"results/.digests/{name}/publish.json",
            log:
                f"logs/{name}/publish.log",
            group:
                f"publish_{name}"
                if name in CAUTIONED and name in DOSES
                else f"review_{name}"
            conda:
                "../../envs/environment.yaml"
            resources:
                **DRAWING,
            params:
                code=code_behind("publish.py"),
                data=digest_of([*data_of([name]), *CITATION]),
                house=[str(HOUSE), digest_of(house_files(HOUSE))],
                review=name,
            script:
                "../scripts/publish.py"

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

    rule blog:
        """The kits of all reviews."""
        input:
            BLOG_FILES,
