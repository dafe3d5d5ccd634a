"""List every result by the digest of its content, with those of the data and code behind it.

Before that the first page is read back, as the job that publishes a review reads its files: where it
prints another estimate than the tables hold, the run stops and names both places. (A table of reviews
is made from what these jobs have read back.)
What was left out ends a run that has done everything else.

Requires
    results/.digests/{job}.json         what each job read and wrote, by content
    data/CITATION.cff, else CITATION.cff, where the project has one
Makes
    results/manifest.json               every result, the data, the code
    results/ro-crate-metadata.json      the same as an RO-Crate, with authors and licence
    results/report.zip                  every result, the manifest, the data
Defines
    JOBS            every job whose results are listed
    EVERY_FILE      every file that the workflow writes: `rule all` asks for each of them, so that
                    one that was deleted is made again
    REASONS         where something was left out: a file that is never made, for its job to fail
"""

from liftproof.data_date import newest_of
from liftproof.run_tables import RUN_TABLES

JOBS = [
    *(
        f"{name}/{script}"
        for name in REVIEWS
        for script in ["compute", "figures", "publish"]
    ),
    *(["claims"] if CLAIMS else []),
    *(f"{name}/engines" for name in POOLED),
    "report" if IS_TOGETHER else "index",
]
EVERY_FILE = [
    "results/report.html",
    "results/changes.atom",
    "results/manifest.json",
    "results/ro-crate-metadata.json",
    "results/report.zip",
    *(f"results/{name}/report.{kind}" for name in REVIEWS for kind in ["html", "pdf"]),
    *(f"results/{table}" for table in RUN_TABLES.values() if CLAIMS),
    *CAUTIONS,
    *ENTRIES,
    *BLOG_FILES,
    *(f"results/.digests/{job}.json" for job in [*JOBS, "manifest"]),
    *(
        f"results/{folder}/{file}"
        for name, plan in REVIEWS.items()
        for folder, files in {
            name: [*plan.written, *plan.scripts],
            f"{name}/figures": [*plan.drawn, *plan.pictures],
        }.items()
        for file in files
    ),
]
REASONS = ["results/.digests/left_out"] if LEFT_OUT else []


rule manifest:
    input:
        records=[f"results/.digests/{job}.json" for job in JOBS],
        citation=CITATION,
    output:
        manifest="results/manifest.json",
        crate="results/ro-crate-metadata.json",
        archive="results/report.zip",
        record="results/.digests/manifest.json",
    log:
        "logs/manifest.log",
    group:
        LAST
    conda:
        "../../envs/environment.yaml"
    resources:
        **READING,
    params:
        code=code_behind("manifest.py"),
        jobs=JOBS,
        citation=digest_of(CITATION),
        newest=newest_of(plan.date for plan in REVIEWS.values()),
        reviews=list(REVIEWS) if IS_TOGETHER else [],
        left_out=LEFT_OUT_ROWS,
    script:
        "../scripts/manifest.py"


rule left_out:
    input:
        EVERY_FILE,
    output:
        "results/.digests/left_out",
    log:
        "logs/left_out.log",
    conda:
        "../../envs/environment.yaml"
    params:
        left_out=LEFT_OUT_ROWS,
    script:
        "../scripts/left_out.py"
