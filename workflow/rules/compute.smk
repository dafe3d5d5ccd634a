"""Compute every table of a review but those of other engines, in one job.

Starting takes longer than most of what is computed: pooling, contrasts, doses, printed numbers and the
causes of their differences, the multiverse, diagnostics, certainty, prints of other reviews.

Requires
    data/reviews/{review}/ whole; data/reviews/{other}/ of those reviews that hold prints to which this
    one points, of no others
Makes
    results/{review}/{table}.csv        every table of src/liftproof/result_tables.py that the review
                                        asks for, without engines.csv
    results/{review}/reproduce.R        code for metafor that gives the same numbers from these tables
Defines
    DOSES           the names of the reviews that ask for doses
"""

DOSES = [name for name, plan in REVIEWS.items() if plan.asks_for_doses]
CAPTIONS = {
    "estimates": ("estimates", "pooled estimates"),
    "reproduction": ("reproduction", "printed and computed"),
    "summary_of_findings": ("findings", "certainty of evidence"),
    "prints": ("prints", "printed elsewhere"),
}

for name, plan in REVIEWS.items():

    rule:
        name:
            f"compute_{name}"
        input:
            settings=f"data/reviews/{name}/review.yaml",
            data=data_of([name]),
            others=data_of(plan.reads),
        output:
            captioned=[
                report(
                    f"results/{name}/{table}.csv",
                    caption=f"../report/{caption}.rst",
                    category="Tables",
                    labels={"review": name, "table": label},
                )
                for table, (caption, label) in CAPTIONS.items()
                if f"{table}.csv" in plan.computed
            ],
            others=[
                f"results/{name}/{file}"
                for file in [*plan.computed, *plan.scripts]
                if file.removesuffix(".csv") not in CAPTIONS
            ],
            record=f"results/.digests/{name}/compute.json",
        log:
            f"logs/{name}/compute.log",
        priority: 2
        group:
            f"review_{name}"
        conda:
            "../../envs/environment.yaml"
        resources:
            **COMPUTING,
        params:
            code=code_behind("compute.py"),
            data=digest_of(data_of([name, *plan.reads])),
            results=lambda wildcards, output: str(Path(output.captioned[0]).parent),
        script:
            "../scripts/compute.py"
