"""Write the kits for blogs: the first figure of each review with all that belongs to it.

One job for all reviews: starting what draws takes longer than drawing a kit. `make blog` asks for
this alone. Where reviews are not together, publish.smk makes them.

Requires
    data/reviews/{review}/review.yaml, studies.csv
    results/{review}/estimates.csv, effects.csv, subgroups.csv, contrasts.csv; summary_of_findings.csv
    where certainty was judged
    results/cautions.csv                    where the project has any
    config/config.yaml                      its house style, where it has one, with font and logo
    data/CITATION.cff, else CITATION.cff    where the project has one
Makes
    results/blog/{review}/                                      the kit, ready to paste
    results/{review}/figures/{analysis}/forest_1200px.png       its picture for pages
Defines
    CITATION        the citation file of the results, as a list; empty where there is none
    BLOG_FILES      every file of every kit, as a list
"""

from liftproof.citation_file import citation_path
from liftproof.reviews.files.configuration_file import house_files, house_style

try:
    HOUSE = house_style(Path())
except LiftproofError as error:
    raise WorkflowError(str(error))
CITATION = [str(path) for path in [citation_path(Path())] if path]
BLOG_FILES = [
    f"results/blog/{name}/{file}" for name, plan in REVIEWS.items() for file in plan.kit
]

if IS_TOGETHER:

    rule blog:
        input:
            settings=[
                f"data/reviews/{name}/{file}"
                for name in POOLED
                for file in ["review.yaml", "studies.csv"]
            ],
            tables=[
                f"results/{name}/{file}"
                for name in POOLED
                for file in REVIEWS[name].kit_tables
            ],
            cautions=["results/cautions.csv"] if HAS_CLAIMS else [],
            citation=CITATION,
        output:
            kits=BLOG_FILES,
            pictures=[
                f"results/{name}/figures/{file}"
                for name in POOLED
                for file in REVIEWS[name].pictures
            ],
            record="results/.digests/blog.json",
        log:
            "logs/blog.log",
        group:
            LAST
        conda:
            "../../envs/environment.yaml"
        resources:
            **DRAWING,
        params:
            code=code_behind("blog.py"),
            data=digest_of([*data_of(POOLED), *CITATION]),
            house=[str(HOUSE), digest_of(house_files(HOUSE))],
            reviews=POOLED,
        script:
            "../scripts/blog.py"
