"""From the extracted trials of every review to one checked report: results/report.html.

The workflow lies in workflow/, where a module, the wheel and the workflow catalogue find it.
"""


include: "workflow/Snakefile"


localrules:
    project,


rule project:
    """Everything: the report, and the files for a blog."""
    default_target: True
    input:
        rules.all.input,
