"""The kit for a blog: every file of it, its words made from numbers, the same bytes each time."""

import csv
import json
from dataclasses import replace
from html.parser import HTMLParser
from math import nan

import pytest
from PIL import Image, ImageChops

from liftproof.blog.effect_words import headline
from liftproof.blog.kit import write_kit
from liftproof.blog.kit_citations import citation_bib, citation_items, citation_json
from liftproof.blog.kit_facts import date_in_words, kit_facts
from liftproof.blog.kit_scope import scope
from liftproof.blog.kit_summary import summary
from liftproof.blog.kit_words import (
    KEY,
    MOST_WORDS,
    attribution,
    caption,
    caption_text,
    doubt,
)
from liftproof.blog.pictures import rasterised
from liftproof.blog.share_card import certainty, draw_share_card, said_alone
from liftproof.blog.snippets import BREAKPOINT, breakpoint_of
from liftproof.citation_file import CitationFile, read_citation
from liftproof.drawing.figure_form import WIDE
from liftproof.pages.figures import kit_files
from liftproof.pages.forest.forest_captions import forest_alt_text
from liftproof.pages.forest.forest_drawing import draw_forest
from liftproof.result_tables import ResultRows
from liftproof.reviews import find, read
from liftproof.reviews import names as review_names
from liftproof.reviews.model.house_style import HouseStyle
from liftproof.rows.certainty_rows import FindingRow
from liftproof.rows.claim_rows import CautionRow
from liftproof.rows.contrast_rows import ContrastRow
from liftproof.rows.predictive_rows import PredictiveRow
from liftproof.rows.result_rows import EffectRow, EstimateRow, SubgroupRow
from support.forests import LAUERSEN, NO_COUNTS, effect_row, estimate_row
from support.reading_age import grade
from support.workflow_project import REPOSITORY

CITATION = CitationFile(title="Ours", licence="CC-BY-4.0", released="2026-11-01")
READABLE_AT_14 = 9.0
"""Flesch-Kincaid grade: the ninth school year of the United States begins at fourteen."""
MOST_OF_A_PARAGRAPH = 500
"""Signs: some six lines of a page."""
FINDING = FindingRow(
    review="lauersen2018",
    analysis="overall",
    title="All",
    measure="RR",
    k=6,
    better="lower",
    assumed=35.43,
    corresponding=12.01,
    corresponding_low=8.45,
    corresponding_high=17.06,
    certainty="low",
    at_most="yes",
    flags=0,
)


@pytest.fixture(scope="module")
def review():
    return read(find("lauersen2018", REPOSITORY))


def facts_of(review, estimate, effects, *, finding=None, house=None, **settings):
    """Return the facts of a kit whose rows are made up; ``settings`` take the place of its own."""
    rows = {
        EstimateRow: (estimate,),
        EffectRow: tuple(effects),
        SubgroupRow: (),
        ContrastRow: (),
        PredictiveRow: (),
        FindingRow: (finding,) if finding else (),
    }
    named = replace(review, settings=replace(review.settings, **settings))
    cautions = [
        CautionRow(caution="a", sentence="Mind this.", source="s", reviews="lauersen2018, other"),
        CautionRow(caution="b", sentence="Not this.", source="s", reviews=""),
    ]
    found = ResultRows(by_class=rows)
    return kit_facts(named, found, cautions, CITATION, house or HouseStyle())


def prose(text):
    """Return a summary without its last paragraph, which cites the review."""
    return text.rsplit("\n\n", 1)[0]


def six_trials():
    """The six trials, one of them from numbers seen in no source; keys are those of the review."""
    keys = ("askling2003", "petersen2011", "coppack2011", "walden2012", "vanderhorst2015")
    rows = [effect_row(*row) for row in LAUERSEN]
    keyed = [
        replace(row, study=study) for row, study in zip(rows, (*keys, "zouita2016"), strict=True)
    ]
    return [*keyed[:4], replace(keyed[4], unverified="yes"), keyed[5]]


