"""How Sphinx builds the documentation site: ``make docs``."""

import liftproof

project = "Liftproof"
author = "The Liftproof maintainers"
release = liftproof.__version__

extensions = ["myst_parser", "sphinx.ext.autodoc"]
myst_heading_anchors = 3
"""Levels of headings that links between pages may name."""
autodoc_typehints = "description"


html_theme = "furo"
html_title = "Liftproof"
html_copy_source = False
html_show_copyright = False
