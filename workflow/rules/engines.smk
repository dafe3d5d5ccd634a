"""Ask independent software for every pooled estimate; stop if it answers otherwise.

Where reviews are together one job asks for all: starting the other packages takes longer than asking.

Requires
    results/{review}/effects.csv, estimates.csv, subgroups.csv
Makes
    results/{review}/engines.csv        one row per analysis and engine
"""

for job, names in jobs_of("engines", POOLED).items():

    rule:
        name:
            rule_of(job)
        input:
            expand(
                "results/{review}/{table}.csv",
                review=names,
                table=["effects", "estimates", "subgroups"],
            ),
        output:
            engines=expand("results/{review}/engines.csv", review=names),
            record=f"results/.digests/{job}.json",
        log:
            f"logs/{job}.log",
        group:
            group_of(job)
        conda:
            "../../envs/environment.yaml"
        resources:
            **COMPUTING,
        params:
            code=code_behind("engines.py"),
            levels=[REVIEWS[name].level for name in names],
        script:
            "../scripts/engines.py"