@pytest.fixture(scope="module")
def facts(review):
    pooled = estimate_row(6, participants=7738, unverified="yes", reconstructed="no")
    return facts_of(review, pooled, six_trials(), finding=FINDING)


@pytest.fixture(scope="module")
def folder(facts, tmp_path_factory):
    made = tmp_path_factory.mktemp("kit")
    write_kit(facts, made, REPOSITORY)
    return made


class Outline(HTMLParser):
    """Keeps the elements and texts of a page and complains about unbalanced tags."""

    VOID = ("source", "img", "br", "meta")

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.texts: dict[str, str] = {}
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        for tag in self.open:
            self.texts[tag] = self.texts.get(tag, "") + data

    def values(self, tag, name):
        return [attributes.get(name) for found, attributes in self.found if found == tag]


def outline_of(path):
    outline = Outline()
    outline.feed(path.read_text(encoding="utf-8"))
    assert outline.open == []
    return outline


@pytest.mark.slow
def test_every_file_is_there_and_no_other(folder):
    assert sorted(path.name for path in folder.iterdir()) == sorted(kit_files("forest"))


def test_pictures_have_their_sizes_and_the_pixels_of_one_drawing(folder):
    names = ("forest.png", "forest_2x.png", "forest.webp", "forest_narrow.png", "share.png")
    pictures = {name: Image.open(folder / name).convert("RGB") for name in names}
    wide = {name: picture.size[0] for name, picture in pictures.items()}
    assert list(wide.values()) == [1200, 2400, 2400, 720, 1200]
    assert pictures["share.png"].size == (1200, 630)
    double = pictures["forest_2x.png"]
    assert ImageChops.difference(double, pictures["forest.webp"]).getbbox() is None
    assert ImageChops.difference(double.reduce(2), pictures["forest.png"]).getbbox() is None


@pytest.mark.parametrize("pixels", [600, 925])
def test_a_picture_is_as_wide_as_asked(facts, pixels):
    assert rasterised(draw_forest(facts.view), pixels).size[0] == pixels


def test_the_figure_to_paste_holds_both_drawings_and_says_its_words_once(folder, facts):
    outline = outline_of(folder / "figure.html")
    tags = [tag for tag, _ in outline.found]
    assert tags[0] == "figure"
    assert (tags.count("figure"), tags.count("svg")) == (1, 2)
    assert not {"img", "script", "style", "link"} & set(tags)
    assert outline.values("svg", "role") == ["img", None]
    assert outline.values("svg", "aria-hidden") == [None, "true"]
    ids = [value for _, attributes in outline.found if (value := attributes.get("id"))]
    assert len(set(ids)) == len(ids)
    for name in ("forest.svg", "forest_narrow.svg"):
        body = (folder / name).read_text(encoding="utf-8").split("</desc>", 1)[1].strip()
        assert body in (folder / "figure.html").read_text(encoding="utf-8")
    said = " ".join(outline.texts["figcaption"].split())
    assert said.startswith(caption(facts))
    assert attribution(facts) in said
    assert outline.values("a", "href") == [
        "https://doi.org/10.1136/bjsports-2018-099078",
        "https://spdx.org/licenses/CC-BY-4.0.html",
        "data.csv",
    ]


def test_the_pictures_to_paste_name_files_of_the_kit_and_the_narrow_form_first(folder, facts):
    outline = outline_of(folder / "figure_img.html")
    assert outline.values("source", "srcset") == [
        *("forest_narrow.webp", "forest_narrow.png", "forest.webp 2400w"),
    ]
    room = breakpoint_of((folder / "forest.svg").read_text(encoding="utf-8"))
    assert room > BREAKPOINT == 600
    assert outline.values("source", "media")[:2] == [f"(max-width: {room}px)"] * 2
    assert outline.values("img", "alt") == [forest_alt_text(facts.view)]
    assert outline.values("img", "srcset") == ["forest.png 1200w, forest_2x.png 2400w"]


