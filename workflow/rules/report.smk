"""Write the report on all reviews.

Requires
    everything the other rules make, and the data it came from
Makes
    results/report.html                 one file that needs no other
"""


rule report:
    input:
        data=[
            str(path)
            for name in ANALYSES
            for path in sorted(Path("data/reviews", name).glob("*.[cy]*"))
        ],
        tables=expand(
            "results/{review}/{table}.csv",
            review=ANALYSES,
            table=[
                "effects",
                "estimates",
                "subgroups",
                "engines",
                "reproduction",
                "diagnostics",
            ],
        ),
        figures=[
            f"results/{name}/figures/{id}/forest.svg"
            for name, ids in ANALYSES.items()
            for id in ids
        ],
        code=code_behind("report.py"),
    output:
        report="results/report.html",
    log:
        "logs/report.log",
    conda:
        "../../envs/environment.yaml"
    params:
        reviews=list(ANALYSES),
    script:
        "../scripts/report.py"
