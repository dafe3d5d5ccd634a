"""Draw everything of a review in one job, and write the files for a blog.

Drawing takes longest, so what it waits for, and it, go first.

Requires
    data/reviews/{review}/review.yaml; results/{review}/effects.csv, estimates.csv, subgroups.csv;
    results/{review}/multiverse*.csv; results/{review}/dose_*.csv where the review asks for doses
Makes
    results/{review}/figures/{analysis}/forest.{svg,png,pdf}    for every analysis
    results/{review}/figures/{analysis}/forest_1200px.png       for the first analysis, for pages
    results/{review}/figures/{analysis}/multiverse.{svg,png,pdf}        where there are choices
    results/{review}/figures/{analysis}/dose_{question}.{svg,png,pdf}   for every dose question
    results/blog/{review}/                                      the first analysis, ready to paste
Defines
    FIGURES         review to its figures, without suffix
"""

FIGURES = {
    name: [
        *[f"results/{name}/figures/{id}/forest" for id in ids],
        *[f"results/{name}/figures/{id}/multiverse" for id in MULTIVERSES[name]],
        *DOSES[name],
    ]
    for name, ids in ANALYSES.items()
}


for name, ids in ANALYSES.items():

    rule:
        name:
            f"figures_{name}"
        input:
            settings=f"data/reviews/{name}/review.yaml",
            effects=f"results/{name}/effects.csv",
            estimates=f"results/{name}/estimates.csv",
            subgroups=f"results/{name}/subgroups.csv",
            targets=f"results/{name}/multiverse.csv",
            choices=f"results/{name}/multiverse_choices.csv",
            curves=f"results/{name}/multiverse_curve.csv",
            doses=[
                f"results/{name}/dose_{table}.csv"
                for table in ["response", "trials", "curves"]
                if DOSES[name]
            ],
        output:
            [
                report(
                    f"{plot}.svg",
                    caption="../report/figure.rst",
                    category="Figures",
                    subcategory=name,
                    labels=dict(zip(["analysis", "figure"], plot.split("/")[-2:])),
                )
                for plot in FIGURES[name]
            ],
            expand("{plot}.{format}", plot=FIGURES[name], format=["png", "pdf"]),
            f"results/{name}/figures/{ids[0]}/forest_1200px.png",
            multiext(
                f"results/blog/{name}/",
                "forest.svg",
                "forest.png",
                "alt.txt",
                "caption.txt",
                "figure.html",
            ),
        log:
            f"logs/{name}/figures.log",
        priority: 1
        conda:
            "../../envs/environment.yaml"
        params:
            code=code_behind("figures.py"),
            folder=lambda wildcards, output: Path(output[0]).parents[1],
            blog=lambda wildcards, output: Path(output[-1]).parent,
        script:
            "../scripts/figures.py"
