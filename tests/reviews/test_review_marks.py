"""Characters that nobody sees, addresses that run, letters that no figure has: errors of check."""

import pytest
from matplotlib import get_data_path
from matplotlib.ft2font import FT2Font

from liftproof.drawing import typeface
from liftproof.vocabulary.characters import BLANKS, DRAWN, not_drawn, shown


@pytest.mark.parametrize(
    ("mark", "escape"),
    [("\u202e", r"\u202e"), ("\u2066", r"\u2066"), ("\u00ad", r"\xad"), ("\x07", r"\x07")],
)
def test_a_hidden_character_in_a_label_is_an_error_that_shows_its_escape(
    review, only, mark, escape
):
    review.cell("studies.csv", 2, "label", f"Askling{mark} 2003")
    problems = review.problems()
    only(problems, "studies.csv", 2, "label", "a hidden character", "what is meant is Askling 2003")
    assert str(problems[0]).count(escape) == 2
    assert mark not in str(problems[0])


def test_a_hidden_character_in_a_key_a_moderator_a_header_and_a_file_of_keys(review):
    review.cell("outcomes.csv", 2, "outcome", "ham\u202estring")
    review.cell("studies.csv", 2, "level", "eli\u202ete")
    review.replace("risk_of_bias.csv", "support", "sup\u202eport")
    review.replace("review.yaml", "title: All trials\n", 'title: "All\\u202E trials"\n')
    found = {(each.path.name, each.line, shown(each.column)) for each in review.errors()}
    assert {
        ("outcomes.csv", 2, "outcome"),
        ("studies.csv", 2, "level"),
        ("risk_of_bias.csv", 1, r"sup\u202eport"),
        ("review.yaml", 7, "title"),
    } <= found
    assert all("\u202e" not in str(each) for each in review.problems())


@pytest.mark.parametrize(
    "address", ["javascript:alert(1) //", "JavaScript:x", "data:text/html,x", "http://a.org/x"]
)
def test_an_address_that_is_not_https_is_an_error_where_an_address_stands(review, only, address):
    review.cell("studies.csv", 3, "level", address)
    only(review.problems(), "studies.csv", 3, "level", "does not begin with https://")


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "http://a.org/x"])
def test_an_address_is_no_doi(review, only, address):
    review.append("review.yaml", f"doi: {address}\n")
    only(review.problems(), "review.yaml", 15, "doi", "not a DOI", address)


def test_an_address_is_no_doi_of_a_print(review, only):
    head = "target,label,year,topic,outcome,measure,estimate,source,doi,kind\n"
    row = "one,One,2020,all,injury,RR,0.5,One A,javascript:alert(1),secondary\n"
    review.write("prints.csv", head + row)
    only(review.problems(), "prints.csv", 2, "doi", "not a DOI", "javascript:alert(1)")


def test_words_around_an_address_and_a_colon_are_words(review):
    review.cell("studies.csv", 3, "level", "Own data: see http://a.org/x")
    assert review.problems() == ()


def test_letters_that_no_figure_draws_are_errors_where_figures_show_them(review):
    review.cell("studies.csv", 2, "label", "漢字 2003")
    review.cell("studies.csv", 3, "level", "amateur 🏃")
    review.replace("review.yaml", "control: usual training", "control: עברית")
    found = {(each.path.name, each.line, each.column): each for each in review.errors()}
    assert list(found) == [
        ("review.yaml", 4, "control"),
        ("studies.csv", 2, "label"),
        ("studies.csv", 3, "level"),
    ]
    assert "U+6F22, U+5B57" in found["studies.csv", 2, "label"].remedy
    assert found["studies.csv", 3, "level"].wrong == "no figure can draw it: 🏃"


def test_text_that_no_figure_shows_may_be_in_any_script(review):
    review.cell("risk_of_bias.csv", 2, "support", "漢字, as the report has it")
    assert review.problems() == ()


def test_every_letter_that_is_let_in_is_in_the_fonts_normal_and_bold():
    own = sorted((typeface.__file__.removesuffix("typeface.py") + "fonts/LiftproofSans-", weight)
                 for weight in ("Regular.ttf", "Bold.ttf"))  # fmt: skip
    fallback = f"{get_data_path()}/fonts/ttf/DejaVuSans"
    for (folder, weight), other in zip(own, ("-Bold.ttf", ".ttf"), strict=True):
        known = {*FT2Font(folder + weight).get_charmap(), *FT2Font(fallback + other).get_charmap()}
        assert [n for first, last in DRAWN for n in range(first, last + 1) if n not in known] == []
    assert not_drawn(f"Ærø Ωmega Ж ≥ − “x” [^]{BLANKS}") == ""
