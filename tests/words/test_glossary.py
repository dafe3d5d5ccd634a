"""The glossary: in order, one sentence a term, and on the first page."""

import pytest

from liftproof.report.build import build
from liftproof.words.glossary import GLOSSARY


def test_terms_stand_in_the_order_of_the_alphabet():
    spelt = [term.lower().replace("τ", "tau") for term in GLOSSARY]
    assert spelt == sorted(spelt)


@pytest.fixture(scope="module")
def page():
    return build([])


@pytest.mark.parametrize("term", GLOSSARY)
def test_a_meaning_is_one_clause_that_does_not_begin_with_its_term(page, term):
    meaning = GLOSSARY[term]
    assert not meaning.endswith(".")
    assert ". " not in meaning
    assert not meaning.lower().startswith(term.lower())
    assert f"<dt>{term}</dt><dd>{meaning}.</dd>" in page
