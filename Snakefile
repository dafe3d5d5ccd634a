"""From the extracted trials of every review to one checked report: results/report.html."""

from snakemake.utils import min_version, validate

min_version("9.0")


configfile: "config/config.yaml"


report: "workflow/report/workflow.rst"


validate(config, "config/schema.yaml")


include: "workflow/rules/common.smk"
include: "workflow/rules/pool.smk"
include: "workflow/rules/engines.smk"
include: "workflow/rules/dose.smk"
include: "workflow/rules/claims.smk"
include: "workflow/rules/certainty.smk"
include: "workflow/rules/reproduction.smk"
include: "workflow/rules/diagnostics.smk"
include: "workflow/rules/multiverse.smk"
include: "workflow/rules/figures.smk"
include: "workflow/rules/report.smk"


rule all:
    """Everything: the report, and the files for a blog."""
    default_target: True
    input:
        "results/report.html",
        expand("results/blog/{review}/figure.html", review=ANALYSES),
