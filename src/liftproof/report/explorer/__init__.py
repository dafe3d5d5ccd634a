"""The explorer's parts of a review's page: its style and its script, in plain files."""

STYLE = "explorer/explorer.css"
SCRIPTS = tuple(
    f"explorer/{name}.js"
    for name in (
        *("distributions", "pooling", "numbers", "prints", "choices", "links"),
        *("forest", "shown", "map", "explorer"),
    )
)
"""Each after those that it uses; they share one scope."""
