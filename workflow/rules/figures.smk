"""Draw the forest plots of a review, and the files for a blog.

Requires
    data/reviews/{review}/review.yaml; results/{review}/effects.csv, estimates.csv, subgroups.csv
Makes
    results/{review}/figures/{analysis}/forest.{svg,png,pdf}    for every analysis
    results/{review}/figures/{analysis}/forest_1200px.png
    results/blog/{review}/                                      the first analysis, ready to paste
"""

for name, ids in ANALYSES.items():

    rule:
        name:
            f"figures_{name}"
        input:
            settings=f"data/reviews/{name}/review.yaml",
            effects=f"results/{name}/effects.csv",
            estimates=f"results/{name}/estimates.csv",
            subgroups=f"results/{name}/subgroups.csv",
            code=code_behind("figures.py"),
        output:
            expand(
                "results/{name}/figures/{id}/forest{format}",
                name=name,
                id=ids,
                format=[".svg", ".png", ".pdf", "_1200px.png"],
            ),
        log:
            f"logs/{name}/figures.log",
        conda:
            "../../envs/environment.yaml"
        params:
            folder=lambda wildcards, output: Path(output[0]).parents[1],
        script:
            "../scripts/figures.py"


rule blog:
    input:
        settings="data/reviews/{review}/review.yaml",
        effects="results/{review}/effects.csv",
        estimates="results/{review}/estimates.csv",
        subgroups="results/{review}/subgroups.csv",
        figure=lambda wildcards: first_figure(wildcards.review),
        code=code_behind("blog.py"),
    output:
        multiext(
            "results/blog/{review}/",
            "forest.svg",
            "forest.png",
            "alt.txt",
            "caption.txt",
            "figure.html",
        ),
    log:
        "logs/{review}/blog.log",
    conda:
        "../../envs/environment.yaml"
    params:
        folder=lambda wildcards, output: Path(output[0]).parent,
    script:
        "../scripts/blog.py"