def test_the_preview_shows_all_and_warns_of_doubtful_numbers(folder, facts, review):
    outline = outline_of(folder / "index.html")
    links = outline.values("a", "href")
    assert links == ["../../lauersen2018/report.html", *kit_files("forest")]
    page = (folder / "index.html").read_text(encoding="utf-8")
    assert "prefers-color-scheme: dark" in page
    for snippet in ("figure.html", "figure_img.html", "summary.md", "caption.txt"):
        assert "../" not in (folder / snippet).read_text(encoding="utf-8")
    areas = outline.values("textarea", "id")
    assert outline.values("button", "data-copy") == areas
    assert "1 of 6 trials rests on numbers not checked in any source" in outline.texts["p"]
    figure = (folder / "figure.html").read_text(encoding="utf-8")
    assert figure.strip() in outline.texts["textarea"]
    sourced = [replace(row, unverified="no") for row in six_trials()]
    certain = facts_of(review, estimate_row(6), sourced)
    assert doubt(certain) == ""


def test_the_texts_of_the_folder_are_those_of_the_facts(folder, facts):
    texts = {
        "alt.txt": f"{forest_alt_text(facts.view)}\n",
        "caption.txt": caption_text(facts),
        "summary.md": summary(facts),
        "citation.bib": citation_bib(facts),
        "citation.json": citation_json(facts),
    }
    for name, text in texts.items():
        assert (folder / name).read_text(encoding="utf-8") == text, name
    assert json.loads(texts["citation.json"]) == citation_items(facts)
    drawn = outline_of(folder / "figure.html").texts["text"]
    assert "0.34 (0.24 to 0.48)" in " ".join(drawn.split())


