"""Write the report on all reviews.

Requires
    everything the other rules make, and the data it came from
Makes
    results/report.html                 one file that needs no other
"""


rule report:
    input:
        data=data_of(ANALYSES),
        tables=expand(
            "results/{review}/{table}.csv",
            review=ANALYSES,
            table=[
                "effects",
                "estimates",
                "subgroups",
                "engines",
                "reproduction",
                "causes",
                "diagnostics",
                "multiverse",
                "multiverse_choices",
                "multiverse_curve",
            ],
        ),
        figures=[
            f"results/{name}/figures/{id}/forest.svg"
            for name, ids in ANALYSES.items()
            for id in ids
        ],
        specifications=[
            f"results/{name}/figures/{id}/multiverse.svg"
            for name, ids in MULTIVERSES.items()
            for id in ids
        ],
        doses=[
            f"results/{name}/dose_{table}.csv"
            for name, plots in DOSES.items()
            if plots
            for table in ["response", "trials", "curves"]
        ],
        dose_figures=[f"{plot}.svg" for plots in DOSES.values() for plot in plots],
        certainty=CERTAINTY,
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
