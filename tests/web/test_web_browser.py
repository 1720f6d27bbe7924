"""The page as a reader uses it, in a real browser."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect
from web_servers import OWN_PAGES, TABLES, TOKEN, Site

PHONE = {"width": 360, "height": 740}


def test_the_front_page_shows_what_is_new(page: Page, site: Site) -> None:
    page.goto(site.base)
    expect(page.get_by_role("heading", level=1)).to_have_text("New in the last 7 days")
    [(articles,)] = site.rows("select count(*) from articles where kind = 'article'")
    expect(page.locator(".tiles li").first).to_have_text(f"{articles} new articles of {articles}")
    assert page.locator(".story").count() == 24
    expect(page.locator("#sources")).to_contain_text("None: every active source answered")


def test_a_source_that_fails_is_on_the_front_page(page: Page, own_site: Site) -> None:
    own_site.run("update feed_state set failures = 3, error = 'HTTP <500> & no end' where source_id = 'hashwire'")
    page.goto(own_site.base)
    expect(page.locator(".tiles li").last).to_contain_text("1 failing of 4 sources")
    row = page.locator("#sources tbody tr")
    expect(row).to_contain_text("hashwire")
    expect(row).to_contain_text("HTTP <500> & no end")


def test_a_front_page_without_news_says_so(page: Page, own_site: Site) -> None:
    own_site.run("update articles set changed_at = '2020-01-01T00:00:00Z'")
    page.goto(own_site.base)
    assert page.locator(".story").count() == 0
    page.goto(f"{own_site.base}/?days=3660")
    assert page.locator(".story").count() == 24


def test_from_the_map_to_the_list_to_the_article_to_the_quote(page: Page, site: Site) -> None:
    page.goto(f"{site.base}/map")
    country = page.locator('svg.map a[data-code="KZ"]')
    [(notices,)] = site.rows(
        "select count(*) from stories where event_type = 'power_notice' and jurisdiction like 'KZ%'"
    )
    assert country.get_attribute("aria-label") == f"Kazakhstan: {notices} notice{'' if notices == 1 else 's'}"
    country.click()
    expect(page.locator(".count")).to_have_text("1 story" if notices == 1 else f"{notices} stories")
    expect(page.get_by_label("Place")).to_have_value("KZ")
    quote = page.locator(".story blockquote a").first
    words = quote.inner_text()
    quote.click()
    expect(page).to_have_url(re.compile(r"/articles/\d+#a-e\d+$"))
    expect(page.locator(".event:target")).to_be_in_viewport()
    card = page.locator(page.evaluate("location.hash"))
    card.locator("h2 a").click()
    sentence = page.locator(page.evaluate("location.hash"))
    expect(sentence).to_be_in_viewport()
    assert sentence.inner_text() in words
    card.hover()
    paragraphs = page.locator("p:has(> .quoted)").all()
    assert " ".join("".join(p.locator("> .quoted").all_inner_texts()) for p in paragraphs) == words


def test_a_state_leads_to_its_stories(page: Page, site: Site) -> None:
    page.goto(f"{site.base}/map?by=stories")
    [(stories,)] = site.rows("select count(*) from stories where jurisdiction = 'US-TX'")
    page.get_by_role("link", name="Texas: ").click()
    expect(page.locator(".count")).to_have_text(f"{stories} stories")


def test_places_are_ranked_beside_the_map(page: Page, site: Site) -> None:
    page.goto(f"{site.base}/map?by=machines")
    expected = site.rows(
        "select place, sum(machines) from stories where event_type = 'delivery' and status = 'actual'"
        " and jurisdiction like '%-%' and jurisdiction not like 'US-%' group by 1 having sum(machines) > 0"
        " order by 2 desc, 1"
    )
    assert len(expected) > 1
    shown = page.locator(".ranks section").nth(2).locator("li").all_inner_texts()
    assert [text.split() for text in shown] == [[*place.split(), f"{value:,.0f}"] for place, value in expected]


def test_the_list_is_filtered(page: Page, site: Site) -> None:
    page.goto(f"{site.base}/stories")
    page.get_by_label("Type").select_option("delivery")
    page.get_by_label("Place").fill("US-LA")
    page.get_by_role("button", name="Filter").click()
    [(stories,)] = site.rows("select count(*) from stories where event_type = 'delivery' and jurisdiction = 'US-LA'")
    expect(page.locator(".count")).to_have_text(f"{stories} stories")
    assert set(page.locator(".story .type").all_inner_texts()) == {"delivery"}
    assert set(page.locator(".story .place").all_inner_texts()) == {"Louisiana"}
    page.get_by_role("link", name="Show all").click()
    page.get_by_role("link", name="Earlier").click()
    expect(page).to_have_url(re.compile("page=2"))
    assert page.locator(".story").count() == 40


def test_search_finds_words_and_companies(page: Page, site: Site) -> None:
    page.goto(site.base)
    page.get_by_label("search articles and companies").fill("Saltmarsh")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Saltmarsh Compute", exact=True)).to_be_visible()
    assert {text.lower() for text in page.locator(".snippet mark").all_inner_texts()} == {"saltmarsh"}
    title = page.locator(".story .type").first.inner_text()
    page.locator(".story .type").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    assert "Saltmarsh" in page.locator(".text").inner_text()


def test_the_charts_show_each_level_and_target(page: Page, site: Site) -> None:
    [(number,)] = site.rows("select id from companies where name = 'Tarn Hash'")
    page.goto(f"{site.base}/companies/{number}")
    expected = site.rows(
        "select what, for_day, max(value) from guidance where kind = 'hashrate' and company_id = ?"
        " and status <> 'cancelled' group by 1, 2",
        number,
    )
    hashrate = page.locator("svg.chart").first
    assert hashrate.locator(".point.level").count() == sum(what == "level" for what, _, _ in expected)
    assert hashrate.locator(".point.target").count() == sum(what == "target" for what, _, _ in expected)
    _, day, value = max(expected, key=lambda row: row[1])
    page.get_by_text("As a table").first.click()
    row = page.locator("figure").first.locator("tbody tr", has_text=day).first
    expect(row).to_contain_text(f"{value / 1000:g} EH/s")
    hashrate.locator("a").first.click()
    expect(page).to_have_url(re.compile(r"/stories/\d+$"))


def test_companies_are_drawn_together(page: Page, site: Site) -> None:
    page.goto(f"{site.base}/companies?name=t")
    page.get_by_label("draw Tarn Hash").check()
    page.get_by_role("button", name="Show").click()
    assert "Tarn Hash" in page.locator("ul.keys").first.inner_text()


def test_a_story_shows_its_reports_side_by_side_with_what_they_disagree_on(page: Page, site: Site) -> None:
    [(story, slot, value, other)] = site.rows(
        "select story_id, slot, value, other from conflicts where slot = 'date' limit 1"
    )
    page.goto(f"{site.base}/stories?only=disputed")
    page.locator(f'a.type[href="/stories/{story}"]').click()
    expect(page.locator(".conflicts")).to_contain_text(f"{slot}: {value}")
    row = page.locator("table.reports tbody tr").filter(has=page.get_by_role("rowheader", name=slot, exact=True))
    assert row.locator("td").count() == len(site.rows("select 1 from story_reports where story_id = ?", story))
    expect(row.locator("td.differs")).to_contain_text(f"{other} differs")
    expect(row.locator("td:not(.differs)")).to_contain_text(value)


def test_a_correction_is_seen_in_the_list_the_view_and_the_article(page: Page, own_site: Site) -> None:
    [(article, key, figure)] = own_site.rows(
        "select article_id, event_key, words from facts where kind = 'machines' and event_type = 'delivery' limit 1"
    )
    page.goto(f"{own_site.base}/articles/{article}")
    assert page.get_by_role("link", name="correct", exact=True).count() == 0
    page.goto(f"{own_site.base}/correct/{key}")
    page.get_by_label("Token").fill(TOKEN)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("group", name=figure).get_by_label("value").fill("4321")
    page.get_by_label("jurisdiction").fill("IS")
    page.get_by_label("reason").fill("a slip of the pen")
    page.get_by_role("button", name="Store").click()
    expect(page.locator(".event:target")).to_contain_text("4,321 machines")
    page.locator(".event:target").get_by_role("link", name="by hand").click()
    expect(page.locator("table")).to_contain_text("a slip of the pen")
    page.goto(f"{own_site.base}/stories?place=IS")
    expect(page.locator(".story strong").first).to_contain_text("4,321 machines")
    page.goto(f"{own_site.base}/rigwire/machine_counts?jurisdiction=IS")
    expect(page.locator("table")).to_contain_text("4321")
    [(reason,)] = own_site.rows("select distinct reason from corrections")
    assert reason == "a slip of the pen"


def test_a_struck_event_is_gone(page: Page, own_site: Site) -> None:
    [(article, key)] = own_site.rows("select article_id, key from events limit 1")
    [(before,)] = own_site.rows("select count(*) from events where article_id = ?", article)
    page.goto(f"{own_site.base}/correct/{key}")
    page.get_by_label("Token").fill(TOKEN)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("button", name="The article states no such event").click()
    expect(page.locator(".event")).to_have_count(before - 1)
    page.get_by_role("button", name="Stop correcting").click()
    page.goto(f"{own_site.base}/articles/{article}")
    assert page.get_by_role("link", name="correct", exact=True).count() == 0


@pytest.mark.parametrize("path", [*OWN_PAGES, *TABLES])
def test_a_phone_shows_every_page_without_scrolling_sideways(browser: Browser, site: Site, path: str) -> None:
    context = browser.new_context(viewport=PHONE, is_mobile=True, has_touch=True)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{site.base}{path}")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    context.close()


# The contrast of two colours by WCAG 2.2, of every element with text of its own against what is painted behind it.
CONTRAST = """() => {
  const parse = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b].map((v) => v / 255)
    .map((v) => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, n) => sum + v * [0.2126, 0.7152, 0.0722][n], 0);
  const behind = (element) => {
    for (let e = element; e; e = e.parentElement) {
      const colour = parse(getComputedStyle(e).backgroundColor);
      if (colour.length === 3 || colour[3] > 0) return colour;
    }
    return [255, 255, 255];
  };
  const own = (e) => [...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim());
  const ratio = (e) => {
    const [a, b] = [light(parse(getComputedStyle(e).color)), light(behind(e))];
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  };
  return [...document.querySelectorAll("body *")].filter((e) => own(e) && e.checkVisibility() && !e.closest("svg"))
    .map((e) => [e.tagName, e.className, Math.round(ratio(e) * 10) / 10]).filter(([, , r]) => r < 4.5);
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "path", ["/", "/map", "/stories?only=disputed", "/stories/50", "/articles/1", "/rigwire/events"]
)
def test_text_can_be_read_by_day_and_by_night(browser: Browser, site: Site, path: str, scheme: str) -> None:
    context = browser.new_context(color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{site.base}{path}")
    paper = page.evaluate("getComputedStyle(document.body).backgroundColor.match(/\\d+/g).map(Number)")
    assert (sum(paper) / 3 > 128) is (scheme == "light")
    assert page.evaluate(CONTRAST) == []
    context.close()


def test_everything_is_reached_by_the_keyboard(page: Page, site: Site) -> None:
    page.goto(f"{site.base}/map")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Colour by")).to_be_focused()
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.dataset.code"):
            break
    label = page.evaluate("document.activeElement.getAttribute('aria-label')")
    outline = page.evaluate("getComputedStyle(document.activeElement.firstElementChild).strokeWidth")
    assert outline == "3px"
    page.keyboard.press("Enter")
    expect(page.locator(".count")).to_have_text(re.compile(rf"^{label.split()[-2]} stor"))
