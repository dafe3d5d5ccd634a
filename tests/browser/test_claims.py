"""Sentences of the first page are chosen in a browser, and the address keeps what is chosen."""

SHOWN = ".answer:not([hidden])"


def told(page) -> str:
    return page.locator("#claims-choice output").inner_text()


def test_one_tap_shows_the_verdicts_of_a_kind_and_the_address_keeps_it(built, visit):
    page = visit(built["first"].address, width=360).page
    every = page.locator(".answer").count()
    assert told(page) == f"{every} verdicts"
    page.locator("#claims-choice").get_by_text("… not testable").click()
    shown = page.locator(SHOWN)
    assert 0 < shown.count() < every
    assert set(shown.evaluate_all("(all) => all.map((each) => each.dataset.verdict)")) == {
        "not_testable"
    }
    assert told(page).startswith(f"{shown.count()} of {every} verdicts, in ")
    assert page.url.endswith("#claims?verdict=not_testable")


def test_an_address_opens_with_what_it_names_and_a_button_shows_all(built, visit):
    page = visit(built["first"].address + "#claims?trials=none&search=Running+alone").page
    assert page.locator(SHOWN).count() == 1
    assert page.locator(".claim:not([hidden]) h3").inner_text().startswith("Running alone")
    page.get_by_role("button", name="Show all").click()
    assert page.locator(SHOWN).count() == page.locator(".answer").count()
    assert page.url.endswith("#claims")


def test_a_link_to_a_hidden_sentence_shows_all(built, visit):
    page = visit(built["first"].address + "#claims?verdict=not_testable").page
    page.get_by_text("in a list").click()
    page.locator(".listed").get_by_role("link", name="With 95 % certainty").click()
    heading = page.locator("#claim-more_than_halved-claimed")
    heading.wait_for(state="visible")
    assert page.locator(SHOWN).count() == page.locator(".answer").count()


def test_what_an_address_names_that_is_not_there_is_left_out(built, visit):
    page = visit(built["first"].address + "#claims?verdict=unheard_of&length=3").page
    assert page.locator(SHOWN).count() == page.locator(".answer").count()


def test_without_scripts_every_sentence_stands_in_the_list_and_in_its_card(built, chromium):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(built["first"].address)
    assert page.locator("#claims-choice").is_hidden()
    assert page.locator(".listed li").count() == page.locator(".claim:visible").count() > 0
    context.close()


def test_a_mark_leads_to_its_sentence_and_there_is_one_for_each_verdict(built, visit):
    page = visit(built["first"].address + "#claims?verdict=not_testable", width=360).page
    marks = page.locator(".map a")
    assert marks.count() == page.locator(".answer").count() > 0
    mark = page.locator(".map dd:not(.not_testable) a").first
    asked = mark.get_attribute("href")
    mark.click()
    assert page.url.endswith(asked)
    assert page.locator(f".answer{asked}").is_visible()
