"""Draw everything of a review in one job.

Which figures there are and what they are made from is told by the registry FIGURES in
src/liftproof/pages/figures.py. Drawing takes longest, so what it waits for, and it, go first.

Requires
    data/reviews/{review}/review.yaml, and studies.csv, outcomes.csv, risk_of_bias.csv beside it, whose
    rows figures show; the tables below results/{review}/ that they show
Makes
    results/{review}/figures/{analysis}/forest.{svg,png,pdf}    for every analysis
    results/{review}/figures/{analysis}/multiverse.{svg,png,pdf}        where there are choices
    results/{review}/figures/{analysis}/dose_{question}.{svg,png,pdf}   for every dose question
    results/{review}/figures/{analysis}/{cumulative,leave_one_out,additions}.svg    of one analysis
    results/{review}/figures/{analysis}/funnel.{svg,png,pdf}    of the same analysis
    results/{review}/figures/{analysis}/gosh.svg    of the first analysis of five results
    results/{review}/figures/prints/estimates.{svg,png,pdf}             of printed ratios, if any
    results/{review}/figures/{analysis}/{figure}_narrow.svg     the first of each kind, for phones
    results/{review}/figures/trials/risk_of_bias.svg            where trials were judged
    results/{review}/figures/{analysis}/flow.svg    of trials into the first analysis
"""

SHOWN = ["review.yaml", "studies.csv", "outcomes.csv", "risk_of_bias.csv"]

for name, plan in REVIEWS.items():

    rule:
        name:
            f"figures_{name}"
        input:
            settings=f"data/reviews/{name}/review.yaml",
            data=[file for file in data_of([name]) if Path(file).name in SHOWN],
            tables=[f"results/{name}/{file}" for file in plan.drawn_from],
        output:
            svg=[
                report(
                    f"results/{name}/figures/{file}",
                    caption="../report/figure.rst",
                    category="Figures",
                    subcategory=name,
                    labels=dict(
                        zip(
                            ["analysis", "figure"],
                            file.removesuffix(".svg").split("/"),
                        )
                    ),
                )
                for file in plan.svg
            ],
            others=[
                f"results/{name}/figures/{file}"
                for file in plan.drawn
                if file not in plan.svg
            ],
            record=f"results/.digests/{name}/figures.json",
        log:
            f"logs/{name}/figures.log",
        priority: 1
        group:
            f"review_{name}"
        conda:
            "../../envs/environment.yaml"
        resources:
            **DRAWING,
        params:
            code=code_behind("figures.py"),
            data=digest_of(
                [file for file in data_of([name]) if Path(file).name in SHOWN]
            ),
            results=lambda wildcards, input: Path(input.tables[0]).parent,
        script:
            "../scripts/figures.py"
