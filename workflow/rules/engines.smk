"""Ask independent software for every pooled estimate of a review; stop if it answers otherwise.

Requires
    results/{review}/effects.csv, estimates.csv, subgroups.csv
Makes
    results/{review}/engines.csv        one row per analysis and engine
"""

for name in POOLED:

    rule:
        name:
            f"engines_{name}"
        input:
            estimates=f"results/{name}/estimates.csv",
            subgroups=f"results/{name}/subgroups.csv",
            effects=f"results/{name}/effects.csv",
        output:
            engines=f"results/{name}/engines.csv",
            record=f"results/.digests/{name}/engines.json",
        log:
            f"logs/{name}/engines.log",
        group:
            f"review_{name}"
        conda:
            "../../envs/environment.yaml"
        resources:
            **COMPUTING,
        params:
            code=code_behind("engines.py"),
            level=REVIEWS[name].level,
        script:
            "../scripts/engines.py"
