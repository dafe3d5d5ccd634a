"""What a cell holds is text on every page: from a review's files to figure, blog and page."""

from html import escape

import pytest

from liftproof.analysis.estimates import pool_analysis
from liftproof.blog.kit_facts import kit_facts
from liftproof.blog.snippets import figure_html
from liftproof.citation_file import CitationFile
from liftproof.drawing.figure_form import WIDE
from liftproof.drawing.save import svg_text
from liftproof.pages.forest.forest_figure import FOREST
from liftproof.pages.forest.forest_view import forest_view
from liftproof.report.build import build_review_page
from liftproof.result_tables import ResultRows
from liftproof.reviews import read
from liftproof.reviews.model.house_style import HouseStyle
from liftproof.rows.certainty_rows import FindingRow
from liftproof.rows.contrast_rows import ContrastRow
from liftproof.rows.predictive_rows import PredictiveRow
from liftproof.rows.result_rows import EffectRow, EstimateRow, SubgroupRow
from support.page_inputs import review_inputs
from support.small_review import GOOD

HOSTILE = "<script>alert('1')</script>"


@pytest.mark.slow
def test_a_script_typed_into_cells_and_keys_is_text_in_figure_and_page(tmp_path):
    texts = {
        **GOOD,
        "studies.csv": GOOD["studies.csv"].replace("Askling 2003,", f"Askling {HOSTILE},"),
        "risk_of_bias.csv": GOOD["risk_of_bias.csv"].replace("concerns,", f"concerns,{HOSTILE}"),
        "review.yaml": GOOD["review.yaml"]
        .replace("title: All trials\n", f'title: "All {HOSTILE}"\n')
        .replace("usual training", f'"usual {HOSTILE}"'),
        "published.csv": GOOD["published.csv"].replace("volumes of", f"{HOSTILE} of"),
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    review = read(tmp_path)
    pooled = pool_analysis(review, review.settings.analyses[0])
    view = forest_view(pooled.estimate, pooled.effects, (), review.settings)
    svg = svg_text(FOREST.draw(view, WIDE), key="k", title=f"t {HOSTILE}", description=HOSTILE)
    inputs = review_inputs(review, (pooled.estimate, *pooled.effects))
    rows = ResultRows(
        by_class={
            EstimateRow: (pooled.estimate,),
            EffectRow: pooled.effects,
            **dict.fromkeys((SubgroupRow, ContrastRow, PredictiveRow, FindingRow), ()),
        }
    )
    figure = figure_html(kit_facts(review, rows, (), CitationFile(), HouseStyle()), svg, svg)
    page = build_review_page(inputs)
    for shown in (svg, figure, page):
        assert "<script>alert" not in shown
        assert escape("<script>alert", quote=False) in shown
