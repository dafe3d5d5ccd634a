"""What readers get of a review, in a job of its own: a change of one makes that of no other anew.

`make blog` asks for the kits alone.

Requires
    data/reviews/{review}/ whole; the tables and drawings of the review
    results/cautions.csv                    where a caution tells a number of the review
    config/config.yaml                      its house style, where it has one, with font and logo
    data/CITATION.cff, else CITATION.cff    where the project has one
Makes
    results/{review}/report.html, report.pdf        its page, and the same as a PDF, tagged
    results/blog/{review}/                          its kit, ready to paste
    results/{review}/figures/{analysis}/forest_1200px.png       its picture for pages
    results/{review}/entry.json     what a table of reviews and the feed say of it
Defines
    CITATION        the citation file of the results, as a list; empty where there is none
    ENTRIES         the entries, as a list
    BLOG_FILES      every file of every kit, as a list
The group of a review's job is that of its other stages, unless it waits for claims that wait for them.
"""

from liftproof.citation_file import citation_path
from liftproof.reviews.files.configuration_file import house_files, house_style

try:
    HOUSE = house_style(Path())
except LiftproofError as error:
    raise WorkflowError(str(error))
CITATION = [str(path) for path in [citation_path(Path())] if path]
ENTRIES = [f"results/{name}/entry.json" for name in REVIEWS]
BLOG_FILES = [
    f"results/blog/{name}/{file}" for name, plan in REVIEWS.items() for file in plan.kit
]


for name, plan in REVIEWS.items():

    rule:
        name:
            f"publish_{name}"
        input:
            data=data_of([name]),
            tables=[f"results/{name}/{file}" for file in plan.written],
            figures=[
                f"results/{name}/figures/{file}" for file in [*plan.svg, *plan.narrow]
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


localrules:
    blog,


rule blog:
    """The kits of all reviews."""
    input:
        BLOG_FILES,