def test_data_are_what_is_drawn(folder, facts):
    with (folder / "data.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [row["kind"] for row in rows] == [*["trial"] * 6, "pooled", "prediction"]
    assert [float(row["estimate"]) for row in rows[:6]] == [row[2] for row in LAUERSEN]
    assert [row["unverified"] for row in rows] == ["no"] * 4 + ["yes", "no", "yes", "yes"]
    assert float(rows[7]["ci_high"]) == facts.estimate.pi_high


def test_the_figure_is_cited_apart_from_the_review(facts):
    figure, review = citation_items(facts)
    assert review["author"][0] == {"family": "Lauersen", "given": "JB"}
    assert review["issued"] == {"date-parts": [[2018]]}
    assert "title" not in review  # its title is nowhere in the data
    assert figure["note"] == attribution(facts)
    assert citation_bib(facts).count("@misc{") == 2


def test_the_attribution_is_true_and_without_a_clock(facts, review):
    assert attribution(facts).startswith("Recomputed by Liftproof 0.1.0 on data of 2026-11-01 from")
    assert attribution(facts).endswith("1557-1563; not the review's own figure.")
    own = facts_of(review, estimate_row(6), six_trials(), doi="", citation="Our own trials")
    assert "review's own" not in attribution(own)
    assert attribution(own).startswith("Computed by")
    study = replace(review.studies[0], added="2026-05-05")
    added = replace(review, studies=(study, *review.studies[1:]))
    assert date_in_words(added.studies, CITATION) == "data of 2026-05-05"
    assert date_in_words(review.studies, CitationFile()) == "data up to trials of 2016"
    assert date_in_words((), CitationFile()) == "data without a date"


def test_the_date_is_of_the_trials_shown_and_newer_trials_than_the_review_are_named(review):
    newer = replace(review.studies[0], study="other2019", label="Other 2019", year=2019)
    with_other = replace(review, studies=(*review.studies, newer))
    without = facts_of(with_other, estimate_row(6), six_trials())
    assert date_in_words(without.studies, CitationFile()) == "data up to trials of 2016"
    assert "newer trials" not in attribution(without)
    rows = [replace(six_trials()[0], study="other2019"), *six_trials()[1:]]
    pooled = facts_of(with_other, estimate_row(6), rows)
    assert date_in_words(pooled.studies, CitationFile()) == "data up to trials of 2019"
    assert attribution(pooled).endswith(
        "1557-1563, and of newer trials than it (Other 2019); not the review's own figure."
    )


def test_the_address_that_the_citation_file_states_is_in_kit_and_citation(facts, tmp_path):
    path = tmp_path / "CITATION.cff"
    for stated, address in (
        ("repository-code: https://example.org/code", "https://example.org/code"),
        (
            "url: https://example.org\nrepository-code: https://example.org/code",
            "https://example.org",
        ),
        ("url: ftp://example.org", ""),
    ):
        path.write_text(f"title: Ours\n{stated}\n", encoding="utf-8")
        assert read_citation(path).address == address
    named = replace(facts, citation=replace(CITATION, address="https://example.org"))
    assert citation_items(named)[0]["URL"] == "https://example.org"
    assert "  url = {https://example.org}," in citation_bib(named)
    for text in (caption_text(named), summary(named)):
        assert "https://doi.org/10.1136/bjsports-2018-099078" in text
        assert "https://example.org" in text
    assert "url" not in citation_bib(facts)


@pytest.mark.slow
def test_a_house_style_has_its_colours_its_font_and_its_address(review, tmp_path, folder):
    house = HouseStyle(
        trial_colour="#aa0044",
        pooled_colour="#004488",
        font="dejavu",
        address="https://clinic.example/kits/",
    )
    facts = facts_of(review, estimate_row(6), six_trials(), house=house)
    write_kit(facts, tmp_path, REPOSITORY)
    svg = (tmp_path / "forest.svg").read_text(encoding="utf-8")
    assert "#aa0044" in svg
    assert "#0173b2" not in svg
    assert "font-family: 'DejaVu Sans', Arial" in svg
    usual = (folder / "forest.svg").read_text(encoding="utf-8")
    assert "DejaVu Sans', Arial" not in usual
    outline = outline_of(tmp_path / "figure_img.html")
    assert outline.values("img", "src") == ["https://clinic.example/kits/lauersen2018/forest.png"]


@pytest.mark.slow
def test_the_same_facts_give_the_same_bytes(folder, facts, tmp_path):
    write_kit(facts, tmp_path, REPOSITORY)
    for path in folder.iterdir():
        assert (tmp_path / path.name).read_bytes() == path.read_bytes(), path.name


def ratio(k=6, measure="RR", **numbers):
    return estimate_row(k, measure=measure, **numbers)


CASES = {
    "protective": (ratio(), {}, "the risk was 66 % lower with strength training"),
    "no clear effect": (
        ratio(estimate=0.86, ci_low=0.60, ci_high=1.23),
        {},
        "(95 % interval: 40 % lower to 23 % higher), so there may be no effect.",
    ),
    "harmful": (
        ratio(estimate=1.5, ci_low=1.2, ci_high=2.5),
        {},
        "50 % higher with strength training (95 % interval: 20 % higher to 2.5 times as high), "
        "which favours control: worse than without.",
    ),
    "hugely uncertain": (
        ratio(estimate=0.83, ci_low=0.001, ci_high=690.0),
        {},
        "more than 99 % lower to more than 100 times as high), so there may be no effect.",
    ),
    "mean difference": (
        ratio(measure="MD", estimate=-2.5, ci_low=-4.0, ci_high=-1.0, pi_low=-6.0, pi_high=1.0),
        {},
        "mean difference was −2.50 (95 % interval: −4.00 to −1.00), which favours strength",
    ),
    "standardised": (
        ratio(measure="SMD", estimate=-0.27, ci_low=-0.52, ci_high=-0.02, pi_low=-0.7, pi_high=0.1),
        {},
        "standardised mean difference was −0.27, a small effect",
    ),
    "unpooled": (ratio(k=0, estimate=None, ci_low=None, ci_high=None), {}, "No effect can be told"),
}


@pytest.mark.parametrize("name", CASES)
def test_words_say_what_the_numbers_say(review, name):
    estimate, settings, said = CASES[name]
    effects = six_trials() if estimate.k else []
    if not estimate.pi_low or estimate.k == 0:
        estimate = replace(estimate, pi_low=None, pi_high=None)
    if estimate.measure in ("MD", "SMD"):
        effects = [
            effect_row(row.label, NO_COUNTS, -0.3, -0.6, 0.1, 16.0, measure="MD") for row in effects
        ]
    facts = facts_of(review, estimate, effects, **settings)
    assert said in headline(facts)
    assert len(caption(facts).split()) <= MOST_WORDS
    text = summary(facts)
    assert headline(facts) in text
    assert "\n\n" in text
    assert grade(prose(text)) <= READABLE_AT_14
    assert "nan" not in text


def test_higher_values_may_be_better(review):
    analysis = replace(review.settings.analyses[0], better="higher")
    facts = facts_of(
        review,
        ratio(estimate=1.5, ci_low=1.2, ci_high=1.9),
        six_trials(),
        analyses=(analysis,),
    )
    assert headline(facts).endswith("which favours strength training.")
    assert "is better" not in summary(facts)


@pytest.mark.parametrize(("better", "way"), [("lower", "below"), ("higher", "above")])
def test_of_a_difference_it_is_said_which_way_is_better(review, better, way):
    analysis = replace(review.settings.analyses[0], better=better)
    row = effect_row("A 2000", NO_COUNTS, -0.3, -0.6, 0.1, 16.0, measure="SMD")
    pooled = ratio(measure="SMD", estimate=-0.27, ci_low=-0.52, ci_high=-0.02)
    facts = facts_of(review, pooled, [row] * 6, analyses=(analysis,))
    said = f"Here {better} is better: {way} 0 favours strength training."
    assert said in summary(facts)


def test_an_analysis_of_one_kind_names_the_kind_and_not_all_that_the_review_is_about(review):
    analysis = replace(review.settings.analyses[0], intervention="Nordic exercise")
    facts = facts_of(
        review,
        ratio(),
        six_trials(),
        finding=FINDING,
        intervention="exercise",
        analyses=(analysis,),
    )
    assert "lower with Nordic exercise" in headline(facts)
    assert headline(facts).endswith("which favours Nordic exercise.")
    assert "lower with Nordic exercise" in caption(facts)
    assert "With Nordic exercise it would be" in summary(facts)
    assert "Nordic exercise against control" in forest_alt_text(facts.view)
    assert facts.view.arm_heads == ("Nordic exercise", "Control")
    for text in (caption(facts), summary(facts), caption_text(facts)):
        assert "with exercise" not in text
        assert "favours exercise" not in text


@pytest.mark.parametrize("name", review_names(REPOSITORY))
def test_each_analysis_that_selects_kinds_of_training_names_them(name):
    settings = read(find(name, REPOSITORY)).settings
    for analysis in settings.analyses:
        if {"category", "training"} & set(analysis.select):
            assert analysis.intervention not in ("", settings.intervention), analysis.id


def test_abbreviations_of_outcomes_are_in_capitals(review):
    effects = [replace(row, outcome="acl_injury") for row in six_trials()]
    text = summary(facts_of(review, ratio(), effects, finding=FINDING))
    assert "What was counted: ACL injury in 6 trials." in text


def test_one_trial_is_no_average(review):
    facts = facts_of(review, ratio(k=1, estimate=0.3, pi_low=None, pi_high=None), six_trials()[:1])
    assert headline(facts).startswith("In this one trial the risk was 70 % lower")
    assert "the diamond" not in caption(facts)
    assert "One trial is not enough to build on." in summary(facts)
    assert "In a new group" not in summary(facts)


def test_a_summary_has_absolute_numbers_people_certainty_and_cautions(facts):
    text = summary(facts)
    for said in (
        "We pooled 6 trials of strength training against control, with 7738 people in all.",
        "The trials are from 2003 to 2016: 5 of soccer and 1 of military basic training.",
        "Of 1000 people with control, about 35 had such an event. With strength training it would "
        "be about 12 (8 to 17).",
        "By the GRADE scheme the certainty is at most low. New trials may well change it.",
        "Take care: 1 of 6 trials rests on numbers not checked in any source (†).",
        "Mind this.",
    ):
        assert said in text
    assert "Not this." not in text
    assert "This is one of 8 analyses: " in text
    assert text.rstrip().endswith(
        f"{attribution(facts)} https://doi.org/10.1136/bjsports-2018-099078"
    )
    assert "The figure marks them with the same sign." in text
    assert max(map(len, text.split("\n\n"))) < MOST_OF_A_PARAGRAPH
    assert grade(prose(text)) <= READABLE_AT_14


def test_a_number_of_people_tells_from_how_many_control_groups_it_is(review):
    some = replace(FINDING, baseline_arms=4)
    texts = [
        summary(facts_of(review, estimate_row(6), six_trials(), finding=finding))
        for finding in (some, replace(some, baseline_arms=6), FINDING)
    ]
    assert "35 had such an event (counted in 4 of 6 control groups). With" in texts[0]
    assert all("35 had such an event. With" in text for text in texts[1:])


def test_caption_and_card_say_in_whom_and_of_which_events(review):
    """Alone, "the risk was 66 % lower" seems to speak of all people and all injuries."""
    named = [replace(row, outcome="knee_pain") for row in six_trials()]
    facts = facts_of(review, estimate_row(6), named, names={"knee_pain": "pain in the knee"})
    said = (
        "Trials: 5 of soccer and 1 of military basic training; counted: pain in the knee in 6 "
        "trials."
    )
    assert scope(facts) == said
    assert said.replace(" in 6 trials", "") in caption(facts)
    card = draw_share_card(facts, WIDE, REPOSITORY)
    drawn = " ".join(text.get_text() for axes in card.axes for text in axes.texts)
    assert said in drawn


def test_a_card_tells_certainty_and_breaks_no_percentage(facts):
    assert "66\u00a0% lower" in said_alone(facts)
    card = draw_share_card(facts, WIDE, REPOSITORY)
    drawn = " ".join(text.get_text() for axes in card.axes for text in axes.texts)
    assert "Certainty (GRADE): at most low." in drawn
    unrated = replace(facts, finding=None)
    assert certainty(unrated) == ""


def test_a_caption_names_fewer_events_before_it_goes_without_its_title(review):
    kinds = ["knee_pain", "back_pain", "neck_pain"] * 2
    rows = [replace(row, outcome=kind) for row, kind in zip(six_trials(), kinds, strict=True)]
    text = caption(facts_of(review, estimate_row(6), rows))
    assert text.startswith("Strength training to prevent sports injuries: 6 trials")
    assert "counted: knee pain and 2 more." in text


def test_of_means_the_groups_are_told_and_no_events(review):
    numbers = (-0.3, -0.6, 0.1, 16.0)
    rows = [
        replace(effect_row(row.label, NO_COUNTS, *numbers, measure="MD"), study=row.study)
        for row in six_trials()
    ]
    facts = facts_of(review, estimate_row(6, measure="MD"), rows)
    assert scope(facts) == "Trials: 5 of soccer and 1 of military basic training."
    assert "What was counted" not in summary(facts)


def test_a_caption_keeps_its_doubts_where_there_is_no_room_for_its_title(review):
    long = " ".join(["word"] * 50)
    facts = facts_of(review, estimate_row(6), six_trials(), title=long)
    assert "Unverified numbers in 1 of 6." in caption(facts)
    assert long not in caption(facts)


def test_an_estimate_without_limits_tells_no_effect(review):
    facts = facts_of(
        review, ratio(ci_low=nan, ci_high=nan, pi_low=None, pi_high=None), six_trials()
    )
    assert headline(facts) == "No effect can be told from these trials."


def test_a_caption_keeps_its_title_and_key_before_what_the_headline_tells(review):
    text = caption(facts_of(review, estimate_row(6), six_trials()))
    assert text.startswith("Strength training to prevent sports injuries: 6 trials")
    assert text.endswith(("Squares: trials; diamond: their average.", KEY))
    assert len(text.split()) <= MOST_WORDS
